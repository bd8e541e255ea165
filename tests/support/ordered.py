"""An order about somebody, as it stands once it was signed and printed, with a file that is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from pamong.access.models import User
from pamong.decisions import models, services
from pamong.decisions.choices import Answer, Part, Reach, State
from pamong.decisions.services import common
from pamong.decisions.services.ordering import issue
from pamong.decisions.services.papers import Writing, content_of
from pamong.decisions.types import Address, Case, Gate, Kind, Paper, Step, Told
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from tests.support.month import MORNING, TODAY

_STEP = Step("sign", Part.SIGN, "Keputusan", Address(permission="decisions:appoint"))


def _content(_case: Case) -> Mapping[str, Any]:
    return {
        "about": "Penugasan", "considering": ["bahwa tugas itu perlu dikerjakan;"], "bases": ["Pasal 1"],
        "dictum": ["Menugaskan."],
    }  # fmt: skip


def _steps(_case: Case) -> Sequence[Step]:
    return (_STEP,)


def _gates(_case: Case) -> Sequence[Gate]:
    return ()


def _nothing(*_told: object) -> None:
    """Whoever asks, whatever was done."""


KIND = Kind(
    code="tests.ordered",
    title="Penugasan",
    steps=_steps,
    gates=_gates,
    tell=lambda _case: Told("Penugasan"),
    reads="people:read",
    require=_nothing,
    undo=_nothing,
    two="one step is enough for the pages that show its order",
    paper=Paper(
        "penugasan", "order", "Surat penugasan", lambda place, on: f"{place}/TUGAS/{on.year}", _content
    ),
)


@transaction.atomic
def order_about(person_id: int, signer: str) -> UUID:
    """The uid of an order about a person, signed by an account that is nobody of the city."""
    services.register(KIND)
    actor = Actor.operator("uji", TODAY)
    row = models.Decision(
        uid=uuid7(MORNING), key=uuid7(MORNING), kind=KIND.code, person_id=person_id, title="Penugasan",
        content={}, steps=common.kept_steps(KIND, [_STEP]), entered_name="Petugas lain", entered_on=TODAY,
    )  # fmt: skip
    common.address(row, _STEP, MORNING)
    row.save(force_insert=True)
    act = models.StepAct.objects.create(
        uid=uuid7(MORNING), decision=row, place=0, step="sign", part=Part.SIGN.value, name="Wali Kota Uji",
        answer=Answer.AGREE.value, user=User.objects.get(username=signer), office="Wali Kota Uji",
        reach=Reach.ROLE.value,
    )  # fmt: skip
    basis = ledger.seal(actor=actor, kind=SealKind.DECISION, ref=row.uid)
    order = _issued(actor, row, act, basis)
    row.state, row.basis_id, row.closed_at = State.SEALED.value, basis, Now()
    row.save(update_fields=["state", "basis", "closed_at"])
    kept = store.keep(f"%PDF-1.7 {order.uid}".encode())
    services.keep_file(actor=actor, order=order.uid, sha256=kept.sha256, size=kept.size, signed_by="")
    return order.uid


def _issued(actor: Actor, row: models.Decision, act: models.StepAct, basis: int) -> models.Order:
    assert KIND.paper is not None
    case = Case(row.uid, row.kind, row.person_id, None, {}, None, None, TODAY, MORNING)
    writing = Writing(row, case, act, ())
    return issue(
        actor=actor, at=MORNING, writing=writing, kind=KIND, paper=KIND.paper,
        said=content_of(KIND.paper, writing), basis=basis, late=False,
    )  # fmt: skip
