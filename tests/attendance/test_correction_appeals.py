"""A refusal of a correction is appealed: once, by whom it is about, to the seat above that refused it."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from pamong.access.errors import OwnCase
from pamong.access.services import create_user, grant_role
from pamong.attendance import queries
from pamong.attendance.choices import CorrectionState
from pamong.attendance.errors import CorrectionNotFound, CorrectionWaits, NotRefused
from pamong.attendance.models import Correction, Punch
from pamong.attendance.services import Claim
from pamong.decisions import services as decisions
from pamong.decisions.errors import ReasonsMissing
from pamong.people import models as people
from tests.attendance.test_corrections import NO, WHY, Desk, desk
from tests.attendance.test_facts import OPERATOR
from tests.attendance.test_my_days import MONDAY, office
from tests.support.city import since
from tests.support.people import AT, opening_basis

__all__ = ["desk", "office"]


def test_a_refusal_is_appealed_once_to_the_next_above(desk: Desk) -> None:
    uid = desk.ask()
    with pytest.raises(ReasonsMissing):
        desk.answer(uid, "superior", agree=False)
    desk.refuse(uid, "superior")
    assert desk.view(uid).appeals
    appeal = desk.appeal(uid)
    assert (desk.waiting("superior"), desk.waiting("secretary")) == ([], [appeal])
    facts = {line.label: line.text for line in desk.story(appeal, "secretary").told.lines}
    assert NO in facts["Jawaban yang dibanding"] and facts["Alasan"] == WHY
    desk.refuse(appeal, "secretary")
    assert not desk.view(uid).appeals
    for again in (uid, appeal):
        with pytest.raises(NotRefused):
            desk.appeal(again)
    assert desk.steps(uid) == desk.steps(appeal) == ["asked", "refused", "appealed", "refused"]
    with pytest.raises(Exception, match="tidak dapat diubah"), transaction.atomic():
        Correction.objects.filter(uid=uid).update(state="agreed")
    assert desk.view(uid, "superior").state is CorrectionState.REFUSED, "who answered sees what became of it"


def test_an_appeal_that_is_agreed_to_adds_what_was_asked_first(desk: Desk) -> None:
    uid = desk.ask()
    desk.refuse(uid, "superior")
    appeal = desk.appeal(uid)
    desk.answer(appeal, "secretary", note="Saya melihatnya sendiri")
    assert Punch.objects.get(source="manual").raw == f"koreksi {appeal}"
    assert desk.view(uid).state is CorrectionState.AGREED
    (own,) = queries.list_own_corrections(actor=desk.actor("employee"), at=AT)
    assert (own.uid, own.state) == (appeal, CorrectionState.AGREED), "one request, with its appeal"


def test_an_appeal_is_ones_own_of_a_refusal_and_the_same_form_is_one(desk: Desk) -> None:
    uid = desk.ask()
    with pytest.raises(NotRefused):
        desk.appeal(uid)
    desk.refuse(uid, "superior")
    with pytest.raises(CorrectionNotFound):
        desk.appeal(uid, "secretary")
    again = desk.ask(claim=Claim(left=time(16, 30)))
    with pytest.raises(CorrectionWaits):
        desk.appeal(uid)
    decisions.withdraw(actor=desk.actor("employee"), at=AT, decision=again)
    key = uuid4()
    assert desk.appeal(uid, key=key) == desk.appeal(uid, key=key)


def test_the_database_takes_no_appeal_but_of_a_refusal_of_the_same_day(desk: Desk) -> None:
    first, other = desk.ask(), desk.ask(day=MONDAY + timedelta(days=1))
    waits, refused = Correction.objects.get(uid=first), Correction.objects.get(uid=other)
    desk.refuse(other, "superior")
    for values in ({"appeals": waits}, {"appeals": refused, "on": MONDAY + timedelta(days=3)}):
        row = {"person_id": refused.person_id, "on": refused.on} | values
        with pytest.raises(IntegrityError, match="appeals no refusal"), transaction.atomic():
            Correction.objects.create(**row)
    Correction.objects.create(person_id=refused.person_id, on=refused.on, appeals=refused, state="refused")
    with pytest.raises(IntegrityError, match="appeals_id"), transaction.atomic():
        Correction.objects.create(person_id=refused.person_id, on=refused.on, appeals=refused)


def test_who_refused_does_not_answer_the_appeal_from_another_seat(desk: Desk) -> None:
    city = desk.office.machines.people.city
    uid = desk.ask()
    desk.refuse(uid, "superior")
    above = people.Appointment.objects.get(person_id=city.ids["above"])
    people.Appointment.objects.create(
        person_id=city.ids["chief"], kind="plh", stint=1, seat=above.seat, basis_id=opening_basis(),
        period=since(date(2026, 11, 1), date(2027, 1, 1)),
    )  # fmt: skip
    appeal = desk.appeal(uid)
    assert (desk.waiting("superior"), desk.waiting("secretary")) == ([], [appeal])
    own = desk.ask("secretary", claim=Claim(left=time(16, 30)))
    officers = ("petugas_a", "petugas_b")
    for name in officers:
        create_user(actor=OPERATOR, at=AT, username=name, display_name=name, password=None)
        grant_role(actor=OPERATOR, at=AT, username=name, role="personnel_officer", start_on=date(2020, 1, 1))
    desk.refuse(own, officers[0])
    again = desk.appeal(own, "secretary")
    with pytest.raises(OwnCase, match="pertama kali"):
        desk.answer(again, officers[0])
    desk.answer(again, officers[1])
    assert desk.view(own, "secretary").state is CorrectionState.AGREED
