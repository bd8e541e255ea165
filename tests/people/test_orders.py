"""What belongs to one order stays with its row: neither corrections nor changes before it carry it on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from pamong.ledger.choices import Act
from pamong.people import models, services
from tests.support.people import AT, People, employment_of, identity_of, opening_basis

BLANK = ("", None, "")
ORDER = {"order_no": "SK-2022", "order_on": "2022-03-01", "ground": "Kenaikan pangkat reguler"}
TOLD = ("SK-2022", date(2022, 3, 1), "Kenaikan pangkat reguler")


@pytest.fixture
def person(people: People) -> UUID:
    """Somebody in service since 2005 of whose rank nothing is known."""
    return services.create_person(
        actor=people.actor("nurul"), at=AT, basis=opening_basis(), on=date(2005, 1, 1),
        identity=identity_of() | {"birth_date": "1980-02-14"},
        employment=employment_of("198002142005012001"),
    )  # fmt: skip


def put(people: People, person: UUID, golongan: str, on: date, **more: Any) -> None:
    found = services.put(
        actor=people.actor("nurul"), at=AT, basis=opening_basis(), person=person, subject="rank",
        values={"golongan": golongan, **more}, on=on, tolerant=True,
    )  # fmt: skip
    assert not [each for each in found if each.severity == "block"]


def act_on(people: People, person: UUID, act: Act, golongan: str, **values: Any) -> None:
    target = models.Rank.objects.known().get(person__uid=person, golongan=golongan)
    found = services.put(
        actor=people.actor("nurul"), at=AT, basis=opening_basis(), person=person, subject="rank", act=act,
        values=values, target=target.uid, tolerant=True,
    )  # fmt: skip
    assert not [each for each in found if each.severity == "block"]


def orders(person: UUID) -> list[tuple[Any, ...]]:
    rows = models.Rank.objects.known().filter(person__uid=person).order_by("period")
    return [(row.golongan, (row.order_no, row.order_on, row.ground)) for row in rows]


def test_an_order_that_is_corrected_in_stays_with_its_promotion(people: People, person: UUID) -> None:
    put(people, person, "III/a", date(2022, 4, 1))
    put(people, person, "III/b", date(2025, 4, 1))
    act_on(people, person, Act.CORRECT, "III/a", **ORDER)
    assert orders(person) == [("III/a", TOLD), ("III/b", BLANK)]


def test_a_golongan_before_the_first_one_gives_later_ones_no_order(people: People, person: UUID) -> None:
    for golongan, year in (("III/a", 2010), ("III/b", 2014), ("III/c", 2018)):
        put(people, person, golongan, date(year, 4, 1))
    put(people, person, "II/d", date(2008, 4, 1), **ORDER)
    assert orders(person) == [("II/d", TOLD), ("III/a", BLANK), ("III/b", BLANK), ("III/c", BLANK)]


def test_a_rescinded_promotion_leaves_no_order_of_the_one_before_to_the_one_after(
    people: People, person: UUID
) -> None:
    put(people, person, "III/a", date(2018, 4, 1), **ORDER)
    put(people, person, "III/b", date(2022, 4, 1))
    put(people, person, "III/c", date(2025, 4, 1))
    act_on(people, person, Act.RESCIND, "III/b")
    assert orders(person) == [("III/a", TOLD), ("III/c", BLANK)]
