"""Ranks of candidates from the scores of a panel: exact, with ties by rules that were frozen before. Pure.

A score is whole hundredths of a point (0 to 10.000). The score of an element is the mean of its scorers, the
total is the sum of elements by weight, both exact fractions; only what is shown is rounded. A missing score
is missing and not zero: without all scores there is no rank at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

HIGHEST = 10_000  # hundredths of a point
_WHOLE = 100  # percent

Scores = Mapping[tuple[str, str, str], int]  # member, candidate, element


class TieKind(StrEnum):
    """By what candidates with the same total are told apart. No text of the law names any of these."""

    ELEMENT = "element"
    SERVICE = "service"
    DRAW = "draw"


@dataclass(frozen=True, slots=True)
class Tie:
    """One rule: the higher score in an element, the longer service, or the sealed draw."""

    kind: TieKind
    element: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the selection, its weight in whole percent, and who scores it."""

    code: str
    weight: int
    scorers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is frozen at the announcement. ValueError for weights that are none, or do not sum to 100."""

    elements: tuple[Element, ...]
    ties: tuple[Tie, ...]

    def __post_init__(self) -> None:
        weights = [element.weight for element in self.elements]
        if sum(weights) != _WHOLE or min(weights, default=0) <= 0:
            raise ValueError("weights are positive and sum to 100")
        if len({element.code for element in self.elements}) != len(self.elements):
            raise ValueError("an element stands twice")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate by a key that says nothing of the person; since when in service, if it is known."""

    key: str
    service_since: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What an element gives: mean of its scores, weight in percent, and hundredths of points to the total."""

    element: str
    mean: Fraction
    weight: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate's place. ``tie``: the rule that placed it among others of the same total.

    ``shared``: no rule told it from another, so that both have the same rank.
    """

    candidate: str
    rank: int
    total: Fraction
    parts: tuple[Part, ...]
    tie: Tie | None = None
    shared: bool = False

    @property
    def shown(self) -> int:
        """The total in hundredths as people read it."""
        return round_half_up(self.total)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows by rank, or () with what is still missing: member, candidate, element."""

    rows: tuple[Row, ...]
    missing: tuple[tuple[str, str, str], ...]

    @property
    def complete(self) -> bool:
        """Whether everybody has scored everything."""
        return not self.missing


def usual_ties(elements: Sequence[Element]) -> tuple[Tie, ...]:
    """The proposed rules: the element of the largest weight, the assessment, longer service, the sealed draw.

    Of several largest the first counts. They are ours, not the law's, and a site may freeze others.
    """
    largest = max(elements, key=lambda element: element.weight).code
    second = [Tie(TieKind.ELEMENT, each.code) for each in elements if each.code == "assessment" != largest]
    return (Tie(TieKind.ELEMENT, largest), *second, Tie(TieKind.SERVICE), Tie(TieKind.DRAW))


def round_half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def missing_scores(
    criteria: Criteria, candidates: Iterable[Candidate], scores: Scores, recused: frozenset[str] = frozenset()
) -> tuple[tuple[str, str, str], ...]:
    """Which scores are still to come; whoever recused himself from the panel owes none."""
    return tuple(
        (member, candidate, element.code)
        for candidate in sorted(each.key for each in candidates)
        for element in criteria.elements
        for member in sorted(element.scorers)
        if member not in recused and (member, candidate, element.code) not in scores
    )


def rank(
    criteria: Criteria,
    candidates: Sequence[Candidate],
    scores: Scores,
    *,
    recused: frozenset[str] = frozenset(),
    seed: bytes | None = None,
) -> Ranking:
    """The ranks. ``recused``: members whose scores do not count, for nobody. ``seed``: the opened draw.

    ValueError for a score outside 0 to 10.000, or an element that nobody is left to score.
    """
    _check(criteria, scores, recused)
    missing = missing_scores(criteria, candidates, scores, recused)
    if missing:
        return Ranking((), missing)
    parts = {each.key: _parts(criteria, each.key, scores, recused) for each in candidates}
    totals = {key: sum((part.points for part in found), Fraction()) for key, found in parts.items()}
    rows: list[Row] = []
    for total in sorted(set(totals.values()), reverse=True):
        same = [each for each in candidates if totals[each.key] == total]
        for group, tie in _split(same, criteria.ties, _keys(parts, candidates, seed), None):
            place = len(rows) + 1
            shared = len(group) > 1
            rows += [
                Row(key, place, total, parts[key], tie, shared) for key in sorted(each.key for each in group)
            ]
    return Ranking(tuple(rows), ())


def _check(criteria: Criteria, scores: Scores, recused: frozenset[str]) -> None:
    if any(isinstance(score, bool) or not 0 <= score <= HIGHEST for score in scores.values()):
        raise ValueError("a score lies between 0 and 10.000 hundredths")
    if any(not set(element.scorers) - recused for element in criteria.elements):
        raise ValueError("nobody is left to score an element")


def _parts(criteria: Criteria, key: str, scores: Scores, recused: frozenset[str]) -> tuple[Part, ...]:
    found = []
    for element in criteria.elements:
        given = [scores[member, key, element.code] for member in element.scorers if member not in recused]
        mean = Fraction(sum(given), len(given))
        found.append(Part(element.code, mean, element.weight, mean * Fraction(element.weight, _WHOLE)))
    return tuple(found)


_Key = Callable[[Tie, Candidate], Fraction | int | None]


def _keys(parts: Mapping[str, tuple[Part, ...]], candidates: Sequence[Candidate], seed: bytes | None) -> _Key:
    """What a rule compares, the greater the better; None where it can't be told."""
    order = draw_order(seed, [each.key for each in candidates]) if seed is not None else ()

    def key(tie: Tie, candidate: Candidate) -> Fraction | int | None:
        if tie.kind is TieKind.ELEMENT:
            means = {part.element: part.mean for part in parts[candidate.key]}
            return means.get(tie.element)
        if tie.kind is TieKind.SERVICE:
            return -candidate.service_since.toordinal() if candidate.service_since else None
        return -order.index(candidate.key) if order else None

    return key


def _split(
    group: Sequence[Candidate], ties: Sequence[Tie], key: _Key, by: Tie | None
) -> Iterator[tuple[Sequence[Candidate], Tie | None]]:
    """The group in order, rule by rule; a rule that can't be told for one of the group tells none apart."""
    if len(group) == 1 or not ties:
        yield group, by
        return
    values = {each.key: key(ties[0], each) for each in group}
    known = {value for value in values.values() if value is not None}
    if None in values.values() or len(known) == 1:
        yield from _split(group, ties[1:], key, by)
        return
    for value in sorted(known, reverse=True):
        same = [each for each in group if values[each.key] == value]
        yield from _split(same, ties[1:], key, ties[0])


def draw_commitment(seed: bytes) -> str:
    """What is published at the announcement of a draw whose seed stays sealed: its SHA-256."""
    return hashlib.sha256(seed).hexdigest()


def draw_order(seed: bytes, candidates: Iterable[str]) -> tuple[str, ...]:
    """The order of a draw by its opened seed and all who take part, so that neither alone decides it."""
    keys = sorted(candidates)
    whole = hashlib.sha256(seed + "\n".join(keys).encode()).digest()
    return tuple(sorted(keys, key=lambda key: hashlib.sha256(whole + key.encode()).digest()))


@dataclass(frozen=True, slots=True)
class Best:
    """The best names in order. ``undecided``: those who share the last place: no list can be locked yet."""

    names: tuple[str, ...]
    undecided: tuple[str, ...] = ()


def best(ranking: Ranking, count: int) -> Best | None:
    """The best ``count`` names; None while scores are missing."""
    if not ranking.complete:
        return None
    inside = [row for row in ranking.rows if row.rank <= count]
    if len(inside) <= count:
        return Best(tuple(row.candidate for row in inside))
    last = inside[-1].rank
    shared = tuple(row.candidate for row in inside if row.rank == last)
    return Best(tuple(row.candidate for row in inside if row.rank < last), shared)
