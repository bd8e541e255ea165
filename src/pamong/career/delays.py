"""A delay for performance as a kind of decision (PP 7/1977 Pasal 13): by an officer, with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pamong.access import policies as access
from pamong.career import giving, policies, wording
from pamong.career.contents import Found, day_of, raise_of
from pamong.career.gates import gate_of
from pamong.career.raises import ASKS, PUBLIC, is_late, require_office
from pamong.career.signing import signer_gate, steps_of
from pamong.decisions.choices import Verdict
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.site import site_law
from pamong.decisions.types import Case, Gate, Kind, Line, Paper, Step, Told
from pamong.kernel.clock import format_date
from pamong.law import kgb
from pamong.law.kgb import Code

CODE = "career.kgb_delay"
_DOCUMENT = "keputusan"  # in the region's table of signers
_LEADS_TO = "delay"


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Until when and why; what is delayed is on record."""
    effective_on = day_of(content.get("effective_on"), "effective_on")
    until = day_of(content.get("until"), "until")
    reason = str(content.get("reason") or "").strip()
    found = raise_of(case, effective_on)
    if kgb.delay_paper(site_law(), found.one.facts.kind, effective_on) is None:
        raise ContentUnfit("Untuk pegawai ini belum ada pasal yang dibaca tentang penundaan karena kinerja.")
    if until <= effective_on or until.day != 1:
        raise ContentUnfit("Pilih bulan sesudah bulan berlakunya kenaikan.", "until")
    last = kgb.delay_end(kgb.rules_of(site_law(), effective_on), effective_on)
    if last is not None and until > last:
        raise ContentUnfit(f"Penundaan paling lama sampai {format_date(last)}.", "until")
    if not access.says_why(reason):
        raise ContentUnfit("Tulis alasannya dalam satu kalimat.", "reason")
    kept = ("effective_on", "due_on", "kind", "golongan")
    return {name: found.content[name] for name in kept} | {"until": until.isoformat(), "reason": reason}


def _steps(case: Case) -> Sequence[Step]:
    return steps_of(case, _DOCUMENT)


def _gates(case: Case) -> Sequence[Gate]:
    try:
        found = raise_of(case, date.fromisoformat(case.content["effective_on"]))
    except ContentUnfit as error:
        return (Gate("due", "Jatuh tempo", Verdict.BLOCK, str(error)),)
    return (_ground(found), signer_gate(case, _DOCUMENT))


def _ground(found: Found) -> Gate:
    """Only what the law says is a ground delays a raise."""
    told = {each.code: each for each in found.one.conditions}[Code.PREDICATE]
    gate = gate_of(told)
    if told.leads_to == _LEADS_TO:
        verdict, text = Verdict.ALLOW, told.sentence
    elif told.state is kgb.State.UNKNOWN:
        verdict, text = Verdict.UNKNOWN, told.sentence
    else:
        verdict, text = Verdict.BLOCK, f"{told.sentence} Itu bukan alasan untuk menunda kenaikannya."
    return Gate(
        "ground", "Alasan menunda", verdict, text, gate.value, gate.threshold, gate.article, gate.link,
        gate.evidence,
    )  # fmt: skip


def _tell(case: Case) -> Told:
    content = case.content
    since, until = (format_date(date.fromisoformat(content[name])) for name in ("effective_on", "until"))
    lines = (
        Line("Kenaikan yang ditunda", since),
        Line("Ditunda sampai sebelum", until),
        Line("Alasan", content["reason"]),
    )
    return Told(f"Penundaan kenaikan gaji berkala {since}", lines)


DELAY = Kind(
    code=CODE,
    title="Penundaan kenaikan gaji berkala",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads=policies.READ,
    require=require_office,
    asks=ASKS,
    check=_check,
    reserve=giving.open_case,
    apply=giving.delay,
    drop=giving.close_case,
    undo=giving.undelay,
    paper=Paper(
        "kgb-penundaan", "order", "Keputusan penundaan kenaikan gaji berkala",
        lambda place, on: f"{place}/TUNDA-KGB/{on.year}", wording.delay, late=is_late,
        behalf=wording.in_whose_name,
    ),
    public=PUBLIC,
)  # fmt: skip
