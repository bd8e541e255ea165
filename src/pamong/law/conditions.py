"""Conditions of the law: met, not met or unknown, each with its value, threshold, article and sentence. Pure.

What is not known is *unknown*, never met and never not met. Whether a condition that is not met bars an act
depends on how well its rule is known: what is only secondary or an example is shown, and bars nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pamong.law.career import Cited
from pamong.law.engine.evidence import Citation, Evidence

_FIRM = (Evidence.TEXT, Evidence.OFFICIAL)


class Answer(StrEnum):
    """What is known of a condition."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The answer as users read it."""
        return {"met": "Terpenuhi", "not_met": "Tidak terpenuhi", "unknown": "Belum diketahui"}[self.value]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition with its answer.

    ``text`` is a plain Indonesian sentence, ``value`` what was found and ``threshold`` what is asked, both as
    people read them ('' where there is nothing to show). ``evidence`` is how well the rule is known; None: no
    rule is known. ``firm`` says whether not meeting it may stop an act.
    """

    code: str
    answer: Answer
    text: str
    value: str = ""
    threshold: str = ""
    citation: Citation | None = None
    evidence: Evidence | None = None
    firm: bool = False

    @property
    def bars(self) -> bool:
        """Whether it stops the act: not met, by a rule that is known well enough."""
        return self.firm and self.answer is Answer.NOT_MET

    @property
    def source(self) -> str:
        """Regulation and article as people read them, or ''."""
        return self.citation.text if self.citation else ""


def condition(
    code: str,
    answer: Answer | bool | None,
    text: str,
    rule: Cited[Any] | None,
    *,
    value: str = "",
    threshold: str = "",
    only_shown: bool = False,
) -> Condition:
    """A condition by a rule of the law; ``answer`` may be a three-valued truth.

    ``only_shown``: it bars nothing even where the rule is firm, since somebody else has to act.
    """
    if not isinstance(answer, Answer):
        answer = Answer.UNKNOWN if answer is None else Answer.MET if answer else Answer.NOT_MET
    evidence = rule.evidence if rule else None
    firm = evidence in _FIRM and not only_shown
    return Condition(code, answer, text, value, threshold, rule.citation if rule else None, evidence, firm)


def overall(conditions: Iterable[Condition]) -> Answer:
    """Not met if a firm one is not met; unknown if a firm one is, or if there is none at all; else met."""
    firm = [each.answer for each in conditions if each.firm]
    if Answer.NOT_MET in firm:
        return Answer.NOT_MET
    return Answer.UNKNOWN if Answer.UNKNOWN in firm or not firm else Answer.MET
