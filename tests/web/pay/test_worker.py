"""The background: a worker that dies leaves its run to the next one, and a bug ends the run for who waits."""

from __future__ import annotations

import asyncio
from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from pamong.access.models import User
from pamong.documents import store
from pamong.jobs import runs, tasks
from pamong.kernel.actor import Actor
from pamong.pay import queries, services
from pamong.pay.choices import FileKind
from tests.browser.world import build_accounts
from tests.support.month import MONTH, MORNING, TODAY, kept_files

OPERATOR = Actor.operator("uji", TODAY)


@pytest.fixture
def asked(committed_db: str, tmp_path, settings) -> tuple[UUID, int]:  # type: ignore[no-untyped-def]
    """A run that waits, and the officer who asked for it."""
    settings.PAMONG_FILES_ROOT = tmp_path
    build_accounts()
    started = services.start_run(
        actor=OPERATOR, at=MORNING, month=MONTH, profile="contoh", files=kept_files()
    )
    return started.uid, User.objects.get(username="personnel_officer").pk


def state_of(uid: UUID) -> str:
    return queries.get_run(actor=OPERATOR, uid=uid).state.value


def status_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(("silent_for", "status"), [("1 hour", "todo"), ("1 second", "doing")])
def test_a_job_of_a_silent_worker_is_given_to_others(
    silent_for: str, status: str, asked: tuple[UUID, int]
) -> None:
    job = app.configure_task("pamong.month").defer(uid=str(asked[0]), user_id=asked[1])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
            [silent_for],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job]
        )
    asyncio.run(look_for_lost())
    assert status_of(job) == status


async def look_for_lost() -> None:
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as working:
        async with working.open_async():
            await tasks.take_up_lost.func(SimpleNamespace(app=working), 0)


def test_a_second_computation_of_the_same_run_changes_nothing(asked: tuple[UUID, int]) -> None:
    tasks.month(uid=str(asked[0]), user_id=asked[1])
    first = queries.get_run(actor=OPERATOR, uid=asked[0])
    tasks.month(uid=str(asked[0]), user_id=asked[1])
    assert queries.get_run(actor=OPERATOR, uid=asked[0]) == first and first.state.value == "published"


def test_a_lost_file_ends_the_run_with_its_sentence(asked: tuple[UUID, int]) -> None:
    people = next(file for file in kept_files() if file.kind is FileKind.PEOPLE)
    store._path(people.sha256).unlink()
    tasks.month(uid=str(asked[0]), user_id=asked[1])
    assert "Pulihkan folder berkas" in queries.get_run(actor=OPERATOR, uid=asked[0]).failure


def test_a_bug_ends_the_run_and_still_crashes(
    asked: tuple[UUID, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(runs, "run_month", broken)
    with pytest.raises(ZeroDivisionError):
        tasks.month(uid=str(asked[0]), user_id=asked[1])
    run = queries.get_run(actor=OPERATOR, uid=asked[0])
    assert (run.state.value, run.failure) == ("failed", tasks.BROKEN)


def test_progress_is_kept_for_who_waits_but_not_after_the_end(asked: tuple[UUID, int]) -> None:
    services.note_progress(actor=OPERATOR, uid=asked[0], what="Membaca pegawai.csv", done=1)
    run = queries.get_run(actor=OPERATOR, uid=asked[0])
    assert (run.stage, run.done) == ("Membaca pegawai.csv", 1)
    services.cancel_run(actor=OPERATOR, at=MORNING, uid=asked[0])
    services.note_progress(actor=OPERATOR, uid=asked[0], what="Menghitung", done=2)
    services.fail_run(actor=OPERATOR, uid=asked[0], sentence="Terlambat.")
    run = queries.get_run(actor=OPERATOR, uid=asked[0])
    assert (run.stage, run.failure, state_of(asked[0])) == ("", "", "cancelled")
    assert run.month == date(2026, 10, 1)
