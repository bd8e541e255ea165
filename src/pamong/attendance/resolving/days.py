"""From the punches of one person to day results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pamong.attendance.resolving.claims import Claim, deal
from pamong.attendance.resolving.expected import Expected, merge_halves, without_excuses
from pamong.attendance.resolving.readings import Reading, read
from pamong.attendance.resolving.results import (
    DayResult,
    Fate,
    PunchFate,
    Reason,
    ReasonCode,
    Resolution,
    State,
)
from pamong.attendance.resolving.shapes import LIMITS, Excuse, Limits, Punch, ShiftInstance
from pamong.attendance.resolving.spans import Span, minus, seconds_between, total, utc

_UNDECIDED = (State.PLANNED, State.OPEN)


def resolve(
    instances: Iterable[ShiftInstance],
    punches: Iterable[Punch],
    excuses: Iterable[Excuse] = (),
    *,
    watermark: datetime,
    limits: Limits = LIMITS,
) -> Resolution:
    """The result of every expected working period of one person, and the fate of every punch.

    `watermark`: up to which instant the data of every device that can serve the person are here. Nothing
    depends on the order of what is given; what is given twice counts once. ValueError for two different
    punches with one key.
    """
    given = list(excuses)
    expected = [without_excuses(instance, given) for instance in merge_halves(instances)]
    claims = [Claim(each.instance, each.free) for each in expected]
    outside = deal(claims, _each_once(punches), limits.debounce)
    days = [
        _result(each, claim.punches, utc(watermark), limits)
        for each, claim in zip(expected, claims, strict=True)
    ]
    return Resolution(tuple(days), tuple(PunchFate(punch, Fate.OUTSIDE) for punch in outside))


def _each_once(punches: Iterable[Punch]) -> set[Punch]:
    found = set(punches)
    if len({punch.key for punch in found}) < len(found):
        raise ValueError("two different punches have one key")
    return found


def _result(expected: Expected, punches: Sequence[Punch], watermark: datetime, limits: Limits) -> DayResult:
    instance = expected.instance
    if expected.free:
        return _excused(expected, punches, watermark)
    reading, dark = _without_dark(read(instance, punches, limits), dict(expected.dark))
    state = _state(instance, reading, watermark)
    return _measured(replace(expected, reasons=(*expected.reasons, *dark)), reading, state)


def _without_dark(reading: Reading, dark: Mapping[ReasonCode, str]) -> tuple[Reading, list[Reason]]:
    """The reading without gaps of what could not be recorded, and why these are none."""
    kinds = sorted({dark[gap.code] for gap in reading.gaps if gap.code in dark})
    gaps = tuple(gap for gap in reading.gaps if gap.code not in dark)
    return replace(reading, gaps=gaps), [Reason(ReasonCode.UNRECORDED, kind) for kind in kinds]


def _excused(expected: Expected, punches: Sequence[Punch], watermark: datetime) -> DayResult:
    """Nobody is expected. Punches are kept, and a person looks at them."""
    planned = watermark < expected.instance.opens and not punches
    conflict = [Reason(ReasonCode.CONFLICT, len(punches))] if punches else []
    return DayResult(
        expected.instance,
        State.PLANNED if planned else State.EXCUSED,
        reasons=(*expected.reasons, *conflict),
        fates=tuple(PunchFate(punch, Fate.CONFLICT, expected.instance) for punch in punches),
    )


def _state(instance: ShiftInstance, reading: Reading, watermark: datetime) -> State:
    """Nothing is decided before the data have reached the end of the window."""
    if watermark < instance.opens and not reading.fates:
        return State.PLANNED
    if watermark < instance.closes:
        return State.OPEN
    if not reading.fates:
        return State.ABSENT
    if reading.gaps:
        return State(reading.gaps[0].code)
    return State.PRESENT


def _measured(expected: Expected, reading: Reading, state: State) -> DayResult:
    instance = expected.instance
    decided = state not in _UNDECIDED
    worked = 0 if state is State.ABSENT else _worked(reading.pairs, instance.breaks)
    over, under = _balance(worked, instance.expected_seconds, state)
    late = _behind(instance.starts, reading.first_in)
    early = _behind(reading.last_out, instance.ends) if decided else None
    numbers = {
        ReasonCode.DEBOUNCED: sum(fate is Fate.DEBOUNCED for _, fate in reading.fates),
        ReasonCode.LATE: late,
        ReasonCode.EARLY: early,
        ReasonCode.OVER: over,
        ReasonCode.UNDER: under,
    }
    why = reading.gaps if decided else (Reason(ReasonCode.WAITING, instance.closes),)
    counted = tuple(Reason(code, value) for code, value in numbers.items() if value)
    return DayResult(
        instance,
        state,
        reading.first_in,
        reading.last_out,
        reading.pairs,
        worked,
        over,
        under,
        late,
        early,
        (*expected.reasons, *why, *counted),
        tuple(PunchFate(punch, fate, instance) for punch, fate in reading.fates),
    )


def _worked(pairs: Sequence[Span], breaks: Sequence[Span]) -> int | None:
    """Missing is not zero: without a whole pair nobody knows."""
    return total(minus(pairs, breaks)) if pairs else None


def _balance(worked: int | None, expected: int, state: State) -> tuple[int | None, int | None]:
    """Seconds over and under the expected length, for a day with both ends."""
    if state is not State.PRESENT or worked is None:
        return None, None
    return max(0, worked - expected), max(0, expected - worked)


def _behind(wanted: datetime | None, came: datetime | None) -> int | None:
    if wanted is None or came is None:
        return None
    return max(0, seconds_between(wanted, came))
