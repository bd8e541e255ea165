"""Sites that are silent when they never are: proposed as outages, for a person to confirm."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from pamong.access import policies as access_policies
from pamong.attendance import policies
from pamong.attendance.calendars import is_office_day
from pamong.attendance.noticing import Watch, is_silent
from pamong.attendance.resolving import instant_of
from pamong.attendance.services.outages import propose_noticed
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.kernel.clock import local_date
from pamong.law.engine.plan import Law

_DAYS = 10  # earlier days of work that are compared
_DAY = timedelta(days=1)
# Sites with machines: from and until when all of them have told everything (None: one has told nothing).
_SITES = """
SELECT r.site_id, z.name, z.zone, max(w.since), CASE WHEN bool_and(w.at IS NOT NULL) THEN min(w.at) END
FROM attendance_devicerow r
JOIN organisation_siterow z ON z.site_id = r.site_id AND z.superseded_at IS NULL AND z.period @> %(on)s::date
LEFT JOIN attendance_watermark w ON w.device_id = r.device_id
WHERE r.superseded_at IS NULL AND r.period @> %(on)s::date
  AND NOT EXISTS (SELECT 1 FROM attendance_outage o WHERE o.site_id = r.site_id
    AND timezone(z.zone, o.starts)::date = %(on)s::date)
GROUP BY 1, 2, 3 ORDER BY 1
"""
# How many people the machines of a site recorded on each of some days, by a time of the day; the first time.
_TOLD = """
SELECT d.day, count(DISTINCT COALESCE(p.person_id::text, p.pin)), min(p.local_at::time)
FROM unnest(%(days)s::date[]) d (day)
LEFT JOIN attendance_devicerow r ON r.site_id = %(site)s AND r.superseded_at IS NULL AND r.period @> d.day
LEFT JOIN attendance_punch p ON p.device_id = r.device_id AND p.local_on = d.day
  AND p.at >= d.day - interval '1 day' AND p.at < d.day + interval '2 days'
  AND p.local_at::time < %(until)s::time
GROUP BY d.day
"""
_PEOPLE = """
SELECT count(DISTINCT n.person_id) FROM attendance_devicerow r JOIN attendance_device v ON v.id = r.device_id
JOIN attendance_pin n ON n.group_id = v.group_id AND n.superseded_at IS NULL AND n.period @> %(on)s::date
WHERE r.site_id = %(site)s AND r.superseded_at IS NULL AND r.period @> %(on)s::date
"""


def notice_outages(*, actor: Actor, at: datetime, law: Law) -> int:
    """Propose an outage for each site that is silent today though it never is by this time; how many.

    Once a site and day: what was refused is not proposed again. ``NotAllowed``.
    """
    access_policies.require_whole(actor, policies.SETTLE)
    if not is_office_day(law, actor.on):
        return 0
    found = [_silence(site, at, law, actor.on) for site in fetch(_SITES, {"on": actor.on})]
    return sum(_propose(actor, at, each) for each in found if each is not None)


def _silence(site: tuple[Any, ...], at: datetime, law: Law, on: date) -> dict[str, Any] | None:
    """What to propose about a site; None where it is not silent."""
    id_, name, zone, since, told = site
    until = min(at, told) if told is not None else at
    if told is None or local_date(until, zone) != on:
        return None
    days = [on, *_earlier(law, on, local_date(since, zone))]
    clock = until.astimezone(ZoneInfo(zone)).time()
    rows = fetch(_TOLD, {"days": days, "site": id_, "until": clock})
    counts = {day: count for day, count, _ in rows}
    watch = Watch(
        int(fetch(_PEOPLE, {"site": id_, "on": on})[0][0]),
        True,
        counts[on],
        [counts[day] for day in days[1:]],
    )
    if not is_silent(watch):
        return None
    first = min(time for _, _, time in rows if time is not None)
    usual = sorted(watch.earlier)[len(watch.earlier) // 2]
    reason = (
        f"Belum ada presensi di {name} sampai pukul {clock:%H.%M}, padahal mesinnya terhubung; "
        f"biasanya sudah {usual} orang."
    )
    return {
        "site": id_,
        "zone": zone,
        "starts": instant_of(datetime.combine(on, first), zone),
        "reason": reason,
    }


def _earlier(law: Law, on: date, since: date) -> list[date]:
    """Days of work before a day, the nearest first, down to the first one of which everything was told."""
    found: list[date] = []
    day = on - _DAY
    while len(found) < _DAYS and day >= since:
        if is_office_day(law, day):
            found.append(day)
        day -= _DAY
    return found


@transaction.atomic
def _propose(actor: Actor, at: datetime, found: dict[str, Any]) -> bool:
    return propose_noticed(actor=actor, at=at, **found)
