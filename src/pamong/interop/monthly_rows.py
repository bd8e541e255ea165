"""The month's own sheet ("isian bulanan") as columns: read without Polars, so that a page may too."""

from __future__ import annotations

import re
from typing import Any

from pamong.interop.fields import Fields
from pamong.interop.headings import MONTHLY_ALIASES, MONTHLY_HEADINGS
from pamong.interop.kinds import kind_in_words, kind_of_headings
from pamong.interop.tables import Table, decode, read_table
from pamong.interop.values import clean, read_int, read_pin, read_rupiah, read_yes
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem

_GROUPS = {"TPP": "tpp", "TPG": "tpg", "BLUD": "blud", "INSENTIF": "incentive", "TIDAK": "none"}
_NONE_OR_SAID = {
    "LHKPN TERLAMBAT": "lhkpn_late",
    "AKTIVITAS NEGATIF": "negative_activity",
    "JAM KELUAR TANPA IZIN": "hours_left",
}
_PTKP = re.compile(r"(TK|K) ?[/.]? ?([0-3])", re.IGNORECASE)
_EXCUSE = re.compile(r"([0-9]{1,2})(?: ?- ?([0-9]{1,2}))? ?= ?([A-Za-z][A-Za-z0-9]{0,5})")
_WEEK = re.compile(r"([56])(?: hari)?", re.IGNORECASE)
_LAST_DAY = 31
_MINUTES_OF_MONTH = _LAST_DAY * 24 * 60


def read_columns(data: bytes, name: str) -> tuple[dict[str, list[Any]], list[Problem]]:
    """Read the sheet into columns by name, one value a row; see ``monthly.read_monthly`` for what they hold.

    ``InvalidValue`` for a file that can't be used at all.
    """
    table = read_table(data, name, _column)
    _require_monthly(table, data)
    fields = Fields(table, "NIP")
    fields.problems.extend(_remarks(table))
    columns = _read(fields)
    return fields.kept(columns), fields.in_order()


def _column(heading: str) -> str | None:
    heading = MONTHLY_ALIASES.get(heading, heading)
    return heading if heading in MONTHLY_HEADINGS else None


def _require_monthly(table: Table, data: bytes) -> None:
    other = kind_of_headings(list(table.headings))
    if not table.columns and not other and data[:2] not in (b"PK", b"\xd0\xcf"):
        other = kind_in_words(decode(data[:8192], table.name))
    if other not in ("", "isian bulanan"):
        raise InvalidValue(f"{table.name}: berkas ini tampaknya {other}, bukan isian bulanan.")
    if "NIP" not in table.columns:
        raise InvalidValue(f"{table.name}: kolom NIP tidak ada, isian bulanan memerlukannya.")


def _remarks(table: Table) -> list[Problem]:
    """Absent optional columns and columns that nobody reads, by name."""
    absent = [heading for heading in MONTHLY_HEADINGS if heading not in table.columns]
    problems = []
    if absent:
        text = f"kolom yang tidak ada dianggap tidak diisi: {', '.join(absent)}"
        problems.append(Problem("headings_absent", text, "info", source=table.name))
    if table.extra:
        text = f"kolom yang tidak dipakai: {', '.join(table.extra)}"
        problems.append(Problem("headings_extra", text, "info", source=table.name))
    return problems


def _read(fields: Fields) -> dict[str, list[Any]]:
    table = fields.table
    columns: dict[str, list[Any]] = {
        "nip": fields.read_ids("NIP"),
        "pin": fields.read("PIN", read_pin, "pin"),
    }
    columns["job_class"] = fields.read("KELAS JABATAN", lambda text: read_int(text, 1, 17), "job_class")
    columns["pay_group"] = fields.read("KELOMPOK", _read_group, "pay_group")
    columns["minutes"] = fields.read(
        "MENIT KERJA", lambda text: read_int(text, 0, _MINUTES_OF_MONTH), "minutes"
    )
    columns["behaviour"] = fields.read("NILAI PERILAKU", _read_score, "behaviour")
    columns["fixed_income"] = fields.read("PENGHASILAN TETAP", read_rupiah, "fixed_income")
    columns["lhkpn_late"] = fields.read("LHKPN TERLAMBAT", read_yes, "yes_no")
    columns["negative_activity"] = fields.read("AKTIVITAS NEGATIF", read_yes, "yes_no")
    columns["musters_missed"] = fields.read(
        "APEL TIDAK HADIR", lambda text: read_int(text, 0, 999), "musters"
    )
    columns["hours_left"] = fields.read("JAM KELUAR TANPA IZIN", _read_count, "hours_left")
    columns["productivity_score"] = fields.read("NILAI PRODUKTIVITAS", _read_score, "productivity")
    columns["ptkp"] = fields.read("STATUS PTKP", _read_ptkp, "ptkp")
    columns["excused"] = fields.read("KETERANGAN HARI", _read_excused, "excused")
    columns["week"] = fields.read("HARI KERJA", _read_week, "week")
    columns["line"] = list(table.lines)
    columns["file"] = [table.name] * len(table.lines)
    _refuse_shared_pins(fields, columns["pin"])
    for heading, told in _NONE_OR_SAID.items():
        if heading not in table.columns:  # an empty cell says "none"; a column that is not there says nothing
            columns[told] = [None] * len(table.lines)
    return columns


def _refuse_shared_pins(fields: Fields, pins: list[str | None]) -> None:
    """Two people with one PIN: nobody can tell whose punches they are, so both rows stay out."""
    places: dict[str, list[int]] = {}
    for place, pin in enumerate(pins):
        if pin is not None and place not in fields.refused:
            places.setdefault(pin, []).append(place)
    for pin, shared in places.items():
        for place in shared if len(shared) > 1 else ():
            others = ", ".join(str(fields.table.lines[other]) for other in shared if other != place)
            fields.tell(place, "pin_twice", "PIN", f"PIN {pin} juga dipakai di baris {others}")


def _read_group(text: str) -> tuple[str | None, str]:
    bare = clean(text).upper()
    if not bare:
        return None, ""
    group = _GROUPS.get(bare)
    return group, "" if group else f"'{bare[:40]}' tidak dikenal, isi {', '.join(_GROUPS)}"


def _read_score(text: str) -> tuple[int | None, str]:
    return read_int(text, 0, 100)


def _read_count(text: str) -> tuple[int | None, str]:
    value, fault = read_int(text, 0, 999)
    return (0 if value is None and not fault else value), fault


def _read_ptkp(text: str) -> tuple[str | None, str]:
    bare = clean(text)
    if not bare:
        return None, ""
    match = _PTKP.fullmatch(bare)
    if match is None:
        return None, f"'{bare[:40]}' bukan status PTKP, contoh yang benar: TK/0 atau K/2"
    return f"{match[1].upper()}/{match[2]}", ""


def _read_excused(text: str) -> tuple[str, str]:
    """``5=ct; 06-07=DL`` becomes ``05=CT,06=DL,07=DL``: sorted, one entry a day."""
    days: dict[int, str] = {}
    for part in re.split(r"[,;\n]", clean(text)):
        if not part.strip():
            continue
        match = _EXCUSE.fullmatch(part.strip())
        if match is None:
            return "", f"'{part.strip()[:40]}' tidak dikenal, contoh yang benar: 05=CT,06=DL"
        first, last, code = int(match[1]), int(match[2] or match[1]), match[3].upper()
        if not 1 <= first <= last <= _LAST_DAY:
            return "", f"'{part.strip()[:40]}' bukan tanggal 1 sampai {_LAST_DAY}"
        for day in range(first, last + 1):
            if days.setdefault(day, code) != code:
                return "", f"tanggal {day} punya dua keterangan, {days[day]} dan {code}"
    return ",".join(f"{day:02d}={days[day]}" for day in sorted(days)), ""


def _read_week(text: str) -> tuple[str | None, str]:
    bare = clean(text)
    if not bare:
        return "5", ""
    match = _WEEK.fullmatch(bare)
    return (match[1], "") if match else (None, f"'{bare[:40]}' tidak dikenal, isi 5 atau 6")
