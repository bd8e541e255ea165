"""A list of leave as offices keep it: whose, which kind, from when until when, by which document."""

from __future__ import annotations

from datetime import date

from pamong.attendance.choices import ExcuseKind
from pamong.interop.fields import Fields
from pamong.interop.kinds import kind_in_words, kind_of_headings
from pamong.interop.tables import Table, decode, read_table
from pamong.interop.values import clean, read_date
from pamong.kernel.clock import day_fault
from pamong.kernel.errors import InvalidValue
from pamong.leave.choices import KINDS, kind_named
from pamong.leave.services import Leave, ListedLeave, ListProblem

HEADINGS = ("NIP", "JENIS", "MULAI", "SELESAI", "NOMOR", "TANGGAL")
_ALIASES = {
    "NIP BARU": "NIP", "JENIS CUTI": "JENIS", "TANGGAL MULAI": "MULAI", "TANGGAL SELESAI": "SELESAI",
    "SAMPAI": "SELESAI", "NOMOR SURAT": "NOMOR", "TANGGAL SURAT": "TANGGAL",
}  # fmt: skip


def read_leave_list(data: bytes, name: str) -> tuple[list[ListedLeave], list[ListProblem]]:
    """Read the rows that say a leave, and what is wrong with the others.

    A file that is another kind of file gives no row and one problem that says what it seems to be.
    """
    try:
        table = read_table(data, name, _column)
        _require_columns(table, data)
    except InvalidValue as refusal:
        return [], [ListProblem(None, str(refusal).removeprefix(f"{name}: "))]
    fields = Fields(table, "NIP")
    nips = fields.read_ids("NIP", once=False)
    kinds = fields.read("JENIS", _kind, "kind")
    starts, ends, dated = (fields.read(column, _day, "day") for column in ("MULAI", "SELESAI", "TANGGAL"))
    numbers = fields.read("NOMOR", _number, "number")
    rows = []
    for place, line in enumerate(table.lines):
        nip, kind, first, last = nips[place], kinds[place], starts[place], ends[place]
        number, day = numbers[place], dated[place]
        if place not in fields.refused and nip and kind and first and last and number and day:
            rows.append(ListedLeave(line, nip, Leave(kind, first, last, number, day)))
    return rows, [
        ListProblem(each.row, f"{each.column}: {each.message}." if each.column else f"{each.message}.")
        for each in fields.in_order()
        if each.severity == "block"
    ]


def _column(heading: str) -> str | None:
    heading = _ALIASES.get(heading, heading)
    return heading if heading in HEADINGS else None


def _require_columns(table: Table, data: bytes) -> None:
    missing = [heading for heading in HEADINGS if heading not in table.columns]
    if not missing:
        return
    other = kind_of_headings(list(table.headings))
    if not other and data[:2] not in (b"PK", b"\xd0\xcf"):
        other = kind_in_words(decode(data[:8192], table.name))
    if other:
        raise InvalidValue(f"{table.name}: berkas ini tampaknya {other}, bukan daftar cuti.")
    raise InvalidValue(
        f"{table.name}: kolom {', '.join(missing)} tidak ada. Daftar cuti memerlukan {', '.join(HEADINGS)}."
    )


def _kind(said: str) -> tuple[ExcuseKind | None, str]:
    kind = kind_named(clean(said))
    known = ", ".join(f"{each.value} ({each.label})" for each in KINDS)
    return (kind, "") if kind else (None, f"'{said[:40]}' bukan jenis cuti, isi salah satu: {known}")


def _day(said: str) -> tuple[date | None, str]:
    found, fault = read_date(said, "day")
    if found is None:
        return None, fault or "belum diisi"
    return (None, day_fault(found).rstrip(".")) if day_fault(found) else (found, "")


def _number(said: str) -> tuple[str | None, str]:
    return (clean(said), "") if clean(said) else (None, "belum diisi")
