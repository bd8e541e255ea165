"""The database has the last word: two sessions try at the same moment what only one of them may do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from pamong.kernel import timeline
from pamong.ledger import dated
from pamong.ledger.choices import Act
from pamong.people import models, services
from pamong.people.errors import CONSTRAINTS, EntryRefused
from tests.support.city import since
from tests.support.people import AT, People, opening_basis

Deed = Callable[[], Any]
HEAD_START_SECONDS = 0.15


def race(first: Deed, second: Deed) -> list[Exception | None]:
    """Run both in transactions that overlap, the first a little ahead; what each raised, None if nothing."""
    raised: list[Exception | None] = [None, None]
    together = threading.Barrier(2)

    def run(place: int, deed: Deed) -> None:
        try:
            with transaction.atomic():
                connection.ensure_connection()
                together.wait(10)
                time.sleep(HEAD_START_SECONDS * place)
                deed()
                time.sleep(HEAD_START_SECONDS * 2)
        except Exception as error:  # noqa: BLE001 - handed to the test
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate((first, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def constraint_of(error: Exception | None) -> str:
    assert isinstance(error, IntegrityError), error
    return str(error.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def seated(people: People, person: str, seat: str, kind: str, **more: Any) -> Deed:
    basis = opening_basis()
    values = {"period": since(date(2027, 1, 1), date(2027, 6, 1)), "basis_id": basis} | more
    seat_id = (
        models.Appointment._meta.get_field("seat").related_model.objects.get(uid=people.city.seats[seat]).pk
    )
    return lambda: models.Appointment.objects.create(
        person_id=people.city.ids[person], seat_id=seat_id, kind=kind, **values
    )


def test_nobody_sits_before_he_serves(committed: People) -> None:
    """One session lets service begin later while the other puts the person into a seat before that."""
    basis = opening_basis()
    person = models.Person.objects.create()
    service = {"kind": "PNS", "nip": "199502142020012001", "standing": "Aktif"}
    models.Employment.objects.create(person=person, period=since(date(2018, 1, 1)), basis_id=basis, **service)
    committed.city.ids["new"] = person.pk

    def begin_later() -> None:
        key = {"person_id": person.pk}
        rows = dated.timeline(models.Employment, **key)
        plan = timeline.correct(rows, rows[0].id or 0, {}, start=date(2020, 1, 1))
        dated.write(models.Employment, key, plan, act=Act.CORRECT, basis=basis)

    early = {"period": since(date(2018, 6, 1), date(2019, 1, 1))}
    raised = race(begin_later, seated(committed, "new", "free", "regular", **early))
    assert raised[0] is None
    assert constraint_of(raised[1]) == "appointment_within_service"


@pytest.mark.parametrize(
    ("model", "values", "name"),
    [
        (models.Appointment, {"kind": "plt", "stint": 1}, "appointment_acting_ends"),
        (models.Employment, {"kind": "PNS", "nip": "123", "standing": "Aktif"}, "employment_nip"),
        (
            models.Employment,
            {"kind": "TKPK", "standing": "Aktif", "end_reason": "retired"},
            "employment_ended",
        ),
        (
            models.Identity,
            {"name": "A", "sex": "L", "birth_date": date(1990, 1, 1), "nik": "1"},
            "identity_nik",
        ),
        (models.Identity, {"name": "A", "sex": "L", "birth_date": date(2996, 1, 1)}, "identity_born"),
        (models.BankAccount, {"bank": "X", "number": "1-2", "holder": "X"}, "bankaccount_number"),
        (models.Rank, {"golongan": "V/a"}, "rank_golongan"),
        (models.SalaryStep, {"mkg_years": 3, "mkg_months": 12}, "salarystep_mkg"),
        (models.Relative, {"relation": "child", "name": "A", "relative": "self"}, "relative_not_oneself"),
    ],
)
def test_single_rows_that_cannot_be(people: People, model: Any, values: dict[str, Any], name: str) -> None:
    person = models.Person.objects.create()
    given = dict(values)
    if model is models.Appointment:
        given["seat_id"] = models.Appointment.objects.values_list("seat_id", flat=True)[0]
    if given.get("relative") == "self":
        given["relative"] = person
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        model.objects.create(person=person, period=since(date(2020, 1, 1)), basis_id=opening_basis(), **given)
    assert constraint_of(refused.value) == name
    assert name in CONSTRAINTS


def test_two_officers_fill_one_seat_at_the_same_moment(committed: People) -> None:
    seat = {"kind": "regular", "seat": committed.city.seats["free"]}
    entries = [
        committed.enter("nurul", person, "appointment", values=seat, on=date(2026, 12, 1))
        for person in ("own", "mate")
    ]
    first, second = (
        lambda actor=actor, entry=entry: services.decide(actor=actor, at=AT, entry=entry, accept=True)
        for actor, entry in zip((committed.actor("wahyu"), committed.actor("ratih")), entries, strict=True)
    )
    raised = race(first, second)
    assert raised[0] is None
    assert isinstance(raised[1], EntryRefused)
    assert "dipegang Suparman" in str(raised[1])
    held = models.Appointment.objects.as_of(date(2026, 12, 1)).filter(seat__uid=committed.city.seats["free"])
    assert held.count() == 1


def test_two_acts_on_one_person_come_one_after_the_other(committed: People) -> None:
    entries = [
        committed.enter("nurul", "own", "rank", values={"golongan": golongan}, on=on)
        for golongan, on in (("III/a", date(2022, 1, 1)), ("III/b", date(2024, 1, 1)))
    ]
    wahyu = committed.actor("wahyu")
    first, second = (
        lambda entry=entry: services.decide(actor=wahyu, at=AT, entry=entry, accept=True) for entry in entries
    )
    assert race(first, second) == [None, None]
    rows = models.Rank.objects.known().filter(person_id=committed.city.ids["own"]).order_by("period")
    assert [row.golongan for row in rows] == ["II/d", "III/a", "III/b"]
