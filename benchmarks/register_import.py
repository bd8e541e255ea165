"""A register of 10,000 people from its SIASN export: tried, stored with the units that it lacks, tried again.

Each run is a process of its own against a fresh durable database (fsync on). Goal: 30 s for the dry run.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.process import figures_of

PEOPLE = 10_000
STEPS = {"check": "dry run", "apply": "stored", "again": "the same file tried again"}


def measure(people: int = PEOPLE) -> dict[str, Any]:
    """Seconds of each step."""
    from pamong.demo.files import write_big  # noqa: PLC0415 - only this measurement needs people

    with tempfile.TemporaryDirectory(prefix="pamong-bench-") as folder, Databases() as databases:
        say("  writing the export of", f"{people:,} people ...")
        files = write_big(Path(folder) / "files", people)
        with databases.fresh() as environ:
            store = {"PAMONG_FILES": str(Path(folder) / "store")}
            found: dict[str, Any] = figures_of("benchmarks.import_process", environ | store, files.people)
    for name, what in STEPS.items():
        goal = "; goal 30" if name == "check" else ""
        say(f"import, {what}", f"{found[name]:.1f} s for {people:,} rows, {found['counts'][name]}{goal}")
    return {"people": people, **found}
