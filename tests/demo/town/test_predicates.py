"""Scene 9: some sixty raises of those who lead fall due on 1 January 2027, and two of them have odd gates."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from pamong.demo.town.predicates import ODD, YEARS, _leading, _starts, predicates_of
from pamong.demo.town.shapes import Town
from pamong.law import kgb
from pamong.law.engine.law import load_law

JANUARY, TODAY = date(2027, 1, 1), date(2026, 11, 2)
LAW = load_law("contoh")


def facts_of(whole: Town) -> dict[int, kgb.Facts]:
    """What a raise of January is worked out from, of everybody in service."""
    standing = {row.person: row for row in whole.records.employments if row.end is None}
    golongan = {row.person: row.golongan for row in whole.records.ranks if row.end is None}
    leads = _leading(whole.structure, [whole.records])
    starts = _starts(whole.records)
    found = {}
    for row in whole.records.salary_steps:
        if row.end is None and row.person in standing:
            step = kgb.Step(golongan[row.person], row.mkg_years, row.mkg_months, row.start)
            rated = predicates_of(row.person, starts[row.person], leads=row.person in leads)
            predicates = {each.year: each.predicate.value for each in rated}
            kind, name = standing[row.person].kind, standing[row.person].standing
            found[row.person] = kgb.Facts(kind, name, step, predicates)
    return found


@pytest.fixture(scope="module")
def due(whole: Town) -> dict[int, kgb.Facts]:
    rules = kgb.rules_of(LAW, JANUARY)
    found = {}
    for person, facts in facts_of(whole).items():
        each = kgb.due(rules, facts)
        if isinstance(each, kgb.Due) and each.effective_on == JANUARY:
            found[person] = facts
    return found


def test_scene_9_some_sixty_of_the_secretarys_and_two_odd_ones(
    whole: Town, due: dict[int, kgb.Facts]
) -> None:
    leads = _leading(whole.structure, [whole.records])
    rules = kgb.rules_of(LAW, JANUARY)
    effects = {
        person: kgb.worst(kgb.conditions(rules, facts, on=JANUARY, today=TODAY))
        for person, facts in due.items()
        if person in leads
    }
    assert 55 <= len(effects) <= 65
    odd = {person: effect for person, effect in effects.items() if effect is not kgb.Effect.ALLOW}
    assert odd == dict(zip(ODD, (kgb.Effect.WARN, kgb.Effect.BLOCK), strict=True))
    for level in ("jpt_pratama", "administrator", "pengawas"):
        signer = kgb.signer(LAW, "surat pemberitahuan", level, JANUARY)
        assert signer is not None and signer.value == "sekda"


def test_most_of_the_town_is_rated_well_and_some_is_missing(whole: Town, due: dict[int, kgb.Facts]) -> None:
    told = Counter(facts.predicates.get(YEARS[-1], "") for facts in facts_of(whole).values())
    rated = sum(told.values()) - told[""]
    assert 0.95 < (told["baik"] + told["sangat baik"]) / rated < 0.99
    assert told["butuh perbaikan"] and told["kurang"] and told[""]
    assert 400 < len(due) < 700
