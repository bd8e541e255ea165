"""What concerns oneself: whether one meets the conditions, one's application, scores and rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.law.conditions import Answer, Condition
from pamong.merit import models, policies, standing
from pamong.merit.choices import Moment
from pamong.merit.judging import candidates, judge
from pamong.merit.locking import points
from pamong.merit.queries.sight import sight_of


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition with its answer. ``overruled``: on what ground it was set aside, '' where it was not."""

    code: str
    answer: Answer
    text: str
    value: str
    threshold: str
    source: str
    evidence: str
    bars: bool
    overruled: str = ""


@dataclass(frozen=True, slots=True)
class OwnScore:
    """A score that one was given, by which member (by place on the panel, not by name)."""

    element: str
    member: int
    value: int


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """One's application. ``rank`` and ``scores`` once the ranks are locked; ``result`` is what the log tells
    of (``Ranked``). ``runs``: nothing keeps one out."""

    uid: UUID
    at: datetime
    conditions: Sequence[ConditionView]
    runs: bool
    rank: int | None
    total: str
    goes_on: bool
    result: UUID | None
    scores: Sequence[OwnScore]


def try_own(*, actor: Actor, vacancy: UUID) -> Sequence[ConditionView]:
    """What the law says of oneself for this post as of today; nothing is stored. () without a person.

    ``VacancyNotFound``, ``NotAllowed``.
    """
    access.require(actor, policies.APPLY)
    row = sight_of(actor, vacancy).row
    if actor.person_id is None:
        return ()
    who = candidates([actor.person_id], actor.on, {actor.person_id: actor.on})[actor.person_id]
    return [shown(each) for each in judge(row, who, actor.on)]


def find_own(*, actor: Actor, vacancy: UUID) -> OwnApplication | None:
    """One's own application with all that is known of it; None where one did not apply.
    ``VacancyNotFound``."""
    row = sight_of(actor, vacancy).row
    if actor.person_id is None:
        return None
    mine = next((each for each in standing.applicants_of(row) if each.row.person_id == actor.person_id), None)
    return None if mine is None else _own(row, mine)


def _own(row: models.Vacancy, mine: standing.Running) -> OwnApplication:
    result = models.Result.objects.filter(application=mine.row).first()
    locked = standing.step_of(row) == "locked"
    return OwnApplication(
        mine.row.uid, mine.row.recorded_at, conditions_of(mine), mine.runs,
        result.rank if result and locked else None,
        points(standing.fraction(result)) if result and locked else "",
        bool(result and locked and result.is_locked), result.uid if result and locked else None,
        _scores(row, mine.row) if locked else (),
    )  # fmt: skip


def _scores(row: models.Vacancy, application: models.Application) -> Sequence[OwnScore]:
    places = {member.pk: place for place, member in enumerate(standing.scorers(row), start=1)}
    return [
        OwnScore(each.element.title, places[each.member_id], each.value)
        for each in standing.standing_scores(row)
        if each.application_id == application.pk and each.member_id in places
    ]


def conditions_of(running: standing.Running) -> Sequence[ConditionView]:
    """The conditions of an applicant as they were answered last."""
    last: dict[str, models.EligibilityRow] = {}
    for moment in Moment:
        last |= {row.code: row for row in standing.of_moment(running, moment)}
    return [
        ConditionView(
            row.code, Answer(row.answer), row.text, row.value, row.threshold, row.source, row.evidence,
            row.is_firm and row.answer == Answer.NOT_MET.value,
            row.overruling.reason if hasattr(row, "overruling") else "",
        )
        for row in last.values()
    ]  # fmt: skip


def shown(each: Condition) -> ConditionView:
    """A condition of the law that nobody has stored."""
    evidence = each.evidence.value if each.evidence else ""
    return ConditionView(
        each.code, each.answer, each.text, each.value, each.threshold, each.source, evidence, each.bars
    )
