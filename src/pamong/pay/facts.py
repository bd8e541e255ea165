"""How people are paid: in which group, with which fixed income and tax status, from which day on.

A month's sheet brings these facts beside the month itself. A cell that it leaves empty says nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.kernel import timeline
from pamong.kernel.timeline import Plan, Row
from pamong.ledger.bulk import BulkRow, copy_dated
from pamong.pay.models import PayFact

_NOTHING: Mapping[str, Any] = {"pay_group": "", "fixed_income": None, "tax_status": ""}


@dataclass(frozen=True, slots=True)
class NewFact:
    """What is told of somebody: values by name, None for what is not told."""

    person_id: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FactPlan:
    """What would be written, by person; whose facts are new, and whose change what is in force."""

    plans: Sequence[tuple[int, Plan]]
    new: Collection[int]
    altering: Collection[int]


def plan_facts(facts: Sequence[NewFact], on: date) -> FactPlan:
    """What these facts change from a day on. For whoever has seen to the right to bring them."""
    strands: dict[int, list[Row]] = {each.person_id: [] for each in facts}
    for row in PayFact.objects.known().filter(person_id__in=strands).order_by("person_id", "period"):
        strands[row.person_id].append(Row(row.span, row.values, row.pk))
    plans: list[tuple[int, Plan]] = []
    new: set[int] = set()
    altering: set[int] = set()
    for each in facts:
        told = {name: value for name, value in each.values.items() if value is not None}
        rows = strands[each.person_id]
        stands = next((row.values for row in rows if row.period.contains(on)), None)
        if not told or (stands is not None and dict(stands) | told == dict(stands)):
            continue
        whole = told if stands is not None else dict(_NOTHING) | told
        plans.append((each.person_id, timeline.change(rows, on, whole)))
        (new if stands is None else altering).add(each.person_id)
    return FactPlan(plans, new, altering)


def write_facts(plan: FactPlan, *, basis: int) -> tuple[int, str]:
    """Store them on one basis: for how many people, and the hash of the rows. ``MovedOn``."""
    gone = [row.id for _, each in plan.plans for row in each.removed if row.id is not None]
    rows = [BulkRow({"person_id": person}, added) for person, each in plan.plans for added in each.added]
    lines = copy_dated(PayFact, gone, rows, basis=basis)
    return len(plan.plans), hashlib.sha256(b"".join(lines)).hexdigest()


def groups_of(persons: Collection[int], on: date) -> dict[int, str]:
    """In which group each of these people is paid on a day; who is not among them, nobody has told."""
    found = PayFact.objects.as_of(on).filter(person_id__in=persons).exclude(pay_group="")
    return dict(found.values_list("person_id", "pay_group"))


def members_of(groups: Collection[str], on: date) -> list[int]:
    """The people who are paid in one of these groups on a day."""
    return list(PayFact.objects.as_of(on).filter(pay_group__in=groups).values_list("person_id", flat=True))
