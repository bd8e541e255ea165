"""Propose, look at what follows, send; and for others: decide."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.policies import may
from pamong.documents.media import FileUnsuitable
from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError
from pamong.ledger.choices import Act
from pamong.organisation import queries as organisation
from pamong.organisation.errors import SeatNotFound
from pamong.people import queries, services
from pamong.people.choices import EntryState
from pamong.people.errors import EntryNotFound, EntryRefused, PersonNotFound
from pamong.people.events import DataAccepted, DataRefused
from pamong.people.services import Preview
from pamong.people.subjects import SUBJECTS, Subject
from pamong.web import render
from pamong.web.entries.forms import (
    ACTS,
    ENDING,
    PICKED,
    WORDS,
    EntryForm,
    Wanted,
    first_day_without,
    row_of,
    sentence,
    uids,
)
from pamong.web.files import hand_out
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.organisation.proposals import desk_tabs
from pamong.web.refusals import Refusal
from pamong.web.shapes import Notice, Pages, page_number

TONES = {"waiting": "attention", "applied": "good", "refused": "problem", "withdrawn": "neutral"}


class SubjectMissing(DomainError):
    """There is no such part of the file."""

    def __init__(self) -> None:
        super().__init__("Bagian data ini tidak ada. Buka data pegawainya dan pilih bagiannya.")


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List entries: those that wait, or those that ended in one way."""
    wish = request.GET.get("keadaan", EntryState.WAITING.value)
    state = wish if wish in list(EntryState) else ""
    page = page_number(request.GET)
    found = queries.list_entries(actor=request.actor, at=request.at, state=state, page=page)
    pages = Pages(found.page, found.last, lambda number: f"?keadaan={state}&hal={number}")
    context = {"found": found, "pages": pages, "state": state, "states": EntryState, "tones": TONES}
    context["tabs"] = desk_tabs(request, "entries:index")
    return render(request, "entries/index.html", context | {"subjects": SUBJECTS})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(PersonNotFound, SubjectMissing)
def propose(request: ActingRequest, uid: UUID, subject: str) -> HttpResponse:
    """Ask for an act on one part of somebody's data: fill in, see what follows, send."""
    wanted = _wanted(request, uid, subject)
    sent = request.method == "POST"
    form = EntryForm(wanted, request.actor, request.at, *((request.POST, request.FILES) if sent else ()))
    context: dict[str, Any] = {"wanted": wanted, "form": form, "words": WORDS, "preview": None, "kept": []}
    context["notices"] = ()
    if sent:
        context["kept"] = _kept(request, wanted, form)
    if not sent or form.searching:
        return render(request, "entries/propose.html", context)
    try:
        if request.POST.get("langkah") == "kirim" and form.is_valid():
            return _send(request, wanted, form, context["kept"])
        preview = services.preview(actor=request.actor, at=request.at, **_asked(wanted, form))
    except EntryRefused as error:
        context["notices"] = form.judge(error.problems)
    else:
        context["notices"] = form.judge(preview.problems)
        context["preview"] = None if form.errors else preview
    return render(request, "entries/propose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(EntryNotFound)
def entry(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one entry with what would follow; take the decision of the one who may."""
    row = queries.get_entry(actor=request.actor, at=request.at, uid=uid)
    answer = request.POST.get("jawaban", "").strip()
    told: tuple[Notice, ...] = ()
    if request.method == "POST":
        accept = request.POST.get("putusan") == "setuju"
        try:
            begins = services.decide(
                actor=request.actor, at=request.at, entry=uid, accept=accept, answer=answer
            )
        except EntryRefused as error:
            told = notices(error.problems)
        except NotAllowed:
            raise
        except DomainError as error:
            told = (Notice(str(error)),)
        else:
            messages.success(request, _decided(accept, begins, request.actor.on))
            return redirect("entries:index")
    return render(
        request, "entries/entry.html", _entry_page(request, row, told, answer), status=422 if told else 200
    )


def _decided(accept: bool, begins: date | None, today: date) -> str:
    if not accept:
        return _("Usulan ditolak.")
    if begins is None or begins <= today:
        return _("Usulan disetujui dan sudah berlaku.")
    return _("Usulan disetujui. Berlaku mulai %(day)s.") % {"day": format_date(begins)}


@require_POST
@login_required
@missing(EntryNotFound)
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take back one's own entry."""
    with Refusal(EntryNotFound) as refused:
        services.withdraw(actor=request.actor, at=request.at, entry=uid)
        messages.success(request, _("Usulan ditarik. Usulan itu tetap tercatat."))
    if refused.told:
        messages.warning(request, refused.told)
    return redirect("entries:entry", uid)


@require_safe
@login_required
@missing(EntryNotFound)
def evidence(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out a file of evidence, to be looked at and not to be run."""
    row, data = queries.read_evidence(actor=request.actor, at=request.at, uid=uid)
    return hand_out(data, row.media_type)


def notices(problems: Any) -> tuple[Notice, ...]:
    """Problems as a summary shows them: what keeps the act out first."""
    ordered = sorted(problems, key=lambda problem: problem.severity != "block")
    return tuple(Notice(sentence(problem)) for problem in ordered)


def _wanted(request: ActingRequest, uid: UUID, code: str) -> Wanted:
    subject: Subject | None = SUBJECTS.get(code)
    if subject is None:
        raise SubjectMissing
    person_id = queries.require_person(request.actor, "people:read", uid)
    # Before the file is read: its owner is told of looks, not of attempts.
    if not queries.within(request.actor, "people:propose", person_id):
        raise NotAllowed(
            "Perubahan data pegawai ini diusulkan pegawai sendiri, petugas unit, atau petugas kepegawaian."
        )
    file = queries.get_file(actor=request.actor, at=request.at, uid=uid, on=request.actor.on)
    if file.own and not subject.own_fields:
        raise NotAllowed(
            f"{subject.title} Anda sendiri dimasukkan petugas kepegawaian lain, bukan oleh Anda."
        )
    word = request.GET.get("laku", "")
    act = ACTS.get(word, Act.CHANGE)
    row = row_of(file, subject, act, request.GET)
    ends = word == ENDING and row is not None and subject.code in ("appointment", "employment")
    return Wanted(file, subject, act, row, ends, _seat(request, subject))


def _seat(request: ActingRequest, subject: Subject) -> str:
    """The seat that was chosen before, where there is one; '' for none."""
    found = uids([request.GET.get("posisi", "")]) if subject.code == "appointment" else []
    try:
        return str(organisation.get_seat(actor=request.actor, seat=found[0], on=request.actor.on).uid)
    except (IndexError, SeatNotFound):
        return ""


def _asked(wanted: Wanted, form: EntryForm) -> dict[str, Any]:
    several = wanted.subject.several or wanted.subject.code == "appointment"
    named = wanted.row is not None and (several or wanted.act is not Act.CHANGE)
    return {
        "person": wanted.file.uid,
        "subject": wanted.subject.code,
        "act": wanted.act,
        "values": form.values(),
        "target": wanted.row.uid if named and wanted.row else None,
        "on": form.cleaned_data.get("on"),
        "until": first_day_without(form.cleaned_data.get("until")),
    }


def _kept(request: ActingRequest, wanted: Wanted, form: EntryForm) -> list[UUID]:
    """Evidence that came with an earlier step, and what comes now: kept at once, so that nothing is lost.

    A file that can't be kept is told beside its field, with everything else that is wrong.
    """
    found = uids(request.POST.getlist("bukti"))
    for upload in () if form.has_error("evidence") else request.FILES.getlist("evidence"):
        try:
            found.append(
                services.add_evidence(
                    actor=request.actor, at=request.at, person=wanted.file.uid, title=wanted.subject.title,
                    name=upload.name or "bukti", data=upload.read(),
                )
            )  # fmt: skip
        except FileUnsuitable as error:
            form.add_error("evidence", f"{upload.name}: {error}")
    return found


def _send(request: ActingRequest, wanted: Wanted, form: EntryForm, kept: list[UUID]) -> HttpResponse:
    entered = services.enter(
        actor=request.actor,
        at=request.at,
        reason=form.cleaned_data["reason"],
        evidence=kept,
        **_asked(wanted, form),
    )
    if entered.again:
        messages.warning(request, _("Usulan yang sama sudah menunggu, jadi tidak dikirim dua kali."))
    else:
        messages.success(request, _("Usulan terkirim. Orang kedua memeriksanya sebelum berlaku."))
    return redirect("entries:entry", entered.uid)


def _entry_page(
    request: ActingRequest, row: queries.EntryRow, told: tuple[Notice, ...], answer: str
) -> dict[str, Any]:
    waiting = row.state is EntryState.WAITING
    subject = SUBJECTS[row.subject]
    decides = bool(may(request.actor, "people:verify"))
    preview, refusal = None, ""
    if waiting and (decides or row.entered_by == request.actor.user_id):
        preview, refusal = _foreseen(request, row.uid, decides)
    return {
        "row": row,
        "seal": seal(request, row.uid, DataAccepted.kind, DataRefused.kind),
        "subject": subject,
        "values": [] if preview else _values(row, subject),
        "last_day": row.until - timedelta(days=1) if row.until else None,
        "preview": preview,
        "notices": told or (notices(preview.problems) if preview else ()),
        "refusal": refusal,
        "decides": preview is not None and decides and not refusal,
        "withdraws": waiting and row.entered_by == request.actor.user_id,
        "evidence": queries.list_evidence(actor=request.actor, uid=row.uid),
        "tone": TONES[row.state.value],
        "answer": answer,
    }


def _foreseen(request: ActingRequest, uid: UUID, decides: bool) -> tuple[Preview | None, str]:
    """What would follow, and why the reader can't decide it; nothing for who entered it and whose scope has
    ended since: he may still take it back."""
    try:
        preview = services.preview_entry(actor=request.actor, at=request.at, entry=uid)
        return preview, services.may_decide(actor=request.actor, entry=uid) if decides else ""
    except EntryNotFound:
        return None, ""


def _values(row: queries.EntryRow, subject: Subject) -> list[tuple[str, str]]:
    """What was filled in, in words. A seat or a person is named by the preview."""
    shown = [field for field in subject.fields if field.name in row.values and field.input not in PICKED]
    return [(field.label, field.text(row.values[field.name])) for field in shown]
