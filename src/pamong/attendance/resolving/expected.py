"""What is expected in the end: halves of one night joined, excused time taken off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pamong.attendance.resolving.results import Reason, ReasonCode
from pamong.attendance.resolving.shapes import Excuse, Part, ShiftInstance, order_of_instance
from pamong.attendance.resolving.spans import Span, between, minus, total


@dataclass(frozen=True, slots=True)
class Expected:
    """A working period after its excuses; `free`: nothing of it is left. `dark`: which of its ends could not
    be recorded, by the gap that would be told, with the kind of what kept it from being."""

    instance: ShiftInstance
    free: bool = False
    reasons: tuple[Reason, ...] = ()
    dark: tuple[tuple[ReasonCode, str], ...] = ()


def merge_halves(instances: Iterable[ShiftInstance]) -> list[ShiftInstance]:
    """The instances by start, each once; halves of one duty that touch at local midnight become one."""
    merged: list[ShiftInstance] = []
    for instance in sorted(set(instances), key=order_of_instance):
        place = next((at for at, first in enumerate(merged) if _goes_on(first, instance)), None)
        if place is None:
            merged.append(instance)
        else:
            merged[place] = _joined(merged[place], instance)
    return merged


def without_excuses(instance: ShiftInstance, excuses: Sequence[Excuse]) -> Expected:
    """What is left of a working period. What an excuse takes from its midst becomes a break."""
    work = instance.work
    spans = [(excuse.kind, span) for excuse in excuses for span in _spans(instance, work, excuse)]
    kinds = sorted({kind for kind, span in spans if any(span.overlaps(piece) for piece in work)})
    if not kinds:
        return Expected(instance)
    left = minus(work, [span for _, span in spans])
    code = ReasonCode.PART_EXCUSED if left else ReasonCode.EXCUSED
    reasons = tuple(Reason(code, kind) for kind in kinds)
    shortened = _shortened(instance, work, left) if left else instance
    return Expected(shortened, not left, reasons, _dark_ends(instance, work, excuses))


def _dark_ends(
    instance: ShiftInstance, work: Sequence[Span], excuses: Sequence[Excuse]
) -> tuple[tuple[ReasonCode, str], ...]:
    """Who came or left while nothing could be recorded is not lacking it."""
    dark = [(each.kind, span) for each in excuses if each.dark for span in _spans(instance, work, each)]
    came = {kind for kind, span in dark if span.starts <= instance.starts < span.ends}
    left = {kind for kind, span in dark if span.starts <= instance.ends <= span.ends}
    ends = ((ReasonCode.MISSING_IN, came), (ReasonCode.MISSING_OUT, left))
    return tuple((code, min(kinds)) for code, kinds in ends if kinds)


def _goes_on(first: ShiftInstance, second: ShiftInstance) -> bool:
    one_duty = first.duty != "" and (first.duty, first.zone, first.pairing) == (
        second.duty,
        second.zone,
        second.pairing,
    )
    return one_duty and first.ends == second.starts and _is_midnight(first.ends, first.zone)


def _is_midnight(at: datetime, zone: str) -> bool:
    return at.astimezone(ZoneInfo(zone)).time() == time.min


def _joined(first: ShiftInstance, second: ShiftInstance) -> ShiftInstance:
    plain = first.expected is None and second.expected is None
    return replace(
        first,
        ends=second.ends,
        closes=second.closes,
        breaks=(*first.breaks, *second.breaks),
        expected=None if plain else first.expected_seconds + second.expected_seconds,
        keys=(*first.keys, *second.keys),
    )


def _spans(instance: ShiftInstance, work: Sequence[Span], excuse: Excuse) -> list[Span]:
    """The time of one instance that an excuse covers."""
    if isinstance(excuse.when, Span):
        return [excuse.when.whole]
    if not excuse.when.days.contains(instance.on):
        return []
    half = _half_point(work)
    starts = half if excuse.when.part is Part.SECOND_HALF else instance.starts
    ends = half if excuse.when.part is Part.FIRST_HALF else instance.ends
    return [Span(starts, ends)]


def _half_point(work: Sequence[Span]) -> datetime:
    """The instant at which half of the working time is over."""
    left = total(work) // 2
    for piece in work:
        if left <= piece.seconds:
            return piece.starts + timedelta(seconds=left)
        left -= piece.seconds
    raise ValueError("a working period without working time has no half")


def _shortened(instance: ShiftInstance, work: Sequence[Span], left: Sequence[Span]) -> ShiftInstance:
    """The window stays, so that no punch is lost; a length of its own shrinks in proportion."""
    expected = instance.expected
    if expected is not None:
        expected = expected * total(left) // total(work)
    return replace(
        instance, starts=left[0].starts, ends=left[-1].ends, breaks=between(left), expected=expected
    )
