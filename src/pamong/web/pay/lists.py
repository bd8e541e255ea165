"""One list of payment: its people, its story, what comes next and who may do it; its files and documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.policies import require, require_account
from pamong.documents import store
from pamong.pay import path, policies
from pamong.pay.choices import OutFile, PathState, StepKind
from pamong.pay.errors import PayListNotFound
from pamong.pay.events import ListMoved
from pamong.pay.path import ListView
from pamong.web import handing, render
from pamong.web.handing import CSV, XLSX, Download, FileRefused, UnknownFile, answer
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.pay import path_words, reading
from pamong.web.pay.list_people import people_of
from pamong.web.pay.path_forms import Sp2dForm, SpmForm
from pamong.web.refusals import Refusal
from pamong.web.shapes import uid_of

PROGRAM = "pamong.jobs.paylists"
DOCUMENTS = {"recap": "rekapitulasi", "sptjm": "sptjm"}
SIMPLE: dict[str, Callable[..., bool]] = {
    "lengkap": path.enter, "tanda-tangan": path.sign, "periksa": path.check,
}  # fmt: skip
STEPS = {
    StepKind.ENTERED: "lengkap", StepKind.SIGNED: "tanda-tangan", StepKind.CHECKED: "periksa",
    StepKind.SUBMITTED: "ajukan", StepKind.PAID: "sp2d",
}  # fmt: skip


@require_safe
@login_required
@missing(PayListNotFound)
def one(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one list."""
    view = path.open_list(actor=request.actor, at=request.at, uid=uid)
    return _page(request, view)


@require_POST
@login_required
@missing(PayListNotFound)
def step(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take the next step of a list, or bring it back to the start; a refusal keeps what was typed."""
    wish = request.POST.get("langkah", "")
    if wish not in {*STEPS.values(), "buka"}:
        return _refused(request, uid, None, _("Langkah ini tidak dikenal. Pilih dari tombol di halaman."))
    form = _form(wish, request)
    if form is not None and not form.is_valid():
        return _page(request, path.open_list(actor=request.actor, at=request.at, uid=uid), form)
    with Refusal(NotAllowed, PayListNotFound) as refused:
        new = _take(request, uid, wish, form)
    if refused.told:
        return _refused(request, uid, form, refused.told)
    if new:
        messages.success(request, _("Tercatat dan tersegel. Langkah berikutnya tampil di bawah."))
    else:
        messages.info(request, _("Langkah ini sudah dilakukan sebelumnya; tidak ada yang berubah."))
    return redirect("pay:list", uid)


def _form(wish: str, request: ActingRequest) -> forms.Form | None:
    if wish == "sp2d":
        return Sp2dForm(request.POST)
    if wish == "ajukan":
        return SpmForm(request.POST, over=int("over_budget" in request.POST))
    return None


def _take(request: ActingRequest, uid: UUID, wish: str, form: Any) -> bool:
    who: dict[str, Any] = {"actor": request.actor, "at": request.at, "uid": uid}
    if wish == "ajukan":
        return path.submit(**who, **form.values())
    if wish == "sp2d":
        return path.record_sp2d(**who, **form.values())
    if wish == "buka":
        return path.reopen(**who, reason=request.POST.get("alasan", ""))
    return SIMPLE[wish](**who)


def _refused(request: ActingRequest, uid: UUID, form: forms.Form | None, sentence: str) -> HttpResponse:
    view = path.open_list(actor=request.actor, at=request.at, uid=uid)
    if form is not None:
        form.add_error(None, sentence)
        return _page(request, view, form)
    return _page(request, view, told=sentence)


def _page(
    request: ActingRequest, view: ListView, form: forms.Form | None = None, told: str = ""
) -> HttpResponse:
    wish = STEPS[view.next.step] if view.next else ""
    context = {
        "view": view,
        "row": view.row,
        "stages": list(path_words.list_stages(view.row)),
        "notices": path_words.notices(view),
        "tones": path_words.TONES,
        "verb": path_words.VERBS.get(view.next.step) if view.next else None,
        "wish": wish,
        "people": people_of(view, request.GET),
        "net_words": _("Diterima") if view.row.state is PathState.PAID else _("Akan diterima"),
        "turn": path_words.turn(view),
        "why_not": path_words.why_not(request.actor, view),
        "complete": path_words.complete(view),
        "odd": path_words.is_odd(view),
        "form": form or _fresh(view, wish),
        "told": told,
        "asked_reason": request.POST.get("alasan", ""),
        "masked": reading.masked,
        "reads_all": policies.reads_all(request.actor),
        "files": tuple(OutFile),
        "seal": seal(request, view.row.uid, ListMoved.kind),
    }
    return render(request, "pay/list.html", context, status=422 if told or (form and form.errors) else 200)


def _fresh(view: ListView, wish: str) -> forms.Form | None:
    """The form of the next step, for who may take it, where there is anything to fill in."""
    if not (view.next and view.next.may):
        return None
    if wish == "ajukan":
        return SpmForm(over=view.row.over_budget)
    return Sp2dForm() if wish == "sp2d" else None


@require_POST
@login_required
@missing(PayListNotFound)
def hold(request: ActingRequest, uid: UUID, item: UUID) -> HttpResponse:
    """Hold somebody on a list, or let it pay him again; with a reason."""
    act = path.hold if request.POST.get("putusan") == "tangguhkan" else path.release
    reason = request.POST.get("alasan", "")
    with Refusal(NotAllowed, PayListNotFound) as refused:
        new = act(actor=request.actor, at=request.at, uid=uid, item=item, reason=reason)
    if refused.told:
        return _refused(request, uid, None, refused.told)
    if new:
        messages.success(request, _("Tercatat. Daftar ini perlu dinyatakan lengkap lagi."))
    return redirect("pay:list", uid)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(PayListNotFound)
def supplementary(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Choose who is paid by a supplementary list."""
    made, told = _opened(request, uid, path.open_supplementary)
    if made is not None:
        messages.success(request, _("Daftar susulan dibuat. Periksa lalu nyatakan lengkap."))
        return redirect("pay:list", made)
    rows = path.list_candidates(actor=request.actor, at=request.at, uid=uid)
    return _choose(request, uid, "pay/supplementary.html", rows, told)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(PayListNotFound)
def arrears(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Choose to whom a list of arrears pays what is due."""
    made, told = _opened(request, uid, path.open_arrears)
    if made is not None:
        messages.success(request, _("Daftar rapel dibuat. Periksa lalu nyatakan lengkap."))
        return redirect("pay:list", made)
    rows = path.list_arrears(actor=request.actor, at=request.at, uid=uid)
    return _choose(request, uid, "pay/arrears.html", rows, told)


def _opened(request: ActingRequest, uid: UUID, act: Callable[..., UUID]) -> tuple[UUID | None, str]:
    """The list that was made for the people chosen; or why it was not."""
    require(request.actor, policies.PREPARE)
    if request.method != "POST":
        return None, ""
    people = [person for person in map(uid_of, request.POST.getlist("orang")) if person is not None]
    with Refusal(NotAllowed, PayListNotFound) as refused:
        return act(actor=request.actor, at=request.at, uid=uid, people=people), ""
    return None, refused.told


def _choose(request: ActingRequest, uid: UUID, template: str, rows: Sequence[Any], told: str) -> HttpResponse:
    context = {
        "row": path.find_list(actor=request.actor, uid=uid),
        "rows": rows,
        "told": told,
        "chosen": set(request.POST.getlist("orang")),
        "reads_all": policies.reads_all(request.actor),
        "masked": reading.masked,
    }
    return render(request, template, context, status=422 if told else 200)


@require_POST
@login_required
@missing(PayListNotFound)
def make_file(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Make a file of a list for the treasury or the bank; it then stands on the page with its totals."""
    require_account(request.actor)
    require(request.actor, policies.SUBMIT)
    kind = request.POST.get("untuk", "")
    view = path.open_list(actor=request.actor, at=request.at, uid=uid)
    if not view.may_files:
        return _page(request, view, told=_("Berkas dibuat sesudah daftar ini diperiksa BKPSDM."))
    if kind not in list(OutFile):
        return _page(request, view, told=_("Pilih untuk siapa berkasnya: perbendaharaan atau bank."))
    try:
        _made(request, kind, uid)
    except FileRefused as error:
        return _refused(request, uid, None, str(error))
    messages.success(request, _("Berkas dibuat. Cocokkan jumlah dan sidiknya sebelum dikirim."))
    return redirect("pay:list", uid)


@require_safe
@login_required
@missing(PayListNotFound, store.FileLost)
def file(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out a file that was made."""
    require(request.actor, policies.SUBMIT)
    name, sha256 = path.file_of(actor=request.actor, at=request.at, uid=uid)
    kind = XLSX if name.endswith(".xlsx") else CSV
    return answer(Download(name, kind, store.read(sha256)), "attachment")


@require_safe
@login_required
@missing(PayListNotFound, UnknownFile)
def document(request: ActingRequest, uid: UUID, kind: str) -> HttpResponse:
    """Hand out the recapitulation or the SPTJM as a PDF."""
    if kind not in DOCUMENTS:
        raise UnknownFile
    reference = path.find_list(actor=request.actor, uid=uid).reference
    try:
        data = _made(request, kind, uid)
    except FileRefused as error:
        messages.warning(request, str(error))
        return redirect("pay:list", uid)
    return answer(Download(f"{DOCUMENTS[kind]}-{reference}.pdf", "application/pdf", data), "inline")


def _made(request: ActingRequest, kind: str, uid: UUID) -> bytes:
    return handing.run(PROGRAM, kind, str(uid), str(request.actor.user_id), request.at.isoformat())


__all__ = ["document", "file", "hold", "make_file", "one", "step", "supplementary"]
