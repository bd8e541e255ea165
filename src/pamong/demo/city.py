"""The seats of Kota Contoh, read from ``city.yaml``: 300, and the same city again for each further 300."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import yaml

_FORMS = {"s": "struktural", "f": "fungsional", "p": "pelaksana"}
_WOMEN_PERCENT = 48


def stream(seed: str, table: str, index: int) -> Random:
    """A random stream of its own per table and person, so that a new field reshuffles nothing."""
    digest = sha256(f"{seed}/{table}/{index}".encode()).digest()
    return Random(int.from_bytes(digest))  # noqa: S311 - invented people need no secrets


@dataclass(frozen=True, slots=True)
class Study:
    """A programme: SIASN code and name of its level, first grades, titles in front and behind."""

    level_id: str
    level: str
    name: str
    pns_grade: str
    pppk_grade: str
    age: int
    front: str = ""
    back: str = ""
    old: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of post with its invented monthly allowance (rupiah) by class."""

    id: str
    name: str
    allowance: dict[int, int] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing by law, as SIASN names it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An office. ``code`` fits a unit path; ``by`` names the kind of file that its machine writes."""

    id: str
    code: str
    name: str
    opd: str
    by: str
    order: int


@dataclass(frozen=True, slots=True)
class Seat:
    """One place in a unit, and what kind of person sits there. ``kind`` is PNS, CPNS or PPPK."""

    unit: Unit
    order: int
    post: str
    form: Form
    job_class: int
    grades: tuple[str, str]
    study: Study
    kind: str
    group: str
    standing: Standing
    women: int
    flag: str = ""  # income_missing, lhkpn_late or negative
    who: str = ""


def seats(people: int) -> list[Seat]:
    """The first so many seats: named people first, then spread evenly over the units; stable as it grows."""
    found: list[Seat] = []
    for copy in range(-(-people // len(_plan(0)))):
        found += _plan(copy)
    return found[:people]


@cache
def city() -> dict[str, Any]:
    """The file's content."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("city.yaml").read_text("utf-8"))
    return found


@cache
def _tables() -> tuple[dict[str, Study], dict[str, Form], dict[str, Standing]]:
    raw = city()
    levels = raw["levels"]
    studies = {key: _study(entry, levels[entry["level"]]) for key, entry in raw["studies"].items()}
    forms = {key: Form(**entry) for key, entry in raw["forms"].items()}
    return studies, forms, {key: Standing(**entry) for key, entry in raw["standings"].items()}


def _study(entry: dict[str, Any], level: dict[str, Any]) -> Study:
    titles = {key: entry[key] for key in ("front", "back", "old") if key in entry}
    return Study(
        level["id"], level["name"], entry["name"], level["pns"], level["pppk"], level["age"], **titles
    )


@cache
def _plan(copy: int) -> tuple[Seat, ...]:
    """One whole city. The k-th of a unit's n seats ranks at k/n: any beginning is a small city."""
    named: list[str] = city()["named"]
    ranked = []
    for number, entry in enumerate(city()["units"], start=1):
        own = list(_unit_seats(entry, number, copy))
        for place, seat in enumerate(own):
            rank = named.index(seat.who) if seat.who else len(named)
            ranked.append(((rank, place / len(own), number), seat))
    return tuple(seat for _, seat in sorted(ranked, key=lambda pair: pair[0]))


def _unit_seats(entry: dict[str, Any], number: int, copy: int) -> Iterator[Seat]:
    again = f" {copy + 1}" if copy else ""
    unit = Unit(
        id=f"C0470000-0000-0000-0000-{copy * 100 + number:012d}",
        code=entry["code"] + again.replace(" ", "_"),
        name=entry["name"] + again,
        opd=entry["opd"] + again,
        by=entry.get("by", "attlog"),
        order=copy * 100 + number,
    )
    order = 0
    for raw in entry["seats"]:
        for _ in range(raw.get("n", 1)):
            order += 1
            yield _seat(raw, entry, unit, order, named=not copy)


def _seat(raw: dict[str, Any], entry: dict[str, Any], unit: Unit, order: int, *, named: bool) -> Seat:
    studies, forms, standings = _tables()
    kind = raw.get("as", "PNS")
    low, high = raw["grades"]
    # A large government has fewer people on long leave: only each tenth copy of the city has any.
    special = raw.get("standing") if unit.order // 100 % 10 == 0 else None
    return Seat(
        unit=unit,
        order=order,
        post=raw["post"],
        form=forms[_FORMS[raw["form"]]],
        job_class=raw["class"],
        grades=(low, high),
        study=studies[raw["study"]],
        kind=kind,
        group=raw.get("group", entry.get("group", "TPP")),
        standing=standings[special or ("pppk" if kind == "PPPK" else "aktif")],
        women=100 if raw.get("sex") == "P" else entry.get("women", _WOMEN_PERCENT),
        flag=raw.get("flag", ""),
        who=raw.get("who", "") if named else "",
    )
