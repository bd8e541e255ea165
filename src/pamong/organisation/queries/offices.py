"""Which office a seat is, as delegations name it, and which seat an office is for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pamong.organisation.choices import PostKind, UnitKind
from pamong.organisation.sql import fetch

SECRETARY = "Sekretaris Daerah"
PERSONNEL_AGENCY = "badan kepegawaian"  # how the name of the agency begins everywhere (BKD, BKPSDM, BKPP)
# Offices by what their post is called, before what they lead: an asisten leads no unit.
_NAMED = {"sekretaris daerah": "sekda", "asisten": "asisten", "staf ahli": "staf_ahli"}
_HEADS = {UnitKind.DISTRICT: "camat", UnitKind.WARD: "lurah"}
_PLACES = {UnitKind.DISTRICT: "kecamatan", UnitKind.WARD: "kelurahan"}
_SEAT = """
SELECT s.post_name, s.post_kind, s.is_head, u.kind, u.is_opd, o.unit_id, o.kind,
  EXISTS (SELECT 1 FROM organisation_seats(%(on)s::date) t WHERE t.unit_id = o.unit_id AND t.is_head
    AND lower(t.post_name) = lower(%(secretary)s))
FROM organisation_seats(%(on)s::date) s
LEFT JOIN organisation_units(%(on)s::date) u ON u.unit_id = s.unit_id
LEFT JOIN organisation_units(%(on)s::date) o ON o.unit_id = u.opd_id
WHERE s.seat_id = %(seat)s
"""
_SECRETARY = """
SELECT seat_id FROM organisation_seats(%(on)s::date) WHERE lower(post_name) = lower(%(secretary)s)
ORDER BY is_head DESC, seat_id LIMIT 1
"""
# The head of the nearest unit of a kind at or above that of a seat.
_HEAD = """
SELECT h.seat_id FROM organisation_seatrow r
JOIN organisation_unitplace p ON p.unit_id = r.unit_id AND p.period @> %(on)s::date
JOIN organisation_unitplace q ON q.period @> %(on)s::date AND q.path @> p.path
JOIN organisation_unitrow w ON w.unit_id = q.unit_id AND w.superseded_at IS NULL AND w.period @> %(on)s::date
JOIN organisation_seatrow h ON h.unit_id = q.unit_id AND h.is_head AND h.superseded_at IS NULL
  AND h.period @> %(on)s::date
WHERE r.seat_id = %(seat)s AND r.superseded_at IS NULL AND r.period @> %(on)s::date
  AND (CASE WHEN %(kind)s = '' THEN w.is_opd ELSE w.kind = %(kind)s END)
ORDER BY q.depth DESC LIMIT 1
"""
_AGENCY = """
SELECT s.seat_id FROM organisation_units(%(on)s::date) u
JOIN organisation_seats(%(on)s::date) s ON s.unit_id = u.unit_id AND s.is_head
WHERE u.is_opd AND lower(u.name) LIKE %(agency)s || '%%' ORDER BY u.unit_id LIMIT 1
"""
_WHICH = {"kepala_opd": "", "camat": UnitKind.DISTRICT.value, "lurah": UnitKind.WARD.value}


@dataclass(frozen=True, slots=True)
class SeatOffice:
    """A seat as delegations see it: ``post`` is an office by name (*sekda*, *asisten*, *kepala_opd*, *camat*,
    *lurah*) or the kind of the post; ``place`` is *sekretariat*, *opd*, *kecamatan* or *kelurahan*."""

    post: str
    place: str
    kind: str


def seat_office(*, seat: int, on: date) -> SeatOffice | None:
    """What office a seat is on a date, for services that have seen to the right; None where it does not
    stand or belongs to no OPD."""
    found = fetch(_SEAT, {"seat": seat, "on": on, "secretary": SECRETARY})
    if not found or found[0][5] is None:
        return None
    name, post, is_head, unit, is_opd, _, opd, secretariat = found[0]
    return SeatOffice(
        _post(name, post, unit, heads=is_head, opd=is_opd), _place(unit, opd, secretariat=secretariat), post
    )


def find_office_seat(*, office: str, seat: int, on: date) -> int | None:
    """The seat that is an office (*sekda*, *kepala_bkpsdm*, *kepala_opd*, *camat*, *lurah*) for who sits in a
    seat; None where there is none, or the office has no seat (the head of government)."""
    if office == "sekda":
        found = fetch(_SECRETARY, {"on": on, "secretary": SECRETARY})
    elif office == "kepala_bkpsdm":
        found = fetch(_AGENCY, {"on": on, "agency": PERSONNEL_AGENCY})
    elif office in _WHICH:
        found = fetch(_HEAD, {"seat": seat, "on": on, "kind": _WHICH[office]})
    else:
        return None
    return found[0][0] if found else None


def _post(name: str, post: str, unit: str, *, heads: bool, opd: bool) -> str:
    said = name.lower()
    for begins, office in _NAMED.items():
        if said.startswith(begins):
            return office
    if heads and unit in _HEADS:
        return _HEADS[UnitKind(unit)]
    if heads and opd:
        return "kepala_opd"
    return PostKind(post).value


def _place(unit: str, opd: str, *, secretariat: bool) -> str:
    if unit in _PLACES:
        return _PLACES[UnitKind(unit)]
    if secretariat:
        return "sekretariat"
    return _PLACES.get(UnitKind(opd), "opd")
