"""What differs between two sets of kept facts, in words that the slip's reader finds again on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.kernel.clock import format_date
from pamong.law.engine.formulas import FACTS, Formula
from pamong.law.engine.show import show
from pamong.pay.choices import DifferenceCause
from pamong.pay.recomputing.groups import COUNTED, facts_of

NOTHING = "tidak ada"
_MINUTE = 60
_BOUNDS = ("on", "segment_class", "segment_first", "segment_last")
_COUNTED = "Dihitung dalam TPP bulan ini"
_PUNCHES = (("first_in", "presensi masuk"), ("last_out", "presensi pulang"))
_SHIFT = (("shift_start", "jam masuk"), ("shift_end", "jam pulang"))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is known otherwise now: `7 Oktober 2026, presensi masuk`, `08.04`, `07.30`."""

    what: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.what}: {self.old} → {self.new}"


def changes(
    cause: DifferenceCause, month: date, then: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[Change, ...]:
    """What differs under a cause between facts as `frames.facts_json` keeps them. Nothing for the law's."""
    if cause is DifferenceCause.LAW:
        return ()
    told = list(_of_person(cause, then, now))
    if cause is DifferenceCause.POST:
        told += [*_of_segments(then, now), *_of_acting(then, now)]
    if cause is DifferenceCause.PRESENCE:
        told += _of_days(month, then["day"], now["day"])
    return tuple(told)


def line_changes(
    lines: Sequence[Formula], then: Mapping[str, int], now: Mapping[str, int]
) -> tuple[Change, ...]:
    """Which lines of a slip differ, in the slip's order: what the law alone changed."""
    return tuple(
        Change(line.title, _rupiah(then.get(line.name, 0)), _rupiah(now.get(line.name, 0)))
        for line in lines
        if then.get(line.name, 0) != now.get(line.name, 0)
    )


def _of_person(cause: DifferenceCause, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    for name in facts_of(cause):
        if name == "standing":
            continue  # the parts of the month tell it, each its own
        if name == COUNTED:
            old, new = then.get(COUNTED, True), now.get(COUNTED, True)
            title, unit = _COUNTED, "bool"
        else:
            old, new = then["person"].get(name), now["person"].get(name)
            title, unit = FACTS[name].title, FACTS[name].unit
        if old != new:
            yield Change(title, show(old, unit), show(new, unit))


def _of_segments(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    before, after = (facts["segment"] or [] for facts in (then, now))
    rows = [*before, *after]
    names = dict.fromkeys(name for row in rows for name in row if name not in _BOUNDS)
    # What is the same in all parts, then and now, need not be told.
    told = [name for name in names if len({row.get(name) for row in rows}) > 1]
    old, new = (_parts(part, told) for part in (before, after))
    if old != new:
        yield Change("Bagian bulan", old, new)


def _parts(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> str:
    """`kelas 7 (tanggal 1-14), kelas 8 (tanggal 15-31, diberhentikan sementara)`."""
    parts = []
    for row in sorted(rows, key=lambda row: (row["segment_first"], row["segment_last"])):
        own = [str(row[name]) for name in names if row.get(name)]
        days = ", ".join([f"tanggal {row['segment_first']}-{row['segment_last']}", *own])
        parts.append(f"kelas {row['segment_class'] or 'belum diketahui'} ({days})")
    return ", ".join(parts) or NOTHING


def _of_acting(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    """`Plt: tidak ada → kelas 11, tanggal 12-30`."""
    old, new = (_stood_in(facts.get("event") or ()) for facts in (then, now))
    if old != new:
        yield Change("Plt/Plh", old, new)


def _stood_in(rows: Sequence[Mapping[str, Any]]) -> str:
    told = sorted((row["acting_first"], row["acting_last"], row["acting_class"]) for row in rows)
    return ", ".join(f"kelas {of} (tanggal {first}-{last})" for first, last, of in told) or NOTHING


def _of_days(month: date, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    old, new = _by_day(then), _by_day(now)
    for day in sorted(old.keys() | new.keys()):
        yield from _of_day(format_date(month.replace(day=day)), old.get(day), new.get(day))


def _by_day(columns: Mapping[str, Sequence[Any]]) -> dict[int, dict[str, Any]]:
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    return {row["day"]: row for row in rows}


def _of_day(on: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[Change]:
    if old is None or new is None:
        yield Change(f"{on}, hari kerja", *("ya" if row else "tidak" for row in (old, new)))
        return
    for name, words in (*_SHIFT, *_PUNCHES):
        if old[name] != new[name]:
            yield Change(f"{on}, {words}", _clock(old[name]), _moved(old[name], new[name]))
    if old["excuse"] != new["excuse"]:
        yield Change(f"{on}, keterangan", old["excuse"] or NOTHING, new["excuse"] or NOTHING)


def _clock(seconds: int | None) -> str:
    return NOTHING if seconds is None else show(seconds, "clock")


def _moved(old: int | None, new: int | None) -> str:
    """`07.30 (34 menit lebih awal)`: how far a time has moved, in whole minutes."""
    if old is None or new is None or abs(new - old) < _MINUTE:
        return _clock(new)
    way = "lebih awal" if new < old else "lebih lambat"
    return f"{_clock(new)} ({abs(new - old) // _MINUTE} menit {way})"


def _rupiah(amount: int) -> str:
    return show(amount, "rupiah")
