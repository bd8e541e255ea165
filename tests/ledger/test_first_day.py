"""From the first day of a site on, careers rest on two people or a decision, whoever writes them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from pamong.access.ceremonies import set_first_day
from pamong.access.errors import NotAllowed
from pamong.access.services import create_user, grant_role
from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.ledger.errors import FirstDaySet, OpeningOver
from pamong.ledger.firstday import first_day, require_opening
from pamong.ledger.models import Intake
from pamong.people import models as people
from pamong.people.choices import AppointmentKind
from tests.support.city import since
from tests.support.people import AT, TODAY, People

GROUND = "Berita acara 1/2026"
LONG_AGO = date(2020, 1, 1)  # before the clock of any database


@pytest.fixture
def two(small: People) -> tuple[Actor, Actor]:
    """Who keeps the machine, and who attends."""
    operator = Actor.operator("uji", TODAY)
    for name, role in (("galih", "system_operator"), ("retno", "inspector")):
        create_user(actor=operator, at=AT, username=name, display_name=name.title(), password=None)
        grant_role(
            actor=operator, at=AT, username=name, role=role, unit_path="", start_on=LONG_AGO, reason="uji"
        )
    return small.actor("galih"), small.actor("retno")


def rank(person: int, kind: SealKind) -> None:
    """A row of a career on a ground."""
    with transaction.atomic():
        basis = ledger.seal(actor=Actor.operator("uji", TODAY), kind=kind, ref=uuid4())
        people.Rank.objects.create(
            person_id=person, golongan="III/a", period=since(date(2015, 1, 1), date(2016, 1, 1)),
            basis_id=basis,
        )  # fmt: skip


def test_files_and_opening_data_are_over_and_decisions_are_not(
    small: People, two: tuple[Actor, Actor]
) -> None:
    first, second = two
    set_first_day(actor=first, second=second, on=LONG_AGO, ground=GROUND)
    assert first_day() == LONG_AGO
    assert Intake.objects.order_by("-id")[0].kind == "ledger.first_day"
    persons = small.city.ids
    for kind in (SealKind.OPENING, SealKind.IMPORT):
        with pytest.raises(IntegrityError, match="entri dua orang atau keputusan"):
            rank(persons["own"], kind)
    rank(persons["own"], SealKind.DECISION)
    rank(persons["mate"], SealKind.OFFICE_ENTRY)
    with pytest.raises(OpeningOver, match="tidak lagi dimuat dari berkas"):
        require_opening(TODAY)


def test_an_appointment_that_is_written_past_the_application_is_refused(
    small: People, two: tuple[Actor, Actor]
) -> None:
    first, second = two
    set_first_day(actor=first, second=second, on=LONG_AGO, ground=GROUND)
    sits = people.Appointment.objects.get(person_id=small.city.ids["mate"])
    with pytest.raises(IntegrityError), transaction.atomic():
        people.Appointment.objects.create(
            person_id=small.city.ids["ended"], kind=AppointmentKind.PLT.value, stint=1, seat=sits.seat,
            period=since(date(2021, 1, 1), date(2021, 2, 1)), basis_id=sits.basis_id,
        )  # fmt: skip


def test_a_day_to_come_changes_nothing_yet(small: People, two: tuple[Actor, Actor]) -> None:
    first, second = two
    set_first_day(actor=first, second=second, on=date(2100, 1, 1), ground=GROUND)
    rank(small.city.ids["own"], SealKind.OPENING)
    require_opening(TODAY)


def test_it_is_set_once_by_two_people_with_a_ground(small: People, two: tuple[Actor, Actor]) -> None:
    first, second = two
    with pytest.raises(NotAllowed):
        set_first_day(actor=first, second=first, on=LONG_AGO, ground=GROUND)
    with pytest.raises(NotAllowed):
        set_first_day(actor=second, second=first, on=LONG_AGO, ground=GROUND)
    with pytest.raises(InvalidValue, match="dasarnya"):
        set_first_day(actor=first, second=second, on=LONG_AGO, ground=" ")
    set_first_day(actor=first, second=second, on=LONG_AGO, ground=GROUND)
    with pytest.raises(FirstDaySet, match="sudah ditetapkan"):
        set_first_day(actor=first, second=second, on=TODAY, ground=GROUND)
