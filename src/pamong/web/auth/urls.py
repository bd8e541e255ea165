"""Sign-in's addresses, written out one by one: what has no page of ours is not to be reached."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("keluar/", account.logout, name="account_logout"),
    path("akun-tidak-aktif/", account.account_inactive, name="account_inactive"),
    path("profil/kata-sandi/", account.password_change, name="account_change_password"),
    path("profil/pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("profil/pastikan/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    # allauth comes back here after each change; the profile shows what it would.
    path("profil/faktor-kedua/", RedirectView.as_view(pattern_name="profile"), name="mfa_index"),
    path("profil/faktor-kedua/pasang/", totp.activate_totp, name="mfa_activate_totp"),
    path("profil/faktor-kedua/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("profil/kode-cadangan/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("profil/kode-cadangan/baru/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
