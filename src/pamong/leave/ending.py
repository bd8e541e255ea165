"""A leave that ends earlier or holds no more: its entry is replaced, and the days after it count again."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Now

from pamong.attendance.choices import ExcuseKind, ExcusePart, ExcuseSource
from pamong.attendance.services import NewExcuse, set_excuses
from pamong.decisions.types import Issued, Signed
from pamong.kernel.clock import format_date
from pamong.kernel.period import Period
from pamong.leave import unpaid
from pamong.leave.models import LeaveEntry
from pamong.ledger.choices import PaperAct, PaperState
from pamong.people.services.reading import names_of

_GONE = "Cuti ini sudah dibatalkan dengan keputusan lain."
_CHANGED = "Cuti ini sudah diakhiri lebih awal. Sisanya dibatalkan dari halaman cuti pegawainya."
_TAKEN = (
    "Cuti ini sudah dijalani sejak {since}: hari yang lewat tidak ditarik dengan pencabutan. Ajukan "
    "pengakhiran dari halaman cuti pegawainya, dengan bukti bahwa ia bekerja."
)


def cut(signed: Signed, entry: LeaveEntry, until: date, reason: str) -> None:
    """Let a leave hold until before a day, or not at all where that is its first one. What is given back
    counts for the balance at once, and days of a month that is paid are worked out anew. ``BuiltUpon``."""
    case, actor = signed.case, signed.actor
    whole = until <= entry.period.lower
    LeaveEntry.objects.filter(pk=entry.pk).update(state=PaperState.REPLACED.value)
    LeaveEntry.objects.create(
        document=entry.document, act=(PaperAct.CANCEL if whole else PaperAct.CHANGE).value, reason=reason,
        person_id=entry.person_id, kind=entry.kind, part=entry.part,
        period=entry.period if whole else DateRange(entry.period.lower, until), number=entry.number,
        dated_on=case.on, decision=case.uid, days=entry.days, advance=entry.advance,
        entered_by_id=case.entered_by or 0, entered_name=_enterer(signed), state=PaperState.VERIFIED.value,
        decided_by_id=actor.user_id, decided_name=actor.name, decided_at=Now(), basis_id=signed.basis,
    )  # fmt: skip
    days = [] if whole else [Period(entry.period.lower, until)]
    set_excuses(
        actor=actor, at=case.at, basis=signed.basis, source=ExcuseSource.LEAVE, source_uid=entry.document,
        excuses=[
            NewExcuse(entry.person_id, ExcuseKind(entry.kind), each, ExcusePart(entry.part)) for each in days
        ],
    )  # fmt: skip
    unpaid.cut(signed, entry, until)


def stuck(issued: Issued) -> str:
    """What keeps the order of a leave from being annulled: days that were taken, or another decision."""
    entry = held(issued)
    if entry is None:
        return _GONE
    if entry.decision != issued.case.uid:
        return _CHANGED
    since = entry.period.lower
    return _TAKEN.format(since=format_date(since)) if since < issued.case.on else unpaid.stuck(entry)


def take_back(signed: Signed, issued: Issued) -> None:
    """A leave whose order is annulled before it began: its days are his again."""
    entry = LeaveEntry.objects.select_for_update(of=("self",)).get(
        document=issued.case.uid, state=PaperState.VERIFIED.value
    )
    cut(signed, entry, entry.period.lower, signed.case.content["reason"])


def held(issued: Issued) -> LeaveEntry | None:
    """The entry of a leave that was granted, as it holds; None where it holds no more."""
    found: LeaveEntry | None = LeaveEntry.objects.filter(
        document=issued.case.uid, state=PaperState.VERIFIED.value
    ).first()
    return None if found is None or found.act == PaperAct.CANCEL.value else found


def _enterer(signed: Signed) -> str:
    person = signed.case.entered_person
    return names_of([person]).get(person, "") if person else ""
