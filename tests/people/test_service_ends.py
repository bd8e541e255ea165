"""Whoever is out of service has no seat any more, by whatever act his service became shorter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from pamong.ledger.choices import Act
from pamong.people import models, queries, services
from pamong.people.choices import AppointmentKind, EndReason
from pamong.people.errors import EntryRefused
from tests.support.city import since
from tests.support.people import AT, People, opening_basis

JUNE, DECEMBER, MAY = date(2026, 6, 1), date(2026, 12, 1), date(2027, 5, 1)


def spans(people: People, person: str, model: Any = models.Appointment) -> dict[str, tuple[date, Any]]:
    rows = model.objects.known().filter(person_id=people.city.ids[person])
    return {row.kind: (row.period.lower, row.period.upper) for row in rows}


def service_of(people: People, person: str) -> Any:
    return models.Employment.objects.known().filter(person_id=people.city.ids[person]).latest("period")


def correct(people: People, person: str, **asked: Any) -> None:
    target = service_of(people, person).uid
    asked = {"act": Act.CORRECT, "target": target, "values": {"end_reason": "retired"}, **asked}
    people.accept("wahyu", people.enter("ratih", person, "employment", **asked))


def stand_in(people: People, person: str, on: date, until: date) -> None:
    services.appoint(
        actor=people.actor("nurul"), at=AT, basis=opening_basis(), person=people.city.persons[person],
        seat=people.city.seats["free"], on=on, until=until, kind=AppointmentKind.PLT,
    )  # fmt: skip


def test_a_corrected_end_of_service_ends_the_seats_too(people: People) -> None:
    stand_in(people, "mate", date(2026, 5, 1), date(2026, 7, 1))
    begun = spans(people, "mate")["regular"][0]
    correct(people, "mate", until=JUNE)
    assert spans(people, "mate") == {"regular": (begun, JUNE), "plt": (date(2026, 5, 1), JUNE)}
    (seat,) = queries.list_seats(actor=people.actor("nurul"), on=JUNE, seats=[seat_of(people, "mate")])
    assert (seat.state, seat.vacant_since) == ("vacant", JUNE)
    people.change(
        "own",
        "appointment",
        values={"kind": "regular", "seat": people.city.seats["mate"]},
        on=date(2026, 7, 1),
    )


def seat_of(people: People, person: str) -> int:
    row = models.Appointment.objects.filter(person_id=people.city.ids[person], kind="regular").first()
    assert row is not None
    return int(row.seat_id)


def test_an_end_that_comes_earlier_takes_the_seats_along(people: People) -> None:
    services.end_service(
        actor=people.actor("nurul"), at=AT, basis=opening_basis(), person=people.city.persons["mate"],
        on=DECEMBER, reason=EndReason.RETIRED,
    )  # fmt: skip
    correct(people, "mate", until=JUNE)
    assert spans(people, "mate")["regular"][1] == JUNE


def test_the_preview_tells_which_seat_becomes_free(people: People) -> None:
    seen = services.preview(
        actor=people.actor("nurul"), at=AT, person=people.city.persons["mate"], subject="employment",
        act=Act.CORRECT, target=service_of(people, "mate").uid, values={"end_reason": "retired"}, until=JUNE,
    )  # fmt: skip
    assert seen.possible
    assert [row.subject for row in seen.moved] == ["appointment"]
    assert any("kosong mulai 1 Juni 2026" in line for line in seen.follow_ups)


def test_a_seat_that_would_begin_after_service_is_named(people: People) -> None:
    people.change(
        "own", "appointment", values={"kind": "regular", "seat": people.city.seats["free"]}, on=DECEMBER
    )
    with pytest.raises(EntryRefused, match="Jabatan sejak 1 Desember 2026 menjadi di luar masa kerja"):
        people.enter("nurul", "own", "employment", values={"end_reason": "resigned"}, until=JUNE)
    with pytest.raises(EntryRefused, match="Jabatan sejak 1 Desember 2026 menjadi di luar masa kerja"):
        correct(people, "own", until=JUNE)


def test_an_appointment_ends_with_service_at_the_latest(people: People) -> None:
    people.change("own", "employment", values={"end_reason": "expired"}, until=MAY)
    for kind in ("handover", "plt"):
        values = {"kind": kind, "seat": people.city.seats["free" if kind == "plt" else "foreign"]}
        with pytest.raises(EntryRefused, match="Masa kerja berakhir 30 April 2027"):
            people.enter(
                "nurul", "own", "appointment", values=values, on=date(2027, 4, 1), until=date(2027, 6, 1)
            )
        people.enter("nurul", "own", "appointment", values=values, on=date(2027, 4, 1), until=MAY)


@pytest.mark.parametrize("kind", ["regular", "plt"])
def test_the_database_refuses_a_seat_that_outlasts_service(people: People, kind: str) -> None:
    basis, person = opening_basis(), models.Person.objects.create()
    service = {"kind": "PNS", "nip": "199502142020012001", "standing": "Aktif", "basis_id": basis}
    for start, end in ((date(2020, 1, 1), date(2026, 5, 1)), (date(2026, 5, 1), JUNE)):
        models.Employment.objects.create(person=person, period=since(start, end), **service)
    free = models.Appointment.objects.get(kind="regular", period__endswith=date(2026, 3, 1)).seat_id

    def sit(until: date) -> None:
        with transaction.atomic():
            models.Appointment.objects.create(
                person=person, seat_id=free, kind=kind, period=since(date(2026, 4, 1), until), basis_id=basis
            )
            look()

    with pytest.raises(IntegrityError, match="berlanjut sesudahnya"):
        sit(DECEMBER)
    sit(JUNE)


def look() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
