"""A machine's file, looked at before anything of it is stored: what it is, holds, and would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pamong.attendance import queries, services
from pamong.attendance.choices import bare_pin
from pamong.attendance.queries import UnknownPin
from pamong.attendance.services import Checked, PunchRow
from pamong.interop.kinds import kind_of_headings
from pamong.interop.presence import ReadFile, read_device_file
from pamong.interop.punch_sheets import Sheet, SheetChoice, describe_sheet, is_moment
from pamong.interop.punches import recognise_punches
from pamong.kernel.actor import Actor
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.kernel.period import Period

FEW = 8  # events that a preview shows
_LEAST_COLUMNS = 2  # who, and when


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a file: its line, what the machine's clock showed, whose number, whether that is known,
    and its owner's ``name``."""

    line: int
    at: datetime
    who: str
    known: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file seems to be and would do.

    ``sheet`` is told of a table whose columns are to be chosen, or were; without ``checked`` nothing can be
    stored yet, and ``refused`` says why, if columns were chosen. ``events``, ``span`` and ``unknown`` are of
    what counts. ``foreign``: the serial number of another machine, unknown here, that the file names; ''.
    """

    form: str = ""
    sheet: Sheet | None = None
    refused: str = ""
    checked: Checked | None = None
    events: Sequence[Event] = ()
    span: tuple[datetime, datetime] | None = None
    unknown: Sequence[UnknownPin] = ()
    remarks: Sequence[str] = ()
    foreign: str = ""


def look_at_file(
    *,
    actor: Actor,
    at: datetime,
    serial: str,
    name: str,
    data: bytes,
    through: datetime | None = None,
    choice: SheetChoice | None = None,
) -> Looked:
    """Look at a machine's file. ``InvalidValue`` and the refusals of ``bring_punches`` where it can't be
    used, but for the columns that were chosen: of these the look tells."""
    sheet = None if choice is None else describe_sheet(data, name)
    if sheet is None:
        sheet = _unknown_sheet(data, name)
        if sheet is not None:
            return Looked(sheet=sheet)
    try:
        read = read_device_file(
            actor=actor, serial=serial, name=name, data=data, through=through, choice=choice
        )
        checked = services.check_punches(
            actor=actor, at=at, device=read.device, form=read.form, rows=read.rows, aside=read.aside,
            through=read.through,
        )  # fmt: skip
    except (InvalidValue, DomainError) as refusal:
        if sheet is None:
            raise
        return Looked(sheet=sheet, refused=str(refusal))
    names = queries.name_owners(actor=actor, at=at, device=read.device, rows=checked.rows[:FEW])
    return _told(read, checked, sheet, queries.list_numbers(actor=actor, device=read.device), names)


def _unknown_sheet(data: bytes, name: str) -> Sheet | None:
    """The table that a file is, if its columns must be chosen; None where its form is known.

    ``InvalidValue`` for what is neither.
    """
    try:
        recognise_punches(data, name)
    except InvalidValue as refusal:
        sheet = _table(data, name)
        if sheet is None or kind_of_headings(list(sheet.headings)):
            raise
        if any(is_moment(heading) for heading in sheet.headings):
            raise InvalidValue(
                f"{name}: baris pertama berisi waktu, bukan judul kolom. Tambahkan satu baris judul di "
                "atasnya, misalnya PIN dan WAKTU, lalu unggah lagi."
            ) from refusal
        return sheet
    return None


def _table(data: bytes, name: str) -> Sheet | None:
    try:
        sheet = describe_sheet(data, name)
    except InvalidValue:
        return None
    return sheet if len(sheet.headings) >= _LEAST_COLUMNS else None


def _told(
    read: ReadFile,
    checked: Checked,
    sheet: Sheet | None,
    numbers: Mapping[str, Sequence[Period]],
    names: Sequence[str],
) -> Looked:
    events = [
        Event(row.line, row.at, row.pin and f"PIN {row.pin}", _known(row, numbers), name)
        for row, name in zip(checked.rows, names, strict=False)
    ]
    times = [row.at for row in checked.rows]
    return Looked(
        form=read.form,
        sheet=sheet,
        checked=checked,
        events=events,
        span=(min(times), max(times)) if times else None,
        unknown=_unknown(checked.rows, numbers),
        remarks=[str(each) for each in read.remarks if each.code != "other_serial"],
        foreign=read.foreign,
    )


def _unknown(rows: Sequence[PunchRow], numbers: Mapping[str, Sequence[Period]]) -> list[UnknownPin]:
    """The numbers that are nobody's on days of their events, those with most first."""
    days = Counter((row.pin, row.at.date()) for row in rows if row.person is None)
    found: dict[str, list[tuple[date, int]]] = {}
    for (pin, on), count in days.items():
        if not _owned(pin, on, numbers):
            found.setdefault(pin, []).append((on, count))
    told = [
        UnknownPin(pin, sum(count for _, count in each), min(each)[0], max(each)[0])
        for pin, each in found.items()
    ]
    return sorted(told, key=lambda each: (-each.punches, each.pin))


def _known(row: PunchRow, numbers: Mapping[str, Sequence[Period]]) -> bool:
    return row.person is not None or _owned(row.pin, row.at.date(), numbers)


def _owned(pin: str, on: date, numbers: Mapping[str, Sequence[Period]]) -> bool:
    return any(period.contains(on) for period in numbers.get(bare_pin(pin), ()))
