"""What an address names as a unit is a code, or fits no unit: never a pattern, never an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from pamong.access import clock
from pamong.organisation import queries as organisation
from pamong.organisation.choices import is_code, subtree
from pamong.people import quality, queries
from pamong.people.queries import Asked
from pamong.web.organisation.vacancies import asked_of
from pamong.web.people.law import national
from tests.support.people import AT, TODAY, People
from tests.web.entries.test_entries import browser

NO_CODES = ["dinas kesehatan", "!", "a.b|*", "*", "dinkes.*", "dinkes|disdik", "", "é", "x" * 300, "{1}", "%"]
Ask = Callable[[dict[str, Any], str], Any]
LISTS: dict[str, Ask] = {
    "people": lambda told, unit: queries.list_people(at=AT, asked=Asked(unit=unit), **told).total,
    "everybody": lambda told, unit: queries.list_everybody(at=AT, asked=Asked(unit=unit), **told),
    "retiring": lambda told, unit: (
        queries.plan_retirements(
            at=AT, law=national(), until=TODAY.replace(year=2090), unit=unit, **told
        ).months
    ),
    "seats": lambda told, unit: queries.list_seats(unit=unit, below=True, **told),
    "vacancies": lambda told, unit: queries.list_vacancies(below=unit, **told).rows,
    "counts": lambda told, unit: queries.count_seats(below=unit, **told),
    "board": lambda told, unit: quality.count_findings(law=national(), unit=unit, **told).looked,
    "findings": lambda told, unit: (
        quality.list_findings(at=AT, law=national(), rules=quality.RULES, unit=unit, **told).rows
    ),
    "units": lambda told, unit: organisation.list_units(below=unit, **told),
    "tree": lambda told, unit: organisation.unit_tree(root=unit, **told),
    "picker": lambda told, unit: organisation.find_units(words="dinas", below=unit, **told),
    "unit seats": lambda told, unit: organisation.list_seats(unit=unit, below=True, **told),
    "posts": lambda told, unit: organisation.count_posts(unit=unit, **told),
}


@pytest.mark.parametrize("name", LISTS)
def test_what_is_no_code_fits_no_unit(people: People, name: str) -> None:
    told = {"actor": people.actor("nurul"), "on": TODAY}
    assert LISTS[name](told, "dinkes"), "a code finds what is there"
    for unit in NO_CODES:
        if unit:  # nothing asked for is no narrowing
            assert not LISTS[name](told, unit), unit


@given(st.text(max_size=12))
def test_only_a_code_becomes_a_pattern(text: str) -> None:
    assert (subtree(text) == f"*.{text}.*") is is_code(text)
    assert is_code(text) or subtree(text) == "*{0}"


@pytest.mark.parametrize("unit", ["dinas kesehatan", "!", "x" * 300])
def test_pages_with_a_mistyped_unit_are_empty_not_broken(
    people: People, monkeypatch: pytest.MonkeyPatch, settings: Any, unit: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR = False
    for path in ("/pegawai/", "/pegawai/pensiun/", "/mutu-data/", "/api/v1/people"):
        answer = browser("nurul").get(path, {"unit": unit})
        assert answer.status_code == 200, path


def test_vacancies_leave_out_what_is_no_code() -> None:
    assert asked_of(QueryDict("unit=dinas kesehatan"), TODAY).unit == ""
    assert asked_of(QueryDict("unit=pkm_1"), TODAY).unit == "pkm_1"
