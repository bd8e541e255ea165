"""Versions of months written: what stood is superseded, the next one takes its place, all on one basis."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger.bulk import copy_rows
from pamong.ledger.dated import MovedOn
from pamong.ledger.locks import hold_open
from pamong.performance.choices import COUNTED, VALUES, Source, State
from pamong.performance.models import PerformanceMonth

EMPTY: Mapping[str, Any] = dict.fromkeys(VALUES) | {
    "lhkpn_late": False, "negative_activity": False, "hours_left": 0,
}  # fmt: skip
_NAMES = (
    "uid", "person_id", "month", "version", *VALUES, "source", "state", "is_late", "note", "reason",
    "entered_by_id", "entered_name", "basis_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """A version to be written in place of ``old`` (None: the first one)."""

    person_id: int
    old: PerformanceMonth | None
    values: Mapping[str, Any]
    is_late: bool = False
    note: str = ""
    reason: str = ""

    @property
    def number(self) -> int:
        """Which version it is."""
        return 1 if self.old is None else self.old.version + 1


def values_of(row: PerformanceMonth | None) -> dict[str, Any]:
    """What a version says; what an empty month says where there is none."""
    return dict(EMPTY) if row is None else {name: getattr(row, name) for name in VALUES}


def kept_of(row: PerformanceMonth | None) -> dict[str, Any]:
    """What the next version keeps of one whoever writes it: that it came late, and its note."""
    return {} if row is None else {"is_late": row.is_late, "note": row.note}


def standing(month: date, persons: Collection[int]) -> dict[int, PerformanceMonth]:
    """What stands of these people's month, by person."""
    rows = PerformanceMonth.objects.filter(month=month, person_id__in=persons, superseded_at__isnull=True)
    return {row.person_id: row for row in rows}


def write_versions(
    actor: Actor, month: date, versions: Sequence[Version], *, basis: int, source: Source, state: State
) -> str:
    """Store versions of a month; returns the hash of what they say, in the order given.

    In the caller's transaction. ``MovedOn`` where somebody else was faster; ``MonthClosing``.
    """
    hold_open(month)
    gone = [version.old.pk for version in versions if version.old is not None]
    rows = PerformanceMonth.objects.filter(pk__in=gone, superseded_at__isnull=True)
    if gone and rows.update(superseded_at=Now(), superseded_basis_id=basis) != len(gone):
        raise MovedOn
    made = [_row(actor, month, each, basis, source, state) for each in versions]
    try:
        with transaction.atomic():
            copy_rows(PerformanceMonth, _NAMES, made)
    except IntegrityError as error:
        raise MovedOn from error
    digest = hashlib.sha256()
    for row in made:
        digest.update(("\t".join(map(str, row[1 : 4 + len(VALUES)])) + "\n").encode())
    return digest.hexdigest()


def _row(
    actor: Actor, month: date, version: Version, basis: int, source: Source, state: State
) -> tuple[Any, ...]:
    values = {**EMPTY, **version.values}
    # A count that a sheet leaves open is none.
    values |= {name: EMPTY[name] for name in COUNTED if values[name] is None}
    return (
        uuid7(), version.person_id, month, version.number, *(values[name] for name in VALUES), source.value,
        state.value, version.is_late, version.note, version.reason, actor.user_id, actor.name, basis,
    )  # fmt: skip
