"""People and proposals for machines: the same queries, scopes and masks as the pages; proposals wait too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema, Status
from pydantic import AfterValidator

from pamong.access.middleware import ActingRequest
from pamong.api.stamps import Stamp
from pamong.kernel.clock import day_fault
from pamong.ledger.choices import Act
from pamong.people import queries, services
from pamong.people.queries import Asked, Fact, PersonRow
from pamong.people.subjects import MASKS, masked

router = Router()
HIDDEN = "••••"


def _within_records(on: date) -> date:
    """``ValueError`` with a sentence for a date from which nobody can count on."""
    if fault := day_fault(on):
        raise ValueError(fault)
    return on


Day = Annotated[date, AfterValidator(_within_records)]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class PersonOut(Schema):
    """Somebody as of a date; the NIP is masked."""

    uid: UUID
    name: str
    nip: str
    kind: str
    standing: str
    golongan: str
    post: str
    job_class: int | None
    unit: str
    opd: str
    end_reason: str


class PeopleOut(Schema):
    """A page of people; pages count from 1."""

    page: int
    pages: int
    total: int
    people: list[PersonOut]


class FactOut(Schema):
    """One dated row: ``until`` is the first day on which it holds no more, null while it goes on."""

    subject: str
    uid: UUID
    since: date
    until: date | None
    kind: str
    facts: dict[str, Any]
    place: dict[str, Any]
    act: str
    basis: str
    recorded_at: Stamp


class FileOut(Schema):
    """A person's file as of a date. What the caller may not see is left out; NIK and account are masked."""

    person: PersonOut
    on: date
    facts: list[FactOut]


class EntryIn(Schema):
    """An act to propose: ``change``, ``correct`` or ``rescind``; ``until`` is the first day without it."""

    subject: str
    act: Act = Act.CHANGE
    values: dict[str, Any] = Field(default_factory=dict)
    reason: str
    target: UUID | None = None
    on: Day | None = None
    until: Day | None = None


class EntryOut(Schema):
    """A proposal that waits for a second person."""

    uid: UUID
    warnings: list[str]


@router.get("", response=PeopleOut, summary="Daftar pegawai", operation_id="list_people")
def list_people(
    request: ActingRequest, on: Day | None = None, search: str = "", unit: str = "", page: PageNumber = 1
) -> PeopleOut:
    """A page of 50 people within the caller's scope, as of a date (today without one)."""
    asked = Asked(words=search, unit=unit)
    found = queries.list_people(
        actor=request.actor, at=request.at, on=on or request.actor.on, asked=asked, page=page
    )
    return PeopleOut(
        page=found.page, pages=found.last, total=found.total, people=[person_out(row) for row in found.rows]
    )


@router.get("/{uid}", response=FileOut, summary="Berkas seorang pegawai", operation_id="get_person")
def get_person(request: ActingRequest, uid: UUID, on: Day | None = None) -> FileOut:
    """Everything about one person that the caller may see, as of a date; the look is logged."""
    file = queries.get_file(actor=request.actor, at=request.at, uid=uid, on=on or request.actor.on)
    return FileOut(person=person_out(file.row), on=file.on, facts=[fact_out(fact) for fact in file.facts])


@router.post(
    "/{uid}/entries", response={201: EntryOut}, summary="Usulkan perubahan data", operation_id="propose"
)
def propose(request: ActingRequest, uid: UUID, entry: EntryIn) -> Status[EntryOut]:
    """Propose an act; another person decides it. Whatever is wrong is told at once, and nothing is stored."""
    entered = services.enter(
        actor=request.actor,
        at=request.at,
        person=uid,
        subject=entry.subject,
        act=entry.act,
        values=entry.values,
        reason=entry.reason,
        target=entry.target,
        on=entry.on,
        until=entry.until,
    )
    return Status(201, EntryOut(uid=entered.uid, warnings=[str(problem) for problem in entered.warnings]))


def person_out(row: PersonRow) -> PersonOut:
    """A person with a masked NIP."""
    return PersonOut(
        uid=row.uid,
        name=row.full_name,
        nip=masked("nip", row.nip),
        kind=row.kind,
        standing=row.standing,
        golongan=row.golongan,
        post=row.post,
        job_class=row.job_class,
        unit=row.unit,
        opd=row.opd,
        end_reason=row.end_reason,
    )


def fact_out(fact: Fact) -> FactOut:
    """A row without the database's own ids, numbers masked."""
    masks: dict[str, Callable[[str], str]] = {**MASKS, "number": lambda text: f"{HIDDEN}{text[-3:]}"}
    facts = {
        name: masks[name](value) if name in masks and value else value
        for name, value in fact.facts.items()
        if not name.endswith("_id")
    }
    return FactOut(
        subject=fact.subject,
        uid=fact.uid,
        since=fact.period.start,
        until=fact.period.end,
        kind=fact.kind,
        facts=facts,
        place=fact.place,
        act=fact.act,
        basis=fact.basis,
        recorded_at=fact.recorded_at,
    )
