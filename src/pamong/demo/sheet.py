"""A person's row in the month's sheet ("isian bulanan"): minutes, behaviour, fixed income and what else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

from pamong.demo.career import AS_OF, salary_table
from pamong.demo.people import PERSONAS, Person
from pamong.law.engine.loader import load_national
from pamong.law.engine.parameters import MILLION

_MINUTES_A_DAY = 300
_TARGET = 6_000


def bare_sheet(person: Person) -> dict[str, object]:
    """The row of somebody who is not at work: what is known of him, no minutes and no rating."""
    return {
        "NIP": person.nip,
        "PIN": person.pin,
        "KELAS JABATAN": person.seat.job_class,
        "KELOMPOK": person.seat.group,
        "PENGHASILAN TETAP": fixed_income(person),
        "LHKPN TERLAMBAT": False,
        "AKTIVITAS NEGATIF": False,
        "STATUS PTKP": _ptkp(person),
        "HARI KERJA": "5",
    }


def make_sheet(person: Person, attended: int, excused: Mapping[int, str], draws: Random) -> dict[str, object]:
    """The row of somebody at work. ``attended`` counts days with a punch or a reason."""
    persona = PERSONAS.get(person.who)
    told: Mapping[str, object] = persona.sheet if persona else {}
    rolls = [draws.random() for _ in range(8)]
    minutes = int(attended * _MINUTES_A_DAY * (0.78 + 0.34 * rolls[0] ** 0.6))
    minutes = int(str(told.get("MENIT KERJA", minutes)))
    flag = person.seat.flag
    row = bare_sheet(person) | {
        "MENIT KERJA": minutes,
        "NILAI PERILAKU": 100 - int(3 + 18 * rolls[1] ** 2 + (rolls[2] < 0.02) * 15),
        "LHKPN TERLAMBAT": flag == "lhkpn_late",
        "AKTIVITAS NEGATIF": flag == "negative",
        "APEL TIDAK HADIR": int(rolls[3] < 0.10) + int(rolls[3] < 0.02),
        "JAM KELUAR TANPA IZIN": 1 + int(rolls[4] * 3) if rolls[5] < 0.03 else 0,
        "NILAI PRODUKTIVITAS": min(100, minutes * 100 // _TARGET),
        "KETERANGAN HARI": ",".join(f"{day:02d}={excused[day]}" for day in sorted(excused)),
    }
    if flag == "income_missing":
        row["PENGHASILAN TETAP"] = None
    return row | dict(told)


def base_salary(person: Person) -> int:
    """Rupiah a month by the law's table (the row at or below the years of service); a CPNS has his share."""
    kind, career = person.seat.kind, person.career
    rows = _rows(kind, career.grade)
    amount = rows[max(years for years in rows if years <= career.mkg_years)]
    return amount * _rate("cpns_salary_share") // MILLION if kind == "CPNS" else amount


def fixed_income(person: Person) -> int:
    """Base salary, allowances for spouse and children (paid with the husband's salary), and for the post."""
    base = base_salary(person)
    family = 0
    if person.married and person.sex == "L":
        rate = _rate("spouse_allowance_rate") + person.children * _rate("child_allowance_rate")
        family = base * rate // MILLION
    return base + family + person.seat.form.allowance[person.seat.job_class]


@cache
def _rows(kind: str, grade: str) -> dict[int, int]:
    return {int(years): amount for (key, years), amount in salary_table(kind).items() if key == grade}


@cache
def _rate(name: str) -> int:
    """A rate of the law in parts per million."""
    found: Any = load_national()[f"pay/{name}"].on(AS_OF).value
    return int(found)


def _ptkp(person: Person) -> str:
    """Families are taxed with the husband; a wife who is employed has TK/0."""
    return f"K/{person.children}" if person.married and person.sex == "L" else "TK/0"
