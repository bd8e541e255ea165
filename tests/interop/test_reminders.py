"""Reminders: what each account is told, to whom nothing goes, and how few questions it takes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pamong.access import mailing
from pamong.access.errors import NotAllowed
from pamong.access.models import User
from pamong.attendance import services
from pamong.attendance.models import DayResult
from pamong.attendance.queries import NEWS
from pamong.attendance.services import PunchRow
from pamong.interop.reminders import Letter, list_letters
from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.people import models as people
from tests.attendance.test_corrections import Desk
from tests.attendance.test_facts import OPERATOR, at
from tests.attendance.test_my_days import MONDAY, Office, law, make_office
from tests.support.city import PERSONS
from tests.support.corrections import open_outage
from tests.support.papers import enter_leave, enter_letter
from tests.support.people import AT, TODAY
from tests.support.worlds import stage

stage_office = stage(make_office)
SITE = "https://pamong.uji.example"
DATABASE_NOW = datetime.now(UTC)
DATABASE_LATER = DATABASE_NOW + NEWS + timedelta(days=1)


@pytest.fixture
def desk(stage_office: Office, db: None, tmp_path: Path, settings: Any) -> Desk:
    """The office; every account has an address."""
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@uji.example")
    return Desk(stage_office)


def letters(on: date = TODAY, stamped: datetime = DATABASE_NOW) -> dict[str, Letter]:
    """The reminders of a day by account."""
    at = AT + (on - TODAY)
    found = list_letters(actor=Actor.operator("uji", on), at=at, stamped=stamped)
    return {letter.recipient.username: letter for letter in found}


def text_of(username: str, on: date = TODAY) -> str:
    return letters(on)[username].text(on, SITE)


def derive(desk: Desk) -> None:
    """Two full days and one without a mark for leaving, of the first week."""
    taps = [at(2, 7, 20), at(2, 16, 40), at(3, 7, 20), at(4, 7, 20), at(4, 16, 40)]
    desk.office.tap(*(PunchRow(number, when, "1001") for number, when in enumerate(taps, start=1)))
    month = month_period(2026, 11)
    services.derive_month(actor=OPERATOR, at=AT, law=law(), zone="Asia/Jakarta", month=month)


def test_who_has_nothing_waiting_gets_none(desk: Desk) -> None:
    assert letters() == {}


def test_a_superior_is_told_how_many_requests_wait_and_until_when(desk: Desk) -> None:
    desk.ask()
    told = letters()
    assert set(told) == {"superior"}
    text = text_of("superior")
    assert "1 keputusan menunggu jawaban Anda." in text
    assert "paling lambat 13 November 2026" in text
    assert f"{SITE}/keputusan/" in text and f"{SITE}/profil/#surel" in text
    assert told["superior"].subject == "Pamong: 1 hal menunggu Anda"


def test_a_request_that_went_up_is_told_to_the_next_as_well(desk: Desk) -> None:
    secretary = User.objects.create(username="secretary", display_name="S", email="s@uji.example")
    above = desk.office.machines.people.city.ids["above"]
    people.Person.objects.filter(pk=above).update(user=secretary)
    desk.ask()
    assert set(letters(date(2026, 11, 13))) == {"superior"}, "the last day still counts"
    assert set(letters(date(2026, 11, 16))) == {"superior", "secretary"}
    assert "1 di antaranya sudah lewat batas waktunya." in text_of("secretary", date(2026, 11, 16))


def test_days_without_a_mark_are_told_to_their_owner_while_they_are_news(desk: Desk) -> None:
    derive(desk)
    text = text_of("employee")
    missing = DayResult.objects.filter(state__in=("absent", "missing_out"), superseded_at=None)
    own = missing.filter(person_id=desk.office.machines.people.city.ids["own"], local_on__lt=TODAY)
    assert f"{own.count()} hari kerja Anda belum lengkap presensinya" in text and own.count() > 1
    assert f"{SITE}/presensi/" in text
    assert "employee" not in letters(stamped=DATABASE_LATER), "told for a week, not for ever"
    assert "employee" not in letters(date(2027, 1, 4)), "two months later it is no news either"


def test_a_day_of_which_he_has_said_something_is_not_told_again(desk: Desk) -> None:
    derive(desk)
    before = letters()["employee"].count
    desk.ask(day=date(2026, 11, 3))
    assert letters()["employee"].count == before - 1


def test_outages_and_documents_are_told_to_those_who_decide_them(desk: Desk) -> None:
    village = desk.office.machines.people
    open_outage("pkm_melati", "unit_clerk")
    enter_leave(village, "own")
    enter_letter(village, "mate")
    told = letters()
    counts = {name: {item.page: item.count for item in letter.items} for name, letter in told.items()}
    assert counts["superior"] == {"presence:outages": 1, "papers:desk": 1}, "he decides letters, not leave"
    assert counts["wahyu"] == {"presence:outages": 1, "papers:desk": 2}
    assert counts["nurul"] == {"presence:outages": 1, "papers:desk": 1}, "not the leave that he entered"
    assert "unit_clerk" not in told
    text = text_of("wahyu")
    assert "1 gangguan presensi menunggu pengesahan Anda." in text
    assert "2 dokumen (cuti, tugas, izin, apel, predikat) menunggu keputusan Anda." in text


def test_no_text_names_anybody(desk: Desk) -> None:
    derive(desk)
    desk.ask(day=date(2026, 11, 3))
    enter_leave(desk.office.machines.people, "own")
    found = letters()
    assert set(found) >= {"superior", "employee", "wahyu"}
    for letter in found.values():
        text = letter.subject + letter.text(TODAY, SITE)
        for name, *_ in PERSONS.values():
            assert not set(name.split()) & set(text.replace(".", " ").split()), name
        assert "sidik jari" not in text and "Suparman" not in text


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"wants_mail": False}, {"email": None}, {"email": ""}]
)
def test_nothing_goes_to_a_locked_account_to_who_wants_none_or_has_no_address(
    desk: Desk, change: dict[str, Any]
) -> None:
    desk.ask()
    User.objects.filter(username="superior").update(**change)
    assert letters() == {}


@pytest.mark.parametrize("reason", ["died", "resigned"])
def test_nothing_goes_to_who_has_left_or_died(desk: Desk, reason: str) -> None:
    derive(desk)
    assert "employee" in letters()
    city = desk.office.machines.people
    city.change("own", "employment", until=date(2026, 11, 7), values={"end_reason": reason}, reason="surat")
    assert "employee" not in letters()


def test_as_many_questions_for_many_as_for_few(desk: Desk) -> None:
    derive(desk)
    desk.ask(day=date(2026, 11, 3))
    enter_leave(desk.office.machines.people, "own")
    open_outage("pkm_melati", "unit_clerk")
    few = count_questions()
    for number in range(40):
        name = f"petugas{number}"
        user = User.objects.create(username=name, display_name=name, email=f"{name}@uji.example")
        copy_grant(user)
    assert len(letters()) > 40
    assert count_questions() == few <= 25


def count_questions() -> int:
    with CaptureQueriesContext(connection) as caught:
        letters()
    return len(caught)


def copy_grant(user: User) -> None:
    """The roles of nurul for somebody else."""
    for grant in User.objects.get(username="nurul").grants.all():
        grant.pk, grant.user, grant.uid = None, user, User().uid
        grant.save(force_insert=True)


def test_only_the_machine_and_its_operator_ask_for_everybody(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        list_letters(actor=desk.actor("nurul"), at=AT, stamped=DATABASE_NOW)
    with pytest.raises(NotAllowed):
        mailing.list_recipients(actor=desk.actor("superior"))


def test_the_days_are_those_of_the_page(desk: Desk) -> None:
    """A-28: what the mail counts is what the page shows as incomplete."""
    derive(desk)
    shown = [
        day.on
        for day in desk.office.days(first=date(2026, 11, 1), days=9).days
        if day.result and day.result.state.value in ("absent", "missing_in", "missing_out")
    ]
    assert letters()["employee"].count == len(shown) and MONDAY not in shown
