"""The same facts and the same law give the same bytes: in any process, PostgreSQL and order of rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from pamong.cli.postgres import Server
from tests.pay.conftest import kinds_of_postgres
from tests.support.databases import Cluster

TOP = Path(__file__).resolve().parents[2]


def told_by(url: str, files: Path, *, seed: str, hashes: str) -> dict[str, Any]:
    """What a process of its own makes of the month."""
    command = [sys.executable, "-m", "tests.pay.worker", "tell", url, str(files), seed]
    environ = os.environ | {"PYTHONHASHSEED": hashes}
    done = subprocess.run(command, cwd=TOP, env=environ, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_two_processes_and_two_servers_agree_to_the_byte(
    committed_db: str, postgres: Cluster, durable: Server, tmp_path: Path
) -> None:
    first = told_by(postgres.server.url("app", committed_db), tmp_path, seed="1", hashes="1")
    second = told_by(durable.url("app"), tmp_path, seed="2", hashes="2")
    assert (first.pop("seed of hashes"), second.pop("seed of hashes")) == ("1", "2")
    majors = {first.pop("postgres"), second.pop("postgres")}
    assert first == second
    assert first["net"] > 0
    have = kinds_of_postgres()
    assert "wheel" in have
    assert majors == set(have.values())
