"""What the pages need around each request: the language, and refusals as pages with their reason."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import translation

from pamong.access.errors import NotAllowed
from pamong.access.policies import needs_second_factor
from pamong.web.labels import refusal
from pamong.web.rendering import render

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def language(get_response: GetResponse) -> GetResponse:
    """Speak the language that the user chose, else Indonesian.

    The browser's wish is not asked: many offices run an English browser for people who read Indonesian.
    """
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


# Where one goes to set up the second factor, or away; everything else waits.
_WITHOUT = frozenset(
    {
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_index",
        "mfa_view_recovery_codes",
        "account_reauthenticate",
        "account_logout",
        "account_change_password",
        "profile",
    }
)


def second_factor(get_response: GetResponse) -> GetResponse:
    """Send those whose role needs a second factor, and who have none yet, to the page where it is set up."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(request: HttpRequest, view: object, *_: object) -> HttpResponseBase | None:
        match = request.resolver_match
        free = not settings.PAMONG_SECOND_FACTOR or not request.user.is_authenticated
        if free or (match and match.url_name in _WITHOUT) or not _lacks_it(request):
            return None
        if request.path.startswith("/api/"):
            problem = {"title": "Tidak berwenang", "status": 403, "detail": _SET_UP}
            return JsonResponse(problem, status=403, content_type="application/problem+json")
        messages.info(request, _SET_UP)
        return redirect("mfa_activate_totp")

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


_SET_UP = "Peran Anda memerlukan faktor kedua. Pasang dulu di halaman profil."


def _lacks_it(request: HttpRequest) -> bool:
    """Asked of the database once a session: who has it set up keeps it."""
    if request.session.get("second_factor"):
        return False
    if not needs_second_factor(request.actor):  # type: ignore[attr-defined]
        return False
    request.session["second_factor"] = is_mfa_enabled(request.user)
    return not request.session["second_factor"]


def refusals(get_response: GetResponse) -> GetResponse:
    """Answer 403 with the sentence of a ``NotAllowed`` that a view let through."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotAllowed):
            return None
        return render(request, "403.html", {"exception": refusal(exception)}, status=403)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
