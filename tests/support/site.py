"""The real site for browser tests: gunicorn as in production, on a free port, over a clone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
START_SECONDS = 30


@contextmanager
def serve(database_url: str, log: Path, settings: str = "tests.settings") -> Iterator[str]:
    """Serve the site over this database until the block ends; yields its address without a final slash."""
    port = _free_port()
    environ = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": settings,
        "PAMONG_SECRET_KEY": "hanya-untuk-uji",
        "PAMONG_BIND": f"127.0.0.1:{port}",
        "PAMONG_WEB_PROCESSES": "1",
        # The sources of this checkout, whatever is installed.
        "PYTHONPATH": os.pathsep.join([str(TOP / "src"), str(TOP)]),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:pamong.config.gunicorn", "pamong.config.wsgi"]
    with log.open("ab") as file:
        process = subprocess.Popen(command, cwd=TOP, env=environ, stdout=file, stderr=file)
    try:
        _wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(START_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the site did not start:\n{log.read_text()}")
