"""What a raise says: worked out by the server from what is on record; a form only names the month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pamong.career.queries.one import WorkedOut, worked_out
from pamong.career.subject import Anchor, find_anchor
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.site import site_law
from pamong.decisions.types import Case
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.clock import format_date
from pamong.law import kgb


@dataclass(frozen=True, slots=True)
class Found:
    """A raise as it is on record on a day; ``content`` is what a decision about it says."""

    one: WorkedOut
    due: kgb.Due
    step: kgb.NewStep
    last: kgb.Step
    anchor: Anchor | None
    content: Mapping[str, Any]


def day_of(value: Any, field: str) -> date:
    """A day of a form. ``ContentUnfit``."""
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ContentUnfit("Isi tanggalnya, misalnya 2027-01-01.", field) from error


def as_day(text: str) -> date | None:
    """A day of a content; None for ''."""
    return date.fromisoformat(text) if text else None


def raise_of(case: Case, effective_on: date) -> Found:
    """The raise of the person of a case that takes effect on a day. ``ContentUnfit`` where there is none."""
    one = worked_out(case.person_id or 0, effective_on, case.on, site_law())
    if one is None:
        raise ContentUnfit(f"Pegawai ini tidak bertugas pada {format_date(effective_on)}.", "effective_on")
    due, step, last = one.due, one.step, one.facts.step
    if not isinstance(due, kgb.Due) or step is None or last is None:
        raise ContentUnfit(due.sentence if isinstance(due, kgb.NotDue) else "", "effective_on")
    if due.effective_on != effective_on:
        raise ContentUnfit(
            f"Kenaikan berikutnya berlaku mulai {format_date(due.effective_on)}, bukan "
            f"{format_date(effective_on)}. Muat ulang daftarnya.", "effective_on",
        )  # fmt: skip
    anchor = find_anchor(case.person_id or 0, effective_on)
    return Found(one, due, step, last, anchor, _content(one, due, step, last))


def hash_of(content: Mapping[str, Any]) -> str:
    """By which it is told whether a raise says the same as before."""
    return sha256_hex(canonical_json(content))


def _content(one: WorkedOut, due: kgb.Due, step: kgb.NewStep, last: kgb.Step) -> Mapping[str, Any]:
    later = _next_on(one, due, step)
    return {
        "effective_on": due.effective_on.isoformat(), "due_on": due.due_on.isoformat(),
        "deadline": due.deadline.isoformat() if due.deadline else "",
        "kind": one.facts.kind, "golongan": last.golongan, "old_years": last.years,
        "old_months": last.months, "old_since": last.since.isoformat(), "base_before": step.base_before,
        "new_years": step.years, "new_months": step.months, "base_after": step.base_after,
        "next_on": later.isoformat() if later else "",
    }  # fmt: skip


def _next_on(one: WorkedOut, due: kgb.Due, step: kgb.NewStep) -> date | None:
    """When the raise after this one falls due; None where the table ends, or the new step is not known."""
    if step.years is None or step.months is None:
        return None
    reached = kgb.Step(step.golongan, step.years, step.months, due.effective_on)
    rules = kgb.rules_of(site_law(), due.effective_on)
    found = kgb.due(rules, replace(one.facts, step=reached))
    return found.effective_on if isinstance(found, kgb.Due) else None
