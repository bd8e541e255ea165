"""What takes turns: a month is either written to or closed, never both at once (case P-26); keys change once.

Whoever adds a fact of a month holds it open; whoever signs a list of it, or takes its registers, holds it
closing. The locks end with the transaction. What is saved after a closing does no harm: it becomes a
difference.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection

from pamong.ledger.errors import MonthClosing, MonthWritten

FACTS = 0x6D6F6E74  # "mont": shared by writers, alone for a closing
_CLOSINGS = 0x636C6F73  # "clos": one closing after the other, so that two do not refuse each other
CEREMONY = 0x63657265  # "cere": one change of keys or witnesses after the other
TRIES, PAUSE = 50, 0.02


def hold_open(month: date) -> None:
    """Hold a month open for a fact, until the transaction ends. ``MonthClosing`` while it is being closed."""
    if not _try("pg_try_advisory_xact_lock_shared", month):
        raise MonthClosing(month)


def hold_days_open(days: Iterable[date]) -> None:
    """Hold the months of these days open. ``MonthClosing`` while one of them is being closed."""
    for month in sorted({day.replace(day=1) for day in days}):
        hold_open(month)


def hold_spans_open(spans: Iterable[tuple[date, date | None]], until: date) -> None:
    """Hold open every month of these half-open spans, as far as a day: none later is closed by then."""
    found: set[date] = set()
    for first, end in spans:
        month, last = first.replace(day=1), min(end - timedelta(days=1), until) if end else until
        while month <= last:
            found.add(month)
            month = (month + timedelta(days=31)).replace(day=1)
    hold_days_open(found)


def hold_closing(month: date) -> None:
    """Hold a month for its closing, until the transaction ends. ``MonthWritten`` while a fact is being saved.

    Another closing of the same month is waited for; a fact for a second.
    """
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_CLOSINGS, _number(month)])
    # An ended transaction releases its locks one after the other: the one before us may hold the second yet.
    for _ in range(TRIES):
        if _try("pg_try_advisory_xact_lock", month):
            return
        time.sleep(PAUSE)
    raise MonthWritten(month)


def hold_ceremony() -> None:
    """Hold the keys and the policy of the logs, until the transaction ends. Another change is waited for."""
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CEREMONY])


def _try(function: str, month: date) -> bool:
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [FACTS, _number(month)])
        return bool(cursor.fetchone()[0])


def _number(month: date) -> int:
    return month.year * 100 + month.month


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("what takes turns is held for the time of a transaction")
