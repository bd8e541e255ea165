"""Rules of leave for plain Python: what somebody has, what one request must fulfil, and who decides it.

Every answer is `Cited`, as in `pamong.law.career`. Kinds are the codes of the presence sheet (CT annual,
CB long, S sick, CM maternity, CAP important reason, CLTN unpaid); a status is *pns*, *cpns* or *pppk*.
"""

from pamong.law.leave.conditions import conditions, unmet
from pamong.law.leave.deciding import decider_above, decides, needs_consent, number_format
from pamong.law.leave.rules import (
    Entitlement,
    Length,
    base,
    entitlement,
    find,
    kinds,
    longest,
    months_after,
    needs_document,
    recallable,
    rule,
)
from pamong.law.leave.values import (
    ANNUAL,
    IMPORTANT,
    LONG,
    MATERNITY,
    OWN_LENGTHS,
    SICK,
    UNPAID,
    Applicant,
    Asked,
    Condition,
    Named,
)

__all__ = [
    "ANNUAL",
    "IMPORTANT",
    "LONG",
    "MATERNITY",
    "OWN_LENGTHS",
    "SICK",
    "UNPAID",
    "Applicant",
    "Asked",
    "Condition",
    "Entitlement",
    "Length",
    "Named",
    "base",
    "conditions",
    "decider_above",
    "decides",
    "entitlement",
    "find",
    "kinds",
    "longest",
    "months_after",
    "needs_consent",
    "needs_document",
    "number_format",
    "recallable",
    "rule",
    "unmet",
]
