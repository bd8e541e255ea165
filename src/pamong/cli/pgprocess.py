"""The processes of a private PostgreSQL: initdb, the server itself, and what a crash left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pamong.cli.database_roles import SUPERUSER
from pamong.cli.errors import LauncherError
from pamong.cli.places import Home, private_folder

PATIENCE_SECONDS = 60
POLL_SECONDS = 0.02


def initialise(home: Home, programs: Path) -> None:
    """Make a data folder, beside and renamed at the end: a half-made one is never taken for a whole."""
    fresh, password = home.root / "pgdata.new", home.run / "password"
    subprocess.run(["rm", "-rf", str(fresh)], check=True)
    private_folder(fresh, home.account)
    _write_for_server(password, home.secret("database-superuser"), home)
    command = [
        str(programs / "initdb"),
        "-D",
        str(fresh),
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
    ]
    command += [
        "--auth=scram-sha-256",
        f"--username={SUPERUSER}",
        f"--pwfile={password}",
        "--no-instructions",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **_as_server(home))
    finally:
        password.unlink()
    if done.returncode:
        raise LauncherError(f"Folder data PostgreSQL tidak dapat dibuat: {done.stderr.strip()}")
    fresh.rename(home.pgdata)


def launch(
    home: Home, programs: Path, settings: dict[str, str], *, dies_with_us: bool
) -> subprocess.Popen[bytes]:
    """Start the server as a child in its own process group, so that Ctrl-C reaches only its supervisor."""
    # By setpriv the kernel sends SIGINT (fast shutdown) when this process ends, in whatever way.
    command = ["setpriv", "--pdeathsig", "INT"] if dies_with_us else []
    command += [str(programs / "postgres"), "-D", str(home.pgdata), "-k", str(home.run)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with (home.log / "postgres.log").open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            process_group=0,
            **_as_server(home),
        )


def wait_ready(home: Home, process: subprocess.Popen[bytes]) -> None:
    """Wait until it takes sessions. ``LauncherError`` with the last lines of its log if it ends instead."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise LauncherError(f"PostgreSQL berhenti saat dimulai. Catatannya:\n{_log_tail(home)}")
        pid, ready = _pid_file(home)
        if pid == process.pid and ready:
            return
        time.sleep(POLL_SECONDS)
    raise LauncherError(
        f"PostgreSQL belum siap setelah {PATIENCE_SECONDS} detik. Lihat {home.log}/postgres.log."
    )


def end_orphan(home: Home) -> None:
    """Clear what a killed supervisor or server left. The caller holds the home's lock, so nobody uses it.

    A postmaster that still runs is shut down; a pid file of a dead one, whose number another program may
    bear by now, is removed; sessions that linger after their postmaster was killed are waited for.
    """
    pid, _ = _pid_file(home)
    if pid is not None and _works_in(pid, home.pgdata):
        os.kill(pid, signal.SIGINT)
        _wait_for(lambda: not _works_in(pid, home.pgdata))
    _wait_for(lambda: not any(_works_in(each, home.pgdata) for each in _all_pids()))
    for left in (home.pgdata / "postmaster.pid", *home.run.glob(".s.PGSQL.*")):
        left.unlink(missing_ok=True)


def _as_server(home: Home) -> dict[str, Any]:
    """Arguments of ``subprocess`` that run a program as the server's own user, in nobody's folder."""
    own: dict[str, Any] = {"cwd": "/", "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}}
    if home.account:
        own |= {"user": home.account.uid, "group": home.account.gid, "extra_groups": []}
    return own


def _pid_file(home: Home) -> tuple[int | None, bool]:
    """The postmaster's pid and whether it says that it is ready."""
    try:
        lines = (home.pgdata / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), lines[-1].strip() == "ready"
    except (FileNotFoundError, IndexError, ValueError):
        return None, False


def _all_pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _works_in(pid: int, folder: Path) -> bool:
    """Tell whether a living process is a PostgreSQL that works in this data folder."""
    process = Path("/proc") / str(pid)
    try:
        if (process / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return False
        return (process / "comm").read_text().strip() == "postgres" and (process / "cwd").readlink() == folder
    except OSError:
        return False


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise LauncherError("PostgreSQL yang lama tidak mau berhenti. Nyalakan ulang mesin ini.")
        time.sleep(POLL_SECONDS)


def _write_for_server(path: Path, text: str, home: Home) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    if home.account:
        os.chown(path, home.account.uid, home.account.gid)


def _log_tail(home: Home) -> str:
    return "\n".join((home.log / "postgres.log").read_text(errors="replace").splitlines()[-8:])
