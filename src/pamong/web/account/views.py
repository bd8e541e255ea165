"""My account, and how pages look to me."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pamong.access import mailing, queries
from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.web import render
from pamong.web.account.forms import MailForm
from pamong.web.frame import THEME_COOKIE, THEMES
from pamong.web.refusals import Refusal

YEAR = 365 * 24 * 60 * 60


@require_safe
@login_required
def profile(request: ActingRequest) -> HttpResponse:
    """Show name, roles, reminders and the second factor of the one who is signed in."""
    own = mailing.get_own_mail(actor=request.actor)
    return _profile(request, MailForm(initial={"alamat": own.address, "pengingat": own.wanted}))


@require_POST
@login_required
def mail(request: ActingRequest) -> HttpResponse:
    """Keep where to the reader wants reminders, or that he wants none."""
    form = MailForm(request.POST)
    if form.is_valid():
        with Refusal(NotAllowed, form=form):
            mailing.choose_mail(
                actor=request.actor, at=request.at, address=form.cleaned_data["alamat"],
                wanted=form.cleaned_data["pengingat"],
            )  # fmt: skip
            messages.success(request, _("Tersimpan."))
            return redirect(f"{reverse('profile')}#surel")
    return _profile(request, form, status=422)


def _profile(request: ActingRequest, form: MailForm, status: int = 200) -> HttpResponse:
    username = request.user.get_username()
    held = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "username": username,
        "grants": queries.list_grants(actor=request.actor, username=username),
        "has_totp": Authenticator.Type.TOTP in held,
        "has_codes": Authenticator.Type.RECOVERY_CODES in held,
        "form": form,
        "mails": bool(settings.PAMONG_MAIL),
    }
    return render(request, "account/profile.html", context, status=status)


@require_POST
def theme(request: ActingRequest) -> HttpResponse:
    """Keep the chosen look in a cookie (no account needed) and go back; 'ikut' follows the device."""
    chosen = request.POST.get("tampilan", "")
    response = HttpResponseRedirect(_way_back(request))
    if chosen in THEMES:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


def _way_back(request: ActingRequest) -> str:
    """The page that was left, if it is one of ours."""
    back = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if ours else "/"
