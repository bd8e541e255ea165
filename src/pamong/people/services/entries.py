"""Entries: one person enters an act, sees what follows, and another decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.ledger.dated import DatedRow
from pamong.people import events, policies, subjects
from pamong.people.choices import EntryState, Verification
from pamong.people.errors import AnswerMissing, EntryClosed, EntryNotFound, EntryRefused, PersonNotFound
from pamong.people.models import Check, Entry, Evidence
from pamong.people.queries import require_person
from pamong.people.services import reading
from pamong.people.services.planning import Asked, Prepared, prepare, subject_of
from pamong.people.services.showing import Preview, shown
from pamong.people.services.writing import prepare_locked, read_record, told, write


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry that waits, and the doubts that it goes in with."""

    uid: UUID
    warnings: tuple[Problem, ...]


@transaction.atomic
def enter(
    *,
    actor: Actor,
    at: datetime,
    person: UUID,
    subject: str,
    act: Act,
    values: Mapping[str, Any],
    reason: str,
    target: UUID | None = None,
    on: date | None = None,
    until: date | None = None,
    evidence: Sequence[UUID] = (),
) -> Entered:
    """Enter an act on somebody's data; it waits for a second person. ``until`` is the first day without it.

    ``PersonNotFound``, ``NotAllowed``; ``EntryRefused`` with everything that is wrong, nothing stored.
    """
    user_id = policies.require_account(actor)
    person_id = require_person(actor, policies.PROPOSE, person)
    asked = Asked(subject, act, dict(values), target, on, until)
    prepared = prepare_locked(person_id, person, asked, actor.on)
    problems = [*prepared.problems, *_own_only(actor, person_id, prepared)]
    problems += _surroundings(actor, person_id, person, asked, reason, evidence)
    refuse_blocked(problems)
    values = subjects.as_json(prepared.values)
    entry = Entry.objects.create(
        uid=uuid7(at), person_id=person_id, subject=subject, act=act.value, target=target, on=on, until=until,
        values=values, reason=reason.strip(), evidence=list(evidence), entered_by_id=user_id,
        entered_name=actor.name,
    )  # fmt: skip
    ledger.record(actor=actor, event=_proposed(entry, person))
    return Entered(entry.uid, tuple(problems))


def preview(
    *,
    actor: Actor,
    person: UUID,
    subject: str,
    act: Act,
    values: Mapping[str, Any],
    target: UUID | None = None,
    on: date | None = None,
    until: date | None = None,
) -> Preview:
    """What would follow from an act: rows that cease and come, problems, consequences. Nothing is stored.

    ``PersonNotFound``, ``NotAllowed``.
    """
    person_id = require_person(actor, policies.PROPOSE, person)
    asked = Asked(subject, act, dict(values), target, on, until)
    subject_of(subject)
    prepared = prepare(read_record(person_id, person, subject), asked, actor.on)
    problems = [*prepared.problems, *_own_only(actor, person_id, prepared)]
    return shown(prepared, problems, actor.on)


def preview_entry(*, actor: Actor, entry: UUID) -> Preview:
    """The same for an entry that waits, as of now: for those who decide it and who entered it.

    ``EntryNotFound``, ``NotAllowed``, ``EntryClosed``.
    """
    found = Entry.objects.select_related("person").filter(uid=entry).first()
    if found is None:
        raise EntryNotFound
    if found.entered_by_id != actor.user_id:
        _within(actor, found)
    if found.state != EntryState.WAITING.value:
        raise EntryClosed(EntryState(found.state).label)
    prepared = prepare(
        read_record(found.person_id, found.person.uid, found.subject), asked_by(found), actor.on
    )
    return shown(prepared, prepared.problems, actor.on)


@transaction.atomic
def decide(*, actor: Actor, at: datetime, entry: UUID, accept: bool, answer: str = "") -> None:
    """Accept an entry, so that its rows stand, or refuse it with an answer. Checked again as of now.

    ``EntryNotFound``, ``EntryClosed``, ``NotAllowed`` (one's own, one's relative's, the same hands),
    ``AnswerMissing``, ``EntryRefused`` where it can't be stored any more: then it goes on waiting.
    """
    policies.require_account(actor)
    found = _waiting(entry)
    _within(actor, found)
    _require_other_hands(actor, found)
    if accept:
        _accept(actor, found, answer.strip())
    elif not answer.strip():
        raise AnswerMissing
    else:
        _close(actor, found, EntryState.REFUSED, answer.strip())
        _check_evidence(actor, found, [], Verification.REFUSED, answer.strip())
        event = events.DataRefused(
            found.person.uid, found.uid, found.subject, found.act, answer=answer.strip()
        )
        ledger.record(actor=actor, event=event)


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, entry: UUID) -> None:
    """Take back an entry of one's own that waits. ``EntryNotFound``, ``EntryClosed``."""
    user_id = policies.require_account(actor)
    found = Entry.objects.select_for_update(of=("self",)).select_related("person").filter(uid=entry).first()
    if found is None or found.entered_by_id != user_id:
        raise EntryNotFound
    if found.state != EntryState.WAITING.value:
        raise EntryClosed(EntryState(found.state).label)
    _close(actor, found, EntryState.WITHDRAWN, "")
    ledger.record(
        actor=actor, event=events.DataWithdrawn(found.person.uid, found.uid, found.subject, found.act)
    )


def may_decide(*, actor: Actor, entry: UUID) -> str:
    """Why the actor can't decide an entry, as a sentence; '' if he can. ``EntryNotFound``, ``NotAllowed``."""
    found = Entry.objects.select_related("person").filter(uid=entry).first()
    if found is None:
        raise EntryNotFound
    _within(actor, found)
    try:
        policies.require_account(actor)
        _require_other_hands(actor, found)
    except NotAllowed as error:
        return str(error)
    return ""


def asked_by(entry: Entry) -> Asked:
    """The act that an entry asks for."""
    return Asked(entry.subject, Act(entry.act), entry.values, entry.target, entry.on, entry.until)


def refuse_blocked(problems: Sequence[Problem]) -> None:
    """Raise ``EntryRefused`` with all problems where one of them keeps the act out."""
    if any(problem.severity == "block" for problem in problems):
        raise EntryRefused(problems)


def _own_only(actor: Actor, person_id: int, prepared: Prepared) -> list[Problem]:
    """For himself anybody, an officer too, proposes only what an employee may."""
    if not policies.is_own(actor, person_id):
        return []
    own = {field.name for field in prepared.subject.own_fields}
    title = prepared.subject.title
    if not own:
        text = f"{title} Anda sendiri dimasukkan petugas kepegawaian lain, bukan oleh Anda."
        return [Problem("not_own", text, "block")]
    text = "untuk diri sendiri dimasukkan petugas kepegawaian"
    labels = [prepared.subject.field(name) for name in prepared.values if name not in own]
    return [Problem("not_own", text, "block", column=field.label) for field in labels if field is not None]


def _surroundings(
    actor: Actor, person_id: int, uid: UUID, asked: Asked, reason: str, evidence: Sequence[UUID]
) -> list[Problem]:
    problems = []
    if not reason.strip():
        problems.append(Problem("reason_missing", "belum diisi", "block", column="Alasan"))
    known = Evidence.objects.filter(person_id=person_id, uid__in=list(evidence)).count()
    if known != len(set(evidence)):
        problems.append(Problem("evidence_unknown", "tidak ditemukan, unggah lagi", "block", column="Bukti"))
    if actor.user_id in _built_by(person_id, uid, asked):
        problems.append(Problem("same_hands", policies.same_hands(), "block"))
    return problems


def _built_by(person_id: int, uid: UUID, asked: Asked) -> set[int]:
    """Who entered and decided the row that is corrected or rescinded."""
    if asked.act is Act.CHANGE or asked.target is None:
        return set()
    record = read_record(person_id, uid, asked.subject)
    place = record.places.get(asked.target)
    return reading.hands_of(record.bases[place[1]]) if place else set()


def _proposed(entry: Entry, person: UUID) -> events.DataProposed:
    return events.DataProposed(
        person,
        entry.uid,
        entry.subject,
        entry.act,
        on=entry.on,
        until=entry.until,
        values=entry.values,
        reason=entry.reason,
    )


def _waiting(uid: UUID) -> Entry:
    found = Entry.objects.select_for_update(of=("self",)).select_related("person").filter(uid=uid).first()
    if found is None:
        raise EntryNotFound
    if found.state != EntryState.WAITING.value:
        raise EntryClosed(EntryState(found.state).label)
    return found


def _within(actor: Actor, entry: Entry) -> None:
    try:
        require_person(actor, policies.VERIFY, entry.person.uid)
    except PersonNotFound as error:
        raise EntryNotFound from error


def _require_other_hands(actor: Actor, entry: Entry) -> None:
    may = policies.may_decide(
        actor,
        entered_by=entry.entered_by_id,
        person_id=entry.person_id,
        relatives=reading.relatives_of(entry.person_id),
        built_by=_built_by(entry.person_id, entry.person.uid, asked_by(entry)),
    )
    if not may:
        raise NotAllowed(may.reason)


def _accept(actor: Actor, entry: Entry, answer: str) -> None:
    prepared = prepare_locked(entry.person_id, entry.person.uid, asked_by(entry), actor.on)
    refuse_blocked(prepared.problems)
    basis = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=entry.uid)
    rows, removed = write(prepared, basis)
    _close(actor, entry, EntryState.APPLIED, answer, basis)
    _check_evidence(actor, entry, rows, Verification.VERIFIED, answer or "Dicocokkan dengan bukti usulan.")
    event = events.DataAccepted(
        entry.person.uid, entry.uid, entry.subject, entry.act, removed, told(rows), answer
    )
    ledger.record(actor=actor, event=event)


def _close(actor: Actor, entry: Entry, state: EntryState, answer: str, basis: int | None = None) -> None:
    Entry.objects.filter(pk=entry.pk).update(
        state=state.value,
        decided_by_id=actor.user_id,
        decided_name=actor.name,
        decided_at=Now(),
        answer=answer,
        basis_id=basis,
    )


def _check_evidence(
    actor: Actor, entry: Entry, rows: Sequence[DatedRow], outcome: Verification, how: str
) -> None:
    """Who decides an entry with evidence has looked at it: at the files, for the rows that rest on them."""
    if not entry.evidence:
        return
    looked_at = [*entry.evidence, *(getattr(row, "item", row.uid) for row in rows)]
    Check.objects.bulk_create(
        Check(
            person_id=entry.person_id,
            subject=uid,
            outcome=outcome.value,
            how=how,
            by_id=policies.require_account(actor),
            by_name=actor.name,
        )
        for uid in dict.fromkeys(looked_at)
    )
