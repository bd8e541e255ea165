"""Who reaches the age limit when: worked out from the law by birth date and post, counted by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.law import career
from pamong.law.engine.plan import Law
from pamong.people.queries import rows
from pamong.people.queries.rows import PersonRow, fetch
from pamong.people.queries.scope import condition

READ, EXPORT = "people:read", "people:export"


@dataclass(frozen=True, slots=True)
class Retiring:
    """Somebody and when he retires; ``when`` is None where the law lists no age limit for his post, or he has
    no post."""

    person: PersonRow
    when: career.Retirement | None


@dataclass(frozen=True, slots=True)
class RetirementPlan:
    """Retirements up to a date. ``months`` counts them by the month in which the pension starts.

    ``shown`` are those of the months that were asked for; ``overdue`` are in service past their limit;
    ``unknown`` are old enough for one, and it is not known.
    """

    months: Sequence[tuple[date, int]]
    shown: Sequence[Retiring]
    overdue: Sequence[Retiring]
    unknown: Sequence[Retiring]


def plan_retirements(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    law: Law,
    until: date,
    month: date | None = None,
    unit: str = "",
    permission: str = READ,
) -> RetirementPlan:
    """Who of those in service on a date, within the scope and below a unit, retires before ``until``.

    By the posts and the law of ``on``. ``month`` (its first day) narrows what is shown, None shows all.
    One row in the read log names those shown. ``NotAllowed``.
    """
    found = [
        Retiring(person, _retirement(law, person, on))
        for person in _old(actor, on, law, until, unit, permission)
    ]
    known = [(each, each.when.starts_on) for each in found if each.when is not None]
    coming = sorted(
        ((each, starts) for each, starts in known if on < starts < until),
        key=lambda pair: (pair[1], pair[0].person.name),
    )
    plan = RetirementPlan(
        sorted(Counter(starts for _each, starts in coming).items()),
        [each for each, starts in coming if month in (None, starts)],
        [each for each, starts in known if starts <= on],
        [each for each in found if each.when is None],
    )
    _log(actor, at, [*plan.shown, *plan.overdue, *plan.unknown])
    return plan


def _old(actor: Actor, on: date, law: Law, until: date, unit: str, permission: str) -> Iterable[PersonRow]:
    """Those who may reach the lowest of all age limits before a date."""
    where, parameters = condition(actor, access.scoped(actor, permission))
    known = rows.as_known(on, None)
    below = "AND u.path ~ %(under)s::lquery" if unit else ""
    found = fetch(
        f"SELECT {rows.COLUMNS} {rows.source(known)} WHERE {where} AND i.birth_date < %(born)s "
        f"AND e.kind <> 'TKPK' {below} ORDER BY i.birth_date, p.id",
        parameters
        | rows.params(known)
        | {"born": _years_before(until, _lowest(law)), "under": f"*.{unit}.*"},
    )
    return [rows.person_row(row) for row in found]


def _lowest(law: Law) -> int:
    """The lowest age limit that the law ever listed for any post: below it nobody retires by age."""
    tables = [parameter for name, parameter in law.by_name.items() if name.startswith("retirement_age")]
    ages: list[int] = [age for table in tables for dated in table.history for age in dated.value.values()]
    return min(ages)


def _years_before(on: date, years: int) -> date:
    """The first day of the month so many years before: limits count months, not days."""
    return date(on.year - years, on.month, 1)


def _retirement(law: Law, person: PersonRow, on: date) -> career.Retirement | None:
    key = career.retirement_key(law, on, kind=person.post_kind, jenjang=person.jenjang, family=person.family)
    return career.retirement(law, key, person.birth_date, on) if key else None


def _log(actor: Actor, at: datetime, shown: Iterable[Retiring]) -> None:
    others = [each.person.uid for each in shown if each.person.id != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="people.retiring", subjects=others)
