"""A sequencer for tests: in this process a beat at a time, or the real program, to be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import psycopg
from django.db import connection, transaction
from psycopg import Connection, IsolationLevel

from pamong.kernel.actor import Actor
from pamong.ledger import services
from pamong.ledger.events import Event
from pamong.ledger.sequencer.logs import LogAtWork
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.witnesses import Witness
from pamong.ledger.tree.checkpoints import SignedCheckpoint, open_checkpoint
from tests.support.databases import Cluster

SITE = "kepegawaian.contoh.go.id"


@dataclass(frozen=True, slots=True)
class Noted(Event):
    """An event with one public and one personal field."""

    kind: ClassVar[str] = "example.noted"
    number: int
    name: str = ""

    def public(self) -> dict[str, Any]:
        return {"number": self.number, "on": date(2026, 11, 10)}

    def personal(self) -> dict[str, Any]:
        return {"name": self.name} if self.name else {}

    def sentence(self) -> str:
        return f"Catatan nomor {self.number}."


def places_in(folder: Path) -> Places:
    """A ledger below a test's folder."""
    return Places(SITE, folder / "public", folder / "keys")


@dataclass
class Sealing:
    """A sequencer in this process."""

    connection: Connection[Any]
    places: Places
    pool: ThreadPoolExecutor
    logs: dict[str, LogAtWork] = field(default_factory=dict)

    def start(self) -> None:
        """Check and take all logs."""
        for name in self.places.logs:
            self.logs[name] = LogAtWork(self.connection, self.places, name, self.pool)

    def beat(self, witnesses: Sequence[Witness] = ()) -> None:
        """Beats until nothing is left."""
        for log in self.logs.values():
            while log.beat(witnesses):
                pass

    def published(self, log: str = "decisions") -> SignedCheckpoint:
        """The published checkpoint, verified."""
        keys = self.logs[log]._signer.verifiers
        return open_checkpoint(self.places.checkpoint(log).read_bytes(), keys)


@contextmanager
def sealing(postgres: Cluster, database: str, places: Places, start: bool = True) -> Iterator[Sealing]:
    """A sequencer as its role, over a test's database."""
    url = postgres.server.url("sequencer", database)
    with psycopg.connect(url, autocommit=True) as connection, ThreadPoolExecutor(8) as pool:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        made = Sealing(connection, places, pool)
        if start:
            made.start()
        yield made


class Program:
    """The real program, in a process of its own."""

    def __init__(self, postgres: Cluster, database: str, places: Places, log: Path) -> None:
        self.log = log
        self._environ = {
            **{key: os.environ[key] for key in ("PATH", "HOME", "LANG", "PYTHONPATH") if key in os.environ},
            "PAMONG_SEQUENCER_DATABASE_URL": postgres.server.url("sequencer", database),
            "PAMONG_SITE": places.site,
            "PAMONG_LEDGER": str(places.public),
            "PAMONG_LEDGER_KEYS": str(places.keys),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pamong.cli.main", "sequencer"],
                env=self._environ, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            )  # fmt: skip

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """Ask it to end; its exit status."""
        assert self.process
        self.process.terminate()
        return self.process.wait(30)

    def wait(self, seconds: float = 30) -> int:
        """Wait until it ends by itself."""
        assert self.process
        return self.process.wait(seconds)


def until(done: Any, seconds: float = 60) -> None:
    """Wait until something holds. AssertionError if it never does."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.05)


def note(operator: Actor, *numbers: int) -> None:
    with transaction.atomic():
        services.record_many(actor=operator, events=[Noted(number, "Sri Wahyuni") for number in numbers])


def leaves(log: str = "decisions") -> list[tuple[int, int, bytes, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.seq, l.intake_id, l.hash, i.body FROM ledger_leaf l "
            "JOIN ledger_intake i ON i.id = l.intake_id WHERE l.log_id = %s ORDER BY l.seq",
            [log],
        )
        return [(seq, id_, bytes(hashed), body) for seq, id_, hashed, body in cursor.fetchall()]


def numbers() -> list[int]:
    return [json.loads(body)["public"]["number"] for _, _, _, body in leaves()]


def as_superuser(postgres: Cluster, database: str, *statements: str) -> None:
    with psycopg.connect(postgres.server.url("superuser", database)) as session:
        for statement in statements:
            session.execute(statement)


def rewrite(postgres: Cluster, database: str) -> None:
    as_superuser(
        postgres,
        database,
        "ALTER TABLE ledger_intake DISABLE TRIGGER ALL",
        "UPDATE ledger_intake SET body = replace(body, '2026-11-10', '2026-10-10') "
        "WHERE body LIKE '%\"number\":1,%'",
        "ALTER TABLE ledger_intake ENABLE TRIGGER ALL",
    )
