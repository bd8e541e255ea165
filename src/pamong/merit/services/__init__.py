"""Acts on vacancies: propose the decisions, announce, apply, close, sit, score, open the scores, cancel."""

from pamong.merit.services.applying import Applied, apply
from pamong.merit.services.proposing import (
    Member,
    propose_appointment,
    propose_lock,
    propose_overruling,
    propose_panel,
    propose_vacancy,
    try_vacancy,
)
from pamong.merit.services.scoring import Given, correct_score, give_scores
from pamong.merit.services.sitting import declare_present, recuse
from pamong.merit.services.steps import announce, cancel, close_applications, open_scores

__all__ = [
    "Applied",
    "Given",
    "Member",
    "announce",
    "apply",
    "cancel",
    "close_applications",
    "correct_score",
    "declare_present",
    "give_scores",
    "open_scores",
    "propose_appointment",
    "propose_lock",
    "propose_overruling",
    "propose_panel",
    "propose_vacancy",
    "recuse",
    "try_vacancy",
]
