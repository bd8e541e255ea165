"""From punches to days: the first punch in, the last punch out, and nothing that depends on the order."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.attendance.calendars import WorkDay, month_calendar
from pamong.kernel.period import month_period
from pamong.law.engine.law import load_law
from tests.attendance.reference import Person, Punch, derived, expected

HOUR = 3600
FRIDAY = WorkDay(date(2026, 10, 2), "5", 7 * HOUR + 1800, 16 * HOUR, 6 * HOUR, 20 * HOUR, False)
MIDDLE = FRIDAY.middle  # 11:45
CALENDAR = [
    day for week in ("5", "6") for day in month_calendar(load_law("contoh"), month_period(2026, 10), week)
]


def punch(second: int, *, day: int = 2, file: int = 0, line: int = 1, person: int = 0) -> Punch:
    """A punch at so many seconds after midnight of a day of October."""
    at = datetime(2026, 10, day) + timedelta(seconds=second)  # noqa: DTZ001 - machines know no zone
    return Punch(person, at, file, line)


def friday(*punches: Punch) -> tuple[int | None, int | None]:
    """First in and last out of one person on the second of October."""
    (row,) = derived([Person()], punches, {}, [FRIDAY])
    return row["first_in"], row["last_out"]


def test_the_first_in_and_the_last_out_count() -> None:
    punches = [punch(s) for s in (7 * HOUR, 7 * HOUR + 5, 12 * HOUR, 15 * HOUR, 16 * HOUR + 9)]
    assert friday(*punches) == (7 * HOUR, 16 * HOUR + 9)


def test_the_window_is_closed_on_both_sides() -> None:
    assert friday(punch(6 * HOUR), punch(20 * HOUR)) == (6 * HOUR, 20 * HOUR)
    assert friday(punch(6 * HOUR - 1), punch(20 * HOUR + 1)) == (None, None)


def test_one_punch_is_in_before_the_middle_and_out_from_then_on() -> None:
    assert friday(punch(MIDDLE - 1)) == (MIDDLE - 1, None)
    assert friday(punch(MIDDLE)) == (None, MIDDLE)


def test_without_a_punch_the_day_is_still_there() -> None:
    assert friday() == (None, None)


def test_punches_of_another_day_do_not_count() -> None:
    assert friday(punch(7 * HOUR, day=1), punch(16 * HOUR, day=3)) == (None, None)


def test_in_the_same_second_the_line_that_stands_first_counts() -> None:
    at_seven = [
        punch(7 * HOUR, file=1, line=1),
        punch(7 * HOUR, file=0, line=9),
        punch(7 * HOUR, file=0, line=8),
    ]
    at_four = [
        punch(16 * HOUR, file=2, line=1),
        punch(16 * HOUR, file=1, line=70_000),
        punch(16 * HOUR, file=2),
    ]
    (row,) = derived([Person()], at_seven + at_four, {}, [FRIDAY])
    assert (row["in_file"], row["in_line"]) == (0, 8)
    assert (row["out_file"], row["out_line"]) == (1, 70_000)


def test_a_city_with_hundreds_of_machines_keeps_each_ones_place() -> None:
    """One file a machine: 400 files are no more than a large city hands in."""
    far = 2**31 - 1
    (row,) = derived(
        [Person()], [punch(7 * HOUR, file=399, line=far), punch(16 * HOUR, file=400, line=far)], {}, [FRIDAY]
    )
    assert (row["first_in"], row["in_file"], row["in_line"]) == (7 * HOUR, 399, far)
    assert (row["last_out"], row["out_file"], row["out_line"]) == (16 * HOUR, 400, far)


def test_an_excuse_is_told_and_the_punches_stay() -> None:
    (row,) = derived([Person()], [punch(7 * HOUR)], {(0, 2): "DL", (0, 3): "CT"}, [FRIDAY])
    assert (row["is_excused"], row["excuse"], row["first_in"]) == (True, "DL", 7 * HOUR)


def test_case_P_04_days_before_the_first_in_service_are_not_expected() -> None:
    rows = derived([Person(from_day=20), Person(to_day=1), Person(from_day=31)], [], {}, CALENDAR)
    assert [[row["on"].day for row in rows if row["person"] == number] for number in range(3)] == [
        [20, 21, 22, 23, 26, 27, 28, 29, 30],
        [1],  # case P-05: one day in service is a day
        [],  # a Saturday
    ]


def test_two_weekly_patterns_side_by_side() -> None:
    rows = derived([Person("5"), Person("6")], [punch(7 * HOUR, day=3, person=1)], {}, CALENDAR)
    days = [[row["on"] for row in rows if row["person"] == number] for number in (0, 1)]
    assert (len(days[0]), len(days[1])) == (22, 27)
    saturday = next(row for row in rows if row["on"] == date(2026, 10, 3))
    assert (saturday["person"], saturday["shift_end"], saturday["first_in"]) == (1, 13 * HOUR, 7 * HOUR)


def test_punches_of_people_without_expected_days_are_left_aside() -> None:
    """The punches of all people come in, also of those whose allowance is paid otherwise."""
    many = [punch(7 * HOUR, person=number) for number in (0, 63, 64, 5_000)]
    rows = derived([Person()], many, {}, [FRIDAY])
    assert [(row["person"], row["first_in"]) for row in rows] == [(0, 7 * HOUR)]


def test_nobody_and_nothing() -> None:
    assert derived([], [], {}, CALENDAR) == []
    assert derived([], [punch(7 * HOUR)], {}, CALENDAR) == []
    assert derived([Person()], [punch(7 * HOUR)], {}, []) == []


# Around the edges: openings, middles and closings of both patterns, to the second.
EDGES = sorted(
    {e + d for w in CALENDAR for e in (w.opens, w.start, w.middle, w.end, w.closes) for d in (-1, 0, 1)}
)
PUNCHES = st.lists(
    st.builds(
        punch,
        st.sampled_from(EDGES) | st.integers(0, 24 * HOUR - 1),
        day=st.integers(1, 6) | st.integers(28, 31),
        file=st.integers(0, 3),
        line=st.integers(1, 4) | st.just(2**31 - 1),
        person=st.integers(0, 3),
    ),
    max_size=30,
)
PEOPLE = st.lists(
    st.builds(Person, st.sampled_from(["5", "6"]), st.integers(1, 31), st.integers(1, 31)),
    min_size=4,
    max_size=4,
)
EXCUSES = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(1, 31)), st.sampled_from(["CT", "DL"]), max_size=4
)


@given(PEOPLE, PUNCHES, EXCUSES, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_equals_the_reference_in_any_order(
    people: list[Person], punches: list[Punch], excuses: dict[tuple[int, int], str], order: random.Random
) -> None:
    wanted = expected(people, punches, excuses, CALENDAR)
    assert derived(people, punches, excuses, CALENDAR) == wanted
    order.shuffle(punches)
    assert derived(people, punches, excuses, order.sample(CALENDAR, len(CALENDAR))) == wanted
