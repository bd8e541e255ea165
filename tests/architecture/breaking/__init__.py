"""For each table a row that may stand, made anew each time; for each constraint what breaks it."""

from tests.architecture.breaking.broken import CHECKS, EVERYWHERE, SHARED
from tests.architecture.breaking.good import GOOD
from tests.architecture.breaking.making import Values, store

__all__ = ["CHECKS", "EVERYWHERE", "GOOD", "SHARED", "Values", "store"]
