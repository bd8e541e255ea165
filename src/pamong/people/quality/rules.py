"""The twenty-one rules, in the order in which pages show them, and how one is found."""

from __future__ import annotations

from pamong.people.errors import RuleNotFound
from pamong.people.quality import accurate, complete, consistent, timely
from pamong.people.quality.kinds import Rule

RULES: tuple[Rule, ...] = (*complete.RULES, *accurate.RULES, *consistent.RULES, *timely.RULES)
BY_CODE = {rule.code: rule for rule in RULES}
_BY_SLUG = {rule.slug: rule for rule in RULES}


def rule_of(slug: str) -> Rule:
    """The rule that an address names. ``RuleNotFound``."""
    if slug not in _BY_SLUG:
        raise RuleNotFound
    return _BY_SLUG[slug]
