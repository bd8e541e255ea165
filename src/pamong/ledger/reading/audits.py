"""What audits have found, as they told it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pamong.kernel.actor import Actor
from pamong.ledger.models import Audit


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One audit: ``ok`` where all was looked at and nothing found; ``findings`` as it told them."""

    started_at: datetime
    ended_at: datetime
    ok: bool
    counts: Mapping[str, Any]
    findings: Sequence[Mapping[str, Any]]


def last_audit(*, actor: Actor) -> AuditRow | None:
    """The newest audit that came to its end."""
    row = Audit.objects.order_by("-id").first()
    if row is None:
        return None
    return AuditRow(row.started_at, row.ended_at, row.ok, row.counts, row.findings)


def last_clean_at(*, actor: Actor) -> datetime | None:
    """When the last audit ended that found nothing."""
    return Audit.objects.filter(ok=True).order_by("-id").values_list("ended_at", flat=True).first()
