"""What reminders count is what the inbox of each shows: by seat, delegation, from above, past the clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.access.mailing import list_recipients
from pamong.access.models import User
from pamong.decisions import queries
from pamong.decisions.queries import Turns, count_by_reader
from pamong.interop.reminders import Letter, list_letters
from pamong.kernel.actor import Actor
from pamong.people import models as people
from pamong.people.choices import AppointmentKind
from tests.attendance.test_my_days import law
from tests.decisions.test_addressing import LATER, MARCH, delegate, leave_seat, sit
from tests.support.city import PERSONS, since
from tests.support.deciding import Desk
from tests.support.people import AT, TODAY, opening_basis

SITE = "https://pamong.uji.example"


@pytest.fixture(autouse=True)
def addresses(desk: Desk) -> None:
    """Every account has an address."""
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@uji.example")


def told(on: date = TODAY, at: datetime = AT) -> dict[str, Turns]:
    """By account, after a look at each one's own inbox: both say the same."""
    operator = Actor.operator("uji", on)
    readers = [each.actor for each in list_recipients(actor=operator)]
    found = count_by_reader(actor=operator, at=at, readers=readers)
    by_name = {user.username: user for user in User.objects.all()}
    for user in by_name.values():
        reader = access.actor_for(user, on)
        shown = queries.get_inbox(actor=reader, at=at).items
        mine = found.get(user.pk, Turns())
        assert mine.count == len(shown), user.username
        assert mine.late == sum(item.overdue for item in shown), user.username
        assert mine.due_at == min((item.due_at for item in shown if item.due_at), default=None)
    return {name: found[user.pk] for name, user in by_name.items() if user.pk in found}


def letters(on: date = TODAY, at: datetime = AT) -> dict[str, Letter]:
    found = list_letters(actor=Actor.operator("uji", on), at=at, stamped=at, law=law())
    return {letter.recipient.username: letter for letter in found}


def test_the_seat_that_waits_is_told_and_with_the_next_step_the_next(desk: Desk) -> None:
    uid = desk.propose()
    desk.propose(content={"task": "pendataan"})
    assert {name: each.count for name, each in told().items()} == {"superior": 2}
    desk.answer("chief", uid)
    assert {name: each.count for name, each in told().items()} == {"superior": 1, "above": 1}


def test_what_is_past_its_clock_is_told_to_the_seat_above_too(desk: Desk) -> None:
    desk.propose()
    late = told(at=AT + timedelta(days=4))
    assert {name: (each.count, each.late) for name, each in late.items()} == {
        "superior": (1, 1), "above": (1, 1),
    }  # fmt: skip


def test_a_vacant_seat_a_delegate_a_relative_and_a_permission(desk: Desk) -> None:
    first, last = date(2027, 8, 1), date(2027, 8, 7)
    delegate(desk, first, last)
    uid = desk.propose()
    desk.answer("chief", uid)
    desk.propose(content={"task": "pendataan"})
    assert set(told(on=last)) == {"above", "foreign", "superior"}
    leave_seat(desk, "chief", MARCH)
    assert set(told(on=MARCH, at=LATER)) == {"above"}
    sit(desk, "mate", "chief", MARCH, AppointmentKind.PLT, date(2027, 4, 1))
    assert set(told(on=MARCH, at=LATER)) == {"above", "mate"}
    people.Relative.objects.create(
        person_id=desk.people.city.ids["own"], relation="sibling", name="Bernadeta", sex="P",
        relative_id=desk.people.city.ids["above"], period=since(date(2020, 1, 1)), basis_id=opening_basis(),
    )  # fmt: skip
    desk.propose("chief", about="own")  # the secretary weighs it no more: it goes to the head of government
    told(on=MARCH, at=LATER)
    told(on=MARCH)


def test_one_question_for_however_many_accounts(desk: Desk) -> None:
    desk.propose()
    operator = Actor.operator("uji", TODAY)
    readers = [each.actor for each in list_recipients(actor=operator)]
    with CaptureQueriesContext(connection) as caught:
        count_by_reader(actor=operator, at=AT, readers=readers * 5)
    assert len(caught) == 1
    with pytest.raises(NotAllowed):
        count_by_reader(actor=desk.actor("nurul"), at=AT, readers=readers)


def test_the_mail_says_how_many_until_when_and_names_nobody(desk: Desk) -> None:
    desk.propose()
    (found,) = (letters()[name] for name in ("superior",))
    text = found.subject + found.text(TODAY, SITE)
    assert "1 keputusan menunggu jawaban Anda. Yang pertama dijawab paling lambat " in text
    assert f"{SITE}/keputusan/" in text
    assert "survei" not in text
    for name, *_ in PERSONS.values():
        assert not set(name.split()) & set(text.replace(".", " ").split()), name
    late = letters(at=AT + timedelta(days=4))
    assert "1 keputusan menunggu jawaban Anda. 1 di antaranya sudah lewat batas waktunya." in late[
        "above"
    ].text(TODAY, SITE)
