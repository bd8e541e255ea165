"""Case I-07 with a process that is killed: nothing half is seen, and the next attempt does all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from pamong.people.choices import BatchState
from pamong.people.queries import batches as queries
from tests.interop.imports.support import OPERATOR, Office, counts, register_file, siasn, standing
from tests.support.databases import Cluster

TOP = Path(__file__).resolve().parents[3]
ROWS = 900
PATIENCE = 60


def progress() -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stage, done FROM people_batch")
        found = cursor.fetchone()
    return str(found[0]), int(found[1])


def test_case_I_07_a_killed_process_leaves_nothing_and_the_next_one_each_once(
    committed: Office, committed_db: str, postgres: Cluster
) -> None:
    batch = committed.check(register_file(*(siasn(number) for number in range(1, ROWS + 1))))
    url = postgres.server.url("app", committed_db)
    command = [sys.executable, "-m", "tests.interop.imports.killed", url, str(settings.PAMONG_FILES_ROOT)]
    process = subprocess.Popen([*command, str(batch.uid)], cwd=TOP, stderr=subprocess.PIPE)
    deadline = time.monotonic() + PATIENCE
    while progress()[0] != "Menyimpan" or progress()[1] < ROWS // 3:
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert standing("people_identity", "name") == []
    assert queries.get_batch(actor=OPERATOR, uid=batch.uid).state is BatchState.CHECKED
    _wait_for_the_server_to_notice()
    assert counts(committed.store(batch.uid)) == {"new": ROWS}
    assert len(standing("people_identity", "name")) == ROWS


def _wait_for_the_server_to_notice() -> None:
    """The killed session's lock is gone as soon as PostgreSQL finds its client gone."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the killed session holds its lock")
