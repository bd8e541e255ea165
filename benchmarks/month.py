"""Files to published slips: 50,000 people x 22 days x 2 punches with all rows, constraints and intake.

Each run is a process of its own against a fresh database on a throw-away PostgreSQL of ours that is durable
(fsync on), so that its memory is its own. Commitments of each slip and their tree are part of it. Goals: 25 s
for 50,000 people, at most 2 GiB, and 100,000 people in at most 2.2 times the time. Peers that were measured
need 84 to 421 ms a person.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.process import figures_of

PEOPLE, GOAL_SECONDS = 50_000, 25
RUNS = 3
GIB = 1024 * 1024  # ru_maxrss counts KiB


def measure(sizes: tuple[int, ...] = (PEOPLE, 2 * PEOPLE)) -> dict[str, Any]:
    """Seconds and memory of a month from its files."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="pamong-bench-") as folder, Databases() as databases:
        for people in sizes:
            files = _files(Path(folder) / str(people), people)
            runs = [_run(databases, files, Path(folder) / f"store-{people}-{n}") for n in range(RUNS)]
            found[str(people)] = _figures(people, runs)
    if len(sizes) == 2:
        growth = found[str(sizes[1])]["seconds"] / found[str(sizes[0])]["seconds"]
        found["growth"] = round(growth, 2)
        say("  twice the people", f"{growth:.2f} times as long; goal 2.2")
    return found


def _figures(people: int, runs: list[dict[str, Any]]) -> dict[str, Any]:
    seconds = statistics.median(run["seconds"] for run in runs)
    memory = max(run["rss_kib"] for run in runs) / GIB
    each = seconds / people * 1000
    goal = f"; {seconds / GOAL_SECONDS:.2f} of the goal of {GOAL_SECONDS} s" if people == PEOPLE else ""
    say(
        f"month, {people:,} people",
        f"{seconds:.1f} s{goal}, {each:.3f} ms a person (peers: 84 to 421); {memory:.2f} GiB",
    )
    for part, took in runs[0]["parts"].items():
        say(f"  {part}", f"{took:.2f} s")
    return {
        "seconds": round(seconds, 2),
        "ms_a_person": round(each, 4),
        "gib": round(memory, 2),
        "runs": runs,
    }


def _files(folder: Path, people: int) -> Path:
    """The month's files of so many invented people; written once."""
    from pamong.demo.files import write_big  # noqa: PLC0415 - only this measurement needs people

    say("  writing the files of", f"{people:,} people ...")
    folder.mkdir(parents=True)
    files = write_big(folder, people)
    note = {
        "people": str(files.people),
        "monthly": str(files.monthly),
        "punches": [str(p) for p in files.punches],
    }
    path = folder / "files.json"
    path.write_text(json.dumps(note))
    return path


def _run(databases: Databases, files: Path, store: Path) -> dict[str, Any]:
    with databases.fresh() as environ:
        result: dict[str, Any] = figures_of(
            "benchmarks.month_process", environ | {"PAMONG_FILES": str(store)}, files
        )
    return result
