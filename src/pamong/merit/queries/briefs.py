"""What of vacancies concerns somebody today, in one look: sheets to fill in, and posts to apply for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.ledger.sql import fetch
from pamong.merit import policies

_SHOWN = 5
# Steps of each vacancy that runs: announced, applications closed, scores still sealed.
_BRIEF = """
WITH running AS (
  SELECT v.id, v.uid, v.title, c.closes_on, bool_or(s.step = 'closed') AS closed
  FROM merit_vacancy v JOIN merit_criteria c ON c.vacancy_id = v.id
  JOIN merit_vacancystep s ON s.vacancy_id = v.id
  GROUP BY v.id, c.id HAVING bool_or(s.step = 'announced') AND NOT bool_or(s.step IN ('scored', 'cancelled'))
)
SELECT 'score', r.uid, r.title, r.closes_on FROM running r
JOIN merit_panelmember m ON m.vacancy_id = r.id AND m.user_id = %(user)s
WHERE r.closed AND NOT EXISTS (SELECT 1 FROM merit_recusal x WHERE x.member_id = m.id)
  AND EXISTS (SELECT 1 FROM merit_application a JOIN merit_criteriaelement e ON e.vacancy_id = a.vacancy_id
    WHERE a.vacancy_id = r.id
    AND NOT EXISTS (SELECT 1 FROM merit_score g
      WHERE g.member_id = m.id AND g.application_id = a.id AND g.element_id = e.id)
    AND NOT EXISTS (SELECT 1 FROM merit_eligibilityrow q WHERE q.application_id = a.id AND q.is_firm
      AND q.answer = 'not_met'
      AND NOT EXISTS (SELECT 1 FROM merit_overruling o WHERE o.condition_id = q.id)))
UNION ALL
SELECT 'apply', r.uid, r.title, r.closes_on FROM running r
WHERE NOT r.closed AND r.closes_on >= %(on)s::date
  AND NOT EXISTS (SELECT 1 FROM merit_application a WHERE a.vacancy_id = r.id AND a.person_id = %(person)s)
  AND NOT EXISTS (SELECT 1 FROM merit_panelmember m WHERE m.vacancy_id = r.id AND m.user_id = %(user)s)
ORDER BY 4, 2
"""


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A vacancy that asks something of the actor."""

    uid: UUID
    title: str
    closes_on: date


@dataclass(frozen=True, slots=True)
class Brief:
    """Vacancies whose sheet the actor has not filled in, and those that he could apply for, the first few of
    ``open`` in all."""

    to_score: Sequence[BriefRow]
    to_apply: Sequence[BriefRow]
    open: int


def get_brief(*, actor: Actor) -> Brief:
    """What waits for the actor. Whether he meets the conditions, the page of the post tells. ``NotAllowed``.
    One query."""
    access.require(actor, policies.APPLY)
    asked = {"user": actor.user_id, "person": actor.person_id, "on": actor.on}
    rows = fetch(_BRIEF, asked)
    found = {
        what: [BriefRow(*row[1:]) for row in rows if row[0] == what] for what in ("score", "apply")
    }  # fmt: skip
    return Brief(found["score"], found["apply"][:_SHOWN], len(found["apply"]))
