"""Musters: everybody of a unit was there, but those who are named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.attendance import policies
from pamong.attendance.choices import Register
from pamong.attendance.errors import PaperUnfit
from pamong.attendance.models.duty import Muster, MusterMissing
from pamong.attendance.services import papers
from pamong.attendance.services.papers import Desk, Told
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.ledger.choices import PaperAct
from pamong.ledger.locks import hold_days_open
from pamong.people.services import reading

# Who sits in a unit or below it on a day.
OF_UNIT = """
SELECT DISTINCT a.person_id FROM people_appointment a
JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL AND s.period @> %(on)s::date
JOIN organisation_unitplace p ON p.unit_id = s.unit_id AND p.period @> %(on)s::date
JOIN organisation_unitplace top ON top.unit_id = %(unit)s AND top.period @> %(on)s::date
  AND p.path <@ top.path
WHERE a.superseded_at IS NULL AND a.period @> %(on)s::date AND a.kind = 'regular'
"""


@transaction.atomic
def enter_muster(
    *, actor: Actor, at: datetime, unit: UUID, on: date, name: str, missing: Sequence[UUID]
) -> UUID:
    """Enter a muster of a unit within reach, with who was missing; its head, or an officer, agrees.

    ``NotAllowed``, ``PaperUnfit``, ``PaperOverlaps``.
    """
    access.require(actor, policies.ENTER)
    values, ids = _checked(actor, unit, on, name, missing)
    return papers.enter(DESK, actor=actor, at=at, values=values, persons=ids, told=Told())


@transaction.atomic
def change_muster(
    *, actor: Actor, at: datetime, paper: UUID, missing: Sequence[UUID], name: str, reason: str
) -> UUID:
    """Ask that a muster names others as missing. ``PaperHeld`` and as above."""
    access.require(actor, policies.ENTER)
    before = papers.standing(DESK, paper)
    values, ids = _checked(actor, _unit_uid(before), before.on, name, missing)
    return papers.enter(
        DESK, actor=actor, at=at, values=values, persons=ids, told=Told(reason), before=before,
        act=PaperAct.CHANGE,
    )  # fmt: skip


@transaction.atomic
def cancel_muster(*, actor: Actor, at: datetime, paper: UUID, reason: str) -> UUID:
    """Ask that a muster counts no more. As for letters."""
    access.require(actor, policies.ENTER)
    _require_reach(actor, papers.standing(DESK, paper))
    return papers.cancel(DESK, actor=actor, at=at, paper=paper, reason=reason)


def _checked(
    actor: Actor, unit: UUID, on: date, name: str, missing: Sequence[UUID]
) -> tuple[dict[str, Any], list[int]]:
    if not name.strip():
        raise PaperUnfit("Nama apel belum diisi, misalnya Apel Senin pagi.", "name")
    if on > actor.on:
        raise PaperUnfit("Apel yang belum terjadi belum dapat dicatat.", "on")
    found = fetch("SELECT id FROM organisation_unit WHERE uid = %(uid)s", {"uid": unit})
    if not found:
        raise PaperUnfit("Unit ini tidak ditemukan. Pilih dari daftar.", "unit")
    muster = Muster(unit_id=found[0][0], on=on, name=name.strip())
    _require_reach(actor, muster)
    ids = sorted(reading.person_ids(missing).values())
    there = {row[0] for row in fetch(OF_UNIT, {"unit": muster.unit_id, "on": on})}
    if len(ids) < len(set(missing)) or not there.issuperset(ids):
        raise PaperUnfit("Ada pegawai yang bukan dari unit ini pada hari itu.", "missing")
    return papers.values_of(muster), ids


def _require_reach(actor: Actor, muster: Muster) -> None:
    answer = access.may_over(actor, policies.ENTER, _area(muster))
    if not answer:
        raise NotAllowed(answer.reason)


def _unit_uid(muster: Muster) -> UUID:
    return UUID(str(muster.unit.uid))


def _area(muster: Muster) -> str:
    """The place of the unit on that day; '' (nobody but who has all) where it had none."""
    found = fetch(
        "SELECT path::text FROM organisation_unitplace WHERE unit_id = %(unit)s AND period @> %(on)s::date",
        {"unit": muster.unit_id, "on": muster.on},
    )
    return str(found[0][0]) if found else ""


def _people(muster: Muster) -> list[int]:
    return list(muster.missing.order_by("person_id").values_list("person_id", flat=True))


def _more(muster: Muster, persons: Sequence[int]) -> None:
    MusterMissing.objects.bulk_create(MusterMissing(muster=muster, person_id=person) for person in persons)


def _hold(actor: Actor, at: datetime, muster: Muster, basis: int) -> None:
    """A muster excuses nobody: it is counted in its month once it is agreed."""
    hold_days_open([muster.on])


DESK = Desk(Register.MUSTER, Muster, policies.ENTER, policies.VERIFY, _people, _more, _hold, _area)
