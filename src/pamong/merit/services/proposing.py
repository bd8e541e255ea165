"""Proposing the decisions of a vacancy: its opening, its panel, what is set aside, the result, the choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.decisions import services as decisions
from pamong.decisions.services import Entered
from pamong.decisions.types import Gate
from pamong.kernel.actor import Actor
from pamong.merit import appointing, locking, opening, overruling, panels, policies, standing
from pamong.merit.choices import Source
from pamong.merit.errors import NotNow


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is to sit on a panel, by the uid of his account. ``no_party``: he declared so."""

    user: UUID
    source: Source = Source.OWN
    chair: bool = False
    no_party: bool = False


def propose_vacancy(*, actor: Actor, at: datetime, key: UUID, asked: Mapping[str, Any]) -> Entered:
    """Propose to open a vacancy. ``asked`` names ``seat`` (uid), ``needed_on`` and ``closes_on`` (ISO dates),
    ``names``, ``elements`` (code, title, weight in whole percent), and where they are needed ``ties``,
    ``requirements``, ``basis`` (of a short time) and ``consent`` (the Minister's letter).

    ``NotAllowed``, ``ContentUnfit``, ``GatesBlock``, ``KeyReused``.
    """
    return decisions.propose(actor=actor, at=at, kind=opening.CODE, key=key, content=asked)


def try_vacancy(*, actor: Actor, at: datetime, asked: Mapping[str, Any]) -> Sequence[Gate]:
    """What the gates would say of it; nothing is stored. ``NotAllowed``, ``ContentUnfit``."""
    return decisions.preview(actor=actor, at=at, kind=opening.CODE, content=asked)


def propose_panel(
    *, actor: Actor, at: datetime, key: UUID, vacancy: UUID, members: Sequence[Member]
) -> Entered:
    """Propose members for the panel of a vacancy, also in the place of some who have stood aside.

    ``NotAllowed``, ``VacancyNotFound``, ``NotNow``, ``ContentUnfit``, ``GatesBlock``, ``KeyReused``.
    """
    told = [
        {"user": str(each.user), "source": each.source.value, "chair": each.chair, "no_party": each.no_party}
        for each in members
    ]  # fmt: skip
    content = {"vacancy": str(vacancy), "members": told}
    return decisions.propose(actor=actor, at=at, kind=panels.CODE, key=key, content=content)


def propose_overruling(
    *, actor: Actor, at: datetime, key: UUID, application: UUID, condition: str, reason: str
) -> Entered:
    """Propose to set aside a condition that an applicant does not meet, by its code, and on what ground.

    ``NotAllowed``, ``ApplicationNotFound``, ``ContentUnfit``, ``GatesBlock``, ``KeyReused``.
    """
    policies.require_officer(actor)
    row = overruling.application_of(application)
    content = {"application": str(application), "condition": condition, "reason": reason}
    return decisions.propose(
        actor=actor, at=at, kind=overruling.CODE, key=key, content=content, person=row.person_id
    )


def propose_lock(*, actor: Actor, at: datetime, key: UUID, vacancy: UUID) -> Entered:
    """Put the computed result before the chair: by the secretariat or a member.

    ``NotAllowed``, ``NotOnPanel``, ``VacancyNotFound``, ``NotNow``, ``GatesBlock``, ``NobodyDecides``.
    """
    content = {"vacancy": str(vacancy)}
    return decisions.propose(actor=actor, at=at, kind=locking.CODE, key=key, content=content)


def propose_appointment(
    *, actor: Actor, at: datetime, key: UUID, vacancy: UUID, effective: date | None = None, consent: str = ""
) -> Entered:
    """Put the locked names before the appointing official; the first who can be appointed is named.

    ``NotAllowed``, ``VacancyNotFound``, ``NotNow`` (also while they wait for him already), ``ContentUnfit``,
    ``GatesBlock``, ``KeyReused``.
    """
    policies.require_officer(actor)
    waiting = standing.waiting_choice(standing.vacancy_of(vacancy))
    if waiting is not None and waiting[1] != key:
        raise NotNow("Nama yang dikunci sudah diajukan dan menunggu jawaban. Tarik dulu usulan itu.")
    content = {
        "vacancy": str(vacancy), "effective": effective.isoformat() if effective else "", "consent": consent
    }  # fmt: skip
    return decisions.propose(actor=actor, at=at, kind=appointing.CODE, key=key, content=content)
