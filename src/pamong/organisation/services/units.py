"""Sites and units: made, changed from a day on, corrected, rescinded, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.period import Period
from pamong.kernel.timeline import Added, Plan, Row
from pamong.ledger import dated
from pamong.ledger.choices import Act
from pamong.organisation import events, models, places, resting
from pamong.organisation.acts import Change, Work, acting, end_workload, holding, lock_unit, path_of, planned
from pamong.organisation.errors import RowNotFound, problem, refuse
from pamong.organisation.values import (
    DEFAULTS,
    Codes,
    NewUnit,
    code_problems,
    facts,
    parentless,
    whole,
    zone_problems,
)


def create_site(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    name: str,
    zone: str,
    on: date,
    address: str = "",
    basis: int | None = None,
) -> UUID:
    """Enter a place of work with its time zone; returns its id. ``NotAllowed``, ``Refused``."""
    with acting(actor=actor, at=at, basis=basis) as work:
        known = dict(models.Site.objects.values_list("code", "id"))
        problems = [*code_problems(code, known), *zone_problems(zone)]
        if not name.strip():
            problems.append(problem("name_empty", "Nama lokasi masih kosong. Isi dulu.", code))
        refuse(problems)
        site = models.Site.objects.create(code=code)
        values = {"name": name.strip(), "zone": zone, "address": address}
        work.write(models.SiteRow, [({"site_id": site.pk}, Plan(added=(Added(Period(on), values),)))])
        work.record(events.SiteCreated(site.uid, code, name, zone, on))
        return site.uid


def create_unit(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    on: date,
    values: Mapping[str, Any],
    until: date | None = None,
    basis: int | None = None,
) -> UUID:
    """Make a unit from a day on; returns its id. ``values`` as in ``NewUnit``; refusals as there."""
    units = [NewUnit(code, values)]
    return create_units(actor=actor, at=at, on=on, units=units, until=until, basis=basis)[0]


def create_units(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    units: Sequence[NewUnit],
    until: date | None = None,
    basis: int | None = None,
) -> list[UUID]:
    """Make many units at once, in any order; returns their ids. All problems of all of them in one
    ``Refused``; ``NotAllowed`` unless every parent lies within the actor's scope."""
    with acting(actor=actor, at=at, path=_common_path(units, on), basis=basis) as work:
        codes = Codes.load()
        problems = _codes_apart(units, codes)
        refuse(problems)
        made = models.Unit.objects.bulk_create(models.Unit(code=unit.code) for unit in units)
        codes.units |= {unit.code: unit.pk for unit in made}
        changes: list[Change] = []
        for unit, thing in zip(units, made, strict=True):
            found, wrong = facts(unit.values, codes, unit.code)
            problems += [*wrong, *whole(found, unit.code)]
            added = Added(Period(on, until), {**DEFAULTS, **found})
            changes.append(({"unit_id": thing.pk}, Plan(added=(added,))))
        refuse(problems)
        work.write(models.UnitRow, changes)
        work.record(
            *(
                events.UnitCreated(thing.uid, unit.code, on, dict(unit.values))
                for unit, thing in zip(units, made, strict=True)
            )
        )
        return [thing.uid for thing in made]


def change_unit(
    *,
    actor: Actor,
    at: datetime,
    unit: UUID,
    on: date,
    values: Mapping[str, Any],
    until: date | None = None,
    basis: int | None = None,
) -> None:
    """Give a unit other values from a day on (until another, after which the old ones come back).

    ``NotAllowed``, ``UnitNotFound``; ``Refused`` where it does not stand on that day, for a parent that does
    not stand all the while or is below it, and for wrong values.
    """
    with acting(actor=actor, at=at, path=path_of(unit, on), basis=basis) as work:
        thing = lock_unit(unit)
        rows = dated.timeline(models.UnitRow, unit_id=thing.pk)
        found = _found(thing, values)
        if holding(rows, on) is None:
            refuse(
                [problem("unit_closed", f"Unit {thing.code} tidak ada pada {format_date(on)}.", thing.code)]
            )
        plan = planned(lambda: timeline.change(rows, on, found, until, resume=True))
        if _write(work, thing, rows, plan, Act.CHANGE):
            work.record(events.UnitChanged(thing.uid, thing.code, on, dict(values)))


def correct_unit(
    *,
    actor: Actor,
    at: datetime,
    row: UUID,
    values: Mapping[str, Any],
    reason: str,
    start: date | None = None,
    end: date | None = None,
    reopen: bool = False,
    basis: int | None = None,
) -> None:
    """A row of a unit's history was wrong all along: its values, or when it began or ended.

    ``NotAllowed``, ``RowNotFound``; ``Refused`` as for a change.
    """
    old = _unit_row(row)
    with acting(actor=actor, at=at, path=path_of(old.unit.uid, old.period.lower), basis=basis) as work:
        thing = lock_unit(old.unit.uid)
        rows = dated.timeline(models.UnitRow, unit_id=thing.pk)
        found = _found(thing, values)
        plan = planned(lambda: timeline.correct(rows, old.pk, found, start, end, reopen=reopen))
        told = dict(values) | {"row": row, "start": start, "end": end, "reopen": reopen}
        if _write(work, thing, rows, plan, Act.CORRECT):
            work.record(events.UnitCorrected(thing.uid, thing.code, old.period.lower, told, reason))


def rescind_unit_row(*, actor: Actor, at: datetime, row: UUID, reason: str, basis: int | None = None) -> None:
    """Undo a row of a unit's history: what held before goes on.

    ``NotAllowed``, ``RowNotFound``, ``Refused``.
    """
    old = _unit_row(row)
    with acting(actor=actor, at=at, path=path_of(old.unit.uid, old.period.lower), basis=basis) as work:
        thing = lock_unit(old.unit.uid)
        rows = dated.timeline(models.UnitRow, unit_id=thing.pk)
        plan = planned(lambda: timeline.rescind(rows, old.pk))
        _write(work, thing, rows, plan, Act.RESCIND)
        work.record(events.UnitRescinded(thing.uid, thing.code, old.period.lower, {"row": row}, reason))


def close_unit(*, actor: Actor, at: datetime, unit: UUID, on: date, basis: int | None = None) -> None:
    """End a unit: from ``on`` it stands no more, nor what it needs by workload.

    ``NotAllowed``, ``UnitNotFound``; ``Refused`` while it has units or seats, or a later change is entered.
    """
    with acting(actor=actor, at=at, path=path_of(unit, on), basis=basis) as work:
        thing = lock_unit(unit)
        rows = dated.timeline(models.UnitRow, unit_id=thing.pk)
        refuse(resting.young("unit_young", "Unit ini baru berdiri", rows, on))
        plan = planned(lambda: timeline.end(rows, on))
        end_workload(work, [thing.pk], on)
        _write(work, thing, rows, plan, Act.CHANGE)
        work.record(events.UnitClosed(thing.uid, thing.code, on))


def rescind_unit(*, actor: Actor, at: datetime, unit: UUID, basis: int | None = None) -> None:
    """Take back that a unit was made, with what it needs by workload: it stands on no day.

    ``NotAllowed``, ``UnitNotFound``; ``Refused`` where units, seats or a reorganisation ever rested on it.
    """
    rows = dated.timeline(models.UnitRow, unit__uid=unit)
    path = path_of(unit, rows[0].period.start) if rows else ""
    with acting(actor=actor, at=at, path=path, basis=basis) as work:
        thing = lock_unit(unit)
        rows = dated.timeline(models.UnitRow, unit_id=thing.pk)
        refuse(resting.on_unit(thing))
        end_workload(work, [thing.pk], date.min)
        if work.write(models.UnitRow, [({"unit_id": thing.pk}, Plan(removed=tuple(rows)))], Act.RESCIND):
            work.record(events.UnitMakingRescinded(thing.uid, thing.code, rows[0].period.start))


def rebuild_places(*, actor: Actor, at: datetime) -> int:
    """Make the table of places anew from the rows; returns how many it holds. Each change of a unit does so
    by itself: this is for bulk loads. ``NotAllowed``."""
    with acting(actor=actor, at=at):
        return places.rebuild()


def _unit_row(row: UUID) -> models.UnitRow:
    """A row of a unit's history that stands. ``RowNotFound``."""
    found: models.UnitRow | None = (
        models.UnitRow.objects.known().select_related("unit").filter(uid=row).first()
    )
    if found is None:
        raise RowNotFound
    return found


def _own_parent(thing: models.Unit, rows: Sequence[Row]) -> None:
    """``Refused`` where one of the rows would put the unit below itself."""
    if any(row.values["parent_id"] == thing.pk for row in rows):
        refuse([
            problem(
                "unit_own_parent",
                f"Unit {thing.code} tidak dapat menjadi induknya sendiri. Pilih induk lain.",
                thing.code,
            )
        ])  # fmt: skip


def _write(work: Work, thing: models.Unit, rows: Sequence[Row], plan: Plan, act: Act) -> bool:
    after = timeline.outcome(rows, plan)
    _own_parent(thing, after)
    for row in after:
        work.problems += parentless(row.values, thing.code)
    return work.write(models.UnitRow, [({"unit_id": thing.pk}, plan)], act)


def _found(thing: models.Unit, values: Mapping[str, Any]) -> dict[str, Any]:
    """Checked values. ``Refused`` with all problems."""
    found, problems = facts(values, Codes.load(), thing.code)
    refuse(problems)
    return found


def _codes_apart(units: Sequence[NewUnit], codes: Codes) -> list[Any]:
    problems = []
    seen = dict(codes.units)
    for unit in units:
        problems += code_problems(unit.code, seen)
        seen[unit.code] = 0
    return problems


def _common_path(units: Sequence[NewUnit], on: date) -> str:
    """The path over which somebody must have rights to make these: that of their one existing parent, else
    the whole government."""
    inner = {unit.code for unit in units}
    outer = {str(unit.values.get("parent") or "") for unit in units} - inner
    if len(outer) != 1:
        return ""
    parent = models.Unit.objects.filter(code=outer.pop()).first()
    return path_of(parent.uid, on) if parent else ""
