"""Two sessions at once, on the services: one application, and no score behind an opened sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from pamong.kernel.errors import DomainError
from pamong.merit import models, services
from pamong.merit.services import Given
from tests.people.conftest import committed
from tests.support.deciding import desk_of
from tests.support.filling import CLOSED, PANEL, Filling, filling_of
from tests.support.people import People

__all__ = ["committed"]
PATIENCE_SECONDS = 60


@pytest.fixture
def filling(committed: People, settings: Any) -> Filling:
    """The city with a vacant post, committed."""
    settings.PAMONG_PROFILE = "contoh"
    with transaction.atomic():
        return filling_of(desk_of(committed))


@contextmanager
def own_connection() -> Iterator[None]:
    """What a thread opened is closed again."""
    try:
        yield
    finally:
        connection.close()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What came of acts that begin together: an answer, or the refusal."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        with own_connection():
            ready.wait(PATIENCE_SECONDS)
            try:
                return act()
            except DomainError as error:
                return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(PATIENCE_SECONDS) for done in [pool.submit(run, act) for act in acts]]


def test_case_A_27_an_application_from_two_phones_at_once_is_one(filling: Filling) -> None:
    vacancy = filling.announced()
    who = filling.who("c1")
    found = at_once(*[lambda: services.apply(**who, vacancy=vacancy.uid)] * 2)
    assert {each.uid for each in found} == {models.Application.objects.get().uid}
    assert sorted(each.again for each in found) == [False, True]


def test_case_J_03_a_correction_and_the_opening_at_once_leave_one_result(filling: Filling) -> None:
    vacancy = filling.closed()
    filling.sit(vacancy)
    filling.score(vacancy, *PANEL)
    score = Given(vacancy.applications.order_by("id")[0].uid, "paper", 1111)
    asked = {
        **filling.who("p1", CLOSED),
        "vacancy": vacancy.uid,
        "score": score,
        "reason": "salah ketik angka",
    }
    chair = {**filling.who("above", CLOSED), "vacancy": vacancy.uid}
    found = at_once(lambda: services.correct_score(**asked), lambda: services.open_scores(**chair))
    assert found[1] is None, "the opening itself always goes through"
    stored = models.Score.objects.filter(value=1111).first()
    assert (stored is None) == isinstance(found[0], DomainError)
    opened = vacancy.steps.get(step="scored")
    assert stored is None or stored.recorded_at < opened.recorded_at
