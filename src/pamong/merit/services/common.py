"""What acts on vacancies share: a basis for rows that one person makes under his own sign-in."""

from __future__ import annotations

from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.ledger.sql import fetch
from pamong.merit import models


def seal(actor: Actor, ref: UUID) -> int:
    """A basis for what the actor himself enters."""
    return ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=ref)


def hold(vacancy: models.Vacancy) -> None:
    """Nobody takes a step of this vacancy until the transaction ends, as triggers have it for rows."""
    fetch("SELECT pg_advisory_xact_lock(hashtextextended('merit_vacancy', %(id)s))", {"id": vacancy.pk})
