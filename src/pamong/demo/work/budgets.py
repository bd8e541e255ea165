"""This year's budgets of the offices whose months are paid: one proposes, the treasury agrees."""

from __future__ import annotations

from pamong.demo.work.cast import CLERK, Cast
from pamong.pay import path
from pamong.pay.path import BudgetRow

_TREASURER = "sekar"
_MONTHS = 12
_ROUND = 10_000_000
_ROOM = (108, 104, 111, 102, 106)  # percent of what a year at the present pace takes, office by office
_AGO = 200  # days


def agree_budgets(cast: Cast) -> None:
    """Every office that pays gets a budget; one that pays nothing here has none."""
    year = cast.today.year
    rows = path.list_budgets(actor=cast.who(CLERK)["actor"], year=year)
    going = [row for row in rows if row.used + row.on_its_way]
    for place, row in enumerate(going):
        uid = path.propose_budget(
            **cast.who(CLERK, _AGO), opd=row.opd, year=year, amount=_amount(cast, row, place),
            document=f"DPA/{place + 1:03}/{year}",
        )  # fmt: skip
        path.decide_budget(**cast.who(_TREASURER, _AGO - 1), uid=uid, agree=True)


def _amount(cast: Cast, row: BudgetRow, place: int) -> int:
    """What went in the months before the last one, over a whole year, with some room."""
    paid_months = cast.today.month - 2
    year = (row.used + row.on_its_way) * _MONTHS // max(1, paid_months)
    return year * _ROOM[place % len(_ROOM)] // 100 // _ROUND * _ROUND
