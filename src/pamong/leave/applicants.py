"""What the law asks about who wants leave: status, unbroken service, post, leave taken before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pamong.kernel.period import Period
from pamong.law.leave import LONG, Applicant
from pamong.ledger.sql import fetch
from pamong.people.choices import EmploymentKind

_STATUS = {
    EmploymentKind.PNS.value: "pns",
    EmploymentKind.CPNS.value: "cpns",
    EmploymentKind.PPPK.value: "pppk",
}
_SERVICE = """
SELECT kind, period FROM people_employment WHERE person_id = %(person)s AND superseded_at IS NULL
ORDER BY period
"""
_POST = """
SELECT a.seat_id, u.code, t.family FROM people_appointment a
JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL AND s.period @> %(on)s::date
JOIN organisation_unit u ON u.id = s.unit_id
JOIN organisation_post t ON t.id = s.post_id
WHERE a.person_id = %(person)s AND a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(on)s::date
"""
_LONG = """
SELECT max(upper(period)) FROM leave_leaveentry WHERE person_id = %(person)s AND kind = %(kind)s
  AND state = 'verified' AND act <> 'cancel' AND upper(period) <= %(on)s
"""
_YEAR = 12  # months
_TEACHERS = ("guru", "dosen")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an applicant. ``status`` '' for a service of which no leave law is known; ``seat``
    None and ``unit`` (its code) '' without a post; ``service`` is the unbroken stretch around the day,
    ``contract`` a PPPK's contract of that day; None for others and for one without a known end."""

    person_id: int
    status: str
    service: Period | None
    seat: int | None
    unit: str
    teacher: bool
    long_ended: date | None
    contract: Period | None = None

    @property
    def contract_months(self) -> int | None:
        """How many whole months a PPPK's contract lasts; None where that is not known."""
        if self.contract is None or self.contract.end is None:
            return None
        first, end = self.contract.start, self.contract.end
        return (end.year - first.year) * _YEAR + end.month - first.month - (end.day < first.day)

    @property
    def applicant(self) -> Applicant:
        """The same as the law asks it. What no register holds stays unknown."""
        ended = self.long_ended - timedelta(days=1) if self.long_ended else None
        pppk = self.status == "pppk"
        return Applicant(
            self.status,
            service_from=self.service.start if self.service else None,
            contract_ends=self.service.end if pppk and self.service else None,
            teaches_with_holidays=self.teacher,
            long_leave_ended=ended,
        )


def read_facts(person_id: int, on: date) -> Facts:
    """What is known of somebody as an applicant on a day."""
    rows = [
        (kind, Period(period.lower, period.upper)) for kind, period in fetch(_SERVICE, {"person": person_id})
    ]
    status, now = next(
        ((_STATUS.get(kind, ""), span) for kind, span in rows if span.contains(on)), ("", None)
    )
    contract = now if status == "pppk" and now is not None and now.end is not None else None
    post = fetch(_POST, {"person": person_id, "on": on})
    seat, unit, family = post[0] if post else (None, "", "")
    ended = fetch(_LONG, {"person": person_id, "kind": LONG, "on": on})[0][0]
    service = _unbroken(rows, on)
    return Facts(person_id, status, service, seat, unit, _teaches(family), ended, contract)


def _unbroken(rows: Sequence[tuple[str, Period]], on: date) -> Period | None:
    """The stretch of service around a day, over kinds that follow each other without a gap."""
    around: Period | None = None
    for _, span in rows:
        if around is not None and around.end == span.start:
            around = Period(around.start, span.end)
        elif around is None or not around.contains(on):
            around = span
    return around if around is not None and around.contains(on) else None


def _teaches(family: Any) -> bool:
    return str(family or "").lower().startswith(_TEACHERS)
