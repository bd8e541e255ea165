"""The table of places: made anew from the rows of units, and compared with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from pamong.kernel.period import Period
from pamong.organisation.sql import fetch

_COLUMNS = "unit_id, period, path, opd_id, depth"


@dataclass(frozen=True, slots=True)
class PlaceDifference:
    """A place that the table holds and the rows don't say (``stored``), or the other way round."""

    unit: str
    period: Period
    path: str
    stored: bool


def rebuild() -> int:
    """Make the table anew; returns how many places it holds. One writer at a time (``acts.lock``)."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM organisation_unitplace")
        cursor.execute(
            f"INSERT INTO organisation_unitplace ({_COLUMNS}) SELECT {_COLUMNS} FROM organisation_places"
        )
        return int(cursor.rowcount)


def stands(code: str, on: date) -> bool:
    """Whether a unit of this code stands on a date. As long as no unit at all is entered, any may come."""
    found = fetch(
        "SELECT NOT EXISTS (SELECT 1 FROM organisation_unit) OR EXISTS (SELECT 1 FROM organisation_unit u "
        "JOIN organisation_unitplace p ON p.unit_id = u.id AND p.period @> %(on)s::date "
        "WHERE u.code = %(code)s)",
        {"on": on, "code": code},
    )
    return bool(found[0][0])


def differences() -> list[PlaceDifference]:
    """Where the table and the rows do not say the same."""
    rows = fetch(
        f"""
        WITH stored AS (SELECT {_COLUMNS} FROM organisation_unitplace),
             derived AS (SELECT {_COLUMNS} FROM organisation_places)
        SELECT x.code, d.period, d.path::text, d.stored FROM (
          SELECT s.*, TRUE AS stored FROM (SELECT * FROM stored EXCEPT SELECT * FROM derived) s
          UNION ALL
          SELECT s.*, FALSE FROM (SELECT * FROM derived EXCEPT SELECT * FROM stored) s
        ) d JOIN organisation_unit x ON x.id = d.unit_id ORDER BY x.code, d.period, d.stored
        """,
        {},
    )
    return [
        PlaceDifference(code, Period(period.lower, period.upper), path, stored)
        for code, period, path, stored in rows
    ]
