"""Puts a town together: copies of the city until there are enough people, then its tables."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from pamong.demo.people import FIRST_PIN, SEED
from pamong.demo.town import service
from pamong.demo.town.acting import Acting, away_since, handovers, right_to_return
from pamong.demo.town.draws import Draws
from pamong.demo.town.family import Homes
from pamong.demo.town.files import FileMaker, relatives
from pamong.demo.town.places import Held, Places
from pamong.demo.town.plan import IN_SERVICE, CopyPlan, SeatPlan, copy_plan, size
from pamong.demo.town.rules import REFORM, TODAY, read
from pamong.demo.town.shapes import (
    Appointment,
    Lineage,
    Person,
    Records,
    SeatKey,
    Structure,
    Town,
    Unit,
)
from pamong.demo.town.tree import Posts, Tree, reorganisations, workload
from pamong.demo.town.units import UnitPlan, lineage

_PIECE = 2_500  # people; some ten megabytes of rows


@dataclass(slots=True)
class _Part:
    """One copy of the city as far as the town has it: ``seats`` in order, who held what."""

    plan: CopyPlan
    places: Places
    seats: list[SeatPlan]
    held: dict[int, list[Held]] = field(default_factory=dict)

    @property
    def held_seats(self) -> Iterator[SeatPlan]:
        for entries in self.held.values():
            for entry in entries:
                yield entry.seat


@dataclass(frozen=True, slots=True)
class Making:
    """A town whose people are yet to be made: ``records`` makes some at a time, in the order of ``keys``.

    Nobody's rows are spread over two pieces.
    """

    structure: Structure
    keys: list[int]
    personas: dict[str, int]
    records: Iterator[Records]

    def whole(self, pieces: Iterable[Records]) -> Town:
        """The town with its people, once they are made."""
        found = _no_records()
        for piece in pieces:
            for each in fields(Records):
                getattr(found, each.name).extend(getattr(piece, each.name))
        return Town(TODAY, self.structure, found, self.personas)


@contextmanager
def without_collector() -> Iterator[None]:
    """Rows hold no circles: looking for some over and over in a million of them takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@without_collector()
def town(people: int, seed: str = SEED) -> Town:
    """The town with so many people in service, and those who left it. The same arguments give the same town.

    A larger town has all people of a smaller one, with the same numbers, careers and seats.
    """
    making = make(people, seed)
    return making.whole(making.records)


def make(people: int, seed: str = SEED) -> Making:
    """The same town, its people some thousands at a time, for whoever does something with them meanwhile."""
    parts = [_part(number, people, seed) for number in range(max(1, -(-people // size())))]
    tree = Tree(*_closure(parts))
    seats = [seat for part in parts for seat in part.seats if seat.person is not None]
    keys = [seat.person for seat in seats if seat.person is not None]
    personas = {seat.who: seat.person for seat in seats if seat.who and seat.person is not None}
    return Making(_structure(parts, tree), keys, personas, _records(parts, tree, seed))


def _part(number: int, people: int, seed: str) -> _Part:
    plan = copy_plan(number)
    wanted, seats = people - number * plan.size, []
    for seat in plan.seats:
        if seat.kind in IN_SERVICE:
            if wanted <= 0:
                break
            wanted -= 1
        seats.append(seat)
    part = _Part(plan, Places(seed, plan), seats)
    for seat in seats:
        if seat.person is not None:
            part.held[seat.person] = part.places.settle(seat)
    return part


def _closure(parts: Sequence[_Part]) -> tuple[list[UnitPlan], list[SeatPlan]]:
    """Units and seats that the town needs: of its people now and before, the heads above them."""
    units = {unit.code: unit for part in parts for unit in part.plan.units}
    seats: dict[SeatPlan, None] = {}
    for part in parts:
        seats |= dict.fromkeys(part.seats) | dict.fromkeys(part.held_seats)
    needed: set[str] = set()
    waiting = [code for seat in seats for code in (seat.unit.code, seat.unit.came_from) if code]
    waiting.append(read("structure")["root"]["lead"])
    while waiting:
        code = waiting.pop()
        if code in needed or code not in units:
            continue
        needed.add(code)
        unit = units[code]
        waiting += [unit.parent, unit.came_from, *(parent for _, parent in unit.parents)]
        heirs = [heir.code for heir in units.values() if heir.came_from == code] if unit.closes else []
        waiting += heirs
    heads = [s for part in parts for s in part.plan.seats if s.is_head and s.unit.code in needed]
    seats |= dict.fromkeys(heads)
    return [unit for code, unit in units.items() if code in needed], list(seats)


def _structure(parts: Sequence[_Part], tree: Tree) -> Structure:
    posts, by_code = Posts(), {unit.code: unit for unit in tree.units}
    by_seat: dict[SeatPlan, list[Held]] = {}
    for part in parts:
        for entries in part.held.values():
            for entry in entries:
                by_seat.setdefault(entry.seat, []).append(entry)
    for entries in by_seat.values():
        entries.sort(key=lambda entry: entry.start)
    spans = {seat: tree.span(seat, by_seat.get(seat, ())) for seat in tree.seats}
    seat_rows = [row for seat in tree.seats for row in tree.seat_rows(seat, by_seat.get(seat, ()), posts)]
    return Structure(
        sites=list(tree.site_rows()),
        units=[Unit(unit.code, unit.group, unit.machine, unit.shifts) for unit in tree.units],
        unit_rows=list(tree.unit_rows()),
        reorganisations=list(reorganisations()),
        lineage=_lineage(parts, by_code),
        posts=posts.rows,
        seat_rows=seat_rows,
        lines=list(tree.lines(spans)),
        workload=list(workload(seat_rows, by_code)),
    )


def _lineage(parts: Sequence[_Part], units: dict[str, UnitPlan]) -> list[Lineage]:
    found = (row for part in parts for row in lineage(part.plan.again))
    return [row for row in found if row.old in units and row.new in units]


def _records(parts: Sequence[_Part], tree: Tree, seed: str) -> Iterator[Records]:
    writer = _Writer(seed, tree, {key for part in parts for key in part.held})
    seats = {seat.key for seat in tree.seats}
    for part in parts:
        homes, acting = Homes(seed, part.places), Acting(seed, part.plan, part.places)
        for seat in part.seats:
            if seat.person is not None:
                writer.add(seat, part, homes, acting, seats)
            if len(writer.records.persons) == _PIECE:
                yield writer.taken()
    yield writer.taken()


def _no_records() -> Records:
    return Records(*([] for _ in fields(Records)))


class _Writer:
    """Writes the rows of people, in the town's order."""

    def __init__(self, seed: str, tree: Tree, town: set[int]) -> None:
        self.seed, self.tree, self.town = seed, tree, town
        self.records = _no_records()
        self.numbers = service.Numbers()
        self.files = FileMaker(seed, self.numbers)
        self._changes: dict[str, frozenset[date]] = {}

    def taken(self) -> Records:
        """What is written by now; the next rows begin anew."""
        found, self.records = self.records, _no_records()
        return found

    def add(self, seat: SeatPlan, part: _Part, homes: Homes, acting: Acting, seats: set[SeatKey]) -> None:
        """All rows of the person who has the seat, or had it."""
        key, to = seat.person or 0, self.records
        career, home = part.places.life(seat).career, homes.home_of(seat)
        draw = Draws(self.seed, "service", key).random()
        special = service.standing_of(career, key, seat.rule.age, draw)
        to.persons.append(Person(key, str(FIRST_PIN + key) if key >= 0 else "", seat.who))
        to.identities.extend(self.files.identities(key, career, home, named=bool(seat.who)))
        to.contacts.extend(self.files.contacts(key, career, home))
        to.bank_accounts.append(self.files.bank_account(key, career, home))
        to.employments.extend(service.employments(key, career, self.numbers, special, draw))
        to.ranks.extend(service.ranks(key, career))
        to.salary_steps.extend(service.salary_steps(key, career))
        to.educations.extend(self.files.educations(key, career))
        to.relatives.extend(relatives(key, home, self.town))
        to.appointments.extend(self._appointments(part.held[key], special, seat, career.kind))
        to.appointments.extend([row for row in acting.rows.get(key, ()) if row.seat in seats])

    def _appointments(
        self, held: list[Held], special: tuple[str, date | None], seat: SeatPlan, kind: str
    ) -> Iterator[Appointment]:
        """Regular seats, cut where a reorganisation inducted everybody anew; then handovers and returns."""
        away = away_since(held[0].person, kind, seat)
        off = special[1] if special[0] in ("CLTN", "Masa Persiapan Pensiun") else away
        kept = [entry for entry in held if off is None or entry.start < off]
        if off is not None:
            kept[-1] = kept[-1]._replace(end=off)
        step = 0
        for entry in kept:
            starts = [entry.start, *self._inductions(entry)]
            for start, end in zip(starts, [*starts[1:], entry.end], strict=True):
                step += 1
                yield _regular(entry, start, end, step)
        yield from handovers(self.seed, kept)
        if away and off == away:
            yield right_to_return(kept[-1], away)

    def _inductions(self, entry: Held) -> list[date]:
        unit = entry.seat.unit
        if unit.code not in self._changes:
            self._changes[unit.code] = self.tree.changes(unit)
        return sorted(day for day in self._changes[unit.code] if entry.start < day < (entry.end or date.max))


def _regular(entry: Held, start: date, end: date | None, step: int) -> Appointment:
    subject = "821.2" if entry.rule.managerial else "821.1" if entry.rule.track else "824"
    no, note = service.order_no(subject, entry.person, step, start.year), ""
    if start > entry.start:
        no, note = f"821/{1 if start == REFORM else 2}/{start.year}", "Pengukuhan karena penataan organisasi"
    return Appointment(
        entry.person, "regular", 0, entry.seat.key, no, service.order_day(start), note, start, end
    )


def tables(found: Town) -> Iterator[tuple[str, list[Any]]]:
    """Every table of a town by its name, for counting, comparing and loading."""
    for part in (found.structure, found.records):
        for each in fields(part):
            yield each.name, getattr(part, each.name)
