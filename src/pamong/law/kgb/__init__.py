"""The periodic raise (kenaikan gaji berkala): when it falls due, its conditions, the new step. Pure.

For whole governments `pamong.career.columns` asks the same rules over columns; a test holds the two together.
"""

from pamong.law.kgb.conditions import conditions
from pamong.law.kgb.due import due, new_step
from pamong.law.kgb.papers import delay_end, delay_paper, paper, signer
from pamong.law.kgb.rules import Rules, expected_year, rules_of
from pamong.law.kgb.shapes import (
    PPPK,
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
    "PPPK",
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
    "conditions",
    "delay_end",
    "delay_paper",
    "due",
    "expected_year",
    "new_step",
    "paper",
    "rules_of",
    "signer",
    "worst",
]
