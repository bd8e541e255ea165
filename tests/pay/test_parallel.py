"""Two at once, or one that is cut off: one run, one process at work on it, nothing that slips in unseen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from procrastinate.jobs import Job

from pamong.jobs import runs
from pamong.jobs.tasks import PASSING, month
from pamong.pay import queries, services, staging
from pamong.pay.choices import RunState
from pamong.pay.errors import RunBusy, TotalsDiffer
from pamong.pay.models import Slip
from tests.pay.support import Office, Someone, files_of, officer
from tests.pay.test_constraints import SLIP, run_id, slip
from tests.support.databases import Cluster

PATIENCE = 30
PEOPLE = [Someone(number) for number in range(5)]
WORKERS, EACH = 4, 500


def closing(work: Callable[[], Any]) -> Any:
    """Do it in this thread and close the connection that it opened."""
    try:
        return work()
    finally:
        connection.close()


def test_case_I_07_two_who_start_the_same_run_at_once_get_one(
    office: Office, committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(2, timeout=PATIENCE)
    look = services._open_run
    waited = threading.local()

    def look_together(inputs_hash: str) -> Any:
        found = look(inputs_hash)
        if not getattr(waited, "once", False):
            waited.once = True
            together.wait()  # both have seen that there is none
        return found

    monkeypatch.setattr(services, "_open_run", look_together)
    files = files_of(PEOPLE)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda _: closing(lambda: office.start(files)), range(2)))
    assert results[0].uid == results[1].uid
    assert sorted(result.existed for result in results) == [False, True]
    assert len(queries.list_runs(actor=office.actor)) == 1


def test_case_P_09_four_at_work_on_500_slips_each_give_2000_numbers_and_miss_none(
    office: Office, committed_db: str
) -> None:
    """The number of a slip is that on its paper; within a run it counts from 1. A retry adds none."""
    asked = []
    for worker in range(WORKERS):
        people = [Someone(worker * EACH + number) for number in range(1, EACH + 1)]
        asked.append(office.start(files_of(people, days=(1, 2))).uid)
    start = threading.Barrier(WORKERS, timeout=PATIENCE)

    def work(number: int) -> None:
        start.wait()
        office.compute(asked[number])
        office.compute(asked[number])

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda number: closing(lambda: work(number)), range(WORKERS)))
    assert Slip.objects.values("uid").distinct().count() == Slip.objects.count() == WORKERS * EACH
    for uid in asked:
        numbers = Slip.objects.filter(run__uid=uid).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, EACH + 1))


def test_a_second_process_is_told_that_the_run_is_busy(office: Office, committed_db: str) -> None:
    uid = office.start(files_of(PEOPLE)).uid
    at_work, go_on = threading.Event(), threading.Event()

    def hold(what: str, done: int, total: int) -> None:
        at_work.set()
        assert go_on.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(closing, lambda: office.compute(uid, _once_in_pay(hold)))
        assert at_work.wait(PATIENCE)
        with pytest.raises(RunBusy):
            office.compute(uid)
        go_on.set()
        first.result(PATIENCE)
    run = queries.get_run(actor=office.actor, uid=uid)
    assert (run.state, run.people) == (RunState.PUBLISHED, 5)
    office.compute(uid)  # published: nothing happens


def _once_in_pay(hold: Callable[[str, int, int], None]) -> Callable[[str, int, int], None]:
    def progress(what: str, done: int, total: int) -> None:
        if what == "Menghitung":  # the files are read; the run is locked
            hold(what, done, total)

    return progress


def test_what_is_added_while_a_run_is_published_is_seen(
    office: Office, committed_db: str, postgres: Cluster
) -> None:
    """A slip that another connection has written, but not committed, when the totals are taken."""
    uid = office.start(files_of(PEOPLE)).uid
    number = run_id(uid)
    with psycopg.connect(postgres.server.url("app", committed_db)) as intruder:

        def add(what: str, done: int, total: int) -> None:
            if what == "Menulis rincian":
                intruder.execute(SLIP, slip(number))
                threading.Timer(0.5, intruder.commit).start()

        with pytest.raises(TotalsDiffer):
            office.compute(uid, add)
    assert queries.get_run(actor=office.actor, uid=uid).state is RunState.STAGING


@pytest.mark.parametrize("moment", ["before a chunk", "within a chunk"])
def test_case_I_08_a_connection_that_is_cut_leaves_a_run_that_can_go_on(
    office: Office, committed_db: str, postgres: Cluster, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """As when PostgreSQL restarts while the worker lives: the job is tried again and goes on."""
    user = officer(office)
    uid = office.start(files_of(PEOPLE)).uid
    monkeypatch.setattr(staging, "CHUNK", 2)
    place = "stage" if moment == "before a chunk" else "_copy"
    work, calls = getattr(staging, place), iter(range(100))

    def cut_off(*given: Any) -> Any:
        if next(calls) == 1:
            cut_connections(postgres, committed_db)
        return work(*given)

    with monkeypatch.context() as patch:
        patch.setattr(staging, place, cut_off)
        with pytest.raises(OperationalError):
            runs.compute(uid, user)
    assert queries.get_run(actor=office.actor, uid=uid).state is RunState.STAGING
    runs.compute(uid, user)
    run = queries.get_run(actor=office.actor, uid=uid)
    assert (run.state, run.people, run.net) == (RunState.PUBLISHED, 5, 5 * 4_937_662)


def cut_connections(postgres: Cluster, database: str) -> None:
    """End every session of the application in a database."""
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(postgres.server.url("superuser", "postgres"), autocommit=True) as session:
        session.execute(ended, [database])


def test_the_job_is_tried_again_for_what_passes_and_for_nothing_else() -> None:
    strategy = month.retry_strategy
    assert strategy is not None
    for passing in PASSING:
        assert strategy.get_retry_decision(exception=passing(), job=job(attempts=3)) is not None
    assert strategy.get_retry_decision(exception=ValueError(), job=job(attempts=0)) is None


def job(attempts: int) -> Job:
    """A job that was tried so often."""
    none = {"lock": None, "queueing_lock": None}
    return Job(id=1, queue="default", task_name=month.name, attempts=attempts, **none)
