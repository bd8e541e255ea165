"""A request for leave as a kind of decision: two acts on one form, the superior's opinion and the decision.

Its content is what the form says (PerBKN 24/2017, Anak Lampiran 1.b; PerBKN 7/2022, Lampiran II). The days
that count are fixed when it is asked for; the leave record of section V is taken by the server, not typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from pamong.access.errors import NotAllowed
from pamong.attendance.choices import ExcuseKind, ExcusePart
from pamong.attendance.queries import working_days
from pamong.decisions.choices import FOUR, PLAIN, Answer, Part
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.site import site_law
from pamong.decisions.types import Address, Attached, Case, Gate, Kind, Line, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.law import leave as law
from pamong.leave import choices, ending, holding, policies, unpaid
from pamong.leave import gates as leave_gates
from pamong.leave.applicants import Facts, read_facts
from pamong.leave.choices import KINDS, PARTS
from pamong.leave.days import every_day, leave_days
from pamong.leave.deciding import deciding
from pamong.leave.form import FORM
from pamong.leave.histories import kept_shares, shares_of
from pamong.leave.lots import told_days

CODE = choices.REQUEST
_OPINION_DAYS, _DECISION_DAYS, _CHECK_DAYS = 3, 3, 3
_MOST_DAYS = 3_660  # a year that was mistyped; how long a leave may last is asked by a gate
_WORK = "kerja"


def days_of(content: Mapping[str, Any]) -> Period:
    """The days of a request, from its first until before the day after its last."""
    first, last = date.fromisoformat(content["first"]), date.fromisoformat(content["last"])
    return Period(first, date.fromordinal(last.toordinal() + 1))


def count_days(content: Mapping[str, Any]) -> Fraction:
    """How many days count."""
    return sum(shares_of(content["days"]).values(), Fraction(0))


def _require(actor: Actor, case: Case) -> None:
    """One asks for oneself."""
    if actor.person_id is None or case.person_id != actor.person_id:
        raise NotAllowed("Cuti diajukan oleh pegawai yang bersangkutan dengan akunnya sendiri.")


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form says, with the days that count. Nothing else that a form sends is kept."""
    kind, part = _of(KINDS, content.get("leave"), "leave"), _of(PARTS, content.get("part"), "part")
    first, last = _day(content.get("first"), "first"), _day(content.get("last"), "last")
    if last < first:
        raise ContentUnfit("Hari terakhir tidak boleh sebelum hari pertama.", "last")
    if (last - first).days > _MOST_DAYS:
        raise ContentUnfit("Hari terakhirnya terlalu jauh. Periksa tahunnya.", "last")
    if part is not ExcusePart.WHOLE and first != last:
        raise ContentUnfit("Cuti setengah hari hanya untuk satu hari.", "part")
    said = {name: str(content.get(name) or "").strip() for name in ("reason", "text", "address", "phone")}
    if not said["text"]:
        raise ContentUnfit("Tulis keperluan cutinya.", "text")
    if not said["address"]:
        raise ContentUnfit("Tulis alamat selama cuti.", "address")
    child = content.get("child")
    facts = read_facts(case.person_id or 0, first)
    return {
        "leave": kind.value, "part": part.value, "first": first.isoformat(), "last": last.isoformat(), **said,
        "abroad": bool(content.get("abroad")), "child": int(child) if child else None,
        "file": str(content.get("file") or ""), "file_name": str(content.get("file_name") or ""),
        "days": _counted(case, facts, kind, part, first, last),
        "advance": leave_gates.is_advance(site_law(), facts, kind, first, said["reason"]),
    }  # fmt: skip


def _of(known: Sequence[Any], value: Any, field: str) -> Any:
    for each in known:
        if each.value == value:
            return each
    raise ContentUnfit("Pilih dari daftar.", field)


def _day(value: Any, field: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ContentUnfit("Isi tanggalnya, misalnya 2026-11-16.", field) from error


def _counted(
    case: Case, facts: Facts, kind: ExcuseKind, part: ExcusePart, first: date, last: date
) -> list[list[str]]:
    """The days that count: working days of his own calendar, or all days, as the law says of the kind."""
    counted = law.rule(site_law(), "leave_count", facts.status, first, kind.value)
    days = Period(first, date.fromordinal(last.toordinal() + 1))
    calendar: Any = every_day
    if counted is None or counted.value == _WORK:
        actor = Actor(case.entered_by, case.entered_person, "", (), case.on)
        calendar = working_days(
            actor=actor, person=facts.person_id, days=set(days.each_day()), law=site_law()
        )
        if calendar is None:
            raise ContentUnfit(
                "Hari kerja Anda pada tanggal itu belum diketahui: hari libur tahun itu belum "
                "ditetapkan, atau jadwalnya belum ada. Hubungi petugas kepegawaian.", "first",
            )  # fmt: skip
    found = leave_days(first, last, calendar, part)
    if not found:
        raise ContentUnfit("Pada tanggal itu Anda memang tidak bekerja, jadi tidak perlu cuti.", "first")
    return kept_shares(found)


def _steps(case: Case) -> Sequence[Step]:
    """The superior's opinion and the decision; where both are one seat, the leave record is checked by the
    unit's desk instead, so that three people see each request."""
    facts = read_facts(case.person_id or 0, case.on)
    who = deciding(site_law(), facts, case)
    decides = Step("decide", Part.SIGN, "Keputusan pejabat yang berwenang", who.address, FOUR, _DECISION_DAYS)
    if who.superior.found and who.superior != who.address:
        first = Step("opinion", Part.OPINE, "Pertimbangan atasan langsung", who.superior, FOUR, _OPINION_DAYS)
    else:
        desk = Address(permission=policies.VERIFY, unit=who.unit)
        first = Step("record", Part.VERIFY, "Pemeriksaan catatan cuti", desk, PLAIN, _CHECK_DAYS)
    return (first, decides)


def _gates(case: Case) -> Sequence[Gate]:
    actor = Actor(case.entered_by, case.entered_person, "", (), case.on)
    facts = read_facts(case.person_id or 0, date.fromisoformat(case.content["first"]))
    return (*leave_gates.gates(actor, site_law(), case), *unpaid.gates(site_law(), case, facts))


def _tell(case: Case) -> Told:
    content = case.content
    kind, days = ExcuseKind(content["leave"]), days_of(content)
    whole, part = content["part"] == ExcusePart.WHOLE.value, ExcusePart(content["part"])
    counted = told_days(count_days(content))
    lines = [
        Line("Jenis cuti", kind.label),
        Line("Tanggal", f"{days}" if whole else f"{days}, {part.label.lower()}"),
        Line("Lamanya", f"{counted} kerja" if kind is ExcuseKind.LEAVE_ANNUAL else counted),
        Line("Keperluan", content["text"]),
        Line("Alamat selama cuti", " · ".join(filter(None, (content["address"], content["phone"])))),
    ]
    if content["abroad"]:
        lines.append(Line("Tempat", "Ke luar negeri"))
    if content["child"]:
        lines.append(Line("Kelahiran", f"Anak ke-{content['child']}"))
    return Told(f"{kind.label} {days}", tuple(lines))


def _attached(case: Case) -> Attached | None:
    sha256 = case.content["file"]
    return Attached(case.content["file_name"], sha256) if sha256 else None


def _hold(case: Case) -> None:
    holding.hold_lots(case.person_id or 0)


def _reserve(actor: Actor, case: Case) -> None:
    holding.reserve(actor, case)


def _apply(signed: Signed) -> None:
    days = days_of(signed.case.content)
    holding.hold(signed, days)
    unpaid.begin(signed, days)


def _drop(actor: Actor, case: Case, answer: Answer | None) -> None:
    holding.let_go(actor, case, answer)


REQUEST = Kind(
    code=CODE,
    title="Cuti",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads=policies.READ,
    require=_require,
    check=_check,
    hold=_hold,
    asks=frozenset({policies.VERIFY, "decisions:appoint"}),
    reserve=_reserve,
    apply=_apply,
    drop=_drop,
    undo=ending.take_back,
    stuck=ending.stuck,
    paper=FORM,
    attached=_attached,
    batch=True,
)
