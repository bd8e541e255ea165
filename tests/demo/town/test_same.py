"""The same town in any process, and the same people in a small and a large one."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.demo.town.build import tables, town
from pamong.demo.town.shapes import Town

_DIGEST = (
    "from hashlib import sha256\n"
    "from pamong.demo.town.build import tables, town\n"
    "print(sha256(repr(list(tables(town(400)))).encode()).hexdigest())\n"
)


def _digest(found: Town) -> str:
    return sha256(repr(list(tables(found))).encode()).hexdigest()


def _files(found: Town, least: int, most: int) -> dict[str, list[object]]:
    """Rows of people by table, links to people outside of the range left out."""
    own = found.records
    kept: dict[str, list[object]] = {}
    for name in ("identities", "employments", "ranks", "salary_steps", "contacts", "educations"):
        kept[name] = [row for row in getattr(own, name) if least <= row.person < most]
    kept["appointments"] = [
        row for row in own.appointments if least <= row.person < most and row.kind == "regular"
    ]
    kept["relatives"] = [row._replace(relative=None) for row in own.relatives if least <= row.person < most]
    return kept


def test_another_process_with_another_hash_seed_makes_the_same_town() -> None:
    ours = _digest(town(400))
    assert ours == _digest(town(400))
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    done = subprocess.run(
        [sys.executable, "-c", _DIGEST], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ours


@settings(max_examples=12, deadline=None)
@given(people=st.integers(1, 900))
def test_a_small_town_has_the_first_people_of_the_large_one(whole: Town, people: int) -> None:
    small = town(people)
    assert sum(person.key >= 0 for person in small.records.persons) == people
    assert _files(small, 0, people) == _files(whole, 0, people)
    seats = {row.seat for row in small.structure.seat_rows}
    assert {row.seat for row in small.records.appointments} <= seats
    units = {row.code for row in small.structure.unit_rows}
    assert {row.unit for row in small.structure.seat_rows} <= units
    assert {row.parent for row in small.structure.unit_rows} <= units | {None}
    assert {row.superior for row in small.structure.lines} <= seats


def test_a_government_larger_than_the_city_is_the_city_again(whole: Town) -> None:
    large = town(8_300)
    assert _files(large, -10_000, 8_200) == _files(whole, -10_000, 8_200)
    codes = [row.code for row in large.structure.unit_rows]
    assert (
        "dinkes_kota2" in codes
        and len(codes) > len({row.code for row in whole.structure.unit_rows})
        and set(large.personas.values()) == set(range(17))
    )
    nips = [row.nip for row in large.records.employments if row.nip]
    owners = {(row.nip, row.person) for row in large.records.employments if row.nip}
    assert len(set(nips)) == len(owners)


def test_another_seed_gives_other_people_in_the_same_seats(whole: Town) -> None:
    other, ours = town(60, seed="lain"), town(60)
    assert [p.who for p in other.records.persons] == [p.who for p in ours.records.persons]
    names = [{row.person: row.name for row in found.records.identities} for found in (other, ours)]
    assert sum(names[0][key] != names[1][key] for key in range(17, 60)) > 35
    assert whole.today == ours.today
