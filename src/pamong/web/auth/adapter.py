"""How sign-in and the second factor speak: plain Indonesian, and a QR code by segno."""

from __future__ import annotations

from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pamong.access import clock
from pamong.access.adapter import ClosedAccountAdapter
from pamong.access.queries import actor_for
from pamong.kernel.clock import local_date

_WRONG = _("Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya, lalu coba lagi.")


class AccountAdapter(ClosedAccountAdapter):
    """Accounts that the office makes, with our words."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "incorrect_password": _("Kata sandi tidak cocok. Periksa huruf besar dan kecilnya, lalu coba lagi."),
        "enter_current_password": _("Kata sandi sekarang tidak cocok. Periksa, lalu ketik lagi."),
        "too_many_login_attempts": _("Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Nobody, where the account's person has died: said no other way than a wrong password."""
        user = super().authenticate(request, **credentials)
        today = local_date(clock.now(), settings.PAMONG_ZONE)
        return None if user is None or actor_for(user, today).user_id is None else user

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The profile, which also shows allauth's message: the form would look as if nothing had happened."""
        return reverse("profile")


class MfaAdapter(DefaultMFAAdapter):
    """The second factor with our words and our QR code."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode tidak cocok. Tunggu kode berikutnya di aplikasi, lalu ketik lagi."),
        "cannot_delete_authenticator": _("Faktor kedua wajib untuk peran Anda dan tidak dapat dilepas."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as inline SVG: dark on light in both themes, since cameras want it so."""
        code = segno.make(url, error="m")
        return str(code.svg_inline(scale=4, border=3, dark="#000", light="#fff", omitsize=True))
