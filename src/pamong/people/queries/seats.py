"""Seats with who sits there as of a date: the tree's counts, lists, vacancies.

What a statement is about comes first, as a list: the units asked for, then their seats, then who has those.
Otherwise the planner goes through every seat and every appointment of the government for a unit with ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies
from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.ledger.dated import Known
from pamong.organisation.choices import subtree
from pamong.people.queries import rows
from pamong.people.queries.rows import fetch, full_name
from pamong.people.queries.scope import condition

_SIZE = 50


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a seat, and how: 'regular', 'plt', 'plh', 'handover' or 'return_right'.

    ``reachable`` tells whether the actor may open his file; the name is for everybody in service.
    """

    uid: UUID
    name: str
    kind: str
    since: date
    until: date | None
    reachable: bool = False


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat as of a date: its post, and who has it. ``state`` is filled, acting, vacant or frozen.

    ``vacant_since`` is when the last regular holder left, None where there never was one; ``began`` is when
    the seat was made. ``superior`` is the post to which it reports, with its unit, '' for nobody.
    """

    uid: UUID
    seat_id: int
    post: str
    post_kind: str
    jenjang: str
    eselon: str
    job_class: int | None
    is_head: bool
    unit_id: int
    unit_uid: UUID
    unit_code: str
    unit: str
    opd: str
    state: str
    vacant_since: date | None
    began: date | None
    superior: str
    superior_unit: str
    holders: tuple[Holder, ...]
    note: str

    @property
    def managerial(self) -> bool:
        """Whether the post leads people."""
        return self.post_kind not in ("jf", "pelaksana")


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many seats of a unit itself stand how on a date, and how many its posts need by workload."""

    unit_id: int
    seats: int
    filled: int
    acting: int
    vacant: int
    frozen: int
    needed: int | None


@dataclass(frozen=True, slots=True)
class VacancyPage:
    """One page of seats without a regular holder: ``total`` of the list, and how many there are of each."""

    rows: Sequence[SeatRow]
    total: int
    page: int
    last: int
    vacant: int
    acting: int
    frozen: int
    managerial: int


# One regular and one acting holder a seat: the database holds that, so these joins double no row.
_HELD = """
LEFT JOIN people_appointment g ON g.seat_id = s.seat_id AND g.kind = 'regular' AND {g} AND {of}
LEFT JOIN people_appointment a ON a.seat_id = s.seat_id AND a.kind IN ('plt', 'plh') AND {a}
"""
_STATE = """
CASE WHEN s.frozen THEN 'frozen' WHEN g.seat_id IS NOT NULL THEN 'filled'
     WHEN a.seat_id IS NOT NULL THEN 'acting' ELSE 'vacant' END
"""
# Seats with their state, narrow rows first: names of posts and units are for those that remain.
_EVERY = """
WITH here AS MATERIALIZED (
  SELECT u.unit_id, u.uid, u.code, u.name, u.opd_name, u.path
  FROM organisation_units(%(on)s::date, %(known)s) u WHERE {units}
), seat AS (
  SELECT s.seat_id, s.unit_id, s.post_id, s.job_class, s.is_head, s.frozen, s.note
  FROM organisation_seatrow s WHERE {s} AND {seats}
), stated AS (
  SELECT s.seat_id, s.unit_id, s.post_id, s.job_class, s.is_head, s.note, {state} AS state FROM seat s {held}
), every {once} (
  SELECT e.*, t.name AS post_name, t.kind AS post_kind, t.jenjang, t.eselon
  FROM stated e JOIN organisation_post t ON t.id = e.post_id WHERE {states}
)
"""
_PAGE = """
, page AS MATERIALIZED (
  SELECT e.*, u.uid AS unit_uid, u.code, u.name AS unit_name, u.opd_name,
    row_number() OVER (ORDER BY {order}) AS place
  FROM every e JOIN here u ON u.unit_id = e.unit_id WHERE {where} ORDER BY place LIMIT %(limit)s OFFSET {skip}
)
"""
_COUNTS = """
, counts AS (
  SELECT count(*) FILTER (WHERE e.state = 'vacant') AS vacant,
    count(*) FILTER (WHERE e.state = 'acting') AS acting,
    count(*) FILTER (WHERE e.state = 'frozen') AS frozen,
    count(*) FILTER (WHERE e.state <> 'frozen' AND e.post_kind NOT IN ('jf', 'pelaksana')) AS managerial,
    count(*) FILTER (WHERE {wanted}) AS total
  FROM every e
)
"""
# The page asked for, or the last one there is.
_WITHIN_LIST = "(SELECT LEAST(%(skip)s, (GREATEST(total, 1) - 1) / %(limit)s * %(limit)s) FROM counts)"
_FIRST = "u.path, NOT e.is_head, e.job_class DESC NULLS LAST, e.post_name, e.seat_id"
_MANAGERIAL_FIRST = f"e.post_kind IN ('jf', 'pelaksana'), e.job_class DESC NULLS LAST, {_FIRST}"
# Everything else about a few of them: who has them, since when nobody does, to whom they report.
_TOLD = """
SELECT q.uid, e.seat_id, e.post_name, e.post_kind, e.jenjang, e.eselon, e.job_class, e.is_head, e.unit_id,
  e.unit_uid, e.code, e.unit_name, COALESCE(e.opd_name, ''), e.state,
  CASE WHEN e.state IN ('vacant', 'acting') THEN (
    SELECT max(upper(ap.period)) FROM people_appointment ap
    WHERE ap.seat_id = e.seat_id AND ap.kind = 'regular' AND ap.superseded_at IS NULL
      AND upper(ap.period) <= %(on)s) END,
  CASE WHEN e.state <> 'filled' THEN (
    SELECT min(lower(b.period)) FROM organisation_seatrow b
    WHERE b.seat_id = e.seat_id AND b.superseded_at IS NULL) END,
  COALESCE(t.name, ''), COALESCE(v.name, ''), h.holders, e.note, e.place
FROM page e
JOIN organisation_seat q ON q.id = e.seat_id
LEFT JOIN organisation_line l ON l.seat_id = e.seat_id AND {l}
LEFT JOIN organisation_seatrow k ON k.seat_id = l.superior_id AND {k}
LEFT JOIN organisation_post t ON t.id = k.post_id
LEFT JOIN organisation_unitrow v ON v.unit_id = k.unit_id AND {v}
LEFT JOIN LATERAL (
  SELECT array_agg(ARRAY[p.uid::text, i.name, i.front_title, i.back_title, ap.kind, lower(ap.period)::text,
    upper(ap.period)::text, ({reach})::text] ORDER BY ap.kind DESC, ap.id) AS holders
  FROM people_appointment ap JOIN people_person p ON p.id = ap.person_id
  JOIN people_identity i ON i.person_id = p.id AND {i}
  WHERE ap.seat_id = e.seat_id AND {ap}
) h ON TRUE
"""


def count_seats(
    *, actor: Actor, on: date, below: str = "", known_at: datetime | None = None
) -> dict[int, UnitCount]:
    """For every unit with seats or a stated need: how they stand on a date; ``below`` narrows to a unit by
    its code with all under it. Open to everyone in service: it names nobody."""
    policies.require(actor, "organisation:read")
    known = rows.as_known(on, known_at)
    found = fetch(
        f"""
        WITH seat AS (
          SELECT s.seat_id, s.unit_id, s.frozen FROM organisation_seatrow s
          WHERE {known.sql("s")} AND {_within("s.unit_id", below)}
        ), counted AS (
          SELECT s.unit_id, count(*) AS seats, count(*) FILTER (WHERE s.frozen) AS frozen,
            count(*) FILTER (WHERE NOT s.frozen AND g.seat_id IS NOT NULL) AS filled,
            count(*) FILTER (WHERE NOT s.frozen AND g.seat_id IS NULL AND a.seat_id IS NOT NULL) AS acting,
            count(*) FILTER (WHERE NOT s.frozen AND g.seat_id IS NULL AND a.seat_id IS NULL) AS vacant
          FROM seat s {_held(known, bool(below))} GROUP BY s.unit_id
        ), need AS (
          SELECT w.unit_id, sum(w.needed)::bigint AS needed FROM organisation_workload w
          WHERE {known.sql("w")} AND {_within("w.unit_id", below)} GROUP BY w.unit_id
        )
        SELECT COALESCE(c.unit_id, n.unit_id), COALESCE(c.seats, 0), COALESCE(c.filled, 0),
          COALESCE(c.acting, 0), COALESCE(c.vacant, 0), COALESCE(c.frozen, 0), n.needed
        FROM counted c FULL JOIN need n ON n.unit_id = c.unit_id
        """,
        rows.params(known) | {"below": subtree(below)},
    )
    return {row[0]: UnitCount(*row) for row in found}


def list_seats(
    *,
    actor: Actor,
    on: date,
    unit: str = "",
    below: bool = False,
    state: str = "",
    managerial: bool = False,
    heads: bool = False,
    seats: Sequence[int] | None = None,
    known_at: datetime | None = None,
    limit: int = 500,
    skip: int = 0,
) -> Sequence[SeatRow]:
    """Seats as of a date, heads first, by unit and class. ``below`` takes the units under the unit as well;
    ``heads`` only those that lead a unit, ``seats`` only these by their database ids.

    Names of holders are public within the government: an office says who holds it.
    """
    policies.require(actor, "organisation:read")
    known = rows.as_known(on, known_at)
    units, narrow, where = ["TRUE"], ["TRUE"], ["TRUE"]
    parameters: dict[str, Any] = rows.params(known) | {"limit": limit, "skip": skip}
    if unit:
        units.append("u.path ~ %(under)s::lquery" if below else "u.code = %(code)s")
        narrow.append("s.unit_id = ANY(ARRAY(SELECT unit_id FROM here))")
        parameters |= {"under": subtree(unit), "code": unit}
    if heads:
        narrow.append("s.is_head")
    if seats is not None:
        narrow.append("s.seat_id = ANY(%(seats)s)")
        parameters["seats"] = list(seats)
    if managerial:
        where.append("e.post_kind NOT IN ('jf', 'pelaksana')")
    if state:
        where.append("e.state = %(state)s")
        parameters["state"] = state
    page = _every(known, units, narrow) + _page(where, _FIRST)
    told = f"{_told(actor, known, parameters)} ORDER BY e.place"
    return [_seat(row) for row in fetch(page + told, parameters)]


def list_vacancies(
    *,
    actor: Actor,
    on: date,
    below: str = "",
    kind: str = "",
    frozen: bool = False,
    page: int = 1,
    size: int = _SIZE,
) -> VacancyPage:
    """Seats without a regular holder as of a date, managerial ones first, the highest class before others.

    ``frozen`` lists those that are kept empty instead. ``below`` narrows to a unit by its code with all under
    it, ``kind`` to a kind of post. Open to everyone in service. One query.
    """
    policies.require(actor, "organisation:read")
    known = rows.as_known(on, None)
    units = ["u.path ~ %(below)s::lquery"] if below else ["TRUE"]
    narrow = ["s.unit_id = ANY(ARRAY(SELECT unit_id FROM here))"] if below else ["TRUE"]
    states = ["e.state <> 'filled'", *(["t.kind = %(kind)s"] if kind else [])]
    wanted = "e.state = 'frozen'" if frozen else "e.state IN ('vacant', 'acting')"
    parameters: dict[str, Any] = rows.params(known) | {"below": subtree(below), "kind": kind}
    parameters |= {"limit": size, "skip": (max(1, page) - 1) * size}
    listed = _every(known, units, narrow, states, once=True) + _COUNTS.format(wanted=wanted)
    listed += _page([wanted], _MANAGERIAL_FIRST, skip=_WITHIN_LIST)
    told = _told(actor, known, parameters)
    both = f"SELECT c.*, x.* FROM counts c LEFT JOIN ({told}) x ON TRUE ORDER BY x.place"
    found = fetch(listed + both, parameters)
    vacant, acting, kept, managerial, total = found[0][:5]
    page, last = rows.bounded(page, total, size)
    seats = [_seat(row[5:]) for row in found if row[5] is not None]
    return VacancyPage(seats, total, page, last, vacant, acting, kept, managerial)


def _within(column: str, below: str) -> str:
    """The unit itself and those under it; all of them where none is named."""
    return rows.units_below(column, "below") if below else "TRUE"


def _held(known: Known, few: bool) -> str:
    """For few seats their holders are looked up; those who stand in are few in a whole government."""
    of = "g.seat_id = ANY(ARRAY(SELECT seat_id FROM seat))" if few else "TRUE"
    return _HELD.format(g=known.sql("g"), a=known.sql("a"), of=of)


def _every(
    known: Known,
    units: Sequence[str],
    narrow: Sequence[str],
    states: Sequence[str] = ("TRUE",),
    *,
    once: bool = False,
) -> str:
    return _EVERY.format(
        units=" AND ".join(units),
        seats=" AND ".join(narrow),
        states=" AND ".join(states),
        held=_held(known, any(part != "TRUE" for part in narrow)),
        state=_STATE,
        s=known.sql("s"),
        once="AS MATERIALIZED" if once else "AS",
    )


def _page(where: Sequence[str], order: str, skip: str = "%(skip)s") -> str:
    return _PAGE.format(where=" AND ".join(where), order=order, skip=skip)


def _told(actor: Actor, known: Known, parameters: dict[str, Any]) -> str:
    """The statement that tells about a page; what it needs is added to the parameters."""
    within, more = reach(actor)
    parameters |= more
    dated = {alias: known.sql(alias) for alias in ("l", "k", "v", "i", "ap")}
    return _TOLD.format(reach=within, **dated)


def reach(actor: Actor) -> tuple[str, dict[str, Any]]:
    """Whose file the actor may open, as a condition on ``p.id``, and what it needs."""
    try:
        return condition(actor, access.scoped(actor, "people:read"))
    except NotAllowed:
        return "FALSE", {}


def _seat(row: tuple[Any, ...]) -> SeatRow:
    holders = tuple(
        Holder(
            UUID(uid),
            full_name(name, front, back),
            kind,
            date.fromisoformat(since),
            date.fromisoformat(until) if until else None,
            reach == "true",
        )
        for uid, name, front, back, kind, since, until, reach in row[18] or ()
    )
    values: list[Any] = [*row[:18], holders, row[19]]
    return SeatRow(*values)
