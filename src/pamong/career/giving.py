"""What a decision about a raise does to the facts: one at a time for each person, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Now

from pamong.career import events
from pamong.career.choices import Ground
from pamong.career.contents import as_day, hash_of
from pamong.career.errors import DelayOverlaps, RaiseWaits
from pamong.career.models import KgbCase, KgbDelay, KgbDue, KgbRaise
from pamong.decisions.choices import Answer
from pamong.decisions.site import site_law
from pamong.decisions.types import Case, Issued, Signed
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.law import kgb
from pamong.ledger import services as ledger
from pamong.ledger import undoing
from pamong.people import services as people
from pamong.people.services import reading

_GROUND = "Kenaikan gaji berkala"
_BUILT = "Masa kerja golongannya sudah berubah lagi sesudahnya. Batalkan perubahan yang lebih baru dulu."


def open_case(_actor: Actor, case: Case) -> None:
    """It begins to wait. ``RaiseWaits`` where another is being decided about him."""
    try:
        with transaction.atomic():
            KgbCase.objects.create(
                decision=case.uid, kind=case.kind, person_id=case.person_id or 0,
                effective_on=case.content["effective_on"], says=hash_of(case.content),
            )  # fmt: skip
    except IntegrityError as error:
        if "kgbcase_one_open" in str(error):
            raise RaiseWaits from error
        raise


def successor(decision: UUID) -> UUID | None:
    """The next decision that gave the same raise to the same person."""
    given = KgbRaise.objects.filter(decision=decision).order_by("pk").first()
    if given is None:
        return None
    same = KgbRaise.objects.filter(person_id=given.person_id, due_on=given.due_on, pk__gt=given.pk)
    return same.exclude(decision=decision).order_by("pk").values_list("decision", flat=True).first()


def close_case(_actor: Actor, case: Case, _answer: Answer | None = None) -> None:
    """It waits no more."""
    KgbCase.objects.filter(decision=case.uid, closed_at__isnull=True).update(closed_at=Now())


def give(signed: Signed) -> None:
    """Let the new step hold, note the raise for the change list, and take it off the list of those due."""
    case = signed.case
    person, content = case.person_id or 0, case.content
    uid = reading.uids_of([person])[person]
    people.put_decided(
        actor=signed.actor, at=case.at, basis=signed.basis, person=uid, subject="salarystep",
        on=date.fromisoformat(content["effective_on"]),
        values={
            "mkg_years": content["new_years"], "mkg_months": content["new_months"], "ground": _GROUND,
            "order_no": signed.number, "order_on": signed.dated_on,
        },
    )  # fmt: skip
    given = _given(signed)
    KgbDue.objects.filter(person_id=person, superseded_at__isnull=True).update(superseded_at=Now())
    close_case(signed.actor, case)
    event = events.RaiseGiven(
        given.period.lower, given.pay_month, uid, signed.number, given.base_before, given.base_after
    )
    ledger.record(actor=signed.actor, event=event)


def delay(signed: Signed) -> None:
    """Let a delay for performance hold, so that the raise falls due after it."""
    case = signed.case
    person, content = case.person_id or 0, case.content
    uid = reading.uids_of([person])[person]
    since, until = date.fromisoformat(content["effective_on"]), date.fromisoformat(content["until"])
    try:
        with transaction.atomic():
            KgbDelay.objects.create(
                uid=uuid7(case.at), person_id=person, ground=Ground.PERFORMANCE.value,
                period=DateRange(since, until), due_on=content["due_on"], order_no=signed.number,
                order_on=signed.dated_on, reason=content["reason"], basis_id=signed.basis,
            )  # fmt: skip
    except IntegrityError as error:
        if "kgbdelay_no_overlap" in str(error):
            raise DelayOverlaps from error
        raise
    KgbDue.objects.filter(person_id=person, superseded_at__isnull=True).update(superseded_at=Now())
    close_case(signed.actor, case)
    ground = Ground.PERFORMANCE.value
    event = events.RaiseDelayed(ground, since, until, uid, signed.number, content["reason"])
    ledger.record(actor=signed.actor, event=event)


def take_back(signed: Signed, issued: Issued) -> None:
    """A raise whose order is annulled: the step before holds again. ``BuiltUpon``."""
    person = issued.case.person_id or 0
    uid = reading.uids_of([person])[person]
    people.undo_decided(
        actor=signed.actor, at=signed.case.at, basis=issued.basis, by=signed.basis, person=uid
    )
    undoing.undo([KgbRaise], basis=issued.basis, by=signed.basis)
    ledger.record(actor=signed.actor, event=events.RaiseTakenBack(uid, issued.number))


def undelay(signed: Signed, issued: Issued) -> None:
    """A delay whose order is annulled. ``BuiltUpon``."""
    person = issued.case.person_id or 0
    undoing.undo([KgbDelay], basis=issued.basis, by=signed.basis)
    uid = reading.uids_of([person])[person]
    ledger.record(actor=signed.actor, event=events.RaiseTakenBack(uid, issued.number))


def stuck(issued: Issued) -> str:
    """What stands in the way of an annulment: a later change of the same step."""
    machine = Actor(None, None, "", (), issued.case.on)
    return _BUILT if people.is_built_upon(actor=machine, basis=issued.basis) else ""


def _given(signed: Signed) -> KgbRaise:
    case, content = signed.case, signed.case.content
    effective_on = date.fromisoformat(content["effective_on"])
    pay_month, _ = kgb.pay_month(site_law(), effective_on, signed.dated_on)
    row: KgbRaise = KgbRaise.objects.create(
        uid=uuid7(case.at), person_id=case.person_id or 0, period=DateRange(effective_on, None),
        basis_id=signed.basis, decision=case.uid, order_no=signed.number, order_on=signed.dated_on,
        pay_month=pay_month, **_facts(content),
    )  # fmt: skip
    return row


def _facts(content: Mapping[str, Any]) -> dict[str, Any]:
    names = (
        "due_on", "kind", "golongan", "old_years", "old_months", "old_since", "base_before", "new_years",
        "new_months", "base_after",
    )  # fmt: skip
    return {name: content[name] for name in names} | {
        "deadline": as_day(content["deadline"]), "next_on": as_day(content["next_on"])
    }  # fmt: skip
