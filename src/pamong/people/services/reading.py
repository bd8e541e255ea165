"""What checks and plans need to know: the standing rows of persons, and seats with who has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from pamong.kernel.period import Period
from pamong.kernel.timeline import Row
from pamong.ledger.dated import DatedRow
from pamong.people.models import VALUES_OF, Entry
from pamong.people.queries import full_name
from pamong.people.queries.rows import fetch
from pamong.people.situation import Seated, SeatFacts, SeatPost

# Which tables an act on a subject is checked against.
NEEDS = {
    "identity": ("identity", "employment"),
    "contact": ("contact",),
    "bankaccount": ("bankaccount", "identity"),
    "employment": ("employment", "identity", "appointment"),
    "rank": ("rank", "employment"),
    "salarystep": ("salarystep", "employment"),
    "appointment": ("appointment", "employment"),
    "education": ("education", "identity"),
    "relative": ("relative", "identity"),
}
_OFFER_MOST = 3
_SEATS = """
SELECT s.id, s.uid, r.period, r.frozen, t.name, u.name, t.kind, t.jenjang, COALESCE(o.name, '')
FROM organisation_seat s
JOIN organisation_seatrow r ON r.seat_id = s.id AND r.superseded_at IS NULL
JOIN organisation_post t ON t.id = r.post_id
LEFT JOIN LATERAL (SELECT name FROM organisation_unitrow w WHERE w.unit_id = r.unit_id
  AND w.superseded_at IS NULL AND w.period && r.period ORDER BY w.period DESC LIMIT 1) u ON TRUE
LEFT JOIN LATERAL (SELECT w.name FROM organisation_unitplace m JOIN organisation_unitrow w
  ON w.unit_id = m.opd_id AND w.superseded_at IS NULL AND w.period && m.period
  WHERE m.unit_id = r.unit_id AND m.period && r.period ORDER BY m.period DESC, w.period DESC LIMIT 1
) o ON TRUE
WHERE s.id = ANY(%(ids)s) ORDER BY s.id, r.period
"""
_SEATED = """
SELECT a.seat_id, a.person_id, COALESCE(i.name, ''), COALESCE(i.front_title, ''), COALESCE(i.back_title, ''),
  a.kind, a.period
FROM people_appointment a
LEFT JOIN LATERAL (SELECT * FROM people_identity i WHERE i.person_id = a.person_id
  AND i.superseded_at IS NULL ORDER BY i.period DESC LIMIT 1) i ON TRUE
WHERE a.seat_id = ANY(%(ids)s) AND a.superseded_at IS NULL ORDER BY a.seat_id, a.period
"""
_RELATIVES = """
SELECT person_id, relative_id FROM people_relative WHERE superseded_at IS NULL AND relative_id IS NOT NULL
  AND (person_id = ANY(%(ids)s) OR relative_id = ANY(%(ids)s))
"""
_FREE = """
SELECT t.name, u.name
FROM organisation_seats(%(on)s) h
JOIN organisation_seats(%(on)s) s ON s.post_id = h.post_id AND s.seat_id <> h.seat_id AND NOT s.frozen
JOIN organisation_post t ON t.id = s.post_id
LEFT JOIN organisation_units(%(on)s) u ON u.unit_id = s.unit_id
WHERE h.seat_id = %(seat)s AND NOT EXISTS (
  SELECT 1 FROM people_appointment a WHERE a.seat_id = s.seat_id AND a.kind = 'regular'
    AND a.superseded_at IS NULL AND (a.period @> %(on)s::date OR lower(a.period) > %(on)s::date))
ORDER BY s.unit_id <> h.unit_id, u.path, s.seat_id LIMIT %(most)s
"""


@dataclass(slots=True)
class Strand:
    """One timeline: what tells it apart (``key``), and its standing rows, oldest first."""

    key: dict[str, Any]
    rows: list[Row] = field(default_factory=list)

    @property
    def whole(self) -> list[Row]:
        """The rows with their key among the values, as checks read them."""
        return [Row(row.period, {**row.values, **self.key}, row.id) for row in self.rows]


@dataclass(slots=True)
class Record:
    """What stands of one person in the tables that were asked for."""

    person_id: int
    uid: UUID
    strands: dict[str, list[Strand]]
    places: dict[UUID, tuple[str, int]] = field(default_factory=dict)
    bases: dict[int, int] = field(default_factory=dict)  # of the rows of ``places``, by their id

    def rows(self, subject: str) -> list[Row]:
        """All standing rows of a subject, their keys among the values."""
        return [row for strand in self.strands.get(subject, ()) for row in strand.whole]

    def all_rows(self) -> dict[str, list[Row]]:
        """The same for every subject that was read."""
        return {subject: self.rows(subject) for subject in self.strands}


def read_records(people: Mapping[int, UUID], subjects: Iterable[str]) -> dict[int, Record]:
    """The records of persons (ids with their uids), one statement a table."""
    names = tuple(dict.fromkeys(subjects))
    found = {
        person_id: Record(person_id, uid, {name: [] for name in names}) for person_id, uid in people.items()
    }
    for name in names:
        model = VALUES_OF[name]
        for row in model.objects.known().filter(person_id__in=list(people)).order_by("person_id", "period"):
            _add(found[row.person_id], name, row)
    return found


def _add(record: Record, name: str, row: Any) -> None:
    key = {part: getattr(row, part) for part in row.key}
    strand = next((each for each in record.strands[name] if each.key == key), None)
    if strand is None:
        strand = Strand(key)
        record.strands[name].append(strand)
    strand.rows.append(Row(row.span, row.values, row.pk))
    record.places[row.uid] = (name, row.pk)
    record.bases[row.pk] = row.basis_id


def read_seats(ids: Sequence[int]) -> dict[int, SeatFacts]:
    """The seats of these ids, with everybody who has them or will."""
    if not ids:
        return {}
    seated: dict[int, list[Seated]] = {}
    for seat, person, name, front, back, kind, period in fetch(_SEATED, {"ids": list(ids)}):
        who = Seated(person, full_name(name, front, back), kind, Period(period.lower, period.upper))
        seated.setdefault(seat, []).append(who)
    found: dict[int, SeatFacts] = {}
    for seat, uid, period, frozen, post, unit, kind, jenjang, opd in fetch(_SEATS, {"ids": list(ids)}):
        span, before = Period(period.lower, period.upper), found.get(seat)
        rows = (*(before.rows if before else ()), (span, frozen))
        posts = (*(before.posts if before else ()), SeatPost(span, kind, jenjang, opd))
        found[seat] = SeatFacts(seat, uid, _label(post, unit), rows, tuple(seated.get(seat, ())), posts)
    return found


def offer_seats(seat: SeatFacts, on: date) -> Sequence[str]:
    """Free seats of the same post on a date and after it, those of the same unit first."""
    found = fetch(_FREE, {"on": on, "seat": seat.id, "most": _OFFER_MOST})
    return [_label(post, unit) for post, unit in found]


def seat_ids(uids: Iterable[UUID]) -> dict[UUID, int]:
    """The ids of seats by their uids; unknown ones are left out."""
    return _ids("organisation_seat", uids)


def person_ids(uids: Iterable[UUID]) -> dict[UUID, int]:
    """The ids of persons by their uids; unknown ones are left out."""
    return _ids("people_person", uids)


def lock_person(person_id: int) -> None:
    """Nobody else acts on this person until the transaction ends. Before any seat."""
    fetch("SELECT 1 FROM people_person WHERE id = %(id)s FOR UPDATE", {"id": person_id})


def lock_seats(ids: Iterable[int]) -> None:
    """Nobody else puts people into these seats until the transaction ends."""
    fetch(
        "SELECT 1 FROM organisation_seat WHERE id = ANY(%(ids)s) ORDER BY id FOR UPDATE", {"ids": list(ids)}
    )


def uids_of(ids: Iterable[int]) -> dict[int, UUID]:
    """The ids that pages and the ledger know, by those of the database; in the order of the latter."""
    asked = {"ids": list(ids)}
    return dict(fetch("SELECT id, uid FROM people_person WHERE id = ANY(%(ids)s) ORDER BY id", asked))


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """The present names of persons, with titles."""
    found = fetch(
        "SELECT DISTINCT ON (person_id) person_id, name, front_title, back_title FROM people_identity "
        "WHERE superseded_at IS NULL AND person_id = ANY(%(ids)s) ORDER BY person_id, period DESC",
        {"ids": list(ids)},
    )
    return {person: full_name(name, front, back) for person, name, front, back in found}


def other_with(subject: str, name: str, value: str, person_id: int) -> int | None:
    """Somebody else who has this number (a NIP, a NIK), if anybody has."""
    found = VALUES_OF[subject].objects.known().filter(**{name: value}).exclude(person_id=person_id)
    other: int | None = found.values_list("person_id", flat=True).first()
    return other


def recorded(subject: str, name: str) -> set[str]:
    """Everything that stands in a text column, whoever's it is."""
    found = VALUES_OF[subject].objects.known().exclude(**{name: ""})
    return set(found.order_by().values_list(name, flat=True).distinct())


def relatives_of(person_id: int | None) -> set[int]:
    """Persons whom this one declared as relatives, and those who declared him, whenever that was; nobody for
    who is no person."""
    return set() if person_id is None else relatives_of_all([person_id])[person_id]


def relatives_of_all(persons: Collection[int]) -> dict[int, set[int]]:
    """The same for each of these."""
    found: dict[int, set[int]] = {person: set() for person in persons}
    for one, other in fetch(_RELATIVES, {"ids": list(found)}) if found else ():
        for mine, theirs in ((one, other), (other, one)):
            if mine in found:
                found[mine].add(theirs)
    return found


def near(person_id: int | None) -> set[int]:
    """Whom one does not decide about: oneself and the declared relatives; nobody for who is no person."""
    return set() if person_id is None else {person_id, *relatives_of(person_id)}


def hands_of(basis: int) -> set[int]:
    """The accounts that entered and decided the entry behind a basis; empty for a file or opening data."""
    found = Entry.objects.filter(basis_id=basis).values_list("entered_by_id", "decided_by_id")
    return {user for pair in found for user in pair if user is not None}


def hands_behind(row: DatedRow | None) -> set[int]:
    """The hands of a row and of all that it came from, so that a row which others split stays its makers'."""
    found: set[int] = set()
    while row is not None:
        found |= hands_of(row.basis_id)
        row = _before(row)
    return found


def _before(row: Any) -> DatedRow | None:
    """The row that another one takes the place of: which it names, or which the same act cut in two.

    What comes back after a stretch with an end names none, and says what was said before.
    """
    if row.supersedes_id is not None:
        before: DatedRow = row.supersedes
        return before
    model: type[DatedRow] = type(row)
    same = {name: getattr(row, name) for name in row.key} | row.values
    cut = model.objects.filter(superseded_basis_id=row.basis_id, pk__lt=row.pk, **same)
    return cut.exclude(basis_id=row.basis_id).filter(period__overlap=row.period).first()


def _ids(table: str, uids: Iterable[UUID]) -> dict[UUID, int]:
    wanted = list(uids)
    if not wanted:
        return {}
    return dict(fetch(f"SELECT uid, id FROM {table} WHERE uid = ANY(%(uids)s)", {"uids": wanted}))  # noqa: S608 - our own two names


def _label(post: str, unit: str | None) -> str:
    return f"{post}, {unit}" if unit else post
