"""The roster of a ward as its clerk keeps it: people by NIP in rows, the days of the month in columns.

A cell holds the letter of a shift (P, S, M, ...), two of them with a sign between (``P+S``), ``L`` for free,
or nothing where the sheet does not say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pamong.attendance import queries, services
from pamong.attendance.services import Rostered, RosterFile, RosterLine
from pamong.interop.fields import Fields
from pamong.interop.tables import read_table
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.kernel.errors import InvalidValue
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem, has_block

_NAMES = {"NIP": "NIP", "NIP BARU": "NIP", "NAMA": "NAMA", "NAMA PEGAWAI": "NAMA"}
_DAY = re.compile(r"(?:(?:TGL|TANGGAL)\.? ?)?0?([1-9]|[12][0-9]|3[01])")
_BETWEEN = re.compile(r"[+/,; ]+")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row as it was read, for the preview: whom it names, and what stands in its cells by day."""

    line: int
    nip: str
    name: str
    cells: dict[int, str]


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """What a file says: its rows, the same for services, and what is wrong with it."""

    rows: Sequence[RosterRow] = ()
    lines: Sequence[RosterLine] = ()
    problems: Sequence[Problem] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a sheet. ``stored`` is None where it was only looked at, or has problems."""

    sheet: RosterSheet
    problems: Sequence[Problem]
    stored: Rostered | None = None


def bring_roster(
    *, actor: Actor, at: datetime, unit: str, month: Period, name: str, data: bytes, check: bool = False
) -> Brought:
    """Store a unit's roster of a month, whole or not at all; with ``check`` it is only looked at.

    ``InvalidValue`` for a file that is no such sheet; ``NotAllowed``, ``UnitUnknown``.
    """
    sheet = read_roster(actor=actor, month=month, name=name, data=data)
    more = services.check_roster(actor=actor, unit=unit, month=month, rows=sheet.lines)
    problems = sorted([*sheet.problems, *more], key=lambda problem: problem.row or 0)
    if check or has_block(problems):
        return Brought(sheet, problems)
    file = RosterFile(name, data)
    stored = services.enter_roster(actor=actor, at=at, unit=unit, month=month, file=file, rows=sheet.lines)
    return Brought(sheet, problems, stored)


def read_roster(*, actor: Actor, month: Period, name: str, data: bytes) -> RosterSheet:
    """Read a sheet. ``InvalidValue`` for a file without a column NIP and columns of days; ``NotAllowed``."""
    table = read_table(data, name, _known)
    days = {int(column): table.column(column) for column in table.columns if column.isdigit()}
    if "NIP" not in table.columns or not days:
        raise InvalidValue(
            f"{name}: kolom NIP dan kolom tanggal 1 sampai 31 tidak ada. Tulis satu baris setiap pegawai."
        )
    fields = Fields(table, "NIP")
    nips = fields.read_ids("NIP")
    owners = queries.uids_by_nip(actor=actor, nips=[nip for nip in nips if nip])
    dates = _dates(fields, days, month)
    rows, lines = [], []
    for place, nip in enumerate(nips):
        if nip is None or place in fields.refused:
            continue
        cells = {day: texts[place].strip().upper() for day, texts in days.items() if texts[place].strip()}
        rows.append(RosterRow(table.lines[place], nip, table.column("NAMA")[place].strip(), cells))
        if nip not in owners:
            fields.tell(place, "unknown", "NIP", "belum ada di data pegawai")
        else:
            told = {dates[day]: tuple(_BETWEEN.split(text)) for day, text in cells.items() if day in dates}
            lines.append(RosterLine(table.lines[place], owners[nip], told))
    return RosterSheet(rows, lines, fields.in_order())


def _known(heading: str) -> str | None:
    found = _DAY.fullmatch(heading)
    return found[1] if found else _NAMES.get(heading)


def _dates(fields: Fields, days: dict[int, list[str]], month: Period) -> dict[int, date]:
    """The dates of the columns; what stands in a column of a day that the month lacks is told once."""
    by_day = {on.day: on for on in month.each_day()}
    for day, texts in sorted(days.items()):
        place = next((place for place, text in enumerate(texts) if text.strip()), None)
        if day not in by_day and place is not None:
            said = f"tanggal {day} tidak ada di {format_month(month.start.year, month.start.month)}"
            fields.problems.append(
                Problem("no_such_day", said, "block", fields.table.name, fields.table.lines[place], str(day))
            )
    return by_day
