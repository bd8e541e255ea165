"""How people are paid: dated, and never two things at once."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from pamong.pay.models import PayFact
from pamong.people.models import Person
from tests.support.city import since
from tests.support.people import opening_basis

GOOD: dict[str, Any] = {"pay_group": "tpp", "fixed_income": 4_000_000, "tax_status": "K/1"}


def make(person: int, **more: Any) -> None:
    with transaction.atomic():
        PayFact.objects.create(
            person_id=person, period=since(date(2026, 10, 1)), basis_id=opening_basis(), **(GOOD | more)
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("payfact_group", {"pay_group": "TPP!"}),
        ("payfact_income", {"fixed_income": -1}),
        ("payfact_tax_status", {"tax_status": "K/9"}),
    ],
)
def test_the_database_refuses_what_is_no_fact(name: str, bad: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=name):
        make(Person.objects.create().pk, **bad)


def test_two_sessions_never_both_say_how_somebody_is_paid(committed_db: str) -> None:
    person, said = Person.objects.create().pk, []
    both = threading.Barrier(2)

    def attempt() -> None:
        both.wait()
        try:
            make(person)
        except IntegrityError as error:
            said.append(str(error.__cause__.diag.constraint_name))  # type: ignore[union-attr]
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert said == ["payfact_no_overlap"] and PayFact.objects.count() == 1
