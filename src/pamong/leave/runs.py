"""Leave of one kind that adjoins is counted together, so that no limit is avoided by asking again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pamong.attendance.queries import working_days
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.law.engine.plan import Law
from pamong.law.leave import LONG, MATERNITY, OWN_LENGTHS, SICK, UNPAID
from pamong.leave.days import joined
from pamong.ledger.sql import fetch

_COUNTED = frozenset({SICK, LONG, MATERNITY, UNPAID})
# Granted, or asked for. A leave that an office entered names no reason.
_OTHERS = """
SELECT e.period, e.state, COALESCE(d.content ->> 'reason', '') FROM leave_leaveentry e
LEFT JOIN decisions_decision d ON d.uid = e.document
WHERE e.person_id = %(person)s AND e.kind = %(kind)s AND e.document <> %(own)s
  AND (e.state = 'verified' AND e.act <> 'cancel' OR e.state = 'waiting' AND e.decision IS NOT NULL)
"""
# No rest days and holidays follow each other for longer; it spares a look at the calendar of years.
_LONGEST_REST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Run:
    """The days from the first to the last of a request and of what adjoins it. ``extends``: it goes on after
    leave that was granted."""

    days: Period
    extends: bool


def run_of(actor: Actor, law: Law, person_id: int, asked: Period, *, kind: str, reason: str, own: str) -> Run:
    """What a request is counted together with; ``own`` is its uid. Only what has the same limit counts: a
    miscarriage has another one than illness."""
    if kind not in _COUNTED:
        return Run(asked, extends=False)
    group = reason if reason in OWN_LENGTHS else ""
    rows = [
        (Period(period.lower, period.upper), state == "verified")
        for period, state, why in fetch(_OTHERS, {"person": person_id, "kind": kind, "own": own})
        if (why if why in OWN_LENGTHS else "") == group
    ]

    def rests(gap: Period) -> bool:
        """Whether nobody knows of a working day in it: what is not known ends no leave."""
        days = set(gap.each_day())
        if len(days) > _LONGEST_REST.days:
            return False
        works = working_days(actor=actor, person=person_id, days=days, law=law)
        return works is None or not any(works.values())

    days = joined(asked, [span for span, _ in rows], rests)
    granted = any(held and days.contains(span.start) and span.start < asked.start for span, held in rows)
    return Run(days, granted)
