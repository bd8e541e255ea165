"""Tables of pay: runs with their slips, the lists on which a month is paid, and what seals them."""

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
from pamong.pay.models.seals import Recapitulation, SlipTree

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
    "Recapitulation",
    "Run",
    "RunChunk",
    "RunFile",
    "RunProblem",
    "Slip",
    "SlipInput",
    "SlipLine",
    "SlipTree",
    "TreasuryFile",
]
