"""``pamong serve`` from the first start to Ctrl-C: what it starts, what it revives, that nothing stays behind."""

from __future__ import annotations

import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.serving import Serving

ADDRESS = r"berjalan di (http://127\.0\.0\.1:\d+)/"
PATIENCE_SECONDS = 30


@pytest.fixture
def serving() -> Iterator[Serving]:
    serving = Serving("serve")
    yield serving
    serving.remove()


def status_of(address: str) -> int:
    """The answer to a question that the database must answer: the sign-in page keeps its token in a session."""
    try:
        with urllib.request.urlopen(f"{address}/api/v1/openapi.json", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_until_ok(address: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while status_of(address) != 200:
        assert time.monotonic() < deadline, "the site did not come back"
        time.sleep(0.1)


def test_serve_from_first_start_to_ctrl_c(serving: Serving) -> None:
    address = serving.wait_for(ADDRESS)
    assert status_of(address) == 200
    told = "".join(serving.lines)
    assert "Memperbarui susunan basis data" in told

    # The web processes and the worker never learn the owner's password.
    secret = (Path(serving.data) / "utama" / "secrets" / "database-owner").read_text()
    web = serving.find("gunicorn")
    worker = serving.find("procrastinate")
    for pid in (web, worker):
        assert secret not in Path(f"/proc/{pid}/environ").read_text(errors="replace")

    # What is killed comes back.
    os.kill(serving.find("bin/postgres -D"), signal.SIGKILL)
    serving.wait_for(r"(PostgreSQL berhenti sendiri; dijalankan lagi)")
    os.kill(web, signal.SIGKILL)
    serving.wait_for(r"(Peladen web berhenti sendiri; dijalankan lagi)")
    os.kill(worker, signal.SIGKILL)
    serving.wait_for(r"(Pekerja latar berhenti sendiri; dijalankan lagi)")
    wait_until_ok(address)

    assert serving.end() == 0
    assert serving.processes() == {}
    assert "Pamong berhenti." in "".join(serving.lines)


def test_a_killed_supervisor_leaves_no_orphan_and_the_next_start_works(serving: Serving) -> None:
    serving.wait_for(ADDRESS)
    serving.end(signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while serving.processes():
        assert time.monotonic() < deadline, serving.processes()
        time.sleep(0.1)
    serving.lines.clear()
    serving.start("serve")
    wait_until_ok(serving.wait_for(ADDRESS))
    assert serving.end(signal.SIGTERM) == 0
    assert serving.processes() == {}
