"""The wizard's pages. Nothing is stored before somebody has seen what would be."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.access.middleware import ActingRequest
from pamong.documents.store import FileLost
from pamong.kernel.errors import DomainError
from pamong.pay.choices import Mode
from pamong.pay.policies import may_run
from pamong.people import policies
from pamong.people.choices import BatchKind, BatchState, Outcome, TwinDecision
from pamong.people.errors import BatchNotFound
from pamong.people.queries import batches as reads
from pamong.people.queries.batches import BatchView
from pamong.people.services import batches, closing, recalls
from pamong.web import render
from pamong.web.handing import XLSX
from pamong.web.imports.forms import AgainForm, ImportForm
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.refusals import Refusal
from pamong.web.shapes import Link, Notice, Pages, Stage, Tab, page_number, uid_of

TONES = {
    BatchState.CHECKED: "attention", BatchState.WAITING: "attention", BatchState.RECALLING: "attention",
    BatchState.APPLIED: "good", BatchState.REFUSED: "problem", BatchState.DISCARDED: "neutral",
    BatchState.FAILED: "problem", BatchState.UNDONE: "neutral",
}  # fmt: skip
SEVERITIES: dict[str, tuple[Any, str]] = {
    "block": (gettext_lazy("Tidak ikut disimpan"), "problem"),
    "warn": (gettext_lazy("Perlu diperiksa"), "attention"),
    "info": (gettext_lazy("Untuk diketahui"), "neutral"),
}

TEMPLATES = ("peta", "family", "education")
UNITS = 100  # units with problems that the summary lists
FILE_PROBLEMS = 20  # problems of the whole file that it names


class TemplateNotFound(DomainError):
    """There is no such template."""

    def __init__(self) -> None:
        super().__init__("Templat ini tidak ada. Buka halaman impor untuk memilih yang lain.")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the imports; take another file."""
    found = reads.list_batches(actor=request.actor, page=page_number(request.GET))
    sent, kind = request.method == "POST", _kind(request, any_yet=found.total > 0)
    form = ImportForm(*((request.POST, request.FILES) if sent else ()), today=request.actor.on, kind=kind)
    if sent and form.is_valid():
        upload = form.cleaned_data["file"]
        uid = batches.start_check(
            actor=request.actor, at=request.at, kind=BatchKind(form.cleaned_data["kind"]),
            name=upload.name or "berkas", data=upload.chunks(), options=form.options(),
        )  # fmt: skip
        return redirect("imports:batch", uid)
    pages = Pages(found.page, found.last, lambda number: url("imports:index", hal=number))
    context = {"found": found, "pages": pages, "form": form, "tones": TONES, "templates": TEMPLATES}
    return render(request, "imports/index.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@missing(TemplateNotFound)
def template(request: ActingRequest, kind: str) -> HttpResponse:
    """Hand out an empty sheet to fill in."""
    # Loaded only when asked for: the web process stays light.
    from pamong.interop.register.templates import FILE_NAMES, template  # noqa: PLC0415

    policies.require_import(request.actor)
    if kind not in FILE_NAMES:
        raise TemplateNotFound
    answer = HttpResponse(template(kind), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAMES[kind]}"'
    return answer


@require_safe
@login_required
@missing(BatchNotFound)
def batch(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one import: how far it is, what it found, what can be done next."""
    view = reads.get_batch(actor=request.actor, uid=uid)
    return _batch_page(request, view, _again(request, view))


@require_safe
@login_required
@missing(BatchNotFound)
def progress(request: ActingRequest, uid: UUID) -> HttpResponse:
    """The part that changes while a worker works; afterwards the page comes anew."""
    view = reads.get_batch(actor=request.actor, uid=uid)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("imports:batch", uid)
    answer = render(request, "imports/progress.html", {"batch": view})
    if not view.state.busy:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_safe
@login_required
@missing(BatchNotFound)
def rows(request: ActingRequest, uid: UUID) -> HttpResponse:
    """What became of each row."""
    wish = request.GET.get("hasil", "")
    outcome = Outcome(wish) if wish in list(Outcome) else None
    view = reads.get_batch(actor=request.actor, uid=uid)
    found = reads.list_batch_rows(
        actor=request.actor, at=request.at, uid=uid, outcome=outcome, page=page_number(request.GET)
    )
    pages = Pages(
        found.page, found.last, lambda number: url("imports:rows", uid, hasil=outcome or "", hal=number)
    )
    context = _page(view, "rows") | {"found": found, "pages": pages, "outcome": outcome, "outcomes": Outcome}
    return render(request, "imports/rows.html", context)


@require_safe
@login_required
@missing(BatchNotFound)
def problems(request: ActingRequest, uid: UUID) -> HttpResponse:
    """What was wrong, row by row, for one unit or one severity."""
    unit, wish = request.GET.get("unit"), request.GET.get("tingkat", "")
    severity = wish if wish in SEVERITIES else ""
    view = reads.get_batch(actor=request.actor, uid=uid)
    found = reads.list_batch_problems(
        actor=request.actor,
        uid=uid,
        unit=unit,
        severity=severity,
        page=page_number(request.GET),
        remarks=False,
    )
    kept = {} if unit is None else {"unit": unit}
    query = {"tingkat": severity} | kept
    pages = Pages(found.page, found.last, lambda number: url("imports:problems", uid, hal=number, **query))
    context = _page(view, "problems") | {"found": found, "pages": pages, "unit": unit, "severity": severity}
    context["kept"] = kept
    return render(request, "imports/problems.html", context | {"severities": SEVERITIES})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(BatchNotFound)
def twins(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Rows that may be about somebody known already: one decision each."""
    view = reads.get_batch(actor=request.actor, uid=uid)
    if request.method == "POST":
        return _decide(request, uid)
    found = reads.list_twins(actor=request.actor, at=request.at, uid=uid, decided=True)
    context = _page(view, "twins") | {"found": found}
    context["may_decide"] = view.state in (BatchState.CHECKED, BatchState.WAITING, BatchState.APPLIED)
    return render(request, "imports/twins.html", context)


@require_POST
@login_required
@missing(BatchNotFound)
def again(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Have a file that is kept here tried once more, read otherwise."""
    view = reads.get_batch(actor=request.actor, uid=uid)
    form = _again(request, view, request.POST)
    if not form.is_valid():
        return _batch_page(request, view, form, status=422)
    try:
        fresh = batches.start_again(actor=request.actor, at=request.at, uid=uid, options=form.options())
    except FileLost as error:
        messages.warning(request, str(error))
        return redirect("imports:batch", uid)
    return redirect("imports:batch", fresh)


@require_POST
@login_required
@missing(BatchNotFound)
def apply(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Store what was tried, or ask a second officer to."""
    return _do(request, uid, lambda: batches.start_apply(actor=request.actor, at=request.at, uid=uid))


@require_POST
@login_required
@missing(BatchNotFound)
def refuse(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Do not agree, as the second officer, that an import is stored."""
    reason = _reason(request)
    return _do(
        request, uid, lambda: closing.refuse_batch(actor=request.actor, at=request.at, uid=uid, reason=reason)
    )


@require_POST
@login_required
@missing(BatchNotFound)
def discard(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Lay aside what one has tried oneself."""
    return _do(request, uid, lambda: closing.discard_batch(actor=request.actor, at=request.at, uid=uid))


@require_POST
@login_required
@missing(BatchNotFound)
def undo(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a stored import back as a whole."""
    reason = _reason(request)
    return _do(
        request, uid, lambda: recalls.start_undo(actor=request.actor, at=request.at, uid=uid, reason=reason)
    )


@require_POST
@login_required
@missing(BatchNotFound)
def confirm_undo(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Agree as the second officer that an import is taken back."""
    return _do(request, uid, lambda: recalls.confirm_undo(actor=request.actor, at=request.at, uid=uid))


@require_POST
@login_required
@missing(BatchNotFound)
def drop_undo(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Let an import stay stored after all."""
    reason = _reason(request)
    return _do(
        request, uid, lambda: recalls.drop_undo(actor=request.actor, at=request.at, uid=uid, reason=reason)
    )


def _reason(request: ActingRequest) -> str:
    """Why, as it was written in the form."""
    return request.POST.get("alasan", "")[:500]


def _again(request: ActingRequest, view: BatchView, *data: QueryDict) -> AgainForm:
    return AgainForm(*data, today=request.actor.on, kind=view.kind, options=view.options)


def _batch_page(request: ActingRequest, view: BatchView, form: AgainForm, status: int = 200) -> HttpResponse:
    units = reads.list_problem_units(actor=request.actor, uid=view.uid)[:UNITS]
    # Problems of the whole file come first in their order.
    first = reads.list_batch_problems(actor=request.actor, uid=view.uid, severity="block", size=FILE_PROBLEMS)
    context = _page(view, "batch") | {
        "units": units,
        "whole": [Notice(_sentence(problem.message)) for problem in first.rows if problem.line is None],
        "outcomes": {outcome.value: outcome for outcome in Outcome},
        "again": form,
        "to_store": _to_store(view),
        "storing": _storing(view),
        "next_step": _next_step(request, view),
    }
    return render(request, "imports/batch.html", context, status=status)


def _to_store(view: BatchView) -> int:
    """Rows that may be stored; of a file that is stored those that were decided since."""
    tried = view.state in (BatchState.CHECKED, BatchState.WAITING)
    return view.decided + (view.counts[Outcome.NEW] + view.counts[Outcome.CHANGED] if tried else 0)


def _storing(view: BatchView) -> str:
    """What the actor can do to have a file stored: 'store' it, 'ask' a second officer, 'wait' for him, leave
    it to others as it changes his 'own' data; ''."""
    later = view.state is BatchState.APPLIED and view.decided > 0
    if not later and view.state not in (BatchState.CHECKED, BatchState.WAITING):
        return ""
    if view.second or not view.altering:
        return "store"
    if view.state is BatchState.CHECKED:
        return "ask"
    return "own" if view.own else "wait"


def _sentence(text: str) -> str:
    """A problem begins small, as it follows the place; alone it is a sentence."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _next_step(request: ActingRequest, view: BatchView) -> tuple[str, list[Link]]:
    """What a stored file makes possible, as a sentence and links; nothing where there is nothing."""
    if view.state is not BatchState.APPLIED:
        return "", []
    if view.kind is BatchKind.PETA:
        chart = Link(_("Lihat unit dan posisi"), url("organisation:tree"))
        people = Link(_("Impor data ASN"), url("imports:index", isi=BatchKind.REGISTER.value))
        return _("Peta jabatan sudah tersimpan. Berikutnya: pegawai yang mendudukinya."), [people, chart]
    people = Link(_("Lihat pegawai"), url("people:index"))
    if view.kind is BatchKind.REGISTER and may_run(request.actor):
        month = Link(_("Hitung bulan sebagai pembanding"), url("pay:start", guna=Mode.SHADOW.value))
        told = _(
            "Data pegawai sudah tersimpan. Berikutnya: hitung satu bulan, lalu cocokkan dengan daftar bayar."
        )
        return told, [month, people]
    return _("Data sudah tersimpan."), [people]


def _kind(request: ActingRequest, *, any_yet: bool) -> BatchKind:
    """What the address asks for; on an empty site a chart comes first."""
    wish = request.GET.get("isi", "")
    if wish in list(BatchKind):
        return BatchKind(wish)
    return BatchKind.REGISTER if any_yet else BatchKind.PETA


def _do(request: ActingRequest, uid: UUID, act: Any) -> HttpResponse:
    with Refusal(BatchNotFound) as refused:
        act()
    if refused.told:
        policies.require_import(request.actor)
        messages.warning(request, refused.told)
    return redirect("imports:batch", uid)


def _decide(request: ActingRequest, uid: UUID) -> HttpResponse:
    line, choice = request.POST.get("baris", ""), request.POST.get("pilihan", "")
    same = choice != TwinDecision.DIFFERENT.value
    with Refusal(BatchNotFound) as refused:
        batches.decide_twin(
            actor=request.actor,
            at=request.at,
            uid=uid,
            line=int(line) if line.isdecimal() and len(line) < 9 else -1,
            decision=TwinDecision.SAME if same else TwinDecision.DIFFERENT,
            person=uid_of(choice) if same else None,
        )
    if refused.told:
        policies.require_import(request.actor)
        messages.warning(request, refused.told)
    return redirect("imports:twins", uid)


def _page(view: BatchView, current: str) -> dict[str, Any]:
    uid = view.uid
    tabs = [
        Tab(_("Ringkasan"), url("imports:batch", uid), current == "batch"),
        Tab(_("Baris"), url("imports:rows", uid), current == "rows", view.rows),
        Tab(_("Masalah"), url("imports:problems", uid), current == "problems", view.problems),
    ]
    if view.kind is BatchKind.REGISTER:
        count = view.open_twins
        tabs.append(Tab(_("Mungkin orang yang sama"), url("imports:twins", uid), current == "twins", count))
    read = view.state not in (BatchState.READING, BatchState.FAILED)
    tone = TONES.get(view.state, "info")
    return {
        "batch": view, "tabs": tabs if read else [], "tone": tone, "stages": _stages(view),
        "unread": _unread(view),
    }  # fmt: skip


def _unread(view: BatchView) -> tuple[str, str] | None:
    """Why nothing can be told of the rows yet: a title and a sentence; None once they have been read."""
    if view.state is BatchState.READING:
        told = _("Berkas ini masih diperiksa. Hasilnya tampil di sini sesudah selesai.")
        return _("Belum selesai dibaca"), told
    if view.state is BatchState.FAILED:
        return _("Tidak selesai dibaca"), _("Buka impor ini untuk melihat sebabnya, lalu coba lagi.")
    return None


def _stages(view: BatchView) -> list[Stage]:
    """Where the import stands on its way: tried, looked at, stored."""
    place = {
        BatchState.READING: 0, BatchState.FAILED: 0, BatchState.CHECKED: 1, BatchState.WAITING: 2,
        BatchState.APPLYING: 2, BatchState.REFUSED: 1, BatchState.DISCARDED: 1,
        BatchState.APPLIED: 3, BatchState.RECALLING: 3, BatchState.UNDOING: 3, BatchState.UNDONE: 3,
    }[view.state]  # fmt: skip
    names = (_("Dicoba"), _("Diperiksa"), _("Disimpan"))
    reached = {-1: "done", 0: "now", 1: "next"}
    return [Stage(name, reached[(number > place) - (number < place)]) for number, name in enumerate(names)]
