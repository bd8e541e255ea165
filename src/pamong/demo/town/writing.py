"""Rows of a town as rows of tables: names of columns from the shapes, keys of the town turned into ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from pamong.demo.town import shapes
from pamong.demo.town.copying import copy_rows, in_batches
from pamong.kernel.ids import uuid7
from pamong.ledger.bulk import draw_ids
from pamong.organisation import models as org
from pamong.people import models as people

Columns = Sequence[Sequence[Any]]
# Where a shape calls a thing by its code.
_CODES: Mapping[type[models.Model], Mapping[str, str]] = {
    org.SiteRow: {"code": "site"},
    org.UnitRow: {"code": "unit"},
}
_ITEM = "item"
# What belongs to people, in two halves that take about as long; seats are checked against employment.
HALVES: tuple[Mapping[str, type[models.Model]], ...] = (
    {
        "identities": people.Identity,
        "employments": people.Employment,
        "appointments": people.Appointment,
    },
    {
        "contacts": people.Contact,
        "bank_accounts": people.BankAccount,
        "ranks": people.Rank,
        "salary_steps": people.SalaryStep,
        "educations": people.Education,
        "relatives": people.Relative,
    },
)


def new_uids(count: int) -> list[str]:
    """So many ids that nothing else has, in order: one drawn, the others counted on from it."""
    first = str(uuid7())
    head, start = first[:24], int(first[24:], 16) >> 25 << 24  # room for 16 million
    return [f"{head}{start + number:012x}" for number in range(count)]


@dataclass
class Writer:
    """Writes a town's rows on one basis. ``counts`` tells rows by table; ``uids`` are those of persons."""

    basis: int
    counts: dict[str, int] = field(default_factory=dict)
    uids: dict[int, str] = field(default_factory=dict)
    _ids: dict[str, Mapping[Any, int | None]] = field(default_factory=dict)

    def structure(self, made: shapes.Structure) -> None:
        """Units, posts, seats, lines and workload through time."""
        codes = [site.code for site in made.sites]
        site = self._things(org.Site, codes, code=codes)
        codes = [unit.code for unit in made.units]
        unit = self._things(org.Unit, codes, code=codes)
        posts = dict(zip(shapes.Post._fields, zip(*made.posts, strict=True), strict=True))
        post = self._things(org.Post, range(len(made.posts)), **posts)
        seat = self._things(org.Seat, list(dict.fromkeys(row.seat for row in made.seat_rows)))
        self._ids |= {
            "site": {**site, None: None},
            "unit": unit,
            "parent": {**unit, None: None},
            "post": post,
        }
        self._ids |= {"seat": seat, "superior": seat}
        self.dated(org.SiteRow, made.sites)
        self.dated(org.UnitRow, made.unit_rows)
        self.dated(org.SeatRow, made.seat_rows)
        self.dated(org.Line, made.lines)
        self.dated(org.Workload, made.workload)

    def persons(self, keys: Sequence[int]) -> None:
        """Everybody, before anything is said of them: relatives may be anywhere in the town."""
        person = self._things(people.Person, keys)
        self._ids |= {"person": person, "relative": {**person, None: None}}

    def records(self, made: shapes.Records, halves: Sequence[int] = (0, 1)) -> None:
        """What belongs to some of the people, or half of it."""
        for half in halves:
            for name, model in HALVES[half].items():
                self.dated(model, getattr(made, name))

    def unit_id(self, code: str | None) -> int | None:
        """The id of a unit; None where the town does not have it."""
        return self._ids["unit"].get(code)

    def dated(self, model: type[models.Model], rows: Sequence[Any]) -> None:
        """Rows of a shape that ends in ``start`` and ``end``, on the basis."""
        if not rows:
            return
        renamed = _CODES.get(model, {})
        names = [renamed.get(name, name) for name in rows[0]._fields[:-2]]
        columns = [f"{name}_id" if name in self._ids else name for name in names]
        turns = [self._turn(name) for name in names]
        self._count(
            model, copy_rows(model, ("uid", "basis_id", "period", *columns), self._batches(rows, turns))
        )

    def _batches(self, rows: Sequence[Any], turns: Sequence[Callable[[Any], Any]]) -> Iterator[Columns]:
        for batch in in_batches(rows):
            *values, starts, ends = zip(*batch, strict=True)
            turned = [turn(column) for turn, column in zip(turns, values, strict=True)]
            periods = list(zip(starts, ends, strict=True))
            yield [new_uids(len(batch)), [self.basis] * len(batch), periods, *turned]

    def _turn(self, name: str) -> Callable[[Sequence[Any]], Sequence[Any]]:
        """From a column of the town to a column of the table."""
        if name == _ITEM:  # one row a thing here: each is a thing of its own
            return lambda column: new_uids(len(column))
        if name not in self._ids:
            return lambda column: column
        ids = self._ids[name]
        return lambda column: [ids[key] for key in column]

    def _things(
        self, model: type[models.Model], keys: Sequence[Any], **values: Sequence[Any]
    ) -> dict[Any, int]:
        """Identities, each with an id drawn beforehand; the ids by key."""
        ids, uids = draw_ids(model, len(keys)), new_uids(len(keys))
        rows = zip(ids, uids, *values.values(), strict=True)
        batches = (list(zip(*batch, strict=True)) for batch in in_batches(rows))
        self._count(model, copy_rows(model, ("id", "uid", *values), batches))
        if model is people.Person:
            self.uids = dict(zip(keys, uids, strict=True))
        return dict(zip(keys, ids, strict=True))

    def _count(self, model: type[models.Model], rows: int) -> None:
        name = str(model._meta.model_name)
        self.counts[name] = self.counts.get(name, 0) + rows
