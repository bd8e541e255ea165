"""A periodic raise as a kind of decision: a notice for PNS and CPNS, a decision for PPPK.

The worker proposes it from the list of those due; the personnel office checks it, the office of the region's
table signs it, and the new salary step holds from the day on which it takes effect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from pamong.access.errors import NotAllowed
from pamong.career import giving, policies, wording
from pamong.career.contents import as_day, day_of, raise_of
from pamong.career.gates import gates_of, notes_of
from pamong.career.signing import steps_of
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.policies import APPOINT
from pamong.decisions.services import is_machine
from pamong.decisions.site import site_law
from pamong.decisions.types import Case, Gate, Kind, Line, Paper, Step, Told
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.money import Rupiah
from pamong.law import kgb
from pamong.people.queries import within

NOTICE_CODE, DECREE_CODE = "career.kgb_notice", "career.kgb_decree"
_NOTICE, _DECREE = "surat pemberitahuan", "keputusan"
CODES: Mapping[str, str] = {_NOTICE: NOTICE_CODE, _DECREE: DECREE_CODE}
PUBLIC = frozenset({"effective_on", "due_on", "kind"})
ASKS = frozenset({policies.PREPARE, APPOINT})


def code_for(kind: str, on: date) -> str:
    """The kind of decision that gives a raise to somebody of a kind of employment. ``ContentUnfit``."""
    paper = kgb.paper(site_law(), kind, on)
    code = CODES.get(paper.value) if paper else None
    if code is None:
        raise ContentUnfit("Bentuk naskah kenaikan gaji berkala untuk pegawai ini belum diketahui.")
    return code


def require_office(actor: Actor, case: Case) -> None:
    """The personnel office within its reach, about others; or the machine."""
    if is_machine(actor):
        return
    if case.person_id is None or case.person_id == actor.person_id:
        raise NotAllowed("Kenaikan gaji berkala Anda sendiri disiapkan oleh petugas lain.")
    if not within(actor, policies.PREPARE, case.person_id):
        raise NotAllowed("Kenaikan gaji berkala disiapkan oleh petugas kepegawaian.")


def is_late(case: Case) -> bool:
    """Whether it takes effect before it is signed."""
    return (as_day(case.content["effective_on"]) or case.on) < case.on


def _checked(document: str) -> Callable[[Case, Mapping[str, Any]], Mapping[str, Any]]:
    """What is on record of the raise of a month. Nothing else that a form sends is kept."""

    def check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
        effective_on = day_of(content.get("effective_on"), "effective_on")
        found = raise_of(case, effective_on).content
        if code_for(found["kind"], effective_on) != CODES[document]:
            raise ContentUnfit(f"Untuk pegawai ini kenaikannya tidak dengan {document}.")
        return found

    return check


def _steps(document: str) -> Callable[[Case], Sequence[Step]]:
    return lambda case: steps_of(case, document)


def _gates(document: str) -> Callable[[Case], Sequence[Gate]]:
    return lambda case: gates_of(case, document)


def _tell(case: Case) -> Told:
    content = case.content
    since = format_date(date.fromisoformat(content["effective_on"]))
    lines = [
        Line("Berlaku mulai", since),
        Line("Golongan", content["golongan"]),
        Line("Masa kerja golongan", f"{_service(content, 'old')} menjadi {_service(content, 'new')}"),
        Line("Gaji pokok", f"{_money(content['base_before'])} menjadi {_money(content['base_after'])}"),
    ]
    if deadline := as_day(content["deadline"]):
        late = case.on > deadline
        lines.append(Line("Tenggat suratnya", format_date(deadline) + (", sudah lewat" if late else "")))
    if following := as_day(content["next_on"]):
        lines.append(Line("Kenaikan berikutnya", format_date(following)))
    return Told(f"Kenaikan gaji berkala {since}", (*lines, *_notes(case)))


def _notes(case: Case) -> Sequence[Line]:
    """What who checks looks up elsewhere."""
    try:
        found = raise_of(case, date.fromisoformat(case.content["effective_on"]))
    except ContentUnfit:
        return ()  # it was given, or he left: then nothing is to be looked up
    return [Line(each.code.label, each.sentence) for each in notes_of(found)]


def _money(rupiah: int | None) -> str:
    return "belum diketahui" if rupiah is None else str(Rupiah(rupiah))


def _service(content: Mapping[str, Any], which: str) -> str:
    years, months = content[f"{which}_years"], content[f"{which}_months"]
    return "belum diketahui" if years is None else f"{years} tahun {months} bulan"


def _kind(document: str, title: str, paper: Paper) -> Kind:
    return Kind(
        code=CODES[document], title=title, steps=_steps(document), gates=_gates(document), tell=_tell,
        reads=policies.READ, require=require_office, asks=ASKS, check=_checked(document),
        reserve=giving.open_case, apply=giving.give, drop=giving.close_case, undo=giving.take_back,
        stuck=giving.stuck, paper=paper, batch=True, batch_checks=True, automatic=True, public=PUBLIC,
        successor=giving.successor,
    )  # fmt: skip


NOTICE = _kind(
    _NOTICE,
    "Pemberitahuan kenaikan gaji berkala",
    Paper(
        "kgb-pemberitahuan", "notice", "Surat pemberitahuan kenaikan gaji berkala",
        lambda place, on: f"{place}/KGB/{on.year}", wording.notice, late=is_late,
        behalf=wording.in_whose_name,
    ),
)  # fmt: skip
DECREE = _kind(
    _DECREE,
    "Keputusan kenaikan gaji berkala PPPK",
    Paper(
        "kgb-keputusan", "order", "Keputusan kenaikan gaji berkala",
        lambda place, on: f"{place}/KGB-PPPK/{on.year}", wording.decree, late=is_late,
        behalf=wording.in_whose_name,
    ),
)  # fmt: skip
