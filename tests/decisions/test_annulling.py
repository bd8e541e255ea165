"""An order that holds no more: by whom, what is taken back, and what the public reads."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from pamong.access.errors import NotAllowed
from pamong.decisions import models, queries, services
from pamong.decisions.choices import OrderEndKind, State
from pamong.decisions.errors import AlreadyEnded, ContentUnfit, GatesBlock, NotYours, OrderNotFound
from pamong.decisions.types import Signed
from tests.support.deciding import STUCK, TASK, UNDONE, WHY, Desk
from tests.support.people import AT, TODAY


def order_of(decision: UUID) -> UUID:
    """The order that came of a decision."""
    return models.Order.objects.get(decision__uid=decision).uid


def annul(desk: Desk, order: UUID, who: str = "nurul", reason: str = WHY) -> UUID:
    """Propose an annulment."""
    done = services.propose_annulment(actor=desk.actor(who), at=AT, key=uuid4(), order=order, reason=reason)
    return done.uid


def test_the_office_that_signed_annuls_and_what_it_did_is_taken_back(desk: Desk) -> None:
    order = order_of(desk.sealed())
    uid = annul(desk, order)
    assert desk.inbox("chief") == [] and desk.inbox("above") == [uid]
    assert desk.answer("above", uid) is State.SEALED
    [(signed, issued)] = UNDONE
    assert (issued.order, issued.case.content["task"]) == (order, "survei")
    assert signed.basis != issued.basis
    found = queries.find_public_order(order=order)
    assert found is not None
    assert (found.ended, found.ended_on, found.by_number) == (
        OrderEndKind.ANNULLED, TODAY, "1/PENCABUTAN/2026"
    )  # fmt: skip
    story = desk.story("own", models.Order.objects.get(uid=order).decision.uid)
    assert story.order is not None and story.order.ended is OrderEndKind.ANNULLED


def test_above_the_office_annuls_where_nobody_there_may(desk: Desk) -> None:
    """The secretary weighed it and so did not sign: the appointing official did, and he is asked again."""
    uid = desk.propose("chief", about="own")
    desk.answer("above", uid)
    desk.answer("mayor", uid)
    done = annul(desk, order_of(uid))
    assert desk.inbox("above") == [] and desk.inbox("mayor") == [done]
    assert desk.answer("mayor", done) is State.SEALED


@pytest.mark.parametrize("who", ["own", "chief", "above", "mayor", "retno", "clerk"])
def test_only_the_personnel_office_proposes_it(desk: Desk, who: str) -> None:
    order = order_of(desk.sealed())
    with pytest.raises(NotAllowed, match="diajukan oleh petugas"):
        annul(desk, order, who)


def test_who_does_not_see_an_order_does_not_learn_that_it_is_there(desk: Desk) -> None:
    order = order_of(desk.sealed())
    for who in ("mate", "foreign"):
        with pytest.raises(OrderNotFound):
            annul(desk, order, who)


def test_nobody_annuls_what_he_proposed(desk: Desk) -> None:
    uid = annul(desk, order_of(desk.sealed()))
    with pytest.raises(NotYours):
        desk.answer("nurul", uid)


def test_an_annulment_says_why(desk: Desk) -> None:
    order = order_of(desk.sealed())
    with pytest.raises(ContentUnfit, match="alasan pencabutan"):
        annul(desk, order, reason="salah")
    with pytest.raises(OrderNotFound):
        annul(desk, uuid4())


def test_what_can_not_be_undone_is_not_annulled(desk: Desk) -> None:
    order = order_of(desk.sealed())
    STUCK[0] = "Gajinya sudah dibayar, jadi keputusan ini tidak dapat dicabut."
    with pytest.raises(GatesBlock, match="Gajinya sudah dibayar"):
        annul(desk, order)
    STUCK[0] = ""
    uid = annul(desk, order)
    STUCK[0] = "Sudah ada kenaikan sesudahnya."
    with pytest.raises(GatesBlock, match="Sudah ada kenaikan"), transaction.atomic():
        desk.answer("above", uid)
    services.register(replace(TASK, undo=None))
    with pytest.raises(GatesBlock, match="Tugas uji tidak dapat ditarik kembali"), transaction.atomic():
        desk.answer("above", uid)
    assert UNDONE == [] and not models.OrderEnd.objects.exists()


def test_an_annulment_is_not_annulled_itself(desk: Desk) -> None:
    uid = annul(desk, order_of(desk.sealed()))
    desk.answer("above", uid)
    with pytest.raises(GatesBlock, match="Pencabutan keputusan tidak dapat ditarik"):
        annul(desk, order_of(uid))


def test_of_two_annulments_one_holds(desk: Desk) -> None:
    order = order_of(desk.sealed())
    first, second = annul(desk, order), annul(desk, order)
    desk.answer("above", first)
    with pytest.raises(GatesBlock, match="sudah dicabut pada 10 November 2026"), transaction.atomic():
        desk.answer("above", second)
    assert len(UNDONE) == 1
    with pytest.raises(GatesBlock, match="sudah dicabut"):
        annul(desk, order)


def test_an_order_that_replaces_another_says_so_from_its_own_effects(desk: Desk) -> None:
    old = order_of(desk.sealed())

    def replaces(signed: Signed) -> None:
        services.end_order(
            actor=signed.actor, basis=signed.basis, order=old, how=OrderEndKind.REPLACED, by=signed.order
        )

    services.register(replace(TASK, apply=replaces))
    new = desk.sealed()
    found = queries.find_public_order(order=old)
    assert found is not None
    assert (found.ended, found.by_number) == (OrderEndKind.REPLACED, "800/2/UJI/2026")
    again = desk.propose()
    desk.answer("chief", again)
    with pytest.raises(AlreadyEnded, match="sudah diganti"), transaction.atomic():
        desk.answer("above", again)
    assert models.Order.objects.count() == 2 and order_of(new)
    with pytest.raises(GatesBlock, match="sudah diganti"):
        annul(desk, old)


def test_an_annulment_about_another_is_seen_by_whom_it_is_about(desk: Desk) -> None:
    uid = annul(desk, order_of(desk.sealed()))
    assert desk.story("own", uid).told.title == "Pencabutan nomor 800/1/UJI/2026"
    view = queries.get_annulment(actor=desk.actor("nurul"), at=AT, order=order_of_number("800/1/UJI/2026"))
    assert (view.waits, view.blocked) == (True, "")


def order_of_number(number: str) -> UUID:
    """An order by its number."""
    return models.Order.objects.get(number=number).uid
