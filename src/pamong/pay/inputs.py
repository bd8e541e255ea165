"""The register of a month's inputs: what people did and how they are paid, as a run computes from it.

Like the register of people it is bytes: PostgreSQL writes it, it is kept under its hash, and what a run
rested on can be read again. It takes the place of the sheet ("isian bulanan") that an office hands in.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pamong.access import services as access
from pamong.attendance.columns import MISSED
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.ledger.bulk import copy_out
from pamong.pay import policies
from pamong.people.queries.rows import fetch
from pamong.performance.columns import MONTHS, NOBODY

if TYPE_CHECKING:
    import polars as pl

FORMAT = "pamong_inputs_1"
HEADER = FORMAT.encode() + b","
_SERVED = """
  SELECT e.person_id, max(LEAST(COALESCE(upper(e.period), %(end)s::date), %(end)s::date)) - 1 AS last_on
  FROM people_employment e
  WHERE e.superseded_at IS NULL AND e.kind <> 'TKPK' AND e.period && daterange(%(first)s::date, %(end)s::date)
  GROUP BY e.person_id
"""
# Musters that were agreed to count where the month itself tells no number. A PIN only where all machines know
# him by the same; the week as the nearest unit above his own says it on the month's last day. OFFSET 0: his
# own rows are looked up by their index, whatever the planner thinks.
_INPUTS = f"""
WITH served AS MATERIALIZED ({_SERVED}), weeks AS MATERIALIZED (
  SELECT n.unit_id, (
    SELECT w.week FROM attendance_unitweek w JOIN organisation_unitplace up ON up.unit_id = w.unit_id
      AND up.period @> %(end)s::date - 1
    WHERE up.path @> n.path AND w.superseded_at IS NULL AND w.period @> %(end)s::date - 1
    ORDER BY up.depth DESC LIMIT 1
  ) AS week FROM organisation_unitplace n WHERE n.period @> %(end)s::date - 1
), missed AS MATERIALIZED ({MISSED})
SELECT row_number() OVER (ORDER BY e.nip, p.id) AS {FORMAT}, p.uid AS person_uid, e.nip, (
    SELECT min(n.pin) FROM (SELECT * FROM attendance_pin WHERE person_id = p.id OFFSET 0) n
    WHERE n.superseded_at IS NULL AND n.period && daterange(%(first)s::date, %(end)s::date)
    HAVING count(DISTINCT n.pin) = 1
  ) AS pin, NULLIF(f.pay_group, '') AS pay_group, m.minutes, m.behaviour, f.fixed_income,
  m.lhkpn_late::text, m.negative_activity::text,
  COALESCE(m.musters_missed, a.musters) AS musters_missed, m.hours_left,
  m.productivity_score, NULLIF(f.tax_status, '') AS ptkp, (
    SELECT w.week FROM (SELECT * FROM people_appointment WHERE person_id = p.id OFFSET 0) a
    CROSS JOIN LATERAL (SELECT * FROM organisation_seatrow WHERE seat_id = a.seat_id OFFSET 0) s
    JOIN weeks w ON w.unit_id = s.unit_id
    WHERE a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> v.last_on
      AND s.superseded_at IS NULL AND s.period @> v.last_on LIMIT 1
  ) AS week, m.waits_for
FROM served v
JOIN people_person p ON p.id = v.person_id
JOIN people_employment e ON e.person_id = p.id AND e.superseded_at IS NULL AND e.period @> v.last_on
LEFT JOIN LATERAL ({MONTHS}) m ON TRUE
LEFT JOIN missed a ON a.person_id = p.id
LEFT JOIN pay_payfact f ON f.person_id = p.id AND f.superseded_at IS NULL AND f.period @> v.last_on
WHERE m.person_id IS NOT NULL OR f.id IS NOT NULL
ORDER BY e.nip, p.id
"""  # noqa: S608 - our own statements
_NAMED = f"""SELECT p.uid FROM people_person p JOIN ({_SERVED}) v ON v.person_id = p.id
WHERE EXISTS (SELECT FROM performance_performancemonth m WHERE m.person_id = p.id
    AND m.month = %(first)s::date AND m.superseded_at IS NULL)
  OR EXISTS (SELECT FROM pay_payfact f WHERE f.person_id = p.id AND f.superseded_at IS NULL
    AND f.period @> v.last_on)"""  # noqa: S608


def register_of_inputs(*, actor: Actor, at: datetime, month: Period) -> bytes:
    """What is known of everybody's month and pay, as CSV, one row a person of whom anything is.

    Only what is verified has values; ``waits_for`` names who has to verify the rest. The same register gives
    the same bytes. One row in the read log names everybody. ``NotAllowed`` unless the actor may run a month.
    """
    policies.require_run(actor)
    asked = {"first": month.start, "end": month.end}
    data = copy_out(_INPUTS, asked)
    named = [uid for (uid,) in fetch(_NAMED, asked)]
    access.log_read(actor=actor, at=at, path="pay.inputs", subjects=named)
    return data


def is_inputs(data: bytes) -> bool:
    """Whether a file is a register that ``register_of_inputs`` wrote."""
    return data.startswith(HEADER)


def is_empty(data: bytes) -> bool:
    """Whether a register tells of nobody."""
    return data.count(b"\n") < 2


def read_inputs(data: bytes, name: str) -> pl.DataFrame:
    """The register as a frame with the columns of a sheet, and ``waits_for``.

    Classes of seats stand in the register of people, excused days in that of presence: here they are null.
    """
    import polars as pl  # noqa: PLC0415 - the web process writes registers, but reads none

    numbers = ("minutes", "behaviour", "musters_missed", "hours_left", "productivity_score", FORMAT)
    schema: dict[str, Any] = dict.fromkeys(numbers, pl.Int32) | {"fixed_income": pl.Int64}
    schema |= dict.fromkeys(("lhkpn_late", "negative_activity"), pl.Boolean)
    frame = pl.read_csv(data, schema_overrides=schema, infer_schema=False)
    return frame.rename({FORMAT: "line"}).with_columns(
        job_class=pl.lit(None, pl.Int32), excused=pl.lit(None, pl.String), file=pl.lit(name)
    )


def waiting_sentence(waits_for: str) -> str:
    """Why somebody whose month is not verified has no amount, and who changes that."""
    if waits_for == NOBODY:
        return "Isian bulan ini belum diverifikasi, dan atasan langsungnya belum tercatat."
    return f"Isian bulan ini menunggu {waits_for} untuk diverifikasi."
