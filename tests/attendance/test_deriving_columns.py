"""Plain days as columns are what the definition makes of them, one by one, to the second and the reason."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.attendance.deriving.facts import Cover, Facts, Key, Place, taps_of
from pamong.attendance.deriving.many import PUNCH_SCHEMA, free_days, plain_days, taps_in
from pamong.attendance.deriving.one import Calendar, people_of
from pamong.attendance.deriving.outcomes import COLUMNS
from pamong.attendance.shifts import ShiftBook
from tests.attendance.test_my_days import law

DAY, SUNDAY = date(2026, 11, 2), date(2026, 11, 8)
CALENDAR = Calendar(law(), ShiftBook({}, {}))
WIB, WIT = Place("5", 7, "Asia/Jakarta"), Place("6", None, "Asia/Jayapura")
_INSTANTS = {"starts", "ends", "opens", "closes", "first_in", "last_out"}
_TEXTS = {"zone", "source", "state", "excuse"}


def taps() -> st.SearchStrategy[list[tuple[int, str]]]:
    """Microseconds around the window of a day, now and then with a direction."""
    second = st.integers(-3 * 3600, 16 * 3600).map(lambda n: n * 1_000_000)
    near = st.sampled_from([-1, 0, 1, 30 * 60, 4 * 3600 + 900, 8 * 3600 + 1800, 59]).map(
        lambda n: n * 1_000_000
    )
    instant = st.one_of(second, near, st.integers(0, 9 * 3600 * 1_000_000))
    return st.lists(st.tuples(instant, st.sampled_from(["", "", "", "in"])), max_size=5)


def covers() -> st.SearchStrategy[Cover]:
    """Nothing known, or from before or within the day until anywhere, with or without a number."""
    hours = st.integers(-30, 30).map(lambda n: timedelta(hours=n))
    middle = CALENDAR.office(DAY, "5", "Asia/Jakarta")
    assert middle is not None
    known = st.builds(
        lambda since, until, numbered: Cover(middle.starts + since, middle.starts + until, numbered),
        hours, hours, st.booleans(),
    )  # fmt: skip
    return st.one_of(known, st.just(Cover(None, None, True)))


@given(st.lists(st.tuples(taps(), covers(), st.sampled_from([WIB, WIT])), min_size=1, max_size=6))
@settings(max_examples=200)
def test_columns_and_the_definition_say_the_same(
    people: list[tuple[list[tuple[int, str]], Cover, Place]],
) -> None:
    places: dict[Key, Place] = {(n, DAY): place for n, (_, _, place) in enumerate(people)}
    covered = {(n, DAY): cover for n, (_, cover, _) in enumerate(people)}
    expected = {key: CALENDAR.expected(DAY, place, None)[0] for key, place in places.items()}
    found = [
        (n, expected[n, DAY].starts + timedelta(microseconds=micro), direction)
        for n, (given, _, _) in enumerate(people)
        for micro, direction in given
    ]
    rows = sorted(
        ((n, at, id_, way, DAY) for id_, (n, at, way) in enumerate(found)), key=lambda row: row[1:3]
    )
    columns = pl.DataFrame(
        rows[::-1], schema=PUNCH_SCHEMA | {"at": pl.Datetime("us", "UTC")}, orient="row"
    ).with_columns(pl.col("at").dt.epoch("us"))  # fmt: skip
    plain = plain_days(expected, places, covered, columns)
    assert taps_in(columns, range(len(people))) == taps_of(rows)
    one_by_one = people_of(Facts(places, {}, covered, taps_of(rows), {}), CALENDAR, range(len(people)))
    for told in csv.reader(io.StringIO(plain.csv.decode())):
        person = int(told[1])
        (wanted,) = one_by_one[person].rows(DAY)
        assert dict(
            zip(COLUMNS, (_read(*cell) for cell in zip(COLUMNS, told, strict=True)), strict=True)
        ) == (dict(zip(COLUMNS, wanted, strict=True)))
    assert plain.persons == {n for n in range(len(people)) if _is_plain(n, rows, expected)}


def test_free_days_as_columns_are_those_of_the_definition() -> None:
    free = {
        (1, SUNDAY): WIB,
        (2, SUNDAY): WIT,
        (3, SUNDAY): Place("", None, "Asia/Makassar"),
        (4, SUNDAY): WIB,
    }
    one_by_one = people_of(Facts(places=free), CALENDAR, [person for person, _ in free])
    found = list(csv.reader(io.StringIO(free_days(free).decode())))
    assert [int(told[1]) for told in found] == [1, 2, 3, 4]
    for told in found:
        (wanted,) = one_by_one[int(told[1])].rows(SUNDAY)
        cells = (_read(*cell) for cell in zip(COLUMNS, told, strict=True))
        assert dict(zip(COLUMNS, cells, strict=True)) == dict(zip(COLUMNS, wanted, strict=True))


def _is_plain(person: int, rows: list[tuple[Any, ...]], expected: Any) -> bool:
    mine = [row for row in rows if row[0] == person and expected[person, DAY].admits(row[1])]
    spaced = all(two[1] - one[1] >= timedelta(seconds=60) for one, two in pairwise(mine))
    return spaced and not any(row[3] for row in mine)


def _read(name: str, cell: str) -> Any:
    """A cell of the CSV as Python has it."""
    if name in _TEXTS:
        return cell
    if cell == "":
        return None
    if name in _INSTANTS:
        return datetime.fromisoformat(cell)
    readers = {
        "local_on": date.fromisoformat,
        "reasons": json.loads,
        "inputs_hash": lambda text: bytes.fromhex(text[2:]),
        "covered": lambda text: text.lower() == "true",
        "numbered": lambda text: text.lower() == "true",
    }
    return readers.get(name, int)(cell)
