"""The demo's witness is put into the policy once; what two people set there later stays."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pamong.cli.demo_witness import demo_witness
from pamong.ledger.tree.policy import Policy
from tests.support.sealing import SITE


def installation(folder: Path) -> Any:
    environ = {
        "PAMONG_SITE": SITE,
        "PAMONG_LEDGER": str(folder / "public"),
        "PAMONG_LEDGER_KEYS": str(folder / "keys"),
    }
    return SimpleNamespace(sequencer_environ=lambda: environ, environ={})


def port_in(text: str) -> int:
    found = re.search(r"http://127\.0\.0\.1:([0-9]+)", text)
    assert found
    return int(found[1])


def test_a_policy_that_two_people_set_survives_a_start(tmp_path: Path) -> None:
    policy = tmp_path / "public" / "policy"
    child = demo_witness(installation(tmp_path))
    assert child is not None and Policy.parse(policy.read_bytes()).needs_outsider()
    changed = policy.read_text().replace("# Bentuknya", "# Ditetapkan dua orang. Bentuknya")
    policy.write_text(changed)
    again = demo_witness(installation(tmp_path))
    assert again is not None and policy.read_text() == changed
    assert again._command == child._command
    with socket.socket() as other:
        other.bind(("127.0.0.1", port_in(changed)))
        moved = demo_witness(installation(tmp_path))
    assert moved is not None and port_in(policy.read_text()) != port_in(changed)
    assert policy.read_text().replace(str(port_in(policy.read_text())), "") == changed.replace(
        str(port_in(changed)), ""
    )
