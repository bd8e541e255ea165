"""My account, and how pages look to me."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from pamong.access import queries
from pamong.access.middleware import ActingRequest
from pamong.web import render
from pamong.web.frame import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 60 * 60


@require_safe
@login_required
def profile(request: ActingRequest) -> HttpResponse:
    """Show name, roles and the second factor of the one who is signed in."""
    username = request.user.get_username()
    held = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "username": username,
        "grants": queries.list_grants(actor=request.actor, username=username),
        "has_totp": Authenticator.Type.TOTP in held,
        "has_codes": Authenticator.Type.RECOVERY_CODES in held,
    }
    return render(request, "account/profile.html", context)


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
