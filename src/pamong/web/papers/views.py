"""Documents of the registers: what waits, lists, one as a story, entering and deciding."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.policies import may, require
from pamong.attendance import policies as duty_policies
from pamong.attendance import queries
from pamong.attendance.choices import ExcuseSource
from pamong.attendance.errors import PaperNotFound, PaperUnfit
from pamong.attendance.events import PaperDecided
from pamong.attendance.queries import papers
from pamong.attendance.queries.papers import PaperView
from pamong.attendance.services import decide_paper, withdraw_paper
from pamong.documents.media import FileUnsuitable
from pamong.kernel.clock import FIRST_DAY, LAST_DAY
from pamong.leave import policies as leave_policies
from pamong.ledger.choices import PaperState
from pamong.people.errors import PersonNotFound
from pamong.web import render
from pamong.web.files import hand_out
from pamong.web.jinja import url
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.months import steps_of
from pamong.web.organisation.picking import SEARCH
from pamong.web.papers import telling
from pamong.web.papers.fields import KeepsFile
from pamong.web.papers.forms import REASON_MOST, PaperForm
from pamong.web.papers.registers import REGISTERS, Register
from pamong.web.refusals import Refusal
from pamong.web.shapes import Notice, Pages, Tab, page_number

_NAMES = "nama"  # the button that shows who is of a unit, before anything is sent


def tabs(current: str) -> list[Tab]:
    """The pages of presence side by side."""
    found = [Tab(_("Hari kerja"), url("presence:mine"), current == "")]
    return found + [
        Tab(str(each.title), url("papers:index", each.area), current == each.area)
        for each in REGISTERS.values()
        if each.of_presence
    ]


@require_safe
@login_required
def desk(request: ActingRequest) -> HttpResponse:
    """Show how much waits for the actor in each register."""
    require(request.actor, duty_policies.READ_DUTY)
    counts = papers.count_to_decide([each.shelf for each in REGISTERS.values()], actor=request.actor)
    waiting = list(zip(REGISTERS.values(), counts, strict=True))
    brings = bool(may(request.actor, leave_policies.VERIFY))
    return render(request, "papers/desk.html", {"waiting": waiting, "brings": brings})


@require_safe
@login_required
def index(request: ActingRequest, area: str) -> HttpResponse:
    """List documents: those that wait first, or those that ended in one way."""
    register = REGISTERS[area]
    wish = request.GET.get("keadaan", "")
    state = PaperState(wish) if wish in list(PaperState) else None
    found = papers.list_papers(
        register.shelf, actor=request.actor, at=request.at, state=state, page=page_number(request.GET)
    )
    context = {
        "register": register, "found": found, "state": state, "states": PaperState, "telling": telling,
        "tabs": tabs(area) if register.of_presence else (), "enters": register.may_enter(request.actor),
        "pages": Pages(found.page, found.last, lambda number: f"?keadaan={wish}&hal={number}"),
        "leads": area == "cuti" and bool(request.actor.seats and may(request.actor, duty_policies.VERIFY)),
        "brings": area == "cuti" and register.may_enter(request.actor),
    }  # fmt: skip
    return render(request, "papers/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: ActingRequest, area: str) -> HttpResponse:
    """Enter a document."""
    register = REGISTERS[area]
    require(request.actor, register.enters)
    return _entering(request, register, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(PaperNotFound)
def change(request: ActingRequest, area: str, uid: UUID) -> HttpResponse:
    """Ask that a document that holds says something else."""
    register = REGISTERS[area]
    require(request.actor, register.enters)
    before = papers.get_paper(register.shelf, actor=request.actor, at=request.at, uid=uid)
    if not register.changes or not before.holds:
        raise PaperNotFound
    _require_reach(request, register, before)
    return _entering(request, register, before)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(PaperNotFound)
def cancel(request: ActingRequest, area: str, uid: UUID) -> HttpResponse:
    """Ask that a document holds no more."""
    register = REGISTERS[area]
    require(request.actor, register.enters)
    view = papers.get_paper(register.shelf, actor=request.actor, at=request.at, uid=uid)
    if not view.holds:
        raise PaperNotFound
    _require_reach(request, register, view)
    reason, told = request.POST.get("alasan", "").strip()[:REASON_MOST], ""
    if request.method == "POST":
        with Refusal(NotAllowed, PaperNotFound) as refused:
            paper = register.cancel(actor=request.actor, at=request.at, paper=uid, reason=reason)
            messages.success(request, _("Pembatalan diminta. Yang berlaku tetap sampai orang lain setuju."))
            return redirect("papers:paper", area, paper)
        told = refused.told
    context = {"register": register, "view": view, "reason": reason, "told": told, "telling": telling}
    return render(request, "papers/cancel.html", context, status=422 if told else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(PaperNotFound)
def paper(request: ActingRequest, area: str, uid: UUID) -> HttpResponse:
    """Show a document as a story; take the decision of the one who may."""
    register = REGISTERS[area]
    answer, told = request.POST.get("jawaban", "").strip()[:REASON_MOST], ""
    if request.method == "POST":
        accept = request.POST.get("putusan") == "setuju"
        with Refusal(NotAllowed, PaperNotFound) as refused:
            decide_paper(
                register.shelf.desk, actor=request.actor, at=request.at, paper=uid, accept=accept,
                answer=answer,
            )  # fmt: skip
            messages.success(request, _("Disetujui dan berlaku.") if accept else _("Ditolak."))
            return redirect("papers:paper", area, uid)
        told = refused.told
    view = papers.get_paper(register.shelf, actor=request.actor, at=request.at, uid=uid)
    context = _story(request, register, view) | {"answer": answer, "told": told}
    return render(request, "papers/paper.html", context, status=422 if told else 200)


@require_POST
@login_required
@missing(PaperNotFound)
def withdraw(request: ActingRequest, area: str, uid: UUID) -> HttpResponse:
    """Take back one's own document that waits."""
    register = REGISTERS[area]
    with Refusal(PaperNotFound) as refused:
        withdraw_paper(register.shelf.desk, actor=request.actor, paper=uid)
        messages.success(request, _("Ditarik. Dokumen itu tetap tercatat."))
    if refused.told:
        messages.warning(request, refused.told)
    return redirect("papers:paper", area, uid)


@require_safe
@login_required
@missing(PaperNotFound)
def file(request: ActingRequest, area: str, uid: UUID) -> HttpResponse:
    """Hand out the file of a document, to be looked at and not to be run."""
    _name, kind, data = papers.read_file(REGISTERS[area].shelf, actor=request.actor, at=request.at, uid=uid)
    return hand_out(data, kind)


@require_safe
@login_required
def team(request: ActingRequest) -> HttpResponse:
    """Show who of one's team is away in a month; why is not told."""
    require(request.actor, duty_policies.VERIFY)
    steps = steps_of(request.GET.get("bulan", ""), request.actor.on.replace(day=1), FIRST_DAY, LAST_DAY)
    first = steps.month
    end = (first + timedelta(days=31)).replace(day=1)
    found = queries.list_team_away(actor=request.actor, at=request.at, first=first, end=end)
    words = {ExcuseSource.LEAVE: _("Cuti"), ExcuseSource.DUTY: _("Dinas luar")}
    context = {
        "found": found, "words": words, "steps": steps, "tabs": tabs("cuti"),
    }  # fmt: skip
    return render(request, "papers/team.html", context)


def _require_reach(request: ActingRequest, register: Register, view: PaperView) -> None:
    """``PaperNotFound`` unless the actor may enter such a document about these people."""
    if not papers.rights_over(register.shelf, actor=request.actor, view=view).changes:
        raise NotAllowed(
            _("Dokumen ini diubah oleh petugas unit atau petugas kepegawaian yang mengelolanya.")
        )


def _entering(request: ActingRequest, register: Register, before: PaperView | None) -> HttpResponse:
    sent = request.method == "POST"
    if sent and request.POST.get("langkah") == _NAMES:
        asked = {name: request.POST.get(name, "") for name in ("unit", "on", "name")}
        return redirect(f"{url('papers:new', register.area)}?{urlencode(asked)}")
    form = register.form(request, before, *((request.POST, request.FILES) if sent else ()))
    looking = SEARCH in request.POST  # for somebody by name, without scripts: nothing is handed in yet
    if sent and not looking and form.is_valid():
        paper = _sent(form)
        if paper is not None:
            messages.success(request, _("Dimasukkan. Berlaku sesudah orang lain menyetujuinya."))
            return redirect("papers:paper", register.area, paper)
    if sent and isinstance(form, KeepsFile):
        form.keep()
    if looking:
        form.errors.clear()
    context = {
        "register": register, "form": form, "before": before, "telling": telling, "fresh": looking,
        "search": SEARCH,
    }  # fmt: skip
    return render(request, "papers/form.html", context, status=422 if sent and form.errors else 200)


def _sent(form: PaperForm) -> UUID | None:
    """Hand the form in; what stands in the way is told beside its field, and nothing is lost."""
    try:
        return form.send()
    except PaperUnfit as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except FileUnsuitable as error:
        form.add_error("file", str(error))
    except PersonNotFound as error:
        form.add_error("words", str(error))
    return None


def _story(request: ActingRequest, register: Register, view: PaperView) -> dict[str, Any]:
    rights = papers.rights_over(register.shelf, actor=request.actor, view=view)
    steps = papers.list_steps(register.shelf, actor=request.actor, view=view)
    now = next((step for step in steps if step.state is PaperState.VERIFIED), None)
    told = _("%(name)s cuti pada hari-hari itu. Cutinya tetap cuti.")
    return {
        "register": register, "view": view, "telling": telling, "facts": telling.facts_of(request, view),
        "rights": rights, "steps": steps, "now": now if view.state is PaperState.REPLACED else None,
        "notices": [Notice(told % {"name": name}) for name in view.away],
        "withdraws": view.state is PaperState.WAITING and view.entered_by == request.actor.user_id,
        "seal": seal(request, view.uid, PaperDecided.kind), "backdated": telling.backdated_of(view),
    }  # fmt: skip
