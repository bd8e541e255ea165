"""Units and seats of the town through time: no shared seat, no circle, the reform moves people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from pamong.demo.town.rules import REFORM, TODAY
from pamong.demo.town.shapes import Town
from pamong.organisation.choices import PostKind, Step, UnitKind
from pamong.people.choices import AppointmentKind

DAYS = (date(1995, 6, 1), date(2010, 6, 1), date(2018, 1, 1), date(2021, 12, 31), date(2022, 1, 3), TODAY)


def _on(rows: Iterable[Any], day: date) -> list[Any]:
    return [row for row in rows if row.start <= day and (row.end is None or row.end > day)]


def _assert_apart(rows: Iterable[Any], key: Any) -> None:
    """No two rows of one key share a day, none is empty."""
    timelines = defaultdict(list)
    for row in rows:
        assert row.end is None or row.start < row.end, row
        timelines[key(row)].append(row)
    for own in timelines.values():
        own.sort(key=lambda row: row.start)
        for before, after in pairwise(own):
            assert before.end is not None and before.end <= after.start, (before, after)


def test_timelines_never_overlap(whole: Town) -> None:
    structure, records = whole.structure, whole.records
    _assert_apart(structure.unit_rows, lambda row: row.code)
    _assert_apart(structure.seat_rows, lambda row: row.seat)
    _assert_apart(structure.lines, lambda row: row.seat)
    _assert_apart(structure.workload, lambda row: (row.unit, row.post))
    for table in (records.identities, records.contacts, records.employments, records.ranks):
        _assert_apart(table, lambda row: row.person)
    _assert_apart(records.salary_steps, lambda row: row.person)
    _assert_apart(records.appointments, lambda row: (row.person, row.kind, row.stint))


def test_one_holder_a_seat_and_one_seat_a_person(whole: Town) -> None:
    rows = whole.records.appointments
    regular = [row for row in rows if row.kind == "regular"]
    _assert_apart(regular, lambda row: row.seat)
    _assert_apart(regular, lambda row: row.person)
    acting = [row for row in rows if AppointmentKind(row.kind).acting]
    _assert_apart(acting, lambda row: row.seat)
    assert all(row.end is not None for row in rows if row.kind != "regular")
    assert {row.kind for row in rows} == {kind.value for kind in AppointmentKind}
    assert len(_on(acting, TODAY)) > 20


def test_nobody_sits_in_a_seat_that_is_not_there(whole: Town) -> None:
    spans: dict[Any, list[date]] = {}
    for row in whole.structure.seat_rows:
        span = spans.setdefault(row.seat, [row.start, row.end or date.max])
        assert row.start in (span[0], span[1])
        span[1] = row.end or date.max
    for row in whole.records.appointments:
        first, last = spans[row.seat]
        limited = row.end or date.max
        assert first <= row.start and (limited <= last or row.kind == "return_right"), row


def test_seats_stand_empty_and_some_are_frozen(whole: Town) -> None:
    today = _on(whole.structure.seat_rows, TODAY)
    held = {row.seat for row in _on(whole.records.appointments, TODAY) if row.kind == "regular"}
    assert 0.1 < sum(row.seat not in held for row in today) / len(today) < 0.25
    frozen = [row for row in today if row.frozen]
    assert len(frozen) > 20 and not held & {row.seat for row in frozen}
    assert {row.job_class for row in today} >= set(range(1, 16)) - {10, 13}
    needed = sum(row.needed for row in _on(whole.structure.workload, TODAY))
    assert len(today) < needed < 1.2 * len(today)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_tree_is_whole_on_any_day(whole: Town, day: date) -> None:
    units = {row.code: row for row in _on(whole.structure.unit_rows, day)}
    for row in units.values():
        seen = {row.code}
        while row.parent is not None:
            assert row.parent in units and row.parent not in seen
            seen.add(row.parent)
            row = units[row.parent]  # noqa: PLW2901 - up the tree
        assert row.code == "kota_contoh"
    seats = {row.seat: row for row in _on(whole.structure.seat_rows, day)}
    assert {row.unit for row in seats.values()} <= set(units)
    heads = Counter(row.unit for row in seats.values() if row.is_head)
    assert max(heads.values()) == 1


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_lines_lead_to_the_secretary_of_the_city_without_a_circle(whole: Town, day: date) -> None:
    seats = {row.seat: row for row in _on(whole.structure.seat_rows, day)}
    above = {row.seat: row.superior for row in _on(whole.structure.lines, day)}
    assert set(above) <= set(seats) and set(above.values()) <= set(seats)
    top = set(seats) - set(above)
    assert top == {("setda", 1)}
    for seat in seats:
        steps, at = 0, seat
        while at in above:
            at, steps = above[at], steps + 1
            assert steps < 10
        assert at == ("setda", 1)


def test_lines_are_never_mutual_over_time(whole: Town) -> None:
    for row in whole.structure.lines:
        assert row.seat != row.superior


def test_the_city_has_the_units_of_its_model(whole: Town) -> None:
    today = _on(whole.structure.unit_rows, TODAY)
    kinds = Counter(row.kind for row in today)
    assert kinds["opd"] == 27 and kinds["district"] == 5 and kinds["ward"] == 54
    assert kinds["clinic"] == 17 and kinds["hospital"] == 1 and kinds["school"] > 150
    assert sum(row.is_opd for row in today) == 32
    assert set(kinds) == {kind.value for kind in UnitKind}
    assert {post.kind for post in whole.structure.posts} <= {kind.value for kind in PostKind}
    codes = {row.code for row in whole.structure.unit_rows}
    assert all(code.replace("_", "").isalnum() and code == code.lower() for code in codes)
    assert {row.site for row in today} <= {row.code for row in whole.structure.sites}
    assert sum(unit.shifts for unit in whole.structure.units) >= 10
    old = _on(whole.structure.unit_rows, date(2018, 1, 1))
    assert sum(row.kind == "ward" for row in old) == 51


def test_lineage_tells_every_step_of_the_reform(whole: Town) -> None:
    rows, lineage = whole.structure.unit_rows, whole.structure.lineage
    days = {row.on for row in whole.structure.reorganisations}
    assert {row.on for row in lineage} <= days and {row.step for row in lineage} <= set(Step)
    split = {row.new for row in lineage if row.old == "bppkad"}
    assert split == {"bpkad", "bapenda"}
    assert {row.old for row in lineage if row.new == "disbudpar"} == {"disbud", "dispar"}
    closed = {row.code for row in rows if row.kind == "opd" and row.end == REFORM and row.parent}
    renamed = {row.old for row in lineage if row.old == row.new}
    assert closed - renamed == {row.old for row in lineage if row.on == REFORM and row.old != row.new}
    names = {row.name for row in rows if row.code == "bkpsdm"}
    assert len(names) == 2


def test_the_reform_inducts_everybody_of_an_office_that_changed(whole: Town) -> None:
    rows = whole.records.appointments
    before = {r.seat: r.unit for r in _on(whole.structure.seat_rows, date(2022, 1, 2))}
    parents = [
        {r.code: r.parent for r in _on(whole.structure.unit_rows, day)} for day in (date(2022, 1, 2), REFORM)
    ]
    moved = {seat for seat, unit in before.items() if parents[0].get(unit) != parents[1].get(unit)}
    there = [r for r in _on(rows, date(2022, 1, 2)) if r.kind == "regular" and r.seat in moved]
    assert len(there) > 60 and all(r.end == REFORM for r in there)
    again = {(r.person, r.seat) for r in rows if r.start == REFORM}
    assert sum((r.person, r.seat) in again for r in there) > 0.8 * len(there)
