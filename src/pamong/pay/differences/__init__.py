"""What paid months differ by, once more is known: found, placed on later lists, or owed to the treasury.

Acts (each takes ``actor=`` and ``at=``) and reads belong together here, as those of the path do.
"""

from __future__ import annotations

from pamong.pay.differences.owed import get_overpayment, list_overpayments
from pamong.pay.differences.owing import (
    Due,
    decide_plan,
    open_overpayment,
    propose_plan,
    record_deposit,
    reverse_deposit,
)
from pamong.pay.differences.paid import newest_run
from pamong.pay.differences.posting import Posted, Source, post, preview
from pamong.pay.differences.reads import (
    explain_difference,
    get_profile,
    get_story,
    list_causes,
    list_differences,
    list_months,
    list_of_slip,
    list_offices,
    list_paid_months,
)
from pamong.pay.differences.searching import (
    SearchView,
    Undecided,
    ask_search,
    end_lost_searches,
    end_search,
    fail_search,
    get_search,
)
from pamong.pay.differences.shapes import (
    CauseRow,
    DepositRow,
    DifferenceRow,
    DueRow,
    LineView,
    MonthRow,
    OpdSum,
    OwingRow,
    OwingView,
    PartView,
    PlanView,
    Story,
)

__all__ = [
    "CauseRow",
    "DepositRow",
    "DifferenceRow",
    "Due",
    "DueRow",
    "LineView",
    "MonthRow",
    "OpdSum",
    "OwingRow",
    "OwingView",
    "PartView",
    "PlanView",
    "Posted",
    "SearchView",
    "Source",
    "Story",
    "Undecided",
    "ask_search",
    "decide_plan",
    "end_lost_searches",
    "end_search",
    "explain_difference",
    "fail_search",
    "get_overpayment",
    "get_profile",
    "get_search",
    "get_story",
    "list_causes",
    "list_differences",
    "list_months",
    "list_of_slip",
    "list_offices",
    "list_overpayments",
    "list_paid_months",
    "newest_run",
    "open_overpayment",
    "post",
    "preview",
    "propose_plan",
    "record_deposit",
    "reverse_deposit",
]
