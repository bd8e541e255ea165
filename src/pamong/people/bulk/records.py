"""The standing rows of many persons, one statement a table, each with what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pamong.kernel.period import Period
from pamong.kernel.timeline import Row
from pamong.ledger.choices import SealKind
from pamong.people.choices import AppointmentKind
from pamong.people.models import VALUES_OF
from pamong.people.queries.rows import fetch

_HANDS = {SealKind.OFFICE_ENTRY.value, SealKind.DECISION.value}


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether people entered a row, or a file of an import brought it (neither: it stood at the opening); the
    day on which it was recorded (UTC)."""

    by_hand: bool
    recorded_on: date
    by_file: bool = False


@dataclass(slots=True)
class Strand:
    """One timeline: its key, its standing rows, oldest first, and their marks by id."""

    key: dict[str, Any]
    rows: list[Row] = field(default_factory=list)
    marks: dict[int, Mark] = field(default_factory=dict)

    @property
    def whole(self) -> list[Row]:
        """The rows with the key among their values, as checks read them."""
        return [Row(row.period, {**row.values, **self.key}, row.id) for row in self.rows]


Records = dict[int, dict[str, list[Strand]]]


def read_records(people: Collection[int], subjects: Iterable[str]) -> Records:
    """The records of persons by their ids, strands by subject."""
    names = tuple(subjects)
    found: Records = {person: {name: [] for name in names} for person in people}
    strands: dict[tuple[Any, ...], Strand] = {}
    for name in names if people else ():
        model = VALUES_OF[name]
        key, facts = model.key, model.facts
        rows = model.objects.known().filter(person_id__in=list(people)).order_by("person_id", "period")
        for number, period, kind, at, *values in rows.values_list(
            "id", "period", "basis__kind", "recorded_at", "person_id", *key, *facts
        ):
            person, own = values[0], dict(zip(key, values[1 : 1 + len(key)], strict=True))
            place = (name, *own.values())
            if place not in strands:
                strands[place] = Strand(own)
                found[person][name].append(strands[place])
            strand = strands[place]
            told = dict(zip(facts, values[1 + len(key) :], strict=True))
            strand.rows.append(Row(Period(period.lower, period.upper), told, number))
            strand.marks[number] = Mark(kind in _HANDS, at.date(), kind == SealKind.IMPORT.value)
    return found


def read_holders(*, acting: bool = False) -> Mapping[int, list[tuple[Period, int]]]:
    """Who has seats for good, by seat: stretches with the person, all that stand; with ``acting`` also who
    stands in."""
    found: dict[int, list[tuple[Period, int]]] = {}
    rows = fetch(
        "SELECT seat_id, lower(period), upper(period), person_id FROM people_appointment "
        "WHERE superseded_at IS NULL AND kind = ANY(%(kinds)s)",
        {
            "kinds": [
                kind.value
                for kind in AppointmentKind
                if kind is AppointmentKind.REGULAR or (acting and kind.acting)
            ]
        },
    )
    for seat, start, end, person in rows:
        found.setdefault(seat, []).append((Period(start, end), person))
    return found
