"""Bulk reads of people for machines: the register of a month, as pay computes from it.

``register_of_month`` gives bytes, not rows: a run rests on a file that can be kept under its hash, read again
after a crash, and compared with another. PostgreSQL writes it, so that a web process needs no Polars.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pamong.access import policies
from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.ledger.bulk import copy_out
from pamong.people.acting import LADDER
from pamong.people.queries.rows import fetch

if TYPE_CHECKING:
    import polars as pl

FORMAT = "pamong_register_1"
HEADER = FORMAT.encode() + b","
NOBODY = "SELECT NULL::bigint AS person_id, NULL::daterange AS period, NULL AS standing WHERE FALSE"

_REGISTER = """
-- Each person's own rows are looked up by index, so that no plan depends on how many there seem to be.
-- OFFSET 0: of what everybody has, the planner would think that one in a thousand has it.
WITH served AS MATERIALIZED (
  SELECT e.person_id, GREATEST(min(GREATEST(lower(e.period), %(first)s::date)), (
      -- Nobody works before his first seat: it is given with the statement that he began (SPMT).
      SELECT min(lower(a.period)) FROM people_appointment a WHERE a.person_id = e.person_id
        AND a.superseded_at IS NULL AND a.kind = 'regular' HAVING min(lower(a.period)) < %(end)s::date
    )) AS from_on,
    max(LEAST(COALESCE(upper(e.period), %(end)s::date), %(end)s::date)) AS to_on
  FROM people_employment e
  WHERE e.superseded_at IS NULL AND e.kind <> 'TKPK' AND e.period && daterange(%(first)s::date, %(end)s::date)
    AND {only}
  GROUP BY e.person_id
), away AS MATERIALIZED (
  SELECT person_id, min(standing) AS standing,
    range_agg(period * daterange(%(first)s::date, %(end)s::date)) AS days
  FROM ({away}) w GROUP BY person_id
)
SELECT row_number() OVER (ORDER BY e.nip, p.id) AS {format},
  p.uid AS person_uid, e.nip,
  concat_ws(', ', btrim(concat_ws(' ', NULLIF(i.front_title, ''), i.name)), NULLIF(i.back_title, '')) AS name,
  i.birth_date, i.sex, e.kind, r.golongan, g.mkg_years, g.mkg_months, t.kind AS post_kind,
  t.name AS post_name, u.code AS unit_id, u.name AS unit_name, COALESCE(u.opd_name, u.name) AS opd_name,
  e.standing, b.start_on,
  lower(a.period) AS post_since, lower(r.period) AS grade_since,
  extract(day FROM v.from_on)::int AS from_day, extract(day FROM v.to_on - 1)::int AS to_day,
  COALESCE(c.segments, '') AS segments, COALESCE(n.standings, '') AS standings,
  COALESCE(k.acting, '') AS acting, d.died, CASE WHEN d.died THEN COALESCE(w.heir, '') ELSE '' END AS heir,
  COALESCE(f.opd_name, '') AS first_opd
FROM served v
CROSS JOIN LATERAL (
  SELECT min(lower(o.period)) AS start_on FROM people_employment o
  WHERE o.person_id = v.person_id AND o.superseded_at IS NULL AND o.kind <> 'TKPK'
) b
JOIN people_person p ON p.id = v.person_id
CROSS JOIN LATERAL (
  SELECT * FROM people_identity n WHERE n.person_id = v.person_id AND n.superseded_at IS NULL
    AND n.period @> v.to_on - 1 OFFSET 0
) i
CROSS JOIN LATERAL (
  SELECT * FROM people_employment n WHERE n.person_id = v.person_id AND n.superseded_at IS NULL
    AND n.period @> v.to_on - 1 OFFSET 0
) e
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
CROSS JOIN LATERAL (
  -- On the days of another standing that one holds, and his own on the rest.
  SELECT string_agg(concat_ws(':', extract(day FROM lower(x.piece))::int,
    extract(day FROM upper(x.piece) - 1)::int, x.standing), ';' ORDER BY lower(x.piece)) AS standings
  FROM (
    SELECT y.standing, unnest(y.days) AS piece
    FROM people_employment o
    CROSS JOIN LATERAL (
      SELECT datemultirange(o.period * daterange(%(first)s::date, %(end)s::date)) AS days
    ) h
    LEFT JOIN away w ON w.person_id = p.id
    CROSS JOIN LATERAL (
      VALUES (o.standing, h.days - COALESCE(w.days, '{}')), (w.standing, h.days * COALESCE(w.days, '{}'))
    ) y (standing, days)
    WHERE o.person_id = p.id AND o.superseded_at IS NULL AND o.kind <> 'TKPK'
  ) x
) n
LEFT JOIN LATERAL (
  -- Orders that follow each other on one seat are one time; the post is what it was on its last day.
  SELECT string_agg(concat_ws(':', extract(day FROM lower(x.piece))::int,
    extract(day FROM upper(x.piece) - 1)::int, x.kind, m.job_class,
    array_position(%(ladder)s, tp.kind) - array_position(%(ladder)s, op.kind)), ';'
    ORDER BY lower(x.piece), x.seat_id, x.kind) AS acting
  FROM (
    SELECT h.seat_id, h.kind, unnest(range_agg(h.period * daterange(%(first)s::date, %(end)s::date))) AS piece
    FROM people_appointment h WHERE h.person_id = p.id AND h.superseded_at IS NULL
      AND h.kind IN ('plt', 'plh') AND h.period && daterange(%(first)s::date, %(end)s::date)
    GROUP BY h.seat_id, h.kind
  ) x
  JOIN organisation_seatrow m ON m.seat_id = x.seat_id AND m.superseded_at IS NULL
    AND m.period @> upper(x.piece) - 1 AND m.job_class IS NOT NULL
  JOIN organisation_post tp ON tp.id = m.post_id
  LEFT JOIN people_appointment r ON r.person_id = p.id AND r.superseded_at IS NULL AND r.kind = 'regular'
    AND r.period @> lower(x.piece)
  LEFT JOIN organisation_seatrow q ON q.seat_id = r.seat_id AND q.superseded_at IS NULL
    AND q.period @> lower(x.piece)
  LEFT JOIN organisation_post op ON op.id = q.post_id
) k ON TRUE
CROSS JOIN LATERAL (
  SELECT e.end_reason = 'died' AND upper(e.period) <= %(end)s::date AS died
) d
LEFT JOIN LATERAL (
  -- Of several nobody can tell here who inherits: then no name stands.
  SELECT min(l.name) AS heir FROM people_relative l WHERE d.died AND l.person_id = p.id
    AND l.superseded_at IS NULL AND l.relation = 'spouse' AND l.period @> v.to_on - 1
  HAVING count(*) = 1
) w ON TRUE
LEFT JOIN people_appointment b1 ON b1.person_id = p.id AND b1.superseded_at IS NULL AND b1.kind = 'regular'
  AND b1.period @> v.from_on
LEFT JOIN organisation_seatrow s1 ON s1.seat_id = b1.seat_id AND s1.superseded_at IS NULL
  AND s1.period @> v.from_on
LEFT JOIN organisation_units(%(first)s::date) f ON f.unit_id = s1.unit_id
ORDER BY e.nip, p.id
"""


def register_sql(month: Period, only: str = "TRUE", away: str = NOBODY) -> tuple[str, dict[str, Any]]:
    """The statement of a month's register and its parameters, for whoever has seen to the actor's right.

    ``only`` is a condition on the employments ``e`` of those it is about. ``away`` selects person_id, period
    and standing: who has another standing on some days than his employment says, by a register further up.
    """
    text = _REGISTER.replace("{format}", FORMAT).replace("{only}", only).replace("{away}", away)
    return text, _asked(month)


def register_of_month(*, actor: Actor, at: datetime, month: Period, away: str = NOBODY) -> bytes:
    """Everybody who was in service in a month, as CSV, one row a person as of his last day in it.

    Three columns tell of days of the month: ``segments`` the class of his seat (``1:14:7;15:31:8``),
    ``standings`` his standing by law, ``acting`` the posts he stood in for, with their kind, class, and how
    many levels they lie above his own (``1:31:plt:11:1``; nothing where no text compares the two). ``died``:
    his service ended by death in this month. ``heir``: his wife or her husband. ``first_opd``: the OPD in
    which he began the month. The same register gives the same bytes. One row in the read log names everybody.
    ``away`` as ``register_sql`` has it. ``NotAllowed`` unless the actor may run a month.
    """
    policies.require(actor, "pay:run")
    data = copy_out(*register_sql(month, away=away))
    people = fetch(
        "SELECT DISTINCT p.uid FROM people_person p JOIN people_employment e ON e.person_id = p.id "
        "WHERE e.superseded_at IS NULL AND e.period && daterange(%(first)s, %(end)s)",
        {"first": month.start, "end": month.end},
    )
    access.log_read(actor=actor, at=at, path="people.register", subjects=[row[0] for row in people])
    return data


def _asked(month: Period) -> dict[str, Any]:
    return {"first": month.start, "end": month.end, "ladder": [kind.value for kind in LADDER]}


def is_register(data: bytes) -> bool:
    """Whether a file is a register that ``register_of_month`` wrote."""
    return data.startswith(HEADER)


def read_register(data: bytes, name: str) -> pl.DataFrame:
    """The register as a frame with the columns of a people file, and those that only a register has.

    ``segments``, ``standings`` and ``acting`` become lists of structs, null where they tell nothing.
    """
    import polars as pl  # noqa: PLC0415 - the web process writes registers, but reads none

    numbers = ("mkg_years", "mkg_months", "from_day", "to_day")
    schema: dict[str, Any] = dict.fromkeys(numbers, pl.Int32)
    schema |= dict.fromkeys(("birth_date", "start_on", "post_since", "grade_since"), pl.Date)
    schema |= {"nip": pl.String, FORMAT: pl.Int32}
    frame = pl.read_csv(data, schema_overrides=schema, infer_schema=False)
    lists = {
        "segments": ("first", "last", "job_class"),
        "standings": ("first", "last", "standing"),
        "acting": ("first", "last", "kind", "job_class", "steps"),
    }
    return frame.rename({FORMAT: "line"}).with_columns(
        pl.lit(name).alias("file"),
        (pl.col("died") == "t").alias("died"),
        *(_pieces(column, names) for column, names in lists.items()),
    )


def _pieces(column: str, names: tuple[str, ...]) -> pl.Expr:
    """``1:14:7;15:31:8`` as a list of structs of these names; what is not told is null."""
    import polars as pl  # noqa: PLC0415

    part = pl.element().str.split(":")
    told = pl.col(column).replace("", None)
    fields = [
        part.list.get(place, null_on_oob=True).alias(name)
        if name in _TEXTS
        else part.list.get(place, null_on_oob=True).cast(pl.Int32).alias(name)
        for place, name in enumerate(names)
    ]
    return pl.when(told.is_not_null()).then(told.str.split(";").list.eval(pl.struct(fields))).alias(column)


_TEXTS = ("kind", "standing")


def persons_by_nip(nips: Iterable[str]) -> dict[str, int]:
    """The ids of the persons behind numbers, past ones too: a number belongs to one person for good."""
    found = fetch(
        "SELECT DISTINCT nip, person_id FROM people_employment "
        "WHERE superseded_at IS NULL AND nip = ANY(%(nips)s)",
        {"nips": list(nips)},
    )
    return {str(nip): int(person) for nip, person in found}
