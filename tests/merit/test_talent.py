"""Talent boxes: nine of them by the article; what is missing is shown as missing and decides nothing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.law.engine.evidence import Evidence
from pamong.law.national import national
from pamong.merit.choices import Performance, Potential
from pamong.merit.talent import (
    PERFORMANCE,
    POTENTIAL,
    Axis,
    axis,
    box,
    possible,
    weights_fault,
    weights_of,
)

LAW = national()
NOW = date(2026, 11, 10)
WORK = weights_of(LAW, "talent_weight_performance", NOW)
CAN = weights_of(LAW, "talent_weight_potential", NOW)


def whole(points: int) -> Axis:
    return Axis(Fraction(points), Fraction(points), ())


@pytest.mark.parametrize(
    ("y", "x", "number"),
    [
        (80, 80, 9), (80, 60, 7), (80, 59, 4),
        (79, 80, 8), (60, 60, 5), (60, 0, 2),
        (59, 100, 6), (59, 79, 3), (0, 0, 1),
    ],
)  # fmt: skip
def test_oracle_talent_nine_boxes(y: int, x: int, number: int) -> None:
    found = box(LAW, NOW, performance=whole(y), potential=whole(x))
    assert found.number == number and found.succession is (number >= 7)
    assert found.advice and f"Kotak {number}" in found.text


def test_oracle_talent_O_29() -> None:
    found = box(LAW, NOW, performance=whole(85), potential=whole(78))
    assert (found.number, found.performance, found.potential) == (7, Performance.ABOVE, Potential.MEDIUM)
    assert found.evidence is Evidence.SECONDARY, "the thresholds are known from second sources only"


def test_the_weights_of_the_law_sum_to_a_hundred_and_have_names() -> None:
    assert sum(WORK.values()) == sum(CAN.values()) == 100
    assert WORK.keys() == PERFORMANCE.keys() and CAN.keys() == POTENTIAL.keys()


def test_the_words_of_the_article() -> None:
    assert [each.label for each in Potential] == ["Tinggi", "Menengah", "Rendah"]
    assert [each.label for each in Performance] == [
        "Di atas ekspektasi", "Sesuai ekspektasi", "Di bawah ekspektasi",
    ]  # fmt: skip


def test_case_J_18_missing_is_neither_zero_nor_left_out_of_the_weights() -> None:
    found = axis(WORK, {"skp": 80, "award": None, "team": 100})
    assert (found.least, found.most) == (63, 88)
    assert found.missing == (("award", 15), ("feedback", 10)) and found.lacking == 25
    assert found.value is None
    assert axis(WORK, dict.fromkeys(WORK, 80)).value == 80


def test_a_box_is_unknown_while_what_is_missing_could_change_it_and_says_what_is_missing() -> None:
    works = axis(WORK, dict.fromkeys(WORK, 90))
    can = axis(CAN, {"education": 90, "integrity": 100, "experience": 80, "field_match": 100})
    found = box(LAW, NOW, performance=works, potential=can)
    assert (found.number, found.performance, found.potential) == (None, Performance.ABOVE, None)
    assert "55 %" in found.text and "penilaian kompetensi (20 %)" in found.text
    assert found.succession is None and found.evidence is None


def test_what_is_missing_but_could_change_nothing_leaves_the_box_known() -> None:
    works = axis(WORK, {"skp": 100, "award": 100, "team": 100})
    assert works.lacking == 10 and works.value is None
    assert box(LAW, NOW, performance=works, potential=whole(85)).number == 9


def test_before_the_decree_no_box_is_known() -> None:
    assert weights_of(LAW, "talent_weight_potential", date(2025, 12, 30)) == {}
    found = box(LAW, date(2025, 12, 30), performance=whole(90), potential=whole(90))
    assert found.number is None and "belum diketahui" in found.text


@pytest.mark.parametrize(
    ("weights", "points"),
    [
        ({"skp": 90}, {"skp": 1}),
        ({"skp": 100}, {"skp": 101}),
        ({"skp": 100}, {"award": 50}),
        ({"a": 0, "b": 100}, {}),
    ],
)
def test_what_is_no_axis_is_refused(weights: dict[str, int], points: dict[str, int | None]) -> None:
    with pytest.raises(ValueError, match="weight"):
        axis(weights, points)


_points = st.fixed_dictionaries({each: st.none() | st.integers(0, 100) for each in CAN})


@given(_points, st.sampled_from(sorted(CAN)), st.integers(0, 100))
def test_more_data_only_narrow_an_axis(points: dict[str, int | None], which: str, given_points: int) -> None:
    before = axis(CAN, points)
    after = axis(CAN, {**points, which: given_points if points[which] is None else points[which]})
    assert before.least <= after.least <= after.most <= before.most


@given(_points, st.integers(0, 100))
def test_a_box_that_was_known_with_data_missing_stays_so(points: dict[str, int | None], rest: int) -> None:
    early = box(LAW, NOW, performance=whole(85), potential=axis(CAN, points))
    filled = {each: rest if found is None else found for each, found in points.items()}
    late = box(LAW, NOW, performance=whole(85), potential=axis(CAN, filled))
    assert late.number is not None
    assert early.number in (None, late.number)


@given(*[st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted) for _ in range(2)])
def test_the_boxes_that_are_open_are_those_of_every_end_that_the_spans_can_take(
    work: list[int], can: list[int]
) -> None:
    spans = [Axis(Fraction(least), Fraction(most), (("x", most - least),)) for least, most in (work, can)]
    open_yet = possible(LAW, NOW, performance=spans[0], potential=spans[1])
    every = {
        box(LAW, NOW, performance=whole(y), potential=whole(x)).number
        for y in {*work, *(limit for limit in (59, 60, 79, 80) if work[0] <= limit <= work[1])}
        for x in {*can, *(limit for limit in (59, 60, 79, 80) if can[0] <= limit <= can[1])}
    }
    assert open_yet == every
    known = box(LAW, NOW, performance=spans[0], potential=spans[1]).number
    assert (known is not None) == (len(open_yet) == 1)


def test_weights_that_do_not_sum_to_a_hundred_are_told_in_a_sentence() -> None:
    assert weights_fault("kinerja", WORK) == ""
    assert weights_fault("kinerja", {"skp": 60, "award": 30}) == (
        "Bobot sumbu kinerja berjumlah 90 %, seharusnya 100 %. Perbaiki aturannya."
    )
    assert "belum diketahui" in weights_fault("potensi", {})
