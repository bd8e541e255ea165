"""Lists, pickers, files and trees of a town of 50,000 people, through Django's test client.

Goals: under 100 ms at the median, at most 10 questions to the database, whatever the date that is asked for.
The anchor is the smallest page that there can be: somebody signed in asks for one row by its index. The town
is put in by a process of its own; another one opens the pages.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.process import figures_of

PEOPLE = 50_000
GOAL_MS, GOAL_QUERIES = 100, 10
ANCHOR = "anchor"
THEN = ", as of 2015"


def measure(people: int = PEOPLE) -> dict[str, Any]:
    """Milliseconds and questions of every page."""
    with tempfile.TemporaryDirectory(prefix="pamong-bench-") as files, Databases() as databases:  # noqa: SIM117 - the second needs the first
        with databases.fresh() as environ:
            told = {"PAMONG_FILES": files, "PAMONG_DEMO": "1", "PAMONG_HOSTS": "testserver"}
            say("  putting in", f"{people:,} people ...")
            loaded = figures_of("benchmarks.lists_town", environ | told, people)
            databases.settle(environ)
            found = figures_of("benchmarks.lists_process", environ | told)
    _tell(found["pages"], found["load"])
    return {
        "people": people,
        "load_seconds": loaded["seconds"],
        "load_average": found["load"],
        **found["pages"],
    }


def _tell(pages: Mapping[str, dict[str, float]], load: float) -> None:
    anchor = pages[ANCHOR]["median_ms"]
    say("lists, anchor", f"{anchor:.1f} ms for one row by its index; load average {load:.1f}")
    tell_pages(pages)
    for name, page in pages.items():
        today = pages.get(name.replace(THEN, ""))
        if THEN in name and today:
            ratio = page["median_ms"] / today["median_ms"]
            say(f"  {name}", f"{ratio:.2f} times as long as today; goal 1")


def tell_pages(pages: Mapping[str, dict[str, float]]) -> None:
    """A line a page, each against its goal and against the anchor among them."""
    anchor = pages[ANCHOR]["median_ms"]
    for name, page in pages.items():
        page["to_goal"] = round(page["median_ms"] / GOAL_MS, 2)
        page["to_anchor"] = round(page["median_ms"] / anchor, 1)
        if name != ANCHOR:
            say(f"  {name}", _line(page))


def _line(page: Mapping[str, float]) -> str:
    missed = page["median_ms"] >= GOAL_MS or page["queries"] > GOAL_QUERIES
    return (
        f"{page['median_ms']:6.1f} ms (worst {page['worst_ms']:.0f}), {page['to_goal']:.2f} of the goal, "
        f"{page['to_anchor']:.1f} anchors; {page['queries']} queries{' <- misses its goal' if missed else ''}"
    )
