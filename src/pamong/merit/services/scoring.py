"""Scores: each member's own, under his own sign-in, added and never changed, sealed until all are in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.merit import events, models, standing
from pamong.merit.choices import Step
from pamong.merit.errors import NotNow, NotOnPanel, ScoreUnfit
from pamong.merit.ranking import HIGHEST
from pamong.merit.services.common import seal


@dataclass(frozen=True, slots=True)
class Given:
    """One score: of which applicant, in which element, in hundredths of a point (0 to 10.000)."""

    application: UUID
    element: str
    value: int

    @property
    def field(self) -> str:
        """The cell of the sheet."""
        return f"{self.application.hex}-{self.element}"


@transaction.atomic
def give_scores(*, actor: Actor, at: datetime, vacancy: UUID, scores: Sequence[Given]) -> int:
    """Keep a member's scores, a whole sheet or a part of it; how many were new. What he gave before, sent
    again with the same value, is not stored twice; another value is a correction, which takes a reason.

    ``NotOnPanel``, ``NotNow``, ``ScoreUnfit``, ``VacancyNotFound``; nothing is stored of a sheet that does
    not fit.
    """
    row = standing.vacancy_of(vacancy)
    member = _sitting(actor, row)
    known = {
        (score.application.uid, score.element.code): score
        for score in standing.standing_scores(row) if score.member_id == member.pk
    }  # fmt: skip
    fresh = []
    for each in scores:
        before = known.get((each.application, each.element))
        if before is None:
            fresh.append(each)
        elif before.value != each.value:
            text = "Nilai yang sudah disimpan hanya dibetulkan dengan alasan, satu per satu."
            raise ScoreUnfit(text, each.field)
    if fresh:
        _store(actor, at, row, member, fresh)
    return len(fresh)


@transaction.atomic
def correct_score(*, actor: Actor, at: datetime, vacancy: UUID, score: Given, reason: str) -> None:
    """Put another score in the place of one's own while scores are sealed; the first one stays on record.

    ``NotOnPanel``, ``NotNow``, ``ScoreUnfit``, ``ReasonMissing``, ``VacancyNotFound``.
    """
    row = standing.vacancy_of(vacancy)
    member = _sitting(actor, row)
    why = access.require_reason(reason)
    before = next(
        (
            each for each in standing.standing_scores(row)
            if each.member_id == member.pk
            and (each.application.uid, each.element.code) == (score.application, score.element)
        ),
        None,
    )  # fmt: skip
    if before is None or before.value == score.value:
        raise ScoreUnfit("Tidak ada nilai Anda yang berbeda dari ini. Muat ulang lembarnya.", score.field)
    _store(actor, at, row, member, [score], corrects=before, reason=why)


def _sitting(actor: Actor, row: models.Vacancy) -> models.PanelMember:
    user = access.require_account(actor)
    member = standing.require_member(row, user)
    standing.require_step(row, Step.CLOSED.value)
    if not models.Presence.objects.filter(member=member, on=actor.on).exists():
        raise NotOnPanel("Nyatakan dulu bahwa Anda hadir hari ini, lalu isi nilainya.")
    return member


def _store(
    actor: Actor, at: datetime, row: models.Vacancy, member: models.PanelMember, given: Sequence[Given],
    *, corrects: models.Score | None = None, reason: str = "",
) -> None:  # fmt: skip
    running = {each.row.uid: each.row for each in standing.applicants_of(row) if each.runs}
    elements = {each.code: each for each in row.elements.all()}
    for each in given:
        _refuse(each, running, elements)
    basis = seal(actor, uuid7(at))
    told = []
    for each in given:
        made = models.Score(
            uid=uuid7(at), member=member, application=running[each.application],
            element=elements[each.element], value=each.value, supersedes=corrects, reason=reason,
            basis_id=basis,
        )  # fmt: skip
        _add(made, each)
        told.append(_event(row, made, corrects))
    ledger.record_many(actor=actor, events=told)


def _refuse(
    each: Given, running: Mapping[UUID, models.Application], elements: Mapping[str, models.CriteriaElement]
) -> None:
    if each.application not in running:
        raise ScoreUnfit("Pelamar ini tidak dinilai pada lowongan ini.", each.field)
    if each.element not in elements:
        raise ScoreUnfit("Unsur ini tidak ada dalam kriteria yang dibekukan.", each.field)
    if not 0 <= each.value <= HIGHEST:
        raise ScoreUnfit("Nilai antara 0 dan 100.", each.field)


def _add(made: models.Score, each: Given) -> None:
    """One row; the database has the last word where two sessions give the same score."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if "score_one_first" in str(error) or "supersedes" in str(error):
            raise ScoreUnfit("Nilai ini baru saja disimpan. Muat ulang lembarnya.", each.field) from error
        if "sudah diambil" in str(error):
            raise NotNow("Nilai lowongan ini sudah dibuka, jadi tidak dapat diisi lagi.") from error
        raise


def _event(row: models.Vacancy, made: models.Score, corrects: models.Score | None) -> events.ScoreGiven:
    return events.ScoreGiven(
        row.uid, row.title, application=made.application.uid, person=made.application.person.uid,
        score=made.uid, member=made.member.uid, element=made.element.code,
        corrects=corrects.uid if corrects else None,
    )  # fmt: skip
