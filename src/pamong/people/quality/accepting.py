"""Somebody says that a finding is really so, or takes that back: added rows only, the last one counts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law
from pamong.ledger import services as ledger
from pamong.people import policies
from pamong.people.errors import AcceptReasonMissing, AcceptUntilPast, FindingGone
from pamong.people.events import QualityJudged
from pamong.people.quality.findings import Finding, get_finding, may_accept
from pamong.people.quality.kinds import Rule


@transaction.atomic
def accept(
    *, actor: Actor, at: datetime, law: Law, rule: Rule, subject: UUID, reason: str, until: date | None = None
) -> None:
    """Take a finding off the list, with the reason, until a day if one is given.

    It comes back on that day, or as soon as something else is found. ``FindingGone``, ``NotAllowed``,
    ``AcceptReasonMissing``, ``AcceptUntilPast``.
    """
    finding = _finding(actor, at, law, rule, subject)
    if until is not None and until <= actor.on:
        raise AcceptUntilPast
    _write(actor, finding, reason, until, accepted=True)


@transaction.atomic
def reopen(*, actor: Actor, at: datetime, law: Law, rule: Rule, subject: UUID, reason: str) -> None:
    """Put an accepted finding on the list again. ``FindingGone``, ``NotAllowed``, ``AcceptReasonMissing``."""
    finding = _finding(actor, at, law, rule, subject)
    if finding.accepted is None:
        raise FindingGone
    _write(actor, finding, reason, None, accepted=False)


def _finding(actor: Actor, at: datetime, law: Law, rule: Rule, subject: UUID) -> Finding:
    finding = get_finding(actor=actor, at=at, on=actor.on, law=law, rule=rule, subject=subject)
    if not may_accept(actor=actor, finding=finding):
        raise NotAllowed(
            "Temuan ini dinyatakan memang begitu oleh petugas kepegawaian, bukan tentang dirinya sendiri."
        )
    return finding


def _write(actor: Actor, finding: Finding, reason: str, until: date | None, *, accepted: bool) -> None:
    if not reason.strip():
        raise AcceptReasonMissing
    values: list[Any] = [
        finding.rule.code, finding.subject, finding.mark, accepted, reason.strip(), until,
        policies.require_account(actor), actor.name,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_qualityaccept (rule, subject, mark, accepted, reason, until, by_id, by_name) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            values,
        )
    told = QualityJudged(finding.subject, finding.rule.code, accepted, finding.mark, until, reason.strip())
    ledger.record(actor=actor, event=told)
