"""Bulk reads of months for machines: the part of the month's register that performance knows.

A run rests on a register that PostgreSQL writes as CSV and that is kept under its hash. It is about work,
which stands here, and about how somebody is paid, which ``pay`` knows above: so ``pay.inputs`` writes it
around this statement. Only verified values are in it; of a month that waits it names who has to verify it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.ledger.bulk import copy_out
from pamong.performance import policies

if TYPE_CHECKING:
    import polars as pl

# OFFSET 0: his own rows are looked up by their index, however few the planner thinks there are.
# Of the person ``p``: the values, and ``waits_for``, None where nothing waits. Needs first and end.
MONTHS = """
SELECT m.person_id, m.version, v.minutes, v.behaviour, v.productivity_score, v.lhkpn_late,
  v.negative_activity, v.musters_missed, v.hours_left,
  CASE WHEN m.state = 'entered' THEN COALESCE((
    WITH RECURSIVE up AS (
      SELECT l.superior_id AS seat_id, 1 AS depth
      FROM (SELECT * FROM people_appointment WHERE person_id = m.person_id OFFSET 0) a
      CROSS JOIN LATERAL (SELECT * FROM organisation_line WHERE seat_id = a.seat_id OFFSET 0) l
      WHERE a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(end)s::date - 1
        AND l.superseded_at IS NULL AND l.period @> %(end)s::date - 1
      UNION ALL
      SELECT l.superior_id, up.depth + 1
      FROM up CROSS JOIN LATERAL (SELECT * FROM organisation_line WHERE seat_id = up.seat_id OFFSET 0) l
      WHERE l.superseded_at IS NULL AND l.period @> %(end)s::date - 1 AND up.depth < 24
    )
    SELECT concat_ws(', ', btrim(concat_ws(' ', NULLIF(i.front_title, ''), i.name)), NULLIF(i.back_title, ''))
    FROM up CROSS JOIN LATERAL (SELECT * FROM people_appointment WHERE seat_id = up.seat_id OFFSET 0) h
    CROSS JOIN LATERAL (SELECT * FROM people_identity WHERE person_id = h.person_id OFFSET 0) i
    WHERE h.superseded_at IS NULL AND h.period @> %(end)s::date - 1 AND h.person_id <> m.person_id
      AND h.kind IN ('plh', 'regular', 'plt') AND i.superseded_at IS NULL AND i.period @> %(end)s::date - 1
    ORDER BY up.depth, array_position(ARRAY['plh', 'regular', 'plt'], h.kind), h.person_id LIMIT 1
  ), '-') END AS waits_for
FROM performance_performancemonth m
LEFT JOIN performance_performancemonth v ON v.id = m.id AND v.state = 'verified'
WHERE m.person_id = p.id AND m.month = %(first)s::date AND m.superseded_at IS NULL
"""
NOBODY = "-"  # in ``waits_for`` where no superior is known

_PREDICATES = """
SELECT person_id, year, predicate FROM performance_predicate
WHERE state = 'verified' AND act <> 'cancel' AND year = ANY(%(years)s) ORDER BY person_id, year
"""


def read_predicates(*, actor: Actor, years: Sequence[int]) -> pl.DataFrame:
    """The predicates of everybody for some years that hold: person_id Int64, year Int32, predicate String.

    Whoever asks names the people in the read log, as those of its run. ``NotAllowed`` but over all.
    """
    import polars as pl  # noqa: PLC0415 - the web process reads this file, without Polars

    access.require_whole(actor, policies.READ)
    schema = {"person_id": pl.Int64, "year": pl.Int32, "predicate": pl.String}
    return pl.read_csv(copy_out(_PREDICATES, {"years": list(years)}), schema=schema)
