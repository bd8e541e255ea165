"""The test session's PostgreSQL: one throw-away server, one migrated template, clones of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from pamong.cli.pgprocess import end_orphan
from pamong.cli.places import Home, database_account
from pamong.cli.postgres import Server
from pamong.config.database import database_settings
from tests.support import kept

T = TypeVar("T")
TEMPLATE = "pamong_template"
STOP_SECONDS = 30
PREFIX = "pamong-uji-"
MEMORY, ROOM_BYTES = Path("/dev/shm"), 6 << 30  # noqa: S108 - a folder of random name in it
SESSION = "session-pid"
ADDRESS = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


@dataclass(frozen=True)
class Cluster:
    """The session's running server, as each of its processes sees it. ``shared`` is the session's folder."""

    server: Server
    shared: Path

    def clone(self, name: str) -> None:
        """Make a database that is a copy of the migrated template."""
        self._admin(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY OWNER pamong_owner"), name, TEMPLATE
        )

    def drop(self, name: str) -> None:
        """Remove a database, cutting the sessions in it."""
        self._admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)

    def _admin(self, command: sql.SQL, *names: str) -> None:
        # One at a time: a template must have no session while it is copied.
        with (
            locked(self.shared),
            psycopg.connect(self.server.url("superuser", "postgres"), autocommit=True) as session,
        ):
            session.execute(command.format(*map(sql.Identifier, names)))


@contextmanager
def locked(shared: Path) -> Iterator[None]:
    """Let one process of the session in at a time."""
    with (shared / "pamong.lock").open("w") as file:
        flock(file, LOCK_EX)
        yield


def cluster(shared: Path, session_pid: int) -> Cluster:
    """The session's cluster; whoever asks first starts it, with the migrated template.

    ``session_pid`` is the session's main process, which ends the server.
    """
    note = shared / "pamong-cluster.json"
    with locked(shared):
        if not note.exists():
            _sweep()
            # The server outlives the worker that starts it; the session's main process ends it.
            server = _migrated_server(session_pid)
            note.write_text(json.dumps({"root": str(server.home.root), "pid": server.let_go()}))
    root = Path(json.loads(note.read_text())["root"])
    return Cluster(Server(Home(root, database_account())), shared)


def end_cluster(shared: Path) -> None:
    """Stop the session's server and remove its data; nothing happens where none was started."""
    note = shared / "pamong-cluster.json"
    if not note.exists():
        return
    told = json.loads(note.read_text())
    note.unlink()
    os.kill(told["pid"], signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    while _lives(told["pid"]) and time.monotonic() < deadline:
        time.sleep(0.02)
    Home(Path(told["root"]), None).remove()


def point_django_to(url: str) -> dict[str, Any]:
    """Let Django's connection lead to another database; returns what it led to before."""
    connection = connections["default"]
    connection.close()
    before = {key: connection.settings_dict[key] for key in ADDRESS}
    connection.settings_dict.update({key: database_settings(url)[key] for key in ADDRESS})
    return before


@contextmanager
def django_at(url: str) -> Iterator[None]:
    """Let Django's connection lead to another database until the block ends."""
    before = point_django_to(url)
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"].settings_dict.update(before)


@contextmanager
def fresh_database(postgres: Cluster, role: str = "app") -> Iterator[str]:
    """A database of its own, to which Django leads until the block ends; its name."""
    name = f"pamong_{uuid4().hex[:12]}"
    postgres.clone(name)
    try:
        with django_at(postgres.server.url(role, name)):
            yield name
    finally:
        postgres.drop(name)


def in_database(url: str, blocker: DjangoDbBlocker, work: Callable[[], T]) -> T:
    """Do something in another database. In a thread: where a browser is at work, this one runs its loop."""

    def there() -> T:
        with django_at(url), blocker.unblock():
            return work()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(there).result()


def _migrated_server(session_pid: int) -> Server:
    """A new server with the template, from what an earlier session kept where nothing has changed since."""
    server = Server(_new_home(), throwaway=True, dies_with_us=False)
    digest = kept.made_from()
    brought = kept.bring(server.home, digest)
    server.start()
    (server.home.root / SESSION).write_text(str(session_pid))
    if not brought:
        _migrate_template(server)
        server.stop()
        kept.keep(server.home, digest)
        server.start()
    return server


def _new_home() -> Home:
    """In memory where there is room: a clone is a thousand files."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    folder = tempfile.mkdtemp(prefix=PREFIX, dir=MEMORY if roomy else None)
    return Home(Path(folder), database_account())


def _migrate_template(server: Server) -> None:
    with psycopg.connect(server.url("superuser", "postgres"), autocommit=True) as session:
        session.execute(f"CREATE DATABASE {TEMPLATE} OWNER pamong_owner")
    with django_at(server.url("owner", TEMPLATE)):
        call_command("migrate", verbosity=0, skip_checks=True)


def _sweep() -> None:
    """Remove what sessions left whose main process was killed."""
    places = {Path(tempfile.gettempdir()), MEMORY}
    for note in (note for place in places for note in place.glob(f"{PREFIX}*/{SESSION}")):
        if not _lives(int(note.read_text())):
            home = Home(note.parent, database_account())
            end_orphan(home)
            home.remove()


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
