"""Reads of vacancies: open posts, one as a path, the own application, the sheet, the result, the pool."""

from pamong.merit.queries.own import ConditionView, OwnApplication, OwnScore, find_own, try_own
from pamong.merit.queries.pool import PoolPage, PoolRow, list_pool
from pamong.merit.queries.public import (
    OpenPost,
    PublicResult,
    get_public_result,
    list_open_posts,
    list_results,
)
from pamong.merit.queries.receipts import get_receipt
from pamong.merit.queries.results import LockedName, ResultRow, ResultView, get_result, list_locked
from pamong.merit.queries.sheets import Cell, Sheet, SheetRow, get_sheet
from pamong.merit.queries.vacancies import (
    ApplicantRow,
    MemberRow,
    StepRow,
    VacancyRow,
    VacancyView,
    find_accounts,
    get_vacancy,
    list_vacancies,
    require_visible,
)

__all__ = [
    "ApplicantRow",
    "Cell",
    "ConditionView",
    "LockedName",
    "MemberRow",
    "OpenPost",
    "OwnApplication",
    "OwnScore",
    "PoolPage",
    "PoolRow",
    "PublicResult",
    "ResultRow",
    "ResultView",
    "Sheet",
    "SheetRow",
    "StepRow",
    "VacancyRow",
    "VacancyView",
    "find_accounts",
    "find_own",
    "get_public_result",
    "get_receipt",
    "get_result",
    "get_sheet",
    "get_vacancy",
    "list_locked",
    "list_open_posts",
    "list_pool",
    "list_results",
    "list_vacancies",
    "require_visible",
    "try_own",
]
