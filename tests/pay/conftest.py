"""Fixtures of the tests of pay."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from pamong.cli.binaries import choose
from pamong.cli.errors import LauncherError
from pamong.cli.places import SYSTEM_ROOT, database_account, throwaway_home
from pamong.cli.postgres import Server
from pamong.kernel.actor import Actor
from tests.pay.support import Office
from tests.support.databases import SESSION, Cluster, locked, point_django_to


@pytest.fixture
def office(operator: Actor, at: datetime, tmp_path: Path, settings: Settings) -> Office:
    """Computes months, with a file store of its own."""
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    return Office(operator, at)


@pytest.fixture(scope="session")
def durable(postgres: Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Server]:
    """A migrated server of one's own that keeps what it has committed, whenever it is killed.

    It is the other PostgreSQL, where the machine has Debian's and the wheel's.
    """
    server = Server(throwaway_home())
    # One worker at a time: the first copies the wheel's programs for all.
    with locked(postgres.shared), _wishing(_other_than(postgres.server)):
        server.start()
    (server.home.root / SESSION).write_text(str(os.getpid()))  # so that a later session sweeps it away
    try:
        before = point_django_to(server.url("owner"))
        with django_db_blocker.unblock():
            call_command("migrate", verbosity=0, skip_checks=True)
        connections["default"].close()
        connections["default"].settings_dict.update(before)
        yield server
    finally:
        server.stop()
        server.home.remove()


@pytest.fixture
def durable_db(durable: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[Server]:
    """That server, with this process connected to it as the application."""
    before = point_django_to(durable.url("app"))
    try:
        with django_db_blocker.unblock():
            yield durable
    finally:
        connections["default"].close()
        connections["default"].settings_dict.update(before)


def kinds_of_postgres() -> dict[str, int]:
    """What this machine has, Debian's and the wheel's, with their major versions."""
    copies = SYSTEM_ROOT if database_account() else None
    found = {}
    for wish in ("debian", "wheel"):
        with _wishing(wish):
            try:
                found[wish] = choose(None, copies).major
            except LauncherError:
                continue
    return found


def _other_than(server: Server) -> str:
    major = int((server.home.pgdata / "PG_VERSION").read_text())
    others = [kind for kind, version in kinds_of_postgres().items() if version != major]
    return others[0] if others else ""


@contextmanager
def _wishing(kind: str) -> Iterator[None]:
    """Let the launcher choose this PostgreSQL; an empty wish leaves the choice to it."""
    with pytest.MonkeyPatch.context() as patch:
        if kind:
            patch.setitem(os.environ, "PAMONG_POSTGRES", kind)
        yield
