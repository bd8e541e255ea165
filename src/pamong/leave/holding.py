"""What a request does to the register: it reserves its days, lets them hold, or lets them go."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Now

from pamong.access import policies as access
from pamong.attendance.choices import ExcuseKind, ExcusePart, ExcuseSource
from pamong.attendance.services import NewExcuse, papers, set_excuses
from pamong.decisions.choices import Answer
from pamong.decisions.types import Case, Signed
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.law.leave import ANNUAL
from pamong.leave.histories import shares_of
from pamong.leave.models import LeaveDeferral, LeaveEntry
from pamong.ledger import services as ledger
from pamong.ledger.choices import PaperState, SealKind

_LOCK = 0x6C656176  # "leav": the class of the advisory locks of somebody's leave
_WAITING = PaperState.WAITING.value


def hold_lots(person_id: int) -> None:
    """Let no other request of somebody be looked at until this transaction ends: the next one sees what this
    one has reserved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, person_id % 2**31])


def reserve(actor: Actor, case: Case) -> None:
    """Let a request hold its days while it waits. ``PaperOverlaps``, in the words of the register."""
    with papers.in_words():
        LeaveEntry.objects.create(
            uid=case.uid, document=case.uid, decision=case.uid, entered_by_id=access.require_account(actor),
            entered_name=actor.name, dated_on=case.on, **_values(case.person_id, case.content),
        )  # fmt: skip


def hold(signed: Signed, days: Period) -> None:
    """Let it hold as it was signed: with a change, in the place of what was reserved."""
    case, actor = signed.case, signed.actor
    entry = LeaveEntry.objects.select_for_update(of=("self",)).get(decision=case.uid, state=_WAITING)
    values = _values(case.person_id, case.content)
    decided = {
        "decided_by_id": actor.user_id, "decided_name": actor.name, "decided_at": Now(),
        "basis_id": signed.basis,
    }  # fmt: skip
    with papers.in_words():
        if _same(entry, values):
            LeaveEntry.objects.filter(pk=entry.pk).update(state=PaperState.VERIFIED.value, **decided)
        else:
            _close(entry, actor, PaperState.WITHDRAWN, "")
            LeaveEntry.objects.create(
                document=case.uid, decision=case.uid, entered_by_id=entry.entered_by_id,
                entered_name=entry.entered_name, dated_on=case.on, state=PaperState.VERIFIED.value,
                **decided, **values,
            )  # fmt: skip
    excuse = NewExcuse(
        case.person_id or 0, ExcuseKind(case.content["leave"]), days, ExcusePart(case.content["part"])
    )
    set_excuses(
        actor=actor, at=case.at, basis=signed.basis, source=ExcuseSource.LEAVE, source_uid=case.uid,
        excuses=[excuse],
    )  # fmt: skip


def let_go(actor: Actor, case: Case, answer: Answer | None) -> None:
    """Free the days. Annual leave that was deferred stays his for the next year."""
    entry = LeaveEntry.objects.filter(decision=case.uid, state=_WAITING).first()
    if entry is None:
        return
    state = PaperState.WITHDRAWN if answer is None else PaperState.REFUSED
    _close(entry, actor, state, "" if answer is None else answer.label)
    if answer is Answer.DEFER and case.content["leave"] == ANNUAL:
        days = sum(shares_of(case.content["days"]).values(), Fraction(0))
        basis = ledger.seal(actor=actor, kind=SealKind.DECISION, ref=case.uid)
        LeaveDeferral.objects.create(
            person_id=case.person_id or 0, on=date.fromisoformat(case.content["first"]),
            days=Decimal(days.numerator) / days.denominator, decision=case.uid, basis_id=basis,
        )  # fmt: skip


def _values(person: int | None, content: Any) -> dict[str, Any]:
    first, last = date.fromisoformat(content["first"]), date.fromisoformat(content["last"])
    return {
        "person_id": person, "kind": content["leave"], "part": content["part"], "days": content["days"],
        "period": DateRange(first, date.fromordinal(last.toordinal() + 1)),
        "advance": bool(content.get("advance")), "file_sha256": content["file"],
        "file_name": content["file_name"],
    }  # fmt: skip


def _same(entry: LeaveEntry, values: Any) -> bool:
    period = values["period"]
    return (entry.kind, entry.part, entry.period.lower, entry.period.upper) == (
        values["kind"], values["part"], period.lower, period.upper
    )  # fmt: skip


def _close(entry: LeaveEntry, actor: Actor, state: PaperState, answer: str) -> None:
    decided = {"decided_by_id": actor.user_id, "decided_name": actor.name, "decided_at": Now()}
    if actor.user_id == entry.entered_by_id:
        decided = {}  # taken back by who asked: nobody decided it
    LeaveEntry.objects.filter(pk=entry.pk).update(state=state.value, answer=answer, **decided)
