"""How the punches of one person become day results: the definition. Pure, without Django and without Polars.

`resolve` is a function of three sets (shift instances, punches, excuses) and of how far the data reach.
Faster versions and the tables are held to it.
"""

from pamong.attendance.choices import Direction
from pamong.attendance.resolving.clashes import Clash, overlap_of
from pamong.attendance.resolving.clocks import day_fault, drift, drift_fault, is_sane, punch_fault
from pamong.attendance.resolving.days import resolve
from pamong.attendance.resolving.results import (
    DayResult,
    Fate,
    PunchFate,
    Reason,
    ReasonCode,
    Resolution,
    State,
)
from pamong.attendance.resolving.shapes import (
    LIMITS,
    DayPart,
    Excuse,
    Limits,
    Pairing,
    Part,
    Punch,
    ShiftInstance,
)
from pamong.attendance.resolving.spans import Span, seconds_between
from pamong.attendance.resolving.times import (
    Stamp,
    instance_of,
    instant_of,
    last_finished_day,
    night_seconds,
    stamp,
)

__all__ = [
    "LIMITS",
    "Clash",
    "DayPart",
    "DayResult",
    "Direction",
    "Excuse",
    "Fate",
    "Limits",
    "Pairing",
    "Part",
    "Punch",
    "PunchFate",
    "Reason",
    "ReasonCode",
    "Resolution",
    "ShiftInstance",
    "Span",
    "Stamp",
    "State",
    "day_fault",
    "drift",
    "drift_fault",
    "instance_of",
    "instant_of",
    "is_sane",
    "last_finished_day",
    "night_seconds",
    "overlap_of",
    "punch_fault",
    "resolve",
    "seconds_between",
    "stamp",
]
