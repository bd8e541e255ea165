"""Months of many people from one sheet: compared with what stands, then stored in one act.

A cell that a sheet leaves empty says nothing, so that what stands goes on to hold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.kernel.actor import Actor
from pamong.performance import policies
from pamong.performance.choices import VALUES, Source, State
from pamong.performance.models import PerformanceMonth
from pamong.performance.services.writing import Version, kept_of, standing, values_of, write_versions


@dataclass(frozen=True, slots=True)
class Given:
    """What a sheet says of somebody's month: ``values`` by name, None where its cell is empty."""

    person_id: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Brought:
    """What a sheet would do: versions to write, and whose.

    ``altering``: those whose verified month gets other values, or whose own entry gets some that count as
    verified at once, which takes a second person.
    """

    versions: Sequence[Version]
    new: Collection[int]
    changed: Collection[int]
    altering: Collection[int]


def compare_months(*, actor: Actor, month: date, given: Sequence[Given], verified: bool) -> Brought:
    """What a sheet would do to the months of these people. ``verified``: what it brings counts as verified,
    so that a month that only waits becomes so. ``NotAllowed``."""
    policies.require_import(actor)
    stands = standing(month, [each.person_id for each in given])
    versions, new, changed, altering = [], set(), set(), set()
    for each in given:
        old = stands.get(each.person_id)
        told = {name: value for name, value in each.values.items() if value is not None and name in VALUES}
        if old is None and not told:
            continue
        before = values_of(old)
        after = before | told
        if old is None:
            new.add(each.person_id)
        elif after != before:
            changed.add(each.person_id)
            altering |= {each.person_id} if _is_verified(old) or (verified and _is_own(old)) else set()
        elif _is_verified(old) or not verified:
            continue
        versions.append(Version(each.person_id, old, after, **kept_of(old)))
    return Brought(versions, new, changed, altering)


def store_months(
    *, actor: Actor, month: date, brought: Brought, basis: int, verified: bool
) -> tuple[int, str]:
    """Store what was compared, in the caller's transaction: how many versions, and their hash.

    ``NotAllowed``; ``MovedOn`` where somebody else was faster.
    """
    policies.require_import(actor)
    state = State.VERIFIED if verified else State.ENTERED
    told = write_versions(actor, month, brought.versions, basis=basis, source=Source.IMPORT, state=state)
    return len(brought.versions), told


def _is_verified(row: PerformanceMonth) -> bool:
    return row.state == State.VERIFIED.value


def _is_own(row: PerformanceMonth) -> bool:
    return row.source == Source.EMPLOYEE.value
