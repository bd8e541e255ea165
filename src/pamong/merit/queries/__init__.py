"""Reads of vacancies: open posts, one as a path, the own application, the sheet, the result, the pool."""

from pamong.merit.queries.briefs import Brief, BriefRow, get_brief
from pamong.merit.queries.departures import Departure, Departures, list_departures
from pamong.merit.queries.orders import AppointmentOrder
from pamong.merit.queries.own import ConditionView, OwnApplication, OwnScore, find_own, try_own
from pamong.merit.queries.pool import PoolPage, PoolRow, Verdicts, judge_persons, list_pool
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
from pamong.merit.queries.talents import AxisView, Part, TalentView, own_talent, talents_of
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
    title_of,
)

__all__ = [
    "ApplicantRow",
    "AppointmentOrder",
    "AxisView",
    "Brief",
    "BriefRow",
    "Cell",
    "ConditionView",
    "Departure",
    "Departures",
    "LockedName",
    "MemberRow",
    "OpenPost",
    "OwnApplication",
    "OwnScore",
    "Part",
    "PoolPage",
    "PoolRow",
    "PublicResult",
    "ResultRow",
    "ResultView",
    "Sheet",
    "SheetRow",
    "StepRow",
    "TalentView",
    "VacancyRow",
    "VacancyView",
    "Verdicts",
    "find_accounts",
    "find_own",
    "get_brief",
    "get_public_result",
    "get_receipt",
    "get_result",
    "get_sheet",
    "get_vacancy",
    "judge_persons",
    "list_departures",
    "list_locked",
    "list_open_posts",
    "list_pool",
    "list_results",
    "list_vacancies",
    "own_talent",
    "require_visible",
    "talents_of",
    "title_of",
    "try_own",
]
