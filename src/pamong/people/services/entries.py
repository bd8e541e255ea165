"""Entries: one person enters an act, sees what follows, and another decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from pamong.access import services as access_services
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
from pamong.people.queries import require_person, within
from pamong.people.services import bounds
from pamong.people.services.doubts import doubts, unlisted
from pamong.people.services.following import effective_day
from pamong.people.services.planning import Asked, Prepared, prepare
from pamong.people.services.showing import Preview, shown
from pamong.people.services.sight import Sight, sight_of, told_problems, unseen, without_blanks
from pamong.people.services.writing import prepare_locked, read_record, told, write
from pamong.people.subjects import MASKS


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry that waits, and the doubts that it goes in with. ``again``: the same waited already."""

    uid: UUID
    warnings: tuple[Problem, ...]
    again: bool = False


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

    The same act that waits already, sent twice by the same person, is that one, and nothing is added.
    ``PersonNotFound``, ``NotAllowed``; ``EntryRefused`` with everything that is wrong, nothing stored.
    """
    user_id = policies.require_account(actor)
    person_id = require_person(actor, policies.PROPOSE, person)
    sight = sight_of(actor, person_id)
    asked = without_blanks(sight, Asked(subject, act, dict(values), target, on, until))
    refuse_blocked(_beforehand(sight, person_id, asked))
    prepared = prepare_locked(person_id, person, asked, actor.on, named=sight.named)
    outside = bounds.outside_problems(actor, prepared)
    problems = _problems(sight, user_id, person_id, prepared) + outside
    refuse_blocked(problems := problems + _surroundings(person_id, reason, evidence))
    same = {
        "person_id": person_id, "subject": subject, "act": act.value, "target": target, "on": on,
        "until": until, "values": subjects.as_json(prepared.values), "entered_by_id": user_id,
    }  # fmt: skip
    # The person is locked, so of two that are sent at once the second finds the first.
    if earlier := Entry.objects.filter(**same, state=EntryState.WAITING.value).first():
        return Entered(earlier.uid, tuple(problems), again=True)
    entry = Entry.objects.create(
        **same, uid=uuid7(at), reason=reason.strip(), evidence=list(evidence), entered_name=actor.name
    )
    ledger.record(actor=actor, event=_proposed(entry, person))
    return Entered(entry.uid, tuple(problems))


def preview(
    *,
    actor: Actor,
    at: datetime,
    person: UUID,
    subject: str,
    act: Act,
    values: Mapping[str, Any],
    target: UUID | None = None,
    on: date | None = None,
    until: date | None = None,
) -> Preview:
    """What would follow from an act: rows that cease and come, problems, consequences. Nothing is stored.

    Of what stands it tells no more than the person's page; the look is logged. ``PersonNotFound``,
    ``NotAllowed``.
    """
    person_id = require_person(actor, policies.PROPOSE, person)
    sight = sight_of(actor, person_id)
    asked = without_blanks(sight, Asked(subject, act, dict(values), target, on, until))
    if refused := _beforehand(sight, person_id, asked):
        return Preview((), (), tuple(refused), ())
    prepared = prepare(read_record(person_id, person, subject), asked, actor.on, named=sight.named)
    problems = _problems(sight, actor.user_id, person_id, prepared)
    problems += bounds.outside_problems(actor, prepared)
    _log(sight, at, person, prepared, of_others=False)
    return shown(prepared, problems, actor.on, sight)


def preview_entry(*, actor: Actor, at: datetime, entry: UUID) -> Preview:
    """The same for an entry that waits, as of now: for those who decide it and, within scope, who entered it.

    Who may decide it sees its new numbers in full; the look is logged as one. ``EntryNotFound``,
    ``EntryClosed``.
    """
    found = Entry.objects.select_related("person").filter(uid=entry).first()
    if found is None or not _sees(actor, found):
        raise EntryNotFound
    if found.state != EntryState.WAITING.value:
        raise EntryClosed(EntryState(found.state).label)
    sight = sight_of(actor, found.person_id)
    prepared = _prepared(sight, found)
    entered = found.entered_by_id == actor.user_id
    typed = entered or not bounds.refusal(actor, found, prepared)
    sight = replace(sight, typed=typed)
    _log(sight, at, found.person.uid, prepared, of_others=not entered)
    problems = _problems(sight, found.entered_by_id, found.person_id, prepared)
    return shown(prepared, problems, actor.on, sight)


@transaction.atomic
def decide(*, actor: Actor, at: datetime, entry: UUID, accept: bool, answer: str = "") -> date | None:
    """Accept an entry, so that its rows stand, or refuse it with an answer. Checked again as of now.

    Returns the day from which what was accepted holds.

    ``EntryNotFound``, ``EntryClosed``, ``NotAllowed`` (one's own, one's relative's, a seat elsewhere),
    ``AnswerMissing``, ``EntryRefused`` where it can't be stored any more, or not by these hands: then it goes
    on waiting.
    """
    policies.require_account(actor)
    found = _waiting(entry)
    _within(actor, found)
    sight = sight_of(actor, found.person_id)
    prepared = prepare_locked(found.person_id, found.person.uid, asked_by(found), actor.on, named=sight.named)
    if refused := bounds.refusal(actor, found, prepared):
        raise NotAllowed(refused)
    if accept:
        _accept(actor, found, prepared, answer.strip())
    elif not answer.strip():
        raise AnswerMissing
    else:
        _close(actor, found, EntryState.REFUSED, answer.strip())
        _check_evidence(actor, found, [], Verification.REFUSED, answer.strip())
        event = events.DataRefused(
            found.person.uid, found.uid, found.subject, found.act, answer=answer.strip()
        )
        ledger.record(actor=actor, event=event)
    return effective_day(prepared) if accept else None


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
    return bounds.refusal(actor, found, _prepared(sight_of(actor, found.person_id), found))


def asked_by(entry: Entry) -> Asked:
    """The act that an entry asks for."""
    return Asked(entry.subject, Act(entry.act), entry.values, entry.target, entry.on, entry.until)


def refuse_blocked(problems: Sequence[Problem]) -> None:
    """Raise ``EntryRefused`` with all problems where one of them keeps the act out."""
    if any(problem.severity == "block" for problem in problems):
        raise EntryRefused(problems)


def _beforehand(sight: Sight, person_id: int, asked: Asked) -> list[Problem]:
    """What keeps an act out whatever stands: looked at first, so that the answer tells nothing of that."""
    return [*bounds.own_only(sight.actor, person_id, asked), *unseen(sight, asked)]


def _problems(sight: Sight, entered_by: int | None, person_id: int, prepared: Prepared) -> list[Problem]:
    """What is wrong with an act as far as the actor is told, and with who enters it."""
    found = [*told_problems(sight, prepared), *bounds.same_hands(entered_by, person_id, prepared)]
    return found + unlisted(prepared) + doubts(prepared, sight.actor.on)


def _prepared(sight: Sight, entry: Entry) -> Prepared:
    """An entry's act as of now, without locks."""
    record = read_record(entry.person_id, entry.person.uid, entry.subject)
    return prepare(record, asked_by(entry), sight.actor.on, named=sight.named)


def _sees(actor: Actor, entry: Entry) -> bool:
    """Whether the person is within the scope of who decides, or still within that of who entered it."""
    if within(actor, policies.VERIFY, entry.person_id):
        return True
    return entry.entered_by_id == actor.user_id and within(actor, policies.PROPOSE, entry.person_id)


def _log(sight: Sight, at: datetime, person: UUID, prepared: Prepared, *, of_others: bool) -> None:
    """A look at somebody else's data; a number in full that another one typed is told apart."""
    full = of_others and sight.typed and any(name in MASKS for name in prepared.values)
    path = "people.preview_number" if full else "people.preview"
    if not sight.own:
        access_services.log_read(actor=sight.actor, at=at, path=path, subjects=[person])


def _surroundings(person_id: int, reason: str, evidence: Sequence[UUID]) -> list[Problem]:
    problems = []
    if not reason.strip():
        problems.append(Problem("reason_missing", "belum diisi", "block", column="Alasan"))
    known = Evidence.objects.filter(person_id=person_id, uid__in=list(evidence)).count()
    if known != len(set(evidence)):
        problems.append(Problem("evidence_unknown", "tidak ditemukan, unggah lagi", "block", column="Bukti"))
    return problems


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


def _accept(actor: Actor, entry: Entry, prepared: Prepared, answer: str) -> None:
    refuse_blocked([*prepared.problems, *bounds.same_hands(entry.entered_by_id, entry.person_id, prepared)])
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
