"""Values in words: how quantities of each unit are written for people (Indonesian)."""

from __future__ import annotations

from typing import Any

from pamong.kernel.clock import WEEKDAYS
from pamong.law.engine.parameters import MILLION, Bracket, Dated, Parameter

_WORDS = {"days": "hari", "minutes": "menit", "seconds": "detik", "points": "poin"}
UNKNOWN = "belum diketahui"  # how a missing value is written


def show(num: Any, unit: str, den: int = 1) -> str:
    """`Rp5.532.975`, `2,5 %`, `34 menit`, `07.31.20`, `ya`; *belum diketahui* for a missing value."""
    if num is None:
        return UNKNOWN
    if isinstance(num, bool) or unit == "bool":
        return "ya" if num else "tidak"
    if isinstance(num, str):
        return num
    if unit == "rate":
        return f"{decimal(num * 100, den, 4)} %"
    if unit == "clock":
        return clock(num // den)
    text = decimal(num, den, 2)
    if unit == "rupiah":
        return f"-Rp{text[1:]}" if text.startswith("-") else f"Rp{text}"
    if unit == "ratio" and den != 1:
        return f"{decimal(num * 100, den, 4)} %"
    return f"{text} {_WORDS[unit]}" if unit in _WORDS else text


def show_unit(unit: str) -> str:
    """A unit in words where it has one: `rupiah`, `menit`; '' for a bare number."""
    return "rupiah" if unit == "rupiah" else _WORDS.get(unit, "")


def decimal(num: int, den: int, places: int) -> str:
    """num / den with thousands dots and a decimal comma; at most `places` digits, cut zeros, ≈ if inexact."""
    sign = "-" if num < 0 else ""
    scaled, rest = divmod(abs(num) * 10**places, den)
    whole, fraction = divmod(scaled, 10**places)
    digits = f"{fraction:0{places}d}".rstrip("0")
    mark = "≈" if rest else ""
    return f"{mark}{sign}{whole:,}".replace(",", ".") + (f",{digits}" if digits else "")


def clock(seconds: int) -> str:
    """Seconds since midnight as `07.31` or `07.31.20`."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours:02d}.{minutes:02d}" + (f".{left:02d}" if left else "")


def show_parameter(parameter: Parameter, dated: Dated) -> str:
    """A parameter's value in a few words; a table by its size."""
    value = dated.value
    if isinstance(value, Bracket):
        return f"{len(value.results)} jenjang"
    if isinstance(value, dict) and parameter.unit == "clock" and "weekday" in parameter.by:
        return "; ".join(f"{days} {hour}" for days, hour in days_together(rows_of(parameter, dated)))
    if isinstance(value, dict):
        return f"tabel {len(value)} baris"
    if isinstance(value, tuple):
        return ", ".join(value)
    return show(value, parameter.unit, parameter.scale)


def rows_of(parameter: Parameter, dated: Dated) -> list[tuple[str, str]]:
    """Every row of a table or step of a bracket, in words; a scalar is one row."""
    value = dated.value
    if isinstance(value, Bracket):
        return _steps(parameter, value)
    if isinstance(value, dict):
        return [
            (" · ".join(map(_part, parameter.by, key)), show(item, parameter.unit, parameter.scale))
            for key, item in value.items()
        ]
    return [("nilai", show_parameter(parameter, dated))]


def _part(name: str, part: Any) -> str:
    """One part of a table's key: the first day of a week is Senin, a weekly pattern `5 hari kerja`."""
    if name == "weekday" and str(part).isdecimal() and 1 <= int(part) <= len(WEEKDAYS):
        return WEEKDAYS[int(part) - 1]
    return f"{part} hari kerja" if name == "week" else str(part)


def days_together(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rows by weekday with following days of the same value as one: `5 hari kerja · Senin-Kamis`."""
    found: list[tuple[str, str, str, str]] = []  # what stands before the day, first day, last day, value
    for key, value in rows:
        before, _, day = key.rpartition(" · ")
        last = found[-1] if found else None
        if last and day in WEEKDAYS and last[0] == before and last[3] == value and _follows(last[2], day):
            found[-1] = (before, last[1], day, value)
        else:
            found.append((before, day, day, value))
    return [
        (" · ".join(filter(None, (before, first if first == last else f"{first}-{last}"))), value)
        for before, first, last, value in found
    ]


def _follows(one: str, other: str) -> bool:
    return one in WEEKDAYS[:-1] and WEEKDAYS[WEEKDAYS.index(one) + 1] == other


def _steps(parameter: Parameter, steps: Bracket) -> list[tuple[str, str]]:
    rows = []
    below: int | None = None
    for bound, result in zip((*steps.bounds, None), steps.results, strict=True):
        rows.append(
            (
                step_words(parameter, below, bound, steps.inclusive),
                show(result, parameter.unit, parameter.scale),
            )
        )
        below = bound
    return rows


def step_words(parameter: Parameter, below: int | None, bound: int | None, inclusive: bool) -> str:
    """One step of a bracket: *lebih dari 30 menit sampai dengan 60 menit*."""
    scale = MILLION if parameter.x == "rate" else 1
    low = "" if below is None else show(below, parameter.x, scale)
    high = "" if bound is None else show(bound, parameter.x, scale)
    up_to = "sampai dengan" if inclusive else "kurang dari"
    over = "lebih dari" if inclusive else "mulai"
    if not low:
        return f"{up_to} {high}" if high else "berapa pun"
    return f"{over} {low}" + (f" {up_to} {high}" if high else "")
