"""Who holds seats: what organisation asks before a seat ends, and before somebody decides on one."""

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


def seats_of_kin(person_id: int, on: date) -> set[int]:
    """The seats that declared relatives of a person have on a day, in whatever way: those whom he declared
    and those who declared him, whenever that was."""
    found = fetch(
        "SELECT a.seat_id FROM people_appointment a JOIN people_relative r ON r.superseded_at IS NULL "
        "AND ((r.person_id = %(id)s AND r.relative_id = a.person_id) "
        "OR (r.relative_id = %(id)s AND r.person_id = a.person_id)) "
        "WHERE a.superseded_at IS NULL AND a.period @> %(on)s::date",
        {"id": person_id, "on": on},
    )
    return {seat for (seat,) in found}
