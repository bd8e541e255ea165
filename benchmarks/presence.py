"""Stored presence: one day of 50,000 people derived (goal 5 s), and their month from results to published
slips (goal 20 s), on a fresh durable PostgreSQL.

Beside the clock stand the seconds of work of our process and of its database session: on a machine that does
other things too they are what can be compared. The anchor is the day's rows, copied once as they are.
"""

from __future__ import annotations

import tempfile
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.lists import tell_pages
from benchmarks.process import figures_of

PEOPLE, DAY_GOAL, MONTH_GOAL = 50_000, 5, 20


def measure(people: int = PEOPLE) -> dict[str, Any]:
    """Seconds of each, in a process of its own."""
    with Databases() as databases, databases.fresh() as environ, tempfile.TemporaryDirectory() as folder:
        found: dict[str, Any] = {}
        told = environ | {"PAMONG_FILES": folder, "PAMONG_HOSTS": "testserver", "PAMONG_DEMO": "1"}
        for step in ("town", "days", "pay"):
            found |= figures_of("benchmarks.presence_process", told, step, people)
            databases.settle(environ)
        found |= figures_of("benchmarks.path_process", told)
    anchor = found["anchor"]
    say("presence, anchor", f"{anchor:.2f} s for the day's rows, copied; load average {found['load']:.1f}")
    for name, goal in (("day", DAY_GOAL), ("again", None), ("free_day", None)):
        say(f"  {name} of {people:,} people", _line(found[name], anchor, goal))
    late = found["late"]["seconds"] * 1000
    say(
        "  one late punch",
        f"{late:.0f} ms for {found['late_days']} day; {found['late_looks']:.0f} looks at one of its rows",
    )
    say("  month from results to slips", _line(found["month"], anchor, MONTH_GOAL))
    for part, took in found["parts"].items():
        say(f"    {part}", f"{took:.2f} s")
    _tell_pages(found)
    say("  days of that month", _line(found["derive_month"], anchor, None))
    both = {key: found["month"][key] + found["derive_month"][key] for key in ("seconds", "work")}
    say("  month from punches to slips", _line(both, anchor, None))
    return found | {"people": people, "month_from_punches": both}


def _tell_pages(found: dict[str, Any]) -> None:
    say("  its lists, opened", f"{found['opened']['seconds']:.1f} s, {found['opened']['work']:.1f} s of work")
    tell_pages(found["pages"])


def _line(took: dict[str, float], anchor: float, goal: float | None) -> str:
    aim = "" if goal is None else f"; goal {goal} s, {took['work'] / goal:.2f} of it by work"
    return f"{took['seconds']:.1f} s, {took['work']:.1f} s of work, {took['work'] / anchor:.1f} anchors{aim}"
