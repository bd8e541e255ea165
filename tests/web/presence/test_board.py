"""The superior's board says who is there now and nothing about why; machines tell until when they know."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import ReadLog
from pamong.attendance import services
from pamong.attendance.choices import ExcuseKind, ExcuseSource, Fault
from pamong.attendance.services import NewExcuse, PunchRow, Set
from pamong.kernel.period import Period
from pamong.organisation import models as org
from pamong.organisation import services as organisation
from tests.attendance.test_facts import OPERATOR, Machines, at
from tests.support.city import FROM, add_person
from tests.support.people import AT, TODAY, opening_basis
from tests.web.presence.test_corrections import client
from tests.web.presence.test_days import machines, page

__all__ = ["machines"]


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The morning of the board."""
    monkeypatch.setattr(clock, "now", lambda: AT)


def test_a_board_says_present_not_yet_leave_or_duty_and_never_sick(machines: Machines) -> None:
    machines.store(machines.west, PunchRow(1, at(10, 7, 12), "1001"))
    ids, today = machines.people.city.ids, Period(TODAY, TODAY + timedelta(days=1))
    for key, kind in (("mate", ExcuseKind.LEAVE_SICK), ("clerk", ExcuseKind.DUTY)):
        services.set_excuses(
            actor=OPERATOR, at=AT, basis=opening_basis(), source=ExcuseSource.OFFICE,
            source_uid=machines.people.city.persons[key], excuses=[NewExcuse(ids[key], kind, today)],
        )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        answer = client("superior").get(reverse("presence:today"))
    text = " ".join(answer.content.decode().split())
    board = {
        state: text.split(f'id="{state}"', 1)[1].split("</section>")[0]
        for state in ("present", "leave", "duty")
    }
    assert "Suparman" in board["present"] and "Ketut Sariasih" in board["leave"]
    assert "Yohana Tandi Arung" in board["duty"]
    assert "sakit" not in text.lower()
    assert ReadLog.objects.latest("id").path == "attendance.board"
    ours = [
        each for each in asked.captured_queries if "attendance_" in each["sql"] or "people_" in each["sql"]
    ]
    assert len(ours) <= 10
    part = client("superior").get(reverse("presence:today"), headers={"HX-Request": "true"}).content.decode()
    assert "Suparman" in part and "<html" not in part


def crowd(machines: Machines, count: int) -> None:
    """So many more people in the health office and its clinic, on seats that the superior leads."""
    people, basis = machines.people, opening_basis()
    post = organisation.create_post(actor=OPERATOR, at=AT, name="Perawat Uji", kind="pelaksana")
    for place, unit in enumerate(("dinkes", "pkm_melati")):
        made = organisation.create_seats(
            actor=OPERATOR, at=AT, on=FROM, unit=people.city.units[unit], post=post, count=count, job_class=7
        )
        seats = {seat.uid: seat for seat in org.Seat.objects.filter(uid__in=made)}
        for number, uid in enumerate(made):
            born = date(1970 + place, 1, 1) + timedelta(days=number)
            name = f"Perawat {unit} {number:03}"
            facts = (name, "P", born, date(2006, 3, 1), "III/a", "")
            add_person(facts, basis, seat=seats[uid])


def test_a_team_of_hundreds_is_filtered_grouped_and_searched(machines: Machines) -> None:
    crowd(machines, 130)
    machines.store(machines.west, PunchRow(1, at(10, 7, 12), "1001"))
    chief = client("superior")
    chief.get(reverse("presence:today"))
    with CaptureQueriesContext(connection) as asked:
        text = " ".join(chief.get(reverse("presence:today")).content.decode().split())
    assert len([each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]]) <= 10
    assert 'id="not_yet"' in text and 'id="present"' not in text, "of many, first who is not here yet"
    assert text.count('class="face"') == 240
    assert "orang lagi: pilih unitnya, atau cari namanya." in text
    subjects = ReadLog.objects.latest("id").subject_ids
    assert len(subjects) == 240, "who is not shown was not looked at"
    for query, inside, outside in (
        ("?keadaan=present", "Suparman", "Perawat"),
        ("?cari=dinkes 007", "Perawat dinkes 007", "Perawat dinkes 008"),
        ("?keadaan=semua&unit=pkm_melati", "Perawat pkm_melati 099", "Perawat dinkes"),
        ("?cari=zzz", "Tidak ada yang cocok", "Perawat"),
        ("?keadaan=ada", "Suparman", "Tidak ada yang cocok"),
    ):
        shown = " ".join(chief.get(reverse("presence:today") + query).content.decode().split())
        assert inside in shown and outside not in shown, query
    assert 'class="board-unit"' in text and "every 60s" not in text, "what is opened is not closed again"
    clinic = chief.get(reverse("presence:today") + "?unit=pkm_melati").content.decode()
    assert "Puskesmas Melati" in clinic


def test_machines_tell_until_when_they_know_and_what_was_set_aside(machines: Machines) -> None:
    assert "Data belum masuk" in page("nurul", "devices")
    odd = Set(9, Fault.NO_TIME, "1001 2026-02-30 07:00:00", "baris 9: 30 Februari tidak ada")
    rows = [PunchRow(1, at(10, 7, 12), "1001"), PunchRow(2, at(9, 7, 12), "7777")]
    machines.store(machines.west, *rows, aside=[odd])
    assert "10 November 2026, 07.12" in page("nurul", "devices")
    aside = page("nurul", "device_aside", machines.west)
    assert "Waktunya tidak ada di kalender" in aside and "2026-02-30" in aside
    text = page("nurul", "device", machines.west)
    assert "1 PIN sudah punya pemilik" in text and "1 PIN punya presensi dalam 62 hari terakhir" in text
