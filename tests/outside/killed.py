"""Kills a witness's core with SIGKILL at each line that it runs, one after the other.

``python killed.py FOLDER``, where ``FOLDER/first`` is a witness and ``FOLDER/asked``, ``other`` and
``again`` are requests. Prints a JSON list: for each line, whether the process was killed there, and the
three answers.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from pamong_witness.config import read_config, read_signer
from pamong_witness.errors import Rejected
from pamong_witness.state import State
from pamong_witness.witness import Witness


def killer(limit: int) -> Any:
    """A trace function that ends the process at the ``limit``-th line within the witness; 0 for never."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        if "pamong_witness" not in frame.f_code.co_filename:
            return None
        if event == "line":
            count += 1
            if count == limit:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def cosign(folder: Path, body: bytes, limit: int) -> str:
    """The answer to one request: a cosignature, or the status of a refusal."""
    config = read_config(folder / "witness.toml")
    witness = Witness(config.logs, read_signer(config), State(config.state), lambda: 1_800_000_000)
    sys.settrace(killer(limit))
    try:
        return witness.add_checkpoint(body)
    except Rejected as refused:
        return str(refused.status)
    finally:
        sys.settrace(None)


def attempt(folder: Path, body: bytes, limit: int = 0) -> tuple[bool, str]:
    """The same in a process of its own: whether it was killed, and what it had answered."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, cosign(folder, body, limit).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, -signal.SIGKILL):
        raise SystemExit(f"exit status {status} at line {limit}")
    return status != 0, said


def every_line(folder: Path) -> list[tuple[bool, str, str, str]]:
    """Until a limit is larger than the number of lines."""
    bodies = [(folder / name).read_bytes() for name in ("asked", "other", "again")]
    found, killed = [], True
    while killed:
        place = folder / str(len(found))
        shutil.copytree(folder / "first", place)
        killed, said = attempt(place, bodies[0], len(found) + 1)
        found.append((killed, said, attempt(place, bodies[1])[1], attempt(place, bodies[2])[1]))
        shutil.rmtree(place)
    return found


json.dump(every_line(Path(sys.argv[1])), sys.stdout)
