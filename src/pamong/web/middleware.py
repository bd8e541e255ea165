"""What the pages need around each request: the language, bounds of what comes in, refusals with reasons."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from pamong.access.errors import NotAllowed, OwnCase
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


MEBIBYTE = 1024 * 1024
# The longest month of punches of a big province is some 100 MiB; who has not signed in hands in a password.
MOST_BYTES = 256 * MEBIBYTE
MOST_BYTES_OF_STRANGERS = MEBIBYTE // 4


def bounds(get_response: GetResponse) -> GetResponse:
    """Refuse what is too big before its body is read, and zero characters, which no database takes."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        most = MOST_BYTES if request.user.is_authenticated else MOST_BYTES_OF_STRANGERS
        if _length(request) > most:
            size = f"{most // MEBIBYTE} MB" if most >= MEBIBYTE else f"{most // 1024} KB"
            said = _("Kiriman terlalu besar. Batasnya %(size)s; pecah menjadi beberapa berkas.")
            return _refused(request, said % {"size": size}, 413)
        if _holds_zeros(request):
            return _refused(request, _("Isian memuat karakter yang tidak dapat disimpan. Ketik ulang."), 400)
        return get_response(request)

    return middleware


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else 0


def _holds_zeros(request: HttpRequest) -> bool:
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    # Forms with files are not read here; their text fields refuse zeros themselves.
    kind, short = request.content_type or "", _length(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if not short or kind not in {"application/x-www-form-urlencoded", "application/json"}:
        return False
    return b"%00" in request.body or b"\\u0000" in request.body or b"\0" in request.body


def _refused(request: HttpRequest, said: str, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        problem = {"title": "Permintaan ditolak", "status": status, "detail": said}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    return render(request, "refused.html", {"said": said}, status=status)


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
        if match and match.url_name == "count":  # a redirect would load a page into the head of another
            return HttpResponse(status=204)
        messages.info(request, _SET_UP)
        return redirect("mfa_activate_totp")

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


_SET_UP = "Peran Anda memerlukan faktor kedua. Pasang dulu di halaman profil."


def _lacks_it(request: HttpRequest) -> bool:
    """Asked of the database each time: a reset, or the user himself, may have removed it since."""
    return needs_second_factor(request.actor) and not is_mfa_enabled(request.user)  # type: ignore[attr-defined]


def refusals(get_response: GetResponse) -> GetResponse:
    """Answer 403 with the sentence of a ``NotAllowed`` that a view let through."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotAllowed):
            return None
        told = {"exception": refusal(exception), "own": isinstance(exception, OwnCase)}
        return render(request, "403.html", told, status=403)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def buttons(get_response: GetResponse) -> GetResponse:
    """Lead on from an address that only a button uses, opened by hand or from a list of visited pages."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.path.startswith("/api/"):
            return response
        page = render(request, "405.html", {"above": _page_above(request.path)}, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def _page_above(path: str) -> str:
    """The nearest address above that is a page; the home page where there is none."""
    while len(path) > 1:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
