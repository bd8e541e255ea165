"""Which seats a selection is filling is known further up: merit says so when the application starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from pamong.kernel.clock import format_date
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Added, Plan
from pamong.people.situation import SeatFacts, block

Source = Callable[[Sequence[int]], Mapping[int, date]]
_SOURCES: list[Source] = []


def derive_selections(source: Source) -> None:
    """Let a domain above say since which day a selection runs for seats; called once, when the application
    starts. The source takes database ids of seats and leaves out those that no selection is filling."""
    _SOURCES[:] = [source]


def selected_since(seats: Sequence[int]) -> Mapping[int, date]:
    """Since when a selection is filling each of these seats; the others are left out."""
    return _SOURCES[0](seats) if _SOURCES and seats else {}


def selection_problems(plan: Plan, seats: Mapping[int, SeatFacts]) -> list[Problem]:
    """What keeps somebody out of a seat for good while a selection is filling it: ``plan`` is of his regular
    appointments. What only shortens or rewords the days that he had there is possible."""
    running = selected_since(sorted({piece.values["seat_id"] for piece in plan.added}))
    return list(_problems(plan, running, seats)) if running else []


def _problems(plan: Plan, running: Mapping[int, date], seats: Mapping[int, SeatFacts]) -> Iterator[Problem]:
    for piece in plan.added:
        seat, end = piece.values["seat_id"], piece.period.end
        since = running.get(seat)
        if since is None or _had_it(plan, piece) or (end is not None and end <= since):
            continue
        label = seats[seat].label if seat in seats else "Posisi ini"
        yield block("seat_selected", sentence(label, since), "Posisi")


def sentence(label: str, since: date) -> str:
    """Why a seat is filled by nobody's entry, and what is possible."""
    return (
        f"{label} sedang diisi lewat seleksi sejak {format_date(since)}, jadi pemangkunya hanya dari nama "
        "yang dikunci. Tunggu keputusannya atau batalkan lowongannya; Plt. dan Plh. tetap dapat ditunjuk."
    )


def _had_it(plan: Plan, piece: Added) -> bool:
    """Whether the plan takes away a row of the same seat that held on all of these days."""
    return any(
        row.values["seat_id"] == piece.values["seat_id"] and not piece.period.minus(row.period)
        for row in plan.removed
    )
