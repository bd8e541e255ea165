"""From a vacant seat to the proposal of an appointment, for whoever may propose; who held it before."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pamong.access.models import ReadLog
from pamong.kernel.clock import format_date
from pamong.organisation.models import Seat
from pamong.people import queries
from pamong.people.models import Appointment, Employment, Entry, Identity, Person
from pamong.web.shapes import MOST
from tests.support.city import since
from tests.support.people import AT, People, opening_basis
from tests.web.organisation.conftest import Browser, Read, plain, words_of

NOW = date(2026, 11, 10)


def path(people: People, key: str) -> str:
    return reverse("organisation:seat_fill", args=[people.city.seats[key]])


def status(client: Client, where: str) -> int:
    return int(client.get(where).status_code)


def free_seats(people: People, browser: Browser, username: str) -> str:
    return plain(browser(username).get(reverse("organisation:vacancies")))


def test_a_list_that_is_cut_says_so(people: People, browser: Browser) -> None:
    crowd = [Person.objects.create() for _ in range(MOST + 1)]
    for number, who in enumerate(crowd):
        told = {"person": who, "basis_id": opening_basis()}
        born = date(1990, 1, 1)
        Identity.objects.create(period=since(born), name=f"Kembar {number}", birth_date=born, sex="L", **told)
        Employment.objects.create(period=since(date(2020, 1, 1)), kind="PNS", standing="Aktif", **told)
    officer, where = browser("nurul"), path(people, "free")
    told = "Yang tampil 12 yang pertama"
    assert told in plain(officer.get(where + "?q=kembar"))
    assert told not in plain(officer.get(where + "?q=tigor"))
    form = reverse("entries:propose", args=[people.city.persons["own"], "relative"])
    shown = plain(officer.post(form, {"langkah": "cari", "relative_words": "kembar"}))
    assert told in shown and len(re.findall(r'<input[^>]*name="relative"', shown)) == MOST


def test_a_vacancy_leads_to_an_appointment(people: People, browser: Browser) -> None:
    officer, seat = browser("nurul"), people.city.seats["free"]
    assert path(people, "free") in free_seats(people, browser, "nurul")
    assert "Isi posisi ini" in plain(officer.get(reverse("organisation:seat", args=[seat])))
    found = plain(officer.get(path(people, "free") + "?q=tigor"))
    person = people.city.persons["foreign"]
    where = f"{reverse('entries:propose', args=[person, 'appointment'])}?posisi={seat}"
    assert where in found
    form = plain(officer.get(where))
    assert f'value="{seat}" checked' in form
    asked: dict[str, Any] = {
        "kind": "regular", "seat": str(seat), "on": "2026-12-01", "reason": "Mutasi", "order_no": "SK 9",
        "order_on": "2026-11-09", "langkah": "kirim",
    }  # fmt: skip
    sent = officer.post(where, asked)
    assert sent.status_code == 302, words_of(plain(sent))
    assert Entry.objects.get().values["seat"] == str(seat)


@pytest.mark.parametrize(("username", "key", "answer"), [
    ("nurul", "free", 200), ("arif", "free", 403), ("superior", "free", 403), ("employee", "free", 403),
])  # fmt: skip
def test_who_may_fill_a_seat(people: People, browser: Browser, username: str, key: str, answer: int) -> None:
    assert status(browser(username), path(people, key)) == answer
    offered = path(people, key) in free_seats(people, browser, username)
    assert offered == (answer == 200)


def test_a_clerk_fills_seats_of_his_own_office_alone(people: People, browser: Browser) -> None:
    clerk = browser("unit_clerk")
    assert status(clerk, path(people, "foreign")) == 403
    assert status(clerk, path(people, "free")) == 200
    assert path(people, "free") in free_seats(people, browser, "unit_clerk")


def test_a_held_seat_is_not_filled(people: People, browser: Browser) -> None:
    told = plain(browser("nurul").get(path(people, "chief")))
    assert "sedang tidak dapat diisi" in told and 'name="q"' not in told.partition("<main")[2]


def test_the_page_of_a_seat_tells_who_held_it_before(people: People, read: Read) -> None:
    former = Person.objects.get(uid=people.city.persons["ended"])
    held = Appointment.objects.get(person=former).period
    told = words_of(read("nurul", "seat", people.city.seats["free"]))
    last = format_date(held.upper - timedelta(days=1))
    assert f"{format_date(held.lower)} sampai {last}" in told.partition("Pemangku sebelumnya")[2]
    assert f"Kosong sejak {format_date(held.upper)}" in told
    assert former.uid in ReadLog.objects.filter(path="people.list").latest("id").subject_ids


def test_earlier_holders_are_those_whom_the_reader_may_see(people: People) -> None:
    seat_id = Seat.objects.get(uid=people.city.seats["free"]).pk
    asked = {"at": AT, "on": NOW, "seat_id": seat_id}
    assert len(queries.list_earlier_holders(actor=people.actor("nurul"), **asked)) == 1
    assert queries.list_earlier_holders(actor=people.actor("employee"), **asked) == []
