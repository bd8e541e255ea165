"""Seats that are to be filled: what they are, who has them, and vacancies that are open on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pamong.ledger.sql import fetch
from pamong.people.services import reading

# A post with its unit and its office, each named once: "Lurah, Kelurahan Melati, Kecamatan Taman".
_SEAT = """
SELECT s.seat_id, s.uid, concat_ws(', ', s.post_name,
    CASE WHEN strpos(s.post_name, u.name) = 0 THEN u.name END,
    CASE WHEN u.opd_name <> u.name AND strpos(s.post_name, u.opd_name) = 0 THEN u.opd_name END),
  s.post_kind, s.eselon, s.frozen, s.unit_id,
  (SELECT a.person_id FROM people_appointment a WHERE a.seat_id = s.seat_id AND a.kind = 'regular'
    AND a.superseded_at IS NULL AND (a.period @> %(on)s::date OR lower(a.period) > %(on)s::date)
    ORDER BY a.period LIMIT 1)
FROM organisation_seats(%(on)s::date) s LEFT JOIN organisation_units(%(on)s::date) u ON u.unit_id = s.unit_id
WHERE s.uid = %(seat)s
"""
_OPEN = """
SELECT 1 FROM merit_vacancy v WHERE v.seat_id = %(seat)s
  AND NOT EXISTS (SELECT 1 FROM merit_choice c WHERE c.vacancy_id = v.id)
  AND NOT EXISTS (SELECT 1 FROM merit_vacancystep t WHERE t.vacancy_id = v.id AND t.step = 'cancelled')
"""
_RUNNING = """
SELECT v.seat_id, t."on" FROM merit_vacancy v
JOIN merit_vacancystep t ON t.vacancy_id = v.id AND t.step = 'announced'
WHERE v.seat_id = ANY(%(seats)s) AND NOT EXISTS (SELECT 1 FROM merit_choice c WHERE c.vacancy_id = v.id)
  AND NOT EXISTS (SELECT 1 FROM merit_vacancystep c WHERE c.vacancy_id = v.id AND c.step = 'cancelled')
"""
_UID = "SELECT uid FROM organisation_seat WHERE id = %(seat)s"


@dataclass(frozen=True, slots=True)
class SeatOpen:
    """A seat on a day: ``holder`` is who has it then, or will later; '' for nobody."""

    id: int
    uid: UUID
    label: str
    kind: str
    eselon: str
    frozen: bool
    unit_id: int | None
    holder: str
    on: date


def seat_open(uid: UUID, on: date) -> SeatOpen | None:
    """A seat as it stands on a day; None where it does not."""
    found = fetch(_SEAT, {"seat": uid, "on": on})
    if not found:
        return None
    seat, own, label, kind, eselon, frozen, unit, holder = found[0]
    name = reading.names_of([holder]).get(holder, "pegawai lain") if holder else ""
    return SeatOpen(seat, UUID(str(own)), label, kind, eselon or "", bool(frozen), unit, name, on)


def seat_uid(seat: int) -> UUID:
    """The id of a seat that pages and the ledger know."""
    return UUID(str(fetch(_UID, {"seat": seat})[0][0]))


def is_open_elsewhere(seat: int) -> bool:
    """Whether a vacancy on this seat is neither filled nor cancelled."""
    return bool(fetch(_OPEN, {"seat": seat}))


def selections_of(seats: Sequence[int]) -> Mapping[int, date]:
    """Which of these seats a selection is filling, with the day of its announcement."""
    return dict(fetch(_RUNNING, {"seats": list(seats)}))
