"""``pamong serve`` from the first start to Ctrl-C: what it starts, what it revives, what stays behind."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.serving import Serving, clean_environ

PORT = r"berjalan di http://127\.0\.0\.1:(\d+)/"
PATIENCE_SECONDS = 30


@pytest.fixture
def serving() -> Iterator[Serving]:
    serving = Serving("serve")
    yield serving
    serving.remove()


def status_of(port: str) -> int:
    """The HTTP status of the interface's document; 0 where nobody answers."""
    session = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    try:
        session.request("GET", "/api/v1/openapi.json")
        return session.getresponse().status
    except OSError:
        return 0
    finally:
        session.close()


def wait_until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_serve_leaves_no_orphan_revives_what_dies_and_ends_by_ctrl_c(serving: Serving) -> None:
    port = serving.wait_for(PORT)
    assert status_of(port) == 200
    # Nobody could sign in yet, so the first start tells how to make an account.
    assert "pamong user add NAMA_PENGGUNA" in "".join(serving.lines)
    # The web processes and the worker never learn the owner's password.
    secret = (Path(serving.data) / "utama" / "secrets" / "database-owner").read_text()
    for words in ("gunicorn", "main worker"):
        assert secret not in Path(f"/proc/{serving.find(words)}/environ").read_text(errors="replace")

    # A killed supervisor takes everything with it, and the next start works.
    serving.end(signal.SIGKILL)
    wait_until(lambda: serving.processes() == {})
    serving.lines.clear()
    serving.start("serve")
    port = serving.wait_for(PORT)

    # The log is sealed and published by it.
    wait_until(lambda: any(Path(serving.data).rglob("checkpoint")))

    # What is killed comes back.
    for words, told in {
        "bin/postgres -D": "(PostgreSQL berhenti sendiri)",
        "gunicorn": "(Peladen web berhenti sendiri)",
        "main worker": "(Pekerja latar berhenti sendiri)",
        "main sequencer": "(Penyegel berhenti sendiri)",
    }.items():
        os.kill(serving.find(words), signal.SIGKILL)
        serving.wait_for(told)
    wait_until(lambda: status_of(port) == 200)

    assert serving.end(signal.SIGINT) == 0
    assert serving.processes() == {}
    assert "Pamong berhenti." in "".join(serving.lines)


def test_a_second_serve_on_the_same_data_is_refused_and_the_first_goes_on(serving: Serving) -> None:
    port = serving.wait_for(PORT)
    second = subprocess.run(
        [sys.executable, "-m", "pamong.cli.main", "serve"],
        env=clean_environ() | {"PAMONG_DATA": serving.data},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert second.returncode == 1 and "sudah berjalan dengan data ini" in second.stderr
    assert status_of(port) == 200
    assert "berhenti sendiri" not in "".join(serving.lines)
    assert serving.end(signal.SIGINT) == 0
