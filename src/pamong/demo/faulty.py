"""A people file as offices send it: every habit and fault that an import has to bear or to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pamong.demo.people import SEED, make_people
from pamong.demo.siasn import siasn_row
from pamong.interop.headings import SIASN_HEADINGS
from pamong.interop.write import write_people_csv, write_xlsx

Row = dict[str, object]
Expected = tuple[int, str, str]  # row, column, code of the problem
_FIRST_ROW = 2
_FIRST_PERSON = 30  # behind the named people


@dataclass(frozen=True, slots=True)
class FaultyFiles:
    """The two files; by file name, the problems that a reader has to tell and how many rows go in."""

    csv: Path
    xlsx: Path
    expected: Mapping[str, tuple[Expected, ...]]
    good_rows: Mapping[str, int]


def write_faulty(folder: Path, seed: str = SEED) -> FaultyFiles:
    """Write ``pegawai-bermasalah.csv`` and ``.xlsx``; the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    csv, xlsx = folder / "pegawai-bermasalah.csv", folder / "pegawai-bermasalah.xlsx"
    rows, told = _spoilt(_CSV_FAULTS, seed)
    rows.append(dict(rows[0]))
    told.append((len(rows) + 1, "NIP BARU", "nip_twice"))
    body = write_people_csv({heading: str(cell) for heading, cell in row.items()} for row in rows)
    told.append((len(rows) + _FIRST_ROW, "", "row_too_wide"))
    csv.write_bytes(body + _without_quotes(body))
    good = {csv.name: len(rows) + 1 - _blocking(told)}
    sheet_rows, sheet_told = _spoilt(_XLSX_FAULTS, seed)
    xlsx.write_bytes(write_xlsx(SIASN_HEADINGS, sheet_rows, sheet="Data ASN"))
    good[xlsx.name] = len(sheet_rows) - _blocking(sheet_told)
    return FaultyFiles(csv, xlsx, {csv.name: tuple(told), xlsx.name: tuple(sheet_told)}, good)


def _plain(row: Row) -> None:
    """Apostrophes before numbers, as the export has them everywhere: no fault."""


def _null(row: Row) -> None:
    row |= dict.fromkeys(("GELAR DEPAN", "TMT JABATAN", "JENIS JABATAN NAMA", "MK BULAN"), "null")


def _dates(row: Row) -> None:
    """Four ways of writing a date in one row."""
    row["TANGGAL LAHIR"] = _day(row, "TANGGAL LAHIR").isoformat()
    row["TMT CPNS"] = f"{_day(row, 'TMT CPNS'):%d/%m/%Y}"
    row["TMT JABATAN"] = "3 Januari 2023"
    row["TMT GOLONGAN"] = str((date(2022, 4, 1) - date(1899, 12, 30)).days)


def _spaced(row: Row) -> None:
    nip = _nip(row)
    row["NIP BARU"] = f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
    row["NAMA"] = "Nur 'Aini"


def _short(row: Row) -> None:
    row["NIP BARU"] = f"'{_nip(row)[:17]}"


def _scientific(row: Row) -> None:
    row["NIP BARU"] = f"{_nip(row)[0]}.{_nip(row)[1:6]}E+17"


def _rounded(row: Row) -> None:
    row["NIP BARU"] = _nip(row)[:15] + "000"


def _number(row: Row) -> None:
    row["NIP BARU"] = int(_nip(row))


def _no_such_day(row: Row) -> None:
    row["TMT GOLONGAN"] = "31-02-2022"


def _no_such_grade(row: Row) -> None:
    row["GOL AKHIR NAMA"] = "III/f"


def _unknown_sex(row: Row) -> None:
    row["JENIS KELAMIN"] = "X"


def _nameless(row: Row) -> None:
    row["NAMA"] = "null"


def _other_birth(row: Row) -> None:
    row["TANGGAL LAHIR"] = "01-01-1970"


def _real_dates(row: Row) -> None:
    row |= {heading: _day(row, heading) for heading in ("TANGGAL LAHIR", "TMT CPNS")}


_NIP_FAULT, _WARNINGS = ("NIP BARU", "nip"), ("sex", "nip_birth")
_Fault = tuple[Callable[[Row], None], tuple[str, str] | None]
_CSV_FAULTS: tuple[_Fault, ...] = (
    (_plain, None),
    (_null, None),
    (_dates, None),
    (_spaced, None),
    (_short, _NIP_FAULT),
    (_scientific, _NIP_FAULT),
    (_rounded, _NIP_FAULT),
    (_no_such_day, ("TMT GOLONGAN", "date")),
    (_no_such_grade, ("GOL AKHIR NAMA", "golongan")),
    (_unknown_sex, ("JENIS KELAMIN", "sex")),
    (_nameless, ("NAMA", "name")),
    (_other_birth, ("TANGGAL LAHIR", "nip_birth")),
)
_XLSX_FAULTS: tuple[_Fault, ...] = (
    (_plain, None),
    (_real_dates, None),
    (_number, _NIP_FAULT),
    (_short, _NIP_FAULT),
    (_null, None),
)


def _spoilt(faults: tuple[_Fault, ...], seed: str) -> tuple[list[Row], list[Expected]]:
    people = make_people(_FIRST_PERSON + len(faults), seed)[_FIRST_PERSON:]
    rows: list[Row] = [dict(siasn_row(person, seed)) for person in people]
    told: list[Expected] = []
    for line, (row, (spoil, problem)) in enumerate(zip(rows, faults, strict=True), start=_FIRST_ROW):
        spoil(row)
        if problem:
            told.append((line, *problem))
    return rows, told


def _blocking(told: list[Expected]) -> int:
    return sum(code not in _WARNINGS for _, _, code in told)


def _without_quotes(body: bytes) -> bytes:
    """A row of the file once more, typed by somebody who put no quotes around ``S.E., M.M.``."""
    line = next(line for line in body.splitlines(keepends=True)[1:] if b'"' in line)
    return line.replace(b'"', b"")


def _nip(row: Row) -> str:
    return str(row["NIP BARU"]).strip("'")


def _day(row: Row, heading: str) -> date:
    day, month, year = (int(part) for part in str(row[heading]).split("-"))
    return date(year, month, day)
