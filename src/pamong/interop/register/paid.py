"""What was paid last month: a list (CSV or XLSX) from whatever program or hand, to compare Pamong with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from pamong.interop.fields import Fields
from pamong.interop.kinds import kind_in_words, kind_of_headings
from pamong.interop.register.cells import read_name
from pamong.interop.register.paid_rows import Row, sort_rows, tell_totals
from pamong.interop.tables import Table, decode, file_problem, read_table
from pamong.interop.values import clean, read_int, read_rupiah
from pamong.kernel.errors import InvalidValue
from pamong.kernel.money import Rupiah
from pamong.kernel.problem import Problem

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.Int32,
    "file": pl.String,
    "nip": pl.String,
    "name": pl.String,
    "opd_name": pl.String,
    "job_class": pl.Int32,
    "ceiling": pl.Int64,
    "gross": pl.Int64,
    "cut": pl.Int64,
    "tax": pl.Int64,
    "health": pl.Int64,
    "net": pl.Int64,
    "base_salary": pl.Int64,
}

_MONEY = {
    "ceiling": "TPP MAKSIMAL",
    "gross": "TPP KOTOR",
    "cut": "POTONGAN",
    "tax": "PAJAK",
    "health": "IURAN",
    "net": "TPP BERSIH",
    "base_salary": "GAJI POKOK",
}
_NET = _MONEY["net"]
_NEEDED = ("NIP", _NET)
_HEADINGS = {
    "NIP": ("NIP BARU", "NIP PEGAWAI", "NIP/NI PPPK", "NI PPPK", "NIP / NI PPPK", "NIP/NIPPPK"),
    "NAMA": ("NAMA PEGAWAI", "NAMA LENGKAP", "NAMA PENERIMA"),
    "NO": ("NOMOR", "NO.", "NO URUT"),
    "OPD": ("PERANGKAT DAERAH", "SKPD", "NAMA OPD", "NAMA SKPD", "SATUAN KERJA", "OPD/UNIT"),
    "UNIT": ("UNIT KERJA", "NAMA UNIT"),
    "KELAS JABATAN": ("KELAS", "KELAS JAB", "KLS JABATAN", "KELAS JAB."),
    "TPP MAKSIMAL": ("BASIC TPP", "TPP BASIC", "PAGU TPP", "BESARAN TPP", "TPP PENUH", "TPP MAKS"),
    "TPP KOTOR": (
        "TPP BRUTO",
        "BRUTO",
        "KOTOR",
        "TPP SEBELUM PAJAK",
        "JUMLAH KOTOR",
        "JUMLAH BRUTO",
        "PENGHASILAN BRUTO",
        "TPP KOTOR/BRUTO",
    ),
    "POTONGAN": ("JUMLAH POTONGAN", "TOTAL POTONGAN", "POTONGAN TPP"),
    "PAJAK": ("PPH", "PPH 21", "PPH21", "PPH PASAL 21", "POTONGAN PPH", "POTONGAN PPH 21", "POTONGAN PAJAK"),
    "IURAN": (
        "BPJS",
        "BPJS KESEHATAN",
        "IURAN BPJS",
        "IURAN BPJS KESEHATAN",
        "POTONGAN BPJS",
        "POTONGAN BPJS KESEHATAN",
        "IURAN JAMINAN KESEHATAN",
        "IURAN KESEHATAN",
        "POTONGAN IURAN",
    ),
    "TPP BERSIH": (
        "DITERIMA",
        "BERSIH",
        "NETTO",
        "TPP NETTO",
        "TPP DITERIMA",
        "JUMLAH DITERIMA",
        "JUMLAH BERSIH",
        "TPP YANG DITERIMA",
        "JUMLAH YANG DITERIMA",
        "JUMLAH DIBAYARKAN",
        "TPP DIBAYARKAN",
    ),
    "GAJI POKOK": ("GAPOK",),
}
_KNOWN = {alias: heading for heading, aliases in _HEADINGS.items() for alias in (heading, *aliases)}
_CUT = re.compile(r"POT(?:ONGAN|\.) \S.*")  # one of several deductions: POTONGAN KEHADIRAN, POT. APEL
_DASHES = re.compile(r"(?:rp\.?)?\s*[-\u2013]+", re.IGNORECASE)  # how a money format shows a zero
_MINUS = re.compile(r"\((.+)\)|-(.+)")


def read_paid(data: bytes, name: str) -> tuple[pl.DataFrame, list[Problem]]:
    """Read a paid list into the columns of ``SCHEMA``: a row a person, whole rupiah, missing is null.

    ``cut`` is the column of all deductions, or else the sum of the single ones (a deduction may stand as a
    negative number). Rows that are no people are told, never taken for some: totals (compared with the rows
    above them), numbers under the headings, repeated headings, signatures. A wrong NIP or net keeps a row out
    (``block``); another wrong amount is told and left empty. A file that can't be used gives no rows and one
    ``block`` problem without a row.
    """
    try:
        table = read_table(data, name, _column)
        _require_paid(table, data)
    except InvalidValue as refusal:
        return pl.DataFrame(schema=SCHEMA), [file_problem(refusal, name)]
    kinds = sort_rows(table, list(_MONEY.values()))
    people, totals = _part(table, kinds, Row.PERSON), _part(table, kinds, Row.TOTAL)
    fields = Fields(people, "NIP")
    fields.problems.extend(_remarks(table, kinds))
    columns = _read(fields)
    _tell_sums(fields, columns)
    found = pl.DataFrame(fields.kept(columns), schema=SCHEMA)
    tell_totals(fields, columns, totals, _amounts(Fields(totals, "NIP")), _MONEY)
    return found, fields.in_order()


def _column(heading: str) -> str | None:
    bare = heading.replace("(RP)", "").replace("(RP.)", "").strip()
    return _KNOWN.get(bare) or (bare if _CUT.fullmatch(bare) else None)


def _require_paid(table: Table, data: bytes) -> None:
    missing = [heading for heading in _NEEDED if heading not in table.columns]
    if not missing:
        return
    other = kind_of_headings(list(table.headings))
    if not table.columns and not other and data[:2] not in (b"PK", b"\xd0\xcf"):
        other = kind_in_words(decode(data[:8192], table.name))
    what = f"{table.name}: kolom {' dan '.join(missing)} tidak ada, daftar pembayaran memerlukannya"
    raise InvalidValue(f"{what}; berkas ini tampaknya {other}." if other else f"{what}.")


def _part(table: Table, kinds: list[Row], kind: Row) -> Table:
    """The table with the rows of one kind only."""
    keep = [place for place, found in enumerate(kinds) if found is kind]
    part = Table(table.name, table.headings, lines=[table.lines[place] for place in keep])
    part.columns = {h: [cells[place] for place in keep] for h, cells in table.columns.items()}
    part.numbers = {heading: rows & set(part.lines) for heading, rows in table.numbers.items()}
    return part


_TOLD = {
    Row.HEADING: "judul kolom yang berulang, tidak dibaca",
    Row.NUMBERS: "nomor kolom di bawah judul, tidak dibaca",
    Row.REMARK: "bukan baris pegawai dan tanpa jumlah, tidak dibaca",
}


def _remarks(table: Table, kinds: list[Row]) -> list[Problem]:
    problems = [*table.problems]
    absent = [heading for heading in _MONEY.values() if heading not in table.columns]
    if absent == [_MONEY["cut"]] and _cuts(table):
        absent = []
    for code, what, which in (
        ("headings_absent", "kolom yang tidak ada dianggap tidak diisi", absent),
        ("headings_extra", "kolom yang tidak dipakai", table.extra),
    ):
        if which:
            problems.append(Problem(code, f"{what}: {', '.join(which)}", "info", source=table.name))
    for place, kind in enumerate(kinds):
        if kind in _TOLD:
            value = next((c[place].strip() for c in table.columns.values() if c[place].strip()), "")[:200]
            problems.append(
                Problem(
                    "no_person", _TOLD[kind], "info", source=table.name, row=table.lines[place], value=value
                )
            )
    return problems


def _read(fields: Fields) -> dict[str, list[Any]]:
    table = fields.table
    opds, units = (fields.read(heading, read_name, "text") for heading in ("OPD", "UNIT"))
    columns: dict[str, list[Any]] = {
        "line": list(table.lines),
        "file": [table.name] * len(table.lines),
        "nip": fields.read_ids("NIP"),
        "name": fields.read("NAMA", read_name, "name"),
        "opd_name": [opd or unit for opd, unit in zip(opds, units, strict=True)],
        "job_class": fields.read("KELAS JABATAN", lambda text: read_int(text, 1, 17), "job_class", "warn"),
        **_amounts(fields),
    }
    for place, text in enumerate(table.column(_NET)):
        if not clean(text) and not _DASHES.fullmatch(text.strip()):
            fields.tell(place, "amount", _NET, "kosong, harus diisi; tulis 0 jika tidak dibayar")
    return {column: columns[column] for column in SCHEMA}


def _cuts(table: Table) -> list[str]:
    """The single deductions of the file."""
    return [heading for heading in table.columns if _CUT.fullmatch(heading)]


def _amounts(fields: Fields) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for column, heading in _MONEY.items():
        reader = _read_deduction if column in ("cut", "tax", "health") else _read_amount
        severity: Any = "block" if heading == _NET else "warn"
        columns[column] = fields.read(heading, reader, "amount", severity)
    single = [fields.read(heading, _read_deduction, "amount", "warn") for heading in _cuts(fields.table)]
    if single and _MONEY["cut"] not in fields.table.columns:
        for place, parts in enumerate(zip(*single, strict=True)):
            known = [part for part in parts if part is not None]
            columns["cut"][place] = sum(known) if known else None
    return columns


def _read_amount(text: str) -> tuple[int | None, str]:
    """Whole rupiah; a dash is how a money format shows zero."""
    return (0, "") if _DASHES.fullmatch(text.strip()) else read_rupiah(text)


def _read_deduction(text: str) -> tuple[int | None, str]:
    """A deduction, also where it is written below zero: ``-150.000`` or ``(150.000)``."""
    match = None if _DASHES.fullmatch(text.strip()) else _MINUS.fullmatch(text.strip())
    return _read_amount(match[1] or match[2]) if match else _read_amount(text)


def _tell_sums(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    """Gross less what is taken off gives net, whichever way the list counts its deductions."""
    cells = zip(*(columns[name] for name in ("gross", "cut", "tax", "health", "net")), strict=True)
    for place, (gross, cut, tax, health, net) in enumerate(cells):
        if gross is None or net is None:
            continue
        taken, own = (tax or 0) + (health or 0), cut or 0
        # Deductions may be off the gross already, beside tax and contribution, or hold both of them.
        if net not in (gross - taken, gross - taken - own, gross - own):
            text = (
                f"{Rupiah(net)} tidak sama dengan kotor {Rupiah(gross)} dikurangi potongan, pajak, dan iuran"
            )
            fields.tell(place, "row_sum", _NET, text, "warn")
