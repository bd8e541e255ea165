"""Acts on a basis that stands: an import, opening data, a decision. The same checks, no second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.ledger import services as ledger
from pamong.ledger import undoing
from pamong.ledger.choices import Act, SealKind
from pamong.people import events, policies
from pamong.people.choices import AppointmentKind, EndReason
from pamong.people.errors import EntryRefused, PersonNotFound
from pamong.people.models import DATED, Person
from pamong.people.services import reading
from pamong.people.services.entries import refuse_blocked
from pamong.people.services.planning import Asked, subject_of
from pamong.people.services.sight import name_for
from pamong.people.services.writing import in_words, prepare_locked, told, write


@transaction.atomic
def put(
    *,
    actor: Actor,
    at: datetime,
    basis: int,
    person: UUID,
    subject: str,
    values: Mapping[str, Any],
    act: Act = Act.CHANGE,
    target: UUID | None = None,
    on: date | None = None,
    until: date | None = None,
    tolerant: bool = True,
) -> list[Problem]:
    """Store one act on a basis that stands, and return what is wrong with it: nothing is stored if any of it
    blocks. ``until`` is the first day without it.

    ``tolerant`` lets in a NIP that contradicts the record, as a doubt. ``NotAllowed``, ``PersonNotFound``.
    """
    policies.require_import(actor)
    subject_of(subject)
    return store(
        actor, basis, person, Asked(subject, act, dict(values), target, on, until), tolerant=tolerant
    )


@transaction.atomic
def put_decided(
    *,
    actor: Actor,
    at: datetime,
    basis: int,
    person: UUID,
    subject: str,
    values: Mapping[str, Any],
    on: date,
    until: date | None = None,
) -> Sequence[Problem]:
    """Store what a decision lets hold from ``on``, on its seal; returns the doubts. For a kind of decision
    that is just signed: its signer needs no right to keep data, the seal is the right.

    ``EntryRefused``, ``PersonNotFound``; ``NotAllowed`` on a basis that is no decision's.
    """
    _require_decision(actor, basis)
    subject_of(subject)
    asked = Asked(subject, Act.CHANGE, dict(values), None, on, until)
    problems = store(actor, basis, person, asked, tolerant=False)
    refuse_blocked(problems)
    return problems


@transaction.atomic
def undo_decided(*, actor: Actor, at: datetime, basis: int, by: int, person: UUID) -> int:
    """Take back what a decision (``basis``) let hold about somebody, on the seal of the one that annuls it
    (``by``); what it replaced stands again. Returns how many rows were taken back.

    ``BuiltUpon`` where something came upon it since, ``EntryRefused`` where it can't stand again,
    ``NotAllowed`` on a basis that is no decision's.
    """
    _require_decision(actor, basis)
    _require_decision(actor, by)
    reading.lock_person(_person(person))
    with in_words():
        count = undoing.undo(DATED, basis=basis, by=by)
    ledger.record(actor=actor, event=events.RowsStored(person, "", Act.RESCIND.value, count, []))
    return count


def is_built_upon(*, actor: Actor, basis: int) -> bool:
    """Whether other bases have changed what a decision let hold, so that it can't be taken back."""
    return any(left.built for left in undoing.left_by(DATED, basis=basis))


def _require_decision(actor: Actor, basis: int) -> None:
    if ledger.seal_kind(actor=actor, basis=basis) is not SealKind.DECISION:
        raise NotAllowed("Data ini hanya berubah dengan keputusan yang ditandatangani.")


def store(actor: Actor, basis: int, person: UUID, asked: Asked, *, tolerant: bool = False) -> list[Problem]:
    """The same for who has seen to the right, within a transaction. ``PersonNotFound``."""
    prepared = prepare_locked(
        _person(person), person, asked, actor.on, tolerant=tolerant, named=partial(name_for, actor)
    )
    if prepared.blocked:
        return list(prepared.problems)
    try:
        rows, removed = write(prepared, basis)
    except EntryRefused as error:
        return [*prepared.problems, *error.problems]
    event = events.RowsStored(person, asked.subject, asked.act.value, removed, told(rows))
    ledger.record(actor=actor, event=event)
    return list(prepared.problems)


@transaction.atomic
def create_person(
    *,
    actor: Actor,
    at: datetime,
    basis: int,
    identity: Mapping[str, Any],
    on: date | None = None,
    employment: Mapping[str, Any] | None = None,
    until: date | None = None,
    tolerant: bool = False,
) -> UUID:
    """Let somebody be known: his identity from birth and, where given, his employment from ``on``.

    ``NotAllowed``; ``EntryRefused`` with all problems of both, nothing stored.
    """
    policies.require_import(actor)
    person = Person.objects.create(uid=uuid7(at))
    name = str(identity.get("name") or "")
    ledger.record(actor=actor, event=events.PersonCreated(person.uid, name))
    shared: dict[str, Any] = {"actor": actor, "at": at, "basis": basis, "person": person.uid}
    shared["tolerant"] = tolerant
    problems = put(**shared, subject="identity", values=identity, on=_birth(identity))
    if employment is not None:
        problems += put(**shared, subject="employment", values=employment, on=on, until=until)
    refuse_blocked(problems)
    return person.uid


def appoint(
    *,
    actor: Actor,
    at: datetime,
    basis: int,
    person: UUID,
    seat: UUID,
    on: date,
    until: date | None = None,
    kind: AppointmentKind = AppointmentKind.REGULAR,
    order_no: str = "",
    order_on: date | None = None,
) -> Sequence[Problem]:
    """Put somebody into a seat; from a regular one he moves on the same day. Returns the doubts.

    ``EntryRefused``, ``NotAllowed``, ``PersonNotFound``.
    """
    values = {"kind": kind.value, "seat": seat, "order_no": order_no, "order_on": order_on}
    problems = put(
        actor=actor,
        at=at,
        basis=basis,
        person=person,
        subject="appointment",
        values=values,
        on=on,
        until=until,
    )
    refuse_blocked(problems)
    return problems


def end_service(
    *,
    actor: Actor,
    at: datetime,
    basis: int,
    person: UUID,
    on: date,
    reason: EndReason,
    order_no: str = "",
    order_on: date | None = None,
) -> Sequence[Problem]:
    """Let somebody be out of service from ``on``; his seats, acting ones too, end on the same day.

    Returns the doubts. ``EntryRefused``, ``NotAllowed``, ``PersonNotFound``.
    """
    values = {"end_reason": reason.value, "order_no": order_no, "order_on": order_on}
    problems = put(
        actor=actor, at=at, basis=basis, person=person, subject="employment", values=values, until=on
    )
    refuse_blocked(problems)
    return problems


def _birth(identity: Mapping[str, Any]) -> date:
    """When the first row begins. The identity's own check tells what is wrong with a date that is none."""
    try:
        return date.fromisoformat(str(identity.get("birth_date") or ""))
    except ValueError:
        return date(1900, 1, 1)


def _person(uid: UUID) -> int:
    found = Person.objects.filter(uid=uid).values_list("pk", flat=True).first()
    if found is None:
        raise PersonNotFound
    return int(found)
