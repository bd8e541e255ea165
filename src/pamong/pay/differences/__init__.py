"""What paid months differ by, once more is known: found, placed on later lists, or owed to the treasury.

Acts (each takes ``actor=`` and ``at=``) and reads belong together here, as those of the path do.
"""

from __future__ import annotations

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

__all__ = [
    "Due",
    "Posted",
    "Source",
    "decide_plan",
    "newest_run",
    "open_overpayment",
    "post",
    "preview",
    "propose_plan",
    "record_deposit",
    "reverse_deposit",
]
