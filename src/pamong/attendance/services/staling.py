"""Days that a late fact touched: marked in the transaction that adds the fact, derived anew by a job."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from pamong.attendance.models import StaleDay
from pamong.attendance.sql import fetch, run
from pamong.ledger.bulk import copy_rows

AROUND = 3  # days on either side in which working periods can hang together (see ``deriving.chains``)
_DAY = timedelta(days=1)
_RECENT = timedelta(days=62)
DERIVING = 0x64657269  # "deri": alone for whoever derives, shared by whoever marks meanwhile
# Only what was derived already can be stale: the rest is derived when its day has come. Where somebody
# derives just now, what he will store can't be seen: recent days are marked without asking for a result, and
# a fact of older ones waits for him.
_OF_SHIFT = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT DISTINCT d.person_id, d.local_on FROM attendance_rosterday r
JOIN attendance_dayresult d ON d.person_id = r.person_id AND d.superseded_at IS NULL
  AND d.local_on BETWEEN lower(r.period) - %(around)s AND lower(r.period) + %(around)s
WHERE r.superseded_at IS NULL AND lower(r.period) >= %(on)s AND %(kind)s IN (r.first_id, r.second_id)
UNION
SELECT r.person_id, lower(r.period) + n FROM attendance_rosterday r
CROSS JOIN generate_series(-%(around)s, %(around)s) n
WHERE %(busy)s AND r.superseded_at IS NULL AND lower(r.period) >= %(on)s
  AND %(kind)s IN (r.first_id, r.second_id) AND lower(r.period) + n BETWEEN %(recent)s AND %(last)s
"""
_OF_SPANS = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT DISTINCT d.person_id, d.local_on
FROM unnest(%(persons)s::bigint[], %(firsts)s::date[], %(ends)s::date[]) a (person_id, first, until)
JOIN attendance_dayresult d ON d.person_id = a.person_id AND d.superseded_at IS NULL
  AND d.local_on >= a.first AND (a.until IS NULL OR d.local_on < a.until)
UNION
SELECT a.person_id, g.day::date
FROM unnest(%(persons)s::bigint[], %(firsts)s::date[], %(ends)s::date[]) a (person_id, first, until)
CROSS JOIN LATERAL generate_series(
  GREATEST(a.first, %(recent)s::date), LEAST(a.until - 1, %(last)s::date), '1 day'
) g (day) WHERE %(busy)s
"""
_OF_UNIT = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT d.person_id, d.local_on FROM attendance_dayresult d
WHERE d.superseded_at IS NULL AND d.local_on >= %(on)s AND EXISTS (
  SELECT 1 FROM people_appointment a
  JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL AND s.period @> d.local_on
  JOIN organisation_unitplace p ON p.unit_id = s.unit_id AND p.period @> d.local_on
  JOIN organisation_unitplace top ON top.unit_id = %(unit)s AND top.period @> d.local_on
  WHERE a.person_id = d.person_id AND a.superseded_at IS NULL AND a.kind = 'regular'
    AND a.period @> d.local_on AND p.path <@ top.path
)
UNION
SELECT a.person_id, g.day::date
FROM generate_series(GREATEST(%(on)s::date, %(recent)s::date), %(last)s::date, '1 day') g (day)
JOIN organisation_unitplace top ON top.unit_id = %(unit)s AND top.period @> g.day::date
JOIN organisation_unitplace p ON p.path <@ top.path AND p.period @> g.day::date
JOIN organisation_seatrow s ON s.unit_id = p.unit_id AND s.superseded_at IS NULL AND s.period @> g.day::date
JOIN people_appointment a ON a.seat_id = s.seat_id AND a.superseded_at IS NULL AND a.kind = 'regular'
  AND a.period @> g.day::date
WHERE %(busy)s
"""
# Of the file that was just stored: whoever each of its punches belongs to.
_OF_FILE = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT DISTINCT COALESCE(p.person_id, n.person_id), p.local_on FROM attendance_punch p
LEFT JOIN attendance_pin n ON p.person_id IS NULL AND n.group_id = p.group_id AND n.pin = p.pin
  AND n.superseded_at IS NULL AND n.period @> p.local_on
WHERE p.file_id = %(file)s AND p.at >= %(first)s AND p.at <= %(last)s
  AND COALESCE(p.person_id, n.person_id) IS NOT NULL AND (p.local_on >= %(recent)s OR EXISTS (
    SELECT 1 FROM attendance_dayresult d WHERE d.person_id = COALESCE(p.person_id, n.person_id)
      AND d.local_on = p.local_on AND d.superseded_at IS NULL))
"""
# Whoever has a number on this device, or on one beside it.
_NUMBERED = """
UNION
SELECT n.person_id, g.day::date
FROM generate_series(GREATEST(%(since)s::date, %(recent)s::date), %(last)s::date, '1 day') g (day)
JOIN attendance_pin n ON n.superseded_at IS NULL AND n.period @> g.day::date
WHERE %(busy)s AND n.group_id IN (
  SELECT v.group_id FROM attendance_device v WHERE v.id = %(device)s
  UNION SELECT v.group_id FROM attendance_devicerow its
  JOIN attendance_devicerow r ON r.site_id = its.site_id AND r.superseded_at IS NULL
  JOIN attendance_device v ON v.id = r.device_id
  WHERE its.device_id = %(device)s AND its.superseded_at IS NULL
)
"""
# What waits for data of whoever this device serves: those at its site, and those whose number it knows.
_OF_DEVICE = (
    """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT d.person_id, d.local_on FROM attendance_dayresult d
WHERE d.superseded_at IS NULL AND (
    d.state = 'planned' AND d.opens <= %(until)s OR d.state = 'open' AND d.closes <= %(until)s
    OR d.state IN ('planned', 'open') AND NOT d.covered
  ) AND (
  EXISTS (SELECT 1 FROM attendance_devicerow r WHERE r.device_id = %(device)s AND r.superseded_at IS NULL
    AND r.period @> d.local_on AND r.site_id = d.site_id)
  OR EXISTS (SELECT 1 FROM attendance_device v JOIN attendance_pin n ON n.group_id = v.group_id
    AND n.person_id = d.person_id AND n.superseded_at IS NULL AND n.period @> d.local_on
    WHERE v.id = %(device)s)
)
"""  # noqa: S608 - our own statements
    + _NUMBERED
)
_OF_PLACED = (
    """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT d.person_id, d.local_on FROM attendance_dayresult d
WHERE d.superseded_at IS NULL AND d.local_on >= %(on)s AND (
  d.site_id = ANY(%(sites)s)
  OR EXISTS (SELECT 1 FROM attendance_device v JOIN attendance_pin n ON n.group_id = v.group_id
    AND n.person_id = d.person_id AND n.superseded_at IS NULL AND n.period @> d.local_on
    WHERE v.id = %(device)s)
)
"""  # noqa: S608 - our own statements
    + _NUMBERED
)


def stale(days: Iterable[tuple[int, date]]) -> None:
    """These days of these persons are to be derived anew. In the transaction that adds the fact.

    A mark is a row of its own each time: one that comes while a day is being derived outlives that.
    """
    copy_rows(StaleDay, ("person_id", "local_on"), sorted(set(days)))


def stale_around(days: Iterable[tuple[int, date]]) -> None:
    """The same, with the days beside them whose working periods may hang together with theirs."""
    stale((person, on + n * _DAY) for person, on in days for n in range(-AROUND, AROUND + 1))


def stale_shift(kind_id: int, on: date, now: datetime) -> None:
    """A shift has other times from a day on."""
    run(_OF_SHIFT, {"kind": kind_id, "on": on, "around": AROUND} | _beside(now, on))


def stale_spans(spans: Iterable[tuple[int, date, date | None]], now: datetime) -> None:
    """What was derived of somebody's days from one until before another (None: all that follow)."""
    given = list(spans)
    asked = {
        "persons": [person for person, _, _ in given],
        "firsts": [first for _, first, _ in given],
        "ends": [end for _, _, end in given],
    }
    run(_OF_SPANS, asked | _beside(now, min((first for _, first, _ in given), default=now.date())))


def stale_unit(unit_id: int, on: date, now: datetime) -> None:
    """A unit works on other days of the week from a day on."""
    run(_OF_UNIT, {"unit": unit_id, "on": on} | _beside(now, on))


def stale_file(file_id: int, first: datetime, last: datetime, now: datetime) -> None:
    """The punches of a file that are new, from an instant to another: the days of whoever made them.

    Of recent ones also days that are only being derived; an old log waits until its month is asked for.
    """
    run(_OF_FILE, {"file": file_id, "first": first, "last": last} | _beside(now, first.date()))


def stale_device(device_id: int, since: datetime, until: datetime, now: datetime) -> None:
    """The data of a device reach further, back to an instant and up to another: the days that waited for it,
    of those whom it serves."""
    beside = _beside(now, since.date())
    run(_OF_DEVICE, {"device": device_id, "until": until, "since": beside["recent"]} | beside)


def stale_placed(device_id: int, on: date, sites: Iterable[int], now: datetime) -> None:
    """A device stands elsewhere from a day on: the days of those whom it served or will serve."""
    run(_OF_PLACED, {"device": device_id, "on": on, "since": on, "sites": list(sites)} | _beside(now, on))


def _beside(now: datetime, first: date) -> dict[str, Any]:
    """Whether somebody derives just now, and which days are recent; ``first``: from when on the fact counts.

    Where nobody does, nobody begins before this transaction ends: all that is stored is seen. A fact of older
    days waits until that is so, as they can't all be marked: the seconds that the step under way still takes.
    """
    recent = now.date() - _RECENT
    # Who is asked and tells dates of UTC or of a place: a day more is none too many.
    if first - _DAY <= recent:
        fetch("SELECT pg_advisory_xact_lock_shared(%(key)s)", {"key": DERIVING})
        free = True
    else:
        free = fetch("SELECT pg_try_advisory_xact_lock_shared(%(key)s)", {"key": DERIVING})[0][0]
    return {"busy": not free, "recent": recent, "last": now.date() + _DAY}
