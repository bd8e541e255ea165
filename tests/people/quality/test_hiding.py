"""From all that all pages show, no hidden number can be worked out: another register would show the same."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.people.quality.hiding import FEW, Hidden, cell, hide

Units = dict[tuple[str, str], int]
OFFICES = st.dictionaries(
    st.sampled_from("ABCD"),
    st.dictionaries(st.sampled_from("pqrs"), st.integers(0, 12), min_size=1),
    min_size=1,
)


KEY = b"of this site"


def hidden_of(units: Mapping[tuple[str, str], int], key: bytes = KEY) -> Hidden:
    return hide({place: cell(number, number) for place, number in units.items()}, key)


def shown(units: Units, hidden: Hidden) -> dict[object, int]:
    """Every number that any page shows."""
    found: dict[object, int] = {} if hidden.whole else {"all": sum(units.values())}
    for office in {office for office, _ in units} - hidden.offices:
        found[office] = sum(number for (its, _), number in units.items() if its == office)
    return found | {key: number for key, number in units.items() if key not in hidden.units}


def others(units: Units, hidden: Hidden) -> list[Units]:
    """Other registers that show the same: some people of one hidden unit are counted in another, or gone.

    That somebody is behind a hidden number is known: zero is shown.
    """
    told, found = shown(units, hidden), []
    for one in hidden.units:
        for two in (None, *hidden.units):
            for moved in (-2, -1, 1, 2):
                other = dict(units) | {one: units[one] - moved}
                if two is not None and two != one:
                    other[two] = units[two] + moved
                if all(other[key] >= 1 for key in hidden.units) and shown(other, hidden) == told:
                    found.append(other)
    return found


@settings(max_examples=600)
@given(OFFICES)
def test_no_hidden_number_can_be_worked_out(tree: dict[str, dict[str, int]]) -> None:
    units = {(office, unit): number for office, below in tree.items() for unit, number in below.items()}
    hidden = hidden_of(units)
    same = others(units, hidden)
    for key in hidden.units:
        assert any(other[key] != units[key] for other in same), (key, units)
    for office in hidden.offices:
        sums = [sum(number for (its, _), number in each.items() if its == office) for each in (units, *same)]
        assert len(set(sums)) > 1, (office, units)
    if hidden.whole:
        assert len({sum(each.values()) for each in (units, *same)}) > 1


@given(OFFICES)
def test_every_small_number_is_hidden_and_nothing_where_none_is(tree: dict[str, dict[str, int]]) -> None:
    units = {(office, unit): number for office, below in tree.items() for unit, number in below.items()}
    hidden, told = hidden_of(units), shown(units, hidden_of(units))
    assert not [number for number in told.values() if 0 < number < FEW]
    assert all(units[key] for key in hidden.units), "zero is no small number"
    sums = [sum(below.values()) for below in tree.values()]
    if not any(0 < number < FEW for number in (*units.values(), *sums)):
        assert hidden == Hidden()


@given(OFFICES)
def test_of_shown_numbers_and_their_hidden_rest_none_tells_of_few(tree: dict[str, dict[str, int]]) -> None:
    units = {(office, unit): number for office, below in tree.items() for unit, number in below.items()}
    hidden = hidden_of(units)
    for office, below in tree.items():
        if office not in hidden.offices:
            assert sum(below[unit] for its, unit in hidden.units if its == office) not in range(1, FEW)
    if not hidden.whole:
        assert sum(sum(tree[office].values()) for office in hidden.offices) not in range(1, FEW)


@pytest.mark.parametrize(
    ("tree", "offices", "surely", "most"),
    [
        ({"A": [9, 1], "B": [7], "C": [7]}, "", "A0 A1", 2),  # 10 - 9 = 1
        ({"A": [20, 9, 1], "B": [7]}, "", "A2", 2),  # and one of the others
        ({"A": [20, 1, 1], "B": [7]}, "", "A0 A1 A2", 3),  # two that have two together
        ({"A": [20, 3, 3], "B": [7]}, "", "A1 A2", 2),
        ({"A": [20, 4, 4], "B": [7]}, "", "A0 A1 A2", 3),  # eight of at most eight
        ({"A": [1, 1, 1, 1, 1], "B": [7], "C": [9]}, "A?", "A0 A1 A2 A3 A4", 6),  # five of at least five
        ({"A": [3], "B": [7], "C": [9, 9]}, "A?", "A0", 3),
        ({"A": [1, 1], "B": [1]}, "AB", "A0 A1 B0", 3),
        ({"A": [0, 0], "B": [0]}, "", "", 0),
    ],
)
@pytest.mark.parametrize("key", [b"one", b"two", b"three"])
def test_what_is_hidden_with_a_small_number(
    tree: dict[str, list[int]], offices: str, surely: str, most: int, key: bytes
) -> None:
    given = {(office, str(place)): each for office, below in tree.items() for place, each in enumerate(below)}
    hidden = hidden_of(given, key)
    assert len(hidden.offices) == len(offices)
    assert set(offices) - {"?"} <= hidden.offices
    told = {f"{office}{unit}" for office, unit in hidden.units}
    assert set(surely.split()) <= told and len(told) <= most


SMALL = [
    [("A", "p"), ("A", "q"), ("A", "r")],
    [("A", "p"), ("A", "q"), ("B", "p"), ("B", "q")],
    [("A", "p"), ("A", "q"), ("B", "p"), ("C", "p")],
]
TOP = 6


@pytest.mark.parametrize("places", SMALL)
def test_who_knows_the_rule_works_out_no_small_number(places: list[tuple[str, str]]) -> None:
    """Of every register that shows the same under any key, a hidden number has another value in some."""
    same: dict[object, list[Units]] = {}
    for key, numbers in product(
        map(bytes, ([each] for each in range(6))), product(range(TOP + 1), repeat=len(places))
    ):
        units = dict(zip(places, numbers, strict=True))
        hidden = hidden_of(units, key)
        same.setdefault(frozenset(shown(units, hidden).items()), []).append(units)
    judged = 0
    for told, alike in same.items():
        secret = [place for place in places if place not in dict(told)]
        if any(units[place] == TOP for units in alike for place in secret):
            continue  # registers with greater numbers would show the same too
        judged += len(secret)
        for place in secret:
            found = {units[place] for units in alike}
            assert len(found) > 1 or found.pop() >= FEW, (told, place)
    assert judged


def test_findings_about_units_are_about_nobody() -> None:
    assert hide({("A", "p"): cell(1, 0), ("B", "q"): cell(2, 0)}, KEY) == Hidden()


def test_many_findings_about_one_person_are_hidden() -> None:
    assert hide({("A", "p"): cell(9, 1), ("A", "q"): cell(30, 30)}, KEY).units == {("A", "p"), ("A", "q")}
