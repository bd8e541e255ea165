"""The demo's months are paid as real ones are: each part by another, each closing a sealed decision."""

from __future__ import annotations

from pamong.access.models import User
from pamong.decisions.models import Decision
from pamong.demo.paying import CHECKER, CLERK, TREASURER, pay_month
from pamong.pay.choices import PathState
from pamong.pay.models import PayList
from tests.pay.conftest import office as office  # noqa: PLC0414 - the fixture
from tests.pay.support import OCTOBER, Office, Someone
from tests.support.lists import build
from tests.support.month import MORNING, TODAY

LED, UNLED = "Dinas A", "Dinas B"
WHO = [Someone(1, opd=LED), Someone(2, opd=LED), Someone(3, opd=UNLED), Someone(4, opd=UNLED)]
NAMES = {"second": CLERK, "checker": CHECKER, "treasurer": TREASURER, "head_dinas_a": "kepala-dinas_a"}


def test_what_has_a_head_is_paid_and_what_has_none_waits_for_its_signature(office: Office, db: None) -> None:
    town = build(office, WHO)
    for before, name in NAMES.items():
        User.objects.filter(username=before).update(username=name)
    run = town.compute(WHO)
    assert pay_month(at=MORNING, on=TODAY, run=run, month=OCTOBER) == 1
    states = dict(PayList.objects.values_list("opd_name", "state"))
    assert states == {LED: PathState.PAID.value, UNLED: PathState.COMPUTED.value}
    assert dict(Decision.objects.values_list("content__unit", "state")) == {LED: "sealed", UNLED: "waiting"}
