"""Plain SQL of presence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from pamong.ledger.sql import fetch as fetch  # noqa: PLC0414 - part of the face


def fetch_together(*asked: tuple[str, Mapping[str, Any]]) -> list[list[tuple[Any, ...]]]:
    """The rows of several statements, each with its parameters, in one round trip."""
    with connection.cursor() as cursor:
        cursor.execute(";".join(cursor.mogrify(statement, told) for statement, told in asked))
        found = [cursor.fetchall()]
        while cursor.nextset():
            found.append(cursor.fetchall())
    return found


def array(values: Iterable[Any]) -> str:
    """Many numbers or dates as the text of an array, to which the statement gives its type: written one by
    one by the driver, tens of thousands take longer than what is asked."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"


def run(sql: str, params: Mapping[str, Any]) -> int:
    """Run a statement that gives no rows; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)
