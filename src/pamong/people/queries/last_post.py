"""The post that somebody held last: age limits follow it where he has none now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# A condition and the order follow: by person, the last appointment first, and of its seat the last row first.
LAST_POSTS = """SELECT DISTINCT ON (w.person_id) w.person_id, r.unit_id, t.name, t.kind, t.jenjang, t.family,
  (LEAST(upper(w.period), %(on)s::date) - 1) AS last_day
FROM people_appointment w
JOIN organisation_seatrow r ON r.seat_id = w.seat_id AND r.superseded_at IS NULL AND r.period && w.period
JOIN organisation_post t ON t.id = r.post_id
  AND w.kind = 'regular' AND w.superseded_at IS NULL
  AND lower(w.period) <= %(on)s::date AND lower(r.period) <= %(on)s::date"""
LAST_POST_OF = (
    f"{LAST_POSTS} WHERE w.person_id = {{person}} ORDER BY w.person_id, w.period DESC, r.period DESC"
)


@dataclass(frozen=True, slots=True)
class LastPost:
    """The name of the post and the last day in it, of somebody who has none now."""

    name: str
    last_day: date
