"""Scene 9: sixty raises lie ready; the head signs 58 and opens two; the treasury hears of all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from pamong.career import queries
from pamong.career.models import KgbCase, KgbRaise
from pamong.decisions import models, services
from pamong.decisions.choices import State
from pamong.decisions.site import site_law
from pamong.kernel.errors import DomainError
from tests.support.deciding import WHY, desk_of
from tests.support.people import AT, People
from tests.support.raising import BEFORE, JANUARY, RaiseDesk

SIXTY = 60


def waiting(persons: list[int]) -> list[UUID]:
    """What is being decided about these persons, in their order."""
    found = dict(KgbCase.objects.filter(closed_at=None).values_list("person_id", "decision"))
    return [found[person] for person in persons]


def test_scene_9_sixty_lie_ready_58_are_signed_at_once_and_two_are_opened(raises: RaiseDesk) -> None:
    persons = raises.employ([f"Pegawai {number:02d}" for number in range(SIXTY)])
    raises.rate_all("baik", persons[:-2])
    raises.rate_all("butuh perbaikan", persons[-2:])
    assert raises.propose().made == SIXTY + 2  # two of the small city beside them
    ready = waiting(persons)
    checked = services.sign_many(actor=raises.desk.actor("nurul"), at=AT, decisions=ready)
    assert len(checked.checked) == SIXTY - 2
    for uid in ready[-2:]:
        raises.desk.answer("nurul", uid)
    done = services.sign_many(actor=raises.desk.actor("chief"), at=AT, decisions=ready)
    assert (len(done.signed), [each.uid for each in done.opened]) == (SIXTY - 2, ready[-2:])
    assert all("butuh perbaikan" in each.why for each in done.opened)
    for uid in ready[-2:]:
        assert raises.desk.answer("chief", uid, reasons={"predicate": WHY}) is State.SEALED
    numbers = models.Order.objects.filter(register="kgb-pemberitahuan").values_list("place", flat=True)
    assert sorted(numbers) == list(range(1, SIXTY + 1)), "numbers have no gap"
    found = queries.list_changes(
        actor=raises.desk.actor("nurul"), at=AT, month=JANUARY, law=site_law(), size=100
    )
    assert len(found.rows) == SIXTY
    assert sum(row.given.more for row in found.rows) == SIXTY * 93_300
    assert found.months[0].more == SIXTY * 93_300


@pytest.fixture
def outside(committed: People, settings: Any) -> RaiseDesk:
    """A city in a database of its own, in which several sessions act at once."""
    settings.PAMONG_PROFILE = "contoh"
    raises = RaiseDesk(desk_of(committed))
    with transaction.atomic():
        raises.step("own", BEFORE)
        raises.rate("baik", "own")
    raises.propose()
    raises.desk.answer("nurul", raises.waiting("own"))
    return raises


def test_two_sessions_sign_at_once_and_one_step_holds(outside: RaiseDesk) -> None:
    uid = outside.waiting("own")
    outcomes: list[object] = []
    start = threading.Barrier(2)

    def sign() -> None:
        try:
            start.wait()
            outcomes.append(outside.desk.answer("chief", uid))
        except DomainError as error:
            outcomes.append(error)
        finally:
            connection.close()

    _together(sign)
    assert sorted(type(each).__name__ for each in outcomes) == ["DecisionClosed", "State"]
    assert KgbRaise.objects.count() == 1
    assert [years for _, years, *_ in outside.steps("own")] == [4, 6]


def _together(work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
