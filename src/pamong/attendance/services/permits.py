"""Permits of hours: asked by who needs them, agreed by who leads him, within what the region allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from pamong.access import policies as access
from pamong.attendance import policies
from pamong.attendance.choices import LEAVING, ExcuseKind, ExcusePart, ExcuseSource, PermitKind, Register
from pamong.attendance.errors import PaperNotFound, PaperUnfit
from pamong.attendance.models.duty import Permit
from pamong.attendance.services import papers
from pamong.attendance.services.excusing import set_excuses
from pamong.attendance.services.papers import Desk, Told
from pamong.attendance.values import NewExcuse
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.period import Period
from pamong.law.engine.errors import NotInForce
from pamong.law.engine.plan import Law
from pamong.ledger.choices import PaperAct
from pamong.ledger.papers import HOLDS
from pamong.people.services import reading

_MINUTE, _WEEK = 60, 7


@transaction.atomic
def ask_permit(
    *,
    actor: Actor,
    at: datetime,
    kind: PermitKind,
    starts: datetime,
    ends: datetime,
    zone: str,
    law: Law | None,
    reason: str,
) -> UUID:
    """Ask for some hours of a day for oneself; ``starts`` and ``ends`` are instants.

    ``NotAllowed``; ``PaperUnfit`` for hours that can't be or that are more than the law of the region allows,
    with its article; ``PaperOverlaps``.
    """
    access.require(actor, policies.ASK_PERMIT)
    access.require_account(actor)
    person = actor.person_id
    if person is None:
        raise PaperUnfit("Akun ini belum terhubung dengan data pegawai. Hubungi operator sistem.")
    if not access.says_why(reason):
        raise PaperUnfit("Isi alasannya: paling sedikit satu kata dan sepuluh huruf.", "reason")
    on = starts.astimezone(ZoneInfo(zone)).date()
    if ends <= starts or ends.astimezone(ZoneInfo(zone)).date() != on:
        raise PaperUnfit("Jam selesai harus sesudah jam mulai, pada hari yang sama.", "ends")
    if on < actor.on:
        raise PaperUnfit("Hari itu sudah lewat. Untuk hari yang lewat, ajukan koreksi presensi.", "on")
    papers.require_service([person], Period(on, on + timedelta(days=1)), "on")
    reading.lock_person(person)  # so that two at once are counted one after the other
    if law is not None and kind in LEAVING:
        _within_limits(person, on, starts, ends, law)
    values = {
        "person_id": person, "kind": kind.value, "on": on, "starts": starts, "ends": ends, "zone": zone,
    }  # fmt: skip
    return papers.enter(DESK, actor=actor, at=at, values=values, persons=[person], told=Told(reason))


@transaction.atomic
def cancel_permit(*, actor: Actor, at: datetime, paper: UUID, reason: str) -> UUID:
    """Ask that one's own permit, which was not used, holds no more. As for letters."""
    access.require(actor, policies.ASK_PERMIT)
    if papers.standing(DESK, paper).person_id != actor.person_id:
        raise PaperNotFound
    return papers.cancel(DESK, actor=actor, at=at, paper=paper, reason=reason)


def _within_limits(person: int, on: date, starts: datetime, ends: datetime, law: Law) -> None:
    """Nothing where the law of the region names no limit. A week begins on Monday."""
    monday = on - timedelta(days=on.weekday())
    asked = int((ends - starts).total_seconds()) // _MINUTE
    for name, first, days, word in (
        ("leave_permit_day_minutes", on, 1, "hari"),
        ("leave_permit_week_minutes", monday, _WEEK, "minggu"),
    ):
        parameter = law.by_name.get(name)
        if parameter is None:
            continue
        try:
            dated = parameter.on(on)
        except NotInForce:
            continue
        had = _had(person, first, first + timedelta(days=days))
        if had + asked > int(dated.value):
            raise PaperUnfit(
                f"Izin meninggalkan kantor paling lama {_hours(int(dated.value))} se{word} "
                f"({dated.citation.text}). Yang diminta {_hours(asked)}, yang sudah ada {_hours(had)} pada "
                f"{word} {format_date(on)}.", "ends",
            )  # fmt: skip


def _had(person: int, first: date, end: date) -> int:
    """Minutes of leaving that were asked or agreed from a day until before another."""
    found = Permit.objects.filter(
        HOLDS, person_id=person, on__gte=first, on__lt=end, kind__in=[each.value for each in LEAVING]
    ).values_list("document", "starts", "ends")
    spans = {document: (starts, ends) for document, starts, ends in found}
    return sum(int((ends - starts).total_seconds()) // _MINUTE for starts, ends in spans.values())


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, _MINUTE)
    parts = [f"{hours} jam"] if hours else []
    return " ".join([*parts, f"{rest} menit"] if rest or not parts else parts)


def _more(permit: Permit, persons: Sequence[int]) -> None:
    """Whom it is about stands in the permit itself."""


def _hold(actor: Actor, at: datetime, permit: Permit, basis: int) -> None:
    days = Period(permit.on, permit.on + timedelta(days=1))
    excuse = NewExcuse(permit.person_id, ExcuseKind.PERMIT, days, ExcusePart.SPAN, permit.starts, permit.ends)
    excuses = [] if permit.act == PaperAct.CANCEL.value else [excuse]
    set_excuses(
        actor=actor,
        at=at,
        basis=basis,
        source=ExcuseSource.PERMIT,
        source_uid=permit.document,
        excuses=excuses,
    )


DESK = Desk(
    Register.PERMIT,
    Permit,
    policies.ASK_PERMIT,
    policies.VERIFY,
    lambda permit: [permit.person_id],
    _more,
    _hold,
)
