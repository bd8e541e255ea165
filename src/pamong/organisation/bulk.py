"""Units, posts and seats of a whole file at once: read as they stand, and what rests on a basis. For imports.

Acts go through ``services``, with ``basis=``; here is only what they need to be planned for many rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.kernel.timeline import Row
from pamong.ledger.undoing import stands_again
from pamong.organisation import events
from pamong.organisation.acts import acting, planned
from pamong.organisation.errors import refuse
from pamong.organisation.models import DATED, Line, Post, SeatRow, UnitRow, Workload
from pamong.organisation.sql import fetch
from pamong.organisation.values import post_problems

__all__ = [
    "DATED",
    "NewPost",
    "PostFact",
    "SeatFact",
    "UnitFact",
    "create_posts",
    "lock_seats",
    "read_codes",
    "read_posts",
    "read_seats",
    "read_sites",
    "read_units",
    "seats_made",
    "set_needs",
    "used_since",
]


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit as of a date. ``since``: from when it has stood without a gap; ``row``: of its history, with
    ``row_since``."""

    id: int
    uid: UUID
    code: str
    external_code: str
    name: str
    kind: str
    unit_class: str
    parent: str
    site: str
    since: date
    row: UUID
    row_since: date


@dataclass(frozen=True, slots=True)
class PostFact:
    """A kind of job."""

    id: int
    uid: UUID
    name: str
    kind: str
    jenjang: str
    eselon: str
    external_code: str


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A seat as of a date; ``since``: from when it has stood without a gap, ``until`` when it ends."""

    id: int
    uid: UUID
    unit_id: int
    post_id: int
    job_class: int | None
    is_head: bool
    frozen: bool
    since: date
    until: date | None
    superior_id: int | None


def read_units(on: date) -> list[UnitFact]:
    """The units of a date, as known now."""
    rows = fetch(
        """
        SELECT x.id, x.uid, x.code, r.external_code, r.name, r.kind, r.unit_class, COALESCE(o.code, ''),
          COALESCE(s.code, ''), r.uid, lower(r.period), upper(r.period)
        FROM organisation_unitrow r JOIN organisation_unit x ON x.id = r.unit_id
        LEFT JOIN organisation_unit o ON o.id = r.parent_id LEFT JOIN organisation_site s ON s.id = r.site_id
        WHERE r.superseded_at IS NULL ORDER BY x.id, r.period
        """,
        {},
    )
    found = _standing(rows, on, (0, 10, 11))
    return [UnitFact(*[*row[:9], since, *row[9:11]]) for row, since, _ in found]


def read_codes() -> set[str]:
    """The codes of all units there ever were."""
    return {row[0] for row in fetch("SELECT code FROM organisation_unit", {})}


def read_posts() -> list[PostFact]:
    """All kinds of jobs, in the order in which they were made."""
    rows = Post.objects.order_by("id").values_list(
        "id", "uid", "name", "kind", "jenjang", "eselon", "external_code"
    )
    return [PostFact(*row) for row in rows]


def read_sites() -> dict[str, str]:
    """The codes of places of work by their present names."""
    rows = fetch(
        "SELECT r.name, s.code FROM organisation_siterow r JOIN organisation_site s ON s.id = r.site_id "
        "WHERE r.superseded_at IS NULL AND upper_inf(r.period) ORDER BY r.id DESC",
        {},
    )
    return dict(rows)


def read_seats(on: date) -> list[SeatFact]:
    """The seats of a date, as known now, oldest first."""
    rows = fetch(
        """
        SELECT seat_id, unit_id, post_id, job_class, is_head, frozen, lower(period), upper(period)
        FROM organisation_seatrow WHERE superseded_at IS NULL ORDER BY seat_id, period
        """,
        {},
    )
    # Put together here: right after a large import the database joins without knowing how large it was.
    uids = dict(fetch("SELECT id, uid FROM organisation_seat", {}))
    above = dict(
        fetch(
            "SELECT seat_id, superior_id FROM organisation_line WHERE superseded_at IS NULL "
            "AND period @> %(on)s::date",
            {"on": on},
        )
    )
    found = _standing(rows, on, (0, 6, 7))
    return [
        SeatFact(row[0], uids[row[0]], *[*row[1:6], since, until, above.get(row[0])])
        for row, since, until in found
    ]


def _standing(
    rows: Sequence[tuple[Any, ...]], on: date, places: tuple[int, int, int]
) -> Iterator[tuple[tuple[Any, ...], date, date | None]]:
    """Of each thing the row of a date, with the first and last day of the stretch without a gap that it is
    in. ``places``: of the thing, the start and the end in a row; rows of a thing follow each other.

    """
    thing, start, end = places
    found: tuple[Any, ...] | None = None
    first: date = date.min
    last: date | None = date.min
    current: Any = None
    for row in (*rows, None):
        touches = row is not None and row[thing] == current and row[start] == last
        if not touches:
            if found is not None:
                yield found, first, last
            found = None
            if row is None:
                return
            current, first = row[thing], row[start]
        assert row is not None  # noqa: S101 - the last one has returned
        if row[start] <= on and (row[end] is None or on < row[end]):
            found = row
        last = row[end]


def lock_seats(ids: Sequence[int]) -> None:
    """Nobody else puts people into these seats until the transaction ends."""
    fetch(
        "SELECT 1 FROM organisation_seat WHERE id = ANY(%(ids)s) ORDER BY id FOR UPDATE", {"ids": list(ids)}
    )


def set_needs(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    needs: Mapping[tuple[UUID, UUID], int],
    basis: int,
) -> int:
    """State how many of which post (second id) which unit (first id) needs from a day on; returns how many
    of them were told otherwise before. ``NotAllowed``, ``Refused``."""
    with acting(actor=actor, at=at, basis=basis) as work:
        units = dict(fetch("SELECT uid, id FROM organisation_unit", {}))
        posts = dict(Post.objects.values_list("uid", "id"))
        rows: dict[tuple[int, int], list[Row]] = {}
        for each in Workload.objects.known().order_by("period"):
            rows.setdefault((each.unit_id, each.post_id), []).append(Row(each.span, each.values, each.pk))
        changes: list[tuple[dict[str, Any], Any]] = []
        for (unit, post), needed in needs.items():
            place = (units[unit], posts[post])
            known = next((row for row in rows.get(place, ()) if row.period.contains(on)), None)
            if known is not None and known.values["needed"] == needed:
                continue
            plan = planned(partial(timeline.change, rows.get(place, []), on, {"needed": needed}))
            changes.append(({"unit_id": place[0], "post_id": place[1]}, plan))
            work.record(events.WorkloadSet(unit, post, needed, on))
        work.write(Workload, changes)
        return len(changes)


@dataclass(frozen=True, slots=True)
class NewPost:
    """A kind of job to be entered."""

    name: str
    kind: str
    jenjang: str = ""
    eselon: str = ""
    external_code: str = ""


def create_posts(*, actor: Actor, at: datetime, posts: Sequence[NewPost], basis: int) -> None:
    """Enter many kinds of jobs at once. ``NotAllowed``, ``Refused`` with all problems."""
    with acting(actor=actor, at=at, basis=basis) as work:
        refuse([wrong for post in posts for wrong in post_problems(post.name, post.kind)])
        made = Post.objects.bulk_create(
            Post(
                name=post.name, kind=post.kind, jenjang=post.jenjang, eselon=post.eselon,
                external_code=post.external_code,
            )
            for post in posts
        )  # fmt: skip
        work.record(
            *(events.PostCreated(post.uid, post.name, post.kind, post.jenjang, post.eselon) for post in made)
        )


# Things whose first row ever rests on the basis, whatever has come and gone since.
_MADE = """
SELECT n.{0}_id FROM organisation_{0}row n WHERE n.basis_id = %(basis)s AND NOT EXISTS (
  SELECT 1 FROM organisation_{0}row e WHERE e.{0}_id = n.{0}_id AND e.basis_id <> n.basis_id AND e.id < n.id)
"""
# What rests on units and seats: its word, its table, the column that points to what the basis has made.
_UPON = (
    ("unit", UnitRow, "parent_id", "unit"),
    ("posisi", SeatRow, "unit_id", "unit"),
    ("kebutuhan", Workload, "unit_id", "unit"),
    ("garis atasan", Line, "superior_id", "seat"),
)


def used_since(basis: int) -> dict[str, int]:
    """What has come on other bases to units and seats that the basis has brought, by kind."""
    found = {}
    for word, model, column, made in _UPON:
        sql = (
            f"SELECT count(*) FROM {model._meta.db_table} WHERE superseded_at IS NULL "
            f"AND basis_id <> %(basis)s AND id <> ALL(%(again)s) AND {column} IN ({_MADE.format(made)})"
        )
        again = stands_again(model, basis=basis)
        if count := fetch(sql, {"basis": basis, "again": again})[0][0]:
            found[word] = count
    return found


def seats_made(basis: int) -> list[int]:
    """The seats that this basis has brought."""
    return sorted({row[0] for row in fetch(_MADE.format("seat"), {"basis": basis})})
