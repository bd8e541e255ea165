"""Steps of a vacancy, each taken once: announced, closed, scores opened; or cancelled with a reason.

The day of a step is the server's. What the announcement freezes was decided with the opening.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from pamong.access import policies as access
from pamong.decisions.choices import Verdict
from pamong.decisions.types import Case
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.merit import events, models, panels, policies, relations, standing
from pamong.merit.choices import Step
from pamong.merit.errors import NotNow, NotOnPanel, PanelUnfit, ScoresMissing
from pamong.merit.locking import quorum_gate, step_event
from pamong.merit.opening import window_gate
from pamong.merit.services.common import hold, seal
from pamong.merit.services.sitting import keep_recusal
from pamong.people.services import reading


@transaction.atomic
def announce(*, actor: Actor, at: datetime, vacancy: UUID, basis: str = "") -> None:
    """Announce a vacancy today; from now on criteria are frozen and applications come. ``basis``: the legal
    basis of a time that is shorter than the law's.

    ``NotAllowed``, ``VacancyNotFound``, ``NotNow``: the panel is not there, or too few days are left.
    """
    access.require_account(actor)
    policies.require_officer(actor)
    row = standing.vacancy_of(vacancy)
    standing.require_step(row, "")
    _require_panel(row, actor, at)
    content = {"closes_on": row.criteria.closes_on.isoformat(), "basis": basis}
    gate = window_gate(row.kind, actor.on, content)
    if gate.verdict is Verdict.BLOCK:
        raise NotNow(gate.sentence)
    _take(actor, at, row, Step.ANNOUNCED)


@transaction.atomic
def close_applications(*, actor: Actor, at: datetime, vacancy: UUID) -> tuple[str, ...]:
    """Close applications after their last day. Members who are relatives of an applicant stand aside from now
    on; returns the sentences that say why. ``NotAllowed``, ``VacancyNotFound``, ``NotNow``."""
    access.require_account(actor)
    policies.require_officer(actor)
    row = standing.vacancy_of(vacancy)
    standing.require_step(row, Step.ANNOUNCED.value)
    if actor.on <= row.criteria.closes_on:
        raise NotNow(f"Pelamaran masih dibuka sampai {format_date(row.criteria.closes_on)}.")
    _take(actor, at, row, Step.CLOSED)
    return _recuse_kin(actor, at, row)


@transaction.atomic
def open_scores(*, actor: Actor, at: datetime, vacancy: UUID) -> None:
    """Open the scores when all are in and the panel has its quorum today: the chair's own act.

    ``NotOnPanel``, ``NotNow``, ``PanelUnfit``, ``ScoresMissing``, ``VacancyNotFound``.
    """
    user = access.require_account(actor)
    row = standing.vacancy_of(vacancy)
    member = standing.require_member(row, user)
    if not member.is_chair:
        raise NotOnPanel("Nilai dibuka oleh ketua panitia.")
    hold(row)
    standing.require_step(row, Step.CLOSED.value)
    _require_panel(row, actor, at)
    quorum = quorum_gate(row, _case(actor, at))
    if quorum.verdict is not Verdict.ALLOW:
        raise PanelUnfit(quorum.sentence)
    _require_scores(row)
    _take(actor, at, row, Step.SCORED)
    ledger.record_many(actor=actor, events=_opened(row))


@transaction.atomic
def cancel(*, actor: Actor, at: datetime, vacancy: UUID, reason: str) -> None:
    """Cancel a vacancy before anybody is chosen, with a reason that all read; it stays visible.

    ``NotAllowed``, ``VacancyNotFound``, ``NotNow``, ``ReasonMissing``.
    """
    access.require_account(actor)
    policies.require_officer(actor)
    row = standing.vacancy_of(vacancy)
    why = access.require_reason(reason)
    if models.Choice.objects.filter(vacancy=row).exists():
        raise NotNow("Lowongan ini sudah terisi, jadi tidak dapat dibatalkan.")
    if standing.step_of(row) == Step.CANCELLED.value:
        raise NotNow("Lowongan ini sudah dibatalkan.")
    _take(actor, at, row, Step.CANCELLED, why)


def _take(actor: Actor, at: datetime, row: models.Vacancy, step: Step, reason: str = "") -> None:
    uid = uuid7(at)
    try:
        with transaction.atomic():
            made = models.VacancyStep.objects.create(
                uid=uid, vacancy=row, step=step.value, on=actor.on, reason=reason, basis_id=seal(actor, uid)
            )
    except DatabaseError as error:
        if "vacancystep_once" in str(error):
            raise NotNow("Langkah ini baru saja diambil orang lain. Muat ulang halamannya.") from error
        if "Masih ada nilai" in str(error):
            raise ScoresMissing("anggota yang baru ditambahkan") from error
        raise
    ledger.record(actor=actor, event=step_event(row, made))


def _case(actor: Actor, at: datetime) -> Case:
    return Case(uuid7(at), "", None, None, {}, actor.user_id, actor.person_id, actor.on, at)


def _require_panel(row: models.Vacancy, actor: Actor, at: datetime) -> None:
    size = len(standing.scorers(row))
    gate = panels.size_gate(row, size, _case(actor, at))
    if gate.verdict is not Verdict.ALLOW:
        raise PanelUnfit(f"{gate.sentence} Ajukan penetapan anggota panitia dulu.")


def _require_scores(row: models.Vacancy) -> None:
    given = {(each.member_id, each.application_id, each.element_id) for each in standing.standing_scores(row)}
    running = [each.row.pk for each in standing.applicants_of(row) if each.runs]
    if not running:
        raise NotNow("Tidak ada pelamar yang memenuhi syarat. Batalkan lowongan ini dengan alasan.")
    elements = [each.pk for each in row.elements.all()]
    late = [
        member.name for member in standing.scorers(row)
        if any((member.pk, who, what) not in given for who in running for what in elements)
    ]  # fmt: skip
    if late:
        raise ScoresMissing(", ".join(late))


def _opened(row: models.Vacancy) -> list[events.ScoresOpened]:
    """What each candidate was given, also what was corrected: an entry of her own."""
    told: dict[int, list[dict[str, Any]]] = {}
    given = models.Score.objects.filter(application__vacancy=row).order_by("id")
    for each in given.select_related("member", "element", "supersedes"):
        told.setdefault(each.application_id, []).append(
            {
                "score": each.uid, "member": each.member.uid, "element": each.element.code,
                "value": each.value, "reason": each.reason,
                "corrects": each.supersedes.uid if each.supersedes else None,
            }
        )  # fmt: skip
    return [
        events.ScoresOpened(
            row.uid, row.title, application=each.row.uid, person=each.row.person.uid,
            scores=told[each.row.pk],
        )
        for each in standing.applicants_of(row) if each.row.pk in told
    ]  # fmt: skip


def _recuse_kin(actor: Actor, at: datetime, row: models.Vacancy) -> tuple[str, ...]:
    """Declared kinship keeps a member off by itself; the path is the reason."""
    members = {str(each.person_id): each for each in standing.scorers(row) if each.person_id}
    people = [each.row.person_id for each in standing.applicants_of(row)]
    kin, _ = relations.kin_conflicts([each.person_id or 0 for each in members.values()], people, actor.on)
    told: dict[str, str] = {}
    for each in kin:
        told.setdefault(each.member, " ".join(each.path.sentences))
    for person, path in told.items():
        keep_recusal(actor, at, members[person], path, own=False)
    names = reading.names_of([int(person) for person in told])
    return tuple(f"{names[int(person)]} tidak ikut menilai: {path}" for person, path in told.items())
