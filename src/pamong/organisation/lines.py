"""Who stands above whom by default: the head of one's own unit; above a head, the next head further up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pamong.kernel.timeline import Plan, Row, change
from pamong.organisation import models
from pamong.organisation.acts import cut
from pamong.organisation.sql import fetch

_MOST_LEVELS = 32


@dataclass(frozen=True, slots=True)
class Tree:
    """Units and their heads on a date: enough to find anybody's superior without another query."""

    parents: Mapping[int, int | None]
    heads: Mapping[int, int]

    @classmethod
    def load(cls, on: date) -> Tree:
        """As known now."""
        units = fetch(
            "SELECT unit_id, parent_id FROM organisation_unitrow WHERE superseded_at IS NULL "
            "AND period @> %(on)s::date",
            {"on": on},
        )
        heads = fetch(
            "SELECT unit_id, seat_id FROM organisation_seatrow WHERE superseded_at IS NULL AND is_head "
            "AND period @> %(on)s::date",
            {"on": on},
        )
        return cls(dict(units), dict(heads))

    def above(self, unit: int, seat: int) -> int | None:
        """The seat to which a seat of this unit reports; None where no head stands above it."""
        here: int | None = unit
        if self.heads.get(unit) == seat:
            here = self.parents.get(unit)
        for _ in range(_MOST_LEVELS):
            if here is None:
                return None
            if here in self.heads:
                return self.heads[here]
            here = self.parents.get(here)
        return None


def defaults(on: date, seats: Collection[int]) -> dict[int, int | None]:
    """The superior of each of these seats that stand on the date, by database ids."""
    tree = Tree.load(on)
    rows = fetch(
        "SELECT seat_id, unit_id FROM organisation_seatrow WHERE superseded_at IS NULL "
        "AND period @> %(on)s::date AND seat_id = ANY(%(seats)s)",
        {"on": on, "seats": list(seats)},
    )
    return {seat: tree.above(unit, seat) for seat, unit in rows}


def current(on: date, seats: Collection[int]) -> dict[int, int]:
    """The superior by the line that holds on the date, for those that have one."""
    rows = fetch(
        "SELECT seat_id, superior_id FROM organisation_line WHERE superseded_at IS NULL "
        "AND period @> %(on)s::date AND seat_id = ANY(%(seats)s)",
        {"on": on, "seats": list(seats)},
    )
    return dict(rows)


def standing_ends(on: date, seats: Collection[int]) -> dict[int, date | None]:
    """Until when each seat that stands on the date stands without a gap; None: no end is known."""
    rows = fetch(
        "SELECT seat_id, upper(stretch) FROM (SELECT seat_id, unnest(range_agg(period)) AS stretch "
        "FROM organisation_seatrow WHERE superseded_at IS NULL AND seat_id = ANY(%(seats)s) "
        "GROUP BY seat_id) s WHERE stretch @> %(on)s::date",
        {"on": on, "seats": list(seats)},
    )
    return dict(rows)


def plans(on: date, wanted: Mapping[int, int | None]) -> list[tuple[dict[str, int], Plan]]:
    """What to write so that from ``on`` these seats report to these superiors, as long as both stand.

    Where a seat reports to somebody else from a later day on, that stays.
    """
    ends = standing_ends(on, {*wanted, *(above for above in wanted.values() if above is not None)})
    rows: dict[int, list[Row]] = {seat: [] for seat in wanted}
    for line in models.Line.objects.known().filter(seat_id__in=list(wanted)).order_by("period"):
        rows[line.seat_id].append(Row(line.span, line.values, line.pk))
    found = [({"seat_id": seat}, _plan(rows[seat], on, seat, above, ends)) for seat, above in wanted.items()]
    return [(key, plan) for key, plan in found if not plan.empty]


def _plan(rows: list[Row], on: date, seat: int, above: int | None, ends: Mapping[int, date | None]) -> Plan:
    base = next((row for row in rows if row.period.contains(on)), None)
    if above is None:
        return Plan() if base is None else cut([row for row in rows if row is base], on)
    if base is not None and base.values["superior_id"] == above:
        return Plan()
    known = [end for end in (ends.get(seat), ends.get(above)) if end is not None]
    end = min(known) if known else None
    later = [row.period.start for row in rows if row.period.start > on]
    bounded = end is not None and end > on and not (later and later[0] < end)
    return change(rows, on, {"superior_id": above}, end if bounded else None)
