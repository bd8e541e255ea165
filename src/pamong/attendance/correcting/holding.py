"""What a request does: it holds its day while it waits, adds what was said once it is agreed to, or ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from pamong.access.errors import OwnCase
from pamong.attendance.choices import CorrectionState, ExcuseSource
from pamong.attendance.correcting.claims import day_of, excuses_of, punches_of
from pamong.attendance.correcting.reading import answered
from pamong.attendance.errors import CorrectionWaits, NotRefused
from pamong.attendance.models import Attachment, Correction
from pamong.attendance.services.excusing import set_excuses
from pamong.attendance.services.vouching import vouch
from pamong.decisions.choices import Answer
from pamong.decisions.types import Case, Signed
from pamong.kernel.actor import Actor


def reserve(_actor: Actor, case: Case) -> None:
    """One that is open a person and day, and one appeal: of two at once the second is told.
    ``CorrectionWaits``, ``NotRefused``."""
    content = case.content
    before = answered(UUID(content["appeals"])) if content["appeals"] else None
    try:
        with transaction.atomic():
            Correction.objects.create(
                uid=case.uid, person_id=case.person_id or 0, on=day_of(content), attachment_id=_file(case),
                appeals_id=before.id if before else None,
            )  # fmt: skip
    except IntegrityError as error:
        if "correction_one_open" in str(error):
            raise CorrectionWaits(day_of(content)) from error
        raise NotRefused from error


def hold(signed: Signed) -> None:
    """Add what was said: as an event that people vouch for, or as an excuse. ``MonthClosing``."""
    case, person = signed.case, signed.case.person_id or 0
    _require_another(signed.actor, case)
    if excuses := excuses_of(person, case.content):
        set_excuses(
            actor=signed.actor, at=case.at, basis=signed.basis, source=ExcuseSource.CORRECTION,
            source_uid=case.uid, excuses=excuses,
        )  # fmt: skip
    else:
        punches = punches_of(person, case.content)
        vouch(actor=signed.actor, source_uid=case.uid, raw=f"koreksi {case.uid}", punches=punches)
    _close(case, CorrectionState.AGREED)


def let_go(actor: Actor, case: Case, answer: Answer | None) -> None:
    """Free its day: refused, or taken back by its owner."""
    if answer is not None:
        _require_another(actor, case)
    _close(case, CorrectionState.WITHDRAWN if answer is None else CorrectionState.REFUSED)


def _require_another(actor: Actor, case: Case) -> None:
    """Who refused does not answer the appeal either, also where his account is no person's."""
    before = answered(UUID(case.content["appeals"])) if case.content["appeals"] else None
    if before is not None and before.user == actor.user_id:
        raise OwnCase("Anda yang menjawab permintaan ini pertama kali. Orang lain yang menjawab bandingnya.")


def _file(case: Case) -> int | None:
    uid: Any = case.content["attachment"]
    return Attachment.objects.filter(uid=uid).values_list("pk", flat=True).first() if uid else None


def _close(case: Case, state: CorrectionState) -> None:
    Correction.objects.filter(uid=case.uid).update(state=state.value)
