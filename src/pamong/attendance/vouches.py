"""Times that were told: whose they are, and on whose word those stand that no machine told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from pamong.attendance.sql import fetch

# On whose word an event of a punch p rests; '' where a machine tells it.
VOUCH = """CASE WHEN p.source <> 'manual' THEN '' WHEN starts_with(p.raw, 'koreksi ') THEN 'correction'
  ELSE 'sheet' END"""
# Whose a punch is: whom it names, else who has its number on its day.
OWNED = f"""
SELECT p.at, p.zone, p.local_at, p.local_on, p.source, p.direction, p.grain, p.id, p.device_id, p.file_id,
  p.line,
  COALESCE(p.person_id, n.person_id) AS person_id, p.pin, {VOUCH} AS vouch
FROM attendance_punch p
LEFT JOIN attendance_pin n ON p.person_id IS NULL AND n.group_id = p.group_id AND n.pin = p.pin
  AND n.superseded_at IS NULL AND n.period @> p.local_on
WHERE TRUE
"""  # noqa: S608 - our own statement
# What machines and people told of some days, by person.
_TAPPED = f"""
SELECT d.person_id, d.on, o.local_at, o.vouch FROM unnest(%(ids)s::bigint[], %(days)s::date[])
  AS d (person_id, "on")
JOIN LATERAL ({OWNED} AND p.at >= d.on - interval '1 day' AND p.at < d.on + interval '2 days'
  AND COALESCE(p.person_id, n.person_id) = d.person_id AND p.local_on = d.on) o ON TRUE
ORDER BY 1, 2, 3
"""  # noqa: S608 - our own statements


class Vouch(StrEnum):
    """Whose word an event of source *manual* rests on: an agreed correction, or an officer's sheet."""

    CORRECTION = "correction"
    SHEET = "sheet"

    @property
    def label(self) -> str:
        """The word for it that stands beside a time."""
        return {Vouch.CORRECTION: "koreksi", Vouch.SHEET: "catatan petugas"}[self]


Tap = tuple[datetime, Vouch | None]


def taps_of(days: Sequence[tuple[int, date]]) -> Mapping[tuple[int, date], Sequence[Tap]]:
    """The wall times that were recorded on these days of persons, and on whose word each of them stands; None
    where a machine tells."""
    found: dict[tuple[int, date], list[Tap]] = {}
    asked = {"ids": [person for person, _ in days], "days": [on for _, on in days]}
    for person, on, wall, vouch in fetch(_TAPPED, asked) if days else ():
        found.setdefault((person, on), []).append((wall, Vouch(vouch) if vouch else None))
    return found
