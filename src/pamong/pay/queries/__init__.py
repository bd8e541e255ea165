"""Reads of pay. Each takes the actor first, starts from the actor's scope and logs whose data were read."""

from __future__ import annotations

from pamong.pay.calculation import MonthLaw, month_law
from pamong.pay.forecasting import MonthSoFar
from pamong.pay.law_in_force import InForce, find_law_in_force, list_law_changes
from pamong.pay.queries.forecast import Forecast, NewestSlip, forecast
from pamong.pay.queries.papers import Paper, find_paper
from pamong.pay.queries.proofs import Proved, recapitulation_item, slip_item
from pamong.pay.queries.runs import (
    ABSENT,
    compare_law,
    find_newest,
    get_run,
    list_files,
    list_opd,
    list_problems,
    list_runs,
    open_run,
)
from pamong.pay.queries.shared import PAGE
from pamong.pay.queries.slips import (
    explain_slip,
    find_slip,
    get_run_of_slip,
    get_slip,
    is_own_slip,
    list_own_slips,
    list_slips,
)
from pamong.pay.queries.turns import count_turns
from pamong.pay.rows import (
    FileRow,
    LineRow,
    OpdRow,
    OwnSlip,
    Page,
    ProblemKind,
    ProblemRow,
    RunRow,
    RunView,
    SlipRow,
    SlipView,
    ValueChange,
)

__all__ = [
    "ABSENT",
    "PAGE",
    "FileRow",
    "Forecast",
    "InForce",
    "LineRow",
    "MonthLaw",
    "MonthSoFar",
    "NewestSlip",
    "OpdRow",
    "OwnSlip",
    "Page",
    "Paper",
    "ProblemKind",
    "ProblemRow",
    "Proved",
    "RunRow",
    "RunView",
    "SlipRow",
    "SlipView",
    "ValueChange",
    "compare_law",
    "count_turns",
    "explain_slip",
    "find_law_in_force",
    "find_newest",
    "find_paper",
    "find_slip",
    "forecast",
    "get_run",
    "get_run_of_slip",
    "get_slip",
    "is_own_slip",
    "list_files",
    "list_law_changes",
    "list_opd",
    "list_own_slips",
    "list_problems",
    "list_runs",
    "list_slips",
    "month_law",
    "open_run",
    "recapitulation_item",
    "slip_item",
]
