"""Days that a late fact touched: marked in the transaction that adds the fact, derived anew by a job."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from pamong.attendance.models import StaleDay
from pamong.attendance.sql import run
from pamong.ledger.bulk import copy_rows

AROUND = 3  # days on either side in which working periods can hang together (see ``deriving.chains``)
_DAY = timedelta(days=1)
# Only what was derived already can be stale: the rest is derived when its day has come.
_OF_SHIFT = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT DISTINCT d.person_id, d.local_on FROM attendance_rosterday r
JOIN attendance_dayresult d ON d.person_id = r.person_id AND d.superseded_at IS NULL
  AND d.local_on BETWEEN lower(r.period) - %(around)s AND lower(r.period) + %(around)s
WHERE r.superseded_at IS NULL AND lower(r.period) >= %(on)s AND (r.first_id = %(kind)s OR r.second_id = %(kind)s)
"""
# Somebody's days over a period: those that were derived, and those of punches that become his.
_OF_PINS = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT d.person_id, d.local_on FROM unnest(%(persons)s::bigint[], %(firsts)s::date[], %(ends)s::date[])
  AS a (person_id, first, until)
JOIN attendance_dayresult d ON d.person_id = a.person_id AND d.superseded_at IS NULL
  AND d.local_on >= a.first AND (a.until IS NULL OR d.local_on < a.until)
GROUP BY 1, 2
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
"""
# Of the file that was just stored: whoever each of its punches belongs to.
_OF_FILE = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT DISTINCT COALESCE(p.person_id, n.person_id), p.local_on FROM attendance_punch p
LEFT JOIN attendance_pin n ON p.person_id IS NULL AND n.group_id = p.group_id AND n.pin = p.pin
  AND n.superseded_at IS NULL AND n.period @> p.local_on
WHERE p.file_id = %(file)s AND p.at >= %(first)s AND p.at <= %(last)s
  AND COALESCE(p.person_id, n.person_id) IS NOT NULL
"""
# What waits for data of whoever this device serves: those at its site, and those whose number it knows.
_OF_DEVICE = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT d.person_id, d.local_on FROM attendance_dayresult d
WHERE d.superseded_at IS NULL AND d.state IN ('planned', 'open') AND d.opens <= %(until)s AND (
  EXISTS (SELECT 1 FROM attendance_devicerow r WHERE r.device_id = %(device)s AND r.superseded_at IS NULL
    AND r.period @> d.local_on AND r.site_id = d.site_id)
  OR EXISTS (SELECT 1 FROM attendance_device v JOIN attendance_pin n ON n.group_id = v.group_id
    AND n.person_id = d.person_id AND n.superseded_at IS NULL AND n.period @> d.local_on
    WHERE v.id = %(device)s)
)
"""
_OF_PLACED = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT d.person_id, d.local_on FROM attendance_dayresult d
WHERE d.superseded_at IS NULL AND d.local_on >= %(on)s AND (
  d.site_id = ANY(%(sites)s)
  OR EXISTS (SELECT 1 FROM attendance_device v JOIN attendance_pin n ON n.group_id = v.group_id
    AND n.person_id = d.person_id AND n.superseded_at IS NULL AND n.period @> d.local_on
    WHERE v.id = %(device)s)
)
"""


def stale(days: Iterable[tuple[int, date]]) -> None:
    """These days of these persons are to be derived anew. In the transaction that adds the fact.

    A mark is a row of its own each time: one that comes while a day is being derived outlives that.
    """
    copy_rows(StaleDay, ("person_id", "local_on"), sorted(set(days)))


def stale_around(days: Iterable[tuple[int, date]]) -> None:
    """The same, with the days beside them whose working periods may hang together with theirs."""
    stale((person, on + n * _DAY) for person, on in days for n in range(-AROUND, AROUND + 1))


def stale_shift(kind_id: int, on: date) -> None:
    """A shift has other times from a day on."""
    run(_OF_SHIFT, {"kind": kind_id, "on": on, "around": AROUND})


def stale_pins(spans: Iterable[tuple[int, date, date | None]]) -> None:
    """Somebody has a number, or has it no more, over a period."""
    given = list(spans)
    asked = {"persons": [p for p, _, _ in given], "firsts": [f for _, f, _ in given],
             "ends": [e for _, _, e in given]}  # fmt: skip
    run(_OF_PINS, asked)


def stale_unit(unit_id: int, on: date) -> None:
    """A unit works on other days of the week from a day on."""
    run(_OF_UNIT, {"unit": unit_id, "on": on})
