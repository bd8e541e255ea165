"""What waits for whom among 100,000 decisions, 5,000 of them waiting, in the invented town.

Goals: each page under 100 ms at the median, at most 10 questions to the database. A third of what waits is
overdue, so that it may be answered from above; some seats are vacant. The anchor is the smallest page that
there can be: somebody signed in asks for one row by its index.
"""

from __future__ import annotations

import tempfile
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.lists import tell_pages
from benchmarks.process import figures_of

PEOPLE, DECISIONS, WAITING = 3_000, 100_000, 5_000


def measure(people: int = PEOPLE, decisions: int = DECISIONS, waiting: int = WAITING) -> dict[str, Any]:
    """Milliseconds and questions of the inbox, of a story and of the home page, as those for whom most waits
    and as one for whom nothing does."""
    with tempfile.TemporaryDirectory(prefix="pamong-bench-") as files, Databases() as databases:  # noqa: SIM117 - the second needs the first
        with databases.fresh() as environ:
            told = environ | {"PAMONG_FILES": files, "PAMONG_DEMO": "1", "PAMONG_HOSTS": "testserver"}
            say("  putting in", f"{people:,} people, {decisions:,} decisions ...")
            figures_of("benchmarks.lists_town", told, people)
            loaded = figures_of("benchmarks.inbox_town", told, decisions, waiting)
            databases.settle(environ)
            found = figures_of("benchmarks.inbox_process", told)
    anchor = found["pages"]["anchor"]["median_ms"]
    say("inbox, anchor", f"{anchor:.1f} ms for one row by its index; load average {found['load']:.1f}")
    tell_pages(found["pages"])
    return {"decisions": decisions, "waiting": waiting, "load_seconds": loaded["seconds"], **found["pages"]}
