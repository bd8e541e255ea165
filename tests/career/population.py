"""Invented people for whom raises are worked out both ways: as frames, and as facts."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import polars as pl

from pamong.law.kgb import Rules

KINDS = ("PNS", "PNS", "PNS", "CPNS", "PPPK", "PPPK", "PPPK_PW")
STANDINGS = ("Aktif", "Aktif", "PPPK Aktif", " aktif ", "CLTN", "Masa Persiapan Pensiun", "")
PREDICATES = ("sangat baik", "baik", "baik", "butuh perbaikan", "kurang", "sangat kurang", "cukup")
_PEOPLE = {
    "person_id": pl.Int64, "uid": pl.String, "kind": pl.String, "standing": pl.String, "golongan": pl.String,
    "mkg_years": pl.Int32, "mkg_months": pl.Int32, "since": pl.Date, "contract_months": pl.Int32,
}  # fmt: skip
_PREDICATES = {"person_id": pl.Int64, "year": pl.Int32, "predicate": pl.String}
_AWAY = {"person_id": pl.Int64, "since": pl.Date, "until": pl.Date}
_DELAYS = {"person_id": pl.Int64, "ground": pl.String, "since": pl.Date, "until": pl.Date}


def population(
    count: int, seed: int, rules: Rules, today: date
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """People, their predicates, their delays and their unpaid leave; some of everything that is odd."""
    draw = random.Random(seed)  # noqa: S311 - invented people
    people = [_person(draw, number, rules, today) for number in range(1, count + 1)]
    predicates = [
        (number, year, draw.choice(PREDICATES))
        for number in range(1, count + 1)
        for year in range(today.year - 4, today.year + 1)
        if draw.random() < 0.75
    ]
    delays = [row for number in range(1, count + 1) for row in _delays(draw, number, today)]
    away = [row for number in range(1, count + 1) for row in _away(draw, number, today)]
    return (
        pl.DataFrame(people, schema=_PEOPLE, orient="row"),
        pl.DataFrame(predicates, schema=_PREDICATES, orient="row"),
        pl.DataFrame(delays, schema=_DELAYS, orient="row"),
        pl.DataFrame(away, schema=_AWAY, orient="row"),
    )


def _person(draw: random.Random, number: int, rules: Rules, today: date) -> tuple[Any, ...]:
    kind = draw.choice(KINDS)
    scale = sorted(rules.table(kind).rows) or ["III/a"]
    golongan = draw.choice([*scale, *scale, "", "X/z"]) if number % 7 else draw.choice(["II/a", "V"])
    step: tuple[Any, ...] = (None, None, None)
    if draw.random() < 0.95:
        years = draw.choice([0, 0, draw.randrange(0, 36)])
        since = today - timedelta(days=draw.randrange(0, 1500))
        step = (
            years, draw.choice([0, 0, draw.randrange(0, 12)]),
            since if number % 5 == 0 else since.replace(day=1),
        )  # fmt: skip
    contract = draw.choice([None, 12, 13, 24, 25, 60]) if kind.startswith("PPPK") else None
    return (number, str(UUID(int=number)), kind, draw.choice(STANDINGS), golongan, *step, contract)


def _delays(draw: random.Random, number: int, today: date) -> list[tuple[Any, ...]]:
    """Up to three, one after the other or apart, of either kind; some end within a month."""
    found: list[tuple[Any, ...]] = []
    ends: dict[str, date] = {}
    for _ in range(draw.choice([0, 0, 0, 0, 1, 1, 2, 3])):
        ground = draw.choice(["performance", "performance", "discipline"])
        since = ends.get(ground) or (today - timedelta(days=draw.randrange(0, 500))).replace(day=1)
        until = since + timedelta(days=draw.randrange(1, 366))
        until = until if draw.random() < 0.2 else max(until.replace(day=1), since + timedelta(days=1))
        found.append((number, ground, since, until))
        ends[ground] = until + timedelta(days=draw.choice([0, 40]))
    return found


def _away(draw: random.Random, number: int, today: date) -> list[tuple[Any, ...]]:
    """Up to two stretches without service, with any first and last day; some have no end."""
    found: list[tuple[Any, ...]] = []
    since = today - timedelta(days=draw.randrange(0, 1800))
    for _ in range(draw.choice([0, 0, 0, 1, 1, 2])):
        until = since + timedelta(days=draw.randrange(1, 500))
        if draw.random() < 0.15:
            return [*found, (number, since, None)]
        found.append((number, since, until))
        since = until + timedelta(days=draw.choice([0, 0, 20, 200]))
    return found
