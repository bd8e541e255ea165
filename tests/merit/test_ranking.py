"""Ranks: exact, complete or none at all, the same for any order, with ties by frozen rules."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.merit.ranking import (
    Best,
    Candidate,
    Criteria,
    Element,
    Ranking,
    Scores,
    Tie,
    TieKind,
    best,
    draw_commitment,
    draw_order,
    missing_scores,
    rank,
    round_half_up,
    usual_ties,
)

PANEL = ("m1", "m2", "m3")
ELEMENTS = (
    Element("paper", 20, PANEL),
    Element("assessment", 25, PANEL),
    Element("interview", 35, PANEL),
    Element("track_record", 20, PANEL),
)
CRITERIA = Criteria(ELEMENTS, usual_ties(ELEMENTS))
NAMES = ("ani", "budi", "citra", "dewa")
PEOPLE = tuple(Candidate(name, date(2000 + place, 1, 1)) for place, name in enumerate(NAMES))
SEED = b"a seed that was sealed"


def sheet(**by: int) -> Scores:
    """The same score from everybody in everything, by candidate."""
    return {
        (member, name, element.code): score
        for name, score in by.items()
        for member in PANEL
        for element in ELEMENTS
    }


FOUR = sheet(ani=8000, budi=7500, citra=9000, dewa=6000)


def order(ranking: Ranking) -> list[tuple[str, int]]:
    return [(row.candidate, row.rank) for row in ranking.rows]


def test_the_weighted_total_is_exact_and_rounded_only_to_be_shown() -> None:
    scores = {**FOUR, ("m1", "ani", "interview"): 8001}
    (ani,) = [row for row in rank(CRITERIA, PEOPLE, scores).rows if row.candidate == "ani"]
    assert ani.total == 8000 + Fraction(35, 300)
    assert ani.shown == 8000
    assert [(part.element, part.points) for part in ani.parts] == [
        ("paper", 1600),
        ("assessment", 2000),
        ("interview", Fraction(24001 * 35, 300)),
        ("track_record", 1600),
    ]
    assert [round_half_up(Fraction(number, 10)) for number in (14, 15, 16)] == [1, 2, 2]


def test_case_J_03_a_missing_score_is_not_zero_and_there_is_no_rank_without_it() -> None:
    scores = {key: score for key, score in FOUR.items() if key != ("m2", "dewa", "paper")}
    ranking = rank(CRITERIA, PEOPLE, scores)
    assert ranking.rows == () and ranking.missing == (("m2", "dewa", "paper"),)
    assert not ranking.complete and best(ranking, 3) is None
    assert len(missing_scores(CRITERIA, PEOPLE, {})) == 4 * 4 * 3


def test_case_J_04_the_ranks_are_those_of_the_scores_and_three_names_go_on() -> None:
    ranking = rank(CRITERIA, PEOPLE, FOUR)
    assert order(ranking) == [("citra", 1), ("ani", 2), ("budi", 3), ("dewa", 4)]
    assert best(ranking, 3) == Best(("citra", "ani", "budi"))
    assert best(ranking, 9) == Best(("citra", "ani", "budi", "dewa"))


def test_difference_too_small_to_be_shown_still_decides() -> None:
    ranking = rank(CRITERIA, PEOPLE[:2], {**sheet(ani=8000, budi=8000), ("m1", "budi", "paper"): 8001})
    assert order(ranking) == [("budi", 1), ("ani", 2)]
    assert {row.shown for row in ranking.rows} == {8000}


def test_same_total_is_decided_by_the_element_of_the_largest_weight() -> None:
    scores = dict(sheet(ani=8000, budi=8000))
    for member in PANEL:
        scores[member, "budi", "interview"] = 8400
        scores[member, "budi", "paper"] = 7300
    ranking = rank(CRITERIA, PEOPLE[:2], scores)
    assert ranking.rows[0].total == ranking.rows[1].total
    assert order(ranking) == [("budi", 1), ("ani", 2)]
    assert {row.tie for row in ranking.rows} == {Tie(TieKind.ELEMENT, "interview")}


def test_then_by_longer_service_and_then_by_the_draw() -> None:
    same = sheet(ani=8000, budi=8000)
    ranking = rank(CRITERIA, PEOPLE[:2], same)
    assert order(ranking) == [("ani", 1), ("budi", 2)] and ranking.rows[0].tie == Tie(TieKind.SERVICE)
    strangers = (Candidate("ani"), Candidate("budi", date(1990, 1, 1)))
    drawn = rank(CRITERIA, strangers, same, seed=SEED)
    assert [row.candidate for row in drawn.rows] == list(draw_order(SEED, ["budi", "ani"]))
    assert {row.tie for row in drawn.rows} == {Tie(TieKind.DRAW)}


def test_without_the_opened_draw_a_rank_is_shared_and_no_list_can_be_locked_across_it() -> None:
    strangers = tuple(Candidate(name) for name in NAMES)
    ranking = rank(CRITERIA, strangers, sheet(ani=9000, budi=8000, citra=7000, dewa=7000))
    assert order(ranking) == [("ani", 1), ("budi", 2), ("citra", 3), ("dewa", 3)]
    assert [row.shared for row in ranking.rows] == [False, False, True, True]
    assert best(ranking, 3) == Best(("ani", "budi"), ("citra", "dewa"))
    assert best(ranking, 4) == Best(NAMES)
    assert best(ranking, 2) == Best(("ani", "budi"))


def test_the_draw_is_committed_before_and_depends_on_all_who_take_part() -> None:
    assert draw_commitment(SEED) != draw_commitment(b"another seed")
    orders = {draw_order(bytes([seed]), NAMES)[0] for seed in range(60)}
    assert orders == set(NAMES)
    changed = [draw_order(bytes([seed]), (*NAMES, "eka")) for seed in range(60)]
    kept = [
        tuple(name for name in new if name != "eka") == draw_order(bytes([seed]), NAMES)
        for seed, new in enumerate(changed)
    ]
    assert not all(kept)


def test_case_J_16_a_recused_member_counts_for_nobody_and_owes_nothing() -> None:
    scores = {key: score for key, score in FOUR.items() if key[0] != "m3"}
    ranking = rank(CRITERIA, PEOPLE, scores, recused=frozenset({"m3"}))
    assert order(ranking) == [("citra", 1), ("ani", 2), ("budi", 3), ("dewa", 4)]
    loud = {**scores, **{("m3", "dewa", element.code): 10_000 for element in ELEMENTS}}
    assert rank(CRITERIA, PEOPLE, loud, recused=frozenset({"m3"})) == ranking
    with pytest.raises(ValueError, match="nobody is left"):
        rank(CRITERIA, PEOPLE, {}, recused=frozenset(PANEL))


@pytest.mark.parametrize("score", [-1, 10_001, True])
def test_a_score_outside_the_scale_is_refused(score: int) -> None:
    with pytest.raises(ValueError, match="score"):
        rank(CRITERIA, PEOPLE, {**FOUR, ("m1", "ani", "paper"): score})


@pytest.mark.parametrize("weights", [(20, 20, 35, 20), (0, 45, 35, 20), (120, -40, 10, 10)])
def test_oracle_G_15b_criteria_whose_weights_do_not_sum_are_refused(weights: tuple[int, ...]) -> None:
    elements = tuple(Element(str(place), weight, PANEL) for place, weight in enumerate(weights))
    with pytest.raises(ValueError, match="sum to 100"):
        Criteria(elements, ())


_score = st.integers(0, 20).map(lambda step: step * 500)
_scores = st.fixed_dictionaries({(m, c, e.code): _score for m in PANEL for c in NAMES for e in ELEMENTS})


@given(_scores, st.permutations(PEOPLE), st.permutations(PANEL))
def test_the_order_of_members_and_candidates_changes_nothing(
    scores: dict[tuple[str, str, str], int], people: list[Candidate], members: list[str]
) -> None:
    turned = Criteria(tuple(Element(e.code, e.weight, tuple(members)) for e in ELEMENTS), CRITERIA.ties)
    assert rank(turned, people, scores, seed=SEED) == rank(CRITERIA, PEOPLE, scores, seed=SEED)


@given(_scores, st.permutations(PANEL))
def test_who_gave_which_score_changes_no_rank(
    scores: dict[tuple[str, str, str], int], members: list[str]
) -> None:
    swap = dict(zip(PANEL, members, strict=True))
    turned = {(swap[m], c, e): score for (m, c, e), score in scores.items()}
    assert rank(CRITERIA, PEOPLE, turned, seed=SEED) == rank(CRITERIA, PEOPLE, scores, seed=SEED)


@given(
    _scores, st.sampled_from(NAMES), st.sampled_from(PANEL), st.sampled_from(ELEMENTS), st.integers(0, 4000)
)
def test_a_rank_never_falls_when_a_score_rises(
    scores: dict[tuple[str, str, str], int], name: str, member: str, element: Element, more: int
) -> None:
    key = (member, name, element.code)
    higher = {**scores, key: min(10_000, scores[key] + more)}
    before, after = (
        {row.candidate: row.rank for row in rank(CRITERIA, PEOPLE, each, seed=SEED).rows}
        for each in (scores, higher)
    )
    assert after[name] <= before[name]


@given(_scores)
def test_ranks_are_a_full_order_once_the_draw_is_opened(scores: dict[tuple[str, str, str], int]) -> None:
    rows = rank(CRITERIA, tuple(Candidate(name) for name in NAMES), scores, seed=SEED).rows
    assert [row.rank for row in rows] == [1, 2, 3, 4]
    assert all(rows[place].total >= rows[place + 1].total for place in range(3))
