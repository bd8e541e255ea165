"""Where a plan takes effect: the units whose place somebody must have rights over, day by day.

The day that an act names decides nothing: a change may run on into a time when the seat or the unit stands
elsewhere. What a plan leaves as it was is no change, so nobody's rights are asked for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.kernel.timeline import Plan, Stretch, stretches
from pamong.ledger.dated import DatedRow
from pamong.organisation import models, policies
from pamong.organisation.sql import fetch

Change = tuple[Mapping[str, Any], Plan]
NOWHERE = ""  # only who may change the whole government reaches it


def require(actor: Actor, model: type[DatedRow], changes: Sequence[Change]) -> None:
    """``NotAllowed`` unless the actor may change every place that these plans of one table touch."""
    if policies.may_change(actor):
        return
    made = {key.get("unit_id") for key, _ in changes}
    for key, plan in changes:
        for stretch in stretches(plan):
            for path in _paths(model, key, stretch, made):
                policies.require_change(actor, path)


def require_superiors(actor: Actor, changes: Sequence[Change]) -> None:
    """``NotAllowed`` unless the actor may change the seats too to which these lines lead, or led.

    For lines that somebody draws by hand: those that follow from the tree may lead out of his part of it.
    """
    if policies.may_change(actor):
        return
    for _, plan in changes:
        for stretch in stretches(plan):
            for values in (stretch.before, stretch.after):
                if values is not None:
                    for path in _of_seat(values["superior_id"], stretch):
                        policies.require_change(actor, path)


def _paths(
    model: type[DatedRow], key: Mapping[str, Any], stretch: Stretch, made: set[int | None]
) -> list[str]:
    if model is models.UnitRow:
        return _of_unit(key["unit_id"], stretch, made)
    if model is models.SeatRow:
        units = {values["unit_id"] for values in (stretch.before, stretch.after) if values is not None}
        return [path for unit in sorted(units) for path in _places([unit], stretch)]
    if model is models.Line:
        return _of_seat(key["seat_id"], stretch)
    if model is models.Workload:
        return _places([key["unit_id"]], stretch)
    return [NOWHERE]


def _of_unit(unit: int, stretch: Stretch, made: set[int | None]) -> list[str]:
    """Its own place, and that of a parent which it has not had so far.

    A parent that is changed along with it is looked at by itself.
    """
    paths = [] if stretch.before is None else _places([unit], stretch)
    parent = None if stretch.after is None else stretch.after["parent_id"]
    if stretch.after is None or (stretch.before is not None and stretch.before["parent_id"] == parent):
        return paths
    if parent is None:
        return [*paths, NOWHERE]
    return paths if parent in made else [*paths, *_places([parent], stretch)]


def _of_seat(seat: int, stretch: Stretch) -> list[str]:
    rows = models.SeatRow.objects.known().filter(seat_id=seat, period__overlap=_range(stretch.period))
    return _places(sorted(set(rows.values_list("unit_id", flat=True))), stretch)


def _places(units: Sequence[int], stretch: Stretch) -> list[str]:
    """The paths of units over a stretch. What is taken away where nothing stands needs no right."""
    found = fetch(
        "SELECT DISTINCT path::text FROM organisation_unitplace WHERE unit_id = ANY(%(units)s) "
        "AND period && daterange(%(start)s, %(end)s)",
        {"units": list(units), "start": stretch.period.start, "end": stretch.period.end},
    )
    return [path for (path,) in found] or ([] if stretch.after is None else [NOWHERE])


def _range(period: Period) -> DateRange:
    return DateRange(period.start, period.end)
