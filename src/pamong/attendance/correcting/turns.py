"""Whose turn it is to answer a request, as of a day. Pure: the same whether a job ran or not.

A request begins with the first seat above its owner in which somebody sits who may decide. Where the time
to answer runs out, and where its owner appeals, it goes on to the next such seat; beyond the last one the
personnel office answers. Seats are looked at as of the day that is asked for, never as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from pamong.attendance.choices import CorrectionStepKind
from pamong.people.queries import SeatAbove, Superior


@dataclass(frozen=True, slots=True)
class Step:
    """What is kept of a step, as far as it matters for whose turn it is."""

    kind: CorrectionStepKind
    seat_id: int | None
    person_id: int | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A seat whose time to answer ran out, and until when the next one is to answer."""

    holder: Superior
    due_on: date


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is to answer until when; ``holder`` None: the personnel office. ``passed``: whose time ran out
    without anybody having noted it yet. ``heard``: who has answered or let his time run out."""

    holder: Superior | None
    due_on: date
    passed: tuple[Passed, ...] = ()
    heard: frozenset[int] = field(default_factory=frozenset)


def whose_turn(
    steps: Sequence[Step],
    chain: Sequence[SeatAbove],
    *,
    barred: Collection[int],
    today: date,
    due_after: Callable[[date], date],
) -> Turn:
    """Whose turn it is. ``barred``: the owner and his declared relatives. ``due_after`` gives the last day to
    answer of what begins after a day."""
    heard = {step.person_id for step in steps if _answered(step) and step.person_id is not None}
    above = _above(steps, chain)
    due = next(step.due_on for step in reversed(steps) if step.due_on is not None)
    passed: list[Passed] = []
    holder = _next(above, {*barred, *heard})
    while holder is not None and today > due:
        heard.add(holder.person_id)
        due = due_after(due)
        passed.append(Passed(holder, due))
        above = _beyond(above, holder.seat_id)
        holder = _next(above, {*barred, *heard})
    return Turn(holder, due, tuple(passed), frozenset(heard))


def _answered(step: Step) -> bool:
    return step.kind in (CorrectionStepKind.REFUSED, CorrectionStepKind.ESCALATED)


def _above(steps: Sequence[Step], chain: Sequence[SeatAbove]) -> Sequence[SeatAbove]:
    """The seats that are left: all of them, or those above the last one that was heard."""
    last = next((step for step in reversed(steps) if _answered(step)), None)
    if last is None:
        return chain
    return () if last.seat_id is None else _beyond(chain, last.seat_id)


def _beyond(chain: Sequence[SeatAbove], seat_id: int) -> Sequence[SeatAbove]:
    """What stands above a seat; everything where the seat is not above him any more."""
    place = next((place for place, each in enumerate(chain) if each.seat_id == seat_id), -1)
    return chain[place + 1 :]


def _next(above: Sequence[SeatAbove], without: Collection[int]) -> Superior | None:
    holders = (each.holder for each in above if each.holder is not None)
    return next((holder for holder in holders if holder.person_id not in without), None)
