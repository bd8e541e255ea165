"""What the pages need around each request: the language, and refusals as pages with their reason."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from pamong.access.errors import NotAllowed
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


def refusals(get_response: GetResponse) -> GetResponse:
    """Answer 403 with the sentence of a ``NotAllowed`` that a view let through."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotAllowed):
            return None
        return render(request, "403.html", {"exception": str(exception)}, status=403)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
