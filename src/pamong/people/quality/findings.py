"""What was found, one by one: whom it is about, what to do, and who accepted it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.access.policies import may_over_others
from pamong.access.queries import Scope
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.law.engine.plan import Law
from pamong.people.choices import EmploymentKind
from pamong.people.errors import FindingGone
from pamong.people.policies import require_reason
from pamong.people.quality.board import LIST, READ
from pamong.people.quality.kinds import Rule
from pamong.people.quality.rules import BY_CODE
from pamong.people.quality.sql import statement
from pamong.people.queries.rows import full_name
from pamong.people.queries.scope import within

PAGE = 50
ACCEPT = "people:verify"
_COLUMNS = """j.rule, j.subject, j.person_id, j.unit_uid, j.unit_name, j.opd_name, j.variant, j.told, j.mark,
  j.accepted, j.reason, j.by_name, j.at, j.until, b.name, b.front_title, b.back_title, b.nip"""
_FROM = "FROM judged j LEFT JOIN base b ON b.id = j.person_id"
_PAGE = f"""
SELECT s.open, s.done, x.* FROM (SELECT count(*) FILTER (WHERE NOT accepted) AS open,
  count(*) FILTER (WHERE accepted) AS done FROM judged) s
LEFT JOIN (SELECT {_COLUMNS} {_FROM} WHERE j.accepted = %(accepted)s
  ORDER BY j.rule, j.opd_name, j.unit_name, lower(b.name), j.subject LIMIT %(size)s OFFSET %(skip)s) x ON TRUE
"""  # noqa: S608 (of constants alone)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Who said that it is really so, why, when, and until when that holds."""

    by: str
    reason: str
    at: datetime
    until: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: of which rule, about which person or unit (``subject``), and what was found.

    ``person_id`` is None for a finding about a unit; ``label`` is the name with titles, or
    the unit's. ``values`` are in words, for the sentence.
    """

    rule: Rule
    subject: UUID
    person_id: int | None
    name: str
    label: str
    nip: str
    unit_uid: UUID | None
    unit: str
    opd: str
    variant: str
    values: Mapping[str, str]
    mark: str
    accepted: Accepted | None

    @property
    def template(self) -> str:
        """The sentence before its values are put in, for pages in another language."""
        return self.rule.sentences[self.variant]

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        return self.template % self.values


@dataclass(frozen=True, slots=True)
class FindingPage:
    """One page of findings and how many there are: open ones, and accepted ones."""

    rows: Sequence[Finding]
    open: int
    accepted: int
    page: int
    last: int


def list_findings(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    law: Law,
    rules: Sequence[Rule],
    unit: str = "",
    accepted: bool = False,
    page: int = 1,
    size: int = PAGE,
    reason: str = "",
) -> FindingPage:
    """The open (or the accepted) findings of some rules within the scope, by office, unit and name.

    One row in the read log names the people shown, and the ``reason`` of whoever takes numbers along in
    full. ``NotAllowed``; ``ReasonMissing`` for one that says nothing.
    """
    why = require_reason(reason) if reason else ""
    scope = _scope(actor, rules)
    made = statement(actor, scope, law, on, rules, unit)
    asked = {"accepted": accepted, "size": size}
    page = max(1, page)
    rows = made.fetch(_PAGE, skip=(page - 1) * size, **asked)
    last = max(1, -(-rows[0][1 if accepted else 0] // size))
    if page > last:
        page = last
        rows = made.fetch(_PAGE, skip=(page - 1) * size, **asked)
    findings = [finding_of(row[2:]) for row in rows if row[2] is not None]
    _log(actor, at, findings, why)
    return FindingPage(findings, rows[0][0], rows[0][1], page, last)


def get_finding(*, actor: Actor, at: datetime, on: date, law: Law, rule: Rule, subject: UUID) -> Finding:
    """What one rule finds about one person or unit, open or accepted. ``FindingGone`` where it finds nothing
    or he lies outside the scope. ``NotAllowed``."""
    made = statement(actor, _scope(actor, [rule]), law, on, [rule])
    rows = made.fetch(f"SELECT {_COLUMNS} {_FROM} WHERE j.subject = %(subject)s", subject=subject)
    if not rows:
        raise FindingGone
    finding = finding_of(rows[0])
    _log(actor, at, [finding])
    return finding


def may_accept(*, actor: Actor, finding: Finding) -> bool:
    """Whether the actor may say that a finding is really so: an officer, and not about himself."""
    if finding.person_id is None:
        return may_over_others(actor, ACCEPT)
    return finding.person_id != actor.person_id and within(actor, ACCEPT, finding.person_id)


def finding_of(row: tuple[Any, ...]) -> Finding:
    """A row of the statement in words."""
    code, subject, person_id, unit_uid, unit, opd, variant, told, mark = row[:9]
    accepted, reason, by, at, until, name, front, back, nip = row[9:]
    return Finding(
        BY_CODE[code],
        subject,
        person_id,
        name or unit,
        full_name(name, front, back) if name else unit,
        nip or "",
        unit_uid,
        unit or "",
        opd or "",
        variant,
        {key: _spelled(key, value) for key, value in json.loads(told).items()},
        mark,
        Accepted(by, reason, at, until) if accepted else None,
    )


def _scope(actor: Actor, rules: Sequence[Rule]) -> Scope:
    """Findings about units tell of nobody: whoever sees their number sees them."""
    return access.scoped(actor, READ if all(rule.of_units for rule in rules) else LIST)


def _spelled(name: str, value: Any) -> str:
    if name.endswith("_on"):
        return format_date(date.fromisoformat(value))
    if name == "kind":
        return EmploymentKind(value).label
    return str(value)


def _log(actor: Actor, at: datetime, findings: Sequence[Finding], reason: str = "") -> None:
    others = [each.subject for each in findings if each.person_id not in (None, actor.person_id)]
    access_services.log_read(actor=actor, at=at, path="quality.list", subjects=others, reason=reason)
