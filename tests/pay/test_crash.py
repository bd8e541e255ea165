"""Case I-08: worker and PostgreSQL are killed at random moments; no half run is seen, and nothing is lost."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from pamong.cli.postgres import Server
from pamong.pay import frames, queries
from pamong.pay.choices import Mode, RunState
from pamong.pay.errors import RunNotFound, SlipNotFound
from tests.pay.support import Done, Files, Office, auditor, files_of, mixed_people, officer

TOP = Path(__file__).resolve().parents[2]
PEOPLE, CHUNK = 2_000, 50
KILLS, OF_POSTGRES = 20, 4
DAYS = (1, 2, 5)
PATIENCE = 60
SEED = "31 Oktober 2026"


class Workers:
    """Starts worker processes one after the other, and tells how each ended."""

    def __init__(self, server: Server, user: int, log: Path) -> None:
        files = str(settings.PAMONG_FILES_ROOT)
        command = [sys.executable, "-m", "tests.pay.worker", "compute", server.url("app"), files]
        self.log = log
        with log.open("w") as errors:
            self.process = subprocess.Popen(
                [*command, str(user), str(CHUNK)],
                cwd=TOP,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                bufsize=1,
            )
        assert self.read() == "siap"

    def read(self, within: float = PATIENCE) -> str | None:
        """The next line, or None if there is none within so many seconds."""
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], within)
        return self.process.stdout.readline().strip() if ready else None

    def begin(self, uid: UUID) -> int:
        """Let a process begin to compute a run; gives its process id."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{uid}\n")
        return int(self.read() or 0)

    def end(self) -> None:
        """No more."""
        self.process.communicate(timeout=PATIENCE)


@dataclass(frozen=True)
class World:
    """A server that is killed, what is computed on it, and how an undisturbed run came out."""

    server: Server
    workers: Workers
    office: Office
    files: Files
    whole: Done
    seconds: float  # from the start of the work to its end, undisturbed

    def start(self, number: int) -> UUID:
        """Ask for the month again; empty lines in a file make it another run with the same content."""
        ((name, data),) = self.files.monthly
        longer = replace(self.files, monthly=((name, data + b"\r\n" * number),))
        return self.office.start(longer).uid


@pytest.fixture
def world(office: Office, durable_db: Server, tmp_path: Path) -> Iterator[World]:
    """One undisturbed run on the durable server, measured."""
    files = files_of(mixed_people(PEOPLE), days=DAYS)
    uid = office.start(files, mode=Mode.SHADOW).uid
    workers = Workers(durable_db, officer(office), tmp_path / "worker.log")
    since = time.monotonic()
    workers.begin(uid)
    assert workers.read() == "0", workers.log.read_text()
    yield World(durable_db, workers, office, files, Done(office, uid), time.monotonic() - since)
    workers.end()


def test_case_I_08_twenty_kills_and_each_person_has_one_slip(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    order = random.Random(SEED)  # noqa: S311 (no secret)
    targets = ["postgres"] * OF_POSTGRES + ["worker"] * (KILLS - OF_POSTGRES)
    order.shuffle(targets)
    rounds, lines = 0, [f"benih '{SEED}', {world.seconds:.2f} s tanpa gangguan"]
    while targets:
        rounds += 1
        uid = world.start(rounds)
        while state(world, uid) is not RunState.PUBLISHED:
            fraction = order.random() if targets else 2.0
            killed = disturb(world, uid, targets[-1] if targets else "", fraction * world.seconds)
            if killed:
                lines.append(f"{targets.pop()} pada {fraction:.2f}, {written(uid)} rincian tersimpan")
            nothing_half_is_seen(world, uid)
        everything_is_there_once(world, uid)
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert len(lines) == KILLS + 1


def disturb(world: World, uid: UUID, target: str, after: float) -> bool:
    """Compute the run in a process of its own and kill a target after so many seconds; was it in time?"""
    child = world.workers.begin(uid)
    ended = world.workers.read(within=after)
    if ended is not None:
        # A killed worker's session may live on for a moment; the job is then tried again.
        log = world.workers.log.read_text()
        assert ended == "0" or "RunBusy" in log, log
        return False
    if target == "postgres":
        connection.close()
        kill_postgres(world.server)
    else:
        os.kill(child, signal.SIGKILL)
    return world.workers.read() != "0"


def kill_postgres(server: Server) -> None:
    """The whole server dies at once, and is started again by its supervisor."""
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while server.pid is not None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert server.revive()


def state(world: World, uid: UUID) -> RunState:
    """Where the run stands, as who computes sees it."""
    return queries.get_run(actor=world.office.actor, uid=uid).state


def count(sql: str, uid: UUID) -> int:
    """One number from the database."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [uid])
        return int(cursor.fetchone()[0] or 0)


OF_RUN = "JOIN pay_run r ON r.id = s.run_id WHERE r.uid = %s"


def written(uid: UUID) -> int:
    """How many slips of the run are in the database."""
    return count(f"SELECT count(*) FROM pay_slip s {OF_RUN}", uid)  # noqa: S608 (our names)


def nothing_half_is_seen(world: World, uid: UUID) -> None:
    """A run is published with all its slips, or nobody but who computes sees anything of it."""
    at, reader = world.office.at, auditor()
    assert written(uid) == count(f"SELECT sum(s.slips) FROM pay_runchunk s {OF_RUN}", uid)  # noqa: S608
    found = state(world, uid)
    if found is RunState.PUBLISHED:
        assert written(uid) == PEOPLE
        return
    assert found in (RunState.WAITING, RunState.STAGING)
    assert uid not in {run.uid for run in queries.list_runs(actor=reader)}
    for look in (
        lambda: queries.get_run(actor=reader, uid=uid),
        lambda: queries.open_run(actor=reader, uid=uid),
        lambda: queries.list_slips(actor=reader, at=at, uid=uid),
        lambda: queries.list_problems(actor=reader, at=at, uid=uid),
    ):
        with pytest.raises(RunNotFound):
            look()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT s.uid FROM pay_slip s {OF_RUN} LIMIT 1", [uid])  # noqa: S608
        staged = cursor.fetchone()
    for actor in (reader, world.office.actor) if staged else ():
        with pytest.raises(SlipNotFound):
            queries.get_slip(actor=actor, at=at, uid=staged[0])


def everything_is_there_once(world: World, uid: UUID) -> None:
    """Exactly one slip each, and the same slips, lines and facts to the byte as without a disturbance."""
    done, whole = Done(world.office, uid), world.whole
    slips, lines = done.slips(), done.lines()
    assert (slips.height, slips["nip"].n_unique(), slips["number"].n_unique()) == (PEOPLE, PEOPLE, PEOPLE)
    totals = ("people", "computed", "held", "elsewhere", "ceiling", "earned", "gross", "tax", "health", "net")
    assert [getattr(done.row, name) for name in totals] == [getattr(whole.row, name) for name in totals]
    assert done.row.slips_hash == whole.row.slips_hash
    # Of what stands in the database, most of it written by processes that were killed.
    stored = frames.slips_hash(slips.select(frames.SLIP_COLUMNS), lines.drop("title"))
    assert stored == done.row.slips_hash
    facts = f"SELECT count(*) FROM pay_slipinput i JOIN pay_slip s ON s.id = i.slip_id {OF_RUN}"  # noqa: S608
    assert count(facts, uid) == PEOPLE
    differing = """
        SELECT count(*) FROM pay_slip s JOIN pay_slipinput i ON i.slip_id = s.id
        JOIN pay_run r ON r.id = s.run_id WHERE r.uid = %s AND NOT EXISTS (
          SELECT 1 FROM pay_slip o JOIN pay_slipinput j ON j.slip_id = o.id
          JOIN pay_run q ON q.id = o.run_id
          WHERE q.mode = 'shadow' AND o.nip = s.nip AND j.facts = i.facts)"""
    assert count(differing, uid) == 0
