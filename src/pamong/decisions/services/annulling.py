"""Annulment: an order holds no more, by a decision of the office that signed it or the one above.

What the order did is taken back by its own kind (``Kind.undo``). Where that can't be, nothing is annulled:
an order that holds no more while its effects stand would be worse than either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.decisions import models, policies
from pamong.decisions.choices import ANNULMENT_CODE, OrderEndKind, Part, Verdict
from pamong.decisions.errors import ContentUnfit, OrderNotFound
from pamong.decisions.queries.orders import visible_order
from pamong.decisions.services import common
from pamong.decisions.services.ordering import end_order
from pamong.decisions.services.proposing import Entered, propose
from pamong.decisions.types import Address, Case, Gate, Issued, Kind, Line, Paper, Signed, Step, Told, kind_of
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.people.queries import within
from pamong.people.services import reading

_DAYS = 7


def propose_annulment(*, actor: Actor, at: datetime, key: UUID, order: UUID, reason: str) -> Entered:
    """Propose that an order is annulled, and why. The office that signed it signs this too, or the one above.

    ``NotAllowed``, ``OrderNotFound``, ``ContentUnfit``, ``GatesBlock``: it ended already, or what it did
    can't be taken back.
    """
    row = visible_order(actor, order)
    content = {"order": str(order), "number": row.number, "reason": reason.strip()}
    decision = row.decision
    return propose(
        actor=actor, at=at, kind=ANNULMENT_CODE, key=key, content=content, person=decision.person_id,
        unit=decision.unit_id,
    )  # fmt: skip


def _order(uid: UUID) -> models.Order:
    row = models.Order.objects.select_related("decision").filter(uid=uid).first()
    if row is None:
        raise OrderNotFound
    return row


def _annulled(case: Case) -> models.Order:
    return _order(UUID(case.content["order"]))


def issued_of(row: models.Order, case: Case) -> Issued:
    """An order as its kind sees it when it is annulled; ``case`` gives day and instant."""
    decision = row.decision
    old = Case(
        decision.uid, decision.kind, decision.person_id, decision.unit_id, common.content_of(decision),
        decision.entered_by_id, decision.entered_person_id, case.on, case.at,
    )  # fmt: skip
    return Issued(row.uid, row.number, row.dated_on, row.basis_id, old)


def _require(actor: Actor, case: Case) -> None:
    """An officer whose permission reaches whom the order is about, and who is somebody else; of orders about
    nobody one of the whole government."""
    if case.person_id is not None and case.person_id == actor.person_id:
        raise NotAllowed("Pencabutan keputusan tentang diri sendiri diajukan oleh petugas lain.")
    if case.person_id is not None and within(actor, policies.ANNUL, case.person_id):
        return
    try:
        access.require_whole(actor, policies.ANNUL)
    except NotAllowed as error:
        raise NotAllowed("Pencabutan keputusan diajukan oleh petugas kepegawaian.") from error


def _check(_case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    if not policies.says_why(content["reason"]):
        raise ContentUnfit("Tulis alasan pencabutan dalam satu kalimat.", "reason")
    return content


def _steps(case: Case) -> Sequence[Step]:
    """Whoever signed the order: its seat, where there was one; above it where nobody there may answer."""
    decision = _annulled(case).decision
    act = decision.acts.filter(part=Part.SIGN.value).get()
    step = common.step_of(decision.steps[act.place])
    # Who answered from no seat did so by a permission, or above the highest seat as the appointing official.
    role = step.address if step.address.permission else Address(permission=policies.APPOINT)
    address = role if act.seat_id is None else Address(seat=act.seat_id)
    return (Step("sign", Part.SIGN, "Pejabat yang menetapkan", address, days=_DAYS),)


def _gates(case: Case) -> Sequence[Gate]:
    row = _annulled(case)
    return (_stands(row), _undoes(row, case))


def _stands(row: models.Order) -> Gate:
    end = models.OrderEnd.objects.filter(order=row).first()
    if end is None:
        return Gate("stands", "Masih berlaku", Verdict.ALLOW, f"Keputusan nomor {row.number} masih berlaku.")
    how = OrderEndKind(end.how).label.lower()
    text = f"Keputusan nomor {row.number} sudah {how} pada {format_date(end.on)}."
    return Gate("stands", "Masih berlaku", Verdict.BLOCK, text)


def _undoes(row: models.Order, case: Case) -> Gate:
    kind = kind_of(row.decision.kind)
    if kind.undo is None:
        text = (
            f"Akibat keputusan jenis {kind.title} tidak dapat ditarik kembali, jadi keputusannya tidak dapat "
            "dicabut. Ajukan keputusan baru yang menggantikannya."
        )
        return Gate("undo", "Akibatnya dapat ditarik", Verdict.BLOCK, text)
    if told := kind.stuck(issued_of(row, case)):
        return Gate("undo", "Akibatnya dapat ditarik", Verdict.BLOCK, told)
    return Gate("undo", "Akibatnya dapat ditarik", Verdict.ALLOW, "Akibatnya ikut ditarik saat dicabut.")


def _tell(case: Case) -> Told:
    row = _annulled(case)
    lines = (
        Line("Keputusan", row.title),
        Line("Nomor", row.number),
        Line("Tanggal", format_date(row.dated_on)),
        Line("Alasan", case.content["reason"]),
    )
    return Told(f"Pencabutan nomor {row.number}", lines, f"/keputusan/{row.decision.uid}")


def _apply(signed: Signed) -> None:
    row = _annulled(signed.case)
    undo = kind_of(row.decision.kind).undo
    if undo is None:  # the gate has just said otherwise
        raise OrderNotFound
    # First the end, which locks the order: of two at once the second is refused before it undoes anything.
    end_order(
        actor=signed.actor, basis=signed.basis, order=row.uid, how=OrderEndKind.ANNULLED, by=signed.order
    )
    undo(signed, issued_of(row, signed.case))


def _number(place: int, on: date) -> str:
    return f"{place}/PENCABUTAN/{on.year}"


def _content(case: Case) -> Mapping[str, Any]:
    row = _annulled(case)
    names = reading.names_of([case.person_id]) if case.person_id is not None else {}
    name = names.get(case.person_id or 0, "")
    which = f"{row.title} nomor {row.number} tanggal {format_date(row.dated_on)}"
    return {
        "about": f"Pencabutan {which}", "name": name, "considering": [case.content["reason"]],
        "bases": [which],
        "dictum": [
            f"Mencabut {which}{f' atas nama {name}' if name else ''}.",
            "Akibat keputusan yang dicabut ditarik kembali.",
            "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
        ],
    }  # fmt: skip


ANNULMENT = Kind(
    code=ANNULMENT_CODE,
    title="Pencabutan keputusan",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads=policies.ANNUL,
    require=_require,
    check=_check,
    asks=frozenset({policies.APPOINT}),
    apply=_apply,
    paper=Paper("pencabutan", "order", "Keputusan pencabutan", _number, _content, opens=("title", "name")),
    two="three people made the order; who signed it, and none of who proposes, can only take it back",
    public=frozenset({"order", "number"}),
)
