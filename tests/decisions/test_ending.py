"""What ends without a seal: its kind hears why; what another act overtook ends by it, without waiting."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import transaction

from pamong.decisions import models, services
from pamong.decisions.choices import Answer, Part, State
from pamong.decisions.errors import DecisionBusy, DecisionClosed, DecisionNotFound
from pamong.decisions.services import common
from pamong.decisions.types import Address, Step
from pamong.organisation import models as organisation
from tests.pay.test_parallel import closing
from tests.support.deciding import DROPPED, TASK, WHY, WHYS, Desk, desk_of
from tests.support.people import AT, small_people

PATIENCE = 30


def test_a_kind_hears_with_which_reason_its_decision_ends(desk: Desk) -> None:
    refused, withdrawn, lapsed = (desk.propose("clerk", about="own") for _ in range(3))
    desk.answer("chief", refused)
    desk.answer("above", refused, Answer.REFUSE, reason=f"{WHY} sekali")
    services.withdraw(actor=desk.actor("clerk"), at=AT, decision=withdrawn, reason=WHY)
    services.lapse(actor=desk.actor("nurul"), at=AT, decision=lapsed, reason="Isinya berubah")
    assert [uid for uid, _ in DROPPED] == [refused, withdrawn, lapsed]
    assert [f"{WHY} sekali", WHY, "Isinya berubah"] == WHYS
    assert desk.story("clerk", lapsed).state is State.WITHDRAWN


def test_what_has_ended_is_not_overtaken(desk: Desk) -> None:
    sealed = desk.sealed()
    with pytest.raises(DecisionClosed, match="sudah ditetapkan"):
        services.lapse(actor=desk.actor("nurul"), at=AT, decision=sealed, reason=WHY)
    assert DROPPED == []


def test_what_is_being_answered_is_refused_and_not_waited_for(committed_db: str) -> None:
    desk = desk_of(small_people())
    uid = desk.propose()
    nurul = desk.actor("nurul")
    held, go_on = threading.Event(), threading.Event()

    def answering() -> None:
        with transaction.atomic():
            common.waiting(uid)
            held.set()
            go_on.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(closing, answering)
        assert held.wait(PATIENCE)
        with pytest.raises(DecisionBusy, match="sedang dijawab"):
            services.lapse(actor=nurul, at=AT, decision=uid, reason=WHY)
        go_on.set()
        other.result(PATIENCE)
    services.lapse(actor=nurul, at=AT, decision=uid, reason=WHY)
    assert models.Decision.objects.get(uid=uid).state == State.WITHDRAWN.value


def test_about_a_unit_it_is_seen_by_who_may_see_such_things_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``reads`` over the unit; about none, over the whole government."""
    steps = (Step("sign", Part.SIGN, "Keputusan", Address(permission="decisions:appoint")),)
    kind = replace(
        TASK, code="tests.unit", reads="quality:list", steps=lambda _case: steps, two="a test of who reads"
    )  # fmt: skip
    services.register(kind)
    unit = organisation.Unit.objects.get(code="dinkes")
    asked = {"actor": desk.actor("own"), "at": AT, "kind": kind.code, "content": {"task": "survei"}}
    here = services.propose(**asked, key=uuid4(), unit=unit.pk).uid
    nowhere = services.propose(**asked, key=uuid4()).uid
    assert desk.story("clerk", here).uid == here
    for who, uid in (("clerk", nowhere), ("foreign", here), ("foreign", nowhere)):
        with pytest.raises(DecisionNotFound):
            desk.story(who, uid)
    assert desk.story("nurul", nowhere).uid == nowhere
