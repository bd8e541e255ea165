"""Fixtures of the whole suite. Tests connect as the application; Django's flush is never used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from pytest_django.plugin import DjangoDbBlocker

from pamong.kernel.actor import Actor
from tests.support.databases import Cluster, cluster, end_cluster, fresh_database, point_django_to
from tests.support.people import People, small_people
from tests.support.site import serve
from tests.support.worlds import Worlds, stage, stages_first


def pytest_configure() -> None:
    """No test depends on how fast the machine is; a test's browser asks for no files, and each would look
    through all of them first."""
    hypothesis.register_profile("pamong", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    hypothesis.load_profile("pamong")
    settings.WHITENOISE_USE_FINDERS = False


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The main process ends the server when all workers are done."""
    if not hasattr(session.config, "workerinput") and hasattr(session.config, "_tmp_path_factory"):
        end_cluster(session.config._tmp_path_factory.getbasetemp())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what would flush the database: its rows can't be deleted, and a clone is faster."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        wants_flush = marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0]))
        if wants_flush or {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
            raise pytest.UsageError(
                f"{item.nodeid}: use the fixture committed_db (or live_site) instead of a flush"
            )
        stages_first(item)


@pytest.fixture(scope="session")
def postgres(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, django_db_blocker: DjangoDbBlocker
) -> Cluster:
    """The throw-away server that all workers of this session share."""
    own = tmp_path_factory.getbasetemp()
    with django_db_blocker.unblock():
        if worker_id == "master":
            return cluster(own, os.getpid())
        return cluster(own.parent, os.getppid())


@pytest.fixture(scope="session")
def django_db_setup(postgres: Cluster, worker_id: str) -> Iterator[None]:
    """Give each worker its clone of the migrated template, as the application sees it."""
    name = f"pamong_{worker_id}"
    postgres.clone(name)
    point_django_to(postgres.server.url("app", name))
    yield
    connections.close_all()


@pytest.fixture(scope="session")
def worlds(postgres: Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worlds]:
    """What tests have built to start from."""
    made = Worlds(postgres, django_db_blocker)
    yield made
    made.end()


stage_small = stage(small_people)


@pytest.fixture
def small(stage_small: People, db: None) -> People:
    """The small city with its accounts; what a test changes is taken back."""
    return stage_small


@pytest.fixture
def committed_db(
    postgres: Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A fresh clone for a test that commits; yields its name and drops it afterwards."""
    with fresh_database(postgres) as name, django_db_blocker.unblock():
        yield name


@pytest.fixture
def live_site(committed_db: str, postgres: Cluster, tmp_path: Path) -> Iterator[str]:
    """The address of the real site over ``committed_db``; what the test commits, the site shows."""
    with serve(postgres.server.url("app", committed_db), tmp_path / "site.log") as address:
        yield address


@pytest.fixture
def operator() -> Actor:
    """The operator of the command line on the demo's day."""
    return Actor.operator("uji", date(2026, 11, 10))


@pytest.fixture
def at() -> datetime:
    """An instant on the demo's day, for ``at=``."""
    return datetime(2026, 11, 10, 0, 30, tzinfo=UTC)
