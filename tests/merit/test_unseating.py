"""The order of an appointment is annulled: the post is left, the old one taken again, and all read it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from pamong.access import clock
from pamong.decisions import queries as decisions
from pamong.decisions.choices import OrderEndKind, State
from pamong.decisions.errors import GatesBlock
from pamong.decisions.models import Order
from pamong.decisions.services import propose_annulment
from pamong.ledger.models import Intake
from pamong.merit import models, services
from pamong.merit.appointing import APPOINT
from pamong.merit.queries import get_public_result, get_vacancy, list_vacancies
from pamong.organisation import models as org
from pamong.people.choices import AppointmentKind
from pamong.people.models import Appointment
from tests.support import selections
from tests.support.city import since
from tests.support.deciding import WHY
from tests.support.filling import CLOSED, Filling, instant
from tests.support.people import opening_basis

LATER = CLOSED + timedelta(days=9)
_DAY = timedelta(days=1)


def appointed(filling: Filling, effective: date | None = None) -> tuple[models.Vacancy, UUID]:
    """The vacancy that ``c1`` was appointed to, and the order."""
    vacancy = filling.locked()
    decision = filling.put(vacancy, effective=effective)
    filling.choose(decision, "c1")
    return vacancy, Order.objects.get(decision__uid=decision).uid


def annul(filling: Filling, order: UUID, on: date = LATER) -> UUID:
    """The personnel office proposes it, the mayor who signed the order signs it too; the new order."""
    done = propose_annulment(**filling.who("nurul", on), key=uuid4(), order=order, reason=WHY)
    assert filling.sign("mayor", done.uid, on) is State.SEALED
    return Order.objects.get(decision__uid=done.uid).uid


def seats(filling: Filling, who: str) -> list[tuple[UUID, date, date | None]]:
    """Where somebody sat and sits, as it is known now."""
    rows = Appointment.objects.filter(
        person_id=filling.person(who), kind="regular", superseded_at__isnull=True
    ).order_by("period")
    return [(row.seat.uid, row.period.lower, row.period.upper) for row in rows]


def acting(filling: Filling, who: str, until: date) -> None:
    """Somebody stands in on the vacant seat."""
    Appointment.objects.create(
        person_id=filling.person(who), kind=AppointmentKind.PLT.value, stint=1,
        seat=org.Seat.objects.get(uid=filling.seat), period=since(date(2026, 6, 1), until),
        basis_id=opening_basis(),
    )  # fmt: skip


def stood_in(filling: Filling) -> list[date | None]:
    """Until when somebody stands in there, as it is known now."""
    rows = Appointment.objects.filter(seat__uid=filling.seat, kind="plt", superseded_at__isnull=True)
    return [row.period.upper for row in rows]


def test_who_had_the_post_goes_back_on_the_day_of_the_annulment(filling: Filling) -> None:
    """What was done in the post until then stands: it is left, and not as if it had never been."""
    old = seats(filling, "c1")[0][0]
    _vacancy, order = appointed(filling)
    new = annul(filling, order)
    assert [(seat, start) for seat, start, _ in seats(filling, "c1")][-2:] == [
        (filling.seat, CLOSED), (old, LATER),
    ]  # fmt: skip
    assert seats(filling, "c1")[-1][2] is None
    row = Appointment.objects.get(
        person_id=filling.person("c1"), superseded_at__isnull=True, period__startswith=LATER
    )
    number = Order.objects.get(uid=new).number
    assert (row.order_no, row.order_on, row.basis.ref) == (
        number, LATER, Order.objects.get(uid=new).decision.uid
    )  # fmt: skip
    assert Intake.objects.filter(kind="merit.appointment_annulled").count() == 1


def test_the_seat_is_free_to_be_opened_again_and_the_old_choice_stays(filling: Filling) -> None:
    vacancy, order = appointed(filling)
    annul(filling, order)
    with pytest.raises(GatesBlock, match="sudah dipilih"):
        filling.put(vacancy, LATER)
    assert models.Choice.objects.filter(vacancy=vacancy).count() == 1
    again = services.propose_vacancy(
        **filling.who("nurul", LATER), key=uuid4(),
        asked=filling.asked(closes_on="2027-01-15", needed_on="2027-02-01"),
    )  # fmt: skip
    assert filling.gates(again.uid)["vacant"] == "allow"


def test_one_that_has_not_begun_is_taken_back_whole_and_who_acts_goes_on(filling: Filling) -> None:
    acting(filling, "mate", date(2027, 1, 1))
    before = seats(filling, "c1")
    begins = LATER + 10 * _DAY
    _vacancy, order = appointed(filling, begins)
    assert stood_in(filling) == [begins]
    assert seats(filling, "c1")[-1][:2] == (filling.seat, begins)
    annul(filling, order)
    assert seats(filling, "c1") == before
    assert stood_in(filling) == [date(2027, 1, 1)]


def test_after_it_has_begun_nobody_is_put_back_into_acting(filling: Filling) -> None:
    acting(filling, "mate", date(2027, 1, 1))
    _vacancy, order = appointed(filling)
    annul(filling, order)
    assert stood_in(filling) == [CLOSED]


def test_who_sits_on_the_old_seat_meanwhile_stands_in_the_way(filling: Filling) -> None:
    old = seats(filling, "c1")[0][0]
    _vacancy, order = appointed(filling)
    row = Appointment.objects.get(person_id=filling.person("c2"), superseded_at__isnull=True)
    basis = opening_basis()
    Appointment.objects.filter(pk=row.pk).update(superseded_at=instant(CLOSED), superseded_basis=basis)
    for seat, period in (
        (row.seat, since(row.period.lower, CLOSED + _DAY)),
        (org.Seat.objects.get(uid=old), since(CLOSED + _DAY)),
    ):
        Appointment.objects.create(
            person_id=row.person_id, kind="regular", seat=seat, period=period, basis_id=basis, supersedes=row
        )
    with pytest.raises(GatesBlock, match="posisi lama Anggreni Saraswati, sudah dipegang Bonifasius Ledo"):
        annul(filling, order)
    assert not Order.objects.get(uid=order).decision.acts.filter(answer="refuse").exists()
    assert seats(filling, "c1")[-1][0] == filling.seat


def test_who_has_left_the_post_since_is_not_taken_out_of_another(filling: Filling) -> None:
    _vacancy, order = appointed(filling)
    filling.moves("c1", LATER - _DAY)
    with pytest.raises(GatesBlock, match="Anggreni Saraswati tidak lagi menduduki"):
        annul(filling, order)


def test_who_came_from_no_seat_has_none_afterwards(filling: Filling) -> None:
    """It is known by now that he had left it before: he waits for another post."""
    _vacancy, order = appointed(filling)
    row = Appointment.objects.get(
        person_id=filling.person("c1"), superseded_at__isnull=True, period__endswith=CLOSED
    )
    basis = opening_basis()
    Appointment.objects.filter(pk=row.pk).update(superseded_at=instant(CLOSED), superseded_basis=basis)
    Appointment.objects.create(
        person_id=row.person_id, kind="regular", seat=row.seat, supersedes=row, basis_id=basis,
        period=since(row.period.lower, CLOSED - 30 * _DAY),
    )  # fmt: skip
    annul(filling, order)
    assert seats(filling, "c1")[-1] == (filling.seat, CLOSED, LATER)


def test_everybody_reads_that_it_was_annulled_and_by_which_number(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scene 10: a lurah's appointment is revoked on a day and replaced by another number."""
    vacancy, order = appointed(filling)
    number = Order.objects.get(uid=order).number
    new = Order.objects.get(uid=annul(filling, order)).number
    found = decisions.find_public_order(order=order)
    assert found is not None
    assert (found.ended, found.ended_on, found.by_number) == (OrderEndKind.ANNULLED, LATER, new)
    view = get_vacancy(**filling.who("nurul", LATER), vacancy=vacancy.uid)
    assert view.annulled and view.order is not None and view.order.by_number == new
    assert [row.annulled for row in list_vacancies(actor=filling.actor("nurul", LATER))] == [True]
    public = get_public_result(actor=filling.actor("nurul", LATER), vacancy=vacancy.uid)
    assert (public.chosen, public.chosen_rank) == ("", None)
    monkeypatch.setattr(clock, "now", lambda: instant(LATER))
    page = Client().get(reverse("merit:public_result", args=[vacancy.uid])).content.decode()
    text = re.sub(r"\s+", " ", page)
    assert f"SK nomor {number} dicabut 6 Desember 2026, diganti nomor {new}." in text
    assert "Yang diangkat" not in text


def test_the_next_selection_for_the_post_is_what_came_in_its_place(db: None) -> None:
    """For the public: *dicabut …, diganti nomor …*. A choice for another post is not."""
    first = models.Choice.objects.create(**selections.choice_values(selections.locked(), 1))
    models.Choice.objects.create(**selections.choice_values(selections.locked(), 1))
    assert APPOINT.successor(first.decision) is None
    again = selections.locked(first.vacancy.seat)
    second = models.Choice.objects.create(**selections.choice_values(again, 1))
    assert APPOINT.successor(first.decision) == second.decision
    assert APPOINT.successor(second.decision) is None
    assert APPOINT.successor(uuid4()) is None
