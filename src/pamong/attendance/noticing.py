"""Whether a site is silent at a time at which it never is. Pure.

No data from the machines is no outage: then nothing is known, and pages say so. A site is silent where its
machines have told everything until now, so many people are expected there, and nobody was recorded though on
every earlier day somebody was by this time. Even then a person confirms it: a holiday that nobody entered
looks the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Watch:
    """A site until a time of a day: how many are expected; whether its machines have told everything until
    then (``covered``); how many were recorded, and how many on each earlier day by the same time."""

    expected: int
    covered: bool
    recorded: int
    earlier: Sequence[int]


@dataclass(frozen=True, slots=True)
class Quiet:
    """What must be there before silence says anything: people at the site, and earlier days to compare."""

    least_people: int = 5
    least_days: int = 5


QUIET = Quiet()


def is_silent(watch: Watch, quiet: Quiet = QUIET) -> bool:
    """Whether an outage is to be proposed."""
    known = watch.covered and watch.expected >= quiet.least_people
    compared = len(watch.earlier) >= quiet.least_days and min(watch.earlier, default=0) > 0
    return known and compared and watch.recorded == 0
