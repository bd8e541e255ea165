"""Who holds seats: what organisation asks before a seat ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pamong.people.queries.rows import fetch


def count_holders(seats: Sequence[int], on: date) -> Mapping[int, int]:
    """How many persons have each seat on or after a day, in whatever way; free seats are left out."""
    found = fetch(
        "SELECT seat_id, count(DISTINCT person_id) FROM people_appointment WHERE superseded_at IS NULL "
        "AND seat_id = ANY(%(seats)s) AND period && daterange(%(on)s::date, NULL) GROUP BY seat_id",
        {"seats": list(seats), "on": on},
    )
    return dict(found)
