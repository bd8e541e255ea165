"""Carrying out a plan: rows of units, then of seats, then of lines, all on one basis and from one day.

The preview does the same and is rolled back: what it shows is what happens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from pamong.kernel import timeline
from pamong.kernel.errors import InvalidValue
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Added, Plan, Row
from pamong.ledger import dated
from pamong.organisation import lines, models
from pamong.organisation.acts import Change, Work, cut, end_workload, holding
from pamong.organisation.errors import problem
from pamong.organisation.holders import held_problems
from pamong.organisation.reorganising.plan import NewSeats, ReadPlan, SeatMove
from pamong.organisation.values import DEFAULTS, Codes, code_problems, facts, parentless, whole


@dataclass
class Carried:
    """What a plan touched, by database ids. ``gone`` seats are closed, ``moved`` ones have another unit."""

    units: dict[str, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    made: dict[int, str] = field(default_factory=dict)
    kept: set[int] = field(default_factory=set)
    seated: set[int] = field(default_factory=set)
    superiors: dict[int, UUID] = field(default_factory=dict)
    relined: set[int] = field(default_factory=set)


@dataclass
class Carrier:
    """One plan being carried out."""

    work: Work
    plan: ReadPlan
    on: date
    done: Carried = field(default_factory=Carried)

    def run(self) -> Carried:
        """All of it; problems are added to the work."""
        self.work.problems += self.plan.problems
        before = self._defaults_now()
        self._units()
        self._seats()
        self._lines(before)
        return self.done

    def _units(self) -> None:
        planned = self.plan.units
        codes = Codes.load()
        made = self._identities(codes)
        codes.units |= made
        self.done.units = {code: codes.units[code] for code in planned.codes if code in codes.units}
        changes: list[Change] = []
        for code, values in planned.created.items():
            changes += self._created(code, values, codes)
        for code, values in (self._inherited(codes) | planned.changed).items():
            found, wrong = facts(values, codes, code)
            self.work.problems += wrong
            changes += self._changed(code, codes.units[code], found)
        closed = [codes.units[code] for code in sorted(planned.closed - set(planned.created))]
        changes += [({"unit_id": pk}, self._ended(models.UnitRow, unit_id=pk)) for pk in closed]
        end_workload(self.work, closed, self.on)
        self.work.write(models.UnitRow, changes)

    def _identities(self, codes: Codes) -> dict[str, int]:
        """New units; one that a withdrawn plan left without any row is taken again."""
        standing = set(models.UnitRow.objects.known().values_list("unit_id", flat=True))
        made = {}
        for code in self.plan.units.created:
            if code in codes.units and codes.units[code] not in standing:
                made[code] = codes.units[code]
                continue
            wrong = code_problems(code, codes.units)
            self.work.problems += wrong
            if not wrong:
                made[code] = models.Unit.objects.create(code=code).pk
        return made

    def _created(self, code: str, values: Mapping[str, Any], codes: Codes) -> list[Change]:
        found, wrong = facts(values, codes, code)
        pattern = self.plan.units.models.get(code)
        if pattern in codes.units:
            row = models.UnitRow.objects.as_of(self.on).filter(unit_id=codes.units[pattern]).first()
            found = {**(row.values if row else {}), "external_code": "", "short_name": "", **found}
            found["name"] = found["name"] if "name" in values else ""
        found = {**DEFAULTS, **found}
        wrong = wrong or whole({name: value for name, value in found.items() if value != ""}, code)
        self.work.problems += wrong
        if wrong or code not in codes.units:
            return []
        return [({"unit_id": codes.units[code]}, Plan(added=(Added(Period(self.on), found),)))]

    def _inherited(self, codes: Codes) -> dict[str, dict[str, Any]]:
        """Units below a closed one that the plan does not name go to its heir."""
        planned = self.plan.units
        heirs = {codes.units[code]: heir for code, heir in planned.heirs.items() if heir in codes.units}
        rows = models.UnitRow.objects.as_of(self.on).filter(parent_id__in=list(heirs)).select_related("unit")
        return {
            row.unit.code: {"parent": heirs[row.parent_id]}
            for row in rows
            if row.unit.code not in planned.closed and "parent" not in planned.changed.get(row.unit.code, {})
        }

    def _changed(self, code: str, unit: int, found: Mapping[str, Any]) -> list[Change]:
        if found.get("parent_id") == unit:
            sentence = f"Unit {code} tidak dapat menjadi induknya sendiri. Pilih induk lain."
            self.work.problems.append(problem("unit_own_parent", sentence, code))
            return []
        rows = dated.timeline(models.UnitRow, unit_id=unit)
        plan = self._tried(lambda: timeline.change(rows, self.on, found))
        for row in timeline.outcome(rows, plan):
            self.work.problems += parentless(row.values, code)
        self.done.kept.add(unit)
        return [({"unit_id": unit}, plan)]

    def _ended(self, model: type[dated.DatedRow], **key: int) -> Plan:
        rows = dated.timeline(model, **key)
        return self._tried(lambda: timeline.end(rows, self.on))

    def _tried(self, make: Callable[[], Plan]) -> Plan:
        try:
            return make()
        except InvalidValue as error:
            self.work.problems.append(problem("timeline", str(error)))
            return Plan()

    def _seats(self) -> None:
        self._check_targets()
        moves = {move.seat: move for move in self.plan.seats}
        known = dict(models.Seat.objects.filter(uid__in=list(moves)).values_list("uid", "id"))
        self.work.problems += [
            problem("seat_unknown", f"Posisi {uid} tidak ada.") for uid in moves if uid not in known
        ]
        posts = dict(models.Post.objects.values_list("uid", "id"))
        values = {known[uid]: self._values(move, posts) for uid, move in moves.items() if uid in known}
        self.done.gone = {known[uid] for uid, move in moves.items() if uid in known and move.close}
        self.done.superiors = {
            known[uid]: move.superior for uid, move in moves.items() if uid in known and move.superior
        }
        values |= self._left_behind(values)
        self._write_seats(values)
        self._new_seats(posts)

    def _check_targets(self) -> None:
        codes = {move.unit for move in self.plan.seats if move.unit} | {
            new.unit for new in self.plan.new_seats
        }
        ids = dict(models.Unit.objects.filter(code__in=codes).values_list("code", "id"))
        self.work.problems += [
            problem("unit_unknown", f"Unit tujuan '{code}' tidak ada.", code)
            for code in sorted(codes - set(ids))
        ]
        self.done.units |= ids

    def _values(self, move: SeatMove, posts: Mapping[UUID, int]) -> dict[str, Any]:
        found = dict(move.values)
        if move.unit in self.done.units:
            found["unit_id"] = self.done.units[move.unit]
        if move.post is not None and move.post not in posts:
            self.work.problems.append(problem("post_unknown", f"Jabatan {move.post} tidak ada."))
        elif move.post is not None:
            found["post_id"] = posts[move.post]
        return found

    def _left_behind(self, named: Mapping[int, Any]) -> dict[int, dict[str, Any]]:
        """Seats of closed units that the plan does not name go to the heir, or are a problem."""
        planned = self.plan.units
        closed = {self.done.units[code]: code for code in planned.closed if code in self.done.units}
        found: dict[int, dict[str, Any]] = {}
        lost: dict[str, int] = {}
        rows = models.SeatRow.objects.as_of(self.on).filter(unit_id__in=list(closed)).order_by("seat_id")
        for row in rows:
            code = closed[row.unit_id]
            heir = self.done.units.get(planned.heirs.get(code, ""))
            if row.seat_id in named and (row.seat_id in self.done.gone or "unit_id" in named[row.seat_id]):
                continue
            if heir is None:
                lost[code] = lost.get(code, 0) + 1
            else:
                found[row.seat_id] = {**named.get(row.seat_id, {}), "unit_id": heir}
        self.work.problems += _unmapped(lost)
        return found

    def _write_seats(self, values: Mapping[int, dict[str, Any]]) -> None:
        timelines = self._timelines(models.SeatRow, list(values))
        changes: list[Change] = []
        self.work.problems += held_problems(sorted(self.done.gone), self.on)
        for seat, found in values.items():
            rows = timelines[seat]
            base = holding(rows, self.on)
            if base is None:
                self.work.problems.append(
                    problem("seat_closed", "Sebuah posisi dalam rancangan tidak ada pada tanggal penataan.")
                )
            elif seat in self.done.gone:
                changes.append(({"seat_id": seat}, cut(rows, self.on)))
            else:
                plan = self._tried(partial(timeline.change, rows, self.on, found))
                changes.append(({"seat_id": seat}, plan))
                self.done.seated.add(seat)
                if found.get("unit_id", base.values["unit_id"]) != base.values["unit_id"]:
                    self.done.moved.add(seat)
        self.work.write(models.SeatRow, changes)
        gone = self._timelines(models.Line, list(self.done.gone))
        self.work.write(models.Line, [({"seat_id": seat}, cut(rows, self.on)) for seat, rows in gone.items()])

    def _new_seats(self, posts: Mapping[UUID, int]) -> None:
        each = [new for new in self.plan.new_seats for _ in range(new.count)]
        each = [new for new in each if new.unit in self.done.units and self._known_post(new, posts)]
        seats = models.Seat.objects.bulk_create(models.Seat() for _ in each)
        changes: list[Change] = []
        for seat, new in zip(seats, each, strict=True):
            values = {
                "unit_id": self.done.units[new.unit], "post_id": posts[new.post], "job_class": new.job_class,
                "is_head": new.is_head, "frozen": False, "note": "",
            }  # fmt: skip
            changes.append(({"seat_id": seat.pk}, Plan(added=(Added(Period(self.on), values),))))
        self.work.write(models.SeatRow, changes)
        self.done.made = {seat.pk: new.key for seat, new in zip(seats, each, strict=True)}

    def _known_post(self, new: NewSeats, posts: Mapping[UUID, int]) -> bool:
        if new.post not in posts:
            self.work.problems.append(problem("post_unknown", f"Jabatan {new.post} tidak ada."))
        return new.post in posts

    def _timelines(self, model: type[dated.DatedRow], seats: list[int]) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {seat: [] for seat in seats}
        for row in model.objects.known().filter(seat_id__in=seats).order_by("period"):
            found[row.seat_id].append(Row(row.span, row.values, row.pk))
        return found

    def _defaults_now(self) -> dict[int, int | None]:
        return lines.defaults(self.on, list(_standing_seats(self.on)))

    def _lines(self, before: Mapping[int, int | None]) -> None:
        """Who reported by default still does; who reported to a seat that ends, does now; the rest stays."""
        standing = _standing_seats(self.on)
        after = lines.defaults(self.on, standing)
        now = lines.current(self.on, standing)
        renewed = self.done.moved | set(self.done.made)
        wanted = {
            seat: above
            for seat, above in after.items()
            if seat in renewed
            or now.get(seat) in self.done.gone
            or (above != before.get(seat) and now.get(seat) == before.get(seat))
        }
        wanted |= self._named_superiors()
        plans = lines.plans(self.on, wanted)
        self.work.write(models.Line, plans)
        self.done.relined = {key["seat_id"] for key, _ in plans}

    def _named_superiors(self) -> dict[int, int]:
        named = self.done.superiors
        uids = dict(models.Seat.objects.filter(uid__in=list(named.values())).values_list("uid", "id"))
        wrong = [seat for seat, uid in named.items() if uids.get(uid) in (None, seat)]
        self.work.problems += [
            problem("line_self", "Posisi atasan tidak ada, atau posisi itu sendiri. Pilih posisi lain.")
            for _ in wrong
        ]
        return {seat: uids[uid] for seat, uid in named.items() if seat not in wrong}


def _unmapped(lost: Mapping[str, int]) -> list[Problem]:
    """Of which units how many seats have no place to go."""
    rows = models.UnitRow.objects.known().filter(unit__code__in=list(lost)).order_by("period")
    names = dict(rows.values_list("unit__code", "name"))
    return [
        problem(
            "seat_unmapped",
            f"{count} posisi di {names.get(code, code)} belum ditentukan tujuannya. Tetapkan satu per satu.",
            names.get(code, code),
            code,
        )
        for code, count in lost.items()
    ]


def _standing_seats(on: date) -> list[int]:
    return list(models.SeatRow.objects.as_of(on).values_list("seat_id", flat=True))
