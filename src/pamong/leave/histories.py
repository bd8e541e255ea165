"""Somebody's annual leave as lots want it: what was used, reserved, deferred and brought along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Q

from pamong.attendance.choices import ExcusePart
from pamong.attendance.queries import working_days
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.law.engine.plan import Law
from pamong.law.leave import ANNUAL, LONG, rule
from pamong.leave.applicants import Facts
from pamong.leave.days import leave_days
from pamong.leave.lots import Deferral, Forfeit, History, Opening, Policy, Use, indonesian, per_day
from pamong.leave.models import LeaveDeferral, LeaveEntry, LeaveOpening
from pamong.ledger.choices import PaperAct, PaperState

_HOLDS = Q(state=PaperState.VERIFIED.value) & ~Q(act=PaperAct.CANCEL.value)
_WAITS = Q(state=PaperState.WAITING.value, decision__isnull=False)


def read_history(actor: Actor, law: Law, facts: Facts) -> History | None:
    """What is known of somebody's annual leave; None without service, or where days of a leave can't be
    counted because no calendar is known for them."""
    if facts.service is None:
        return None
    rows = list(
        LeaveEntry.objects.filter(
            _HOLDS | _WAITS, person_id=facts.person_id, kind__in=[ANNUAL, LONG]
        ).order_by("period")
    )
    annual = [row for row in rows if row.kind == ANNUAL]
    calendar = _calendar(actor, law, facts.person_id, annual)
    if calendar is None:
        return None
    brought = list(LeaveOpening.objects.known().filter(person_id=facts.person_id).order_by("period"))
    openings = tuple(Opening(row.period.lower, Fraction(row.left), row.used) for row in brought)
    deferrals = LeaveDeferral.objects.filter(person_id=facts.person_id).order_by("on")
    return History(
        facts.service,
        uses=tuple(use for row in annual for use in _uses(row, calendar)),
        deferrals=tuple(Deferral(row.on, Fraction(row.days), str(row.decision)) for row in deferrals),
        forfeits=_forfeits(law, facts, rows),
        openings=openings,
        known_since=brought[-1].period.upper if brought else None,
    )


def policy_of(law: Law, facts: Facts, on: date) -> Policy | None:
    """What annual leave somebody has, by the law up to a day; None where his status has none."""
    return indonesian(
        law, facts.status, on, contract_months=facts.contract_months, teaches_with_holidays=facts.teacher
    )


def shares_of(days: Iterable[Iterable[str]]) -> dict[date, Fraction]:
    """Counted days as they are kept in a request: ``[["2026-11-16", "1/2"]]``."""
    return {date.fromisoformat(day): Fraction(share) for day, share in days}


def kept_shares(shares: Iterable[tuple[date, Fraction]]) -> list[list[str]]:
    """The other way round."""
    return [[day.isoformat(), str(share)] for day, share in shares]


def _uses(row: LeaveEntry, calendar: Mapping[date, bool]) -> tuple[Use, ...]:
    first, last = row.period.lower, row.period.upper - timedelta(days=1)
    if row.days:  # as they were counted when it was asked for, whatever holidays came later
        counted = {day: share for day, share in shares_of(row.days).items() if first <= day <= last}
        pairs = sorted(counted.items())
    else:
        pairs = list(leave_days(first, last, calendar, ExcusePart(row.part)))
    return per_day(
        pairs, str(row.document), pending=row.state == PaperState.WAITING.value, advance=row.advance
    )


def _calendar(
    actor: Actor, law: Law, person_id: int, rows: Iterable[LeaveEntry]
) -> Mapping[date, bool] | None:
    days = {
        day for row in rows if not row.days for day in Period(row.period.lower, row.period.upper).each_day()
    }
    return working_days(actor=actor, person=person_id, days=days, law=law)


def _forfeits(law: Law, facts: Facts, rows: Iterable[LeaveEntry]) -> tuple[Forfeit, ...]:
    """A long leave takes the annual leave of its year, where the law of the status says so."""
    return tuple(
        Forfeit(row.period.lower, "cuti besar", str(row.document))
        for row in rows
        if row.kind == LONG
        and row.state == PaperState.VERIFIED.value
        and (found := rule(law, "long_cancels_annual", facts.status, row.period.lower)) is not None
        and found.value
    )
