"""A granted leave that ends earlier or not at all: by recall, or asked for by who takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Now

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.attendance.choices import ExcuseKind, ExcusePart, ExcuseSource
from pamong.attendance.services import NewExcuse, set_excuses
from pamong.decisions.choices import PLAIN, Part, Verdict
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.types import Case, Gate, Kind, Line, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.period import Period
from pamong.law import leave as law
from pamong.leave import policies
from pamong.leave.applicants import read_facts
from pamong.leave.deciding import deciding
from pamong.leave.gates import cited
from pamong.leave.models import LeaveEntry
from pamong.leave.site import site_law
from pamong.ledger.choices import PaperAct, PaperState
from pamong.people.services.reading import names_of

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
    access.require(actor, policies.READ)
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
    return tuple(gates)


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
    case, actor = signed.case, signed.actor
    entry = entry_of(case.content)
    until = _until(entry, case.content)
    whole = until == entry.period.lower
    LeaveEntry.objects.filter(pk=entry.pk).update(state=PaperState.REPLACED.value)
    LeaveEntry.objects.create(
        document=entry.document, act=(PaperAct.CANCEL if whole else PaperAct.CHANGE).value,
        reason=case.content["why"], person_id=entry.person_id, kind=entry.kind, part=entry.part,
        period=entry.period if whole else DateRange(entry.period.lower, until), number=entry.number,
        dated_on=case.on, decision=case.uid, days=entry.days, advance=entry.advance,
        entered_by_id=case.entered_by or 0, entered_name=_enterer(case), state=PaperState.VERIFIED.value,
        decided_by_id=actor.user_id, decided_name=actor.name, decided_at=Now(), basis_id=signed.basis,
    )  # fmt: skip
    excuses = [] if whole else [_excuse(entry, Period(entry.period.lower, until))]
    set_excuses(
        actor=actor, at=case.at, basis=signed.basis, source=ExcuseSource.LEAVE, source_uid=entry.document,
        excuses=excuses,
    )  # fmt: skip


def _excuse(entry: LeaveEntry, days: Period) -> NewExcuse:
    return NewExcuse(entry.person_id, ExcuseKind(entry.kind), days, ExcusePart(entry.part))


def _enterer(case: Case) -> str:
    person = case.entered_person
    return names_of([person]).get(person, "") if person else ""


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
