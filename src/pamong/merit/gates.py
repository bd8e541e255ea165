"""Conditions of the law as gates of decisions on vacancies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pamong.decisions.choices import Verdict
from pamong.decisions.site import site_law
from pamong.decisions.types import Gate
from pamong.law import merit as law
from pamong.law.conditions import Answer, Condition

_VERDICTS = {
    Answer.MET: Verdict.ALLOW,
    Answer.NOT_MET: Verdict.BLOCK,
    Answer.UNKNOWN: Verdict.UNKNOWN,
}


def gate(
    code: str, title: str, condition: Condition, *, unknown: Verdict = Verdict.UNKNOWN,
    practice: Verdict = Verdict.WARN,
) -> Gate:  # fmt: skip
    """One condition as a gate. ``unknown``: what it says of what is not known; ``practice``: of what is not
    met by a rule that is only practice."""
    verdict = _VERDICTS[condition.answer]
    if verdict is Verdict.UNKNOWN:
        verdict = unknown
    if verdict is Verdict.BLOCK and not condition.firm:
        verdict = practice
    return said(code, title, verdict, condition.text, condition)


def said(code: str, title: str, verdict: Verdict, text: str, condition: Condition | None) -> Gate:
    """A gate in words of its own, with where the rule of a condition stands."""
    if condition is None:
        return Gate(code, title, verdict, text)
    link = condition.citation.link if condition.citation else ""
    evidence = condition.evidence.value if condition.evidence else ""
    return Gate(
        code, title, verdict, text, condition.value, condition.threshold, condition.source, link or "",
        evidence,
    )  # fmt: skip


def worst(code: str, title: str, gates: Sequence[Gate], fine: str) -> Gate:
    """Many gates as one: the worst verdict, the sentences of those that are not simply met."""
    order = (Verdict.BLOCK, Verdict.UNKNOWN, Verdict.WARN)
    odd = [each for verdict in order for each in gates if each.verdict is verdict]
    if not odd:
        return Gate(code, title, Verdict.ALLOW, fine)
    first, text = odd[0], " ".join(dict.fromkeys(each.sentence for each in odd))
    return Gate(
        code, title, first.verdict, text, first.value, first.threshold, first.article, first.link,
        first.evidence,
    )  # fmt: skip


def election(on: date, consent: str) -> Gate:
    """Whether officials may be replaced on a day; ``consent``: the Minister's letter for this post."""
    rules = site_law()
    found = law.election_window(rules, law.election_dates(rules, on), on, consent=consent)
    return gate("election", "Masa pemilihan kepala daerah", found)
