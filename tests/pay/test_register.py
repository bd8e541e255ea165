"""A month computed from the register of people, and whose slip is whose."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db.models.functions import Now

from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.access.models import User
from pamong.interop.month import keep_register
from pamong.kernel import timeline as acts
from pamong.kernel.actor import Actor
from pamong.ledger.choices import Act
from pamong.ledger.dated import timeline, write
from pamong.organisation.models import SeatRow
from pamong.pay import columns, queries
from pamong.pay.choices import SlipState
from pamong.pay.errors import SlipNotFound
from pamong.people.models import Appointment, Employment
from tests.pay.from_register import nip, run_from_register
from tests.pay.support import OCTOBER, Office, Someone, files_of
from tests.support.city import City, build_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def users(db: None) -> dict[str, User]:
    """The accounts of the employee, his superior and the clerk of his office."""
    return {
        name: User.objects.create_user(name, display_name=name)
        for name in ("employee", "superior", "unit_clerk")
    }


@pytest.fixture
def city(users: dict[str, User], operator: Actor) -> City:
    """The small city, with these accounts linked."""
    return build_city(operator.on)


def test_the_register_says_who_and_which_class(office: Office, city: City) -> None:
    done = run_from_register(office, ["own", "mate"], job_class=None)
    slips = done.by_nip()
    assert nip("ended") not in slips, "retired in March, so October knows nothing of her"
    assert (slips[nip("own")]["job_class"], slips[nip("own")]["opd_name"]) == (5, "Dinas Kesehatan")
    assert slips[nip("mate")]["unit_name"] == "Puskesmas Melati"
    assert slips[nip("own")]["state"] == SlipState.COMPUTED.value
    assert slips[nip("foreign")]["state"] == SlipState.HELD.value, "not in the sheet, and so not forgotten"


def test_the_seat_counts_where_the_sheet_tells_another_class(office: Office, city: City) -> None:
    done = run_from_register(office, ["own"], job_class=9)
    assert done.by_nip()[nip("own")]["job_class"] == 5
    found = queries.list_problems(actor=office.actor, at=office.at, uid=done.uid)
    assert any("kelas 9 di isian bulanan, padahal kelas posisinya 5" in row.message for row in found.rows)


@pytest.mark.parametrize("profile", ["samarinda", "contoh"])
def test_case_P_02_a_class_that_changes_within_the_month_is_weighed_as_the_region_says(
    office: Office, city: City, profile: str
) -> None:
    """Fifteen days in class 5, sixteen in class 8: by days in one region, the class of the 1st in another."""
    seat = SeatRow.objects.get(seat__uid=city.seats["own"])
    plan = acts.change(timeline(SeatRow, seat_id=seat.seat_id), date(2026, 10, 16), {"job_class": 8})
    write(SeatRow, {"seat_id": seat.seat_id}, plan, act=Act.CHANGE, basis=seat.basis_id)
    ceiling = {}
    for job_class in (5, 8):
        alone = office.run(files_of([Someone(number=job_class, job_class=job_class)]), profile=profile)
        (row,) = alone.by_nip().values()
        ceiling[job_class] = row["ceiling"]
    mixed = run_from_register(office, ["own"], profile=profile, job_class=None).by_nip()[nip("own")][
        "ceiling"
    ]
    by_days = (ceiling[5] * 15 + ceiling[8] * 16) / 31
    assert abs(mixed - (by_days if profile == "samarinda" else ceiling[5])) <= 1


def test_part_time_people_receive_no_tpp(office: Office, city: City) -> None:
    row = Employment.objects.get(person_id=city.ids["own"])
    plan = acts.change(timeline(Employment, person_id=row.person_id), date(2026, 7, 1), {"kind": "PPPK_PW"})
    write(Employment, {"person_id": row.person_id}, plan, act=Act.CHANGE, basis=row.basis_id)
    slip = run_from_register(office, ["own"]).by_nip()[nip("own")]
    assert (slip["state"], slip["net"]) == (SlipState.NONE.value, None)
    assert "paruh waktu" in slip["reason"]


def test_the_same_register_is_the_same_run(office: Office, city: City) -> None:
    first = keep_register(actor=office.actor, at=office.at, month=OCTOBER)
    assert keep_register(actor=office.actor, at=office.at, month=OCTOBER).sha256 == first.sha256
    row = Appointment.objects.get(person_id=city.ids["mate"])
    Appointment.objects.filter(pk=row.pk).update(superseded_at=Now(), superseded_basis_id=row.basis_id)
    assert keep_register(actor=office.actor, at=office.at, month=OCTOBER).sha256 != first.sha256


def test_one_reads_his_own_slip_and_nobody_is_told_of_it(
    office: Office, city: City, users: dict[str, User]
) -> None:
    run_from_register(office, ["own", "mate"])
    me = access.actor_for(users["employee"], office.actor.on)
    (own,) = queries.list_own_slips(actor=me)
    assert (own.month, own.slip.name) == (OCTOBER, "Suparman")
    assert queries.get_slip(actor=me, at=office.at, uid=own.slip.uid).slip.net is not None
    assert queries.explain_slip(actor=me, at=office.at, uid=own.slip.uid)
    seen = access.reads_of(actor=me, subject=city.persons["own"])
    assert [row.actor for row in seen if row.path == "pay:read"] == []


def test_case_S_02_a_superior_reads_no_slip_of_his_staff(
    office: Office, city: City, users: dict[str, User]
) -> None:
    """By list, by its address, its reason, its run and as a file: refused each time."""
    done = run_from_register(office, ["own", "chief"])
    chief = access.actor_for(users["superior"], office.actor.on)
    assert chief.has_role_over("superior", "kota.dinkes")
    theirs = UUID(done.by_nip()[nip("own")]["uid"])
    for attempt in (
        lambda: queries.get_slip(actor=chief, at=office.at, uid=theirs),
        lambda: queries.explain_slip(actor=chief, at=office.at, uid=theirs),
        lambda: queries.get_run_of_slip(actor=chief, uid=theirs),
    ):
        with pytest.raises(SlipNotFound):
            attempt()
    for refused in (
        lambda: queries.list_slips(actor=chief, at=office.at, uid=done.uid),
        lambda: columns.read_slips(None, done.uid, actor=chief, at=office.at),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert [own.slip.name for own in queries.list_own_slips(actor=chief)] == ["Bernadeta Mariana Hurek"]


def test_who_looked_at_a_slip_is_told_to_the_person(office: Office, city: City) -> None:
    done = run_from_register(office, ["own"])
    queries.get_slip(actor=office.actor, at=office.at, uid=UUID(done.by_nip()[nip("own")]["uid"]))
    seen = access.reads_of(actor=office.actor, subject=city.persons["own"])
    assert "pay:read" in {row.path for row in seen}
