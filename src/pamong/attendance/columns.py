"""Bulk reads of presence for machines: the register of a month, as pay computes from it.

``presence_of_month`` gives bytes, as ``people.columns.register_of_month`` does: what a run rested on is kept
under its hash. PostgreSQL writes it; a day that changes later is another version, and another register.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from pamong.access import policies
from pamong.access import services as access
from pamong.attendance.deriving.facts import DARK, within
from pamong.attendance.errors import MonthNotOver
from pamong.attendance.sql import fetch, run
from pamong.kernel.actor import Actor
from pamong.kernel.clock import local_date
from pamong.kernel.period import Period, month_period
from pamong.ledger.bulk import copy_out

if TYPE_CHECKING:
    import polars as pl

FORMAT = "pamong_presence_1"
HEADER = FORMAT.encode() + b","
# How many musters each person missed in a month, as far as agreed. Needs first and end.
MISSED = """
SELECT m.person_id, count(*) AS musters FROM attendance_mustermissing m
JOIN attendance_muster x ON x.id = m.muster_id
WHERE x.state = 'verified' AND x.act <> 'cancel' AND x."on" >= %(first)s::date AND x."on" < %(end)s::date
GROUP BY m.person_id ORDER BY m.person_id
"""
UNNUMBERED = "PIN"  # in place of machines: none of them knows him
DISTURBED = "GANGGUAN"  # in place of machines: an outage at his site waits to be confirmed, or goes on

# Seconds of the local day, which go on after midnight.
_SECOND = "floor(date_part('epoch', (d.{at} AT TIME ZONE d.zone) - d.local_on::timestamp))::int"
_TIMES = ("starts", "ends", "first_in", "last_out")
_TOLD = (
    "shift_start", "shift_end", "first_in", "last_out", "state", "excuse", "source", "version", "in_from",
    "out_from", "waits",
)  # fmt: skip
# OFFSET 0: what takes long to work out is worked out once a row, by one process; several would work more. A
# million rows are sorted by numbers, not by texts; whose data are missing is asked only where something is
# waited for.
_PRESENCE = """
WITH named AS (
  SELECT n.*, row_number() OVER (ORDER BY n.nip, n.person_id) AS place FROM (
    SELECT DISTINCT ON (e.person_id) e.person_id, e.nip FROM people_employment e
    WHERE e.superseded_at IS NULL AND e.kind <> 'TKPK'
      AND e.period && daterange(%(first)s::date, %(month_end)s::date)
    ORDER BY e.person_id, e.period DESC
  ) n
)
SELECT row_number() OVER (ORDER BY d.place, d.local_on, d.starts) AS {format}, d.nip, d.local_on AS day,
  d.shift_start, d.shift_end,
  COALESCE(d.came, CASE WHEN d.state = 'present' THEN d.shift_start END) AS first_in,
  COALESCE(d.gone, CASE WHEN d.state = 'present' THEN d.shift_end END) AS last_out,
  CASE WHEN d.dark THEN 'open' ELSE d.state END AS state, NULLIF(d.excuse, '') AS excuse, d.source, d.version,
  {came_from} AS in_from, {left_from} AS out_from,
  CASE WHEN d.dark THEN '{disturbed}' ELSE d.waits END AS waits
FROM (
  -- Where an outage kept an end from being recorded, it counts as on time: only such a present day lacks one.
  -- What an outage can still excuse is not decided before the outage is.
  SELECT n.nip, n.place, d.local_on, d.starts, d.first_in, d.last_out, d.in_punch, d.out_punch,
    d.state, d.excuse, d.source, d.version, {starts} AS shift_start, {ends} AS shift_end,
    {first_in} AS came, {last_out} AS gone, d.excuse = '' AND (
      d.state IN ('absent', 'missing_in', 'missing_out') OR d.late > 0 OR d.early > 0
    ) AND {dark} AS dark,
    CASE WHEN d.state NOT IN ('planned', 'open') OR d.excuse <> '' THEN NULL
      WHEN NOT d.numbered THEN '{unnumbered}' ELSE (
      SELECT string_agg(v.serial, ' ' ORDER BY v.serial) FROM attendance_devicerow r
      JOIN attendance_device v ON v.id = r.device_id
      LEFT JOIN attendance_watermark m ON m.device_id = r.device_id
      WHERE r.superseded_at IS NULL AND r.period @> d.local_on AND r.site_id = d.site_id
        AND (m.at IS NULL OR m.since > d.opens OR m.at < d.closes)
    ) END AS waits
  FROM attendance_dayresult d
  JOIN named n ON n.person_id = d.person_id
  WHERE d.superseded_at IS NULL AND d.local_on >= %(first)s AND d.local_on < %(end)s
    AND (d.state <> 'free' OR d.source = 'unplanned') OFFSET 0
) d
LEFT JOIN attendance_punch i ON i.id = d.in_punch AND i.at = d.first_in AND i.at >= %(since)s
  AND i.at < %(until)s
LEFT JOIN attendance_punchfile f ON f.id = i.file_id
LEFT JOIN attendance_punch o ON o.id = d.out_punch AND o.at = d.last_out AND o.at >= %(since)s
  AND o.at < %(until)s
LEFT JOIN attendance_punchfile g ON g.id = o.file_id
ORDER BY d.place, d.local_on, d.starts
"""
# Whoever has a post in a unit that stands then is given a result by ``deriving``, also where he is free.
# Days of the month are bits of a number: of a million and a half of them no list is made.
_UNDERIVED = """
WITH due AS MATERIALIZED (
  SELECT a.person_id, a.period * e.period * s.period * p.period * daterange(%(first)s, %(end)s) AS span
  FROM people_appointment a
  JOIN people_employment e ON e.person_id = a.person_id AND e.superseded_at IS NULL AND e.kind <> 'TKPK'
    AND e.period && daterange(%(first)s, %(end)s)
  JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL
    AND s.period && daterange(%(first)s, %(end)s)
  JOIN organisation_unitplace p ON p.unit_id = s.unit_id AND p.period && daterange(%(first)s, %(end)s)
  WHERE a.kind = 'regular' AND a.superseded_at IS NULL AND a.period && daterange(%(first)s, %(end)s)
), wanted AS (
  SELECT person_id, bit_or(((1::bigint << upper(span) - lower(span)) - 1) << lower(span) - %(first)s) AS days
  FROM due WHERE NOT isempty(span) GROUP BY 1
), found AS (
  SELECT r.person_id, bit_or(1::bigint << r.local_on - %(first)s) AS days FROM attendance_dayresult r
  WHERE r.superseded_at IS NULL AND r.local_on >= %(first)s AND r.local_on < %(end)s GROUP BY 1
)
SELECT COALESCE(sum(bit_count((w.days & ~COALESCE(f.days, 0))::bit(64))), 0) FROM wanted w
LEFT JOIN found f USING (person_id)
"""


def _place(tap: str, file: str) -> str:
    """Where a punch was read: the file and its line; '' for one that came in no file."""
    return f"CASE WHEN {tap}.id IS NOT NULL THEN COALESCE({file}.name || ' baris ' || {tap}.line, '') END"


def presence_of_month(*, actor: Actor, at: datetime, month: Period, zone: str) -> bytes:
    """The stored results of everybody's working periods of a month or its first days, as CSV, a row each,
    under the NIP that he has last in the whole month, as the register of people names him.

    What is not decided tells in ``waits`` which machines' data are missing, or that an outage is not decided.
    The same results give the same bytes. One row in the read log names everybody.
    ``NotAllowed`` unless the actor may run a month; ``MonthNotOver`` while it goes on.
    """
    policies.require(actor, "pay:run")
    whole = month_period(month.start.year, month.start.month)
    asked = within((), month.start, _end(month, at, zone)) | {"month_end": whole.end}
    sql = _PRESENCE.format(
        format=FORMAT, unnumbered=UNNUMBERED, disturbed=DISTURBED,
        dark=DARK.format(site="d.site_id", day="d.local_on"), came_from=_place("i", "f"),
        left_from=_place("o", "g"), **{name: _SECOND.format(at=name) for name in _TIMES},
    )  # fmt: skip
    with transaction.atomic():  # what a month's sort and joins take lies in memory, not in files
        run("SET LOCAL work_mem = '128MB'", {})
        data = copy_out(sql, asked)
        run("SET LOCAL work_mem TO DEFAULT", {})
    people = fetch(
        "SELECT p.uid FROM people_person p WHERE p.id IN (SELECT d.person_id FROM attendance_dayresult d "
        "WHERE d.superseded_at IS NULL AND d.local_on >= %(first)s AND d.local_on < %(end)s)",
        asked,
    )
    access.log_read(actor=actor, at=at, path="attendance.presence", subjects=[row[0] for row in people])
    return data


def nothing_of_month() -> bytes:
    """A register that tells of nobody: for a month that is computed without presence."""
    return f"{FORMAT},nip,day,{','.join(_TOLD)}\n".encode()


def count_stale(*, actor: Actor, month: Period) -> int:
    """How many days of people in a month are to be derived anew from facts that have come since.
    ``NotAllowed`` unless the actor may run a month."""
    policies.require(actor, "pay:run")
    found = fetch(
        "SELECT count(DISTINCT (s.person_id, s.local_on)) FROM attendance_staleday s "
        "WHERE s.local_on >= %(first)s AND s.local_on < %(end)s",
        {"first": month.start, "end": month.end},
    )
    return int(found[0][0])


def count_underived(*, actor: Actor, at: datetime, month: Period, zone: str) -> int:
    """How many days of people in a post, while in service, were never derived in a month or its first days.
    ``NotAllowed`` unless the actor may run a month; ``MonthNotOver``."""
    policies.require(actor, "pay:run")
    return int(fetch(_UNDERIVED, {"first": month.start, "end": _end(month, at, zone)})[0][0])


def _end(month: Period, at: datetime, zone: str) -> date:
    """The day after a month, or the part of it that is asked for, that is over; ``MonthNotOver``."""
    end = month.end or date.max
    if local_date(at, zone) < end:
        raise MonthNotOver(month.start, end)
    return end


def is_presence(data: bytes) -> bool:
    """Whether a file is a register that ``presence_of_month`` wrote."""
    return data.startswith(HEADER)


def read_presence(data: bytes) -> pl.DataFrame:
    """The register as a frame: one row a working period, its times in seconds of the local day."""
    import polars as pl  # noqa: PLC0415 - the web process writes registers, but reads none

    numbers = ("shift_start", "shift_end", "first_in", "last_out", "version")
    schema: dict[str, Any] = {**dict.fromkeys(numbers, pl.Int32), "day": pl.Date}
    return pl.read_csv(data, schema_overrides=schema, infer_schema=False).drop(FORMAT)
