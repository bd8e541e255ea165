"""The invented rules of careers, posts and programmes, read from the YAML files beside; months as numbers.

A *month* here is an integer, year x 12 + month - 1: careers count in months, and integers are fast.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pamong.law.engine.loader import load_national

YEAR = 12
_LAST_YEAR = 2040


@cache
def read(name: str) -> dict[str, Any]:
    """The content of one of the town's YAML files."""
    path = Path(__file__).parent / "data" / f"{name}.yaml"
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def month_of(day: date) -> int:
    """The month of a day as a number."""
    return day.year * YEAR + day.month - 1


@cache
def first_of(month: int) -> date:
    """The first day of a month given as a number."""
    return date(month // YEAR, month % YEAR + 1, 1)


@cache
def law(key: str) -> Any:
    """What a parameter of the national law says today, e.g. ``career/acting_months``."""
    return load_national()[key].on(TODAY).value


TODAY: date = read("rules")["today"]
NOW = month_of(TODAY)
BEGIN: date = read("rules")["begin"]
STRUCTURE: date = read("rules")["structure"]
REFORM: date = read("structure")["reform"]


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A programme with what it leads to. ``base`` is the one before; ``alone``: nobody starts with that."""

    key: str
    level_id: str
    level: str
    name: str
    pns: str
    pppk: str
    age: int
    front: str
    back: str
    base: Study | None
    alone: bool
    old: bool


@dataclass(frozen=True, slots=True, eq=False)
class PostRule:
    """A post at one level: golongan bounds and ``age`` at which service ends.

    ``track`` is a or t of functional posts; ``former`` the post key that people come from.
    """

    key: str
    name: str
    kind: str
    jenjang: str
    eselon: str
    family: str
    job_class: int
    grades: tuple[str, str]
    studies: tuple[Study, ...]
    women: int
    age: int
    track: str = ""
    office: bool = False
    former: str = ""

    @property
    def managerial(self) -> bool:
        """Whether the post leads people by law."""
        return self.kind in LADDER


LADDER = ("pengawas", "administrator", "jpt_pratama")
LEVELS = {
    "a": ("Ahli Pertama", "Ahli Muda", "Ahli Madya", "Ahli Utama"),
    "t": ("Pemula", "Terampil", "Mahir", "Penyelia"),
}
_LEVEL_KEYS = {name.rpartition(" ")[2].lower(): name for names in LEVELS.values() for name in names}


@cache
def studies() -> dict[str, Study]:
    """All programmes by key."""
    raw = read("studies")
    firsts = {"pns": law("career/education_first_golongan"), "pppk": law("career/education_pppk_golongan")}
    found: dict[str, Study] = {}
    for key, entry in raw["studies"].items():  # a base stands before what builds on it
        level = raw["levels"][entry["level"]]
        pns, pppk = (tables.get((entry["level"],)) or level[kind] for kind, tables in firsts.items())
        found[key] = Study(
            key,
            level["id"],
            level["name"],
            entry["name"],
            pns,
            pppk,
            level["age"],
            entry.get("front", ""),
            entry.get("back", ""),
            found[entry["base"]] if "base" in entry else None,
            entry.get("entry") == "self",
            entry.get("old", False),
        )
    return found


@cache
def post_rule(key: str) -> PostRule:
    """The rule of ``guru_sd.muda``, ``penelaah`` or ``lurah``. KeyError for an unknown one."""
    name, _, level = key.partition(".")
    raw, rules = read("posts"), read("rules")
    if level:
        return _functional(name, raw["functional"][name], _LEVEL_KEYS[level], rules)
    kind = "managerial" if name in raw["managerial"] else "pelaksana"
    entry = raw[kind][name]
    eselon = entry.get("eselon", "")
    kind = entry.get("kind", kind)
    sides = [f"career/eselon_{side}_golongan" for side in ("lowest", "highest")]
    grades = [law(side)[eselon,] for side in sides] if eselon else entry["grades"]
    return PostRule(
        key=key,
        name=entry["name"],
        kind=kind,
        jenjang="",
        eselon=eselon,
        family="",
        job_class=entry.get("class") or rules["echelon_classes"][eselon],
        grades=tuple(grades),
        studies=tuple(studies()[study] for study in entry["study"]),
        women=entry.get("women", 48),
        age=_age(kind),
    )


def _functional(name: str, entry: dict[str, Any], level: str, rules: dict[str, Any]) -> PostRule:
    family = entry.get("family", "")
    classes = rules["level_classes"] | entry.get("classes", {})
    low, high = rules["levels"][level]
    return PostRule(
        key=f"{name}.{level.rpartition(' ')[2].lower()}",
        name=entry["name"],
        kind="jf",
        jenjang=level,
        eselon="",
        family=family,
        job_class=classes[level],
        grades=(low, high),
        studies=tuple(studies()[study] for study in entry["study"]),
        women=entry.get("women", 48),
        age=_age(family, f"jf_{level.lower().replace(' ', '_')}"),
        track=entry["track"],
        office=entry.get("office", False),
        former=entry.get("former", ""),
    )


def _age(*names: str) -> int:
    """The age at which service ends; a special law goes before the general one."""
    tables = ("retirement_age_teacher", "retirement_age_functional", "retirement_age")
    found = (law(f"career/{table}").get((name,)) for table in tables for name in names)
    return int(next(age for age in found if age))


@cache
def salary_years(kind: str) -> dict[str, tuple[int, ...]]:
    """The years of service that the salary table has, by golongan in its order; ``kind`` is pns or pppk."""
    table = law(f"pay/base_salary_{kind}")
    found: dict[str, list[int]] = {}
    for golongan, years in table:
        found.setdefault(str(golongan), []).append(int(years))
    return {golongan: tuple(sorted(years)) for golongan, years in found.items()}


@cache
def ladder() -> tuple[str, ...]:
    """The golongan of PNS from the lowest up."""
    return tuple(salary_years("pns"))


@cache
def place(golongan: str) -> int:
    """Where a golongan of PNS stands on the ladder."""
    return ladder().index(golongan)


@cache
def level_places(level: str) -> tuple[int, int]:
    """Lowest and highest place on the ladder of a functional level."""
    low, high = read("rules")["levels"][level]
    return place(low), place(high)


@cache
def _promotion_months() -> list[int]:
    periods = read("rules")["periods"]
    found = []
    for entry, later in zip(periods, [*periods[1:], None], strict=True):
        end = month_of(later["from"]) if later else _LAST_YEAR * YEAR
        found += [
            month for month in range(month_of(entry["from"]), end) if month % YEAR + 1 in entry["months"]
        ]
    return found


def promotion_month(due: int) -> int:
    """The first month from ``due`` on in which promotions take effect."""
    months = _promotion_months()
    return months[bisect_left(months, due)]


@cache
def _rotations() -> list[date]:
    """The days on which the town inducts people into leading posts: the first Wednesday of three months."""
    days = [date(year, month, 1) for year in range(1988, 2029) for month in (2, 7, 10)]
    days = [day.replace(day=1 + (2 - day.weekday()) % 7) for day in days]
    return sorted({*days, REFORM})


def rotation_after(day: date) -> date:
    """The first induction day from ``day`` on."""
    days = _rotations()
    return days[bisect_left(days, day)]


def pick(options: Sequence[Any], draw: float) -> Any:
    """The option that a draw from [0, 1) falls on."""
    return options[int(draw * len(options))]
