"""Bulk reads of people for machines: the register of a month, as pay computes from it.

``register_of_month`` gives bytes, not rows: a run rests on a file that can be kept under its hash, read again
after a crash, and compared with another. PostgreSQL writes it, so that a web process needs no Polars.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from pamong.access import policies
from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.people.queries.rows import fetch

if TYPE_CHECKING:
    import polars as pl

FORMAT = "pamong_register_1"
HEADER = FORMAT.encode() + b","

_REGISTER = """
-- Each person's own rows are looked up by index, so that no plan depends on how many there seem to be.
WITH served AS (
  SELECT e.person_id, min(GREATEST(lower(e.period), %(first)s::date)) AS from_on,
    max(LEAST(COALESCE(upper(e.period), %(end)s::date), %(end)s::date)) AS to_on
  FROM people_employment e
  WHERE e.superseded_at IS NULL AND e.kind <> 'TKPK' AND e.period && daterange(%(first)s::date, %(end)s::date)
    AND {only}
  GROUP BY e.person_id
)
SELECT row_number() OVER (ORDER BY e.nip, p.id) AS {format},
  p.uid AS person_uid, e.nip,
  concat_ws(', ', btrim(concat_ws(' ', NULLIF(i.front_title, ''), i.name)), NULLIF(i.back_title, '')) AS name,
  i.birth_date, i.sex, e.kind, r.golongan, g.mkg_years, g.mkg_months, t.kind AS post_kind,
  t.name AS post_name, u.code AS unit_id, u.name AS unit_name, COALESCE(u.opd_name, u.name) AS opd_name,
  e.standing, b.start_on,
  lower(a.period) AS post_since, lower(r.period) AS grade_since,
  extract(day FROM v.from_on)::int AS from_day, extract(day FROM v.to_on - 1)::int AS to_day,
  COALESCE(c.segments, '') AS segments
FROM served v
CROSS JOIN LATERAL (
  SELECT min(lower(o.period)) AS start_on FROM people_employment o
  WHERE o.person_id = v.person_id AND o.superseded_at IS NULL AND o.kind <> 'TKPK'
) b
JOIN people_person p ON p.id = v.person_id
JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> v.to_on - 1
JOIN people_employment e ON e.person_id = p.id AND e.superseded_at IS NULL AND e.period @> v.to_on - 1
LEFT JOIN people_rank r ON r.person_id = p.id AND r.superseded_at IS NULL AND r.period @> v.to_on - 1
LEFT JOIN people_salarystep g ON g.person_id = p.id AND g.superseded_at IS NULL AND g.period @> v.to_on - 1
LEFT JOIN people_appointment a ON a.person_id = p.id AND a.superseded_at IS NULL AND a.kind = 'regular'
  AND a.period @> v.to_on - 1
LEFT JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL
  AND s.period @> v.to_on - 1
LEFT JOIN organisation_post t ON t.id = s.post_id
LEFT JOIN organisation_units(%(end)s::date - 1) u ON u.unit_id = s.unit_id
CROSS JOIN LATERAL (
  SELECT string_agg(concat_ws(':', extract(day FROM lower(x.piece))::int,
    extract(day FROM upper(x.piece) - 1)::int, m.job_class), ';' ORDER BY lower(x.piece)) AS segments
  FROM people_appointment h
  JOIN organisation_seatrow m ON m.seat_id = h.seat_id AND m.superseded_at IS NULL AND m.period && h.period
  CROSS JOIN LATERAL (SELECT h.period * m.period * daterange(%(first)s::date, %(end)s::date) AS piece) x
  WHERE h.person_id = p.id AND h.superseded_at IS NULL AND h.kind = 'regular' AND NOT isempty(x.piece)
    AND m.job_class IS NOT NULL
) c
ORDER BY e.nip, p.id
"""


def register_sql(month: Period, only: str = "TRUE") -> tuple[str, dict[str, Any]]:
    """The statement of a month's register and its parameters, for whoever has seen to the actor's right.

    ``only`` is a condition on the employments ``e`` of those it is about.
    """
    text = _REGISTER.replace("{format}", FORMAT).replace("{only}", only)
    return text, {"first": month.start, "end": month.end}


def register_of_month(*, actor: Actor, at: datetime, month: Period) -> bytes:
    """Everybody who was in service in a month, as CSV, one row a person as of his last day in it.

    ``segments`` tells the class of his seat by days of the month: ``1:14:7;15:31:8``. The same register gives
    the same bytes. One row in the read log names everybody. ``NotAllowed`` unless the actor may run a month.
    """
    policies.require(actor, "pay:run")
    with connection.cursor() as cursor:
        text = cursor.mogrify(*register_sql(month))
        with cursor.copy(f"COPY ({text}) TO STDOUT (FORMAT csv, HEADER)") as copy:
            data = b"".join(bytes(block) for block in copy)
    people = fetch(
        "SELECT DISTINCT p.uid FROM people_person p JOIN people_employment e ON e.person_id = p.id "
        "WHERE e.superseded_at IS NULL AND e.period && daterange(%(first)s, %(end)s)",
        {"first": month.start, "end": month.end},
    )
    access.log_read(actor=actor, at=at, path="people.register", subjects=[row[0] for row in people])
    return data


def is_register(data: bytes) -> bool:
    """Whether a file is a register that ``register_of_month`` wrote."""
    return data.startswith(HEADER)


def read_register(data: bytes, name: str) -> pl.DataFrame:
    """The register as a frame with the columns of a people file, and ``from_day``, ``to_day``, ``segments``.

    ``segments`` becomes a list of structs (first, last, job_class).
    """
    import polars as pl  # noqa: PLC0415 - the web process writes registers, but reads none

    numbers = ("mkg_years", "mkg_months", "from_day", "to_day")
    schema: dict[str, Any] = dict.fromkeys(numbers, pl.Int32)
    schema |= dict.fromkeys(("birth_date", "start_on", "post_since", "grade_since"), pl.Date)
    schema |= {"nip": pl.String, FORMAT: pl.Int32}
    frame = pl.read_csv(data, schema_overrides=schema, infer_schema=False)
    part = pl.element().str.split(":")
    return frame.rename({FORMAT: "line"}).with_columns(
        file=pl.lit(name),
        segments=pl.when(pl.col("segments").fill_null("") != "")
        .then(
            pl.col("segments")
            .str.split(";")
            .list.eval(
                pl.struct(
                    first=part.list.get(0).cast(pl.Int32),
                    last=part.list.get(1).cast(pl.Int32),
                    job_class=part.list.get(2).cast(pl.Int32),
                )
            )
        )
        .otherwise(None),
    )


def persons_by_nip(nips: pl.Series) -> dict[str, int]:
    """The ids of the persons behind numbers, past ones too: a number belongs to one person for good."""
    found = fetch(
        "SELECT DISTINCT nip, person_id FROM people_employment "
        "WHERE superseded_at IS NULL AND nip = ANY(%(nips)s)",
        {"nips": nips.to_list()},
    )
    return {str(nip): int(person) for nip, person in found}
