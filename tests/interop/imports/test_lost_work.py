"""An import whose job is no more ends with a sentence; one that is worked on, or waits its turn, goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from uuid import UUID

import pytest
from django.db import connection, transaction

from pamong.jobs import tasks
from pamong.kernel.actor import Actor
from pamong.people.choices import BatchKind, BatchState
from pamong.people.models import Batch
from pamong.people.services import batches, lost, recalls
from tests.interop.imports.support import AT, ON, Office, officer, register_file, siasn
from tests.interop.imports.test_worker import start, state

LAST = "UPDATE procrastinate_jobs SET status = %s WHERE id = (SELECT max(id) FROM procrastinate_jobs)"


@pytest.fixture
def nurul(committed: Office) -> Actor:
    return officer("nurul")


def now_is(status: str) -> None:
    """How the last job stands."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [status])


def gone() -> None:
    """The last job was removed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = (SELECT max(id) FROM procrastinate_jobs)")


LOST: dict[str, Callable[[], None]] = {
    "failed": lambda: now_is("failed"), "aborted": lambda: now_is("aborted"),
    "cancelled": lambda: now_is("cancelled"), "gone": gone,
}  # fmt: skip


@pytest.mark.parametrize("how", LOST)
def test_the_trial_of_a_lost_job_ends_with_what_to_do(nurul: Actor, how: str) -> None:
    uid = start(nurul, siasn(1))
    LOST[how]()
    tasks.end_lost_imports(timestamp=0)
    batch = Batch.objects.get(uid=uid)
    assert (batch.state, batch.failure) == (BatchState.FAILED, tasks.BROKEN)


@pytest.mark.parametrize("status", ["todo", "doing"])
def test_what_waits_its_turn_or_is_done_goes_on(nurul: Actor, status: str) -> None:
    uid = start(nurul, siasn(1))
    now_is(status)
    tasks.end_lost_imports(timestamp=0)
    assert state(nurul, uid) is BatchState.READING


def test_storing_and_taking_back_end_as_they_stood_before(nurul: Actor) -> None:
    uid = start(nurul, siasn(1))
    tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    batches.start_apply(actor=nurul, at=AT, uid=uid)
    now_is("failed")
    tasks.end_lost_imports(timestamp=0)
    assert state(nurul, uid) is BatchState.CHECKED
    batches.start_apply(actor=nurul, at=AT, uid=uid)
    tasks.import_apply(uid=str(uid), user_id=nurul.user_id)
    recalls.start_undo(actor=nurul, at=AT, uid=uid, reason="Keliru")
    gone()
    tasks.end_lost_imports(timestamp=0)
    assert state(nurul, uid) is BatchState.APPLIED


def test_an_older_failed_job_of_the_same_import_ends_nothing(nurul: Actor) -> None:
    uid = start(nurul, siasn(1))
    tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    now_is("failed")
    batches.start_apply(actor=nurul, at=AT, uid=uid)
    tasks.end_lost_imports(timestamp=0)
    assert state(nurul, uid) is BatchState.APPLYING


def test_an_import_that_somebody_holds_is_left_to_him(nurul: Actor) -> None:
    uid = start(nurul, siasn(1))
    gone()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT id FROM people_batch WHERE uid = %s FOR UPDATE", [uid])
            tasks.end_lost_imports(timestamp=0)
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert state(nurul, uid) is BatchState.READING
    tasks.end_lost_imports(timestamp=0)
    assert state(nurul, uid) is BatchState.FAILED


def test_an_import_that_ended_meanwhile_stays_as_it_ended(nurul: Actor) -> None:
    """Between the look at all of them and the look at this one the job has done its work."""
    uid = start(nurul, siasn(1))
    tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    gone()
    assert not lost._end(nurul, uid, "terlambat")
    assert state(nurul, uid) is BatchState.CHECKED


def test_the_command_line_leaves_nothing_that_waits_for_a_worker(committed: Office) -> None:
    """While it tries a file nobody else sees it, so that nobody ends it."""
    seen: list[UUID] = []
    other = connection.copy()
    try:

        def told(what: str, done: int, total: int) -> None:
            with other.cursor() as cursor:
                cursor.execute("SELECT uid FROM people_batch")
                seen.extend(uid for (uid,) in cursor.fetchall())

        services = import_module("pamong.interop.imports.services")
        services.check_file(
            actor=committed.actor, at=AT, kind=BatchKind.REGISTER, name="asn.csv",
            data=register_file(siasn(1)), options=batches.BatchOptions(ON), progress=told,
        )  # fmt: skip
    finally:
        other.close()
    assert seen == []


def test_a_worker_that_can_not_load_its_work_ends_the_import(
    nurul: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = start(nurul, siasn(1))
    monkeypatch.setitem(sys.modules, "pamong.interop.imports.services", None)
    monkeypatch.delattr("pamong.interop.imports.services", raising=False)
    with pytest.raises(ImportError):
        tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    assert Batch.objects.get(uid=uid).failure == tasks.BROKEN


def test_files_stored_before_rows_told_what_they_change_are_taken_back_by_two(office: Office) -> None:
    migration = import_module("pamong.people.migrations.0006_closing_of_imports")
    first = office.apply(register_file(siasn(1)))
    second = office.apply(register_file(siasn(1, ALAMAT="Jl. Lain")))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_batchrow SET alters = false")
        cursor.execute("UPDATE people_batch SET counts = counts - 'altered'")
        cursor.execute(migration.ROWS)
        cursor.execute(migration.BATCHES)
    told = dict(Batch.objects.values_list("uid", "counts__altered"))
    assert told == {first.uid: None, second.uid: True}
