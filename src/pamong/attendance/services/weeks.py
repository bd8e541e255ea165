"""On how many days a week units work."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from pamong.attendance import events, policies
from pamong.attendance.choices import WEEKS
from pamong.attendance.errors import UnitUnknown, WeekUnknown
from pamong.attendance.models import UnitWeek
from pamong.attendance.services.dating import hold_from, write
from pamong.attendance.services.staling import stale_unit
from pamong.attendance.sql import fetch
from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.ledger import dated


@transaction.atomic
def set_week(*, actor: Actor, at: datetime, unit: str, week: str, on: date) -> None:
    """Let a unit (by its code), and all below it that say nothing else, work 5 or 6 days from a day on.

    ``NotAllowed``, ``WeekUnknown``, ``UnitUnknown``.
    """
    policies.require_import(actor)
    if week not in WEEKS:
        raise WeekUnknown(week)
    found = fetch(
        "SELECT u.id, u.uid FROM organisation_unit u JOIN organisation_unitplace p ON p.unit_id = u.id "
        "AND p.period @> %(on)s::date WHERE u.code = %(unit)s FOR UPDATE OF u",
        {"unit": unit, "on": on},
    )
    if not found:
        raise UnitUnknown(unit)
    unit_id, uid = found[0]
    hold_from(on, at)
    plan = timeline.change(dated.timeline(UnitWeek, unit_id=unit_id), on, {"week": week})
    write(actor, at, UnitWeek, {"unit_id": unit_id}, plan, events.WeekSet(uid, week, on))
    stale_unit(unit_id, on, at)
