"""A granted leave that ends earlier or not at all: by recall, or asked for by who takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.attendance.choices import ExcuseKind
from pamong.decisions.choices import PLAIN, OrderEndKind, Part, Verdict
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.queries import orders_of
from pamong.decisions.services import end_order
from pamong.decisions.site import site_law
from pamong.decisions.types import Case, Gate, Kind, Line, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.law import leave as law
from pamong.leave import ending, policies, unpaid
from pamong.leave.applicants import read_facts
from pamong.leave.deciding import deciding
from pamong.leave.gates import cited
from pamong.leave.models import LeaveEntry
from pamong.leave.queries.conflicts import keeps_or_leads
from pamong.ledger.choices import PaperAct, PaperState

CODE = "leave.shorten"
_DAYS = 2
_MINE = "self"


def entry_of(content: Mapping[str, Any]) -> LeaveEntry:
    """The leave that is meant, as it holds. ``ContentUnfit`` where it holds no more."""
    found = LeaveEntry.objects.filter(
        document=UUID(str(content["leave"])), state=PaperState.VERIFIED.value
    ).first()
    if found is None or found.act == PaperAct.CANCEL.value:
        raise ContentUnfit("Cuti ini tidak berlaku lagi, jadi tidak dapat diubah.", "leave")
    return found


def _require(actor: Actor, case: Case) -> None:
    """By who takes the leave; to call him back, by who leads or keeps his unit's leave."""
    if case.person_id is not None and case.person_id == actor.person_id:
        return
    if case.person_id is None or not keeps_or_leads(actor, case.person_id):
        raise NotAllowed("Pegawai dipanggil kembali dari cuti oleh atasannya atau petugas cuti unitnya.")
    if not case.content.get("why"):
        raise NotAllowed("Pemanggilan kembali diajukan atasan atau petugas, dengan alasan dinasnya.")


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    entry = entry_of(content)
    if entry.person_id != case.person_id:
        raise ContentUnfit("Cuti ini milik pegawai lain.", "leave")
    last = str(content.get("last") or "")
    if last and not (entry.period.lower <= date.fromisoformat(last) < entry.period.upper - timedelta(days=1)):
        raise ContentUnfit(
            "Hari terakhir yang baru harus dalam masa cuti ini dan lebih awal daripada yang lama.", "last"
        )
    why = str(content.get("why") or "").strip()
    if not access.says_why(why):
        raise ContentUnfit("Tulis alasannya: paling sedikit satu kata dan sepuluh huruf.", "why")
    by = _MINE if case.entered_person == case.person_id else "office"
    return {"leave": str(entry.document), "last": last, "why": why, "by": by}


def _steps(case: Case) -> Sequence[Step]:
    entry = entry_of(case.content)
    facts = read_facts(case.person_id or 0, case.on)
    asked = case.with_content({"leave": entry.kind, "abroad": False})
    who = deciding(site_law(), facts, asked)
    return (Step("decide", Part.SIGN, "Keputusan pejabat yang berwenang", who.address, PLAIN, _DAYS),)


def _gates(case: Case) -> Sequence[Gate]:
    entry = entry_of(case.content)
    until = _until(entry, case.content)
    gates = [_lived(case, entry, until)]
    if case.content["by"] != _MINE:
        facts = read_facts(case.person_id or 0, case.on)
        found = law.rule(site_law(), "leave_recall", facts.status, case.on)
        name = ExcuseKind(entry.kind).label
        if found is None:
            text = f"Belum terbaca apakah {name.lower()} boleh dipanggil kembali."
            gates.append(Gate("recall", "Pemanggilan", Verdict.UNKNOWN, text))
        else:
            may = entry.kind in found.value
            text = f"{name} {'boleh' if may else 'tidak boleh'} dipanggil kembali bekerja."
            verdict = Verdict.ALLOW if may else Verdict.BLOCK
            gates.append(Gate("recall", "Pemanggilan", verdict, text, **cited(found)))
    return (*gates, *unpaid.ending_gates(site_law(), entry, until))


def _lived(case: Case, entry: LeaveEntry, until: date) -> Gate:
    """Days that are past were taken: to give them back says that he worked."""
    title = "Hari yang sudah lewat"
    if until >= case.on:
        return Gate("past", title, Verdict.ALLOW, "Hanya hari yang belum lewat yang dibatalkan.")
    text = f"Cuti sejak {format_date(until)} sudah lewat. Tulis bukti bahwa ia bekerja pada hari-hari itu."
    return Gate("past", title, Verdict.WARN, text)


def _until(entry: LeaveEntry, content: Mapping[str, Any]) -> date:
    """The first day that is no leave any more."""
    if not content["last"]:
        first: date = entry.period.lower
        return first
    return date.fromisoformat(content["last"]) + timedelta(days=1)


def _tell(case: Case) -> Told:
    found = LeaveEntry.objects.filter(document=UUID(case.content["leave"])).order_by("-pk").first()
    name = ExcuseKind(found.kind).label if found else "Cuti"
    last = case.content["last"]
    what = f"Sampai {format_date(date.fromisoformat(last))} saja" if last else "Dibatalkan seluruhnya"
    title = f"{'Pembatalan' if case.content['by'] == _MINE else 'Pemanggilan kembali'}: {name}"
    return Told(title, (Line("Perubahan", what), Line("Alasan", case.content["why"])))


def _apply(signed: Signed) -> None:
    """The days after it count again; an order of a leave that holds not at all has ended."""
    entry = entry_of(signed.case.content)
    until = _until(entry, signed.case.content)
    ending.cut(signed, entry, until, signed.case.content["why"])
    order = orders_of([entry.document]).get(entry.document)
    if order is not None and until == entry.period.lower:
        end_order(actor=signed.actor, basis=signed.basis, order=order.uid, how=OrderEndKind.ANNULLED)


SHORTEN = Kind(
    code=CODE,
    title="Perubahan cuti",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads=policies.READ,
    require=_require,
    check=_check,
    asks=frozenset({"decisions:appoint"}),
    apply=_apply,
    two="three people saw the leave when it was granted, and this can only shorten it",
)
