"""Stored presence: one day of 50,000 people derived (goal 5 s), and their month from results to published
slips (goal 20 s), on a fresh durable PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases

PEOPLE, DAY_GOAL, MONTH_GOAL = 50_000, 5, 20


def measure(people: int = PEOPLE) -> dict[str, Any]:
    """Seconds of both, in a process of its own."""
    with Databases() as databases, databases.fresh() as environ, tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.presence_process", str(people)]
        done = subprocess.run(
            command, env={**environ, "PAMONG_FILES": folder}, check=True, capture_output=True, text=True
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    say(f"a day of {people:,} people", f"{found['day']:.1f} s to derive; goal {DAY_GOAL}")
    say("  the same again", f"{found['again']:.1f} s, nothing new")
    say("  one late punch", f"{found['late'] * 1000:.0f} ms, {found['late_days']} day")
    say(f"month of {people:,} people", f"{found['month']:.1f} s from results to slips; goal {MONTH_GOAL}")
    for part, took in found["parts"].items():
        say(f"  {part}", f"{took:.2f} s")
    return found
