"""Who reaches the age limit when: worked out from the law by birth date and post, counted by month.

Who has no post now, as those whose retirement is prepared, goes by the post that he held last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.law import career
from pamong.law.engine.plan import Law
from pamong.organisation.choices import subtree
from pamong.people.policies import require_reason
from pamong.people.queries import rows
from pamong.people.queries.last_post import LAST_POST_OF, LastPost
from pamong.people.queries.rows import PersonRow, fetch
from pamong.people.queries.scope import condition

READ, EXPORT = "people:read", "people:export"
PAGE = 50
FEW = 5  # of those beside the list of the months, until they are asked for
# As little as their dates follow from: of thousands who are old enough, a page is shown. They come first, as
# a list, and each of them is looked up: or else several processes go through everybody in service.
_OLD = """
WITH old AS MATERIALIZED (
  SELECT i.person_id, i.name, i.birth_date FROM people_identity i
  WHERE {i} AND i.birth_date < %(born)s AND {within}
)
SELECT o.person_id, o.name, o.birth_date, l.name, l.last_day, COALESCE(t.kind, l.kind),
  COALESCE(t.jenjang, l.jenjang), COALESCE(t.family, l.family)
FROM old o
JOIN people_employment e ON e.person_id = o.person_id AND e.kind <> 'TKPK' AND {e}
LEFT JOIN people_appointment a ON a.person_id = o.person_id AND a.kind = 'regular' AND {a}
LEFT JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND {s}
LEFT JOIN organisation_post t ON t.id = s.post_id
LEFT JOIN LATERAL (SELECT * FROM ({last}) p WHERE t.id IS NULL) l ON TRUE
WHERE {below}
ORDER BY o.birth_date, o.person_id
"""


class Part(StrEnum):
    """What of a plan is listed page by page: those of the months, those past their limit, those not known."""

    COMING = "coming"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


class _Aged(NamedTuple):
    """Somebody old enough to be looked at, and when he retires, where that is known."""

    person_id: int
    name: str
    when: career.Retirement | None
    last: LastPost | None


@dataclass(frozen=True, slots=True)
class Retiring:
    """Somebody and when he retires; ``when`` is None where the law lists no age limit for his post, or he
    never had one. ``last`` is the post that it goes by where he has none now."""

    person: PersonRow
    when: career.Retirement | None
    last: LastPost | None = None


@dataclass(frozen=True, slots=True)
class RetirementPlan:
    """Retirements up to a date. ``months`` counts them by the month in which the pension starts.

    ``shown`` are those of the part that was asked for, or one ``page`` of them. Beside the months stand those
    in service past their limit (``overdue``), and those old enough for one that is not known (``unknown``):
    all of them, or the first few where there are pages; ``counts`` tells how many each part has.
    """

    months: Sequence[tuple[date, int]]
    shown: Sequence[Retiring]
    overdue: Sequence[Retiring]
    unknown: Sequence[Retiring]
    counts: Mapping[Part, int]
    page: int = 1
    last: int = 1


def plan_retirements(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    law: Law,
    until: date,
    month: date | None = None,
    unit: str = "",
    part: Part = Part.COMING,
    permission: str = READ,
    reason: str = "",
    page: int | None = None,
    size: int = PAGE,
) -> RetirementPlan:
    """Who of those in service on a date, within the scope and below a unit, retires before ``until``.

    By the posts and the law of ``on``. ``month`` (its first day) narrows what is shown of the months, None
    shows all; ``page`` shows one page of the ``part``. One row in the read log names those shown, and the
    ``reason`` of whoever takes numbers along in full. ``NotAllowed``; ``ReasonMissing`` for one that says
    nothing.
    """
    why = require_reason(reason) if reason else ""
    months, parts = _parted(_old(actor, on, law, until, unit, permission), on, until, month)
    beside = None if page is None else FEW if part is Part.COMING else 0
    overdue, unknown = parts[Part.OVERDUE][:beside], parts[Part.UNKNOWN][:beside]
    listed, page, last = _paged(parts[part], page, size)
    people = _people(on, [*listed, *overdue, *unknown])
    plan = RetirementPlan(
        months,
        [people[each.person_id] for each in listed],
        [people[each.person_id] for each in overdue],
        [people[each.person_id] for each in unknown],
        {each: len(those) for each, those in parts.items()},
        page,
        last,
    )
    _log(actor, at, people.values(), why)
    return plan


def _parted(
    found: Sequence[_Aged], on: date, until: date, month: date | None
) -> tuple[list[tuple[date, int]], dict[Part, list[_Aged]]]:
    """How many retire in which month before ``until``; and who belongs to which part, in the order shown."""
    known = [(each, each.when.starts_on) for each in found if each.when is not None]
    known.sort(key=lambda pair: (pair[1], pair[0].name))
    coming = [(each, starts) for each, starts in known if on < starts < until]
    return sorted(Counter(starts for _each, starts in coming).items()), {
        Part.COMING: [each for each, starts in coming if month in (None, starts)],
        Part.OVERDUE: [each for each, starts in known if starts <= on],
        Part.UNKNOWN: [each for each in found if each.when is None],
    }


def _paged(asked: list[_Aged], page: int | None, size: int) -> tuple[list[_Aged], int, int]:
    """Those of a page, its number and that of the last one; all of them where no page is asked for."""
    if page is None:
        return asked, 1, 1
    page, last = rows.bounded(page, len(asked), size)
    return asked[(page - 1) * size : page * size], page, last


def _old(actor: Actor, on: date, law: Law, until: date, unit: str, permission: str) -> list[_Aged]:
    """Those who may reach the lowest of all age limits before a date."""
    within, parameters = condition(actor, access.scoped(actor, permission), "i.person_id")
    known = rows.as_known(on, None)
    dated = {alias: known.sql(alias) for alias in ("i", "e", "a", "s")}
    found = fetch(
        _OLD.format(
            within=within,
            below=rows.units_below("COALESCE(s.unit_id, l.unit_id)") if unit else "TRUE",
            last=LAST_POST_OF.format(person="o.person_id"),
            **dated,
        ),
        parameters
        | rows.params(known)
        | {"born": _years_before(until, _lowest(law)), "under": subtree(unit)},
    )
    retirement = _reckoner(law, on)
    return [
        _Aged(person, name, retirement(born, *post), LastPost(last, day) if last else None)
        for person, name, born, last, day, *post in found
    ]


def _people(on: date, aged: Sequence[_Aged]) -> dict[int, Retiring]:
    """What else there is to tell about them, by their ids."""
    known = rows.as_known(on, None)
    found = fetch(
        f"SELECT {rows.COLUMNS} {rows.source(known)} WHERE p.id = ANY(%(ids)s)",
        rows.params(known) | {"ids": [each.person_id for each in aged]},
    )
    people = {row[0]: rows.person_row(row) for row in found}
    return {each.person_id: Retiring(people[each.person_id], each.when, each.last) for each in aged}


def _lowest(law: Law) -> int:
    """The lowest age limit that the law ever listed for any post: below it nobody retires by age."""
    tables = [parameter for name, parameter in law.by_name.items() if name.startswith("retirement_age")]
    ages: list[int] = [age for table in tables for dated in table.history for age in dated.value.values()]
    return min(ages)


def _years_before(on: date, years: int) -> date:
    """The first day of the month so many years before: limits count months, not days."""
    return date(on.year - years, on.month, 1)


def _reckoner(law: Law, on: date) -> Callable[..., career.Retirement | None]:
    """Retirement by birth date and post. Only the month of birth counts, and many share it and the post."""

    @cache
    def key_of(kind: str, jenjang: str, family: str) -> str | None:
        return career.retirement_key(law, on, kind=kind, jenjang=jenjang, family=family)

    @cache
    def of_month(key: str, month: date) -> career.Retirement | None:
        return career.retirement(law, key, month, on)

    def retirement(born: date, *post: str | None) -> career.Retirement | None:
        key = key_of(*(each or "" for each in post))
        return of_month(key, born.replace(day=1)) if key else None

    return retirement


def _log(actor: Actor, at: datetime, shown: Iterable[Retiring], reason: str) -> None:
    others = [each.person.uid for each in shown if each.person.id != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="people.retiring", subjects=others, reason=reason)
