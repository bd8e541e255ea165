"""A town brought in through the services, act by act in the order of time, as offices would have done.

And the standing rows of a database with names in place of ids, so that two databases can be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from pamong.demo.town import shapes
from pamong.kernel.actor import Actor
from pamong.kernel.problem import has_block
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation import lines, models
from pamong.organisation import services as organisation
from pamong.people import services as people
from pamong.people.models import DATED, Person
from tests.support.people import AT, TODAY

ACTOR = Actor.operator("uji", TODAY)
_SUBJECTS = {
    "identities": "identity",
    "contacts": "contact",
    "bank_accounts": "bankaccount",
    "employments": "employment",
    "ranks": "rank",
    "salary_steps": "salarystep",
    "appointments": "appointment",
    "educations": "education",
    "relatives": "relative",
}
# Of what everybody has alike, that of each fifth person is enough.
ALIKE, EACH = ("Contact", "BankAccount", "SalaryStep", "Education", "Relative"), 5
_NO_FIELDS = ("person", "item", "stint", "start", "end")


@dataclass
class Replay:
    """What the town's things became."""

    town: shapes.Town
    basis: int = 0
    units: dict[str, UUID] = field(default_factory=dict)
    posts: list[UUID] = field(default_factory=list)
    seats: dict[shapes.SeatKey, UUID] = field(default_factory=dict)
    persons: dict[int, UUID] = field(default_factory=dict)

    def run(self) -> Replay:
        """All of it, in one transaction: nobody else looks."""
        with transaction.atomic():
            self.basis = ledger.seal(actor=ACTOR, kind=SealKind.OPENING, ref=uuid4())
            self._organisation(self.town.structure)
            self._people(self.town.records)
        return self

    @property
    def _acting(self) -> dict[str, Any]:
        return {"actor": ACTOR, "at": AT, "basis": self.basis}

    def _organisation(self, made: shapes.Structure) -> None:
        for site in made.sites:
            facts = {"name": site.name, "zone": site.zone, "address": site.address}
            organisation.create_site(**self._acting, code=site.code, on=site.start, **facts)
        for post in made.posts:
            self.posts.append(organisation.create_post(actor=ACTOR, at=AT, **post._asdict()))
        days = {
            row.start for rows in (made.unit_rows, made.seat_rows, made.lines, made.workload) for row in rows
        }
        days |= {row.end for rows in (made.unit_rows, made.seat_rows) for row in rows if row.end}
        units, seats = _histories(made.unit_rows, "code"), _histories(made.seat_rows, "seat")
        above = _histories(made.lines, "seat")
        for day in sorted(days):
            self._change_units(day, units)
            self._change_seats(day, seats)
            self._set_lines(day, seats, above)
            self._close(day, units, seats, above)
            for row in made.workload:
                if row.start == day:
                    unit, post = self.units[row.unit], self.posts[row.post]
                    organisation.set_workload(**self._acting, unit=unit, post=post, needed=row.needed, on=day)

    def _change_units(self, day: date, units: Mapping[str, list[Any]]) -> None:
        fresh = [rows[0] for rows in units.values() if rows[0].start == day]
        if fresh:
            new = [organisation.NewUnit(row.code, _facts_of_unit(row)) for row in fresh]
            made = organisation.create_units(**self._acting, on=day, units=new)
            self.units |= dict(zip((row.code for row in fresh), made, strict=True))
        for row in _later(units, day):
            organisation.change_unit(
                **self._acting, unit=self.units[row.code], on=day, values=_facts_of_unit(row)
            )

    def _change_seats(self, day: date, seats: Mapping[Any, list[Any]]) -> None:
        fresh = [rows[0] for rows in seats.values() if rows[0].start == day]
        if fresh:
            specs = [organisation.SeatSpec(count=1, **self._facts_of_seat(row)) for row in fresh]
            made = organisation.add_seats(**self._acting, on=day, specs=specs)
            self.seats |= dict(zip((row.seat for row in fresh), made, strict=True))
        for row in _later(seats, day):
            values = self._facts_of_seat(row)
            organisation.change_seat(**self._acting, seat=self.seats[row.seat], on=day, values=values)

    def _facts_of_seat(self, row: shapes.SeatRow) -> dict[str, Any]:
        return {
            "unit": self.units[row.unit], "post": self.posts[row.post], "job_class": row.job_class,
            "is_head": row.is_head, "frozen": row.frozen,
        }  # fmt: skip

    def _set_lines(self, day: date, seats: Mapping[Any, list[Any]], above: Mapping[Any, list[Any]]) -> None:
        """Where the default is not what the town says: the town's, as far as it holds."""
        ids = dict(models.Seat.objects.values_list("uid", "id"))
        keys = {ids[uid]: key for key, uid in self.seats.items()}
        standing = [key for key in self.seats if _on(seats[key], day) is not None]
        now = lines.current(day, [ids[self.seats[key]] for key in standing])
        for key in standing:
            row = _on(above.get(key, ()), day)
            wanted = row.superior if row else None
            if keys.get(now.get(ids[self.seats[key]], 0)) != wanted:
                superior = self.seats[wanted] if wanted else None
                organisation.set_line(**self._acting, seat=self.seats[key], superior=superior, on=day)

    def _close(
        self,
        day: date,
        units: Mapping[Any, list[Any]],
        seats: Mapping[Any, list[Any]],
        above: Mapping[Any, list[Any]],
    ) -> None:
        """What ends: seats from below, then units from below."""
        leaving = {
            key: _before(above.get(key, ()), day) for key, rows in seats.items() if rows[-1].end == day
        }
        for key in _from_below(leaving):
            organisation.close_seat(**self._acting, seat=self.seats[key], on=day)
        ending = {code: rows[-1].parent for code, rows in units.items() if rows[-1].end == day}
        for code in _from_below(ending):
            organisation.close_unit(**self._acting, unit=self.units[code], on=day)

    def _people(self, made: shapes.Records) -> None:
        firsts = {row.person: row for row in reversed(made.identities)}
        for person in made.persons:
            identity = _values(firsts[person.key])
            self.persons[person.key] = people.create_person(**self._acting, identity=identity)
        alike = {name.lower() for name in ALIKE}
        for name, subject in _SUBJECTS.items():
            for row in getattr(made, name):
                wanted = subject not in alike or row.person % EACH == 0
                if wanted and row is not firsts.get(row.person):
                    self._put(row, subject)
        for row in made.employments:
            if row.end_reason:
                self._store(row.person, "employment", {"end_reason": row.end_reason}, until=row.end)

    def _put(self, row: Any, subject: str) -> None:
        values = _values(row)
        if "seat" in values:
            values["seat"] = self.seats[values["seat"]]
        if values.get("relative") is not None:
            values["relative"] = self.persons[values["relative"]]
        values.pop("end_reason", None)
        # Service is ended at last: what goes on in it must have it while it is put in.
        until = None if subject == "employment" else row.end
        self._store(row.person, subject, values, on=row.start, until=until)

    def _store(self, person: int, subject: str, values: Mapping[str, Any], **when: Any) -> None:
        found = people.put(
            **self._acting, person=self.persons[person], subject=subject, values=values, **when
        )
        assert not has_block(found), (person, subject, values, found)


def _histories(rows: Iterable[Any], key: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.start):
        found[getattr(row, key)].append(row)
    return dict(found)


def _later(histories: Mapping[Any, list[Any]], day: date) -> Iterator[Any]:
    return (row for rows in histories.values() for row in rows[1:] if row.start == day)


def _on(rows: Iterable[Any], day: date) -> Any:
    return next((row for row in rows if row.start <= day and (row.end is None or day < row.end)), None)


def _before(rows: Iterable[Any], day: date) -> Any:
    row = next((row for row in rows if row.end == day), None)
    return row.superior if row else None


def _from_below(above: Mapping[Any, Any]) -> list[Any]:
    """Keys, each before the one above it."""
    order: list[Any] = []
    waiting = dict(above)
    while waiting:
        over = set(waiting.values())
        lowest = [key for key in waiting if key not in over]
        order += lowest
        for key in lowest:
            del waiting[key]
    return order


def _facts_of_unit(row: shapes.UnitRow) -> dict[str, Any]:
    names = ("name", "short_name", "kind", "unit_class", "is_opd", "parent", "site")
    return {name: getattr(row, name) for name in names}


def _values(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name not in _NO_FIELDS}


def standing(seats: Mapping[int, Any], persons: Mapping[int, Any]) -> dict[str, list[tuple[Any, ...]]]:
    """All rows that stand, by table, in order: names in place of ids, adjoining equal rows as one.

    Without the ends of sites, which no service sets yet.
    """
    names: dict[str, Mapping[int, Any]] = {
        "seat_id": seats,
        "superior_id": seats,
        "person_id": persons,
        "relative_id": persons,
        "unit_id": dict(models.Unit.objects.values_list("id", "code")),
        "site_id": dict(models.Site.objects.values_list("id", "code")),
        "post_id": {post.pk: (post.name, post.kind, post.jenjang) for post in models.Post.objects.all()},
    }
    names["parent_id"] = names["unit_id"]
    found = {}
    for model in (*models.DATED, *DATED):
        columns = [name for name in (*model.key, *model.facts) if name != "item"]
        rows = [
            (
                *(names.get(name, {}).get(value, value) for name, value in zip(columns, values, strict=True)),
                period.lower, period.upper,
            )
            for *values, period in model.objects.known().values_list(*columns, "period")
        ]  # fmt: skip
        if model is models.SiteRow:
            rows = [row[:-1] for row in rows]
        found[model.__name__] = (
            _joined(sorted(rows, key=repr)) if model is not models.SiteRow else sorted(rows)
        )
    return found


def _joined(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    kept: list[tuple[Any, ...]] = []
    for row in rows:
        if kept and kept[-1][:-2] == row[:-2] and kept[-1][-1] == row[-2]:
            kept[-1] = (*kept[-1][:-1], row[-1])
        else:
            kept.append(row)
    return kept


def copied_names(town: shapes.Town) -> tuple[dict[int, Any], dict[int, Any]]:
    """Seats and persons of a town that was put in by COPY, whose ids follow the order of the town."""
    seats = models.Seat.objects.order_by("id").values_list("id", flat=True)
    persons = Person.objects.order_by("id").values_list("id", flat=True)
    keys = list(dict.fromkeys(row.seat for row in town.structure.seat_rows))
    people_keys = [person.key for person in town.records.persons]
    return dict(zip(seats, keys, strict=True)), dict(zip(persons, people_keys, strict=True))


def replayed_names(done: Replay) -> tuple[dict[int, Any], dict[int, Any]]:
    """The same of a town that was brought in through the services."""
    seats, persons = (dict(model.objects.values_list("uid", "id")) for model in (models.Seat, Person))
    return {seats[uid]: key for key, uid in done.seats.items()}, {
        persons[uid]: key for key, uid in done.persons.items()
    }
