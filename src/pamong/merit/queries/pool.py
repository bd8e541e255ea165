"""Who of all in service could apply, and why not the others: the call is open to all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.access import policies as access
from pamong.decisions.site import site_law
from pamong.kernel.actor import Actor
from pamong.kernel.paging import bounded
from pamong.law import merit as law
from pamong.law.conditions import Answer
from pamong.law.merit import PostAsked
from pamong.ledger.sql import fetch
from pamong.merit import policies
from pamong.merit.judging import candidates, judge
from pamong.merit.queries.sight import log, sight_of

PAGE = 50
_IN_SERVICE = """
SELECT e.person_id FROM people_employment e WHERE e.superseded_at IS NULL AND e.period @> %(on)s::date
  AND e.kind IN ('PNS', 'CPNS') ORDER BY e.person_id
"""
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class PoolRow:
    """Somebody in service; ``why`` are the sentences that keep him out, () for who could apply."""

    uid: UUID
    name: str
    why: Sequence[str]
    unknown: int


@dataclass(frozen=True, slots=True)
class PoolPage:
    """One page of those who could apply, or of the others; how many there are of both."""

    rows: Sequence[PoolRow]
    eligible: int
    others: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Codes of the conditions that somebody does not meet, and of those that nobody knows."""

    not_met: frozenset[str]
    unknown: frozenset[str]


def judge_persons(
    *, actor: Actor, kind: str, eselon: str, persons: Collection[int], on: date
) -> Mapping[int, Verdicts]:
    """How persons, by their database ids, stand for a post of a kind on a day. ``NotAllowed``."""
    access.require_whole(actor, policies.READ)
    rules, post = site_law(), PostAsked(kind, eselon, False)
    found = {}
    for who in candidates(persons, on).values():
        answers = [(each.code, each.answer) for each in law.eligibility(rules, post, who.facts, on)]
        found[who.id] = Verdicts(
            frozenset(code for code, answer in answers if answer is Answer.NOT_MET),
            frozenset(code for code, answer in answers if answer is Answer.UNKNOWN),
        )
    return found


def list_pool(*, actor: Actor, at: datetime, vacancy: UUID, eligible: bool = True, page: int = 1) -> PoolPage:
    """Judge everybody in service for a post as of today. ``NotAllowed``, ``VacancyNotFound``."""
    access.require_whole(actor, policies.READ)
    row = sight_of(actor, vacancy).row
    ids = [person for (person,) in fetch(_IN_SERVICE, {"on": actor.on})]
    found: list[tuple[int, PoolRow]] = []
    for start in range(0, len(ids), _CHUNK):
        for who in candidates(ids[start : start + _CHUNK], actor.on).values():
            conditions = judge(row, who, actor.on)
            why = [each.text for each in conditions if each.bars]
            unknown = sum(each.firm and each.answer.value == "unknown" for each in conditions)
            found.append((who.id, PoolRow(who.uid, who.name, tuple(why), unknown)))
    can = [each for each in found if not each[1].why]
    asked = sorted(can if eligible else [each for each in found if each[1].why], key=lambda x: x[1].name)
    page, last = bounded(page, len(asked), PAGE)
    shown = asked[(page - 1) * PAGE : page * PAGE]
    log(actor, at, "merit.pool", [person for person, _ in shown])
    return PoolPage([each for _, each in shown], len(can), len(found) - len(can), page, last)
