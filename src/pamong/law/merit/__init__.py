"""The law of filling a vacancy by merit, for plain Python: conditions with their articles.

Parameters stand in ``parameters/merit``. Nothing here decides: a condition that is not met by a rule that is
only practice is shown and bars nothing (``Condition.bars``), and what is not known is *unknown*.
"""

from pamong.law.merit.ages import highest_age
from pamong.law.merit.eligibility import eligibility
from pamong.law.merit.facts import Facts, Held, PostAsked
from pamong.law.merit.lookups import find
from pamong.law.merit.selection import (
    PANEL,
    TPK,
    Applicants,
    ElectionDates,
    Window,
    WindowState,
    applicants,
    choice_problems,
    election_dates,
    election_window,
    member_problems,
    panel_body,
    panel_problems,
    quorum,
    results_published,
    weights_problems,
    window,
)

__all__ = [
    "PANEL",
    "TPK",
    "Applicants",
    "ElectionDates",
    "Facts",
    "Held",
    "PostAsked",
    "Window",
    "WindowState",
    "applicants",
    "choice_problems",
    "election_dates",
    "election_window",
    "eligibility",
    "find",
    "highest_age",
    "member_problems",
    "panel_body",
    "panel_problems",
    "quorum",
    "results_published",
    "weights_problems",
    "window",
]
