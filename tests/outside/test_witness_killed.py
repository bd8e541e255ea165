"""kill -9: between any two lines, and at random under load. Never two roots for one size, never back."""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from tests.outside.issuing import Log
from tests.outside.witnessing import ENVIRONMENT, Process, command, fork_of, make, request, running, verified

ENTRIES = [b"catatan %d" % number for number in range(60)]


def test_killed_between_any_two_lines(tmp_path: Path) -> None:
    """A tree is offered and the witness killed; then another of the same size, and the first again."""
    log = Log(ENTRIES)
    vkey = make(tmp_path / "first", log)
    with running(tmp_path / "first") as process:
        assert process.post(request(log, 0, 10)).status == 200
    requests = {"asked": (log, 10), "other": (fork_of(log, 15), 10), "again": (log, 20)}
    for name, (offered, old) in requests.items():
        (tmp_path / name).write_bytes(request(offered, old, 20))
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed.py"), tmp_path],
        env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    outcomes = json.loads(done.stdout)
    assert len(outcomes) > 20
    for killed, said, other, again in outcomes:
        # Either the first tree was remembered, whole, or nothing of it.
        assert (other[:1], again) == ("—", "409") or (other, again[:1]) == ("409", "—")
        assert killed == (said == "")
    *_, (_, said, other, _) = outcomes
    verified(said, vkey, log.body(20))
    assert other == "409"
    assert {again[:1] for _, _, _, again in outcomes} == {"4", "—"}


@dataclass
class Load:
    """Clients that offer a log and its fork at random sizes, and all that the witness signed."""

    process: Process
    logs: tuple[Log, Log]
    vkey: str
    signed: list[tuple[int, str]] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def run(self, seed: int) -> None:
        """One client, until the witness is gone."""
        chance, known = random.Random(seed), 0  # noqa: S311  repeatable load
        try:
            while True:
                log = chance.choice(self.logs)
                size = min(len(ENTRIES), known + chance.randrange(4))
                answer = self.process.post(request(log, known, size))
                if answer.status == 200:
                    verified(answer.body, self.vkey, log.body(size))
                    with self.guard:
                        self.signed.append((size, log.body(size)))
                    known = size
                elif answer.status == 409:
                    known = int(answer.body)
        except (OSError, http.client.HTTPException):
            return


def test_killed_at_random_under_load(tmp_path: Path) -> None:
    log = Log(ENTRIES)
    logs = (log, fork_of(log, 12))
    vkey = make(tmp_path / "saksi", log)
    chance, signed = random.Random(5), set()  # noqa: S311
    for turn in range(20):
        process = Process(tmp_path / "saksi")
        load = Load(process, logs, vkey)
        threads = [threading.Thread(target=load.run, args=(turn * 10 + n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        threads[0].join(chance.uniform(0.02, 0.4))
        process.kill()
        for thread in threads:
            thread.join()
        largest = max((size for size, _ in signed), default=0)
        assert all(size >= largest for size, _ in load.signed)
        signed |= set(load.signed)
    assert max(size for size, _ in signed) > 12  # where the branches part
    assert len({size for size, _ in signed}) == len(signed), "two roots for one size"
    chosen = [all(text in {each.body(size) for size, _ in signed} for _, text in signed) for each in logs]
    assert any(chosen), "two branches"


def test_two_at_once(tmp_path: Path) -> None:
    """Of two branches offered at the same moment, many times, one is signed."""
    log = Log(ENTRIES)
    logs = [log, fork_of(log, 0)]
    vkey = make(tmp_path / "saksi", log)
    with running(tmp_path / "saksi") as process:
        start, statuses = threading.Barrier(8), list[tuple[int, int]]()

        def offer(branch: int) -> None:
            body = request(logs[branch], 0, 30)
            start.wait()
            statuses.append((branch, process.post(body).status))

        threads = [threading.Thread(target=offer, args=(number % 2,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        winners = [branch for branch, status in statuses if status == 200]
        assert len(winners) == 1
        assert sorted(status for _, status in statuses) == [200] + [409] * 7
        answer = process.post(request(logs[winners[0]], 30, 30))
        verified(answer.body, vkey, logs[winners[0]].body(30))
    assert "30 catatan" in command("status", "--config", tmp_path / "saksi" / "witness.toml").stdout
