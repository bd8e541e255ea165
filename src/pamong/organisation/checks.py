"""What must hold whenever organisation has been changed: looked at within the transaction, all at once.

The database guards the same (no circle, one head) or can't (a parent that stands all the while); here each
breach gets its sentence. Only what an act has touched is looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.kernel.clock import format_date
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.organisation.errors import problem
from pamong.organisation.sql import fetch

# The name of a unit, or the post of a seat: the last one that stands, or that ever stood.
_UNIT = """(SELECT n.name FROM organisation_unitrow n WHERE n.unit_id = {0}
            ORDER BY n.superseded_at IS NULL DESC, upper_inf(n.period) DESC, n.id DESC LIMIT 1)"""
_SEAT = """(SELECT t.name FROM organisation_seatrow n JOIN organisation_post t ON t.id = n.post_id
            WHERE n.seat_id = {0} ORDER BY n.superseded_at IS NULL DESC, n.id DESC LIMIT 1)"""
_COVERED = """COALESCE((SELECT range_agg(c.period) @> {0}.period FROM {1} c
            WHERE c.{2} = {3} AND c.superseded_at IS NULL), FALSE)"""


def look(units: Collection[int], seats: Collection[int]) -> list[Problem]:
    """Every breach around these units and seats, by their database ids."""
    ids = {"units": list(units), "seats": list(seats)}
    circles = _circles(ids) if units else []
    found = list(circles)
    if units:
        found += _parents(ids)
    if units or seats:
        found += [*_homes(ids), *_heads(ids)]
    if seats and not circles:  # lines follow units: circles of theirs would only say it again
        found += [*_lines(ids), *_line_circles(ids)]
    return found


def _said(period: DateRange) -> str:
    return str(Period(period.lower, period.upper))


def _circles(ids: dict[str, Any]) -> list[Problem]:
    rows = fetch(
        f"""
        WITH RECURSIVE up AS (
          SELECT r.unit_id AS start, r.parent_id AS unit_id, r.parent_id AS first, r.period, 1 AS depth
          FROM organisation_unitrow r
          WHERE r.unit_id = ANY(%(units)s) AND r.superseded_at IS NULL AND r.parent_id IS NOT NULL
          UNION ALL
          SELECT up.start, r.parent_id, up.first, up.period * r.period, up.depth + 1
          FROM up JOIN organisation_unitrow r ON r.unit_id = up.unit_id AND r.superseded_at IS NULL
            AND r.period && up.period AND r.parent_id IS NOT NULL
          WHERE up.unit_id <> up.start AND up.depth < 32
        )
        SELECT DISTINCT {_UNIT.format("up.start")}, {_UNIT.format("up.first")}
        FROM up WHERE up.unit_id = up.start
        """,
        ids,
    )
    return [
        problem(
            "unit_circle",
            f"Unit {name} tidak dapat berada di bawah {parent}, karena {parent} berada di bawah {name}. "
            "Pilih induk lain.",
            name,
        )
        for name, parent in rows
    ]


def _parents(ids: dict[str, Any]) -> list[Problem]:
    covered = _COVERED.format("r", "organisation_unitrow", "unit_id", "r.parent_id")
    rows = fetch(
        f"""
        SELECT r.unit_id = ANY(%(units)s), {_UNIT.format("r.unit_id")}, {_UNIT.format("r.parent_id")},
          r.period
        FROM organisation_unitrow r
        WHERE r.superseded_at IS NULL AND r.parent_id IS NOT NULL
          AND (r.unit_id = ANY(%(units)s) OR r.parent_id = ANY(%(units)s)) AND NOT {covered}
        ORDER BY 3, 2
        """,
        ids,
    )
    found = [
        problem(
            "parent_missing",
            f"Induk {parent} tidak ada sepanjang masa unit {name} ({_said(period)}). "
            "Pilih induk atau tanggal lain.",
            name,
        )
        for ours, name, parent, period in rows
        if ours
    ]
    children: dict[str, list[str]] = {}
    for ours, name, parent, _ in rows:
        if not ours:
            children.setdefault(parent, []).append(name)
    return found + [
        problem(
            "unit_has_children",
            f"Unit {parent} masih membawahi {len(names)} unit, antara lain {names[0]}. "
            "Pindahkan atau tutup unit di bawahnya dulu.",
            parent,
        )
        for parent, names in children.items()
    ]


def _homes(ids: dict[str, Any]) -> list[Problem]:
    covered = _COVERED.format("r", "organisation_unitrow", "unit_id", "r.unit_id")
    rows = fetch(
        f"""
        SELECT {_UNIT.format("r.unit_id")}, count(*), min({_SEAT.format("r.seat_id")}), min(lower(r.period)),
          r.unit_id <> ALL(%(units)s)
        FROM organisation_seatrow r
        WHERE r.superseded_at IS NULL AND NOT {covered}
          AND (r.unit_id = ANY(%(units)s) OR r.seat_id = ANY(%(seats)s))
        GROUP BY r.unit_id ORDER BY 1
        """,
        ids,
    )
    return [_home(*row) for row in rows]


def _home(unit: str, count: int, post: str, start: date, ours: bool) -> Problem:
    if ours:
        return problem(
            "seat_without_unit",
            f"Unit {unit} tidak ada sepanjang masa posisi {post} (sejak {format_date(start)}). "
            "Pilih unit atau tanggal lain.",
            unit,
        )
    return problem(
        "unit_has_seats",
        f"Unit {unit} masih memiliki {count} posisi, antara lain {post}. "
        "Pindahkan atau hapus posisi itu dulu.",
        unit,
    )


def _heads(ids: dict[str, Any]) -> list[Problem]:
    rows = fetch(
        f"""
        SELECT {_UNIT.format("a.unit_id")}, {_SEAT.format("a.seat_id")}, {_SEAT.format("b.seat_id")},
          lower(a.period * b.period), (SELECT n.code FROM organisation_unit n WHERE n.id = a.unit_id)
        FROM organisation_seatrow a JOIN organisation_seatrow b ON b.unit_id = a.unit_id AND b.id > a.id
          AND b.period && a.period AND b.is_head AND b.superseded_at IS NULL
        WHERE a.is_head AND a.superseded_at IS NULL
          AND (a.unit_id = ANY(%(units)s) OR a.seat_id = ANY(%(seats)s) OR b.seat_id = ANY(%(seats)s))
        ORDER BY 1, 4
        """,
        ids,
    )
    return [
        problem(
            "two_heads",
            f"Unit {unit} akan memiliki dua pemimpin mulai {format_date(start)}: {one} dan {other}. "
            "Tetapkan satu saja.",
            unit,
            code,
        )
        for unit, one, other, start, code in rows
    ]


def _lines(ids: dict[str, Any]) -> list[Problem]:
    own = _COVERED.format("l", "organisation_seatrow", "seat_id", "l.seat_id")
    above = _COVERED.format("l", "organisation_seatrow", "seat_id", "l.superior_id")
    rows = fetch(
        f"""
        SELECT {own}, l.seat_id = ANY(%(seats)s), {_SEAT.format("l.seat_id")},
          {_SEAT.format("l.superior_id")}, l.period
        FROM organisation_line l
        WHERE l.superseded_at IS NULL AND (l.seat_id = ANY(%(seats)s) OR l.superior_id = ANY(%(seats)s))
          AND NOT ({own} AND {above})
        ORDER BY 4, 3
        """,
        ids,
    )
    found = [
        problem(
            "line_missing_seat",
            f"Posisi {superior if standing else post} tidak ada sepanjang garis atasan {post} ke "
            f"{superior} ({_said(period)}). Pilih atasan atau tanggal lain.",
            post,
        )
        for standing, ours, post, superior, period in rows
        if ours
    ]
    below: dict[str, int] = {}
    for _, ours, _, superior, _ in rows:
        if not ours:
            below[superior] = below.get(superior, 0) + 1
    return found + [
        problem(
            "seat_has_reports",
            f"{count} posisi masih melapor ke {superior}. Tetapkan atasan lain untuk posisi itu dulu.",
            superior,
        )
        for superior, count in below.items()
    ]


def _line_circles(ids: dict[str, Any]) -> list[Problem]:
    rows = fetch(
        f"""
        WITH RECURSIVE up AS (
          SELECT l.seat_id AS start, l.superior_id AS seat_id, l.superior_id AS first, l.period, 1 AS depth
          FROM organisation_line l WHERE l.seat_id = ANY(%(seats)s) AND l.superseded_at IS NULL
          UNION ALL
          SELECT up.start, l.superior_id, up.first, up.period * l.period, up.depth + 1
          FROM up JOIN organisation_line l ON l.seat_id = up.seat_id AND l.superseded_at IS NULL
            AND l.period && up.period
          WHERE up.seat_id <> up.start AND up.depth < 64
        )
        SELECT DISTINCT {_SEAT.format("up.start")}, {_SEAT.format("up.first")}
        FROM up WHERE up.seat_id = up.start
        """,
        ids,
    )
    return [
        problem(
            "line_circle",
            f"Garis atasan berputar: {superior} sudah berada di bawah {post}. Pilih atasan lain.",
            post,
        )
        for post, superior in rows
    ]
