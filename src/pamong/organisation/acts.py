"""The frame of every act on the organisation: one writer at a time, one basis, all problems at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Added, Plan, Row, idle
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.ledger.dated import DatedRow, timeline, write_many
from pamong.ledger.events import Event
from pamong.organisation import checks, models, places, policies, reach
from pamong.organisation.errors import (
    PostNotFound,
    Refused,
    SeatNotFound,
    UnitNotFound,
    from_constraint,
    problem,
    refuse,
)
from pamong.organisation.sql import fetch

Change = tuple[Mapping[str, Any], Plan]


@dataclass
class Work:
    """One transaction of acts: what it has touched, and on which basis its rows rest: a ``given`` one, else
    a seal of its own."""

    actor: Actor
    at: datetime
    given: int | None = None
    units: set[int] = field(default_factory=set)
    seats: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    stale: bool = False

    @property
    def basis(self) -> int:
        """On what rows rest. A seal is set with the first of them: an act that changes nothing needs none."""
        if self.given is None:
            self.given = new_seal(self.actor, self.at)
        return self.given

    def write(self, model: type[DatedRow], changes: Sequence[Change], act: Act = Act.CHANGE) -> bool:
        """Store plans of one table, and remember what they touch; False where none of them changes anything.
        ``NotAllowed`` unless the actor's part of the government holds every place that they touch, on every
        day."""
        changes = [(key, plan) for key, plan in changes if not idle(plan)]
        if not changes:
            return False
        reach.require(self.actor, model, changes)
        write_many(model, changes, act=act, basis=self.basis)
        self.touch(model, [key for key, _ in changes])
        return True

    def touch(self, model: type[DatedRow], keys: Sequence[Mapping[str, Any]]) -> None:
        """Remember units and seats whose rows were written."""
        if model is models.UnitRow:
            self.units |= {key["unit_id"] for key in keys}
            self.stale = self.stale or bool(keys)
        if model in (models.SeatRow, models.Line):
            self.seats |= {key["seat_id"] for key in keys}

    def record(self, *told: Event) -> None:
        """Tell the ledger."""
        ledger.record_many(actor=self.actor, events=told)

    def look(self) -> list[Problem]:
        """All that is wrong by now; places are made anew first, where units were touched."""
        if self.stale:
            places.rebuild()
            self.stale = False
        return [*self.problems, *checks.look(self.units, self.seats)]


@contextmanager
def acting(*, actor: Actor, at: datetime, path: str = "", basis: int | None = None) -> Iterator[Work]:
    """Let one act run: allowed over ``path`` and over all that it writes, alone, on ``basis`` or on a seal
    of its own.

    ``NotAllowed``; ``Refused`` with all problems, and nothing is stored.
    """
    policies.require_change(actor, path)
    try:
        with transaction.atomic():
            lock()
            work = Work(actor, at, basis)
            yield work
            refuse(work.look())
            settle()
    except IntegrityError as error:
        raise from_constraint(error) from error


def new_seal(actor: Actor, at: datetime, ref: UUID | None = None) -> int:
    """A basis for an act of the office."""
    return ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=ref or uuid7(at))


def lock() -> None:
    """Let one transaction at a time change the organisation, in the order in which the triggers lock too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisation_unit'))")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisation_line'))")
        # Heads may trade units within one act: they are looked at when it ends.
        cursor.execute("SET CONSTRAINTS seat_one_head DEFERRED")


def settle() -> None:
    """Let the database's own guards speak now, not only when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS seat_one_head, line_no_circle, unit_no_circle IMMEDIATE")
        cursor.execute("SET CONSTRAINTS line_no_circle, unit_no_circle DEFERRED")


def cut(rows: Sequence[Row], on: date) -> Plan:
    """Nothing of a timeline holds from ``on``: later rows go, the one that holds then ends."""
    gone = tuple(row for row in rows if row.period.end is None or row.period.end > on)
    kept = tuple(
        Added(type(row.period)(row.period.start, on), row.values, row.id)
        for row in gone
        if row.period.start < on
    )
    return Plan(gone, kept)


def holding(rows: Sequence[Row], on: date) -> Row | None:
    """The row that holds on a day, or None."""
    return next((row for row in rows if row.period.contains(on)), None)


def lock_unit(uid: UUID) -> models.Unit:
    """A unit by its id, its row held. ``UnitNotFound``."""
    unit = models.Unit.objects.select_for_update().filter(uid=uid).first()
    if unit is None:
        raise UnitNotFound(uid)
    return unit


def lock_seat(uid: UUID) -> models.Seat:
    """A seat by its id, its row held: whoever appoints somebody to it waits. ``SeatNotFound``."""
    seat = models.Seat.objects.select_for_update().filter(uid=uid).first()
    if seat is None:
        raise SeatNotFound
    return seat


def find_post(uid: UUID) -> models.Post:
    """A post by its id. ``PostNotFound``."""
    post = models.Post.objects.filter(uid=uid).first()
    if post is None:
        raise PostNotFound
    return post


def path_of(unit: UUID, on: date) -> str:
    """The path of a unit on a date, '' where it has none: then only the whole government covers it."""
    found = fetch(
        "SELECT p.path::text FROM organisation_unit u JOIN organisation_unitplace p ON p.unit_id = u.id "
        "AND p.period @> %(on)s::date WHERE u.uid = %(unit)s",
        {"unit": unit, "on": on},
    )
    return found[0][0] if found else ""


def planned(make: Callable[[], Plan]) -> Plan:
    """The plan, or ``Refused`` with the sentence of the timeline that does not take it."""
    try:
        return make()
    except InvalidValue as error:
        raise Refused([problem("timeline", str(error))]) from error


def end_workload(work: Work, units: Sequence[int], on: date) -> None:
    """Units that end need nobody any more."""
    changes: list[Change] = []
    standing = models.Workload.objects.known().filter(unit_id__in=units)
    for unit_id, post_id in standing.values_list("unit_id", "post_id").distinct():
        key = {"unit_id": unit_id, "post_id": post_id}
        changes.append((key, cut(timeline(models.Workload, **key), on)))
    work.write(models.Workload, changes)
