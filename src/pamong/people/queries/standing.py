"""Whose accounts are: the person behind each, the seats he has, and the roles that follow from both."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from pamong.access.queries import Standing
from pamong.access.roles import EMPLOYEE, FORMER, SUPERIOR
from pamong.kernel.actor import TEAM, Grant

_SQL = """
SELECT p.user_id, p.id, a.seat_id, s.is_head, u.code,
       EXISTS (SELECT 1 FROM organisation_line l
               WHERE l.superior_id = a.seat_id AND l.superseded_at IS NULL AND l.period @> %(on)s) AS leads,
       e.began AND NOT e.holds AS left_service, e.began AND NOT e.holds AND e.died AS died
FROM people_person p
CROSS JOIN LATERAL (
  SELECT COALESCE(bool_or(e.period @> %(on)s), FALSE) AS holds,
         COALESCE(bool_or(lower(e.period) <= %(on)s), FALSE) AS began,
         COALESCE(bool_or(e.end_reason = 'died'), FALSE) AS died
  FROM people_employment e WHERE e.person_id = p.id AND e.superseded_at IS NULL
) e
LEFT JOIN people_appointment a ON a.person_id = p.id AND a.superseded_at IS NULL AND a.period @> %(on)s
  AND a.kind IN ('regular', 'plt', 'plh') AND e.holds
LEFT JOIN organisation_seats(%(on)s) s ON s.seat_id = a.seat_id
LEFT JOIN organisation_unit u ON u.id = s.unit_id
WHERE p.user_id = ANY(%(users)s)
ORDER BY p.user_id, a.kind DESC, a.seat_id
"""


def standings_of(users: Collection[int], on: date) -> Mapping[int, Standing]:
    """The standing of accounts on a date, by their ids; those behind whom no person stands are left out.

    Who leads a unit, also for a time, is superior over the unit with all below it; who leads people without
    leading a unit is superior over those alone. Who is no longer in service keeps his own data, nothing else;
    as somebody who died nobody acts. Where no service is recorded at all, that is missing and proves nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"on": on, "users": list(users)})
        rows = cursor.fetchall()
    return {user: _standing([row[1:] for row in its]) for user, its in groupby(rows, itemgetter(0))}


def _standing(rows: Sequence[tuple[Any, ...]]) -> Standing:
    """What the rows of one account say."""
    *_, left, died = rows[0]
    if died:
        return Standing(left=True, closed=True)
    if left:
        return Standing(rows[0][0], (Grant(FORMER.code),), left=True)
    held = [row[:-2] for row in rows if row[1] is not None]
    heads = [code for _, _, is_head, code, _ in held if is_head and code]
    grants = [Grant(EMPLOYEE.code)]
    grants += [Grant(SUPERIOR.code, code) for code in dict.fromkeys(heads)]
    if not heads and any(leads for *_, leads in held):
        grants.append(Grant(SUPERIOR.code, TEAM))
    return Standing(rows[0][0], tuple(grants), tuple(dict.fromkeys(row[1] for row in held)))
