"""The sequencer before real witnesses: countersigned, or told why not; whoever they are, work goes on."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger.sequencer import logs, witnesses
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.policies import HEAD
from pamong.ledger.sequencer.witnesses import Witness
from pamong.ledger.tree.checkpoints import open_checkpoint
from pamong.ledger.tree.files import write_atomically
from pamong.ledger.tree.merkle import EMPTY_ROOT
from pamong.ledger.tree.notes import COSIGNATURE, SigningKey, VerifierKey
from pamong.ledger.tree.policy import Policy
from tests.outside.witnessing import Process, command
from tests.support.databases import Cluster
from tests.support.sealing import Sealing, as_superuser, leaves, note, sealing, until

NAME = "saksi.contoh.go.id"


@contextmanager
def witness(folder: Path, vkeys: list[str], name: str = NAME) -> Iterator[Witness]:
    """A real witness for these logs."""
    logs = [word for vkey in vkeys for word in ("--log", vkey)]
    made = command("init", "--name", name, "--folder", folder, *logs)
    assert made.returncode == 0, made.stderr
    vkey = re.search(rf"{re.escape(name)}\+[0-9a-f]{{8}}\+\S+", made.stdout)
    assert vkey, made.stdout
    process = Process(folder)
    try:
        yield Witness("luar1", VerifierKey.parse(vkey[0]), f"http://127.0.0.1:{process.port}")
    finally:
        process.kill()


def vkeys(it: Sealing) -> list[str]:
    return [vkey for log in it.logs.values() for vkey in log.vkeys]


def settled(it: Sealing, *asked: Witness) -> None:
    """Beats until every question is answered."""

    def done() -> bool:
        it.beat(asked)
        return not any(log._open() or (log._published and log._published.asked) for log in it.logs.values())

    until(done)


def said(name: str = "luar1", log: str = "decisions") -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT said FROM ledger_witnessanswer WHERE witness = %s AND log_id = %s", [name, log]
        )
        return str(cursor.fetchone()[0])


def cosigned(it: Sealing, who: Witness) -> list[int]:
    """Sizes that a witness countersigned, as kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.size FROM ledger_cosignature s JOIN ledger_checkpoint c ON c.id = s.checkpoint_id "
            "WHERE s.witness = %s AND c.log_id = 'decisions' ORDER BY c.size",
            [who.name],
        )
        return [row[0] for row in cursor.fetchall()]


def published(it: Sealing, who: Witness) -> Any:
    return open_checkpoint(
        it.places.checkpoint("decisions").read_bytes(), it.logs["decisions"]._signer.verifiers, [who.key]
    )


def test_checkpoints_are_countersigned_and_the_verifier_agrees(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, tmp_path: Path
) -> None:
    with (
        sealing(postgres, committed_db, places) as it,
        witness(tmp_path / "saksi", vkeys(it)) as who,
    ):
        for last in (3, 300):
            note(operator, *range(len(leaves()), last))
            settled(it, who)
        assert cosigned(it, who) == [3, 300]
        assert published(it, who).latest_time is not None
        logs = "".join(f"log {vkey}\n" for vkey in vkeys(it))
        policy = f"{HEAD}{logs}witness luar1 {who.key.vkey} {who.url}\ngroup luar any luar1\nquorum luar\n"
        write_atomically(places.policy, policy.encode())
        assert Policy.parse(policy).needs_outsider()
        done = subprocess.run(
            [
                sys.executable, "-m", "pamong_verify", "log", places.folder("decisions"),
                "--policy", places.policy,
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    with sealing(postgres, committed_db, places) as again:
        again.beat()
        assert published(again, who).cosigned, "a restart keeps what witnesses added"


def test_a_witness_that_joins_a_quiet_log_is_asked_at_once(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, tmp_path: Path
) -> None:
    note(operator, 0, 1, 2)
    with sealing(postgres, committed_db, places) as it, witness(tmp_path / "saksi", vkeys(it)) as who:
        settled(it)
        settled(it, who)
        assert cosigned(it, who) == [3]


def test_a_quiet_log_is_countersigned_again_from_time_to_time(
    committed_db: str,
    postgres: Cluster,
    operator: Actor,
    places: Places,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The newest time stands in the published file; how old an entry is at least, the first one says."""
    note(operator, 0, 1, 2)
    with sealing(postgres, committed_db, places) as it, witness(tmp_path / "saksi", vkeys(it)) as who:
        settled(it, who)
        first = published(it, who)
        settled(it, who)
        assert published(it, who) == first, "nothing is due yet"
        until(lambda: time.time() > first.latest_time + 1)
        later = time.monotonic() + places.heartbeat + 1
        monkeypatch.setattr(logs, "monotonic", lambda: later)
        settled(it, who)
        again = published(it, who)
        assert again.checkpoint == first.checkpoint and again.latest_time > first.latest_time
        assert len(again.cosigned) == 1, "the newer one stands in place of the older"
        with connection.cursor() as cursor:
            cursor.execute("SELECT signed_at FROM ledger_cosignature")
            assert first.latest_time in [int(at.timestamp()) for (at,) in cursor.fetchall()]


def test_a_witness_that_saw_another_history_refuses(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, tmp_path: Path
) -> None:
    """The whole log is rewritten and signed anew, with the log's own key and an empty memory."""
    note(operator, 0, 1, 2)
    with sealing(postgres, committed_db, places) as it, witness(tmp_path / "saksi", vkeys(it)) as who:
        settled(it, who)
        it.connection.execute("SELECT pg_advisory_unlock_all()")
        as_superuser(
            postgres,
            committed_db,
            "ALTER TABLE ledger_leaf DISABLE TRIGGER ALL",
            "DELETE FROM ledger_leaf",
            "ALTER TABLE ledger_checkpoint DISABLE TRIGGER ALL",
            "ALTER TABLE ledger_cosignature DISABLE TRIGGER ALL",
            "DELETE FROM ledger_cosignature",
            "DELETE FROM ledger_checkpoint",
            "ALTER TABLE ledger_intake DISABLE TRIGGER ALL",
            "UPDATE ledger_intake SET body = replace(body, '2026-11-10', '2026-10-10')",
            f"UPDATE ledger_log SET size = 0, watermark = 0, root = '\\x{EMPTY_ROOT.hex()}'",  # noqa: S608 (our own)
        )
        for log in places.logs:
            places.memory(log).unlink(missing_ok=True)
            places.checkpoint(log).unlink()
        with sealing(postgres, committed_db, places) as forged:
            settled(forged, who)
            assert "isi lain pada ukuran 3" in said()
            note(operator, 3)
            settled(forged, who)
            assert "tidak menyambung yang pernah disaksikannya" in said()


def test_a_witness_that_saw_more_tells_of_an_older_backup(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, tmp_path: Path
) -> None:
    note(operator, *range(5))
    with sealing(postgres, committed_db, places) as it, witness(tmp_path / "saksi", vkeys(it)) as who:
        settled(it, who)
        log = it.logs["decisions"]
        small = log._signer._keys[0].sign_note(f"{places.origin('decisions')}\n2\n{'A' * 43}=\n")
        answer = witnesses.ask(who, small, 2, 2, lambda old: [])
        assert "lebih besar (5) daripada milik kita (2)" in answer.said


def test_a_log_or_key_that_the_witness_does_not_know_is_told(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, tmp_path: Path
) -> None:
    note(operator, 0)
    other = SigningKey.generate("lain.contoh.go.id/log/decisions").vkey
    twin = SigningKey.generate(places.origin("decisions")).vkey
    with sealing(postgres, committed_db, places) as it:
        with witness(tmp_path / "asing", [other]) as who:
            settled(it, who)
            assert "tidak mengenal buku segel ini" in said()
        note(operator, 1)
        with witness(tmp_path / "kunci", [twin]) as who:
            settled(it, who)
            assert "tidak mengenal kunci buku segel ini" in said()


def read_all(client: socket.socket) -> None:
    """Take what was sent, or the end of the connection would throw away the answer."""
    client.settimeout(0.2)
    try:
        while client.recv(65_536):
            pass
    except TimeoutError:
        client.settimeout(None)


@contextmanager
def odd(answer: bytes, pause: float = 0.0) -> Iterator[Witness]:
    """Something that is no witness: it answers these bytes to anybody, one after the other with a pause."""
    server = socket.create_server(("127.0.0.1", 0))
    end = threading.Event()

    def serve() -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=reply, args=[client], daemon=True).start()

    def reply(client: socket.socket) -> None:
        with client:
            read_all(client)
            try:
                for place in range(len(answer)):
                    client.sendall(answer[place : place + 1] if pause else answer)
                    if not pause or end.wait(pause):
                        return
                end.wait(60)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    try:
        key = VerifierKey.parse(SigningKey.generate(NAME, COSIGNATURE).vkey)
        yield Witness("luar1", key, f"http://127.0.0.1:{server.getsockname()[1]}")
    finally:
        end.set()
        server.close()


OK = b"HTTP/1.0 200 OK\r\n\r\n"
FORGED = "— saksi.contoh.go.id " + "A" * 100 + "\n"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (OK + b"\xff\xfe sampah", "bukan tanda tangan yang sah"),
        (OK + FORGED.encode(), "bukan tanda tangan yang sah"),
        (OK, "bukan tanda tangan yang sah"),
        (b"sampah\n", "tidak dapat dibaca"),
        (b"HTTP/1.0 409 Conflict\r\n\r\nbanyak\n", "ukurannya tidak dapat dibaca"),
        (b"HTTP/1.0 409 Conflict\r\n\r\n0\n", "terus menyebut ukuran lain"),
        (b"HTTP/1.0 500 Oops\r\n\r\n", "menjawab dengan kode 500"),
        (OK + b"x" * 100_000, "terlalu panjang"),
    ],
    ids=["bytes", "forged", "empty", "noise", "no_size", "other_size", "error", "long"],
)
def test_an_answer_that_is_none_is_told_and_stops_nobody(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, answer: bytes, sentence: str
) -> None:
    note(operator, 0, 1)
    with sealing(postgres, committed_db, places) as it, odd(answer) as who:
        settled(it, who)
        assert sentence in said()
        assert it.published().checkpoint.size == 2
        assert not cosigned(it, who)


@pytest.mark.parametrize(
    "answer",
    [b"", OK + b"x" * 1000, OK[:-2] + b"X-Lama: " + b"x" * 1000],
    ids=["silent", "drop by drop", "header drop by drop"],
)
def test_a_slow_witness_is_left_after_its_time_while_work_goes_on(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, answer: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(witnesses, "SECONDS", 1)
    note(operator, 0, 1)
    with sealing(postgres, committed_db, places) as it, odd(answer or b"H", 0.3) as who:
        it.beat([who])
        note(operator, 2)
        it.beat([who])
        assert len(leaves()) == 3, "entries get their place meanwhile"
        began = time.monotonic()
        settled(it, who)
        assert "tidak menjawab dalam 1 detik" in said()
        assert time.monotonic() - began < 20, "each drop comes in time, all of them would take five minutes"
        settled(it, who)
        assert it.published().checkpoint.size == 3


def test_a_witness_that_is_not_there_is_told(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, tmp_path: Path
) -> None:
    note(operator, 0)
    with sealing(postgres, committed_db, places) as it:
        with witness(tmp_path / "saksi", vkeys(it)) as who:
            pass
        settled(it, who)
        assert "tidak dapat dihubungi" in said()
        assert it.published().checkpoint.size == 1
