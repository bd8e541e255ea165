"""What departs from the plain path: what was signed past a doubt, entered late, past the clock, withdrawn.
Domains above say what they keep of it when the application starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.ledger.sql import fetch

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
SELECT f.what, d.kind, d.title, f.text, f.at, d.uid, d.person_id FROM found f
JOIN decisions_decision d ON d.id = f.decision_id
WHERE %(what)s = '' OR f.what = %(what)s ORDER BY f.at DESC, d.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Departure:
    """One departure: its code, of what, and in which words it was answered for, with the names of who did it.

    ``about`` is the code of a kind of decision or words of the domain, ``person`` the id of whom it is about.
    """

    what: str
    about: str
    title: str
    text: str
    at: datetime
    link: str
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: ``what`` is a code, '' for all; ``most`` rows are enough, the newest."""

    since: date
    what: str
    most: int

    @property
    def parameters(self) -> dict[str, object]:
        """The same for a statement of SQL."""
        return {"since": self.since, "what": self.what, "most": self.most}


@dataclass(frozen=True, slots=True)
class Source:
    """What one domain keeps: its codes with what people read, and where the rows come from."""

    labels: Mapping[str, str]
    find: Callable[[Asked], Iterable[Departure]]


def _of_decisions(asked: Asked) -> Iterable[Departure]:
    for what, kind, title, text, at, uid, person in fetch(_ROWS, asked.parameters):
        yield Departure(what, kind, title, text, at, f"/keputusan/{UUID(str(uid))}", person)


DECIDED = Source(
    {
        "warned": "Ditandatangani dengan catatan",
        "late": "Dientri terlambat",
        "clock": "Lewat batas waktu",
        "above": "Diputus jabatan di atasnya",
        "delegated": "Diputus dengan pendelegasian",
        "changed": "Diubah saat ditandatangani",
        "objected": "Mendapat keberatan",
        "withdrawn": "Usulan ditarik",
    },
    _of_decisions,
)
_SOURCES: list[Source] = [DECIDED]


def register_departures(source: Source) -> None:
    """Add what a domain keeps to the inspector's register; once each, when the application starts."""
    _SOURCES.append(source)


def sources_of(what: str) -> list[Source]:
    """The sources that know a code; all for ''."""
    return [source for source in _SOURCES if not what or what in source.labels]


def departure_labels() -> dict[str, str]:
    """All codes with what people read, in the order in which they were registered."""
    return {code: label for source in _SOURCES for code, label in source.labels.items()}
