"""What became of what a receipt promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger.receipts import read_receipt
from pamong.ledger.tree.receipts import Receipt

GRACE = timedelta(seconds=60)  # within which every leaf comes into its log


class Kept(StrEnum):
    """Whether a promise was kept."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Promised:
    """A receipt of ours and what became of it. ``number``: the leaf's place; ``later_at``: when the newest
    checkpoint was made, or last countersigned, where that is more than a minute after the receipt."""

    receipt: Receipt
    log: str
    number: int | None
    later_at: datetime | None

    @property
    def kept(self) -> Kept:
        """Whether it was kept: not, where a later checkpoint does not hold the leaf."""
        if self.number is not None:
            return Kept.YES
        return Kept.NOT_YET if self.later_at is None else Kept.NO


_LEAF = """
    SELECT
        (SELECT min(l.seq) FROM ledger_leaf l WHERE l.log_id = %(log)s AND l.hash = %(leaf)s),
        (SELECT GREATEST(c.at, (SELECT max(a.good_at) FROM ledger_witnessanswer a
                                WHERE a.log_id = c.log_id AND a.size = c.size))
         FROM ledger_checkpoint c WHERE c.log_id = %(log)s ORDER BY c.size DESC LIMIT 1)
"""


def check_receipt(*, actor: Actor, note: str) -> Promised:
    """Read a receipt and look for its leaf. ``TreeError`` for what is no receipt, or not one of ours."""
    receipt = read_receipt(note)
    log = receipt.origin.partition("/log/")[2]
    with connection.cursor() as cursor:
        cursor.execute(_LEAF, {"log": log, "leaf": receipt.leaf_hash})
        number, newest_at = cursor.fetchone()
    later = newest_at if newest_at is not None and newest_at > receipt.at + GRACE else None
    return Promised(receipt, log, number, later)
