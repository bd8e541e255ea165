"""Applying with one's own account. The conditions are asked at once, and everybody sees his own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.ids import uuid7
from pamong.law.conditions import Condition
from pamong.ledger import services as ledger
from pamong.merit import events, models, policies, standing
from pamong.merit.choices import Moment, Step
from pamong.merit.errors import NotNow
from pamong.merit.judging import answers, candidates, judge, keep
from pamong.merit.services.common import seal


@dataclass(frozen=True, slots=True)
class Applied:
    """An application with what the law says of it. ``again``: it was there already."""

    uid: UUID
    conditions: tuple[Condition, ...] = ()
    again: bool = False

    @property
    def bars(self) -> tuple[Condition, ...]:
        """What keeps the applicant out, unless it is set aside."""
        return tuple(each for each in self.conditions if each.bars)


@transaction.atomic
def apply(*, actor: Actor, at: datetime, vacancy: UUID) -> Applied:
    """Apply for a post oneself. Sent twice, also from two phones at once, it is one application.

    ``NotAllowed``, ``VacancyNotFound``, ``NotNow``.
    """
    access.require_account(actor)
    access.require(actor, policies.APPLY)
    if actor.person_id is None:
        raise NotAllowed("Akun Anda belum terhubung dengan data pegawai. Hubungi petugas kepegawaian.")
    row = standing.vacancy_of(vacancy)
    earlier = models.Application.objects.filter(vacancy=row, person_id=actor.person_id).first()
    if earlier is not None:
        return Applied(earlier.uid, again=True)
    standing.require_step(row, Step.ANNOUNCED.value)
    _refuse(row, actor)
    try:
        with transaction.atomic():
            return _store(actor, at, row, actor.person_id)
    except IntegrityError as error:
        if "application_once" not in str(error):
            raise
        return Applied(models.Application.objects.get(vacancy=row, person_id=actor.person_id).uid, again=True)


def _refuse(row: models.Vacancy, actor: Actor) -> None:
    if actor.on > row.criteria.closes_on:
        raise NotNow(f"Pelamaran ditutup {format_date(row.criteria.closes_on)}. Lihat lowongan lain.")
    if standing.member_of(row, actor.user_id) is not None:
        raise NotAllowed("Anda anggota panitia lowongan ini, jadi tidak dapat melamarnya.")


def _store(actor: Actor, at: datetime, row: models.Vacancy, person: int) -> Applied:
    uid = uuid7(at)
    made = models.Application.objects.create(
        uid=uid, vacancy=row, person_id=person, basis_id=seal(actor, uid)
    )
    who = candidates([person], actor.on, {person: actor.on})[person]
    conditions = judge(row, who, actor.on)
    keep(made, Moment.APPLICATION, conditions)
    event = events.Applied(
        row.uid, row.title, application=uid, person=who.uid, conditions=answers(conditions)
    )
    ledger.record(actor=actor, event=event)
    return Applied(uid, conditions)
