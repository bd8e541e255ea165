"""Events that people vouch for instead of a machine: stored once, however often they are told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from pamong.attendance import events
from pamong.attendance.resolving import stamp
from pamong.attendance.services.staling import stale_around
from pamong.attendance.values import ManualPunch
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.locks import hold_days_open
from pamong.people.services.reading import uids_of

# Of two that tell the same at once the one waits for the other, and then finds it known.
_STORE = """
WITH given AS (
  SELECT * FROM unnest(%(keys)s::text[], %(hashes)s::bytea[], %(ats)s::timestamptz[], %(zones)s::text[],
    %(persons)s::bigint[], %(directions)s::text[]) AS g (key, hash, at, zone, person_id, direction)
), fresh AS (
  INSERT INTO attendance_punchkey (source, key, hash)
  SELECT 'manual', key, hash FROM given ORDER BY key ON CONFLICT DO NOTHING RETURNING key
)
INSERT INTO attendance_punch (at, zone, local_at, local_on, source, person_id, direction, grain, raw)
SELECT g.at, g.zone, timezone(g.zone, g.at), timezone(g.zone, g.at)::date, 'manual', g.person_id,
  g.direction, 'minute', %(raw)s
FROM given g JOIN fresh USING (key)
"""


def vouch(*, actor: Actor, source_uid: UUID, raw: str, punches: Sequence[ManualPunch]) -> int:
    """Store events on the word of two people, in the caller's transaction; how many were new.

    ``raw`` tells where they come from. The caller has seen to the right. ``MonthClosing``.
    """
    days = {(each.person, stamp(each.at, each.zone).on) for each in punches}
    hold_days_open(on for _, on in days)
    stale_around(days)
    keys = {f"{each.person}|{each.at.isoformat()}|{each.direction}": each for each in punches}
    asked: dict[str, Any] = {
        "keys": list(keys),
        "hashes": [hashlib.sha256(key.encode()).digest() for key in keys],
        "ats": [each.at for each in keys.values()],
        "zones": [each.zone for each in keys.values()],
        "persons": [each.person for each in keys.values()],
        "directions": [each.direction.value for each in keys.values()],
        "raw": raw,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STORE, asked)
        stored = int(cursor.rowcount)
    told = _told(list(keys.values()))
    event = events.PunchesVouched(source_uid, stored, len(keys) - stored, told)
    ledger.record(actor=actor, event=event)
    return stored


def _told(punches: Sequence[ManualPunch]) -> list[dict[str, object]]:
    uids = uids_of({each.person for each in punches})
    return [
        {"person": uids[each.person], "at": each.at, "direction": each.direction}
        for each in sorted(punches, key=lambda each: (each.person, each.at))
    ]
