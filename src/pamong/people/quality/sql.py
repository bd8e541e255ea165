"""The statement of the data-quality list: everybody in reach once, all rules over it, what was accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from pamong.access.queries import Scope
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law
from pamong.ledger.dated import Known
from pamong.organisation.choices import subtree
from pamong.people.quality import legal
from pamong.people.quality.kinds import Rule
from pamong.people.queries import rows
from pamong.people.queries.scope import condition

# Whoever is in service, but for TKPK, of whom only history is kept. Held in memory: all rules read it.
_BASE = """
base AS MATERIALIZED (
  SELECT p.id, p.uid, i.name, i.front_title, i.back_title, i.sex, i.birth_date, i.nik, e.kind, e.nip,
    e.standing, r.golongan, a.seat_id, s.seat_id IS NOT NULL AS placed, s.post_id, s.post_name, s.post_kind,
    s.jenjang, s.eselon, s.family, s.job_class, u.uid AS unit_uid, u.code AS unit_code, u.name AS unit_name,
    u.opd_code, u.opd_name
  {source} WHERE e.kind <> 'TKPK' AND {where} {below}
),
began AS (  -- the first day of service, the first under the NIP that holds, and the first as CPNS under it
  SELECT b.id, min(lower(m.period)) AS service, min(lower(m.period)) FILTER (WHERE m.nip = b.nip) AS since,
    min(lower(m.period)) FILTER (WHERE m.nip = b.nip AND m.kind = 'CPNS') AS cpns
  FROM people_employment m JOIN base b ON b.id = m.person_id WHERE m.superseded_at IS NULL
  GROUP BY b.id
)"""
_OF_PERSON = """SELECT '{code}' AS rule, b.uid AS subject, b.id AS person_id, b.unit_uid, b.unit_code,
  b.unit_name, b.opd_code, b.opd_name, {variant} AS variant, {told} AS told {sql}"""
_OF_UNIT = """SELECT '{code}' AS rule, u.uid AS subject, NULL::bigint AS person_id, u.uid AS unit_uid,
  u.code AS unit_code, u.name AS unit_name, u.opd_code, u.opd_name, {variant} AS variant, {told} AS told
  {sql} AND {reach} {below}"""
# The last word on a finding holds while the same is found, and until its day.
_JUDGED = """
last AS (SELECT DISTINCT ON (rule, subject) * FROM people_qualityaccept ORDER BY rule, subject, id DESC),
judged AS (
  SELECT f.*, m.mark, q.id IS NOT NULL AS accepted, q.reason, q.by_name, q.at, q.until
  FROM found f
  CROSS JOIN LATERAL (SELECT encode(sha256(convert_to(f.variant || f.told::text, 'UTF8')), 'hex') AS mark) m
  LEFT JOIN last q ON q.rule = f.rule AND q.subject = f.subject AND q.mark = m.mark AND q.accepted
    AND (q.until IS NULL OR q.until > %(on)s::date)
)"""


@dataclass(frozen=True, slots=True)
class Statement:
    """``WITH`` clauses that end in ``judged``, one row a finding, and their parameters."""

    head: str
    params: dict[str, Any]
    whole: bool

    def fetch(self, select: str, **more: Any) -> list[tuple[Any, ...]]:
        """The rows of a ``SELECT`` that follows the clauses.

        Over a whole government all tables are read once and joined by hash. The planner can't know that: it
        has no statistics of what rules find, and one wrong guess means minutes in nested loops.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            if self.whole:
                cursor.execute("SET LOCAL enable_nestloop = off")
            cursor.execute(self.head + select, self.params | more)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            if self.whole:
                cursor.execute("SET LOCAL enable_nestloop = on")
        return found


def statement(
    actor: Actor, scope: Scope, law: Law, on: date, rules: Sequence[Rule], unit: str = ""
) -> Statement:
    """The findings of some rules within a scope as of a date; ``unit`` narrows to a unit and all below it."""
    where, params = condition(actor, scope)
    known = Known(on, None)
    below = "AND u.path ~ %(under)s::lquery" if unit else ""
    base = _BASE.format(source=rows.source(known), where=where, below=below)
    found = " UNION ALL ".join(_of(rule, scope, below) for rule in rules)
    head = f"WITH {base}, {legal.TABLES}, found AS ({found}), {_JUDGED}"
    return Statement(
        head,
        params
        | rows.params(known)
        | legal.parameters(law, on)
        | {"under": subtree(unit), "scope_units": [subtree(code) for code in scope.units]},
        scope.whole,
    )


def _of(rule: Rule, scope: Scope, below: str) -> str:
    told = rule.told or {}
    pairs = ", ".join(f"'{name}', {value}" for name, value in told.items())
    return (_OF_UNIT if rule.of_units else _OF_PERSON).format(
        code=rule.code,
        variant=rule.variant,
        told=f"jsonb_build_object({pairs})",
        sql=rule.sql,
        reach="TRUE" if scope.whole else "u.path ? %(scope_units)s::lquery[]",
        below=below,
    )
