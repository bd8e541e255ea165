"""The order of an appointment, and whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pamong.ledger.sql import fetch
from pamong.merit import models

_ORDER = """
SELECT o.number, o.dated_on, e.on, COALESCE(b.number, '') FROM decisions_order o
JOIN decisions_decision d ON d.id = o.decision_id
LEFT JOIN decisions_orderend e ON e.order_id = o.id LEFT JOIN decisions_order b ON b.id = e.by_id
WHERE d.uid = %(decision)s
"""


@dataclass(frozen=True, slots=True)
class AppointmentOrder:
    """The number and day of an order. ``ended_on`` None while it holds; ``by_number``: of the order that
    annulled it."""

    number: str
    dated_on: date
    ended_on: date | None
    by_number: str


def order_of(decision: UUID | None) -> AppointmentOrder | None:
    """The order of the decision by which somebody was chosen; None for none."""
    found = fetch(_ORDER, {"decision": decision}) if decision else []
    return AppointmentOrder(*found[0]) if found else None


def order_of_vacancy(row: models.Vacancy) -> AppointmentOrder | None:
    """The same for whom a vacancy was filled with; None while it is not filled."""
    choice = models.Choice.objects.filter(vacancy=row).first()
    return order_of(choice.decision) if choice else None
