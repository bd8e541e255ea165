"""What is done with somebody's month, and with the sheets that bring months."""

from pamong.performance.services.entering import enter_month
from pamong.performance.services.files import (
    discard_file,
    keep_trial,
    mark_stored,
    open_file,
    refuse_file,
    wait_for_second,
)
from pamong.performance.services.importing import Brought, Given, compare_months, store_months
from pamong.performance.services.verifying import Judged, verify_months

__all__ = [
    "Brought",
    "Given",
    "Judged",
    "compare_months",
    "discard_file",
    "enter_month",
    "keep_trial",
    "mark_stored",
    "open_file",
    "refuse_file",
    "store_months",
    "verify_months",
    "wait_for_second",
]
