"""Many acts on one basis at once: the same plans and checks as one by one, read and written together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import outcome
from pamong.ledger import dated
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act
from pamong.ledger.dated import DatedRow
from pamong.people import events, policies
from pamong.people.errors import PersonNotFound
from pamong.people.models import VALUES_OF, Person
from pamong.people.services import reading
from pamong.people.services.planning import Asked, Change, Prepared, prepare, subject_of
from pamong.people.services.reading import NEEDS, Record, Strand
from pamong.people.services.sources import NUMBERS, Gathered
from pamong.people.services.writing import in_words, told
from pamong.people.subjects import SUBJECTS, Input


@dataclass(frozen=True, slots=True)
class Put:
    """One act of many; like the arguments of ``put``."""

    person: UUID
    subject: str
    values: Mapping[str, Any] = field(default_factory=dict)
    act: Act = Act.CHANGE
    target: UUID | None = None
    on: date | None = None
    until: date | None = None


@transaction.atomic
def add_people(*, actor: Actor, at: datetime, names: Sequence[str]) -> list[UUID]:
    """Let persons be known, of whom nothing is stored yet; their ids in the order of the names."""
    policies.require_import(actor)
    made = Person.objects.bulk_create(Person(uid=uuid7(at)) for _ in names)
    told_of = (events.PersonCreated(each.uid, name) for each, name in zip(made, names, strict=True))
    ledger.record_many(actor=actor, events=told_of)
    return [each.uid for each in made]


@transaction.atomic
def put_many(
    *, actor: Actor, at: datetime, basis: int, puts: Sequence[Put], tolerant: bool = True, dry: bool = False
) -> list[tuple[Problem, ...]]:
    """Store acts on a basis that stands; what is wrong with each, in their order. What blocks is left out,
    the others are stored, each on what those before it left behind.

    With ``dry`` nothing stays stored. ``NotAllowed``; ``PersonNotFound`` where any person is unknown;
    ``EntryRefused``, nothing stored, where the database refuses what checks let pass.
    """
    policies.require_import(actor)
    people = _locked({put.person for put in puts})
    sources = _gathered(puts)
    reading.lock_seats(sources.seat_ids)
    found: list[tuple[Problem, ...]] = [()] * len(puts)
    pending = list(enumerate(puts))
    while pending:
        wave = _Wave(_records(people, pending), sources, actor.on, tolerant)
        pending = [(number, put) for number, put in pending if not wave.take(people[put.person], put, number)]
        for number, problems in wave.problems.items():
            found[number] = problems
        if pending or not dry:
            _store(actor, basis, wave.ready)
    transaction.set_rollback(dry)
    return found


class _Wave:
    """Acts that can be written together: no timeline is touched twice, nobody's later act comes before an
    earlier one, nobody enters a seat that somebody waiting may leave."""

    def __init__(self, records: Mapping[int, Record], sources: Gathered, today: date, tolerant: bool) -> None:
        self._records, self._sources, self._today, self._tolerant = records, sources, today, tolerant
        self._touched: set[tuple[int, str]] = set()
        self._waiting: set[int] = set()
        self._kept_seats: set[int] = set()
        self.problems: dict[int, tuple[Problem, ...]] = {}
        self.ready: list[tuple[UUID, Prepared]] = []

    def take(self, person_id: int, put: Put, number: int) -> bool:
        """Plan an act and take it in; False where it has to wait for the next wave."""
        record = self._records[person_id]
        subject_of(put.subject)
        asked = Asked(put.subject, put.act, dict(put.values), put.target, put.on, put.until)
        if person_id in self._waiting or self._touches(record, put.subject, new=put.target is None):
            return self._wait(record, put)
        prepared = prepare(record, asked, self._today, tolerant=self._tolerant, sources=self._sources)
        follows = any(self._touches(record, change.subject) for change in prepared.changes[1:])
        if follows or self._kept_seats & set(prepared.seats):
            return self._wait(record, put)
        self.problems[number] = prepared.problems
        if not prepared.blocked:
            self._apply(record, prepared)
            self.ready.append((put.person, prepared))
        return True

    def _touches(self, record: Record, subject: str, *, new: bool = False) -> bool:
        """Whether a row that is not stored yet might be replaced; a new thing of several replaces none."""
        return (record.person_id, subject) in self._touched and not (new and SUBJECTS[subject].several)

    def _wait(self, record: Record, put: Put) -> bool:
        self._waiting.add(record.person_id)
        self._kept_seats |= {row.values["seat_id"] for row in record.rows("appointment")}
        wanted = (self._sources.id_of(Input.SEAT, uid) for uid in _uids(put.values.get("seat")))
        self._kept_seats |= {seat for seat in wanted if seat}
        return False

    def _apply(self, record: Record, prepared: Prepared) -> None:
        for change in prepared.changes:
            self._touched.add((record.person_id, change.subject))
            _apply(record, change)
        subject = prepared.subject.code
        number = prepared.values.get(NUMBERS.get(subject, ""))
        if number:
            self._sources.note_number(subject, number, record.person_id)
        if any(change.subject == "appointment" for change in prepared.changes):
            self._sources.note_seats(record)


def _apply(record: Record, change: Change) -> None:
    strands = record.strands[change.subject]
    strand = next((each for each in strands if each.key == change.key), None)
    if strand is None:
        strand = Strand(dict(change.key))
        strands.append(strand)
    strand.rows = outcome(strand.rows, change.plan)


def _locked(uids: set[UUID]) -> dict[UUID, int]:
    people = reading.person_ids(uids)
    if len(people) != len(uids):
        raise PersonNotFound
    reading.lock_people(people.values())
    return people


def _gathered(puts: Sequence[Put]) -> Gathered:
    """Every seat and person that the acts name, and every number that they bring."""
    uids: set[UUID] = set()
    numbers: dict[str, set[str]] = {subject: set() for subject in NUMBERS}
    for put in puts:
        uids |= set(_uids(put.values.get("seat"), put.values.get("relative")))
        number = put.values.get(NUMBERS.get(put.subject, ""))
        if number:
            numbers[put.subject].add("".join(str(number).split()))
    return Gathered(uids, numbers)


def _uids(*raw: Any) -> Iterator[UUID]:
    for each in raw:
        try:
            yield each if isinstance(each, UUID) else UUID(str(each))
        except ValueError:
            continue  # the field's own reading tells what is wrong


def _records(people: Mapping[UUID, int], pending: Sequence[tuple[int, Put]]) -> dict[int, Record]:
    wanted = {people[put.person]: put.person for _, put in pending}
    tables = {table for _, put in pending for table in NEEDS.get(put.subject, ())}
    return reading.read_records(wanted, sorted(tables))


def _store(actor: Actor, basis: int, ready: Sequence[tuple[UUID, Prepared]]) -> None:
    rows: dict[int, list[DatedRow]] = {}
    with in_words():
        for (subject, act), group in groupby(sorted(_changes(ready), key=_group), key=_group):
            changes = [(number, change) for number, _, change in group]
            plans = [(change.key, change.plan) for _, change in changes]
            stored = iter(dated.write_many(VALUES_OF[subject], plans, act=Act(act), basis=basis))
            for number, change in changes:
                rows.setdefault(number, []).extend(next(stored) for _ in change.plan.added)
    ledger.record_many(
        actor=actor,
        events=[
            events.RowsStored(
                person,
                prepared.subject.code,
                prepared.asked.act.value,
                sum(len(change.plan.removed) for change in prepared.changes),
                told(rows.get(number, [])),
            )
            for number, (person, prepared) in enumerate(ready)
        ],
    )


def _changes(ready: Sequence[tuple[UUID, Prepared]]) -> Iterator[tuple[int, Act, Change]]:
    """Each change with the number of its act; what only follows from an act is a change."""
    for number, (_, prepared) in enumerate(ready):
        for place, change in enumerate(prepared.changes):
            yield number, prepared.asked.act if place == 0 else Act.CHANGE, change


def _group(each: tuple[int, Act, Change]) -> tuple[str, str]:
    return each[2].subject, each[1].value
