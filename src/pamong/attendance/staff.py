"""Who has a post at or below a unit on any day of a month: whose rosters that unit keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from pamong.attendance.sql import fetch
from pamong.kernel.period import Period
from pamong.people.queries import full_name

_STAFF = """
SELECT p.id, p.uid, i.name, i.front_title, i.back_title FROM people_person p
LEFT JOIN LATERAL (SELECT j.name, j.front_title, j.back_title FROM people_identity j
  WHERE j.person_id = p.id AND j.superseded_at IS NULL ORDER BY j.period DESC LIMIT 1) i ON TRUE
WHERE (%(uids)s::uuid[] IS NULL OR p.uid = ANY(%(uids)s)) AND p.id IN (
  SELECT a.person_id FROM people_appointment a
  JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL AND s.period && a.period
  JOIN organisation_unitplace u ON u.unit_id = s.unit_id AND u.period && s.period
  WHERE a.superseded_at IS NULL AND a.kind IN ('regular', 'plt', 'plh')
    AND a.period * s.period * u.period && daterange(%(first)s::date, %(end)s::date)
    AND u.path <@ %(path)s::ltree)
"""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who has a post there, as he is called; ``plain``: without titles."""

    id: int
    uid: UUID
    name: str
    plain: str

    def is_called(self, text: str) -> bool:
        """Whether somebody who writes this means him: titles may be missing or others."""
        said, plain = _words(text), _words(self.plain)
        if said in (plain, _words(self.name)):
            return True
        titles = set(_words(self.name)) - set(plain)
        return [word for word in _words(text.partition(",")[0]) if word not in titles] == plain


def staff_of(path: str, month: Period, among: Iterable[UUID] | None = None) -> dict[UUID, Member]:
    """Those who have a post there, by their uids, of a unit by its path; all of them, or those among some."""
    uids = None if among is None else list(among)
    found = fetch(_STAFF, {"uids": uids, "first": month.start, "end": month.end, "path": path})
    return {
        uid: Member(id_, uid, full_name(*map(_text, named)), _text(named[0])) for id_, uid, *named in found
    }


def _words(text: str) -> list[str]:
    """The words of a name, as they sound: ``Ma'ruf`` and ``Maruf`` are one."""
    return re.sub(r"[^\w\s,]", "", text.casefold()).replace(",", " ").split()


def _text(value: str | None) -> str:
    return value or ""
