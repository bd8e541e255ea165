"""Predicates of the town's people for the last two years, as they came from the old system.

Who leads is rated well, but for two whose raises of next January have an odd gate (scene 9).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import polars as pl

from pamong.access import queries as access
from pamong.attendance.services import Hands
from pamong.demo.people import SEED
from pamong.demo.town.draws import Draws
from pamong.demo.town.excuses import HANDS
from pamong.demo.town.rules import LADDER, TODAY, pick
from pamong.demo.town.shapes import Records, Structure
from pamong.kernel.actor import Actor
from pamong.people import columns
from pamong.performance.choices import PredicateKind
from pamong.performance.services import Rated, take_over_predicates

YEARS = (TODAY.year - 2, TODAY.year - 1)
ODD = {664: PredicateKind.NEEDS_BETTER, 4314: PredicateKind.POOR}  # in the last year
_WELL = (PredicateKind.GOOD,) * 3 + (PredicateKind.VERY_GOOD,)
_ALL = _WELL * 48 + (PredicateKind.NEEDS_BETTER,) * 5 + (PredicateKind.POOR, None)
_RATED_BY = (1, 20)  # month and day in the next year
_LATEST_START = 9  # who begins later in a year is not rated for it


def load_predicates(actor: Actor, at: datetime, structure: Structure, pieces: Sequence[Records]) -> int:
    """Store everybody's predicates; returns how many."""
    nips = {row.person: row.nip for piece in pieces for row in piece.employments if row.nip}
    ids = columns.persons_by_nip(pl.Series(sorted(nips.values())))
    leading = _leading(structure, pieces)
    hands = Hands.of([access.named_actor(username, actor.on) for username in HANDS])
    rows = [
        (ids[nips[person]], rated)
        for piece in pieces
        for person, since in _starts(piece).items()
        if person >= 0
        for rated in predicates_of(person, since, leads=person in leading)
    ]
    return take_over_predicates(actor=actor, at=at, hands=hands, rows=rows)


def predicates_of(person: int, since: date, *, leads: bool) -> Iterator[Rated]:
    """Somebody's predicates; of some a year is missing."""
    rolls = Draws(SEED, "predicate", person).rolls(len(YEARS))
    for year, roll in zip(YEARS, rolls, strict=True):
        if since >= date(year, _LATEST_START + 1, 1):
            continue
        found = pick(_WELL if leads else _ALL, roll)
        if year == YEARS[-1]:
            found = ODD.get(person, found)
        if found is not None:
            number = f"800.1.4/{person % 997 + 1}/PK/{year}"
            yield Rated(year, found, number, date(year + 1, *_RATED_BY))


def _starts(piece: Records) -> dict[int, date]:
    """When each began as a civil servant of any kind."""
    found: dict[int, date] = {}
    for row in piece.employments:
        if row.nip:
            found[row.person] = min(row.start, found.get(row.person, row.start))
    return found


def _leading(structure: Structure, pieces: Sequence[Records]) -> set[int]:
    """Who has a leading post now."""
    seats = {row.seat for row in structure.seat_rows if structure.posts[row.post].kind in LADDER}
    return {
        row.person
        for piece in pieces
        for row in piece.appointments
        if row.kind == "regular" and row.end is None and row.seat in seats
    }
