"""What a raise is worked out from: one row a person, for everybody as CSV or for one as values.

``d`` is the day on which the raise takes effect. The last salary step and the rank are those that hold on it,
so that a promotion of that day goes before the raise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pamong.law.kgb import Away, Delay, Facts, Ground, Rules, Step
from pamong.people.queries.rows import fetch

# OFFSET 0: his own rows are looked up by their index, however few the planner thinks there are.
FACTS = """
SELECT e.person_id, p.uid, e.kind, e.standing, COALESCE(r.golongan, '') AS golongan, g.mkg_years,
  g.mkg_months, lower(g.period) AS since,
  CASE WHEN e.kind LIKE 'PPPK%%' AND upper(e.period) IS NOT NULL THEN (
    SELECT extract(year FROM age(upper(e.period), lower(e.period)))::int * 12
      + extract(month FROM age(upper(e.period), lower(e.period)))::int
  ) END AS contract_months
FROM people_employment e
JOIN people_person p ON p.id = e.person_id
LEFT JOIN LATERAL (
  SELECT * FROM people_salarystep s WHERE s.person_id = e.person_id AND s.superseded_at IS NULL
    AND s.period @> %(on)s::date OFFSET 0
) g ON TRUE
LEFT JOIN LATERAL (
  SELECT * FROM people_rank s WHERE s.person_id = e.person_id AND s.superseded_at IS NULL
    AND s.period @> %(on)s::date OFFSET 0
) r ON TRUE
WHERE e.superseded_at IS NULL AND e.kind <> 'TKPK' AND e.period @> %(on)s::date AND {only}
ORDER BY e.person_id
"""
DELAYS = """
SELECT person_id, ground, lower(period) AS since, upper(period) AS until FROM career_kgbdelay
WHERE superseded_at IS NULL AND {only} ORDER BY person_id, period, ground
"""
AWAY = """
SELECT person_id, lower(period) AS since, upper(period) AS until FROM people_employment
WHERE superseded_at IS NULL AND lower(btrim(standing)) = ANY(%(names)s) AND {only} ORDER BY person_id, period
"""
_PREDICATES = """
SELECT year, predicate FROM performance_predicate
WHERE person_id = %(person)s AND state = 'verified' AND act <> 'cancel' AND year = ANY(%(years)s)
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody and what his raise is worked out from."""

    id: int
    uid: UUID
    facts: Facts


def most_years(rules: Rules) -> int:
    """Of how many years predicates can be asked."""
    counts = [cited.value for cited in (rules.pppk_years, *rules.pppk_first_years.values()) if cited]
    return max([1, *counts])


def years_before(today: date, count: int) -> list[int]:
    """The years whose predicates can count on a day: so many behind the oldest that may be the newest."""
    return list(range(today.year - 1 - count, today.year))


def person_on(person_id: int, on: date, years: Sequence[int], rules: Rules) -> Person | None:
    """Somebody who is in service on a day, with the predicates of some years; None where he is not."""
    found = fetch(FACTS.format(only="e.person_id = %(person)s"), {"on": on, "person": person_id})
    if not found:
        return None
    delays = fetch(DELAYS.format(only="person_id = %(person)s"), {"person": person_id})
    away = fetch(AWAY.format(only="person_id = %(person)s"), {"names": rules.away, "person": person_id})
    predicates = fetch(_PREDICATES, {"person": person_id, "years": list(years)})
    return made(found[0], dict(predicates), delays, away)


def made(
    row: Sequence[Any], predicates: dict[int, str], delays: Sequence[Sequence[Any]],
    away: Sequence[Sequence[Any]],
) -> Person:  # fmt: skip
    """A row of ``FACTS`` with the person's predicates and rows of ``DELAYS`` and ``AWAY``."""
    person, uid, kind, standing, golongan, years, months, since, contract = row
    step = None if since is None else Step(golongan, years, months, since)
    told = tuple(Delay(Ground(ground), first, until) for _, ground, first, until in delays)
    gone = tuple(Away(first, until) for _, first, until in away)
    facts = Facts(kind, standing, step, predicates, told, None, contract, gone)
    return Person(int(person), UUID(str(uid)), facts)


def by_person(rows: Sequence[Sequence[Any]]) -> dict[int, list[Sequence[Any]]]:
    """Rows whose first value is a person's id, by that id."""
    found: dict[int, list[Sequence[Any]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found
