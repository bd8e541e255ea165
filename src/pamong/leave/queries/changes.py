"""What became known of somebody's leave after a time: what a later difference of pay points to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.attendance.choices import ExcuseKind
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.leave import policies
from pamong.leave.models import LeaveEntry
from pamong.ledger.choices import PaperAct, PaperState
from pamong.people.queries import within


@dataclass(frozen=True, slots=True)
class LeaveChange:
    """A leave that was granted, shortened or cancelled. ``decision``: by which; None where an office entered
    it, and then ``paper`` tells it. ``reason``: why it was changed."""

    paper: UUID
    decision: UUID | None
    kind: ExcuseKind
    period: Period
    act: PaperAct
    reason: str


def list_changes(
    *, actor: Actor, person: int, month: date, end: date, after: datetime, until: datetime
) -> Sequence[LeaveChange]:
    """What was agreed to between two times about somebody's leave in a month; nothing for whom his leave is
    no business. Whoever shows it has logged the look at the person."""
    if not within(actor, policies.READ, person):
        return ()
    rows = LeaveEntry.objects.filter(
        person_id=person,
        period__overlap=DateRange(month, end),
        state__in=[PaperState.VERIFIED.value, PaperState.REPLACED.value],
        basis__at__gt=after,
        basis__at__lte=until,
    )
    return tuple(
        LeaveChange(
            row.uid, row.decision, ExcuseKind(row.kind), Period(row.period.lower, row.period.upper),
            PaperAct(row.act), row.reason,
        )
        for row in rows.order_by("pk")
    )  # fmt: skip
