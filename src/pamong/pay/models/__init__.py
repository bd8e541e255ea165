"""Tables of pay: runs with their slips, and the lists on which a month is paid."""

from pamong.pay.models.lists import Budget, ListStep, PayFile, PayItem, PayList, TreasuryFile
from pamong.pay.models.runs import (
    PaidDifference,
    PaidList,
    Run,
    RunChunk,
    RunFile,
    RunProblem,
    Slip,
    SlipInput,
    SlipLine,
)

__all__ = [
    "Budget",
    "ListStep",
    "PaidDifference",
    "PaidList",
    "PayFile",
    "PayItem",
    "PayList",
    "Run",
    "RunChunk",
    "RunFile",
    "RunProblem",
    "Slip",
    "SlipInput",
    "SlipLine",
    "TreasuryFile",
]
