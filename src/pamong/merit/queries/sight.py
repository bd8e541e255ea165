"""Who sees what of a vacancy: officers, the appointing official and inspectors all of it, its panel the same,
everybody in service what was announced. Scores are sealed from all of them until they are open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.ledger.sql import fetch
from pamong.merit import models, policies, standing
from pamong.merit.errors import VacancyNotFound


@dataclass(frozen=True, slots=True)
class Sight:
    """A vacancy as somebody may see it. ``whole``: with the names of all who applied."""

    row: models.Vacancy
    step: str
    member: models.PanelMember | None
    reads: bool

    @property
    def whole(self) -> bool:
        """Whether he sees who applied."""
        return self.reads or (self.member is not None and not standing.is_recused(self.member))


def sight_of(actor: Actor, uid: UUID) -> Sight:
    """What the actor may see of a vacancy. ``VacancyNotFound`` also where that is nothing."""
    row = standing.vacancy_of(uid)
    step, member = standing.step_of(row), standing.member_of(row, actor.user_id)
    sight = Sight(row, step, member, policies.reads_all(actor))
    in_service = bool(access.may(actor, policies.APPLY))
    if sight.reads or member is not None or (in_service and is_announced(row)):
        return sight
    raise VacancyNotFound


def is_announced(row: models.Vacancy) -> bool:
    """Whether it ever was announced, also if it was cancelled since."""
    return row.steps.filter(step="announced").exists()


def log(actor: Actor, at: datetime, path: str, persons: Iterable[int]) -> None:
    """Note that the actor saw these persons; oneself is nobody else."""
    ids = [each for each in persons if each != actor.person_id]
    found = fetch("SELECT uid FROM people_person WHERE id = ANY(%(ids)s) ORDER BY id", {"ids": ids})
    access_services.log_read(actor=actor, at=at, path=path, subjects=[UUID(str(uid)) for (uid,) in found])
