"""What the law makes automatic the machine proposes: nobody is its proposer, and it never answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from pamong.access.errors import NotAllowed, ReasonMissing
from pamong.decisions import models, services
from pamong.decisions.choices import Part, State
from pamong.decisions.errors import DecisionClosed, DecisionNotFound, KeyReused
from pamong.decisions.types import Kind
from pamong.kernel.actor import Actor
from tests.support.deciding import DROPPED, TASK, WHY, Desk
from tests.support.people import AT, TODAY

MACHINE = Actor.operator("pekerja-latar", TODAY)


@pytest.fixture
def automatic(desk: Desk) -> Iterator[Kind]:
    """The task of tests as something that the machine may propose, and that is checked many at once."""
    steps = TASK.steps
    checked = replace(
        TASK, automatic=True, batch_checks=True,
        steps=lambda case: (replace(steps(case)[0], part=Part.VERIFY), *steps(case)[1:]),
    )  # fmt: skip
    services.register(checked)
    yield checked
    services.register(TASK)


def propose(desk: Desk, key: UUID, actor: Actor = MACHINE, task: str = "survei") -> services.Entered:
    person = desk.people.city.ids["own"]
    given: dict[str, Any] = {"kind": TASK.code, "content": {"task": task}, "person": person}
    return services.propose(actor=actor, at=AT, key=key, **given)


def test_the_machine_proposes_once_and_three_others_see_it(desk: Desk, automatic: Kind) -> None:
    key = uuid4()
    uid = propose(desk, key).uid
    again = propose(desk, key)
    assert (again.uid, again.again) == (uid, True)
    with pytest.raises(KeyReused):
        propose(desk, key, task="lain")
    row = models.Decision.objects.get(uid=uid)
    assert (row.entered_by, row.entered_name) == (None, "Sistem")
    desk.answer("chief", uid)
    assert desk.answer("above", uid) is State.SEALED


def test_what_is_not_automatic_nobody_proposes_without_an_account(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="akun Anda sendiri"):
        propose(desk, uuid4())


def test_only_the_machine_is_no_proposer(desk: Desk, automatic: Kind) -> None:
    with pytest.raises(NotAllowed):
        propose(desk, uuid4(), Actor(None, None, "", (), TODAY))
    uid = propose(desk, uuid4(), desk.actor("nurul")).uid
    assert models.Decision.objects.get(uid=uid).entered_name == "Nurul"


def test_two_workers_at_once_store_one(desk: Desk, automatic: Kind) -> None:
    row = models.Decision.objects.get(uid=propose(desk, uuid4()).uid)
    row.pk, row.uid = None, uuid4()
    with pytest.raises(IntegrityError, match="decision_once_by_machine"), transaction.atomic():
        row.save(force_insert=True)


def test_the_machine_takes_its_own_back_with_a_reason_and_nobody_elses(desk: Desk, automatic: Kind) -> None:
    uid = propose(desk, uuid4()).uid
    given: dict[str, Any] = {"at": AT, "decision": uid}
    with pytest.raises(NotAllowed):
        services.retract(actor=desk.actor("nurul"), reason=WHY, **given)
    with pytest.raises(ReasonMissing):
        services.retract(actor=MACHINE, reason="-", **given)
    services.retract(actor=MACHINE, reason=WHY, **given)
    assert models.Decision.objects.get(uid=uid).state == State.WITHDRAWN.value
    assert [(uid, None)] == DROPPED
    with pytest.raises(DecisionClosed):
        services.retract(actor=MACHINE, reason=WHY, **given)
    others = propose(desk, uuid4(), desk.actor("nurul")).uid
    with pytest.raises(DecisionNotFound):
        services.retract(actor=MACHINE, at=AT, decision=others, reason=WHY)


def test_many_are_checked_at_once_and_the_odd_ones_are_opened(desk: Desk, automatic: Kind) -> None:
    plain = [propose(desk, uuid4(), task=f"survei {number}").uid for number in range(3)]
    odd = desk.propose(content={"gates": {"age": "warn"}}, who="nurul")
    done = services.sign_many(actor=desk.actor("chief"), at=AT, decisions=[*plain, odd])
    assert (set(done.checked), done.signed) == (set(plain), ())
    assert [each.uid for each in done.opened] == [odd]
    done = services.sign_many(actor=desk.actor("above"), at=AT, decisions=plain)
    assert set(done.signed) == set(plain)
