"""One person as of a date, as one row: the join that lists, pickers and exports share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.kernel import paging
from pamong.ledger.dated import Known
from pamong.ledger.sql import fetch as fetch  # noqa: PLC0414 - part of the face

COLUMNS = """
p.id, p.uid, i.name, i.front_title, i.back_title, i.sex, i.birth_date, e.kind, e.nip, e.standing, r.golongan,
s.post_name, s.post_kind, s.jenjang, s.job_class, s.is_head, u.uid AS unit_uid, u.code AS unit_code,
u.name AS unit_name, u.opd_name, e.end_reason, upper(e.period) AS ends_on, s.family
"""
_ONE = "SELECT {columns} {source} WHERE p.id = %(person)s"


def service(known: Known, status: str, stretch: Sequence[str], person: Sequence[str]) -> str:
    """A statement of persons by conditions on them, and on a ``stretch`` of their service, both on ``e``.

    'active' is the stretch that holds on the date, 'ended' the last one of those whose service ended before,
    '' the last one that has begun; whose service has not begun is among '' as long as nothing is asked of it.
    """
    if not (status or stretch):
        where = " AND ".join(["TRUE", *person])
        return f"SELECT e.person_id FROM (SELECT id AS person_id FROM people_person) e WHERE {where}"
    later = f"""NOT EXISTS (SELECT 1 FROM people_employment f WHERE f.person_id = e.person_id
  AND {known.standing("f")} AND lower(f.period) > lower(e.period) AND lower(f.period) <= %(on)s::date)"""
    of = {
        "active": [known.sql("e")],
        "ended": [known.standing("e"), "e.end_reason <> ''", "upper(e.period) <= %(on)s::date", later],
        "": [known.standing("e"), "lower(e.period) <= %(on)s::date", later],
    }
    where = " AND ".join([*of[status], *stretch, *person])
    return f"SELECT e.person_id FROM people_employment e WHERE {where}"


def source(known: Known, status: str = "active", first: str = "people_person p") -> str:
    """FROM and JOIN for the columns, with the stretch of service of a status (see ``service``).

    ``first`` brings ``people_person p``, joined to what narrows it.
    """
    standing = known.standing("e")
    joins = {
        "active": f"JOIN people_employment e ON e.person_id = p.id AND {known.sql('e')}",
        "ended": f"""
JOIN people_employment e ON e.person_id = p.id AND {standing} AND e.end_reason <> ''
  AND upper(e.period) <= %(on)s::date
  AND NOT EXISTS (SELECT 1 FROM people_employment f WHERE f.person_id = p.id AND {known.standing("f")}
                  AND lower(f.period) >= upper(e.period) AND lower(f.period) <= %(on)s::date)""",
        "": f"""
LEFT JOIN LATERAL (SELECT * FROM people_employment e WHERE e.person_id = p.id AND {standing}
                   AND lower(e.period) <= %(on)s::date ORDER BY e.period DESC LIMIT 1) e ON TRUE""",
    }
    return f"""
FROM {first}
JOIN people_identity i ON i.person_id = p.id AND {known.sql("i")}
{joins[status]}
LEFT JOIN people_rank r ON r.person_id = p.id AND {known.sql("r")}
LEFT JOIN people_appointment a ON a.person_id = p.id AND a.kind = 'regular' AND {known.sql("a")}
LEFT JOIN organisation_seats(%(on)s, %(known)s) s ON s.seat_id = a.seat_id
LEFT JOIN organisation_units(%(on)s, %(known)s) u ON u.unit_id = s.unit_id
"""


def one_of(column: str, found: str) -> str:
    """``column IN (found)`` that stays a look into a table of hashes.

    As a join the planner would guess how many there are, and walk tens of thousands of rows one by one, or
    sort everybody by name for a page of fifty.
    """
    return f"({column} IN ({found})) IS TRUE"


def units_below(column: str, under: str = "under") -> str:
    """A condition on the id of a unit: those of the pattern (``subtree``) that a parameter holds.

    As a list, made once and few enough to look each of them up.
    """
    return (
        f"{column} = ANY(ARRAY(SELECT m.unit_id FROM organisation_unitplace m "
        f"WHERE m.period @> %(on)s::date AND m.path ~ %({under})s::lquery))"
    )


def params(known: Known) -> dict[str, Any]:
    """What ``source`` needs."""
    return {"on": known.on, "known": known.at}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody as of a date. Empty texts and None where nothing is known or he has no seat.

    ``family`` is the family of functional posts to which his belongs (*Guru*).
    """

    id: int
    uid: UUID
    name: str
    front_title: str
    back_title: str
    sex: str
    birth_date: date
    kind: str
    nip: str
    standing: str
    golongan: str
    post: str
    post_kind: str
    jenjang: str
    job_class: int | None
    is_head: bool
    unit_uid: UUID | None
    unit_code: str
    unit: str
    opd: str
    end_reason: str
    ends_on: date | None
    family: str = ""

    @property
    def full_name(self) -> str:
        """With titles, exactly as they are written."""
        return full_name(self.name, self.front_title, self.back_title)


def full_name(name: str, front: str, back: str) -> str:
    """``dr. Maria Kusumawardhani, Sp.A.``: titles in front without a comma, behind with one."""
    before = f"{front} {name}".strip()
    return f"{before}, {back}" if back else before


def person_row(values: tuple[Any, ...]) -> PersonRow:
    """A row of ``COLUMNS``."""
    texts = {7, 8, 9, 10, 11, 12, 13, 17, 18, 19, 20, 22}
    filled: list[Any] = [
        ("" if value is None and place in texts else value) for place, value in enumerate(values)
    ]
    filled[15] = bool(filled[15])
    return PersonRow(*filled)


def as_known(on: date, known_at: datetime | None) -> Known:
    """The two predicates of time."""
    return Known(on, known_at)


bounded = paging.bounded  # where the lists of people look for it


def find_row(person_id: int, on: date) -> PersonRow | None:
    """Somebody as of a day, in service or after it; None where he is not known then. For whoever has seen to
    the right."""
    known = as_known(on, None)
    sql = _ONE.format(columns=COLUMNS, source=source(known, ""))
    found = fetch(sql, params(known) | {"person": person_id})
    return person_row(found[0]) if found else None
