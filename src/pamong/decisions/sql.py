"""Plain SQL of decisions: whose turn it is, and what seats are called."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pamong.ledger.sql import fetch as fetch  # noqa: PLC0414 - part of the face

# The functions of the database, made by the first migration. ``decisions_free``: somebody sits or stands in
# there who is not barred. ``decisions_answering``: the first such seat from this one upwards, NULL for none.
FUNCTIONS = """
CREATE FUNCTION decisions_free(which bigint, on_date date, barred bigint[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM people_appointment a WHERE a.seat_id = which AND a.superseded_at IS NULL
    AND a.period @> on_date AND a.kind IN ('regular', 'plt', 'plh') AND a.person_id <> ALL (barred))
$$;
CREATE FUNCTION decisions_answering(which bigint, on_date date, barred bigint[]) RETURNS bigint
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE up (seat_id, depth) AS (
    SELECT which, 0
    UNION ALL
    SELECT l.superior_id, up.depth + 1 FROM up JOIN organisation_line l ON l.seat_id = up.seat_id
      AND l.superseded_at IS NULL AND l.period @> on_date
    WHERE up.depth < 24 AND NOT decisions_free(up.seat_id, on_date, barred)
  )
  SELECT seat_id FROM up WHERE decisions_free(seat_id, on_date, barred) ORDER BY depth LIMIT 1
$$;
"""
NO_FUNCTIONS = """
DROP FUNCTION decisions_answering(bigint, date, bigint[]);
DROP FUNCTION decisions_free(bigint, date, bigint[]);
"""
_LABELS = """
SELECT s.seat_id, s.post_name || CASE WHEN u.name IS NULL THEN '' ELSE ', ' || u.name END
FROM organisation_seats(%(on)s::date) s LEFT JOIN organisation_units(%(on)s::date) u ON u.unit_id = s.unit_id
WHERE s.seat_id = ANY(%(ids)s)
"""
_SEATS = """
SELECT r.seat_id FROM people_appointment r WHERE r.person_id = %(person)s AND r.superseded_at IS NULL
  AND r.period @> %(on)s::date AND r.kind = 'regular'
"""
_ABOVE = """
SELECT superior_id FROM organisation_line WHERE seat_id = %(seat)s AND superseded_at IS NULL
  AND period @> %(on)s::date
"""


def seat_labels(ids: Collection[int], on: date) -> dict[int, str]:
    """``Lurah, Kelurahan Melati`` for each of these seats that stands on the date."""
    return dict(fetch(_LABELS, {"ids": list(ids), "on": on})) if ids else {}


def seat_above(seat: int, on: date) -> int | None:
    """The seat to which a seat reports; None at the top."""
    found = fetch(_ABOVE, {"seat": seat, "on": on})
    return found[0][0] if found else None


def own_seat(person_id: int, on: date) -> int | None:
    """The seat that somebody holds for good on a date."""
    found = fetch(_SEATS, {"person": person_id, "on": on})
    return found[0][0] if found else None
