"""Sessions that all see one state of the database, and read rows in the words in which they were told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any

import psycopg
from psycopg import Connection

from pamong.ledger.binding import pin_sql

# A policy on rows would hide some; the audit must fail rather than overlook them.
AT_ONCE = 4_000  # rows on their way
_NUMBERS = count()
_OURS = (
    "SET row_security TO off",
    "SET jit TO off",
    "SET work_mem TO '64MB'",
    "SET statement_timeout TO 0",
    "SET cursor_tuple_fraction TO 1",
)


@contextmanager
def sessions(url: str, count: int) -> Iterator[list[Connection[Any]]]:
    """So many sessions on one snapshot, read-only. psycopg.OperationalError where the server is not there."""
    with ExitStack() as stack:
        opened = [stack.enter_context(psycopg.connect(url, autocommit=True)) for _ in range(count)]
        for session in opened:
            for statement in (*pin_sql(), *_OURS):
                session.execute(statement)  # words of our own
        opened[0].execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = opened[0].execute("SELECT pg_export_snapshot()").fetchone()
        assert snapshot is not None  # noqa: S101  a function gives one row
        for session in opened[1:]:
            session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            session.execute(f"SET TRANSACTION SNAPSHOT '{snapshot[0]}'")
        yield opened


def stream(session: Connection[Any], query: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, one after the other, whatever their number. Several may be read at a time."""
    with session.cursor(name=f"audit_{next(_NUMBERS)}", binary=True) as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(query, params or None)
        yield from cursor
