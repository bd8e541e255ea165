"""What is done with somebody's month, the sheets that bring months, and predicates of years."""

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
from pamong.performance.services.rating import (
    cancel_predicate,
    change_predicate,
    enter_predicate,
    take_over_predicates,
)
from pamong.performance.services.verifying import Judged, verify_months
from pamong.performance.values import Rated

__all__ = [
    "Brought",
    "Given",
    "Judged",
    "Rated",
    "cancel_predicate",
    "change_predicate",
    "compare_months",
    "discard_file",
    "enter_month",
    "enter_predicate",
    "keep_trial",
    "mark_stored",
    "open_file",
    "refuse_file",
    "store_months",
    "take_over_predicates",
    "verify_months",
    "wait_for_second",
]
