"""Calls pamong-verify as a shell would, in this process."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from pamong_verify.cli import main
from pamong_verify.faults import Fault


def call(*words: object) -> tuple[int, str]:
    """Exit status and output."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        status = main([str(word) for word in words])
    return status, out.buffer.getvalue().decode()  # type: ignore[attr-defined]


def verdict(*words: object) -> dict[str, Any]:
    """The JSON verdict; exit status and verdict agree."""
    status, text = call(*words, "--json")
    said = json.loads(text)
    assert isinstance(said, dict)
    assert said["status"] == status
    assert (status == 0) == (said["fault"] is None)
    return said


def fault(*words: object) -> Fault:
    """The fault of a call that must not succeed; its sentence is there, in words too."""
    said = verdict(*words)
    found = Fault[str(said["fault"]).upper()]
    assert said["sentence"].startswith(found.value[1] + ": ")
    assert said["sentence"] in call(*words)[1]
    return found


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
