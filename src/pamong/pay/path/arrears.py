"""Lists for what no base payment carries any more (*rapel*): what is due to somebody who left or died.

Who is paid a base this month finds his differences on its list. Whoever is not, would wait for ever; an
officer opens a list of his office for him, of the newest month that is paid, and it goes the same way.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.ledger.locks import hold_closing
from pamong.pay import policies
from pamong.pay.choices import ItemState, ListKind, PathState, Payee, StepKind
from pamong.pay.differences.amounts import Amount
from pamong.pay.differences.placing import NO_BASE, Open, allocate, place
from pamong.pay.errors import NobodyChosen, NotOneself
from pamong.pay.models import Difference, PayItem, PayList
from pamong.pay.path import filling, moving, opening, reach
from pamong.people.queries import list_dead
from pamong.people.services.reading import near

# What is left of the differences of an office's people to whom the newest month pays no base. A part that is
# held on a list of arrears that was signed has not been paid: it counts as left.
_LEFT = f"""
WITH newest AS (SELECT max(month) AS month FROM pay_paylist)
SELECT d.id, d.person_id, d.component, d.service_month, d.gross - p.gross, d.tax - p.tax, d.health - p.health,
  b.nip, b.name, w.uid
FROM pay_difference d CROSS JOIN newest n
JOIN pay_payitem b ON b.id = d.base_id JOIN people_person w ON w.id = d.person_id
JOIN pay_paylist l ON l.id = b.list_id AND (l.opd_id = %(unit)s OR l.opd_name = %(name)s)
CROSS JOIN LATERAL (
  SELECT COALESCE(sum(q.gross), 0)::bigint AS gross, COALESCE(sum(q.tax), 0)::bigint AS tax,
    COALESCE(sum(q.health), 0)::bigint AS health
  FROM pay_differencepart q LEFT JOIN pay_payitem x ON x.id = q.item_id
  LEFT JOIN pay_paylist at ON at.id = x.list_id
  WHERE q.difference_id = d.id AND x.released_at IS NULL
    AND (x.state = 'held' AND at.kind = 'arrears' AND at.state <> 'computed') IS NOT TRUE
) p
WHERE {NO_BASE} AND (d.gross, d.tax, d.health) <> (p.gross, p.tax, p.health)
  AND NOT EXISTS (SELECT 1 FROM pay_overpayment o WHERE o.difference_id = d.id)
ORDER BY b.name, d.person_id, d.service_month, d.sequence
"""  # noqa: S608 (our own text)


@dataclass(frozen=True, slots=True)
class Arrear:
    """What is due to somebody whom the newest month pays nothing: for which months of service, to whom.
    Amounts in rupiah."""

    person: UUID
    nip: str
    name: str
    months: tuple[date, ...]
    gross: int
    net: int
    payee: Payee


@dataclass(frozen=True, slots=True)
class _Due:
    """One person's open differences that come onto a list, the oldest first, each with what of it does."""

    person: UUID
    parts: tuple[tuple[Open, Amount], ...]

    @property
    def first(self) -> Open:
        """Who he is."""
        return self.parts[0][0]


def list_arrears(*, actor: Actor, at: datetime, uid: UUID) -> tuple[Arrear, ...]:
    """Who of an office waits for a list of arrears; logged. NotAllowed, PayListNotFound."""
    row = reach.found(actor, uid)
    due = _due(row)
    access.log_read(actor=actor, at=at, path=policies.LISTS, subjects=[each.person for each in due])
    dead = list_dead(actor=actor, person_ids=[each.first.person for each in due])
    return tuple(_arrear(each, dead) for each in due)


def count_arrears(row: PayList) -> int:
    """How many people of a list's office wait for a list of arrears."""
    return len(_due(row))


@transaction.atomic
def open_arrears(*, actor: Actor, at: datetime, uid: UUID, people: Collection[UUID]) -> UUID:
    """Pay what is due to people of a list's office by a list of arrears; one that nobody has signed takes
    them too. Who is not among those who wait is left out.

    NotAllowed, PayListNotFound, NobodyChosen, NotOneself, MonthWritten.
    """
    origin = reach.found(actor, uid)
    policies.require_over(actor, policies.PREPARE, reach.path_of(origin, actor.on))
    month: date = PayList.objects.aggregate(newest=Max("month"))["newest"]
    hold_closing(month)
    chosen = [each for each in _due(origin) if each.person in people]
    if not chosen:
        raise NobodyChosen("rapel")
    ids = [each.first.person for each in chosen]
    if not near(actor.person_id).isdisjoint(ids):
        raise NotOneself
    first = Difference.objects.get(pk=chosen[0].first.difference)
    row = opening.unsigned(origin, ListKind.ARREARS, month, run=None, basis=first.basis_id)
    _release_held(ids, at)
    dead = list_dead(actor=actor, person_ids=ids)
    place(
        [
            (replace(one, list_id=row.pk, payee=_payee(each, dead).value), amount)
            for each in chosen
            for one, amount in each.parts
        ]
    )
    filling.add_up([row.pk])
    moving.let_go(actor=actor, at=at, lists=[row.pk], why=opening.MORE)
    row.refresh_from_db()
    step = reach.note(actor, row, StepKind.OPENED, note=f"{len(chosen)} orang dengan selisih")
    reach.tell(actor, row, step)
    return row.uid


def _due(row: PayList) -> list[_Due]:
    """Person by person, those who would receive something."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"unit": row.opd_id, "name": row.opd_name})
        found = cursor.fetchall()
    told = []
    for person, group in groupby(found, lambda each: each[-1]):
        waiting = [_open(*each[:-1]) for each in group]
        placed = allocate(waiting)
        if sum(amount.net for amount in placed.values()) > 0:
            parts = ((one, placed[one.difference]) for one in waiting if one.difference in placed)
            told.append(_Due(person, tuple(parts)))
    return told


def _open(difference: int, person: int, component: str, month: date, *rest: Any) -> Open:
    gross, tax, health, nip, name = rest
    left = Amount(gross, tax, health)
    return Open(difference, person, component, month, left, 0, 0, nip, name, Payee.OWN.value)


def _payee(due: _Due, dead: Collection[int]) -> Payee:
    return Payee.HEIR if due.first.person in dead else Payee.OWN


def _arrear(due: _Due, dead: Collection[int]) -> Arrear:
    total = sum((amount for _, amount in due.parts), Amount(0, 0, 0))
    months = tuple(dict.fromkeys(one.service_month for one, _ in due.parts))
    payee = _payee(due, dead)
    return Arrear(due.person, due.first.nip, due.first.name, months, total.gross, total.net, payee)


def _release_held(persons: Collection[int], at: datetime) -> None:
    """Take back what was held on lists of arrears that are signed: it comes onto the new one."""
    held = PayItem.objects.filter(person__in=persons, released_at__isnull=True, state=ItemState.HELD.value)
    held.filter(list__kind=ListKind.ARREARS.value).exclude(list__state=PathState.COMPUTED.value).update(
        released_at=at
    )
