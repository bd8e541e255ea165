"""A plus and a minus of the same month of service are set against each other: nobody is paid what he owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, product

from django.db import connection

from pamong.ledger import bulk
from pamong.pay.choices import Component
from pamong.pay.differences.amounts import Amount
from pamong.pay.models import DifferencePart

_OPEN = """
SELECT d.id, d.person_id, COALESCE(e.amount, 0), d.gross - p.gross, d.tax - p.tax, d.health - p.health
FROM pay_difference d
CROSS JOIN LATERAL (
  SELECT COALESCE(sum(q.gross), 0)::bigint AS gross, COALESCE(sum(q.tax), 0)::bigint AS tax,
    COALESCE(sum(q.health), 0)::bigint AS health
  FROM pay_differencepart q LEFT JOIN pay_payitem x ON x.id = q.item_id
  WHERE q.difference_id = d.id AND x.released_at IS NULL
) p
CROSS JOIN LATERAL (
  SELECT sum(t.amount)::bigint AS amount FROM pay_deposit t JOIN pay_overpayment o ON o.id = t.overpayment_id
  WHERE o.difference_id = d.id
) e
WHERE d.service_month = %(month)s AND d.component = %(component)s
ORDER BY d.person_id, d.sequence
"""
_PART = ("difference_id", "against_id", "gross", "tax", "health", "net")
_Row = tuple[int, int, int, int, int, int]


def set_off(month: date) -> None:
    """Set what is open of a month of service against each other, person by person.

    The smaller one is used up; the same amounts, turned around, are taken from the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"month": month, "component": Component.TPP.value})
        rows = cursor.fetchall()
    parts: list[_Row] = []
    for _, group in groupby(rows, lambda row: row[1]):
        left = {row[0]: _left(Amount(*row[3:]), row[2]) for row in group}
        parts += pairs(left)
    bulk.copy_rows(DifferencePart, _PART, parts)


def _left(amount: Amount, deposited: int) -> Amount:
    """What is left of a difference once so much came back to the treasury."""
    return amount.part(amount.net + deposited) if deposited else amount


def pairs(left: dict[int, Amount]) -> Iterator[_Row]:
    """The parts that set one person's minuses against his pluses, the oldest first."""
    left = dict(left)
    minuses = [each for each, amount in left.items() if amount.net < 0]
    pluses = [each for each, amount in left.items() if amount.net > 0]
    for minus, plus in product(minuses, pluses):
        small, large = sorted((minus, plus), key=lambda each: abs(left[each].net))
        amount = left[small]
        if amount.net:
            for one, other, taken in ((small, large, amount), (large, small, -amount)):
                yield one, other, taken.gross, taken.tax, taken.health, taken.net
                left[one] = left[one] + -taken
