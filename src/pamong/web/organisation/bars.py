"""The thin bar of a unit: its seats by how they stand, side by side, and a line at what is needed."""

from __future__ import annotations

from dataclasses import dataclass

from pamong.people.queries import UnitCount

KINDS = ("filled", "acting", "vacant", "frozen")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar: percent from the left and percent wide, as text for SVG."""

    kind: str
    left: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The stretches, and where the need by workload stands; '' where it is not stated."""

    parts: tuple[Part, ...]
    need: str


def bar(count: UnitCount) -> Bar:
    """The bar of a unit, its whole width as long as its seats or its need, whichever is more."""
    whole = max(count.seats, count.needed or 0)
    if not whole:
        return Bar((), "")
    parts, left = [], 0
    for kind in KINDS:
        number = getattr(count, kind)
        if number:
            parts.append(Part(kind, percent(left, whole), percent(number, whole)))
        left += number
    return Bar(tuple(parts), "" if count.needed is None else percent(count.needed, whole))


def percent(part: int, whole: int) -> str:
    """Two decimals, as SVG takes them: a place on a screen, no money."""
    hundredths = part * 10_000 // whole
    return f"{hundredths // 100}.{hundredths % 100:02d}"
