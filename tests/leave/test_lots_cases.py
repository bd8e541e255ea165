"""Balances as sums of lots: the cases mined from other systems, with their numbers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction as F

import pytest

from pamong.kernel.period import Period
from pamong.leave.lots import (
    Balance,
    Credit,
    Frequency,
    History,
    MovementKind,
    Policy,
    Proration,
    Rounding,
    Terms,
    Use,
    Validity,
    balance,
    fits,
    leave_year,
)

HALF = F(1, 2)
LONG_AGO = date(2000, 1, 1)


def yearly(days: int | F, since: date = LONG_AGO, **caps: F | int | None) -> tuple[Terms, ...]:
    return (Terms(since, F(days), **{name: None if cap is None else F(cap) for name, cap in caps.items()}),)


def used(on: date, days: int | F, ref: str = "r", *, pending: bool = False) -> tuple[Use, ...]:
    """Whole days from a day on, rest days or not."""
    whole = tuple(Use(date.fromordinal(on.toordinal() + n), F(1), ref, pending) for n in range(int(days)))
    return (*whole, Use(on, F(days) % 1, ref, pending)) if F(days) % 1 else whole


def left(policy: Policy, on: date, *, joined: date, uses: tuple[Use, ...] = ()) -> F:
    return balance(policy, History(Period(joined), uses), on).left


def monthly(days: int, proration: Proration = Proration.BY_DAY, **caps: F | int | None) -> Policy:
    return Policy(yearly(days, **caps), frequency=Frequency.MONTHLY, proration=proration)


def test_case_L_01_only_the_month_of_entry_is_prorated() -> None:
    policy, joined = monthly(30), date(2023, 2, 15)
    assert left(policy, date(2023, 2, 28), joined=joined) == F(5, 4)
    assert left(policy, date(2023, 5, 1), joined=joined) == F(35, 4)


def test_case_L_02_the_share_is_exact_and_only_its_display_is_rounded() -> None:
    found = balance(monthly(21), History(Period(date(2024, 1, 24))), date(2024, 1, 31))
    assert found.left == F(7, 4) * F(8, 31)
    assert found.movements[0].reason == "Hak cuti bulan Januari 2024: 0,45 hari."


def test_case_L_03_a_yearly_grant_is_prorated_to_the_end_of_the_leave_year() -> None:
    policy = Policy(
        yearly(25), grants_on=(5, 1), carries_on=(5, 1), proration=Proration.BY_MONTH,
        rounding=Rounding.HALF_DAY_DOWN,
    )  # fmt: skip
    assert left(policy, date(2023, 10, 1), joined=date(2023, 10, 1)) == F(29, 2)
    assert left(policy, date(2023, 5, 1), joined=date(2023, 5, 1)) == 25


def test_case_L_04_whoever_enters_on_a_boundary_gets_one_month() -> None:
    assert left(monthly(21), date(2023, 7, 8), joined=date(2023, 7, 1)) == F(7, 4)


def test_case_L_05_zero_is_a_grant_and_proration_is_a_choice() -> None:
    joined = date(2023, 12, 15)
    exact = Policy(yearly(3), proration=Proration.BY_DAY)
    assert left(exact, date(2023, 12, 31), joined=joined) == F(51, 365)
    down = Policy(yearly(3), proration=Proration.BY_DAY, rounding=Rounding.DAY_DOWN)
    found = balance(down, History(Period(joined)), date(2023, 12, 31))
    assert found.left == 0 and found.movements[0].kind is MovementKind.GRANT
    assert left(Policy(yearly(3)), date(2023, 12, 31), joined=joined) == 3


@pytest.mark.parametrize(("days", "cap", "expected"), [(6, None, 6), (6, 6, 6), (12, 24, 12)])
def test_case_L_06_one_proration_and_the_cap_is_not_its_base(
    days: int, cap: int | None, expected: int
) -> None:
    policy = Policy(yearly(days, total_cap=cap), proration=Proration.BY_MONTH)
    assert left(policy, date(2023, 12, 31), joined=date(2023, 1, 17)) == expected


def test_case_L_07_expiry_is_a_date_on_each_lot() -> None:
    terms = tuple(Terms(date(year, 1, 1), F(days)) for year, days in ((2021, 30), (2022, 31), (2023, 32)))
    policy = Policy(terms, validity=Validity(days=365))
    before = balance(policy, History(Period(date(2021, 1, 1))), date(2022, 12, 31))
    assert [lot.left for lot in before.lots] == [30, 31]
    assert before.lots[0].expires_on == date(2023, 1, 1)
    after = balance(policy, History(Period(date(2021, 1, 1))), date(2023, 1, 1))
    assert [lot.left for lot in after.lots] == [31, 32] and after.left == 63


@pytest.mark.parametrize(("total", "starts"), [(None, [15, 30, 45, 60, 60]), (45, [15, 30, 45, 45, 45])])
def test_case_L_08_the_cap_of_what_is_carried_and_the_cap_of_all_are_two(
    total: int | None, starts: list[int]
) -> None:
    policy = Policy(yearly(15, carry_cap=45, total_cap=total))
    found = [left(policy, date(2020 + n, 1, 1), joined=date(2020, 1, 1)) for n in range(5)]
    assert found == starts


def test_case_L_12_requests_that_wait_reserve_days() -> None:
    policy, joined = Policy(yearly(20)), Period(date(2026, 1, 1))
    first, second = used(date(2026, 3, 2), 10, "a", pending=True), used(date(2026, 6, 1), 16, "b")
    history = History(joined, first)
    found = balance(policy, history, date(2026, 2, 1))
    assert (found.left, found.reserved, found.free) == (20, 10, 10)
    refused = fits(policy, history, second)
    assert not refused.fits and refused.missing == 6 and refused.first_day == date(2026, 6, 11)
    assert fits(policy, history, second, reserve=False).fits
    both = History(joined, second)
    assert not fits(policy, both, used(date(2026, 3, 2), 10, "a"), reserve=False).fits


def test_case_L_13_every_later_day_must_stay_at_nothing_or_above() -> None:
    policy = Policy(yearly(8))
    more = (Credit(date(2022, 12, 1), F(2), "cuti bersama yang tidak diberikan"),)
    history = History(Period(date(2022, 1, 1)), used(date(2022, 12, 5), 9), more)
    assert balance(policy, history, date(2022, 10, 31)).left == 8
    assert fits(policy, history, used(date(2022, 10, 3), 1, "x")).fits
    refused = fits(policy, history, used(date(2022, 10, 3), 2, "x"))
    assert not refused.fits and refused.first_day == date(2022, 12, 13) and refused.missing == 1
    assert "13 Desember 2022" in refused.sentence
    assert balance(policy, history, date(2022, 10, 31)).free == 1


def test_case_L_14_leave_entered_after_the_expiry_uses_what_was_valid_then() -> None:
    policy = Policy(yearly(12, lot_cap=5), validity=Validity(through=(6, 30)))
    service = Period(date(2025, 1, 1))
    before = balance(policy, History(service), date(2026, 7, 3))
    assert [move.days for move in before.movements if move.kind is MovementKind.EXPIRY] == [-5]
    late = balance(policy, History(service, used(date(2026, 6, 24), 2)), date(2026, 7, 3))
    assert [move.days for move in late.movements if move.kind is MovementKind.EXPIRY] == [-3]
    assert late.left == 12 == before.left
    taken = [move for move in late.movements if move.kind is MovementKind.USE]
    assert {move.year.start.year for move in taken if move.year} == {2025}


def test_case_L_15_a_change_within_the_year_counts_by_its_days() -> None:
    terms = (Terms(date(2020, 1, 1), F(12)), Terms(date(2024, 7, 1), F(18)))
    policy = Policy(terms, frequency=Frequency.MONTHLY)
    history = History(Period(date(2024, 1, 1)))
    assert balance(policy, history, date(2024, 12, 31)).left == 15
    assert balance(policy, history, date(2024, 12, 31)) == balance(policy, history, date(2024, 12, 31))


def test_case_L_16_what_was_taken_last_year_does_not_lower_this_year() -> None:
    policy = Policy(yearly(20, lot_cap=0))
    uses = used(date(2025, 3, 3), 10)
    assert left(policy, date(2025, 12, 31), joined=date(2025, 1, 1), uses=uses) == 10
    assert left(policy, date(2026, 1, 1), joined=date(2025, 1, 1), uses=uses) == 20


@pytest.mark.parametrize(("carry", "expected"), [(7, 27), (0, 21)])
def test_case_L_17_what_is_left_is_carried_not_the_cap(carry: int, expected: int) -> None:
    policy = Policy(yearly(21, lot_cap=carry, total_cap=28))
    uses = used(date(2025, 3, 3), 15)
    assert left(policy, date(2026, 1, 1), joined=date(2025, 1, 1), uses=uses) == expected


def test_case_L_18_carrying_and_granting_are_two_events_of_one_day() -> None:
    reset = Policy(yearly(12, lot_cap=0), frequency=Frequency.MONTHLY)
    joined = date(2024, 1, 1)
    found = [left(reset, date(2026, month, 1), joined=joined) for month in (1, 2, 3)]
    assert found == [1, 2, 3]
    july = Policy(yearly(10), carries_on=(7, 1))
    assert left(july, date(2025, 1, 1), joined=joined) == left(july, date(2025, 7, 1), joined=joined) == 20
    moves = balance(july, History(Period(joined)), date(2025, 7, 1)).movements
    assert [move.on for move in moves if move.days] == [date(2024, 1, 1), date(2025, 1, 1)]


def test_case_L_19_what_was_earned_up_to_the_carrying_expires() -> None:
    policy = Policy(
        yearly(24), frequency=Frequency.MONTHLY, carries_on=(7, 1), validity=Validity(months=3)
    )  # fmt: skip
    found = balance(policy, History(Period(date(2024, 7, 1))), date(2025, 9, 23))
    assert found.left == 30
    ending = [lot for lot in found.lots if lot.expires_on == date(2025, 10, 1)]
    assert sum(lot.left for lot in ending) == 24


def test_case_L_22_ends_of_leave_years_follow_the_calendar() -> None:
    whole = Period(date(2024, 1, 1), date(2025, 1, 1))
    assert leave_year(date(2024, 12, 31)) == leave_year(date(2024, 2, 29)) == whole
    leap = leave_year(date(2024, 2, 29), (2, 29))
    assert leap.last_day == date(2025, 2, 28)
    assert leave_year(date(2025, 3, 1), (2, 29)).start == date(2025, 3, 1)
    assert leave_year(date(2028, 2, 28), (2, 29)).end == date(2028, 2, 29)


@pytest.mark.parametrize(("lowers", "left_then", "debt_then"), [(False, 12, 2), (True, 10, 0)])
def test_case_L_23_a_debt_is_a_row_of_its_own_and_nothing_is_carried(
    lowers: bool, left_then: int, debt_then: int
) -> None:
    policy = Policy(yearly(12), debt_lowers_grant=lowers)
    history = History(Period(date(2025, 1, 1)), used(date(2025, 11, 3), 14))
    ending = balance(policy, history, date(2025, 12, 31))
    assert (ending.left, ending.debt) == (0, 2)
    found = balance(policy, history, date(2026, 1, 1))
    assert (found.left, found.debt) == (left_then, debt_then)
    assert not [lot for lot in found.lots if lot.left < 0]
    assert [move.kind for move in found.movements if move.year is None][:2] == [MovementKind.DEBT] * 2


def test_halves_of_days_are_exact_and_sum_up() -> None:
    policy = Policy(yearly(12))
    uses = tuple(Use(date(2026, 3, day), HALF, f"r{day}") for day in (2, 3, 4))
    found = balance(policy, History(Period(date(2026, 1, 1)), uses), date(2026, 3, 31))
    assert found.left == F(21, 2) and _moved(found) == found.left
    assert found.movements[-1].reason == "Cuti 4 Maret 2026 memakai hak tahun 2026: 0,5 hari."


def _moved(found: Balance) -> F:
    return sum((move.days for move in found.movements), F(0))
