"""The algebra of half-open periods, against sets of days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.kernel import InvalidValue, Period, month_period
from pamong.kernel.period import first_of_month

_ORIGIN = date(2026, 1, 1)
_HORIZON = 60  # days; an open period is compared up to here


@st.composite
def periods(draw):
    """A period within the horizon, sometimes open."""
    start = draw(st.integers(0, 40))
    length = draw(st.none() | st.integers(1, 19))
    end = None if length is None else _ORIGIN + timedelta(days=start + length)
    return Period(_ORIGIN + timedelta(days=start), end)


def days_of(period):
    """The set of days of a period inside the horizon."""
    every = (_ORIGIN + timedelta(days=n) for n in range(_HORIZON))
    return {day for day in every if period is not None and period.contains(day)}


@given(periods(), periods())
def test_intersection_is_the_intersection_of_the_days(a, b):
    assert days_of(a.intersect(b)) == days_of(a) & days_of(b)
    assert a.intersect(b) == b.intersect(a)


@given(periods(), periods())
def test_overlap_means_a_common_day(a, b):
    assert a.overlaps(b) == b.overlaps(a) == bool(days_of(a) & days_of(b))
    assert a.overlaps(b) == (a.intersect(b) is not None)


@given(periods(), periods(), periods())
def test_intersection_is_associative(a, b, c):
    ab, bc = a.intersect(b), b.intersect(c)
    assert (ab.intersect(c) if ab else None) == (a.intersect(bc) if bc else None)


@given(periods())
def test_days_and_last_day(a):
    assert a.intersect(a) == a
    if a.end is None:
        assert (a.days, a.last_day) == (None, None)
        with pytest.raises(TypeError):
            a.each_day()
    else:
        assert a.days == len(list(a.each_day())) == len(days_of(a))
        assert a.contains(a.last_day)
        assert not a.contains(a.end)


def test_month_period():
    assert month_period(2026, 10) == Period(date(2026, 10, 1), date(2026, 11, 1))
    assert month_period(2026, 12).days == 31
    assert month_period(2028, 2).days == 29
    with pytest.raises(InvalidValue, match="Tidak ada bulan 13 tahun 2026"):
        month_period(2026, 13)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(-400, 400))
def test_first_of_month_there_and_back(day: date, months: int) -> None:
    found = first_of_month(day, months)
    assert found.day == 1
    assert first_of_month(found, -months) == day.replace(day=1)
    assert (found > day) == (months > 0)


def test_first_of_month_over_new_year() -> None:
    assert first_of_month(date(2026, 11, 30), 2) == date(2027, 1, 1)
    assert first_of_month(date(2027, 1, 1), -1) == date(2026, 12, 1)


def test_period_refuses_emptiness_and_instants():
    with pytest.raises(InvalidValue, match="harus setelah awalnya"):
        Period(date(2026, 1, 2), date(2026, 1, 2))
    with pytest.raises(TypeError):
        Period(datetime(2026, 1, 1, tzinfo=UTC))


def test_period_in_words():
    assert str(Period(date(2026, 10, 1))) == "sejak 1 Oktober 2026"
    assert str(month_period(2026, 10)) == "1 Oktober 2026 sampai 31 Oktober 2026"
    assert str(Period(date(2026, 10, 5), date(2026, 10, 6))) == "5 Oktober 2026"
