"""Two sessions at once ask for leave, or one asks while another signs: together they never take too much.

The first has done its part and has not committed yet; the second begins, and is let on once it waits for the
first (or has gone through without waiting, which is the fault that is looked for).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from pamong.attendance.errors import PaperOverlaps
from pamong.decisions.choices import Answer, State
from pamong.decisions.errors import GatesBlock
from pamong.kernel.errors import DomainError
from pamong.leave.models import LeaveEntry
from pamong.ledger.choices import PaperState
from tests.support.deciding import WHY, desk_of
from tests.support.leaving import LeaveDesk, form, leave_desk
from tests.support.people import People

PATIENCE_SECONDS = 60
# Whoever of this database waits for a lock; one on a transaction names no database of its own.
_WAITS = """
SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE NOT l.granted AND a.datname = current_database()
"""


@pytest.fixture
def leaves(committed: People, settings: Any) -> LeaveDesk:
    """The small city, committed, under the law of the example region; twelve days are left to everybody."""
    settings.PAMONG_PROFILE = "contoh"
    with transaction.atomic():
        made = leave_desk(desk_of(committed))
        made.open("own", 2025, "0", used=True)
        made.open("mate", 2025, "0", used=True)
    return made


def second_beside(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, bool]:
    """What came of the second, which began after the first had done its part and before it had committed, and
    whether it had to wait for that."""

    def run() -> Any:
        try:
            with transaction.atomic():
                return second()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            begun = pool.submit(run)
            waits = _waits(begun)
        return begun.result(PATIENCE_SECONDS), waits


def _waits(begun: Future[Any]) -> bool:
    """Whether the second session waits for the first, as soon as it does or is through."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not begun.done() and time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(_WAITS)
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.01)
    assert begun.done(), "the second session neither waits nor ends"
    return False


def held(leaves: LeaveDesk) -> list[tuple[date, str]]:
    rows = LeaveEntry.objects.exclude(state=PaperState.WITHDRAWN.value).order_by("period")
    return [(row.period.lower, row.state) for row in rows]


def test_case_L_12_of_two_requests_at_once_that_exceed_the_balance_one_is_stored(leaves: LeaveDesk) -> None:
    """Ten working days and five of twelve, on days that do not overlap."""
    other, _ = second_beside(
        lambda: leaves.ask(first="2026-11-16", last="2026-11-27"),
        lambda: leaves.ask(first="2026-12-01", last="2026-12-07"),
    )
    assert isinstance(other, GatesBlock) and "melebihi sisa cuti" in str(other)
    assert held(leaves) == [(date(2026, 11, 16), "waiting")]


def test_case_L_12_two_requests_at_once_that_fit_are_both_stored(leaves: LeaveDesk) -> None:
    other, _ = second_beside(
        lambda: leaves.ask(first="2026-11-16", last="2026-11-20"),
        lambda: leaves.ask(first="2026-12-01", last="2026-12-07"),
    )
    assert isinstance(other, UUID)
    assert [first for first, _ in held(leaves)] == [date(2026, 11, 16), date(2026, 12, 1)]


def test_case_I_12_of_two_requests_at_once_for_one_day_one_is_stored(leaves: LeaveDesk) -> None:
    other, _ = second_beside(
        lambda: leaves.ask(first="2026-11-16", last="2026-11-18"),
        lambda: leaves.ask(first="2026-11-18", last="2026-11-20"),
    )
    assert isinstance(other, PaperOverlaps)
    assert held(leaves) == [(date(2026, 11, 16), "waiting")]


def test_case_A_27_one_form_from_two_phones_at_once_is_one_request(leaves: LeaveDesk) -> None:
    key, made = uuid4(), []
    other, _ = second_beside(lambda: made.append(leaves.ask(key=key)), lambda: leaves.ask(key=key))
    assert [other] == made and len(held(leaves)) == 1


def test_case_L_12_more_days_that_are_signed_meanwhile_are_seen(leaves: LeaveDesk) -> None:
    """Two days were asked for; the official grants ten while five more are asked for: together fifteen."""
    with transaction.atomic():
        uid = leaves.ask(first="2026-11-16", last="2026-11-17")
        leaves.desk.answer("nurul", uid)
    more = form("2026-11-16", "2026-11-27")
    other, _ = second_beside(
        lambda: leaves.desk.answer("chief", uid, Answer.CHANGE, reason=WHY, change=more),
        lambda: leaves.ask(first="2026-12-01", last="2026-12-07"),
    )
    assert isinstance(other, GatesBlock)
    assert held(leaves) == [(date(2026, 11, 16), "verified")]


def test_a_signature_beside_a_request_goes_through(leaves: LeaveDesk) -> None:
    with transaction.atomic():
        uid = leaves.ask(first="2026-11-16", last="2026-11-17")
        leaves.desk.answer("nurul", uid)
    state, _ = second_beside(
        lambda: leaves.ask(first="2026-12-01", last="2026-12-07"), lambda: leaves.desk.answer("chief", uid)
    )
    assert state is State.SEALED
    assert held(leaves) == [(date(2026, 11, 16), "verified"), (date(2026, 12, 1), "waiting")]


def test_requests_of_two_people_do_not_wait_for_each_other(leaves: LeaveDesk) -> None:
    other, waits = second_beside(
        lambda: leaves.ask("own", first="2026-11-16"), lambda: leaves.ask("mate", first="2026-11-16")
    )
    assert isinstance(other, UUID) and not waits
    assert len(held(leaves)) == 2
