"""Balances of leave as sums of lots; pure: no database, no clock, whole fractions of days.

A `Policy` says what is granted when, what is carried and until when it lives. A `History` says what happened
to one person. From both, and nothing else, everything is computed anew each time: a leave entered late gives
the same balance as one entered in time, and nothing is ever posted that must be taken back.
"""

from pamong.leave.lots.balances import Balance, Fit, balance, fits
from pamong.leave.lots.indonesian import indonesian
from pamong.leave.lots.moves import Lot, Movement, MovementKind, Shortfall
from pamong.leave.lots.policies import Frequency, Policy, Proration, Rounding, Terms, Validity
from pamong.leave.lots.values import Credit, Deferral, Forfeit, History, Opening, Use, per_day
from pamong.leave.lots.words import told_days
from pamong.leave.lots.years import leave_year

__all__ = [
    "Balance",
    "Credit",
    "Deferral",
    "Fit",
    "Forfeit",
    "Frequency",
    "History",
    "Lot",
    "Movement",
    "MovementKind",
    "Opening",
    "Policy",
    "Proration",
    "Rounding",
    "Shortfall",
    "Terms",
    "Use",
    "Validity",
    "balance",
    "fits",
    "indonesian",
    "leave_year",
    "per_day",
    "told_days",
]
