"""A log, three witnesses as real processes, and the verifier: from a checkpoint to *asli saat terbit*."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from tests.outside.calling import fault, verdict, written
from tests.outside.issuing import PLACE, example_log
from tests.outside.witnessing import Process, command, fork_of, make, request, running


def start(stack: ExitStack, folder: Path, log_vkey: str, name: str) -> tuple[Process, str]:
    """A witness under its own name, and its vkey."""
    done = command("init", "--name", name, "--folder", folder, "--log", log_vkey)
    vkey = next(line for line in done.stdout.splitlines() if line.startswith(f"{name}+"))
    return stack.enter_context(running(folder)), vkey


def test_cosigned_and_verified(tmp_path: Path) -> None:
    log, month = example_log()
    with ExitStack() as stack:
        started = [
            start(stack, tmp_path / str(number), log.key.vkey, f"saksi{number}.contoh.go.id")
            for number in range(3)
        ]
        answers = [process.post(request(log, 0, 70)) for process, _ in started]
    assert [answer.status for answer in answers] == [200] * 3
    named = "".join(f"witness s{number} {vkey}\n" for number, (_, vkey) in enumerate(started))
    lines = f"log {log.key.vkey}\n{named}group luar any s1 s2\ngroup dua all s0 luar\nquorum dua\n"
    policy = written(tmp_path, "policy", lines.encode())
    cosigned = "".join(answer.body for answer in answers).encode()
    proof = log.proof(PLACE, month.extra, witnesses=0)
    said = verdict("proof", written(tmp_path, "a.tlog-proof", proof + cosigned), "--policy", policy)
    assert said["genuine"] is True
    assert sorted(each["name"] for each in said["cosigners"]) == ["s0", "s1", "s2"]
    assert (
        fault("proof", written(tmp_path, "b.tlog-proof", proof), "--policy", policy).name == "QUORUM_NOT_MET"
    )


def test_two_witnesses_are_shown_two_logs(tmp_path: Path) -> None:
    """Each signs what it saw; whoever holds both checkpoints sees the fork."""
    log, _ = example_log()
    other = fork_of(log, 3)
    vkeys, checkpoints = [], []
    for number, shown in enumerate((log, other)):
        vkeys.append(make(tmp_path / str(number), log))
        with running(tmp_path / str(number)) as process:
            answer = process.post(request(shown, 0, 70))
        checkpoints.append(
            written(tmp_path, f"c{number}", shown.checkpoint(witnesses=0) + answer.body.encode())
        )
    named = "".join(f"witness s{number} {vkey}\n" for number, vkey in enumerate(vkeys))
    policy = written(
        tmp_path, "policy", f"log {log.key.vkey}\n{named}group luar any s0 s1\nquorum luar\n".encode()
    )
    assert fault("checkpoints", *checkpoints, "--policy", policy).name == "FORKED"
