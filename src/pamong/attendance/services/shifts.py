"""The shifts of units, by the letters of their sheets."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.attendance import events, policies
from pamong.attendance.choices import FREE, SHIFT_CODE, WIDEST
from pamong.attendance.errors import ShiftCodeUnfit, ShiftTimesUnfit, UnitUnknown
from pamong.attendance.expectations import roster_day
from pamong.attendance.models import ShiftKind, ShiftKindRow
from pamong.attendance.services.dating import hold_from, write
from pamong.attendance.services.staling import stale_shift
from pamong.attendance.sql import fetch
from pamong.attendance.values import ShiftTimes
from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import dated

_UNIT = """
SELECT u.id, u.uid, p.path::text FROM organisation_unit u JOIN organisation_unitplace p ON p.unit_id = u.id
  AND p.period @> %(on)s::date WHERE u.code = %(unit)s FOR NO KEY UPDATE OF u
"""


@transaction.atomic
def define_shift(*, actor: Actor, at: datetime, unit: str, code: str, on: date, times: ShiftTimes) -> UUID:
    """Let a letter mean these times in a unit (by its code), and in those below it, from a day on.

    ``NotAllowed``, ``UnitUnknown``, ``ShiftCodeUnfit``, ``ShiftTimesUnfit``.
    """
    unit_id, unit_uid = _unit(actor, unit, on)
    letter = code.strip().upper()
    if letter == FREE or not re.fullmatch(SHIFT_CODE, letter):
        raise ShiftCodeUnfit(code)
    _require_fit(times, on)
    hold_from(on, at)
    kind, _ = ShiftKind.objects.get_or_create(unit_id=unit_id, code=letter, defaults={"uid": uuid7(at)})
    plan = timeline.change(dated.timeline(ShiftKindRow, kind_id=kind.pk), on, _facts(times))
    event = events.ShiftDefined(kind.uid, unit_uid, letter, times.starts, times.ends, on)
    write(actor, at, ShiftKindRow, {"kind_id": kind.pk}, plan, event)
    stale_shift(kind.pk, on, at)
    return UUID(str(kind.uid))


def _unit(actor: Actor, code: str, on: date) -> tuple[int, UUID]:
    """The unit, held: one at a time says what its letters mean."""
    found = fetch(_UNIT, {"unit": code, "on": on})
    if not found:
        policies.require_roster(actor, "")
        raise UnitUnknown(code)
    unit_id, uid, path = found[0]
    policies.require_roster(actor, path)
    return int(unit_id), uid


def _require_fit(times: ShiftTimes, on: date) -> None:
    if not times.name.strip():
        raise ShiftTimesUnfit("Nama dinas belum diisi.")
    if not all(0 <= minutes <= WIDEST for minutes in (times.opens_before, times.closes_after)):
        raise ShiftTimesUnfit(f"Jendela presensi paling lebar {WIDEST} menit sebelum dan sesudah jam dinas.")
    if times.starts == times.ends:
        raise ShiftTimesUnfit("Jam masuk dan jam pulang dinas tidak boleh sama.")
    try:
        roster_day(on, [("", times)], "Asia/Jakarta")
    except ValueError as error:
        raise ShiftTimesUnfit("Istirahat harus di dalam jam dinas dan menyisakan waktu kerja.") from error


def _facts(times: ShiftTimes) -> dict[str, Any]:
    pause, resumes = times.pause or (None, None)
    return {
        "name": times.name.strip(), "starts": times.starts, "ends": times.ends,
        "opens_before": times.opens_before, "closes_after": times.closes_after,
        "pause_start": pause, "pause_end": resumes, "pairing": times.pairing.value,
    }  # fmt: skip
