"""Half-open stretches between two instants, and how long they are in whole seconds of the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

_SECOND = timedelta(seconds=1)


def utc(at: datetime) -> datetime:
    """The same instant in UTC; TypeError for a naive one (a bug).

    Everything is kept in UTC, because Python subtracts two instants of one zone by their wall clocks.
    """
    if at.tzinfo is None:
        raise TypeError("an instant needs a zone")
    return at.astimezone(UTC)


def seconds_between(start: datetime, end: datetime) -> int:
    """Whole seconds from one instant to another, each read as a clock shows it: 07:30:00.480 is 07:30:00.

    So the lengths of neighbouring stretches add up to the length of the whole, without any rounding.
    """
    return (_whole(end) - _whole(start)) // _SECOND


@dataclass(frozen=True, slots=True)
class Span:
    """``[starts, ends)`` in UTC; it may be empty. ValueError where the end lies before the start."""

    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", utc(self.starts))
        object.__setattr__(self, "ends", utc(self.ends))
        if self.ends < self.starts:
            raise ValueError(f"a span ends before it starts: {self.starts} to {self.ends}")

    @property
    def seconds(self) -> int:
        """Its length in whole seconds."""
        return seconds_between(self.starts, self.ends)

    @property
    def whole(self) -> Span:
        """The same from whole second to whole second, as a clock shows them."""
        return Span(_whole(self.starts), _whole(self.ends))

    def overlaps(self, other: Span) -> bool:
        """Whether both share more than a touch."""
        return max(self.starts, other.starts) < min(self.ends, other.ends)


def minus(spans: Iterable[Span], gaps: Iterable[Span]) -> list[Span]:
    """What is left of spans, in order, without the gaps; empty pieces are left out."""
    left = [span for span in spans if span.starts < span.ends]
    for gap in gaps:
        left = [piece for span in left for piece in _without(span, gap)]
    return sorted(left, key=lambda span: span.starts)


def total(spans: Iterable[Span]) -> int:
    """The seconds of spans together."""
    return sum(span.seconds for span in spans)


def between(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The gaps between spans that stand in order and don't overlap."""
    return tuple(Span(one.ends, two.starts) for one, two in pairwise(spans) if one.ends < two.starts)


def _whole(at: datetime) -> datetime:
    return utc(at).replace(microsecond=0)


def _without(span: Span, gap: Span) -> list[Span]:
    if not span.overlaps(gap):
        return [span]
    before = [Span(span.starts, gap.starts)] if span.starts < gap.starts else []
    after = [Span(gap.ends, span.ends)] if gap.ends < span.ends else []
    return before + after
