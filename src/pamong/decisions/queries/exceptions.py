"""The inspector's register: what was signed past a doubt, entered late, passed by the clock, or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.decisions import policies
from pamong.decisions.sql import fetch
from pamong.decisions.types import kind_of
from pamong.kernel.actor import Actor
from pamong.people.services import reading

EXCEPTION_KINDS = {
    "warned": "Ditandatangani dengan catatan",
    "late": "Dientri terlambat",
    "clock": "Lewat batas waktu",
    "above": "Diputus jabatan di atasnya",
    "delegated": "Diputus dengan pendelegasian",
    "changed": "Diubah saat ditandatangani",
    "objected": "Mendapat keberatan",
    "withdrawn": "Usulan ditarik",
}
MOST = 500
_ROWS = """
WITH found AS (
  SELECT g.decision_id, 'warned' AS what, g.title || ': ' || g.reason AS text, g.at
  FROM decisions_gaterow g WHERE g.stage = 'signed' AND g.verdict = 'warn' AND g.at >= %(since)s
  UNION ALL
  SELECT o.decision_id, 'late', 'Nomor ' || o.number, o.at FROM decisions_order o
  WHERE o.late AND o.at >= %(since)s
  UNION ALL
  SELECT s.decision_id, CASE WHEN s.reach IN ('above', 'delegated') THEN s.reach ELSE 'clock' END,
    s.name || ', ' || s.office, s.at
  FROM decisions_stepact s
  WHERE (s.late OR s.reach IN ('above', 'delegated', 'escalated')) AND s.at >= %(since)s
  UNION ALL
  SELECT s.decision_id, 'changed', s.name || ': ' || s.reason, s.at FROM decisions_stepact s
  WHERE s.part = 'sign' AND s.answer = 'change' AND s.at >= %(since)s
  UNION ALL
  SELECT j.decision_id, 'objected', j.by || ': ' || j.text, j.filed_at FROM decisions_objection j
  WHERE j.filed_at >= %(since)s
  UNION ALL
  SELECT d.id, 'withdrawn', 'Diajukan ' || d.entered_name || COALESCE(': ' || NULLIF(d.withdrawal, ''), ''),
    d.closed_at FROM decisions_decision d
  WHERE d.state = 'withdrawn' AND d.closed_at >= %(since)s
)
SELECT d.uid, d.kind, d.title, d.person_id, f.what, f.text, f.at FROM found f
JOIN decisions_decision d ON d.id = f.decision_id
WHERE %(what)s = '' OR f.what = %(what)s ORDER BY f.at DESC, d.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One departure from the plain path: of which decision, what, and in which words it was answered for."""

    decision: UUID
    kind_title: str
    title: str
    person: str
    what: str
    label: str
    text: str
    at: datetime


def list_exceptions(*, actor: Actor, at: datetime, since: date, what: str = "") -> Sequence[ExceptionRow]:
    """Departures since a day, or since an instant of the database's clock, newest first; whom they are about
    is logged. ``NotAllowed``."""
    access.require_whole(actor, policies.EXCEPTIONS)
    rows = fetch(_ROWS, {"since": since, "what": what, "most": MOST})
    people = sorted({row[3] for row in rows if row[3] is not None})
    names = reading.names_of(people)
    if people:
        uids = reading.uids_of(people).values()
        access_services.log_read(actor=actor, at=at, path=policies.EXCEPTIONS, subjects=uids)
    return tuple(_row(row, names) for row in rows)


def _row(row: tuple[Any, ...], names: dict[int, str]) -> ExceptionRow:
    uid, kind, title, person, what, text, at = row
    return ExceptionRow(
        uid, kind_of(kind).title, title, names.get(person, ""), what, EXCEPTION_KINDS[what], text, at
    )
