"""The periodic raise (kenaikan gaji berkala): when it falls due, its conditions, the new step. Pure.

For whole governments `pamong.career.columns` asks the same rules over columns; a test holds the two together.
"""

from pamong.law.kgb.away import MONTH_DAYS
from pamong.law.kgb.conditions import conditions
from pamong.law.kgb.due import due, new_step
from pamong.law.kgb.papers import cutoff, delay_end, delay_paper, paper, pay_month, signer
from pamong.law.kgb.rules import Rules, add_months, expected_year, rules_of
from pamong.law.kgb.shapes import (
    PPPK,
    Away,
    Code,
    Condition,
    Delay,
    Due,
    Effect,
    Facts,
    Ground,
    NewStep,
    NotDue,
    Sanction,
    State,
    Step,
    worst,
)

__all__ = [
    "MONTH_DAYS",
    "PPPK",
    "Away",
    "Code",
    "Condition",
    "Delay",
    "Due",
    "Effect",
    "Facts",
    "Ground",
    "NewStep",
    "NotDue",
    "Rules",
    "Sanction",
    "State",
    "Step",
    "add_months",
    "conditions",
    "cutoff",
    "delay_end",
    "delay_paper",
    "due",
    "expected_year",
    "new_step",
    "paper",
    "pay_month",
    "rules_of",
    "signer",
    "worst",
]
