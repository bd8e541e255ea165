"""Refusals as ``application/problem+json`` (RFC 9457), in Indonesian."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from pamong.access.errors import NotAllowed
from pamong.api.law import LawNotFound
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.pay.errors import RunNotFound, SlipNotFound
from pamong.people.errors import EntryRefused, PersonNotFound

TITLES = {
    HTTPStatus.BAD_REQUEST: "Permintaan tidak dapat dibaca",
    HTTPStatus.UNAUTHORIZED: "Belum masuk",
    HTTPStatus.FORBIDDEN: "Tidak berwenang",
    HTTPStatus.NOT_FOUND: "Tidak ditemukan",
    HTTPStatus.CONFLICT: "Tidak dapat dilakukan",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Isian belum benar",
}


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """One problem document. ``detail`` is a whole sentence; ``more`` are extension members."""
    body = {"type": "about:blank", "title": TITLES.get(HTTPStatus(status), "Gagal"), "status": int(status)}
    content = json.dumps({**body, "detail": detail, **more}, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type="application/problem+json; charset=utf-8")


def install(api: NinjaAPI) -> None:
    """Let every refusal below ``api`` leave as a problem document; bugs still crash loudly."""
    handlers: dict[type[Exception], Any] = {
        AuthenticationError: _not_signed_in,
        NotAllowed: _told(HTTPStatus.FORBIDDEN),
        InvalidValue: _told(HTTPStatus.UNPROCESSABLE_ENTITY),
        DomainError: _told(HTTPStatus.CONFLICT),
        RunNotFound: _told(HTTPStatus.NOT_FOUND),
        SlipNotFound: _told(HTTPStatus.NOT_FOUND),
        LawNotFound: _told(HTTPStatus.NOT_FOUND),
        PersonNotFound: _told(HTTPStatus.NOT_FOUND),
        EntryRefused: _refused,
        Http404: _not_found,
        HttpError: _http_error,
        ValidationError: _bad_fields,
    }
    for error, handler in handlers.items():
        api.add_exception_handler(error, handler)


def _told(status: HTTPStatus) -> Any:
    def handle(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(status, str(error))

    return handle


def _refused(request: HttpRequest, error: EntryRefused) -> HttpResponse:
    """Everything that is wrong with an act, not only the first."""
    told = [str(problem) for problem in error.problems]
    return problem(HTTPStatus.CONFLICT, str(error), problems=told)


def _not_signed_in(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(HTTPStatus.UNAUTHORIZED, "Masuk dahulu untuk memakai alamat ini.")


def _not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, "Yang Anda cari tidak ada, atau di luar wewenang Anda.")


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "Permintaan ini tidak dapat dibaca. Periksa bentuk JSON-nya.")


def _bad_fields(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [".".join(str(part) for part in item["loc"]) for item in error.errors]
    # Our own validators say what is wrong in a sentence; the framework's do so in English.
    own = [str(item["ctx"]["error"]) for item in error.errors if item["type"] == "value_error"]
    detail = " ".join([f"Periksa isian: {', '.join(fields)}.", *dict.fromkeys(own)])
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, fields=fields)
