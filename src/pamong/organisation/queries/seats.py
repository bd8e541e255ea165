"""Seats, posts and lines as of a date. Who holds a seat is known to people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.kernel.actor import Actor
from pamong.kernel.problem import Problem
from pamong.ledger.dated import Known
from pamong.organisation import models, policies
from pamong.organisation.choices import PostKind, subtree
from pamong.organisation.errors import SeatNotFound
from pamong.organisation.sql import fetch, units_source

_MOST_STEPS = 24


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat on a date; ``superior_id`` is the seat to which it reports, None for nobody."""

    id: int
    uid: UUID
    unit_id: int
    unit_code: str
    unit: str
    post_id: int
    post_uid: UUID
    post: str
    post_kind: PostKind
    jenjang: str
    eselon: str
    job_class: int | None
    is_head: bool
    frozen: bool
    note: str
    superior_id: int | None


@dataclass(frozen=True, slots=True)
class PostView:
    """A kind of job, and how many seats it has on the date asked for."""

    uid: UUID
    name: str
    kind: PostKind
    jenjang: str
    eselon: str
    family: str
    external_code: str
    seats: int


@dataclass(frozen=True, slots=True)
class PostCount:
    """How many seats of a post stand in a unit on a date, how many of them frozen, how many are needed."""

    unit_id: int
    unit_code: str
    post_id: int
    post: str
    seats: int
    frozen: int
    needed: int | None
    post_uid: UUID
    kind: PostKind
    jenjang: str
    eselon: str


def list_seats(
    *, actor: Actor, unit: str, on: date, below: bool = False, known_at: datetime | None = None
) -> list[SeatView]:
    """The seats of a unit, named by its code; with ``below`` those of units under it too. Heads first."""
    known = Known(on, known_at)
    here = "u.path ~ %(path)s::lquery" if below else "u.code = %(unit)s"
    # The units first, as a list: or else the planner goes through all seats of the government.
    where = f"r.unit_id = ANY(ARRAY(SELECT u.unit_id FROM {units_source(known)} WHERE {here}))"
    return _select(actor, known, where, {"unit": unit, "path": subtree(unit)})


def get_seat(*, actor: Actor, seat: UUID, on: date, known_at: datetime | None = None) -> SeatView:
    """One seat. ``NotAllowed``, ``SeatNotFound`` where it does not stand on the date."""
    found = _select(actor, Known(on, known_at), "s.uid = %(seat)s", {"seat": seat})
    if not found:
        raise SeatNotFound
    return found[0]


def seat_begins(*, actor: Actor, seat: UUID) -> date:
    """The first day of a seat. ``NotAllowed``, ``SeatNotFound``."""
    policies.require_read(actor)
    rows = models.SeatRow.objects.known().filter(seat__uid=seat).order_by("period")
    first: date | None = rows.values_list("period__startswith", flat=True).first()
    if first is None:
        raise SeatNotFound
    return first


def get_seat_ahead(*, actor: Actor, seat: UUID, on: date) -> tuple[SeatView, date]:
    """The same or, where it begins only later, as of its first day; with that day: for who changes it."""
    rows = models.SeatRow.objects.known().filter(seat__uid=seat).order_by("period")
    ahead = rows.filter(period__overlap=DateRange(on, None))
    later = ahead.values_list("period__startswith", flat=True).first()
    day = max(on, later or on)
    return get_seat(actor=actor, seat=seat, on=day), day


def list_seat_states(*, actor: Actor, seat: UUID, on: date) -> list[tuple[date, SeatView]]:
    """A seat on a day and on each later one on which its row or its line is another, with those days; none of
    days on which it does not stand."""
    policies.require_read(actor)
    later = fetch(
        """
        SELECT DISTINCT x.day FROM organisation_seat s, LATERAL (
          SELECT unnest(ARRAY[lower(r.period), upper(r.period)]) AS day FROM organisation_seatrow r
          WHERE r.seat_id = s.id AND r.superseded_at IS NULL
          UNION SELECT unnest(ARRAY[lower(l.period), upper(l.period)]) FROM organisation_line l
          WHERE l.seat_id = s.id AND l.superseded_at IS NULL
        ) x WHERE s.uid = %(seat)s AND x.day > %(on)s::date ORDER BY x.day
        """,
        {"seat": seat, "on": on},
    )
    days = [on, *(row[0] for row in later)]
    return [
        (day, view) for day in days for view in _select(actor, Known(day), "s.uid = %(seat)s", {"seat": seat})
    ]


def superior_seats(*, actor: Actor, seat: int, on: date, known_at: datetime | None = None) -> tuple[int, ...]:
    """The seats above a seat by its lines, the nearest first, as database ids. One query."""
    policies.require_read(actor)
    known = Known(on, known_at)
    rows = fetch(
        f"""
        WITH RECURSIVE up AS (
          SELECT l.superior_id, 1 AS depth FROM organisation_line l
          WHERE l.seat_id = %(seat)s AND {known.sql("l")}
          UNION ALL
          SELECT l.superior_id, up.depth + 1 FROM up
          JOIN organisation_line l ON l.seat_id = up.superior_id AND {known.sql("l")}
          WHERE up.depth < %(most)s
        ) SELECT superior_id FROM up ORDER BY depth
        """,
        known.params | {"seat": seat, "most": _MOST_STEPS},
    )
    return tuple(row[0] for row in rows)


def list_posts(*, actor: Actor, on: date, words: str = "", kind: PostKind | None = None) -> list[PostView]:
    """Kinds of jobs by name, with the number of their seats on the date."""
    policies.require_read(actor)
    rows = fetch(
        """
        SELECT t.uid, t.name, t.kind, t.jenjang, t.eselon, t.family, t.external_code, COALESCE(c.seats, 0)
        FROM organisation_post t
        LEFT JOIN (SELECT r.post_id, count(*) AS seats FROM organisation_seatrow r
          WHERE r.superseded_at IS NULL AND r.period @> %(on)s::date GROUP BY r.post_id) c ON c.post_id = t.id
        WHERE (%(kind)s = '' OR t.kind = %(kind)s) AND strpos(lower(t.name), lower(%(words)s)) > 0
        ORDER BY t.name, t.jenjang, t.id
        """,
        {"on": on, "words": words.strip(), "kind": kind.value if kind else ""},
    )
    return [_post(row) for row in rows]


def count_posts(*, actor: Actor, on: date, unit: str = "", below: bool = True) -> list[PostCount]:
    """Seats by unit and post on a date, of the whole government or of a unit; the ground of vacancies."""
    policies.require_read(actor)
    where = "TRUE" if not unit else "u.path ~ %(path)s::lquery" if below else "u.code = %(unit)s"
    # The units first, as a list: or else the planner goes through all seats and needs of the government.
    here = "unit_id = ANY(ARRAY(SELECT unit_id FROM here))" if unit else "TRUE"
    rows = fetch(
        f"""
        WITH here AS MATERIALIZED (
          SELECT u.unit_id, u.code, u.path FROM organisation_units(%(on)s::date) u WHERE {where}
        ), seated AS (
          SELECT unit_id, post_id, count(*) AS seats, count(*) FILTER (WHERE frozen) AS frozen
          FROM organisation_seatrow WHERE superseded_at IS NULL AND period @> %(on)s::date AND {here}
          GROUP BY unit_id, post_id
        ), need AS (
          SELECT unit_id, post_id, needed FROM organisation_workload
          WHERE superseded_at IS NULL AND period @> %(on)s::date AND {here}
        )
        SELECT u.unit_id, u.code, t.id, t.name, COALESCE(s.seats, 0), COALESCE(s.frozen, 0), k.needed,
          t.uid, t.kind, t.jenjang, t.eselon
        FROM seated s FULL JOIN need k ON k.unit_id = s.unit_id AND k.post_id = s.post_id
        JOIN here u ON u.unit_id = COALESCE(s.unit_id, k.unit_id)
        JOIN organisation_post t ON t.id = COALESCE(s.post_id, k.post_id)
        ORDER BY u.path, t.name, t.jenjang, t.id
        """,
        {"on": on, "unit": unit, "path": subtree(unit)},
    )
    return [_count(row) for row in rows]


def _count(row: tuple[Any, ...]) -> PostCount:
    values: list[Any] = [*row[:8], PostKind(row[8]), *row[9:]]
    return PostCount(*values)


def reporting_problems(*, actor: Actor, on: date) -> list[Problem]:
    """Doubts about lines on a date: seats below a head that report to nobody, units with seats and no head,
    lines to seats that don't stand, heads that report to somebody below themselves."""
    policies.require_read(actor)
    return [*_without_line(on), *_without_head(on), *_astray(on)]


def _select(actor: Actor, known: Known, where: str, params: dict[str, object]) -> list[SeatView]:
    policies.require_read(actor)
    rows = fetch(
        f"""
        SELECT s.id, s.uid, u.unit_id, u.code, u.name, t.id, t.uid, t.name, t.kind, t.jenjang, t.eselon,
          r.job_class, r.is_head, r.frozen, r.note, l.superior_id
        FROM organisation_seat s JOIN organisation_seatrow r ON r.seat_id = s.id AND {known.sql("r")}
        JOIN organisation_post t ON t.id = r.post_id
        JOIN {units_source(known)} ON u.unit_id = r.unit_id
        LEFT JOIN organisation_line l ON l.seat_id = s.id AND {known.sql("l")}
        WHERE {where}
        ORDER BY u.path, NOT r.is_head, r.job_class DESC NULLS LAST, t.name, s.id
        """,
        params | known.params,
    )
    return [_seat(row) for row in rows]


def _seat(row: tuple[Any, ...]) -> SeatView:
    values: list[Any] = [*row[:8], PostKind(row[8]), *row[9:]]
    return SeatView(*values)


def _post(row: tuple[Any, ...]) -> PostView:
    values: list[Any] = [*row[:2], PostKind(row[2]), *row[3:]]
    return PostView(*values)


def _without_line(on: date) -> list[Problem]:
    rows = fetch(
        """
        SELECT u.name, min(s.post_name), count(*) FROM organisation_seats(%(on)s::date) s
        JOIN organisation_units(%(on)s::date) u ON u.unit_id = s.unit_id
        LEFT JOIN organisation_line l ON l.seat_id = s.seat_id AND l.superseded_at IS NULL
          AND l.period @> %(on)s::date
        WHERE l.id IS NULL AND EXISTS (
          SELECT 1 FROM organisation_seatrow h JOIN organisation_unitplace p ON p.unit_id = h.unit_id
            AND p.period @> %(on)s::date
          WHERE h.superseded_at IS NULL AND h.period @> %(on)s::date AND h.is_head AND h.seat_id <> s.seat_id
            AND p.path @> u.path AND (NOT s.is_head OR h.unit_id <> s.unit_id))
        GROUP BY u.unit_id, u.name ORDER BY u.name
        """,
        {"on": on},
    )
    return [
        _doubt("line_missing", f"{count} posisi belum memiliki atasan, antara lain {post}.", unit)
        for unit, post, count in rows
    ]


def _without_head(on: date) -> list[Problem]:
    rows = models.SeatRow.objects.as_of(on)
    headed = set(rows.filter(is_head=True).values_list("unit_id", flat=True))
    units = set(rows.values_list("unit_id", flat=True)) - headed
    names = models.UnitRow.objects.as_of(on).filter(unit_id__in=units).order_by("name", "id")
    return [
        _doubt("head_missing", "belum memiliki posisi pemimpin. Tandai satu posisi sebagai pemimpin.", name)
        for name in names.values_list("name", flat=True)
    ]


def _astray(on: date) -> list[Problem]:
    rows = fetch(
        """
        SELECT u.name, s.post_name, a.seat_id IS NULL FROM organisation_line l
        JOIN organisation_seats(%(on)s::date) s ON s.seat_id = l.seat_id
        JOIN organisation_units(%(on)s::date) u ON u.unit_id = s.unit_id
        LEFT JOIN organisation_seats(%(on)s::date) a ON a.seat_id = l.superior_id
        LEFT JOIN organisation_units(%(on)s::date) o ON o.unit_id = a.unit_id
        WHERE l.superseded_at IS NULL AND l.period @> %(on)s::date
          AND (a.seat_id IS NULL OR (u.path @> o.path AND u.path <> o.path))
        ORDER BY u.path, s.seat_id
        """,
        {"on": on},
    )
    return [
        _doubt("line_ended", f"atasan {post} sudah tidak ada. Tetapkan atasan lain.", unit)
        if gone
        else _doubt("line_downward", f"{post} melapor ke posisi di unit bawahannya. Periksa garisnya.", unit)
        for unit, post, gone in rows
    ]


def _doubt(code: str, message: str, unit: str) -> Problem:
    return Problem(code, message, "warn", subject=unit)
