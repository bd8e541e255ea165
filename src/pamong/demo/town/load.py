"""Puts a town into the database by COPY, all rows on one basis of opening data.

Every row passes the same constraints and triggers as any other; only the way is shorter. A test replays part
of a town through the services and finds the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models, transaction

from pamong.demo.town import shapes
from pamong.demo.town.copying import copy_rows, draw_ids, in_batches
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.ledger.events import Event
from pamong.organisation import models as org
from pamong.organisation import services as organisation
from pamong.people import models as people

_LOADERS = ("peragaan:penyusun", "peragaan:penetap")  # who drafted and adopted the reorganisation
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class TownOpened(Event):
    """An invented town was put in as opening data: how many rows of each kind."""

    kind: ClassVar[str] = "demo.opened"
    town: UUID
    rows: Mapping[str, int]

    def public(self) -> Mapping[str, Any]:
        return {"town": self.town, "rows": dict(self.rows)}

    def sentence(self) -> str:
        return "Kota rekaan dimasukkan sebagai data awal."


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was put in: ids of persons by their keys in the town, and how many rows of each table."""

    persons: Mapping[int, int]
    uids: Mapping[int, UUID]
    rows: Mapping[str, int]


@transaction.atomic
def load(town: shapes.Town, *, actor: Actor, at: datetime, progress: Callable[[str], None]) -> Loaded:
    """Put the whole town in, in one transaction."""
    ref = uuid7(at)
    work = _Load(ledger.seal(actor=actor, kind=SealKind.OPENING, ref=ref))
    progress("Menulis unit, jabatan, dan posisi")
    work.structure(town.structure)
    organisation.rebuild_places(actor=actor, at=at)
    progress("Menulis pegawai dan riwayatnya")
    work.records(town.records)
    ledger.record(actor=actor, event=TownOpened(ref, work.counts))
    return Loaded(work.persons, work.uids, work.counts)


def new_uids(count: int) -> list[str]:
    """So many ids that nothing else has: one drawn, the others counted on from it."""
    first = str(uuid7())
    head, start = first[:24], int(first[24:], 16) >> 16 << 16
    return [f"{head}{(start + number) & 0xFFFFFFFFFFFF:012x}" for number in range(count)]


class _Load:
    """Ids that later tables point to, and the writing of each table."""

    def __init__(self, basis: int) -> None:
        self.basis = basis
        self.counts: dict[str, int] = {}
        self.persons: dict[int, int] = {}
        self.uids: dict[int, UUID] = {}

    def structure(self, made: shapes.Structure) -> None:
        """Units, posts, seats, lines, workload, and the reorganisation that they went through."""
        codes = list(dict.fromkeys(row.code for row in made.sites))
        site = self.things(org.Site, codes, ("code",), lambda code: (code,))
        self.dated(org.SiteRow, ("site_id", "name", "zone", "address"), made.sites,
                   lambda r: (site[r.code], r.name, r.zone, r.address))  # fmt: skip
        codes = list(dict.fromkeys(row.code for row in made.unit_rows))
        unit = self.things(org.Unit, codes, ("code",), lambda code: (code,))
        names: tuple[str, ...] = (
            "unit_id",
            "name",
            "short_name",
            "kind",
            "unit_class",
            "is_opd",
            "parent_id",
            "site_id",
        )
        self.dated(org.UnitRow, names, made.unit_rows, lambda r: (
            unit[r.code], r.name, r.short_name, r.kind, r.unit_class, r.is_opd,
            unit[r.parent] if r.parent else None, site[r.site] if r.site else None,
        ))  # fmt: skip
        post = self.things(
            org.Post, range(len(made.posts)), ("name", "kind", "jenjang", "eselon", "family"),
            lambda place: tuple(made.posts[place])[:5],
        )  # fmt: skip
        seat = self.things(org.Seat, dict.fromkeys(row.seat for row in made.seat_rows), (), lambda key: ())
        self.seats = seat
        names = ("seat_id", "unit_id", "post_id", "job_class", "is_head", "frozen")
        self.dated(org.SeatRow, names, made.seat_rows, lambda r: (
            seat[r.seat], unit[r.unit], post[r.post], r.job_class, r.is_head, r.frozen,
        ))  # fmt: skip
        self.dated(org.Line, ("seat_id", "superior_id"), made.lines,
                   lambda r: (seat[r.seat], seat[r.superior]))  # fmt: skip
        self.dated(org.Workload, ("unit_id", "post_id", "needed"), made.workload,
                   lambda r: (unit[r.unit], post[r.post], r.needed))  # fmt: skip
        self.reorganisations(made, unit)

    def reorganisations(self, made: shapes.Structure, unit: Mapping[str, int]) -> None:
        """The dated acts themselves, and what became of which unit."""
        acts = {
            act.on: org.Reorganisation.objects.create(
                title=act.title, on=act.on, order_no=act.order_no, order_on=act.order_on, plan={},
                state="scheduled", drafted_by=_LOADERS[0], adopted_by=_LOADERS[1], basis_id=self.basis,
            )
            for act in made.reorganisations
        }  # fmt: skip
        org.Lineage.objects.bulk_create(
            org.Lineage(
                reorganisation=acts[row.on], step=row.step, on=row.on,
                old_id=unit.get(row.old or ""), new_id=unit.get(row.new or ""),
            )
            for row in made.lineage
            if row.on in acts
        )  # fmt: skip
        self.counts["reorganisation"] = len(acts)

    def records(self, made: shapes.Records) -> None:
        """Persons and everything dated about them."""
        keys = [person.key for person in made.persons]
        self.persons = self.things(people.Person, keys, (), lambda key: ())
        seat = self.seats
        self.of_person(people.Identity, made.identities)
        self.of_person(people.Contact, made.contacts)
        self.of_person(people.BankAccount, made.bank_accounts)
        self.of_person(people.Employment, made.employments)
        self.of_person(people.Rank, made.ranks)
        self.of_person(people.SalaryStep, made.salary_steps)
        self.of_person(people.Appointment, made.appointments, {"seat": lambda key: seat[key]})
        self.of_person(people.Education, made.educations, items=True)
        persons = self.persons
        relative = {"relative": lambda key: None if key is None else persons[key]}
        self.of_person(people.Relative, made.relatives, relative, items=True)

    def of_person(
        self,
        model: type[models.Model],
        rows: Sequence[Any],
        keys: Mapping[str, Callable[[Any], int | None]] | None = None,
        *,
        items: bool = False,
    ) -> None:
        """Rows whose shape has the model's own names: ``keys`` turns the town's keys into ids."""
        if not rows:
            return
        keys, persons = keys or {}, self.persons
        names = [name for name in rows[0]._fields if name not in ("start", "end")]
        columns = [f"{name}_id" if name == "person" or name in keys else name for name in names]
        turns = [persons.__getitem__ if name == "person" else keys.get(name) for name in names]
        uids: dict[Any, str] = {}
        if items:
            pairs = dict.fromkeys((row.person, row.item) for row in rows)
            uids = dict(zip(pairs, new_uids(len(pairs)), strict=True))
            place = names.index("item")

        def values(row: Any) -> Row:
            made = [turn(value) if turn else value for turn, value in zip(turns, row, strict=False)]
            if items:
                made[place] = uids[row.person, row.item]
            return tuple(made)

        self.dated(model, columns, rows, values)

    def things(
        self,
        model: type[models.Model],
        keys: Iterable[Any],
        names: Sequence[str],
        values: Callable[[Any], Row],
    ) -> dict[Any, int]:
        """Identities with drawn ids: the id of each key."""
        wanted = list(keys)
        ids, uids = draw_ids(model, len(wanted)), new_uids(len(wanted))
        rows = [(number, uid, *values(key)) for number, uid, key in zip(ids, uids, wanted, strict=True)]
        self.counts[str(model._meta.model_name)] = self.write(model, ("id", "uid", *names), rows)
        if model is people.Person:
            self.uids = {key: UUID(uid) for key, uid in zip(wanted, uids, strict=True)}
        return dict(zip(wanted, ids, strict=True))

    def dated(
        self,
        model: type[models.Model],
        names: Sequence[str],
        rows: Sequence[Any],
        values: Callable[[Any], Row],
    ) -> None:
        """Rows with a period, on the town's basis."""
        basis = self.basis
        uids = new_uids(len(rows))
        made = ((uid, basis, (row.start, row.end), *values(row)) for uid, row in zip(uids, rows, strict=True))
        columns = ("uid", "basis_id", "period", *names)
        self.counts[str(model._meta.model_name)] = self.write(model, columns, made)

    def write(self, model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> int:
        """COPY, batch by batch, each as columns."""
        return copy_rows(model, names, _columns(rows))


def _columns(rows: Iterable[Row]) -> Iterator[Sequence[Sequence[Any]]]:
    for batch in in_batches(rows):
        yield list(zip(*batch, strict=True))


def today_of(town: shapes.Town) -> date:
    """The day on which the town stands."""
    return town.today
