"""A month's sheet as pages: choose it, look at what it would do, store it or hand it to a second officer."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.kernel.errors import DomainError
from pamong.performance import queries, services
from pamong.performance.choices import FileState
from pamong.performance.errors import FileNotFound, FileUnfit
from pamong.performance.events import SheetMoved, SheetStored
from pamong.web import render
from pamong.web.jinja import url
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.performance.forms import SheetForm
from pamong.web.refusals import Refusal
from pamong.web.shapes import Notice, Pages, page_number

TONES = {
    FileState.CHECKED: "attention", FileState.WAITING: "attention", FileState.STORED: "good",
    FileState.REFUSED: "problem", FileState.DISCARDED: "neutral",
}  # fmt: skip
SEVERITIES = {
    "block": gettext_lazy("tidak ikut disimpan"),
    "warn": gettext_lazy("perlu diperiksa"),
    "info": gettext_lazy("untuk diketahui"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the sheets; take another one and try it."""
    found = queries.list_files(actor=request.actor, page=page_number(request.GET))
    sent = request.method == "POST"
    form = SheetForm(*((request.POST, request.FILES) if sent else ()), on=request.actor.on)
    if sent and form.is_valid():
        # Loaded only when asked for: the web process stays light.
        from pamong.interop.month_inputs import try_inputs  # noqa: PLC0415

        upload = form.cleaned_data["file"]
        try:
            uid = try_inputs(
                actor=request.actor, at=request.at, month=form.cleaned_data["month"],
                name=upload.name or "isian", data=upload.read(),
            )  # fmt: skip
        except FileUnfit as error:
            form.add_error("file", str(error))
        else:
            return redirect("performance:sheet", uid)
    pages = Pages(found.page, found.last, lambda number: url("performance:sheets", hal=number))
    context = {"found": found, "pages": pages, "form": form, "tones": TONES}
    return render(request, "performance/sheets.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(FileNotFound)
def sheet(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what one sheet does or did; take the decision about it."""
    view = queries.get_file(actor=request.actor, at=request.at, uid=uid)
    told: list[Notice] = []
    if request.method == "POST":
        with Refusal(NotAllowed) as refused:
            said = _ACTS.get(request.POST.get("langkah", ""), _nothing)(request, uid)
            messages.success(request, said)
            return redirect("performance:sheet", uid)
        if refused.told:
            told = [Notice(refused.told)]
    context = {"file": view, "told": told, "tones": TONES, "severities": SEVERITIES}
    context["seal"] = seal(request, uid, SheetMoved.kind, SheetStored.kind)
    return render(request, "performance/sheet.html", context, status=422 if told else 200)


def _store(request: ActingRequest, uid: UUID) -> str:
    from pamong.interop.month_inputs import store_inputs  # noqa: PLC0415 - as above

    if store_inputs(actor=request.actor, at=request.at, uid=uid):
        return _("Isian bulanan tersimpan.")
    return _("Berkas ini menunggu petugas kedua, karena mengubah yang sudah berlaku.")


def _agree(request: ActingRequest, uid: UUID) -> str:
    from pamong.interop.month_inputs import agree_inputs  # noqa: PLC0415 - as above

    agree_inputs(actor=request.actor, at=request.at, uid=uid)
    return _("Isian bulanan tersimpan.")


def _refuse(request: ActingRequest, uid: UUID) -> str:
    reason = request.POST.get("alasan", "")[:500]
    services.refuse_file(actor=request.actor, at=request.at, uid=uid, reason=reason)
    return _("Tidak disetujui. Tidak ada yang disimpan.")


def _discard(request: ActingRequest, uid: UUID) -> str:
    services.discard_file(actor=request.actor, uid=uid)
    return _("Berkas ini ditandai tidak dipakai. Tidak ada yang disimpan.")


class NoSuchStep(DomainError):
    """The page knows no such act."""

    def __init__(self) -> None:
        super().__init__("Langkah ini tidak ada. Pilih salah satu tombol di halaman ini.")


def _nothing(request: ActingRequest, uid: UUID) -> str:
    raise NoSuchStep


_ACTS: dict[str, Callable[[ActingRequest, UUID], str]] = {
    "simpan": _store, "setuju": _agree, "tolak": _refuse, "buang": _discard,
}  # fmt: skip
