"""What follows for seats where service becomes shorter, by whatever act that happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.kernel.period import Period
from pamong.kernel.timeline import Added, Plan, Row
from pamong.people.choices import AppointmentKind
from pamong.people.services.reading import Record
from pamong.people.situation import uncovered_from


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one timeline."""

    subject: str
    key: Mapping[str, Any]
    plan: Plan


def for_good(changes: Sequence[Change]) -> list[Plan]:
    """What happens to the seat that somebody has for good."""
    regular = AppointmentKind.REGULAR.value
    return [
        each.plan for each in changes
        if each.subject == "appointment" and each.key["kind"] == regular
    ]  # fmt: skip


def leave_seats(record: Record, service: Sequence[Row]) -> list[Change]:
    """Every seat ends where the service under it ends, those that one stands in for too.

    ``service`` is what would stand. A seat that would begin outside of it is left to the checks: which of
    both is wrong nobody can tell from here.
    """
    changes = []
    for strand in record.strands["appointment"]:
        cut = [(row, end) for row in strand.rows if (end := _ends(row, service)) is not None]
        if cut:
            added = tuple(Added(Period(row.period.start, end), row.values, row.id) for row, end in cut)
            changes.append(Change("appointment", strand.key, Plan(tuple(row for row, _ in cut), added)))
    return changes


def _ends(row: Row, service: Sequence[Row]) -> date | None:
    """The day from which a seat is held without service; None where that never happens, or from the start."""
    end = uncovered_from(row.period, service)
    return None if end == row.period.start else end
