"""Whose month is missing in an office: what a unit's clerk asks before the month closes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.kernel.paging import bounded
from pamong.kernel.period import month_period
from pamong.people.queries import full_name
from pamong.people.queries.rows import fetch
from pamong.people.queries.scope import condition
from pamong.performance import policies
from pamong.performance.choices import State
from pamong.performance.queries.team import SERVES

PAGE = 50
MISSING = "missing"
STATES = (MISSING, State.ENTERED.value, State.VERIFIED.value)
# Once, for numbers and page alike: everybody within reach who served in the month, with how it stands.
_OFFICE = """
WITH who AS MATERIALIZED (
  SELECT p.id, p.uid, COALESCE(m.state, 'missing') AS state FROM people_person p
  LEFT JOIN performance_performancemonth m ON m.person_id = p.id AND m.month = %(first)s
    AND m.superseded_at IS NULL
  WHERE {within} AND p.id <> ALL(%(aside)s) AND {serves}
), page AS (
  SELECT w.*, i.name, i.front_title, i.back_title FROM who w
  JOIN people_identity i ON i.person_id = w.id AND i.superseded_at IS NULL AND i.period @> %(today)s::date
  WHERE w.state = %(state)s ORDER BY lower(i.name), w.id LIMIT %(size)s OFFSET %(skip)s
)
SELECT c.missing, c.entered, c.verified, g.uid, g.name, g.front_title, g.back_title,
  COALESCE(s.post_name, ''), COALESCE(u.name, '')
FROM (SELECT count(*) FILTER (WHERE state = 'missing') AS missing,
    count(*) FILTER (WHERE state = 'entered') AS entered,
    count(*) FILTER (WHERE state = 'verified') AS verified FROM who) c
LEFT JOIN page g ON TRUE
LEFT JOIN people_appointment a ON a.person_id = g.id AND a.kind = 'regular' AND a.superseded_at IS NULL
  AND a.period @> %(today)s::date
LEFT JOIN organisation_seats(%(today)s) s ON s.seat_id = a.seat_id
LEFT JOIN organisation_units(%(today)s) u ON u.unit_id = s.unit_id
ORDER BY lower(g.name), g.id
"""


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """Somebody of the office, with post and unit."""

    uid: UUID
    name: str
    post: str
    unit: str


@dataclass(frozen=True, slots=True)
class OfficePage:
    """One page of those whose month stands in one way, and how many there are in each."""

    counts: Mapping[str, int]
    rows: Sequence[OfficeRow]
    page: int
    last: int


def list_office(
    *,
    actor: Actor,
    at: datetime,
    month: date,
    state: str = MISSING,
    page: int = 1,
    aside: Collection[int] = (),
) -> OfficePage:
    """Everybody for whom the actor brings months and whose month stands like that: ``missing``, ``entered``,
    ``verified``; without those ``aside``, of whom no month is asked.

    One row in the read log names who is shown. ``NotAllowed``.
    """
    within, more = condition(actor, access.scoped(actor, policies.IMPORT))
    period = month_period(month.year, month.month)
    asked = more | {
        "first": period.start, "end": period.end, "today": actor.on, "state": state, "size": PAGE,
        "skip": (page - 1) * PAGE, "aside": list(aside),
    }  # fmt: skip
    found = fetch(_OFFICE.format(within=within, serves=SERVES), asked)
    counts = dict(zip(STATES, found[0][:3], strict=True))
    rows = [
        OfficeRow(uid, full_name(name, front, back), post, unit)
        for *_, uid, name, front, back, post, unit in found
        if uid is not None
    ]
    subjects = [row.uid for row in rows]
    access_services.log_read(actor=actor, at=at, path="performance.office", subjects=subjects)
    page, last = bounded(page, counts[state], PAGE)
    return OfficePage(counts, rows, page, last)
