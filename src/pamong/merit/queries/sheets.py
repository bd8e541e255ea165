"""A member's own sheet. What others gave is sealed from him, as from everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.merit import models, standing
from pamong.merit.choices import Step
from pamong.merit.queries.sight import log, sight_of
from pamong.people.services import reading


@dataclass(frozen=True, slots=True)
class Cell:
    """One's score of an applicant in an element, in hundredths; None where it is still to come."""

    element: str
    value: int | None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An applicant with one's scores."""

    application: UUID
    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A member's sheet. ``elements``: code, title, weight. ``present``: he declared himself present today.
    ``open``: it can be filled in. ``done`` of ``size`` members have handed in all."""

    vacancy: UUID
    title: str
    elements: Sequence[tuple[str, str, int]]
    rows: Sequence[SheetRow]
    present: bool
    open: bool
    chair: bool
    done: int
    size: int


def get_sheet(*, actor: Actor, at: datetime, vacancy: UUID) -> Sheet:
    """One's own sheet of a vacancy. ``VacancyNotFound``, ``NotOnPanel``, ``NotNow``."""
    row = sight_of(actor, vacancy).row
    member = standing.require_member(row, actor.user_id)
    standing.require_step(row, Step.CLOSED.value, Step.SCORED.value, Step.LOCKED.value)
    elements = list(row.elements.order_by("place"))
    running = [each.row for each in standing.applicants_of(row) if each.runs]
    scores = standing.standing_scores(row)
    names = reading.names_of([each.person_id for each in running])
    log(actor, at, "merit.sheet", [each.person_id for each in running])
    mine = {(s.application_id, s.element_id): s for s in scores if s.member_id == member.pk}
    rows = [
        SheetRow(
            each.uid, names.get(each.person_id, ""), [_cell(e, mine.get((each.pk, e.pk))) for e in elements]
        )
        for each in running
    ]
    return Sheet(
        row.uid, row.title, [(e.code, e.title, e.weight) for e in elements], rows,
        models.Presence.objects.filter(member=member, on=actor.on).exists(),
        standing.step_of(row) == Step.CLOSED.value, member.is_chair,
        _done(row, scores, len(running) * len(elements)), len(standing.scorers(row)),
    )  # fmt: skip


def _cell(element: models.CriteriaElement, score: models.Score | None) -> Cell:
    if score is None:
        return Cell(element.code, None)
    return Cell(element.code, score.value, score.supersedes_id is not None)


def _done(row: models.Vacancy, scores: Sequence[models.Score], whole: int) -> int:
    """How many members have handed in all: counted, not named."""
    running = {each.row.pk for each in standing.applicants_of(row) if each.runs}
    given: dict[int, int] = {}
    for each in scores:
        if each.application_id in running:
            given[each.member_id] = given.get(each.member_id, 0) + 1
    return sum(given.get(member.pk, 0) == whole for member in standing.scorers(row)) if whole else 0
