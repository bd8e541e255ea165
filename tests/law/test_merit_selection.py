"""The procedure of a selection by the law: panel, announcement, weights, election window, choice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.kernel.errors import InvalidValue
from pamong.law import merit
from pamong.law.conditions import Answer
from pamong.law.engine.evidence import Evidence
from pamong.law.merit import ElectionDates, WindowState
from pamong.law.national import national

LAW = national()
NOW = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("size", "codes"), [(4, ["panel_few", "panel_even"]), (6, ["panel_even"]), (11, ["panel_many"])]
)
def test_oracle_G_14_a_panel_of_the_wrong_size_is_refused(size: int, codes: list[str]) -> None:
    wrong = merit.panel_problems(LAW, NOW, size=size)
    assert [each.code for each in wrong] == codes
    assert all(each.bars and "Pasal 114 ayat (7)" in each.source for each in wrong)


@pytest.mark.parametrize("size", [5, 7, 9])
def test_oracle_G_14_a_panel_of_five_seven_or_nine_is_right(size: int) -> None:
    assert merit.panel_problems(LAW, NOW, size=size) == ()


def test_a_tpk_is_odd_and_has_no_greatest_size() -> None:
    assert merit.panel_problems(LAW, NOW, size=11, body=merit.TPK) == ()
    assert [each.code for each in merit.panel_problems(LAW, NOW, size=4, body=merit.TPK)] == [
        "panel_few",
        "panel_even",
    ]


def test_an_internal_panel_has_no_size_in_any_text_that_was_read() -> None:
    (only,) = merit.panel_problems(LAW, NOW, size=4, body="internal")
    assert only.answer is Answer.UNKNOWN and not only.bars


def test_who_may_sit_on_a_panel() -> None:
    party, kin = merit.member_problems(LAW, NOW, party=True, kin=("Ani dan Budi bersaudara.",))
    assert party.bars and kin.bars and "Ani dan Budi bersaudara." in kin.text
    party, kin = merit.member_problems(LAW, NOW, party=None, kin=None)
    assert {party.answer, kin.answer} == {Answer.UNKNOWN}
    party, kin = merit.member_problems(LAW, NOW, party=False, kin=())
    assert {party.answer, kin.answer} == {Answer.MET}


@pytest.mark.parametrize(
    ("closing", "state"),
    [(14, WindowState.NEEDS_BASIS), (15, WindowState.WARN), (16, WindowState.OK)],
)
def test_oracle_G_15_days_from_announcement_to_closing(closing: int, state: WindowState) -> None:
    found = merit.window(LAW, announced=date(2026, 10, 1), closing=date(2026, 10, closing))
    assert found is not None and found.state is state
    assert (found.literal, found.inclusive) == (date(2026, 10, 16), date(2026, 10, 15))
    assert found.rule.evidence is Evidence.TEXT


def test_oracle_G_15_a_named_basis_turns_the_refusal_into_a_warning() -> None:
    found = merit.window(LAW, announced=date(2026, 10, 1), closing=date(2026, 10, 8), basis="Surat 1/2026")
    assert found is not None and found.state is WindowState.WARN and "Surat 1/2026" in found.text
    blank = merit.window(LAW, announced=date(2026, 10, 1), closing=date(2026, 10, 8), basis="  ")
    assert blank is not None and blank.state is WindowState.NEEDS_BASIS


def test_a_closing_before_the_announcement_is_no_window() -> None:
    with pytest.raises(InvalidValue):
        merit.window(LAW, announced=date(2026, 10, 2), closing=date(2026, 10, 1))
    assert merit.window(LAW, announced=date(2017, 4, 6), closing=date(2017, 5, 1)) is None


@given(st.integers(0, 60))
def test_a_later_closing_is_never_worse(days: int) -> None:
    order = list(WindowState)
    states = [
        merit.window(LAW, announced=NOW, closing=NOW + timedelta(days=each)) for each in (days, days + 1)
    ]
    first, second = (order.index(each.state) for each in states if each is not None)
    assert second <= first


ORDER = ("paper", "assessment", "interview", "track_record")


def weights(*numbers: int) -> dict[str, int]:
    return dict(zip(ORDER, numbers, strict=True))


def test_oracle_G_15b_weights() -> None:
    assert merit.weights_problems(LAW, NOW, weights=weights(20, 25, 35, 20)) == ()
    (short,) = merit.weights_problems(LAW, NOW, weights=weights(20, 20, 35, 20))
    assert short.code == "weights_sum" and short.bars and short.value == "95 %"
    outside = merit.weights_problems(LAW, NOW, weights=weights(10, 25, 45, 20))
    assert [each.code for each in outside] == ["weight_range", "weight_range"]
    assert not any(each.bars for each in outside)


def test_an_element_that_no_source_names_has_an_unknown_range_and_no_weight_is_nothing() -> None:
    found = merit.weights_problems(LAW, NOW, weights=weights(20, 25, 35, 15) | {"quran": 5})
    assert [(each.code, each.answer) for each in found] == [("weight_range", Answer.UNKNOWN)]
    zero = merit.weights_problems(LAW, NOW, weights={"paper": 0, "assessment": 100})
    assert zero[0].code == "weights_sum" and zero[0].bars


PILKADA = ElectionDates(determination_on=date(2024, 9, 22), inaugurated_on=date(2019, 2, 20))


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        (date(2024, 3, 21), Answer.MET),
        (date(2024, 3, 22), Answer.NOT_MET),
        (date(2025, 2, 19), Answer.NOT_MET),
    ],
)
def test_oracle_election_ban_from_six_months_before_the_determination(on: date, answer: Answer) -> None:
    found = merit.election_window(LAW, PILKADA, on)
    assert found.answer is answer
    assert "Pasal 71 ayat (2)" in found.source


def test_oracle_election_ban_of_2020() -> None:
    dates = ElectionDates(determination_on=date(2020, 7, 8), inaugurated_on=date(2015, 6, 1))
    assert merit.election_window(LAW, dates, date(2020, 1, 7)).answer is Answer.MET
    assert merit.election_window(LAW, dates, date(2020, 1, 8)).bars


def test_case_J_17_six_months_after_an_inauguration() -> None:
    dates = ElectionDates(date(2024, 9, 22), None, date(2025, 2, 20), none_planned=True)
    closed = merit.election_window(LAW, dates, date(2025, 8, 19))
    assert closed.bars and "Pasal 162 ayat (3)" in closed.source
    assert merit.election_window(LAW, dates, date(2025, 8, 20)).answer is Answer.MET


def test_case_J_17_the_ministers_letter_lifts_the_ban_and_is_named() -> None:
    found = merit.election_window(LAW, PILKADA, date(2024, 6, 1), consent="100.2.2.6/123/OTDA")
    assert found.answer is Answer.MET and "100.2.2.6/123/OTDA" in found.text
    assert merit.election_window(LAW, PILKADA, date(2024, 6, 1), consent=" ").bars


def test_case_J_17_what_nobody_entered_is_unknown_and_not_open() -> None:
    assert merit.election_window(LAW, ElectionDates(), NOW).answer is Answer.UNKNOWN
    only_next = ElectionDates(determination_on=date(2029, 9, 22))
    assert merit.election_window(LAW, only_next, NOW).answer is Answer.UNKNOWN
    past = ElectionDates(determination_on=date(2024, 9, 22), inaugurated_on=date(2025, 2, 20))
    assert merit.election_window(LAW, past, NOW).answer is Answer.UNKNOWN


def test_oracle_G_16_a_name_locked_for_another_vacancy_is_refused() -> None:
    (wrong,) = merit.choice_problems(LAW, NOW, chosen="b", locked=["a", "c", "d"], elsewhere=["b"])
    assert wrong.code == "other_selection" and wrong.bars and wrong.source.endswith("Pasal 129")


def test_case_J_01_a_name_from_outside_the_locked_list_is_refused() -> None:
    (wrong,) = merit.choice_problems(LAW, NOW, chosen="z", locked=["a", "c", "d"])
    assert wrong.code == "not_locked" and wrong.bars
    assert merit.choice_problems(LAW, NOW, chosen="a", locked=["a"], elsewhere=["a"]) == ()


def test_case_J_08_too_few_applicants_only_warns() -> None:
    found = merit.applicants(LAW, NOW, applied=2, pool=37, extensions=3)
    assert [each.code for each in found.problems] == ["applicants", "extensions"]
    assert not any(each.bars for each in found.problems)
    assert merit.applicants(LAW, NOW, applied=3).problems == ()
