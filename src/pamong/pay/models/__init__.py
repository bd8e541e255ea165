"""Tables of pay: runs with their slips, and the lists on which a month is paid."""

from pamong.pay.models.differences import (
    Deposit,
    Difference,
    DifferenceLine,
    DifferencePart,
    DifferenceSearch,
    Instalment,
    InstalmentPlan,
    Overpayment,
    PlanDecision,
)
from pamong.pay.models.lists import Budget, ListStep, PayFile, PayItem, PayList, TreasuryFile
from pamong.pay.models.runs import (
    PaidDifference,
    PaidList,
    PayFact,
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
    "Deposit",
    "Difference",
    "DifferenceLine",
    "DifferencePart",
    "DifferenceSearch",
    "Instalment",
    "InstalmentPlan",
    "ListStep",
    "Overpayment",
    "PaidDifference",
    "PaidList",
    "PayFact",
    "PayFile",
    "PayItem",
    "PayList",
    "PlanDecision",
    "Run",
    "RunChunk",
    "RunFile",
    "RunProblem",
    "Slip",
    "SlipInput",
    "SlipLine",
    "TreasuryFile",
]
