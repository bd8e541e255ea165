"""Acts on a basis that stands already: an import, opening data. The same checks, no second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act
from pamong.people import events, policies
from pamong.people.choices import AppointmentKind, EndReason
from pamong.people.errors import EntryRefused, PersonNotFound
from pamong.people.models import Person
from pamong.people.services.entries import refuse_blocked
from pamong.people.services.planning import Asked, subject_of
from pamong.people.services.sight import name_for
from pamong.people.services.writing import prepare_locked, told, write


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
    asked = Asked(subject, act, dict(values), target, on, until)
    return store(actor, basis, person, asked, tolerant=tolerant)


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
