"""An employee says what he did in a month: one number, and one sentence if he likes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.period import month_period
from pamong.law.engine.plan import Law
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.people import queries as people
from pamong.people.queries.rows import fetch
from pamong.performance import events, policies
from pamong.performance.asking import asked
from pamong.performance.choices import MONTHS_BACK, Source, State
from pamong.performance.errors import (
    MonthNotOpen,
    MonthVerified,
    NothingToFill,
    NotInService,
    TooManyMinutes,
)
from pamong.performance.queries.team import SERVES
from pamong.performance.services.writing import Version, standing, values_of, write_versions

_SERVED = f"SELECT 1 FROM people_person p WHERE p.id = %(person)s AND {SERVES}"  # noqa: S608 - our own


@transaction.atomic
def enter_month(*, actor: Actor, at: datetime, month: date, minutes: int, note: str = "", law: Law) -> None:
    """Store the minutes of one's own month, in place of what one entered before.

    After the region's last day, where a rule names one, it is stored and marked as late.

    ``NotAllowed``, ``NoPerson``, ``NothingToFill``, ``MonthNotOpen``, ``NotInService``, ``MonthVerified``,
    ``TooManyMinutes``; ``MovedOn`` where two are sent at once.
    """
    person_id = policies.require_enter(actor)
    period = month_period(month.year, month.month)
    if not is_open(month, actor.on):
        raise MonthNotOpen(month)
    if not fetch(_SERVED, {"person": person_id, "first": period.start, "end": period.end}):
        raise NotInService(month)
    wanted = asked(law, period)
    if not wanted.minutes:
        raise NothingToFill
    most = (period.days or 0) * 24 * 60
    if not 0 <= minutes <= most:
        raise TooManyMinutes(most)
    old = standing(month, [person_id]).get(person_id)
    if old is not None and old.state == State.VERIFIED.value:
        raise MonthVerified(old.entered_name)
    is_late = wanted.until is not None and actor.on > wanted.until
    version = Version(person_id, old, values_of(old) | {"minutes": minutes}, is_late, note.strip())
    basis = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=uuid7(at))
    write_versions(actor, month, [version], basis=basis, source=Source.EMPLOYEE, state=State.ENTERED)
    person = people.own_uid(actor=actor)
    assert person is not None  # noqa: S101 - he was found above
    told = {"minutes": minutes, "note": version.note}
    ledger.record(actor=actor, event=events.MonthEntered(month, version.number, is_late, person, told))


def is_open(month: date, on: date) -> bool:
    """Whether a month may be entered on a day: it has begun, and not too long ago."""
    back = (on.year - month.year) * 12 + on.month - month.month
    return month.day == 1 and 0 <= back <= MONTHS_BACK
