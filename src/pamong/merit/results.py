"""The result of a selection as it is worked out now: who runs, the ranks, the best names, what is odd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.decisions.site import site_law
from pamong.law import merit as law
from pamong.law.conditions import Condition
from pamong.merit import models, standing
from pamong.merit.judging import judge_all
from pamong.merit.ranking import Best, Ranking, Row, best
from pamong.merit.ranking import Candidate as Ranked
from pamong.merit.register import Candidate
from pamong.merit.signals import Signal, rank_differences, score_signals


@dataclass(frozen=True, slots=True)
class Computed:
    """What comes of the scores. ``judged`` are all applicants with their conditions as of now."""

    ranking: Ranking
    names: Best | None
    judged: Mapping[int, tuple[Candidate, tuple[Condition, ...]]]
    running: Sequence[standing.Running]
    signals: Sequence[Signal]

    @property
    def content(self) -> dict[str, Any]:
        """The ranks and the names in JSON values, as the chair signs them."""
        names = set(self.names.names) if self.names else set[str]()
        return {
            "rows": [_told(row, locked=row.candidate in names) for row in self.ranking.rows],
            "names": list(self.names.names) if self.names else [],
        }  # fmt: skip


def computed(vacancy: models.Vacancy, on: date) -> Computed:
    """Work it out from what stands. Whoever is barred by now, as who has died, runs no more."""
    applicants = standing.applicants_of(vacancy)
    judged = judge_all(vacancy, [each.row for each in applicants], on)
    running = [each for each in applicants if each.runs and not _barred_now(each, judged[each.row.pk][1])]
    since = {who.id: who.service_since for who, _ in judged.values()}
    ranking = standing.ranking_of(vacancy, [each.row for each in running], since)
    names = best(ranking, vacancy.criteria.names)
    return Computed(ranking, names, judged, running, _signals(vacancy, running, on))


def departures(vacancy: models.Vacancy, on: date) -> Sequence[models.Result]:
    """Locked results whose rank is not what the scores give, worked out anew for those who were ranked then.
    Who has the same total as another keeps the place that he was given when it was locked."""
    results = list(models.Result.objects.filter(application__vacancy=vacancy).select_related("application"))
    rows = [each.application for each in results]
    since = {who.id: who.service_since for who, _ in judge_all(vacancy, rows, on).values()}
    ranking = standing.ranking_of(vacancy, rows, since)
    odd = {
        each.candidate
        for each in rank_differences(ranking, {str(each.application.uid): each.rank for each in results})
    }
    totals = {row.candidate: row.total for row in ranking.rows}
    shared = {total for total in totals.values() if list(totals.values()).count(total) > 1}
    return [
        each
        for each in results
        if (key := str(each.application.uid)) in odd
        and (totals.get(key) not in shared or totals[key] != standing.fraction(each))
    ]


def _barred_now(running: standing.Running, conditions: Sequence[Condition]) -> bool:
    return any(each.bars and not standing.is_set_aside(running, each) for each in conditions)


def _signals(vacancy: models.Vacancy, running: Sequence[standing.Running], on: date) -> Sequence[Signal]:
    least = law.find(site_law(), "score_spread_least", on)
    scores = standing.scores_of(standing.standing_scores(vacancy))
    who = [Ranked(str(each.row.uid)) for each in running]
    return score_signals(
        standing.criteria_of(vacancy), who, scores, least_spread=int(least.value) if least else 0
    )  # fmt: skip


def _told(row: Row, *, locked: bool) -> dict[str, Any]:
    tie = f"{row.tie.kind.value}:{row.tie.element}".rstrip(":") if row.tie else ""
    return {
        "application": row.candidate, "rank": row.rank, "num": row.total.numerator,
        "den": row.total.denominator, "tie": tie, "locked": locked,
    }  # fmt: skip
