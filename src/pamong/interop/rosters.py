"""The roster of a ward as its clerk keeps it: people in rows, the days of the month in columns.

A row names whom it is about by a NIP, or by the key that stands in the sheet that we hand out, so that nobody
needs to know numbers.

A cell holds the letter of a shift (P, S, M, ...), two of them with a sign between (``P+S``), ``L`` for free,
or nothing where the sheet does not say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from pamong.attendance import queries, services
from pamong.attendance.services import Rostered, RosterFile, RosterLine, RosterSeen
from pamong.interop.fields import Fields
from pamong.interop.tables import read_table
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.kernel.errors import InvalidValue
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem, has_block

KEY = "KUNCI"
_NAMES = {KEY: KEY, "NIP": "NIP", "NIP BARU": "NIP", "NAMA": "NAMA", "NAMA PEGAWAI": "NAMA"}
_DAY = re.compile(r"(?:(?:TGL|TANGGAL)\.? ?)?0?([1-9]|[12][0-9]|3[01])")


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
    """What a sheet would do, and what became of it. ``stored`` is None where it was only looked at, or has
    problems."""

    sheet: RosterSheet
    problems: Sequence[Problem]
    seen: RosterSeen
    stored: Rostered | None = None


def bring_roster(
    *, actor: Actor, at: datetime, unit: str, month: Period, name: str, data: bytes, check: bool = False
) -> Brought:
    """Store a unit's roster of a month, whole or not at all; with ``check`` it is only looked at.

    ``InvalidValue`` for a file that is no such sheet; ``NotAllowed``, ``UnitUnknown``.
    """
    sheet = read_roster(actor=actor, month=month, name=name, data=data)
    seen = services.check_roster(actor=actor, at=at, unit=unit, month=month, rows=sheet.lines)
    problems = sorted([*sheet.problems, *seen.problems], key=lambda problem: problem.row or 0)
    if check or has_block(problems):
        return Brought(sheet, problems, seen)
    file = RosterFile(name, data)
    stored = services.enter_roster(actor=actor, at=at, unit=unit, month=month, file=file, rows=sheet.lines)
    return Brought(sheet, problems, seen, stored)


def read_roster(*, actor: Actor, month: Period, name: str, data: bytes) -> RosterSheet:
    """Read a sheet. ``InvalidValue`` for a file without NIP or key and columns of days; ``NotAllowed``."""
    table = read_table(data, name, _known)
    days = {int(column): table.column(column) for column in table.columns if column.isdigit()}
    if not {"NIP", KEY} & set(table.columns) or not days:
        raise InvalidValue(
            f"{name}: kolom NIP dan kolom tanggal 1 sampai 31 tidak ada. Unduh lembar jadwal unit ini, isi, "
            "lalu unggah lagi."
        )
    fields = Fields(table, "NIP")
    owners, nips = _owners(actor, fields)
    dates = _dates(fields, days, month)
    rows, lines = [], []
    for place, owner in enumerate(owners):
        if place in fields.refused and not nips[place]:
            continue
        codes = {day: services.codes_of(texts[place]) for day, texts in days.items()}
        cells = {day: "+".join(its) for day, its in codes.items() if its}
        named = table.column("NAMA")[place].strip()
        rows.append(RosterRow(table.lines[place], nips[place], named, cells))
        if owner is not None:
            told = {dates[day]: codes[day] for day in cells if day in dates}
            lines.append(RosterLine(table.lines[place], owner, told, named))
    return RosterSheet(rows, lines, fields.in_order())


def _owners(actor: Actor, fields: Fields) -> tuple[list[UUID | None], list[str]]:
    """Whom each row is about, by its key or else by its NIP; and the NIPs that can be read."""
    keys = [text.strip() for text in fields.table.column(KEY)]
    keyed = {place for place, key in enumerate(keys) if key}
    nips = fields.read_ids("NIP", but=keyed)
    known = queries.uids_by_nip(actor=actor, nips=[nip for nip in nips if nip])
    owners: list[UUID | None] = []
    for place, (key, nip) in enumerate(zip(keys, nips, strict=True)):
        owner = _uid(key) if key else known.get(nip or "")
        if key and owner is None:
            fields.tell(place, "key", KEY, "kunci ini berubah; unduh lagi lembar jadwalnya")
        elif nip and owner is None:
            fields.tell(place, "unknown", "NIP", "belum ada di data pegawai")
        owners.append(None if place in fields.refused else owner)
    return owners, [nip or "" for nip in nips]


def _uid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


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
