"""A small government whose log stands: the ground of attacks by who owns the database and the log's keys.

What is attacked is a copy: of the database, of what is published, of the log's keys, of the law's files. The
audit is the program itself, and knows what a real one knows: the application's secret among it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import transaction
from django.test import override_settings
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from pamong.access import services as accounts
from pamong.access.ceremonies import set_policy
from pamong.access.queries import named_actor
from pamong.interop.month import run_month
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import ErasureGround
from pamong.ledger.sequencer.errors import SequencerError
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.policies import HEAD, PolicyFile
from pamong.ledger.sequencer.witnesses import Witness
from pamong.pay import services as pay
from pamong.people import services as people_services
from pamong.people.events import PersonCreated
from tests.support.adopting import put_in_force
from tests.support.auditing import Audited, run_audit
from tests.support.city import PERSONS, nip_of
from tests.support.databases import Cluster, django_at
from tests.support.month import MONTH, MORNING, TODAY, kept_files, people
from tests.support.paid_months import regulation
from tests.support.papers import agree_leave, enter_leave
from tests.support.people import People, small_people
from tests.support.sealing import SITE, Sealing, sealing, until

PROFILE = "contoh"
RULE = "pay/acting_least_days"  # the site's own value, in its overlay
WHO = [people()[0], *people()[4:8]]  # five of the small month
OTHERS = people()[8:11]
ROLES = {"endah": "system_operator", "bagas": "inspector", "kepala": "appointing_official"}
OPERATOR = Actor.operator("uji", TODAY)
GROUND = "Berita acara 1/2026"


@dataclass
class Site:
    """A copy of the government: its database, and the folder with everything that stands beside it."""

    postgres: Cluster
    database: str
    folder: Path
    people: People
    run: UUID
    kept: list[Path] = field(default_factory=list)  # checkpoints that an outsider keeps
    source: Path | None = None  # where the program stands, if it has a copy of its own

    @property
    def places(self) -> Places:
        """Where the logs are published, and the log's keys."""
        return Places(SITE, self.folder / "public", self.folder / "keys")

    @property
    def overlay(self) -> Path:
        """The site's own law."""
        return self.folder / "situs"

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The application works here until the block ends."""
        with (
            django_at(self.postgres.server.url("app", self.database)),
            override_settings(
                PAMONG_FILES_ROOT=self.folder / "files", PAMONG_LEDGER=self.places.public, PAMONG_SITE=SITE,
                PAMONG_PROFILE=PROFILE, PAMONG_LAW_OVERLAY=str(self.overlay),
            ),
        ):  # fmt: skip
            yield

    def seal(self, *witnesses: Witness) -> None:
        """The sequencer starts, checks, and works until nothing is left and every witness has answered."""
        with sealing(self.postgres, self.database, self.places) as it:
            PolicyFile(self.places).ensure([vkey for log in it.logs.values() for vkey in log.vkeys])
            until(lambda: _is_settled(it, witnesses))

    def sql(self, *statements: str, as_role: str = "") -> list[tuple[Any, ...]]:
        """The attacker, a superuser, in one transaction; the rows of the last statement."""
        with psycopg.connect(self.postgres.server.url("superuser", self.database)) as session:
            if as_role:
                session.execute(f"SET SESSION AUTHORIZATION {as_role}")
            done = [session.execute(statement) for statement in statements]  # type: ignore[call-overload]
            return done[-1].fetchall() if done[-1].description else []

    def go_on(self, *witnesses: Witness) -> bool:
        """Life goes on, as far as it can; False where the sequencer refuses to."""
        try:
            self.seal(*witnesses)
            ordinary_work(self)
            self.seal(*witnesses)
        except SequencerError:
            return False
        return True

    def audit(self, *words: object) -> Audited:
        """The program, in a process of its own."""
        held = [word for path in self.kept for word in ("--checkpoint", path)]
        own = {"PYTHONPATH": str(self.source)} if self.source else {}
        return run_audit(
            self.postgres.server.url("auditor", self.database), self.places, self.folder, *held, *words,
            PAMONG_PROFILE=PROFILE, PAMONG_LAW_OVERLAY=str(self.overlay), **own,
        )  # fmt: skip

    def keep_checkpoint(self, log: str = "decisions") -> Path:
        """An outsider keeps what is published now."""
        kept = self.folder / f"dipegang-{len(self.kept)}-{log}"
        shutil.copy(self.places.checkpoint(log), kept)
        self.kept.append(kept)
        return kept


def _is_settled(it: Sealing, witnesses: Sequence[Witness]) -> bool:
    it.beat(witnesses)
    return not any(log._open() or (log._published and log._published.asked) for log in it.logs.values())


def adopt(site: Site, days: int, ground: str) -> None:
    """The site's own law, proposed by an officer and signed by the appointing official."""
    regulation(site.overlay, RULE, (date(2022, 1, 1), days), unit="days")
    put_in_force(
        named_actor("nurul", TODAY), named_actor("kepala", TODAY), MORNING, PROFILE, str(site.overlay), ground
    )


def publish_month(site: Site, who: Sequence[Any]) -> UUID:
    """A published run of October for these."""
    started = pay.start_run(
        actor=OPERATOR, at=MORNING, month=MONTH, profile=PROFILE, files=kept_files(who),
        overlay=str(site.overlay),
    )  # fmt: skip
    run_month(actor=OPERATOR, at=MORNING, uid=started.uid)
    return started.uid


def change_policy(site: Site, *lines: str) -> None:
    """The policy names these witnesses, by two people."""
    logs = [line for line in site.places.policy.read_text().splitlines() if line.startswith("log ")]
    set_policy(
        actor=named_actor("endah", TODAY), second=named_actor("bagas", TODAY), places=site.places,
        text="\n".join([HEAD, *logs, *lines, ""]), ground=GROUND,
    )  # fmt: skip


def ordinary_work(site: Site) -> None:
    """What happens on any day: a row takes another's place, a paper is decided, a month runs anew."""
    with site.at_work():
        site.people.change("mate", "rank", values={"golongan": "III/c", "order_no": "823/1"}, on=TODAY)
        agree_leave(site.people, enter_leave(site.people))
        publish_month(site, [*WHO, *OTHERS])


def make_account(site: Site, username: str) -> None:
    """An act that writes no protected row."""
    with site.at_work():
        accounts.create_user(
            actor=OPERATOR, at=MORNING, username=username, display_name=username, password=None
        )


def erase(site: Site, person: str = "ended") -> None:
    """What opens a person's data in the log is destroyed: proposed by one, decided by another."""
    with site.at_work():
        uid = people_services.propose_erasure(
            actor=named_actor("nurul", TODAY), at=MORNING, nip=nip_of(*PERSONS[person][1:4]),
            ground=ErasureGround.UNLAWFUL, reference="JRA 800.1.11", reason="Habis masa simpannya",
        )  # fmt: skip
        people_services.decide_erasure(actor=named_actor("kepala", TODAY), at=MORNING, uid=uid, agree=True)


def _build(postgres: Cluster, database: str, folder: Path) -> Site:
    site = Site(postgres, database, folder, People(None), uuid4())  # type: ignore[arg-type]
    with site.at_work():
        site.people = small_people()
        for username, role in ROLES.items():
            told: dict[str, Any] = {"actor": OPERATOR, "at": MORNING, "username": username}
            accounts.create_user(**told, display_name=username, password=None)
            accounts.grant_role(**told, role=role, start_on=date(2020, 1, 1), reason="uji")
        with transaction.atomic():
            for key in ("ended", "mate"):
                event = PersonCreated(site.people.city.persons[key], name=PERSONS[key][0])
                ledger.record(actor=OPERATOR, event=event)
        regulation(site.overlay, RULE, (date(2022, 1, 1), 30), unit="days")
        pay.open_law(actor=OPERATOR, profile=PROFILE, overlay=str(site.overlay))
        site.seal()
        adopt(site, 10, "SK 2/2026")
        site.run = publish_month(site, WHO)
        site.people.change("own", "rank", values={"golongan": "III/a", "order_no": "823/7"}, on=TODAY)
        site.people.change("own", "contact", values={"phone": "081234567890"}, on=TODAY)
    site.seal()
    return site


@pytest.fixture(scope="session")
def government(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Built once a session; nobody works in it, it is copied."""
    name = f"pamong_attacked_{uuid4().hex[:8]}"
    postgres.clone(name)
    with django_db_blocker.unblock():
        yield _build(postgres, name, tmp_path_factory.mktemp("attacked"))
    postgres.drop(name)


def copied(site: Site, folder: Path) -> Site:
    """A site as it stands, in a database and a folder of its own. It has no session of its own meanwhile."""
    name = f"pamong_attacked_{uuid4().hex[:8]}"
    command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY OWNER pamong_owner")
    site.postgres._admin(command, name, site.database)
    shutil.copytree(site.folder, folder)
    return Site(site.postgres, name, folder, site.people, site.run)


@pytest.fixture
def site(government: Site, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """A copy for one attack."""
    made = copied(government, tmp_path / "situs")
    with django_db_blocker.unblock():
        yield made
    made.postgres.drop(made.database)
