"""The list of SP2D that the treasury sends back (CSV or XLSX), as rows: list, number, day, amount."""

from __future__ import annotations

from pamong.interop.tables import read_table
from pamong.interop.values import clean, read_date, read_rupiah
from pamong.kernel.errors import InvalidValue
from pamong.pay.path import Told

_HEADINGS = {
    "KUNCI": (
        "NOMOR SPM", "NO SPM", "NO. SPM", "SPM", "KUNCI DAFTAR", "KUNCI", "REFERENSI", "NOMOR SPM/KUNCI",
    ),
    "SP2D": ("NOMOR SP2D", "NO SP2D", "NO. SP2D"),
    "TANGGAL": ("TANGGAL SP2D", "TGL SP2D", "TANGGAL CAIR", "TGL. SP2D"),
    "NILAI": ("NILAI SP2D", "NILAI BRUTO", "NILAI", "JUMLAH", "BRUTO", "JUMLAH BRUTO"),
}  # fmt: skip
_KNOWN = {alias: name for name, aliases in _HEADINGS.items() for alias in (name, *aliases)}


def read_sp2d(data: bytes, name: str) -> tuple[Told, ...]:
    """Every row with an SP2D. ``InvalidValue`` with one sentence for a file, or a row, that can't be read:
    a list of payments is taken whole or not at all."""
    table = read_table(data, name, _KNOWN.get)
    missing = [_HEADINGS[column][0] for column in _HEADINGS if column not in table.columns]
    if missing:
        raise InvalidValue(
            f"{name}: kolom {', '.join(missing)} tidak ada. Tambahkan kolomnya, lalu unggah lagi."
        )
    if table.problems:
        raise InvalidValue(f"{name}: {table.problems[0].message}")
    rows = [
        _told(name, line, *(clean(table.columns[column][place]) for column in _HEADINGS))
        for place, line in enumerate(table.lines)
    ]
    found = tuple(row for row in rows if row is not None)
    if not found:
        raise InvalidValue(f"{name}: belum ada baris dengan nomor SP2D.")
    return found


def _told(name: str, line: int, key: str, number: str, on: str, amount: str) -> Told | None:
    if not any((key, number, on, amount)):
        return None
    if not key or not number:
        raise InvalidValue(f"{name}, baris {line}: nomor SPM atau nomor SP2D kosong.")
    day, day_fault = read_date(on, "day")
    value, value_fault = read_rupiah(amount)
    if day is None or value is None:
        fault = day_fault or value_fault or "tanggal atau nilai SP2D kosong"
        raise InvalidValue(f"{name}, baris {line}: {fault}.")
    return Told(line, key, number, day, value)
