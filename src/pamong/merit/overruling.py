"""A condition that is not met is set aside by a decision: by name, with its ground, and shown to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pamong.access import policies as access
from pamong.decisions.choices import Part, Verdict
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.types import Address, Case, Gate, Kind, Line, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.law.conditions import Answer
from pamong.ledger import services as ledger
from pamong.merit import events, models, policies, standing
from pamong.merit.choices import Moment
from pamong.merit.errors import ApplicationNotFound
from pamong.merit.judging import STATUS
from pamong.merit.verifying import verify_step

CODE = "merit.overrule"
_DAYS = 7


def application_of(uid: UUID) -> models.Application:
    """An application. ``ApplicationNotFound``."""
    found = models.Application.objects.select_related("vacancy", "person").filter(uid=uid).first()
    if found is None:
        raise ApplicationNotFound
    return found


def _row(case: Case) -> models.EligibilityRow:
    rows = models.EligibilityRow.objects.filter(
        application__uid=UUID(case.content["application"]), moment=Moment.APPLICATION.value,
        code=case.content["condition"],
    )  # fmt: skip
    found = rows.select_related("application__vacancy", "application__person").first()
    if found is None:
        raise ContentUnfit("Syarat ini tidak ada pada lamaran itu. Pilih dari daftar.", "condition")
    return found


def _require(actor: Actor, _case: Case) -> None:
    policies.require_officer(actor)


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    said = {
        "application": str(UUID(str(content["application"]))), "condition": str(content["condition"]),
        "reason": str(content.get("reason") or "").strip(),
    }  # fmt: skip
    if not access.says_why(said["reason"]):
        raise ContentUnfit("Tulis dasar dan alasannya dalam satu kalimat.", "reason")
    row = _row(case.with_content(said))
    if row.application.person_id != case.person_id:
        raise ApplicationNotFound
    return said


def _steps(case: Case) -> Sequence[Step]:
    signer = Address(permission=policies.APPOINT)
    sign = Step("sign", Part.SIGN, "Pejabat Pembina Kepegawaian", signer, days=_DAYS)
    return (verify_step(case, _row(case).application.vacancy.seat_id), sign)


def _gates(case: Case) -> Sequence[Gate]:
    row = _row(case)
    return (_can_be(row), _in_time(row))


def _can_be(row: models.EligibilityRow) -> Gate:
    code, title = "condition", "Syarat yang dikesampingkan"
    told = {"article": row.source, "evidence": row.evidence, "value": row.value, "threshold": row.threshold}
    if row.code in STATUS:
        text = f"{row.text} Syarat ini tidak dapat dikesampingkan siapa pun."
        return Gate(code, title, Verdict.BLOCK, text, **told)
    if row.answer != Answer.NOT_MET.value or hasattr(row, "overruling"):
        text = "Hanya syarat yang tidak terpenuhi, dan belum dikesampingkan, yang dapat dikesampingkan."
        return Gate(code, title, Verdict.BLOCK, text, **told)
    text = f"{row.text} Menurut aturan yang berlaku ia tidak memenuhi syarat."
    return Gate(code, title, Verdict.WARN, text, **told)


def _in_time(row: models.EligibilityRow) -> Gate:
    code, title, now = "time", "Sebelum dinilai", standing.step_of(row.application.vacancy)
    if now in ("announced", "closed"):
        return Gate(code, title, Verdict.ALLOW, "Nilai belum dibuka.")
    return Gate(code, title, Verdict.BLOCK, "Sesudah nilai dibuka tidak ada pelamar yang ditambahkan lagi.")


def _tell(case: Case) -> Told:
    row = _row(case)
    vacancy = row.application.vacancy
    lines = (
        Line("Jabatan", vacancy.title),
        Line("Syarat", row.text),
        Line("Dasar dan alasan", case.content["reason"]),
    )
    return Told(f"Pengesampingan syarat untuk {vacancy.title}", lines, f"/lowongan/{vacancy.uid}/")


def _apply(signed: Signed) -> None:
    case, row = signed.case, _row(signed.case)
    models.Overruling.objects.create(
        condition=row, reason=case.content["reason"], decision=case.uid, basis_id=signed.basis
    )
    application = row.application
    event = events.ConditionOverruled(
        application.vacancy.uid, application.vacancy.title, application=application.uid,
        person=application.person.uid, decision=case.uid, condition=row.code, reason=case.content["reason"],
    )  # fmt: skip
    ledger.record(actor=signed.actor, event=event)


OVERRULE = Kind(
    code=CODE,
    title="Pengesampingan syarat",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads="decisions:read",
    require=_require,
    check=_check,
    asks=frozenset({policies.APPOINT, policies.OPEN}),
    apply=_apply,
    public=frozenset({"application", "condition"}),
)
