"""The demo's months before the last, paid: each office's list on its way by those whose part it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from pamong.access import queries as access_queries
from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.pay import path
from pamong.people import services

if TYPE_CHECKING:
    from pamong.demo.town.shapes import Records, Structure

CLERK, CHECKER, TREASURER = "nurul", "suparmi", "sekar"
LEADERS = {"dinkes": "priyono", "setda": "anik"}
_PAY_DAY = 8  # of the month after
_HEAD = "kepala-"


def ensure_heads(
    actor: Actor,
    at: datetime,
    structure: Structure,
    pieces: Iterable[Records],
    uids: Mapping[int, UUID],
    known: Iterable[int],
) -> None:
    """An account without a password for whoever leads an office (OPD) and has none yet: ``known`` have."""
    heads = dict(_heads(structure, pieces))
    for key in known:
        heads.pop(key, None)
    for key, (unit, name) in sorted(heads.items()):
        access.create_user(actor=actor, at=at, username=_HEAD + unit, display_name=name, password=None)
        services.link_user(actor=actor, at=at, person=uids[key], username=_HEAD + unit)


def _heads(structure: Structure, pieces: Iterable[Records]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Who leads which office today, by the person's key: its code, and his name."""
    offices = {row.code for row in structure.unit_rows if row.is_opd and row.end is None}
    seats = {
        row.seat: row.unit
        for row in structure.seat_rows
        if row.is_head and row.end is None and row.unit in offices
    }
    for piece in pieces:
        names = {row.person: row.name for row in piece.identities if row.end is None}
        for row in piece.appointments:
            if row.kind == "regular" and row.end is None and row.seat in seats:
                yield row.person, (seats[row.seat], names[row.person])


def pay_month(*, at: datetime, on: date, run: UUID, month: date) -> int:
    """Open a month's lists and take each to its end; how many were paid. A list whose office nobody leads
    waits for its signature."""
    clerk, checker, treasurer = (access_queries.named_actor(name, on) for name in (CLERK, CHECKER, TREASURER))
    path.open_lists(actor=checker, at=at, run=run, demo=True)
    paid = 0
    for row in path.open_month(actor=checker, month=month).lists:
        path.enter(actor=clerk, at=at, uid=row.uid)
        head = _head(row.reference.split("-", 3)[-1].lower())
        if head is None:
            continue
        path.sign(actor=access_queries.named_actor(head, on), at=at, uid=row.uid)
        path.check(actor=checker, at=at, uid=row.uid)
        day = (month + timedelta(days=31)).replace(day=_PAY_DAY)
        order = path.Spm(f"SPP-{row.reference}", f"SPM-{row.reference}", day, row.gross)
        path.submit(actor=treasurer, at=at, uid=row.uid, spm=order)
        sp2d = path.Sp2d(f"SP2D-{row.reference}", day, row.gross)
        path.record_sp2d(actor=treasurer, at=at, uid=row.uid, sp2d=sp2d)
        paid += 1
    return paid


def _head(unit: str) -> str | None:
    """The account of who leads an office."""
    names = (_HEAD + unit, LEADERS.get(unit, ""))
    return next((name for name in names if access_queries.find_user(name) is not None), None)
