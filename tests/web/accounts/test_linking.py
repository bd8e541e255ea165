"""An operator says whose an account is: by a name and a post, never his own, once, logged."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.access import clock, services
from pamong.access.models import Grant, ReadLog, User
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.people import queries
from pamong.people.models import Person
from tests.support.people import AT, TODAY, People, small_people

pytestmark = pytest.mark.django_db
PATH = "accounts:account"


@pytest.fixture
def people(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> People:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR = False
    made = small_people()
    operator = Actor.operator("uji", TODAY)
    for name, unit in (("hendra", ""), ("lestari", "dinkes")):
        services.create_user(actor=operator, at=AT, username=name, display_name=name.title(), password=None)
        services.grant_role(
            actor=operator, at=AT, username=name, role="system_operator", unit_path=unit,
            start_on=date(2020, 1, 1), reason="uji",
        )  # fmt: skip
    services.create_user(actor=operator, at=AT, username="baru", display_name="Baru", password=None)
    return made


def browser(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def account(username: str, query: str = "") -> str:
    return reverse(PATH, args=[username]) + query


def link(by: str, username: str, person: object) -> HttpResponse:
    data = {"langkah": "hubungkan", "person": str(person)}
    answer: HttpResponse = browser(by).post(account(username), data)
    return answer


def plain(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_account_is_linked_by_name(people: People) -> None:
    tigor = people.city.persons["foreign"]
    found = plain(browser("hendra").get(account("baru", "?pegawai=tigor")))
    assert str(tigor) in found and "Tigor Marpaung" in found and "Dinas Pendidikan" in found
    assert tigor in ReadLog.objects.filter(path="people.search").latest("id").subject_ids
    answer = link("hendra", "baru", tigor)
    assert answer.status_code == 302
    assert Person.objects.get(uid=tigor).user == User.objects.get(username="baru")
    assert Intake.objects.filter(kind="people.user_linked").exists()
    page = plain(browser("hendra").get(account("baru")))
    assert "Tigor Marpaung" in page and "Hubungkan akun" not in page
    mine = plain(browser("baru").get(reverse("mine")))
    assert "belum terhubung" not in mine and "Tigor Marpaung" in mine


def test_a_full_nip_finds_and_a_part_of_it_does_not(people: People) -> None:
    actor = people.actor("hendra")
    nip = queries.get_row(actor=people.actor("nurul"), on=TODAY, uid=people.city.persons["foreign"]).nip  # type: ignore[union-attr]
    found = queries.find_unlinked(actor=actor, at=AT, on=TODAY, words=nip)
    assert [each.uid for each in found] == [people.city.persons["foreign"]]
    assert queries.find_unlinked(actor=actor, at=AT, on=TODAY, words=nip[:10]) == []
    assert queries.find_unlinked(actor=actor, at=AT, on=TODAY, words="ti") == ()


def test_who_has_an_account_already_is_not_offered_nor_linked_again(people: People) -> None:
    taken = people.city.persons["own"]
    assert str(taken) not in plain(browser("hendra").get(account("baru", "?pegawai=suparman")))
    answer = link("hendra", "baru", taken)
    assert answer.status_code == 422 and "sudah" in plain(answer)


def test_nobody_links_himself(people: People) -> None:
    assert link("hendra", "hendra", people.city.persons["foreign"]).status_code == 403
    page = plain(browser("hendra").get(account("hendra")))
    assert "Akun Anda sendiri dihubungkan operator lain." in page


def test_an_operator_of_one_office_links_its_people_alone(people: People) -> None:
    tigor = people.city.persons["foreign"]
    assert str(tigor) not in plain(browser("lestari").get(account("baru", "?pegawai=tigor")))
    assert link("lestari", "baru", tigor).status_code == 403
    assert Person.objects.get(uid=tigor).user_id is None


@pytest.mark.parametrize("username", ["nurul", "unit_clerk", "employee"])
def test_others_link_nobody(people: People, username: str) -> None:
    assert link(username, "baru", people.city.persons["foreign"]).status_code == 403


def test_nothing_chosen_is_said(people: People) -> None:
    answer = link("hendra", "baru", "")
    assert answer.status_code == 422 and "Pilih pegawainya dulu." in plain(answer)


def test_the_unit_of_a_role_is_picked_by_its_name(people: People) -> None:
    hendra = browser("hendra")
    looked = hendra.post(account("baru"), {"cari": "unit", "cari_unit": "kesehatan", "role": "unit_clerk"})
    assert looked.status_code == 200
    assert 'value="dinkes"' in plain(looked) and "Dinas Kesehatan" in plain(looked)
    assert "wajib diisi" not in plain(looked) and "belum diisi" not in plain(looked)
    data = {"langkah": "peran", "role": "unit_clerk", "unit": "dinkes", "reason": "Tugas baru"}
    assert hendra.post(account("baru"), data).status_code == 302
    assert Grant.objects.get(user__username="baru").unit_path == "dinkes"
    assert "Dinas Kesehatan (dinkes)" in plain(hendra.get(account("baru")))
    assert "Dinas Kesehatan (dinkes)" in plain(hendra.get(reverse("accounts:index")))


def test_the_page_of_a_unit_shows_its_code(people: People) -> None:
    page = plain(browser("hendra").get(reverse("organisation:unit", args=[people.city.units["dinkes"]])))
    assert "Kode unit: dinkes" in page


def test_pages_say_truly_who_helps(people: People) -> None:
    mine = plain(browser("baru").get(reverse("mine")))
    assert "setelah operator sistem menghubungkan akun ini" in mine
    assert "Lupa kata sandi? Hubungi operator sistem." in plain(Client().get(reverse("account_login")))
