"""Real witness processes, and requests to them."""

from __future__ import annotations

import base64
import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.outside.issuing import Log, b64, consistency

TOP = Path(__file__).resolve().parents[2]
NAME = "inspektorat.contoh.go.id/saksi"
SOURCES = [TOP / "outside" / "verify" / "src", TOP / "outside" / "witness" / "src"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [*SOURCES, TOP])), "PYTHONUTF8": "1"}


def command(*words: object) -> subprocess.CompletedProcess[str]:
    """Run ``pamong-witness`` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "pamong_witness", *map(str, words)],
        env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@dataclass
class Cosigned:
    """One cosignature that a witness gave."""

    time: int
    blob: bytes


@dataclass
class Answer:
    """Status, content type and body."""

    status: int
    kind: str
    body: str


class Process:
    """A witness that runs."""

    def __init__(self, folder: Path) -> None:
        words = [
            sys.executable,
            "-m",
            "pamong_witness",
            "serve",
            "--port",
            "0",
            "--config",
            folder / "witness.toml",
        ]
        self.process = subprocess.Popen(
            words, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, line
        self.port = int(found[1])

    def post(self, body: bytes, path: str = "/add-checkpoint") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            return ask(connection, body, path)
        finally:
            connection.close()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


def ask(connection: http.client.HTTPConnection, body: bytes, path: str = "/add-checkpoint") -> Answer:
    connection.request("POST", path, body)
    response = connection.getresponse()
    return Answer(response.status, response.getheader("Content-Type", ""), response.read().decode())


@contextmanager
def running(folder: Path) -> Iterator[Process]:
    process = Process(folder)
    try:
        yield process
    finally:
        process.kill()


def make(folder: Path, *logs: Log) -> str:
    """Make a witness of these logs; its vkey."""
    given = [word for log in logs for word in ("--log", log.key.vkey)]
    done = command("init", "--name", NAME, "--folder", folder, *given)
    assert done.returncode == 0, done.stderr
    (vkey,) = re.findall(rf"^{re.escape(NAME)}\+.*$", done.stdout, re.MULTILINE)
    return vkey


def request(log: Log, old: int, size: int, proof: Sequence[bytes] | None = None, note: bytes = b"") -> bytes:
    """An add-checkpoint request from ``old`` to ``size``."""
    steps = consistency(old, log.hashes[:size]) if proof is None else proof
    lines = "".join(f"{b64(step)}\n" for step in steps)
    return f"old {old}\n{lines}\n".encode() + (note or log.checkpoint(size, witnesses=0))


def verified(answer: str, vkey: str, text: str) -> Cosigned:
    """The cosignature in an answer, checked against the checkpoint's text."""
    name, key_id, key = vkey.split("+", 2)
    dash, signer, data = answer.removesuffix("\n").split(" ")
    blob, public = base64.b64decode(data), base64.b64decode(key)
    assert (dash, signer, blob[:4].hex(), public[0]) == ("—", name, key_id, 4)
    time = int.from_bytes(blob[4:12], "big")
    signed = f"cosignature/v1\ntime {time}\n{text}".encode()
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(blob[12:], signed)
    return Cosigned(time, blob)


def fork_of(log: Log, place: int) -> Log:
    """The same log and key with another entry at ``place``."""
    other = Log([*log.entries[:place], b"lain", *log.entries[place + 1 :]], log.origin)
    other.key = log.key
    return other
