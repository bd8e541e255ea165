"""The parts of one person's month out of his row of the register: what ``pay.parts`` makes for everybody at
once, without Polars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pamong.attendance.calendars import WorkDay

_Piece = tuple[int, int, tuple[str, ...]]


def segments_of(row: Mapping[str, Any], month: date) -> list[dict[str, Any]]:
    """The parts of the month by class of his seat and standing, in order; the register tells no leave."""
    return [
        {
            "on": month.replace(day=first), "segment_first": first, "segment_last": last,
            "segment_class": int(job[0]) if job else None,
            "segment_standing": standing[0] if standing else None,
            "segment_leave": None, "segment_leave_month": None, "label": f"tanggal {first}-{last}",
        }
        for first, last, job, standing in _crossed(_pieces(row, "segments"), _pieces(row, "standings"))
    ]  # fmt: skip


def acting_of(row: Mapping[str, Any], month: date, calendar: Sequence[WorkDay]) -> list[dict[str, Any]]:
    """The posts that he stands in for, with the working days in that time; none of an unknown level."""
    found = []
    for first, last, told in _pieces(row, "acting", whole=False):
        if len(told) < len(("kind", "class", "steps")) or not told[2]:
            continue
        steps = int(told[2])
        found.append(
            {
                "on": month.replace(day=first), "acting_kind": told[0], "acting_class": int(told[1]),
                "acting_level": "up" if steps > 0 else "same" if steps == 0 else "down",
                "acting_work_days": sum(first <= day.on.day <= last for day in calendar),
                "acting_first": first, "acting_last": last, "label": f"{told[0]} tanggal {first}-{last}",
            }
        )  # fmt: skip
    return found


def _pieces(row: Mapping[str, Any], column: str, *, whole: bool = True) -> list[_Piece]:
    """``1:14:7;15:31:8`` within his days of service; his whole service where nothing is told."""
    begins, ends = row["from_day"], row["to_day"]
    told = [part.split(":") for part in row[column].split(";") if part]
    pieces = [(max(int(a), begins), min(int(b), ends), tuple(rest)) for a, b, *rest in told]
    if whole and not told:
        pieces = [(begins, ends, ())]
    return [(first, last, rest) for first, last, rest in pieces if first <= last]


def _crossed(
    ones: Sequence[_Piece], others: Sequence[_Piece]
) -> Iterator[tuple[int, int, tuple[str, ...], tuple[str, ...]]]:
    for first, last, one in ones:
        for other_first, other_last, other in others:
            begins, ends = max(first, other_first), min(last, other_last)
            if begins <= ends:
                yield begins, ends, one, other
