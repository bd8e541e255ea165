"""The month as a path: lists of payment by OPD, from a run to the treasury and back.

Acts (each takes ``actor=`` and ``at=``) and reads belong together here, as the shadow month's do.
"""

from __future__ import annotations

from pamong.pay.path.arrears import Arrear, list_arrears, open_arrears
from pamong.pay.path.budgets import BudgetRow, BudgetTotal, list_budgets
from pamong.pay.path.budgets import decide as decide_budget
from pamong.pay.path.budgets import propose as propose_budget
from pamong.pay.path.budgets import total_of as total_of_budgets
from pamong.pay.path.files import Content, Receiver, content_of, keep_file
from pamong.pay.path.holding import hold, release
from pamong.pay.path.opening import Candidate, Opened, list_candidates, open_lists, open_supplementary
from pamong.pay.path.reads import (
    Standing,
    file_of,
    find_list,
    list_months,
    list_waiting,
    open_list,
    open_month,
    standings,
)
from pamong.pay.path.shapes import (
    Beside,
    BudgetView,
    FileOut,
    ItemRow,
    ListRow,
    ListView,
    MonthView,
    Next,
    RunChoice,
    Stage,
    StepRow,
)
from pamong.pay.path.steps import Sp2d, Spm, check, enter, record_sp2d, reopen, sign, submit
from pamong.pay.path.treasury import Answer, Told, TreasuryFileRow, accept, list_files

__all__ = [
    "Answer",
    "Arrear",
    "Beside",
    "BudgetRow",
    "BudgetTotal",
    "BudgetView",
    "Candidate",
    "Content",
    "FileOut",
    "ItemRow",
    "ListRow",
    "ListView",
    "MonthView",
    "Next",
    "Opened",
    "Receiver",
    "RunChoice",
    "Sp2d",
    "Spm",
    "Stage",
    "Standing",
    "StepRow",
    "Told",
    "TreasuryFileRow",
    "accept",
    "check",
    "content_of",
    "decide_budget",
    "enter",
    "file_of",
    "find_list",
    "hold",
    "keep_file",
    "list_arrears",
    "list_budgets",
    "list_candidates",
    "list_files",
    "list_months",
    "list_waiting",
    "open_arrears",
    "open_list",
    "open_lists",
    "open_month",
    "open_supplementary",
    "propose_budget",
    "record_sp2d",
    "release",
    "reopen",
    "sign",
    "standings",
    "submit",
    "total_of_budgets",
]
