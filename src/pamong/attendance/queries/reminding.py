"""What of presence waits for whom, for everybody at once: what reminders tell, and nothing by name.

The same as each is shown, in a few questions for a whole government; decisions are told by their own.
``actor`` is the machine, or who operates it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pamong.access import policies as access_policies
from pamong.access.mailing import OPERATE
from pamong.attendance.deriving.facts import DARK
from pamong.attendance.queries.outages import count_outages_by_reader
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor

NEWS = timedelta(days=7)
# Days without a mark that nobody has said anything of, of this month and the last, known for no longer than a
# week; what an outage may still excuse is not told.
_MISSING = f"""
SELECT d.person_id, array_agg(DISTINCT d.local_on ORDER BY d.local_on) FROM attendance_dayresult d
WHERE d.person_id = ANY(%(persons)s) AND d.superseded_at IS NULL AND d.recorded_at > %(since)s
  AND d.local_on >= %(first)s AND d.local_on < %(today)s
  AND d.state IN ('absent', 'missing_in', 'missing_out') AND d.excuse = ''
  AND NOT {DARK.format(site="d.site_id", day="d.local_on")}
  AND NOT EXISTS (SELECT 1 FROM attendance_correction c WHERE c.person_id = d.person_id
    AND c."on" = d.local_on AND c.state <> 'withdrawn')
GROUP BY d.person_id
"""  # noqa: S608 - our own statements


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for one account: outages to confirm, days of his own without a mark."""

    outages: int = 0
    missing: Sequence[date] = ()


def list_waits(*, actor: Actor, readers: Collection[Actor], known_since: datetime) -> Mapping[int, Waits]:
    """What waits for these accounts, by their ids. ``known_since``: an instant of the database's clock; of
    days without a mark, those are told that became known after it. ``NotAllowed``."""
    access_policies.require_whole(actor, OPERATE)
    outages = count_outages_by_reader(actor=actor, readers=readers)
    missing = _missing(actor, readers, known_since)
    return {
        each.user_id: Waits(
            outages.get(each.user_id, 0),
            missing.get(each.person_id, ()) if each.person_id is not None else (),
        )
        for each in readers
        if each.user_id is not None
    }


def _missing(actor: Actor, readers: Collection[Actor], since: datetime) -> Mapping[int, Sequence[date]]:
    persons = [each.person_id for each in readers if each.person_id is not None]
    before = (actor.on.replace(day=1) - timedelta(days=1)).replace(day=1)
    return dict(
        fetch(_MISSING, {"persons": persons, "today": actor.on, "first": before, "since": since})
        if persons
        else []
    )
