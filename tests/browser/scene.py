"""The stage of a scene: a real database, sequencer, two witnesses, and the site at the hours that are told.

The sequencer and the witnesses run from the first act to the last; the site is served for an hour of the
scene at a time, over the same database, its clock moved to that hour.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Page as Tab
from pytest_django.plugin import DjangoDbBlocker

from pamong.access import services as accounts
from pamong.access.ceremonies import set_policy
from pamong.access.models import User
from pamong.access.queries import named_actor
from pamong.kernel.actor import Actor
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.policies import HEAD
from pamong.ledger.tree.checkpoints import Checkpoint
from pamong.ledger.tree.notes import read_note
from pamong.pay.services import open_law
from tests.browser.journey import sign_in
from tests.browser.world import PASSWORD
from tests.outside.witnessing import ENVIRONMENT, command, running
from tests.support.auditing import Audited, run_audit
from tests.support.databases import Cluster, in_database
from tests.support.deciding import Desk, desk_of
from tests.support.filling import filling_of
from tests.support.people import AT, TODAY, small_people
from tests.support.sealing import SITE, Program, places_in, until
from tests.support.site import serve

T = TypeVar("T")
PROFILE, GROUND = "contoh", "Berita acara 1/2026"
WITNESSES = {"inspektorat": "inspektorat.contoh.go.id", "universitas": "universitas.contoh.ac.id"}
_SEND = """([path, sent]) => {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  const form = Object.assign(document.createElement('form'), { method: 'post', action: path });
  for (const [name, value] of Object.entries({ ...sent, csrfmiddlewaretoken: token })) {
    form.append(Object.assign(document.createElement('input'), { name, value }));
  }
  document.body.append(form);
  form.submit();
}"""
NAMES = {
    "nurul": "Nurul Hidayati, S.IP.", "mayor": "Hj. Ratna Dewi Kusumawati, S.H.",
    "retno": "Retno Wulandari, Ak.", "above": "Drs. Yakobus Boli", "wahyu": "Wahyu Prabowo, S.Kom.",
    "superior": "Bernadeta Mariana Hurek, S.Sos.",
}  # fmt: skip


def hour(day: date, clock: str) -> datetime:
    """An hour of a scene, ``22.10`` as clocks in the government's zone show it."""
    hours, minutes = map(int, clock.split("."))
    return datetime.combine(day, time(hours, minutes), ZoneInfo(settings.PAMONG_ZONE))


def names_shown(desk: Desk) -> Desk:
    """The same desk, whose accounts bear names as people do."""
    for username, name in NAMES.items():
        User.objects.filter(username=username).update(display_name=name)
    return desk


def by_hand(tab: Tab, path: str, sent: Mapping[str, str]) -> None:
    """Send a form of one's own making, from a page of the site, with what makes it good."""
    with tab.expect_navigation():
        tab.evaluate(_SEND, [path, dict(sent)])


def wide(tab: Tab) -> None:
    """As before the pictures."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.emulate_media(color_scheme="light")


def code_on(pdf: bytes) -> str:
    """What a reader finds on a picture of the last page at 200 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[len(document) - 1].render(scale=200 / 72).to_pil()
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text


def phone(tab: Tab) -> None:
    """A phone by day."""
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.emulate_media(color_scheme="light")


@dataclass(frozen=True)
class Stage:
    """Where a scene plays; ``address`` of the site while it is served."""

    postgres: Cluster
    database: str
    folder: Path
    blocker: DjangoDbBlocker
    address: str = ""

    @property
    def places(self) -> Places:
        """Where the logs are published, and their keys."""
        return places_in(self.folder)

    def do(self, work: Callable[[], T]) -> T:
        """Do something in the site's database, as the site would."""
        with override_settings(
            PAMONG_PROFILE=PROFILE, PAMONG_SITE=SITE, PAMONG_LEDGER=self.places.public,
            PAMONG_FILES_ROOT=self.folder / "files",
        ):  # fmt: skip
            return in_database(self.postgres.server.url("app", self.database), self.blocker, work)

    @contextmanager
    def at(self, instant: datetime) -> Iterator[Stage]:
        """The site, served from an hour of the scene on."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PAMONG_CLOCK_OFFSET", str(round((instant - datetime.now(UTC)).total_seconds())))
            patch.setenv("PAMONG_PROFILE", PROFILE)
            patch.setenv("PAMONG_SITE", SITE)
            patch.setenv("PAMONG_LEDGER", str(self.places.public))
            patch.setenv("PAMONG_FILES", str(self.folder / "files"))
            patch.setenv("PAMONG_CERTIFICATES", str(self.folder / "certificates"))
            with serve(self.postgres.server.url("app", self.database), self.folder / "site.log") as address:
                yield replace(self, address=address)

    def sign_in(self, tab: Tab, who: str) -> None:
        """Somebody sits down, in a browser that knows nobody."""
        tab.context.clear_cookies()
        sign_in(tab, self.address, who)

    def settle(self) -> None:
        """Wait until every entry has its number and stands under a checkpoint that both witnesses signed."""
        until(self._is_settled)

    def sql(self, *statements: str, role: str = "superuser") -> list[tuple[Any, ...]]:
        """Statements in one transaction of a role of the database; the rows of the last one."""
        with psycopg.connect(self.postgres.server.url(role, self.database)) as session:
            done = [session.execute(each) for each in statements]  # type: ignore[call-overload]
            return done[-1].fetchall() if done[-1].description else []

    def audit(self) -> Audited:
        """The real audit; it asks the witnesses too."""
        url = self.postgres.server.url("auditor", self.database)
        return run_audit(url, self.places, self.folder, PAMONG_PROFILE=PROFILE)

    def verify(self, *words: object) -> tuple[int, str]:
        """``pamong-verify`` in a process of its own, with the policy as everybody may copy it."""
        given = [*map(str, words), "--policy", str(self.places.policy)]
        done = subprocess.run(
            [sys.executable, "-m", "pamong_verify", *given],
            env=ENVIRONMENT, cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def _is_settled(self) -> bool:
        waiting = (
            "SELECT 1 FROM ledger_intake i LEFT JOIN ledger_leaf l ON l.intake_id = i.id WHERE l.seq IS NULL"
        )
        if self.sql(waiting):
            return False
        sizes = dict(self.sql("SELECT log_id, count(*) FROM ledger_leaf GROUP BY log_id"))
        return all(self._stands(str(log), size) for log, size in sizes.items())

    def _stands(self, log: str, size: object) -> bool:
        note = read_note(self.places.checkpoint(log).read_text())
        names = {each.name for each in note.signatures}
        return Checkpoint.parse(note.text).size == size and set(WITNESSES.values()) <= names


@contextmanager
def stage(
    postgres: Cluster, blocker: DjangoDbBlocker, folder: Path, name: str, build: Callable[[], T]
) -> Iterator[tuple[Stage, T]]:
    """A stage with what ``build`` makes in its database, everybody with a password and a name."""
    postgres.clone(name)
    made = Stage(postgres, name, folder, blocker)
    built = made.do(build)
    made.do(_people)
    with ExitStack() as stack:
        program = Program(postgres, name, made.places, folder / "sequencer.log")
        program.start()
        stack.callback(program.end)
        until(made.places.policy.exists)
        named = stack.enter_context(_witnesses(folder, _logs(made)))
        made.do(lambda: _begin(made, named))
        yield made, built
    postgres.drop(name)


def _logs(made: Stage) -> list[str]:
    lines = made.places.policy.read_text().splitlines()
    return [line.removeprefix("log ") for line in lines if line.startswith("log ")]


@contextmanager
def _witnesses(folder: Path, logs: list[str]) -> Iterator[list[str]]:
    """Two witnesses of these logs, as lines of a policy."""
    given = [word for vkey in logs for word in ("--log", vkey.split()[0])]
    with ExitStack() as stack:
        lines = []
        for short, name in WITNESSES.items():
            done = command("init", "--name", name, "--folder", folder / short, *given)
            vkey = next(line for line in done.stdout.splitlines() if line.startswith(f"{name}+"))
            port = stack.enter_context(running(folder / short)).port
            lines.append(f"witness {short} {vkey.split()[0]} http://127.0.0.1:{port}/")
        yield lines


def _people() -> None:
    operator = Actor.operator("uji", TODAY)
    told = {"actor": operator, "at": AT, "username": "endah"}
    accounts.create_user(**told, display_name="Endah Kurniasih, S.Kom.", password=None)
    accounts.grant_role(**told, role="system_operator", start_on=date(2020, 1, 1), reason="uji")
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()


def _begin(made: Stage, witnesses: list[str]) -> None:
    """The policy and the law in force, each decided by name."""
    lines = [*(f"log {vkey}" for vkey in _logs(made)), *witnesses]
    text = "\n".join(
        [HEAD, *lines, "group luar any universitas", "group semua all inspektorat luar", "quorum semua", ""]
    )
    endah, retno = named_actor("endah", TODAY), named_actor("retno", TODAY)
    set_policy(actor=endah, second=retno, places=made.places, text=text, ground=GROUND)
    open_law(actor=Actor.operator("uji", TODAY), profile=PROFILE, overlay="")


def three_locked() -> tuple[UUID, UUID, UUID]:
    """Four candidates are ranked, each half a point behind the one before; three names are locked and wait
    for the mayor: the vacancy, that decision, and the application of the fourth."""
    filling = filling_of(names_shown(desk_of(small_people())))
    vacancy = filling.locked(less=50)
    return vacancy.uid, filling.put(vacancy), filling.application(vacancy.uid, "c4").uid
