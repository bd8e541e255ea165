"""Choices of appointing officials: how often another than the first was taken, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.ledger.sql import fetch
from pamong.merit import policies
from pamong.merit.signals import Choice, Skips, rank_skips

# Who answers for a choice is whoever gave the signature; its day is that of the order.
_CHOICES = """
SELECT v.uid, v.title, c.rank, c.reason, c.decision, s.name, o.number, o.dated_on
FROM merit_choice c JOIN merit_vacancy v ON v.id = c.vacancy_id
JOIN decisions_decision d ON d.uid = c.decision
JOIN decisions_order o ON o.decision_id = d.id
JOIN decisions_stepact s ON s.decision_id = d.id AND s.part = 'sign'
WHERE o.dated_on >= %(since)s::date ORDER BY o.dated_on DESC, c.id DESC
"""


@dataclass(frozen=True, slots=True)
class Departure:
    """A post that was given to another than the first of its locked names, by whom, and why."""

    vacancy: UUID
    title: str
    rank: int
    reason: str
    decision: UUID
    by: str
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class Departures:
    """Of so many choices those that took not the first, newest first, and the pattern of each official."""

    choices: int
    rows: Sequence[Departure]
    patterns: Sequence[Skips]


def list_departures(*, actor: Actor, since: date) -> Departures:
    """Orders of selections since a day that took not the first. ``NotAllowed``. One query."""
    access.require_whole(actor, policies.READ)
    found = [Departure(*row) for row in fetch(_CHOICES, {"since": since})]
    patterns = rank_skips(Choice(each.by, each.rank, each.on) for each in found)
    return Departures(len(found), [each for each in found if each.rank > 1], patterns)
