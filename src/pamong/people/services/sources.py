"""Look-ups that a plan needs beside the record: asked one by one, or gathered for many acts at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol
from uuid import UUID

from pamong.people.checks import Seated, SeatFacts
from pamong.people.models import VALUES_OF
from pamong.people.queries import full_name
from pamong.people.services import reading
from pamong.people.services.reading import Record
from pamong.people.subjects import Input

# Numbers that belong to one person for good.
NUMBERS = {"identity": "nik", "employment": "nip"}


class Sources(Protocol):
    """What ``planning.prepare`` asks."""

    def id_of(self, kind: Input, uid: UUID) -> int | None:
        """The id of a seat or a person."""

    def seats(self, ids: Iterable[int]) -> dict[int, SeatFacts]:
        """Seats with who has them."""

    def taken_by(self, subject: str, value: str, person_id: int) -> str:
        """The name of somebody else who has this number; '' if nobody has."""


class Live:
    """Asks the database each time."""

    def id_of(self, kind: Input, uid: UUID) -> int | None:
        """The id of a seat or a person."""
        look = reading.seat_ids if kind is Input.SEAT else reading.person_ids
        return look([uid]).get(uid)

    def seats(self, ids: Iterable[int]) -> dict[int, SeatFacts]:
        """Seats with who has them."""
        return reading.read_seats(sorted(ids))

    def taken_by(self, subject: str, value: str, person_id: int) -> str:
        """The name of somebody else who has this number; '' if nobody has."""
        return reading.others_with(subject, NUMBERS[subject], value, person_id)


class Gathered:
    """Read once for many acts, and kept up with what each of them brings."""

    def __init__(self, uids: Iterable[UUID], numbers: Mapping[str, Iterable[str]]) -> None:
        wanted = list(uids)
        self._ids = {Input.SEAT: reading.seat_ids(wanted), Input.PERSON: reading.person_ids(wanted)}
        self._seats = reading.read_seats(sorted(self._ids[Input.SEAT].values()))
        self._held: dict[int, set[int]] = {}  # by person
        for seat in self._seats.values():
            for each in seat.seated:
                self._held.setdefault(each.person_id, set()).add(seat.id)
        self._numbers: dict[tuple[str, str], int] = {}
        for subject, values in numbers.items():
            name = NUMBERS[subject]
            rows = VALUES_OF[subject].objects.known().filter(**{f"{name}__in": list(values)})
            for value, person in rows.values_list(name, "person_id"):
                self._numbers[subject, value] = person

    @property
    def seat_ids(self) -> Sequence[int]:
        """All seats that were read."""
        return sorted(self._seats)

    def id_of(self, kind: Input, uid: UUID) -> int | None:
        """The id of a seat or a person."""
        return self._ids[kind].get(uid)

    def seats(self, ids: Iterable[int]) -> dict[int, SeatFacts]:
        """Seats with who has them, with what was planned so far."""
        wanted = sorted(ids)
        self._seats |= reading.read_seats([seat for seat in wanted if seat not in self._seats])
        return {seat: self._seats[seat] for seat in wanted if seat in self._seats}

    def taken_by(self, subject: str, value: str, person_id: int) -> str:
        """The name of somebody else who has this number; '' if nobody has."""
        other = self._numbers.get((subject, value), person_id)
        if other == person_id:
            return ""
        return reading.names_of([other]).get(other, "pegawai lain dalam berkas yang sama")

    def note_number(self, subject: str, value: str, person_id: int) -> None:
        """Somebody has this number from now on."""
        self._numbers[subject, value] = person_id

    def note_seats(self, record: Record) -> None:
        """The seats of a person are as his record now says."""
        held: dict[int, list[Seated]] = {}
        for row in record.rows("appointment"):
            seated = Seated(record.person_id, _name(record), row.values["kind"], row.period)
            held.setdefault(row.values["seat_id"], []).append(seated)
        self.seats(held)
        before = self._held.get(record.person_id, set())
        self._held[record.person_id] = set(held)
        for seat in before | set(held):
            others = [each for each in self._seats[seat].seated if each.person_id != record.person_id]
            seated_now = tuple(sorted([*others, *held.get(seat, ())], key=_start))
            self._seats[seat] = replace(self._seats[seat], seated=seated_now)


def _start(seated: Seated) -> date:
    return seated.period.start


def _name(record: Record) -> str:
    rows = record.rows("identity")
    if not rows:
        return ""
    values = rows[-1].values
    return full_name(values["name"], values["front_title"], values["back_title"])
