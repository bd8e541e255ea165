"""The running month, over many months: the same rupiah by trace and by columns, and never a step back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.attendance.calendars import month_calendar
from pamong.kernel.period import month_period
from pamong.pay.calculation import MonthLaw, month_law
from pamong.pay.forecasting import Known, MonthSoFar, WorkDay

MONTH = month_period(2026, 10)
PROFILES = ("contoh", "manado", "samarinda")
LAWS = {profile: month_law(profile, "", MONTH) for profile in PROFILES}
MINUTE = 60
AMOUNTS = ("tpp_ceiling", "tpp_gross", "tpp_tax", "tpp_health", "tpp_net")
# Minutes after the start and before the end; None for a mark that is missing.
marks = st.one_of(st.none(), st.integers(-60, 200), st.just(0), st.just(0))
excuses = st.sampled_from([None, None, None, "CT"])
days = st.lists(st.tuples(marks, marks, st.booleans(), excuses), min_size=22, max_size=22)
works = st.builds(
    Known,
    pay_group=st.just("tpp"),
    fixed_income=st.integers(0, 20_000_000),
    tax_status=st.just("TK/0"),
    minutes=st.integers(0, 9_000),
    behaviour=st.integers(0, 100),
    productivity_score=st.integers(0, 100),
    lhkpn_late=st.booleans(),
    negative_activity=st.booleans(),
    musters_missed=st.integers(0, 5),
    hours_left=st.integers(0, 5),
)
PERSON = {
    "is_dead": False, "last_day": 31, "is_cpns": False, "golongan": "III/b", "mkg": 8, "week": "5",
    "days_in_month": 31,
    "first_work_day": 1,
}  # fmt: skip


def month(law: MonthLaw, drawn: list[Any], known: Known, job_class: int) -> MonthSoFar:
    calendar = month_calendar(law.law, MONTH, "5")
    part = {
        "segment_class": job_class, "segment_standing": "Aktif", "segment_leave": None,
        "segment_leave_month": None, "segment_first": 1, "segment_last": 31,
    }  # fmt: skip
    segments = [part | {"on": MONTH.start, "label": "tanggal 1-31"}]
    return MonthSoFar(
        law, known, PERSON, segments, (), [_day(one, told) for one, told in zip(calendar, drawn, strict=True)]
    )


def _day(one: Any, told: tuple[int | None, int | None, bool, str | None]) -> WorkDay:
    late, early, over, excuse = told
    came = None if late is None else one.start + late * MINUTE
    left = None if early is None or not over else one.end - early * MINUTE
    return WorkDay(one.on, one.start, one.end, came, left, excuse, over)


def by_columns(so_far: MonthSoFar) -> dict[str, int]:
    """The same facts through the way of a whole government."""
    plan = so_far.law.plan
    asked = {fact.name for fact in plan.facts}
    known = {name: getattr(so_far.known, name) for name in Known.__slots__}
    person = {name: value for name, value in {**so_far.person, **known}.items() if name in asked}
    daily = [{"person": 0, **_plain(day.facts)} for day in so_far.days]
    parts = [{"person": 0, **_plain(part)} for part in so_far.segments]
    frames = {"segment": parts, "day": daily}
    found = plan.columns(
        pl.DataFrame([person]),
        **{
            level: pl.DataFrame(rows, infer_schema_length=None).with_columns(pl.col("person").cast(pl.UInt32))
            for level, rows in frames.items()
        },
    )
    return {name: found[name][0] for name in AMOUNTS}


def _plain(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "label"}


@pytest.mark.parametrize("profile", PROFILES)
@given(drawn=days, known=works, job_class=st.integers(1, 15))
@settings(max_examples=8)
def test_a_decided_month_is_the_same_by_trace_and_by_columns(
    profile: str, drawn: list[Any], known: Known, job_class: int
) -> None:
    decided = [(late, early, True, excuse) for late, early, _, excuse in drawn]
    so_far = month(LAWS[profile], decided, known, job_class)
    assert {name: so_far.amount(name) for name in AMOUNTS} == by_columns(so_far)
    assert so_far.gathered == so_far.amount("tpp_gross")


@pytest.mark.parametrize("profile", PROFILES)
@given(drawn=days, known=works, job_class=st.integers(1, 15))
@settings(max_examples=8)
def test_what_is_gathered_lies_between_nothing_and_the_end_of_the_month(
    profile: str, drawn: list[Any], known: Known, job_class: int
) -> None:
    so_far = month(LAWS[profile], drawn, known, job_class)
    assert 0 <= so_far.gathered <= so_far.amount("tpp_gross") <= so_far.amount("tpp_ceiling")
    assert all(taken >= 0 for taken in so_far.taken.values()), "no day gives back what another took"
    off = sum(so_far.taken.values()) + so_far.taken_by_work
    assert so_far.amount("tpp_ceiling") - off == so_far.amount("tpp_gross"), "the lines add up"


@pytest.mark.parametrize("profile", PROFILES)
@given(drawn=days, job_class=st.integers(1, 15))
@settings(max_examples=8)
def test_a_day_that_ends_on_time_adds_its_share(profile: str, drawn: list[Any], job_class: int) -> None:
    known = Known(pay_group="tpp", fixed_income=5_000_000, tax_status="TK/0")
    before = month(LAWS[profile], drawn, known, job_class)
    place = next((n for n, day in enumerate(before.days) if not day.over and not day.first_in), None)
    if place is None:
        return
    ended = [replace(day.on_time, over=True) if n == place else day for n, day in enumerate(before.days)]
    after = MonthSoFar(before.law, known, before.person, before.segments, (), ended)
    assert after.gathered >= before.gathered
    assert after.amount("tpp_gross") == before.amount("tpp_gross"), "it was foreseen so"


def test_without_the_fixed_income_the_amount_before_tax_is_told_and_the_net_is_not() -> None:
    so_far = month(LAWS["contoh"], [(0, 0, True, None)] * 22, Known(pay_group="tpp"), 7)
    assert so_far.gathered == so_far.amount("tpp_gross") == so_far.amount("tpp_ceiling")
    assert so_far.missing("tpp_net") == ["Penghasilan tetap (gaji pokok dan tunjangan) belum ada"]
