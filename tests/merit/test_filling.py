"""A post is filled from its opening to its order."""

from __future__ import annotations

from pamong.decisions.choices import State
from pamong.decisions.models import Order
from pamong.merit import models
from pamong.people import models as people
from tests.support.filling import CLOSED, Filling


def test_a_post_is_filled_from_the_opening_to_the_order(filling: Filling) -> None:
    vacancy = filling.locked()
    decision = filling.put(vacancy)
    assert filling.choose(decision, "c1") is State.SEALED
    choice = models.Choice.objects.get(vacancy=vacancy)
    assert (choice.rank, choice.reason, choice.decision) == (1, "", decision)
    order = Order.objects.get(decision__uid=decision)
    assert order.number == "821.2/1/2026"
    appointment = people.Appointment.objects.get(seat__uid=filling.seat, superseded_at__isnull=True)
    assert (appointment.person_id, appointment.period.lower) == (filling.person("c1"), CLOSED)
    assert (appointment.order_no, appointment.basis_id) == (order.number, choice.basis_id)
