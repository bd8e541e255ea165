"""Acts on timelines, against days: what holds on each day before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pamong.kernel.errors import InvalidValue
from pamong.kernel.period import Period
from pamong.kernel.timeline import Plan, Row, change, correct, end, outcome, rescind

ORIGIN = date(2026, 1, 1)
HORIZON = 40
FIELDS = ("unit", "grade")


def day(number: int) -> date:
    return ORIGIN + timedelta(days=number)


def numbered(rows: Sequence[Row]) -> list[Row]:
    """As stored: each row has an id."""
    return [Row(row.period, row.values, number) for number, row in enumerate(rows, 1)]


@st.composite
def timelines(draw: st.DrawFn, *, least: int = 1) -> list[Row]:
    """Rows in order, some touching, some with gaps between; the last one often open."""
    rows, at = [], draw(st.integers(0, 5))
    count = draw(st.integers(least, 5))
    for number in range(count):
        length = draw(st.integers(1, 6))
        last_open = number == count - 1 and draw(st.booleans())
        values = {name: draw(st.sampled_from("ABC")) for name in FIELDS}
        rows.append(Row(Period(day(at), None if last_open else day(at + length)), values))
        at += length + draw(st.sampled_from((0, 0, 0, 2)))
    return numbered(rows)


values = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from("ABCD"), min_size=1)
moments = st.integers(0, HORIZON - 1)


def held(rows: Sequence[Row]) -> list[Any]:
    """What holds on each day of the horizon; None in a gap."""
    found: list[Any] = []
    for number in range(HORIZON):
        here = [dict(row.values) for row in rows if row.period.contains(day(number))]
        assert len(here) <= 1
        found.append(here[0] if here else None)
    return found


def covered(rows: Sequence[Row]) -> list[bool]:
    return [each is not None for each in held(rows)]


def checked(rows: Sequence[Row], plan: Plan) -> list[Row]:
    """The outcome, after what must hold of every plan: no overlap, and only stored rows are replaced."""
    after = outcome(rows, plan)
    for first, second in pairwise(after):
        assert not first.period.overlaps(second.period)
    ids = {row.id for row in rows}
    assert {row.id for row in plan.removed} <= ids
    assert {piece.replaces for piece in plan.added} - {None} <= {row.id for row in plan.removed}
    unchanged = [(row.period, dict(row.values)) for row in plan.removed]
    assert not any((piece.period, dict(piece.values)) in unchanged for piece in plan.added)
    return after


@given(timelines(), moments, values)
def test_a_change_leaves_the_days_before_it_and_sets_its_own(
    rows: list[Row], on: int, new: dict[str, str]
) -> None:
    before = held(rows)
    assume(before[on] is not None)
    after = held(checked(rows, change(rows, day(on), new)))
    assert after[:on] == before[:on]
    assert after[on] == before[on] | new
    assert [each is None for each in after] == [each is None for each in before]


@given(timelines(), moments, values)
def test_a_change_stops_at_the_first_row_that_set_the_field_on_purpose(
    rows: list[Row], on: int, new: dict[str, str]
) -> None:
    before = held(rows)
    assume(before[on] is not None)
    after = held(checked(rows, change(rows, day(on), new)))
    for name in FIELDS:
        carrying = True
        for number in range(on, HORIZON):
            if before[number] is None:
                carrying = False
                continue
            carrying = carrying and before[number][name] == before[on][name]
            expected = new[name] if carrying and name in new else before[number][name]
            assert after[number][name] == expected


@given(timelines(), moments, st.integers(1, 6), values)
def test_a_change_with_an_end_gives_way_to_what_was_before(
    rows: list[Row], on: int, length: int, new: dict[str, str]
) -> None:
    before = held(rows)
    until = on + length
    assume(until <= HORIZON)
    base = next((row for row in rows if row.period.contains(day(on))), None)
    assume(base is not None and (base.period.end is None or day(until) <= base.period.end))
    after = held(checked(rows, change(rows, day(on), new, day(until), resume=True)))
    assert after[:on] + after[until:] == before[:on] + before[until:]
    assert all(after[number] == before[number] | new for number in range(on, until))


@given(timelines(), st.integers(0, 4), values)
def test_a_correction_of_values_covers_the_same_days(
    rows: list[Row], place: int, new: dict[str, str]
) -> None:
    assume(place < len(rows))
    target = rows[place]
    after = checked(rows, correct(rows, target.id or 0, new))
    assert covered(after) == covered(rows)
    start = (target.period.start - ORIGIN).days
    assert held(after)[:start] == held(rows)[:start]
    assert held(after)[start] == dict(target.values) | new


@given(timelines(), st.integers(0, 4), st.integers(-4, 4), st.integers(-4, 4))
def test_a_correction_of_dates_moves_touching_neighbours_along(
    rows: list[Row], place: int, earlier: int, later: int
) -> None:
    assume(place < len(rows))
    target = rows[place]
    start = target.period.start + timedelta(days=earlier)
    stop = None if target.period.end is None else target.period.end + timedelta(days=later)
    assume(stop is None or start < stop)
    try:
        plan = correct(rows, target.id or 0, {}, start, stop)
    except InvalidValue:
        return
    after = checked(rows, plan)
    assert len(after) == len(rows)
    assert (after[place].period.start, after[place].period.end) == (start, stop)
    touching = [first.period.end == second.period.start for first, second in pairwise(rows)]
    still = [first.period.end == second.period.start for first, second in pairwise(after)]
    assert all(now for was, now in zip(touching, still, strict=True) if was)


@given(timelines(least=2), st.integers(0, 4))
def test_a_rescinded_row_gives_its_days_to_what_was_before(rows: list[Row], place: int) -> None:
    assume(place < len(rows))
    after = checked(rows, rescind(rows, rows[place].id or 0))
    touched = place > 0 and rows[place - 1].period.end == rows[place].period.start
    assert len(after) == len(rows) - 1
    if touched:
        assert covered(after) == covered(rows)
        number = (rows[place].period.start - ORIGIN).days
        assert held(after)[number] == dict(rows[place - 1].values)


@given(timelines(), moments, values)
def test_rescinding_undoes_a_change(rows: list[Row], on: int, new: dict[str, str]) -> None:
    """A change inside a row, of values that stand nowhere else, can be taken back without a trace."""
    before = held(rows)
    base = next((row for row in rows if row.period.contains(day(on)) and row.period.start < day(on)), None)
    assume(base is not None)
    new = dict.fromkeys(new, "Z")
    after = numbered(checked(rows, change(rows, day(on), new)))
    changed = next(row for row in after if row.period.start == day(on))
    assert held(checked(after, rescind(after, changed.id or 0))) == before


@given(timelines(), moments)
def test_an_end_leaves_nothing_behind_it(rows: list[Row], on: int) -> None:
    last = rows[-1]
    assume(last.period.contains(day(on) - timedelta(days=1)))
    after = checked(rows, end(rows, day(on), {"unit": "Z"}))
    assert held(after)[on:] == [None] * (HORIZON - on)
    assert covered(after)[:on] == covered(rows)[:on]
    assert after[-1].values["unit"] == "Z"


@given(timelines(), st.lists(st.tuples(moments, values), min_size=1, max_size=6))
def test_any_series_of_changes_never_overlaps(
    rows: list[Row], changes: list[tuple[int, dict[str, str]]]
) -> None:
    for on, new in changes:
        whole = dict.fromkeys(FIELDS, "A") | new
        before = held(rows)
        rows = numbered(checked(rows, change(rows, day(on), new if before[on] else whole)))
        assert held(rows)[:on] == before[:on]


acts = st.sampled_from(("change", "correct", "rescind"))


@given(timelines(least=2), acts, st.integers(0, 4), moments, st.sampled_from("ABCD"))
def test_what_belongs_to_one_act_never_flows_into_later_rows(
    rows: list[Row], act: str, place: int, on: int, order: str
) -> None:
    """Whatever the act: rows that began later rest on the order that they rested on before."""
    assume(place < len(rows))
    target = rows[place]
    new = {"unit": order, "grade": "D"}
    plan = {
        "change": lambda: change(rows, day(on), new, fresh={"unit": ""}),
        "correct": lambda: correct(rows, target.id or 0, new, fresh=("unit",)),
        "rescind": lambda: rescind(rows, target.id or 0, fresh=("unit",)),
    }[act]()
    first = day(on) if act == "change" else target.period.start
    orders = {row.period.start: row.values["unit"] for row in checked(rows, plan)}
    for row in rows:
        if row.period.start > first:
            assert orders[row.period.start] == row.values["unit"]


@given(timelines(), moments, st.sampled_from("ABCD"))
def test_a_change_does_not_go_on_with_the_order_of_the_row_before(
    rows: list[Row], on: int, grade: str
) -> None:
    assume(held(rows)[on] is not None)
    after = held(checked(rows, change(rows, day(on), {"grade": grade}, fresh={"unit": ""})))
    assert after[on] == {"unit": "", "grade": grade}


@given(timelines(), moments, values)
def test_where_nothing_held_nothing_is_carried_on(rows: list[Row], on: int, new: dict[str, str]) -> None:
    """Days after what begins in a gap or before all rows stay as they were, blank or not."""
    rows = [Row(row.period, {**row.values, "unit": None}, row.id) for row in rows]
    before = held(rows)
    assume(before[on] is None)
    whole: dict[str, Any] = {"unit": "A", "grade": "A"} | new
    after = held(checked(rows, change(rows, day(on), whole)))
    assert after[on] == whole
    assert all(now == was for now, was in zip(after, before, strict=True) if was is not None)


def test_the_same_again_changes_nothing() -> None:
    rows = numbered([Row(Period(day(0)), {"unit": "A", "grade": "B"})])
    assert change(rows, day(0), {"unit": "A"}).empty
    assert correct(rows, 1, {"grade": "B"}).empty


def test_case_E_01_a_new_row_closes_the_one_before_on_the_day_before() -> None:
    first = numbered([Row(Period(date(2022, 1, 1)), {"grade": "III/a"})])
    after = outcome(first, change(first, date(2022, 4, 4), {"grade": "III/b"}))
    assert [(row.period.start, row.period.last_day, row.values["grade"]) for row in after] == [
        (date(2022, 1, 1), date(2022, 4, 3), "III/a"),
        (date(2022, 4, 4), None, "III/b"),
    ]


def test_case_E_04_a_correction_stops_at_the_first_row_that_set_the_field_on_purpose() -> None:
    rows = numbered(
        [
            Row(Period(date(2026, 1, 1), date(2026, 4, 1)), {"unit": "A", "grade": "III/a"}),
            Row(Period(date(2026, 4, 1), date(2026, 7, 1)), {"unit": "A", "grade": "III/b"}),
            Row(Period(date(2026, 7, 1)), {"unit": "B", "grade": "III/b"}),
        ]
    )
    plan = correct(rows, 1, {"unit": "C"})
    assert [row.values["unit"] for row in outcome(rows, plan)] == ["C", "C", "B"]
    assert [piece.replaces for piece in plan.added] == [1, 2]  # the preview lists two rows


def test_several_acts_on_one_day_apply_in_order() -> None:
    rows = numbered([Row(Period(day(0)), {"unit": "A", "grade": "1"})])
    for new in ({"unit": "B"}, {"grade": "2"}, {"unit": "C"}):
        rows = numbered(outcome(rows, change(rows, day(9), new)))
    assert [(row.period.start, dict(row.values)) for row in rows] == [
        (day(0), {"unit": "A", "grade": "1"}),
        (day(9), {"unit": "C", "grade": "2"}),
    ]


def test_what_can_not_be_is_refused_with_a_sentence() -> None:
    rows = numbered(
        [
            Row(Period(day(0), day(10)), {"unit": "A"}),
            Row(Period(day(10), day(20)), {"unit": "B"}),
            Row(Period(day(20)), {"unit": "C"}),
        ]
    )
    for act, words in (
        (lambda: change(rows, day(5), {"unit": "X"}, day(5)), "harus sesudah"),
        (lambda: change(rows, day(5), {"unit": "X"}, day(15)), "Akhiri paling lambat"),
        (lambda: correct(rows, 2, {}, day(0)), "menelan baris sebelumnya"),
        (lambda: correct(rows, 2, {}, reopen=True), "menelan baris sesudahnya"),
        (lambda: rescind(rows, 99), "sudah diganti"),
        (lambda: end(rows, day(5)), "Sudah ada perubahan mulai"),
        (lambda: end(rows, day(0)), "Tidak ada yang berlaku"),
        (lambda: end(rows, date.min), "Tidak ada yang berlaku"),
    ):
        with pytest.raises(InvalidValue, match=words):
            act()
    # An open neighbour only begins later.
    assert outcome(rows, correct(rows, 2, {}, None, day(40)))[-1].period.start == day(40)
    with pytest.raises(ValueError, match="overlap"):
        change([Row(Period(day(0)), {}, 1), Row(Period(day(5)), {}, 2)], day(7), {})


def test_a_correction_stops_at_a_gap() -> None:
    """What began again after nothing held was set on purpose, as for a change."""
    rows = numbered([Row(Period(day(0), day(5)), {"unit": "A"}), Row(Period(day(8), None), {"unit": "A"})])
    corrected = outcome(rows, correct(rows, 1, {"unit": "B"}))
    changed = outcome(rows, change(rows, day(0), {"unit": "B"}))
    assert [row.values["unit"] for row in corrected] == ["B", "A"]
    assert [row.values["unit"] for row in changed] == ["B", "A"]


def test_a_correction_flows_on_over_an_edge_that_moves_along() -> None:
    rows = numbered([Row(Period(day(0), day(5)), {"unit": "A"}), Row(Period(day(5), None), {"unit": "A"})])
    corrected = outcome(rows, correct(rows, 1, {"unit": "B"}, end=day(7)))
    assert [(row.period.start, row.values["unit"]) for row in corrected] == [(day(0), "B"), (day(7), "B")]
