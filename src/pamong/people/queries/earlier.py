"""Who held a seat before: only those whose files the reader may open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.people.queries import rows
from pamong.people.queries.rows import fetch, full_name
from pamong.people.queries.seats import Holder, reach

_MOST = 10
_EARLIER = """
SELECT p.uid, p.id, i.name, i.front_title, i.back_title, min(lower(a.period)), max(upper(a.period))
FROM people_appointment a JOIN people_person p ON p.id = a.person_id
JOIN people_identity i ON i.person_id = p.id AND {i}
WHERE a.seat_id = %(seat)s AND a.kind = 'regular' AND a.superseded_at IS NULL AND ({reach})
GROUP BY p.id, i.name, i.front_title, i.back_title
HAVING max(upper(a.period)) <= %(on)s::date AND NOT bool_or(upper_inf(a.period))
ORDER BY 7 DESC LIMIT %(most)s
"""


def list_earlier_holders(*, actor: Actor, at: datetime, on: date, seat_id: int) -> Sequence[Holder]:
    """The last few who held a seat for good and do no more, the latest first, with their first and last days.

    Within the actor's reach over people's files; one row in the read log names them.
    """
    known = rows.as_known(on, None)
    within, more = reach(actor)
    found = fetch(
        _EARLIER.format(i=known.sql("i"), reach=within),
        rows.params(known) | more | {"seat": seat_id, "most": _MOST},
    )
    others = [uid for uid, person, *_rest in found if person != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="people.list", subjects=others)
    return [
        Holder(uid, full_name(*name), "regular", since, until, reachable=True)
        for uid, _person, *name, since, until in found
    ]
