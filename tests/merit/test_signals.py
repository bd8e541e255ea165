"""Signals are evidence with a caution; choices below the first are lawful and counted."""

from __future__ import annotations

from datetime import date

from pamong.merit.ranking import rank
from pamong.merit.signals import (
    Choice,
    Difference,
    first_by_element,
    rank_differences,
    rank_skips,
    score_signals,
)
from tests.merit.test_ranking import CRITERIA, ELEMENTS, FOUR, PANEL, PEOPLE


def varied() -> dict[tuple[str, str, str], int]:
    return {key: score + 10 * PANEL.index(key[0]) * (1 + len(key[1])) for key, score in FOUR.items()}


def test_case_J_03_identical_sheets_of_two_members_are_shown_with_a_caution() -> None:
    found = score_signals(CRITERIA, PEOPLE, FOUR, least_spread=100)
    assert [(each.code, each.members) for each in found] == [
        ("scores_identical", ("m1", "m2")),
        ("scores_identical", ("m1", "m3")),
        ("scores_identical", ("m2", "m3")),
    ]
    assert all(each.caution and "16 nilai" in each.text for each in found)
    assert score_signals(CRITERIA, PEOPLE, varied(), least_spread=100) == ()


def test_case_J_03_a_member_who_hardly_tells_candidates_apart() -> None:
    scores = varied() | {("m2", who.key, element.code): 8000 for who in PEOPLE for element in ELEMENTS}
    (flat,) = score_signals(CRITERIA, PEOPLE, scores, least_spread=100)
    assert (flat.code, flat.members) == ("scores_flat", ("m2",))


def test_one_candidate_or_an_unfinished_sheet_shows_nothing() -> None:
    assert score_signals(CRITERIA, PEOPLE[:1], FOUR, least_spread=100) == ()
    assert score_signals(CRITERIA, PEOPLE, {}, least_spread=100) == ()


def test_case_J_04_how_often_the_first_was_passed_over() -> None:
    choices = [
        Choice("mayor", rank, date(2026, month, 1)) for month, rank in ((1, 1), (2, 2), (3, 3), (4, 1))
    ]
    (mayor, other) = rank_skips([*choices, Choice("regent", 1, date(2026, 1, 1))])
    assert (mayor.by, mayor.choices, mayor.skipped, mayor.streak) == ("mayor", 4, 2, 2)
    assert mayor.ranks == ((1, 2), (2, 1), (3, 1))
    assert (mayor.share.num, mayor.share.den) == (2, 4)
    assert (other.skipped, other.ranks) == (0, ((1, 1),))
    assert rank_skips([]) == ()


def test_case_J_04_a_published_list_against_the_scores() -> None:
    ranking = rank(CRITERIA, PEOPLE, FOUR)
    published = {"citra": 1, "ani": 2, "dewa": 3, "eka": 4}
    assert rank_differences(ranking, published) == (
        Difference("budi", 3, None),
        Difference("dewa", 4, 3),
        Difference("eka", None, 4),
    )
    assert rank_differences(ranking, {"citra": 1, "ani": 2, "budi": 3, "dewa": 4}) == ()


def test_who_was_best_in_the_assessment() -> None:
    scores = {**FOUR} | {(member, "dewa", "assessment"): 10_000 for member in PANEL}
    assert first_by_element(rank(CRITERIA, PEOPLE, scores), "assessment") == ("dewa",)
    assert first_by_element(rank(CRITERIA, PEOPLE, {}), "assessment") == ()
