"""Files of attendance machines and sheets of their numbers, brought into presence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import polars as pl

from pamong.attendance import queries, services
from pamong.attendance.choices import Fault, FileForm
from pamong.attendance.errors import DeviceNotFound, DeviceNowhere
from pamong.attendance.resolving import instant_of
from pamong.attendance.services import Assigned, DeviceFile, PunchRow, Set, Stored
from pamong.interop.fields import Fields
from pamong.interop.headings import PIN_ALIASES
from pamong.interop.punch_sheets import SheetChoice
from pamong.interop.punches import read_punches, recognise_punches
from pamong.interop.tables import read_table
from pamong.interop.values import read_date, read_pin
from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem
from pamong.people import columns

# What a reader's problem means for an event: the rest is told, and keeps nothing out.
_FAULTS = {
    "unreadable_line": Fault.UNREADABLE, "impossible_time": Fault.NO_TIME, "out_of_range": Fault.TOO_OLD,
    "nobody": Fault.NOBODY,
}  # fmt: skip

# A machine's number among its like, and words before ``_attlog``, are no serial numbers.
_SERIAL = re.compile(r"(?=.*[0-9])[0-9A-Za-z-]{6,32}")


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file, and what its reader had to say besides."""

    stored: Stored
    remarks: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A machine's file as it was read: its events, what is to be set aside, what its reader said besides.

    ``foreign``: the serial number that it names and that no machine has here; '' for none.
    """

    device: UUID
    form: str
    rows: Sequence[PunchRow]
    aside: Sequence[Set]
    remarks: Sequence[Problem]
    through: datetime | None
    foreign: str = ""


def bring_punches(
    *,
    actor: Actor,
    at: datetime,
    serial: str,
    name: str,
    data: bytes,
    through: datetime | None = None,
    choice: str | SheetChoice | None = None,
) -> Brought:
    """Store the events of a machine's file. The refusals of ``read_device_file`` and ``store_punches``."""
    read = read_device_file(actor=actor, serial=serial, name=name, data=data, through=through, choice=choice)
    stored = services.store_punches(
        actor=actor, at=at, device=read.device, file=DeviceFile(name, data, read.form), rows=read.rows,
        aside=read.aside, through=read.through,
    )  # fmt: skip
    return Brought(stored, read.remarks)


def read_device_file(
    *,
    actor: Actor,
    serial: str,
    name: str,
    data: bytes,
    through: datetime | None = None,
    choice: str | SheetChoice | None = None,
) -> ReadFile:
    """Read the events of a machine's file: recognised by its content, or read as ``choice`` of ``FORMATS``,
    or by the columns of a sheet that somebody chose.

    ``through`` without a zone is what the clock of the machine's place shows. ``InvalidValue`` for a file
    that can't be used or that names another machine; ``NotAllowed``, ``DeviceNotFound``, ``DeviceNowhere``.
    """
    device = queries.find_device(actor=actor, serial=serial)
    if device is None:
        raise DeviceNotFound
    if through is not None and through.tzinfo is None:
        through = _at_its_place(actor, serial, through)
    frame, problems = read_punches(data, name, choice)
    whole = [each for each in problems if each.severity == "block" and each.row is None]
    if whole:
        raise InvalidValue(f"{name}: {whole[0].message.removeprefix(f'{name}: ')}")
    foreign = _require_same(actor, frame, serial, name)
    owners = columns.persons_by_nip(frame["nip"].drop_nulls().unique())
    rows = list(_rows(frame, owners))
    aside = [*_aside(problems), *_strangers(frame, owners)]
    form = FileForm.SHEET if isinstance(choice, SheetChoice) else choice or recognise_punches(data, name)
    remarks = [each for each in problems if each.code not in _FAULTS]
    if foreign:
        told = f"berkas ini menyebut nomor seri {foreign}, bukan {serial}. Pastikan mesinnya benar"
        remarks.insert(0, Problem("other_serial", told, "warn", source=name))
    return ReadFile(device, str(form), rows, aside, remarks, through, foreign)


def _at_its_place(actor: Actor, serial: str, wall: datetime) -> datetime:
    zone = queries.zone_of(actor=actor, serial=serial, on=wall.date())
    if zone is None:
        raise DeviceNowhere(wall.date(), wall.date())
    return instant_of(wall, zone)


def _require_same(actor: Actor, frame: pl.DataFrame, serial: str, name: str) -> str:
    """A file that names another machine that is known here lies under the wrong one. The first serial number
    that is not known; ''."""
    others = sorted({each for each in frame["device"].to_list() if each} - {serial})
    for told in others:
        if queries.find_device(actor=actor, serial=told):
            raise InvalidValue(f"{name}: berkas ini dari mesin {told}, bukan {serial}. Pilih mesinnya lagi.")
    return next((told for told in others if _SERIAL.fullmatch(told)), "")


def _rows(frame: pl.DataFrame, owners: Mapping[str, int]) -> Iterator[PunchRow]:
    for pin, nip, when, line, grain in frame.select("pin", "nip", "at", "line", "precision").iter_rows():
        # Whoever his number names is not asked for by the machine's own.
        person = None if nip is None else owners.get(nip)
        if person is not None or pin is not None:
            stranger = nip if person is None and nip and nip != pin else ""
            yield PunchRow(line, when, pin or "", person, grain=grain, nip=stranger)


def _strangers(frame: pl.DataFrame, owners: Mapping[str, int]) -> Iterator[Set]:
    alone = frame.filter(pl.col("pin").is_null() & pl.col("nip").is_not_null()).select("nip", "at", "line")
    for nip, when, line in alone.iter_rows():
        if nip not in owners:
            raw = f"{nip} {when:%Y-%m-%d %H:%M:%S}"
            yield Set(line, Fault.NOBODY, raw, f"baris {line}: NIP {nip} belum ada di data pegawai")


def _aside(problems: Sequence[Problem]) -> Iterator[Set]:
    for each in problems:
        fault = _FAULTS.get(each.code)
        if fault is not None and each.row is not None:
            raw = " ".join(part for part in (each.subject, each.value) if part) or each.message
            yield Set(each.row, fault, raw, f"baris {each.row}: {each.message}")


def bring_pins(
    *, actor: Actor, at: datetime, group: UUID, name: str, data: bytes, on: date
) -> tuple[int, Sequence[Problem]]:
    """Say whose the numbers of a sheet are: columns PIN, NIP, and SEJAK where it is not ``on``.

    How many were said, and what was wrong with other rows: nothing of these is stored. ``InvalidValue`` for a
    file without the columns; the refusals of ``assign_pins``, and then nothing is stored.
    """
    said, problems = read_pins(actor=actor, name=name, data=data, on=on)
    services.assign_pins(actor=actor, at=at, group=group, pins=said)
    return len(said), problems


def read_pins(
    *, actor: Actor, name: str, data: bytes, on: date
) -> tuple[Sequence[Assigned], Sequence[Problem]]:
    """Whose the numbers of a sheet are, and what is wrong with other rows. See ``bring_pins``."""
    table = read_table(data, name, PIN_ALIASES.get)
    if not {"PIN", "NIP"} <= set(table.columns):
        raise InvalidValue(f"{name}: kolom PIN dan NIP tidak ada.")
    fields = Fields(table, "NIP")
    pins = fields.read("PIN", read_pin, "pin")
    nips = fields.read_ids("NIP", once=False)
    since = fields.read("SEJAK", lambda text: read_date(text, "day"), "date")
    owners = columns.persons_by_nip(pl.Series([nip for nip in nips if nip], dtype=pl.String))
    uids = queries.uids_of(actor=actor, persons=owners.values())
    said = []
    for place, (pin, nip, day) in enumerate(zip(pins, nips, since, strict=True)):
        if nip is not None and nip not in owners:
            fields.tell(place, "unknown", "NIP", "belum ada di data pegawai")
        elif pin is None and place not in fields.refused:
            fields.tell(place, "pin", "PIN", "belum diisi")
        elif pin is not None and nip is not None and place not in fields.refused:
            said.append(Assigned(pin, uids[owners[nip]], day or on))
    return said, fields.in_order()
