"""Plain SQL of decisions: whose turn it is, and what seats are called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pamong.ledger.sql import fetch as fetch  # noqa: PLC0414 - part of the face
from pamong.people.queries import full_name

_LABELS = """
SELECT s.seat_id, s.post_name || CASE WHEN u.name IS NULL THEN '' ELSE ', ' || u.name END
FROM organisation_seats(%(on)s::date) s LEFT JOIN organisation_units(%(on)s::date) u ON u.unit_id = s.unit_id
WHERE s.seat_id = ANY(%(ids)s)
"""
_SEATS = """
SELECT r.seat_id FROM people_appointment r WHERE r.person_id = %(person)s AND r.superseded_at IS NULL
  AND r.period @> %(on)s::date AND r.kind = 'regular'
"""
_ABOVE = """
SELECT superior_id FROM organisation_line WHERE seat_id = %(seat)s AND superseded_at IS NULL
  AND period @> %(on)s::date
"""
# The top of the government, and the office in which a seat stands, with the address of where it is.
_LETTERHEAD = """
SELECT
  (SELECT name FROM organisation_units(%(on)s::date) WHERE kind = 'government'
   ORDER BY depth, unit_id LIMIT 1),
  o.name, COALESCE(w.address, '')
FROM (SELECT 1) one
LEFT JOIN organisation_seats(%(on)s::date) s ON s.seat_id = %(seat)s
LEFT JOIN organisation_units(%(on)s::date) u ON u.unit_id = s.unit_id
LEFT JOIN organisation_units(%(on)s::date) o ON o.unit_id = COALESCE(u.opd_id, u.unit_id)
LEFT JOIN organisation_siterow w ON w.site_id = COALESCE(u.site_id, o.site_id) AND w.superseded_at IS NULL
  AND w.period @> %(on)s::date
LIMIT 1
"""
_OFFICIAL = """
SELECT i.name, i.front_title, i.back_title, e.nip, r.golongan
FROM people_person p
LEFT JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
LEFT JOIN people_employment e ON e.person_id = p.id AND e.superseded_at IS NULL AND e.period @> %(on)s::date
LEFT JOIN people_rank r ON r.person_id = p.id AND r.superseded_at IS NULL AND r.period @> %(on)s::date
WHERE p.id = %(person)s
"""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose letter it is: the government, the office ('' for its head himself), the office's address."""

    government: str
    unit: str
    address: str


@dataclass(frozen=True, slots=True)
class Official:
    """Who signs: the name with titles, the NIP and the golongan, '' for what is not known."""

    name: str
    nip: str
    golongan: str


def letterhead_of(seat: int | None, on: date) -> Letterhead:
    """The head of a letter that is signed from a seat; None for no seat."""
    government, unit, address = fetch(_LETTERHEAD, {"seat": seat, "on": on})[0]
    return Letterhead(government or "", unit or "", address)


def government_on(on: date) -> str:
    """What the government is called on a date; '' where no unit is one."""
    return letterhead_of(None, on).government


def official_of(person_id: int, on: date) -> Official:
    """Somebody as a letter names him on a date."""
    name, front, back, nip, golongan = fetch(_OFFICIAL, {"person": person_id, "on": on})[0]
    told = full_name(name, front or "", back or "") if name else ""
    return Official(told, nip or "", golongan or "")


def seat_labels(ids: Collection[int], on: date) -> dict[int, str]:
    """``Lurah, Kelurahan Melati`` for each of these seats that stands on the date."""
    return dict(fetch(_LABELS, {"ids": list(ids), "on": on})) if ids else {}


def seat_label_of(seat: int, on: date) -> str:
    """The same for one seat; '' where it does not stand."""
    return seat_labels([seat], on).get(seat, "")


def seat_above(seat: int, on: date) -> int | None:
    """The seat to which a seat reports; None at the top."""
    found = fetch(_ABOVE, {"seat": seat, "on": on})
    return found[0][0] if found else None


def own_seat(person_id: int, on: date) -> int | None:
    """The seat that somebody holds for good on a date."""
    found = fetch(_SEATS, {"person": person_id, "on": on})
    return found[0][0] if found else None
