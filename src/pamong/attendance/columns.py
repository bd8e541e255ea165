"""Bulk reads of presence for machines."""

from __future__ import annotations

from datetime import datetime

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.attendance import policies
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period

_MISSED = """
SELECT m.person_id, count(*) FROM attendance_mustermissing m JOIN attendance_muster x ON x.id = m.muster_id
WHERE x.state = 'verified' AND x.act <> 'cancel' AND x."on" >= %(first)s AND x."on" < %(end)s
GROUP BY m.person_id ORDER BY m.person_id
"""


def musters_missed(*, actor: Actor, at: datetime, month: Period) -> dict[int, int]:
    """How many musters each person, by his id, missed in a month, as far as agreed. ``NotAllowed``."""
    access.require_whole(actor, policies.READ)
    found = dict(fetch(_MISSED, {"first": month.start, "end": month.end}))
    access_services.log_read(actor=actor, at=at, path="attendance.musters_missed", subjects=[])
    return found
