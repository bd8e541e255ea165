"""The demo's city of 100,000 people, made and put into a fresh durable database. Goal: 120 s."""

from __future__ import annotations

import json
import sys
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.process import figures_of

PEOPLE, GOAL = 100_000, 120


def measure(people: int = PEOPLE) -> dict[str, Any]:
    """Seconds and rows, in a process of its own."""
    with Databases() as databases, databases.fresh() as environ:
        found: dict[str, Any] = figures_of("benchmarks.demo_city", environ, people)
    seconds, rows = found["seconds"], sum(found["rows"].values())
    say(f"demo city, {people:,} people", f"{seconds:.0f} s for {rows:,} rows; goal {GOAL}")
    return {"people": people, **found}


def main(people: int) -> None:
    """Make the city and put it in, as ``pamong demo --people`` does."""
    import resource  # noqa: PLC0415
    import time  # noqa: PLC0415
    from datetime import UTC, date, datetime  # noqa: PLC0415

    import django  # noqa: PLC0415 - settings are read only when it runs

    django.setup()
    from pamong.demo.load import APART  # noqa: PLC0415 - models need Django set up
    from pamong.demo.town.build import make  # noqa: PLC0415
    from pamong.demo.town.load import load  # noqa: PLC0415
    from pamong.kernel.actor import Actor  # noqa: PLC0415

    actor, at = Actor.operator("ukur", date(2026, 11, 10)), datetime(2026, 11, 10, tzinfo=UTC)
    since = time.monotonic()
    loaded = load(make(people), actor=actor, at=at, progress=lambda line: None, apart=people >= APART)
    figures = {
        "seconds": round(time.monotonic() - since, 1),
        "rows": loaded.rows,
        "rss_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
