"""Annual leave by Indonesian law: BKN's examples and what follows from the articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction as F

import pytest

from pamong.kernel.period import Period
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law
from pamong.leave.lots import (
    Credit,
    Deferral,
    Forfeit,
    History,
    Opening,
    Policy,
    Use,
    Validity,
    balance,
    fits,
    indonesian,
)

NOW = date(2026, 11, 10)
OLD = Period(date(2023, 1, 1))  # a right since 1 January 2024


@pytest.fixture(scope="module")
def law() -> Law:
    """The law of the invented city."""
    return load_law("contoh")


@pytest.fixture(scope="module")
def pns(law: Law) -> Policy:
    """Annual leave of a PNS."""
    found = indonesian(law, "pns", NOW)
    assert found is not None
    return found


def taken(year: int, days: int) -> tuple[Use, ...]:
    """Days used in March of a year."""
    return tuple(Use(date(year, 3, 2 + number), F(1), f"u{year}") for number in range(days))


def right(policy: Policy, on: date, *uses: tuple[Use, ...], service: Period = OLD, **more: object) -> F:
    """What somebody can use in the year that begins on a day."""
    history = History(service, tuple(use for some in uses for use in some))
    return balance(policy, replace(history, **more), on).left  # type: ignore[arg-type]


def test_oracle_leave_L_1_nothing_taken_in_2018_gives_18_in_2019(pns: Policy) -> None:
    service = Period(date(2015, 1, 1))
    assert right(pns, date(2019, 1, 1), taken(2017, 3), service=service) == 18


def test_oracle_leave_L_2_a_remainder_of_10_carries_6(pns: Policy) -> None:
    assert right(pns, date(2026, 1, 1), taken(2024, 3), taken(2025, 8)) == 18
    found = balance(pns, History(OLD, (*taken(2024, 12), *taken(2025, 2))), date(2026, 1, 1))
    assert [(lot.year.start.year, lot.left) for lot in found.lots] == [(2025, 6), (2026, 12)]
    assert found.left == 18


def test_oracle_leave_L_3_two_years_without_leave_give_24(pns: Policy) -> None:
    assert right(pns, date(2026, 1, 1)) == 24


def test_oracle_leave_L_4_twelve_deferred_days_give_24(pns: Policy) -> None:
    more = {"deferrals": (Deferral(date(2025, 12, 1), F(12)),)}
    assert right(pns, date(2026, 1, 1), taken(2024, 12), **more) == 24
    # What is deferred never gives less than the ordinary remainder, and lives one year.
    four = {"deferrals": (Deferral(date(2025, 12, 1), F(4)),)}
    assert right(pns, date(2026, 1, 1), taken(2024, 12), **four) == 18
    assert right(pns, date(2027, 1, 1), taken(2024, 12), taken(2026, 12), **more) == 18


def test_oracle_leave_L_5_a_cpns_of_eleven_months_has_no_annual_leave_yet(law: Law) -> None:
    cpns = indonesian(law, "cpns", NOW)
    assert cpns is not None
    history = History(Period(date(2025, 12, 15)))
    assert balance(cpns, history, NOW).left == 0
    refused = fits(cpns, history, taken(2026, 1))
    assert not refused.fits and refused.first_day == date(2026, 3, 2)
    assert balance(cpns, history, date(2026, 12, 15)).left == 12


def test_oracle_G_5_a_year_without_leave_after_one_with_some_gives_18(pns: Policy) -> None:
    assert right(pns, date(2026, 1, 1), taken(2024, 5)) == 18


@pytest.mark.parametrize(("remainder", "expected"), [(4, 16), (10, 18), (0, 12), (6, 18)])
def test_oracle_G_6_and_G_7_of_a_remainder_at_most_six_days(
    pns: Policy, remainder: int, expected: int
) -> None:
    assert right(pns, date(2026, 1, 1), taken(2024, 12), taken(2025, 12 - remainder)) == expected


def test_oracle_G_8_two_wholly_unused_years_give_24(pns: Policy) -> None:
    found = balance(pns, History(OLD), date(2026, 1, 1))
    assert [(lot.year.start.year, lot.left) for lot in found.lots] == [(2025, 12), (2026, 12)]
    assert right(pns, date(2027, 1, 1)) == 24


def test_oracle_G_9_an_unused_year_and_then_a_partly_used_one_give_18(pns: Policy) -> None:
    assert right(pns, date(2026, 1, 1), taken(2025, 5)) == 18


@pytest.mark.parametrize(
    ("contract", "unused_years", "expected"),
    [(24, 1, 12), (25, 1, 18), (36, 2, 18), (37, 2, 24), (60, 1, 18), (None, 2, 12)],
)
def test_oracle_G_10_a_pppk_carries_only_beyond_two_years_of_contract(
    law: Law, contract: int | None, unused_years: int, expected: int
) -> None:
    policy = indonesian(law, "pppk", NOW, contract_months=contract)
    assert policy is not None
    uses = taken(2024, 1) if unused_years == 1 else ()
    assert right(policy, date(2026, 1, 1), uses, service=Period(date(2022, 3, 1))) == expected
    doubts = balance(policy, History(OLD), NOW).doubts
    assert any("perjanjian kerja" in doubt for doubt in doubts) == (contract is None)


def test_carried_days_go_first_and_die_with_the_year(pns: Policy) -> None:
    history = History(OLD, (*taken(2024, 1), *taken(2025, 2), *taken(2026, 4)))
    now = balance(pns, history, NOW)
    assert [(lot.left, lot.expires_on) for lot in now.lots] == [(2, date(2027, 1, 1)), (12, None)]
    assert balance(pns, history, date(2027, 1, 1)).left == 18
    reasons = [move.reason for move in balance(pns, history, date(2027, 1, 1)).movements]
    assert "Sisa cuti tahun 2025 habis masa berlakunya: 2 hari." in reasons
    assert (
        "Sisa cuti tahun 2025 dibawa ke tahun berikutnya: 6 hari, berlaku sampai 31 Desember 2026." in reasons
    )


def test_long_leave_takes_the_years_own_days_but_not_what_was_used(pns: Policy) -> None:
    lost = (Forfeit(date(2026, 6, 1), "cuti besar", "cb"),)
    history = History(OLD, (*taken(2024, 12), *taken(2025, 12), *taken(2026, 2)), forfeits=lost)
    assert balance(pns, history, date(2026, 5, 31)).left == 10
    found = balance(pns, history, date(2026, 6, 1))
    assert found.left == 0 and found.debt == 0
    assert found.movements[-1].reason == "Hak cuti tahun 2026 gugur karena cuti besar: 10 hari."
    # The year that was lost is no year without leave.
    idle = History(OLD, taken(2024, 12), forfeits=(Forfeit(date(2026, 1, 1), "cuti besar"),))
    assert balance(pns, idle, date(2027, 1, 1)).left == 12


def test_a_joint_leave_that_was_worked_adds_a_day(pns: Policy) -> None:
    more = (Credit(date(2026, 3, 20), F(1), "cuti bersama yang tidak diberikan"),)
    history = History(OLD, (*taken(2024, 12), *taken(2025, 12)), more)
    assert balance(pns, history, NOW).left == 13


def test_an_advance_of_a_pppk_lowers_the_first_grant(law: Law) -> None:
    policy = indonesian(law, "pppk", NOW, contract_months=60)
    assert policy is not None
    service = Period(date(2026, 1, 5))
    asked = tuple(Use(date(2026, 5, 4 + n), F(1), "a", advance=True) for n in range(6))
    assert fits(policy, History(service), asked).fits
    assert not fits(policy, History(service), (*asked, Use(date(2026, 6, 1), F(1), "a", advance=True))).fits
    assert not fits(policy, History(service), [replace(use, advance=False) for use in asked]).fits
    history = History(service, asked)
    assert balance(policy, history, date(2026, 12, 31)).debt == 6
    found = balance(policy, history, date(2027, 1, 5))
    assert (found.left, found.debt, found.shortfalls) == (6, 0, ())


def test_the_register_begins_with_what_was_known(pns: Policy) -> None:
    service, since = Period(date(2005, 1, 1)), date(2026, 1, 1)
    unused = Opening(date(2025, 1, 1), F(12), used=False)
    history = History(service, openings=(unused,), known_since=since)
    assert balance(pns, history, NOW).left == 18
    both = replace(history, openings=(unused, Opening(date(2024, 1, 1), F(0), used=False)))
    assert balance(pns, both, NOW).left == 24
    unknown = replace(history, openings=(unused, Opening(date(2024, 1, 1), F(0))))
    found = balance(pns, unknown, NOW)
    assert found.left == 18 and found.doubts == ("Belum diketahui apakah cuti tahun 2024 pernah dipakai.",)
    nothing = balance(pns, replace(history, openings=()), NOW)
    assert nothing.left == 12 and nothing.doubts == ("Sisa cuti tahun 2025 belum dicatat.",)


def test_a_register_that_begins_within_a_year_takes_its_remainders_as_they_are(pns: Policy) -> None:
    openings = (Opening(date(2026, 1, 1), F(9), used=True), Opening(date(2025, 1, 1), F(2), used=True))
    history = History(Period(date(2005, 1, 1)), openings=openings, known_since=date(2026, 7, 1))
    found = balance(pns, history, date(2026, 7, 1))
    assert [(lot.left, lot.expires_on) for lot in found.lots] == [(2, date(2027, 1, 1)), (9, None)]
    assert balance(pns, history, date(2027, 1, 1)).left == 18


def test_a_pppk_teacher_with_holidays_has_no_annual_leave_and_a_pns_has(law: Law) -> None:
    pppk = indonesian(law, "pppk", NOW, contract_months=60, teaches_with_holidays=True)
    pns = indonesian(law, "pns", NOW, teaches_with_holidays=True)
    assert pppk is not None and pns is not None
    assert balance(pppk, History(OLD), NOW).left == 0
    assert balance(pns, History(OLD, (*taken(2024, 12), *taken(2025, 12))), NOW).left == 12


def test_a_partial_remainder_of_the_year_before_last_lives_only_where_a_region_says_so(pns: Policy) -> None:
    history = History(OLD, (*taken(2024, 8), *taken(2025, 1)))
    assert balance(pns, history, date(2026, 1, 1)).left == 18
    two_years = Policy(
        tuple(replace(terms, total_cap=terms.unused_total) for terms in pns.terms),
        validity=Validity(months=24), wait_months=12,
    )  # fmt: skip
    found = balance(two_years, history, date(2026, 1, 1))
    assert [(lot.year.start.year, lot.left) for lot in found.lots] == [(2024, 3), (2025, 6), (2026, 12)]


def test_sources_name_the_articles(pns: Policy) -> None:
    articles = {cited.citation.text for cited in pns.sources}
    assert {"PP 11/2017, Pasal 313 ayat (1)", "PP 11/2017, Pasal 314 ayat (2)"} <= articles
    assert "PerBKN 24/2017, Lampiran, cuti tahunan angka 9" in articles


def test_no_policy_where_no_rule_was_read(law: Law) -> None:
    assert indonesian(law, "pns", date(2017, 4, 6)) is None
    assert indonesian(law, "honorer", NOW) is None
