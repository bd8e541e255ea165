"""Worlds that many tests start from: each is built once a process, by the real way, and committed.

A world stands in a database of its own, to which Django keeps a connection. A test is led there before its
transaction begins, so that what it changes is rolled back as everywhere.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from pamong.config.database import database_settings
from tests.support.databases import ADDRESS, Cluster

T = TypeVar("T")
STAGE = "stage_"  # how the fixtures begin that lead to a world


@dataclass
class World:
    """A connection to its database, and what its builder told, as it was then."""

    database: str
    connection: BaseDatabaseWrapper
    told: Any = None


@dataclass
class Worlds:
    """The worlds of this process by what builds them."""

    postgres: Cluster
    blocker: DjangoDbBlocker
    built: dict[Callable[[], Any], World] = field(default_factory=dict)

    @contextmanager
    def led_to(self, build: Callable[[], T]) -> Iterator[T]:
        """Lead Django to the world that ``build`` makes, until the block ends; yields what it told."""
        if connections["default"].in_atomic_block:
            raise pytest.UsageError("a test is led to one world, and before its transaction begins")
        world = self.built.get(build)
        if world is None:
            world = self.built[build] = self._build(build)
        with _led_to(world.connection):
            yield copy.deepcopy(world.told)

    def end(self) -> None:
        """Close the connections; the server ends with the session."""
        with self.blocker.unblock():
            for world in self.built.values():
                world.connection.close()

    def _build(self, build: Callable[[], Any]) -> World:
        name = f"{connections['default'].settings_dict['NAME']}_world_{len(self.built)}"
        self.postgres.clone(name)
        connection = connections.create_connection("default")
        address = database_settings(self.postgres.server.url("app", name))
        connection.settings_dict = connection.settings_dict | {key: address[key] for key in ADDRESS}
        world = World(name, connection)
        with _led_to(connection), self.blocker.unblock():
            world.told = build()
        return world


@contextmanager
def _led_to(connection: BaseDatabaseWrapper) -> Iterator[None]:
    before = connections["default"]
    connections["default"] = connection
    try:
        yield
    finally:
        connections["default"] = before


def stage(build: Callable[[], T]) -> Any:
    """A fixture that leads its test to a world; named ``stage_…``, and asked for together with ``db``."""

    @pytest.fixture
    def led(worlds: Worlds) -> Iterator[T]:
        with worlds.led_to(build) as told:
            yield told

    return led


def stages_first(item: pytest.Item) -> None:
    """Let what leads to a world come before the test's transaction."""
    names: list[str] = getattr(item, "fixturenames", [])
    names.sort(key=lambda name: not name.startswith(STAGE))
