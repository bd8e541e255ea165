"""A small city whose log is sealed, and an audit of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from pamong.kernel.actor import Actor
from pamong.ledger import services
from pamong.ledger.audit.findings import Finding, FindingKind, Report
from pamong.ledger.audit.looking import Means, means_of
from pamong.ledger.audit.running import audit
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.policies import PolicyFile
from pamong.organisation.services import create_site
from tests.support.asleep import SLEEP, WAKE
from tests.support.databases import Cluster, fresh_database
from tests.support.sealing import Noted, places_in, sealing, until


@dataclass
class Site:
    """A database with its log on disk. ``look`` audits it, ``attack`` is what a superuser does."""

    postgres: Cluster
    database: str
    places: Places
    witnesses: list[Any] = field(default_factory=list)

    def url(self, role: str) -> str:
        return self.postgres.server.url(role, self.database)

    def seal(self) -> None:
        """Let the sequencer place and publish what is there."""
        with sealing(self.postgres, self.database, self.places) as it:
            PolicyFile(self.places).ensure([vkey for log in it.logs.values() for vkey in log.vkeys])
            it.beat(self.witnesses)
            if self.witnesses:
                until(lambda: it.beat(self.witnesses) or self.one(COUNTERSIGNED))

    def means(self, **more: Any) -> Means:
        given = {"public": self.places.public, "memory": self.places.keys, "ask_witnesses": False} | more
        secrets = given.pop("secrets", settings.PAMONG_LEDGER_SECRETS)
        return means_of(secrets, **given)

    def look(self, **more: Any) -> Report:
        return audit(self.url("auditor"), self.means(**more), lambda what, done, total: None)

    def attack(self, *statements: str, asleep: bool = True) -> None:
        """As superuser: with triggers asleep, or awake."""
        with psycopg.connect(self.url("superuser")) as session:
            if asleep:
                session.execute(SLEEP)
            for statement in statements:
                session.execute(statement)  # type: ignore[call-overload]
            if asleep:
                session.execute("SET CONSTRAINTS ALL IMMEDIATE")
                session.execute(WAKE)

    @contextmanager
    def as_role(self, role: str) -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(self.url(role)) as session:
            yield session

    def one(self, query: str) -> Any:
        """The only value of a query."""
        with psycopg.connect(self.url("superuser")) as session:
            row = session.execute(query).fetchone()  # type: ignore[call-overload]
            return row and row[0]


COUNTERSIGNED = """
    SELECT bool_and(EXISTS (SELECT 1 FROM ledger_cosignature x
                            JOIN ledger_checkpoint c ON c.id = x.checkpoint_id
                            WHERE c.log_id = l.name AND c.size = l.size))
    FROM ledger_log l WHERE l.size > 0"""


@pytest.fixture
def committed_db(
    postgres: Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A fresh clone with what migrations record."""
    with fresh_database(postgres) as name, django_db_blocker.unblock():
        yield name


@pytest.fixture
def site(committed_db: str, postgres: Cluster, operator: Actor, at: datetime, tmp_path: Path) -> Site:
    """A sealed site with two sites of the organisation, a seal and some entries."""
    made = Site(postgres, committed_db, places_in(tmp_path / "ledger"))
    fill(operator, at)
    made.seal()
    return made


def fill(operator: Actor, at: datetime) -> None:
    """Two sites of the organisation, and five entries with personal fields."""
    for code, name in (("balai", "Balai Kota"), ("dinkes", "Dinas Kesehatan")):
        create_site(actor=operator, at=at, code=code, name=name, zone="Asia/Jakarta", on=date(2026, 1, 1))
    with transaction.atomic():
        services.record_many(actor=operator, events=[Noted(n, "Sri Wahyuni") for n in range(5)])


def kinds(report: Report) -> set[FindingKind]:
    """The kinds of all findings."""
    return {finding.kind for finding in report.findings}


def only(report: Report, kind: FindingKind) -> list[Finding]:
    """The findings of one kind."""
    return [finding for finding in report.findings if finding.kind is kind]
