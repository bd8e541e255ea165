"""A year of punches of 50,000 people, 26 million: pages of presence, a day, and one late punch over them.

Goals: a page under 100 ms at the median and at most 10 questions; a day under 5 s. The anchor is the smallest
page that there can be, as for lists. The year is put in once, in some ten minutes.
"""

from __future__ import annotations

import tempfile
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.lists import ANCHOR, tell_pages
from benchmarks.process import figures_of

PEOPLE, DAY_GOAL = 50_000, 5


def measure(people: int = PEOPLE) -> dict[str, Any]:
    """Milliseconds and questions of every page, seconds of a day, milliseconds of a late punch."""
    with Databases() as databases, databases.fresh() as environ, tempfile.TemporaryDirectory() as folder:
        told = {"PAMONG_FILES": folder, "PAMONG_HOSTS": "testserver"}
        say("  putting in a year of", f"{people:,} people ...")
        figures_of("benchmarks.presence_process", environ | told, "town", people)
        found: dict[str, Any] = figures_of("benchmarks.year_process", environ | told, "fill")
        databases.settle(environ)
        found |= figures_of("benchmarks.year_process", environ | told, "measure")
    pages = found["pages"]
    anchor = pages[ANCHOR]["median_ms"]
    say("year, anchor", f"{anchor:.1f} ms for one row by its index; {found['punches']:,} punches")
    tell_pages(pages)
    day = found["day"]
    say(
        "  a day",
        f"{day['seconds']:.1f} s, {day['work']:.1f} s of work, {day['work'] / DAY_GOAL:.2f} of the goal",
    )
    say("  one late punch", f"{found['late_ms']:.0f} ms, {found['late_ms'] / anchor:.1f} anchors")
    return found
