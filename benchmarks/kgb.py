"""The periodic raises of a month for a town of 50,000 people: worked out, written down, and asked again.

The anchor is the goal of 10 s for everybody. The town is put in by a process of its own; another one works.
"""

from __future__ import annotations

import tempfile
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.process import figures_of

PEOPLE = 50_000
GOAL = 10.0  # seconds


def measure(people: int = PEOPLE) -> dict[str, Any]:
    """Seconds of a month's list, of the same again, and milliseconds of one person."""
    with tempfile.TemporaryDirectory(prefix="pamong-bench-") as files, Databases() as databases:  # noqa: SIM117 - the second needs the first
        with databases.fresh() as environ:
            told = environ | {"PAMONG_FILES": files}
            say("  putting in", f"{people:,} people ...")
            figures_of("benchmarks.kgb_process", told, "town", people)
            databases.settle(environ)
            found: dict[str, Any] = figures_of("benchmarks.kgb_process", told, "due", people)
    say(
        f"raises, {people:,} people",
        f"{found['first']:.2f} s, {found['first'] / GOAL:.2f} of the goal of 10 s",
    )
    say("  the same again", f"{found['again']:.2f} s")
    say("  read and worked out", f"{found['worked_out']:.2f} s; {found['due']:,} due")
    say("  one person", f"{found['one_ms']:.1f} ms; load average {found['load']:.1f}")
    return {"people": people, "to_goal": round(found["first"] / GOAL, 3)} | found
