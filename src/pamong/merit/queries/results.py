"""The locked result, and the choice with its reason: whole for panel, officials and inspectors; the locked
names and the choice for those who are among them; of all others each his own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from pamong.decisions.types import Gate
from pamong.kernel.actor import Actor
from pamong.merit import models, standing
from pamong.merit.appointing import gates_of
from pamong.merit.choices import Step
from pamong.merit.errors import NotNow, VacancyNotFound
from pamong.merit.locking import points
from pamong.merit.queries.orders import AppointmentOrder, order_of
from pamong.merit.queries.own import ConditionView, conditions_of
from pamong.merit.queries.sight import Sight, log, sight_of
from pamong.people.services import reading


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A rank: whose, the total as people read it, the mean of each element, whether it goes on."""

    result: UUID
    rank: int
    name: str
    total: str
    means: Sequence[tuple[str, str]]
    tie: str
    goes_on: bool
    chosen: bool
    odd: Sequence[ConditionView]


@dataclass(frozen=True, slots=True)
class ResultView:
    """The result as the actor may see it. ``reason``: why another than the first was chosen. ``names`` go on.
    ``whole``: all ranks are among the rows; ``own``: it is the actor who was appointed."""

    vacancy: UUID
    title: str
    rows: Sequence[ResultRow]
    whole: bool
    count: int
    names: int
    chosen: str
    chosen_rank: int | None
    reason: str
    decision: UUID | None
    order: AppointmentOrder | None
    own: bool


@dataclass(frozen=True, slots=True)
class LockedName:
    """One of the locked names, to choose from. ``gates``: what the law says of him on the day."""

    application: UUID
    rank: int
    name: str
    total: str
    gates: Sequence[Gate]


def list_locked(*, vacancy: UUID, on: date) -> Sequence[LockedName]:
    """The locked names by rank, for whose turn it is to choose: the story of the decision has seen to the
    right and shows the same names. ``on``: the day from which the post would be his."""
    row = standing.vacancy_of(vacancy)
    locked = standing.locked_results(row)
    gates = gates_of(row, locked, on)
    names = reading.names_of([each.application.person_id for each in locked])
    return [
        LockedName(
            each.application.uid, each.rank, names.get(each.application.person_id, ""),
            points(standing.fraction(each)), gates[each.pk],
        )
        for each in locked
    ]  # fmt: skip


def get_result(*, actor: Actor, at: datetime, vacancy: UUID) -> ResultView:
    """The result once it is locked. ``VacancyNotFound``, ``NotNow``."""
    sight = sight_of(actor, vacancy)
    row = sight.row
    if sight.step != Step.LOCKED.value:
        raise NotNow("Peringkat lowongan ini belum dikunci. Hasilnya tampil di sini sesudahnya.")
    results = list(
        models.Result.objects.filter(application__vacancy=row).select_related("application")
        .order_by("rank", "id")
    )  # fmt: skip
    mine = next((each for each in results if each.application.person_id == actor.person_id), None)
    if not sight.whole and mine is None:
        raise VacancyNotFound
    shown = _shown(sight, results, mine)
    choice = models.Choice.objects.select_related("result__application").filter(vacancy=row).first()
    names = reading.names_of([each.application.person_id for each in results])
    log(actor, at, "merit.result", [each.application.person_id for each in shown])
    tells = choice is not None and (sight.whole or (mine is not None and mine.is_locked))
    own = choice is not None and choice.result_id == (mine.pk if mine else None)
    return _view(row, shown, len(results), sight.whole, names, choice if tells else None, own)


def _shown(
    sight: Sight, results: Sequence[models.Result], mine: models.Result | None
) -> Sequence[models.Result]:
    if sight.whole:
        return results
    if mine is not None and mine.is_locked:
        return [each for each in results if each.is_locked]
    return [each for each in results if each is mine]


def _view(
    row: models.Vacancy, shown: Sequence[models.Result], count: int, whole: bool, names: dict[int, str],
    choice: models.Choice | None, own: bool,
) -> ResultView:  # fmt: skip
    running = {each.row.pk: each for each in standing.applicants_of(row)} if whole else {}
    rows = [_row(row, each, names, choice, running.get(each.application_id)) for each in shown]
    return ResultView(
        row.uid, row.title, rows, whole, count, row.criteria.names,
        names.get(choice.result.application.person_id, "") if choice else "",
        choice.rank if choice else None, choice.reason if choice else "",
        choice.decision if choice else None, order_of(choice.decision if choice else None), own,
    )  # fmt: skip


def _row(
    row: models.Vacancy, result: models.Result, names: dict[int, str], choice: models.Choice | None,
    running: standing.Running | None,
) -> ResultRow:  # fmt: skip
    left = {member.pk for member in standing.scorers(row)}
    means = []
    for element in row.elements.order_by("place"):
        given = [
            each.value for each in standing.standing_scores(row)
            if (each.application_id, each.element_id) == (result.application_id, element.pk)
            and each.member_id in left
        ]  # fmt: skip
        means.append((element.title, points(Fraction(sum(given), len(given))) if given else ""))
    odd = [each for each in conditions_of(running) if each.answer.value != "met"] if running else []
    chosen = choice is not None and choice.result_id == result.pk
    return ResultRow(
        result.uid, result.rank, names.get(result.application.person_id, ""),
        points(standing.fraction(result)), means, result.tie, result.is_locked, chosen, odd,
    )  # fmt: skip
