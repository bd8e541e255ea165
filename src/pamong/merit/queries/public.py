"""What everybody reads: open posts, and results without more names than the law publishes.

Of a result: the scores by rank without names, the names that go on in the order of the alphabet, so that no
score is anybody's, and whom the order appointed (PP 11/2017 Article 121(2) for JPT; below, a region chooses).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pamong.decisions.site import site_law
from pamong.kernel.actor import Actor
from pamong.law import merit as law
from pamong.merit import models, standing
from pamong.merit.choices import Step
from pamong.merit.errors import VacancyNotFound
from pamong.merit.locking import points
from pamong.merit.queries.orders import AppointmentOrder, order_of
from pamong.people.services import reading

MOST = 100


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post for which applications come, with what was frozen."""

    uid: UUID
    title: str
    announced_on: date
    closes_on: date
    names: int
    requirements: str
    elements: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class PublicResult:
    """A result as everybody reads it. ``chosen`` and his rank while the order holds. ``overruled``: grounds
    on which conditions were set aside."""

    uid: UUID
    title: str
    locked_on: date
    scores: Sequence[tuple[int, str]]
    names: Sequence[str]
    chosen: str
    chosen_rank: int | None
    order: AppointmentOrder | None
    overruled: Sequence[str]


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A result in the public list; ``filled``: somebody was appointed."""

    uid: UUID
    title: str
    locked_on: date
    filled: bool


def list_open_posts(*, actor: Actor) -> Sequence[OpenPost]:
    """Posts that are announced and whose last day for applications has not passed; for everybody."""
    rows = models.Vacancy.objects.filter(steps__step=Step.ANNOUNCED.value, criteria__closes_on__gte=actor.on)
    found = []
    for row in rows.select_related("criteria").order_by("criteria__closes_on", "id")[:MOST]:
        taken = standing.steps_of(row)
        if standing.step_of(row) == Step.ANNOUNCED.value:
            found.append(_open(row, taken[Step.ANNOUNCED].on))
    return found


def _open(row: models.Vacancy, on: date) -> OpenPost:
    criteria = row.criteria
    elements = [(each.title, each.weight) for each in row.elements.order_by("place")]
    return OpenPost(
        row.uid, row.title, on, criteria.closes_on, criteria.names, criteria.requirements, elements
    )


def list_results(*, actor: Actor) -> Sequence[PublicLine]:
    """Vacancies whose results everybody reads, the newest first."""
    rows = models.VacancyStep.objects.filter(step=Step.LOCKED.value).select_related("vacancy").order_by("-id")
    shown = [each for each in rows[:MOST] if _is_published(each.vacancy, each.on)]
    filled = set(
        models.Choice.objects.filter(vacancy__in=[each.vacancy_id for each in shown])
        .values_list("vacancy_id", flat=True)
    )  # fmt: skip
    return [
        PublicLine(each.vacancy.uid, each.vacancy.title, each.on, each.vacancy_id in filled) for each in shown
    ]


def get_public_result(*, actor: Actor, vacancy: UUID) -> PublicResult:
    """A locked result as everybody reads it. ``VacancyNotFound`` also where a region publishes none."""
    row = standing.vacancy_of(vacancy)
    taken = standing.steps_of(row).get(Step.LOCKED)
    if taken is None or not _is_published(row, taken.on):
        raise VacancyNotFound
    results = models.Result.objects.filter(application__vacancy=row).select_related("application")
    results = results.order_by("rank", "id")
    locked = [each for each in results if each.is_locked]
    names = reading.names_of([each.application.person_id for each in locked])
    choice = models.Choice.objects.select_related("result__application").filter(vacancy=row).first()
    order = order_of(choice.decision) if choice else None
    holds = choice is not None and order is not None and order.ended_on is None
    grounds = models.Overruling.objects.filter(condition__application__vacancy=row)
    return PublicResult(
        row.uid, row.title, taken.on, [(each.rank, points(standing.fraction(each))) for each in results],
        sorted(names.values()), names[choice.result.application.person_id] if choice and holds else "",
        choice.rank if choice and holds else None, order,
        sorted(set(grounds.values_list("reason", flat=True))),
    )  # fmt: skip


def _is_published(row: models.Vacancy, on: date) -> bool:
    found = law.results_published(site_law(), on, row.kind)
    return bool(found is not None and found.value)
