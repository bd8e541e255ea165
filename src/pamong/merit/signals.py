"""What the scores and choices of many selections show: evidence for a person to judge, never guilt. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pamong.kernel.money import Ratio
from pamong.merit.ranking import Candidate, Criteria, Ranking, Scores

_FEW = 2  # with fewer candidates, equal scores say nothing


@dataclass(frozen=True, slots=True)
class Signal:
    """Something unusual: whom it is about, a plain sentence, and how it can be innocent."""

    code: str
    members: tuple[str, ...]
    text: str
    caution: str


def score_signals(
    criteria: Criteria, candidates: Sequence[Candidate], scores: Scores, *, least_spread: int
) -> tuple[Signal, ...]:
    """Two members with the very same scores for all, and members who hardly told candidates apart.

    ``least_spread``: in hundredths, between the best and the worst candidate of an element.
    """
    if len(candidates) < _FEW:
        return ()
    members = sorted({member for element in criteria.elements for member in element.scorers})
    whole = {member: _sheet(criteria, candidates, scores, member) for member in members}
    sheets = {member: sheet for member, sheet in whole.items() if sheet is not None}
    return (*_identical(sheets), *_flat(sheets, least_spread))


def _sheet(
    criteria: Criteria, candidates: Sequence[Candidate], scores: Scores, member: str
) -> Mapping[str, tuple[int, ...]] | None:
    """A member's scores by element over all candidates; None while one is missing."""
    sheet: dict[str, tuple[int, ...]] = {}
    for element in criteria.elements:
        if member not in element.scorers:
            continue
        given = [scores.get((member, each.key, element.code)) for each in candidates]
        known = tuple(score for score in given if score is not None)
        if len(known) < len(given):
            return None
        sheet[element.code] = known
    return sheet or None


def _identical(sheets: Mapping[str, Mapping[str, tuple[int, ...]]]) -> Iterable[Signal]:
    for one, other in combinations(sheets, 2):
        if sheets[one] == sheets[other]:
            count = sum(len(scores) for scores in sheets[one].values())
            yield Signal(
                "scores_identical",
                (one, other),
                f"Dua penilai memberi {count} nilai yang seluruhnya sama.",
                "Dapat wajar bila nilainya sedikit, atau bila keduanya memakai rubrik yang kasar.",
            )


def _flat(sheets: Mapping[str, Mapping[str, tuple[int, ...]]], least_spread: int) -> Iterable[Signal]:
    for member, sheet in sheets.items():
        spread = max(max(scores) - min(scores) for scores in sheet.values())
        if spread < least_spread:
            yield Signal(
                "scores_flat",
                (member,),
                "Seorang penilai memberi nilai yang hampir sama kepada semua pelamar.",
                "Dapat wajar bila pelamarnya memang setara.",
            )


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice by an appointing official: which rank, when."""

    by: str
    rank: int
    on: date


@dataclass(frozen=True, slots=True)
class Skips:
    """How often an appointing official passed over the first. ``streak``: the most in a row, by date."""

    by: str
    choices: int
    skipped: int
    ranks: tuple[tuple[int, int], ...]
    share: Ratio
    streak: int


def rank_skips(choices: Iterable[Choice]) -> tuple[Skips, ...]:
    """Choices counted by official. A choice of the second is lawful; only the pattern is worth a look."""
    by: dict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        by[choice.by].append(choice)
    return tuple(_skips(official, by[official]) for official in sorted(by))


def _skips(official: str, choices: list[Choice]) -> Skips:
    ordered = sorted(choices, key=lambda choice: (choice.on, choice.rank))
    counts: dict[int, int] = defaultdict(int)
    streak = longest = 0
    for choice in ordered:
        counts[choice.rank] += 1
        streak = streak + 1 if choice.rank > 1 else 0
        longest = max(longest, streak)
    skipped = len(ordered) - counts.pop(1, 0)
    ranks = {**counts, 1: len(ordered) - skipped}
    return Skips(
        official, len(ordered), skipped, tuple(sorted(ranks.items())), Ratio(skipped, len(ordered)), longest
    )


def first_by_element(ranking: Ranking, element: str) -> tuple[str, ...]:
    """Who was best in one element, as the assessment: to see how often another one won."""
    means = {
        row.candidate: part.mean for row in ranking.rows for part in row.parts if part.element == element
    }
    top = max(means.values(), default=None)
    return tuple(sorted(candidate for candidate, mean in means.items() if mean == top))


@dataclass(frozen=True, slots=True)
class Difference:
    """A candidate whose published rank is not the computed one; None: not on that list."""

    candidate: str
    computed: int | None
    published: int | None


def rank_differences(ranking: Ranking, published: Mapping[str, int]) -> tuple[Difference, ...]:
    """Where a published list departs from the ranks that the scores give."""
    computed = {row.candidate: row.rank for row in ranking.rows}
    return tuple(
        Difference(candidate, computed.get(candidate), published.get(candidate))
        for candidate in sorted(computed.keys() | published.keys())
        if computed.get(candidate) != published.get(candidate)
    )
