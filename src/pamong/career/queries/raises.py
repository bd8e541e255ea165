"""Raises that were given: the change list of a month for the treasury, and what is told to their owners."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.career import policies
from pamong.kernel.actor import Actor
from pamong.kernel.paging import bounded
from pamong.law import kgb
from pamong.law.career import Cited
from pamong.law.engine.plan import Law
from pamong.ledger.sql import fetch
from pamong.people.queries import rows as people_rows
from pamong.people.queries.rows import PersonRow, as_known, params, person_row

CHANGES_A_PAGE = 50
_GIVEN = """
g.uid AS given_uid, g.decision, g.order_no, g.order_on, g.due_on, lower(g.period) AS effective_on, g.kind,
g.golongan, g.old_years, g.old_months, g.base_before, g.new_years, g.new_months, g.base_after, g.deadline,
g.next_on, g.pay_month
"""
_MONTHS = """
SELECT pay_month, count(*), sum(base_after - base_before)::bigint FROM career_kgbraise
WHERE superseded_at IS NULL GROUP BY pay_month ORDER BY pay_month DESC
"""
_CASES = """
SELECT DISTINCT ON (person_id) person_id, decision, effective_on, closed_at IS NULL FROM career_kgbcase
WHERE person_id = ANY(%(persons)s) ORDER BY person_id, id DESC
"""
_NEWS = """
SELECT p.user_id, count(*) FROM career_kgbraise g JOIN people_person p ON p.id = g.person_id
WHERE p.user_id = ANY(%(users)s) AND g.superseded_at IS NULL AND g.recorded_at >= %(since)s GROUP BY p.user_id
"""


@dataclass(frozen=True, slots=True)
class Given:
    """A raise by order. Amounts are rupiah a month by the table; ``next_on`` None where the table ends."""

    uid: UUID
    decision: UUID
    order_no: str
    order_on: date
    due_on: date
    effective_on: date
    kind: str
    golongan: str
    old_years: int
    old_months: int
    base_before: int
    new_years: int
    new_months: int
    base_after: int
    deadline: date | None
    next_on: date | None
    pay_month: date

    @property
    def more(self) -> int:
        """By how much the base salary rises, rupiah a month."""
        return self.base_after - self.base_before

    @property
    def late(self) -> bool:
        """Whether its letter came after the day that the law names, or after the raise had begun."""
        return self.order_on > min(self.deadline or self.effective_on, self.effective_on)


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the change list: whose base salary changes, and to what."""

    person: PersonRow
    given: Given


@dataclass(frozen=True, slots=True)
class MonthOfChanges:
    """A month of the change list: how many people, and by how much their base salaries rise in all."""

    month: date
    count: int
    more: int


@dataclass(frozen=True, slots=True)
class ChangeList:
    """One page of a month's changes. ``cutoff``: the last day for an order to come into it; None where the
    region names none."""

    month: date
    months: Sequence[MonthOfChanges]
    cutoff: Cited[date] | None
    rows: Sequence[Change]
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """The last thing that was, or is, to be decided of somebody's raise."""

    decision: UUID
    effective_on: date
    waits: bool


def list_changes(
    *, actor: Actor, at: datetime, month: date, law: Law, page: int = 1, size: int = CHANGES_A_PAGE
) -> ChangeList:
    """Whose base salary changes with the salary of a month, by unit and name, for the treasury and who checks
    it; whoever is shown is logged. ``NotAllowed``."""
    access.require_whole(actor, policies.CHANGES)
    first = month.replace(day=1)
    months = [MonthOfChanges(*row) for row in fetch(_MONTHS, {})]
    total = next((each.count for each in months if each.month == first), 0)
    page, last = bounded(page, total, size)
    found = _rows(actor, "g.pay_month = %(month)s", {"month": first, "size": size, "skip": (page - 1) * size})
    subjects = [row.person.uid for row in found]
    access_services.log_read(actor=actor, at=at, path="career.changes", subjects=subjects)
    return ChangeList(first, months, kgb.cutoff(law, first), found, page, last)


def list_own_raises(*, actor: Actor) -> Sequence[Given]:
    """One's own raises, the newest first."""
    return () if actor.person_id is None else given_to(actor.person_id)


def given_to(person_id: int) -> Sequence[Given]:
    """Somebody's raises, the newest first, for whoever has seen to the right."""
    sql = f"SELECT {_GIVEN} FROM career_kgbraise g WHERE g.superseded_at IS NULL AND g.person_id = %(person)s"
    found = fetch(f"{sql} ORDER BY g.period DESC", {"person": person_id})
    return [Given(*row) for row in found]


def cases_of(persons: Collection[int]) -> Mapping[int, CaseView]:
    """What was decided last of these persons' raises, or is being decided, for whoever may see the list."""
    return {row[0]: CaseView(*row[1:]) for row in fetch(_CASES, {"persons": list(persons)})}


def count_news(*, actor: Actor, readers: Collection[Actor], since: datetime) -> Mapping[int, int]:
    """Of how many raises accounts have not heard: those that were given since an instant of the database's
    clock, by the accounts' ids; who has none is left out. For the machine that writes the mail."""
    users = [each.user_id for each in readers if each.user_id is not None]
    return dict(fetch(_NEWS, {"users": users, "since": since}))


def _rows(actor: Actor, where: str, asked: Mapping[str, Any]) -> list[Change]:
    known = as_known(actor.on, None)
    source = people_rows.source(known, "", "career_kgbraise g JOIN people_person p ON p.id = g.person_id")
    found = fetch(
        f"SELECT {people_rows.COLUMNS}, {_GIVEN} {source} WHERE g.superseded_at IS NULL AND {where} "
        "ORDER BY u.name, lower(i.name), p.id LIMIT %(size)s OFFSET %(skip)s",
        dict(asked) | params(known),
    )
    width = len(found[0]) - _GIVEN.count("g.") if found else 0
    return [Change(person_row(row[:width]), Given(*row[width:])) for row in found]
