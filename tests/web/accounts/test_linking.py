"""Two operators say whose an account is: by a name and a post, never their own; two undo it."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.access import clock, services
from pamong.access.models import Grant, ReadLog, User
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.people import queries
from pamong.people import services as people_services
from pamong.people.models import Person
from tests.support.city import add_person
from tests.support.people import AT, TODAY, People, opening_basis, small_people
from tests.support.worlds import stage

pytestmark = pytest.mark.django_db
PATH = "accounts:account"


def with_operators() -> People:
    made = small_people()
    operator = Actor.operator("uji", TODAY)
    for name in ("hendra", "dina", "lestari"):
        services.create_user(actor=operator, at=AT, username=name, display_name=name.title(), password=None)
        services.grant_role(
            actor=operator, at=AT, username=name, role="system_operator",
            start_on=date(2020, 1, 1), reason="uji",
        )  # fmt: skip
    services.create_user(actor=operator, at=AT, username="baru", display_name="Baru", password=None)
    return made


stage_operators = stage(with_operators)


@pytest.fixture
def people(stage_operators: People, db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> People:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR = False
    return stage_operators


def browser(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def account(username: str, query: str = "") -> str:
    return reverse(PATH, args=[username]) + query


WHY = "Sesuai KTP yang dibawa"


def link(by: str, username: str, person: object, reason: str = WHY) -> HttpResponse:
    """Ask that an account be somebody's."""
    data = {"langkah": "hubungkan", "person": str(person), "link_reason": reason}
    answer: HttpResponse = browser(by).post(account(username, "?pegawai=tigor"), data)
    return answer


def unlink(by: str, username: str, reason: str = "Salah pilih orang") -> HttpResponse:
    """Ask that an account be nobody's."""
    data = {"langkah": "lepas", "unlink_reason": reason}
    answer: HttpResponse = browser(by).post(account(username), data)
    return answer


def decide(by: str, choice: str = "laksanakan") -> str:
    """What the page says of the request that this operator may decide; '' where there is none."""
    client = browser(by)
    page = plain(client.get(reverse("accounts:requests")))
    found = re.search(r'name="permintaan" value="([^"]+)"', page)
    if found is None or f'name="putusan" value="{choice}"' not in page:
        return ""
    data = {"permintaan": found[1], "putusan": choice}
    return plain(client.post(reverse("accounts:requests"), data, follow=True))


def owned(username: str) -> object:
    """The uid of whose the account is."""
    found = Person.objects.filter(user__username=username).first()
    return found and found.uid


def plain(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_account_is_linked_by_name_and_by_two(people: People) -> None:
    tigor = people.city.persons["foreign"]
    found = plain(browser("hendra").get(account("baru", "?pegawai=tigor")))
    assert str(tigor) in found and "Tigor Marpaung" in found and "Dinas Pendidikan" in found
    assert tigor in ReadLog.objects.filter(path="people.search").latest("id").subject_ids
    assert link("hendra", "baru", tigor).status_code == 302
    assert owned("baru") is None, "one click links nobody"
    assert decide("hendra") == ""
    assert "Akun terhubung" in decide("dina")
    assert owned("baru") == tigor
    body = json.loads(Intake.objects.get(kind="people.user_linked").body)
    assert body["actor"] == f"user:{User.objects.get(username='dina').pk}"
    assert body["public"]["asked_by"] == str(User.objects.get(username="hendra").uid)
    page = plain(browser("hendra").get(account("baru")))
    assert "Tigor Marpaung" in page and "Minta dihubungkan" not in page
    mine = plain(browser("baru").get(reverse("mine")))
    assert "belum terhubung" not in mine and "Tigor Marpaung" in mine


def test_a_wrong_link_is_undone_by_two_and_locks_nobody_out(people: People) -> None:
    wrong, right = people.city.persons["foreign"], people.city.persons["mate"]
    link("hendra", "baru", wrong)
    decide("dina")
    assert unlink("hendra", "baru", "tes").status_code == 422
    assert unlink("hendra", "baru").status_code == 302
    assert owned("baru") == wrong and decide("hendra") == "", "it waits for the second operator"
    assert "Akun dilepas" in decide("dina")
    assert owned("baru") is None
    body = json.loads(Intake.objects.get(kind="people.user_unlinked").body)
    assert body["public"]["person"] == str(wrong)
    assert body["public"]["asked_by"] == str(User.objects.get(username="hendra").uid)
    assert "belum terhubung" in plain(browser("baru").get(reverse("mine")))
    services.create_user(
        actor=Actor.operator("uji", TODAY), at=AT, username="tigor", display_name="Tigor", password=None
    )
    for username, person in (("tigor", wrong), ("baru", right)):
        link("hendra", username, person)
        decide("dina")
        assert owned(username) == person


def test_an_account_that_is_nobodys_is_not_unlinked(people: People) -> None:
    told = unlink("hendra", "baru")
    assert told.status_code == 422 and "tidak terhubung dengan pegawai itu" in plain(told)


def test_nobody_unlinks_himself_nor_decides_it(people: People) -> None:
    people_services.link_user(
        actor=Actor.operator("uji", TODAY), at=AT, person=people.city.persons["mate"], username="dina"
    )
    assert unlink("dina", "dina").status_code == 403
    assert unlink("hendra", "dina").status_code == 302
    assert decide("dina") == "" and decide("lestari") != ""


def test_a_name_that_differs_is_warned_of_at_each_step(people: People) -> None:
    tigor, words = people.city.persons["foreign"], "berbeda dari nama"
    assert words in plain(browser("hendra").get(account("baru", "?pegawai=tigor")))
    link("hendra", "baru", tigor)
    assert words in plain(browser("dina").get(reverse("accounts:requests")))
    decide("dina")
    assert words in plain(browser("hendra").get(account("baru")))
    User.objects.filter(username="baru").update(display_name="TIGOR MARPAUNG")
    assert words not in plain(browser("hendra").get(account("baru")))


@pytest.mark.parametrize(
    ("account_name", "same"),
    [
        ("Siti Aminah", True), ("siti  aminah, S.Pd.", True), ("Hj. Siti Aminah", True), ("Siti", False),
        ("Siti Aminah Lubis", False), ("Budi Santoso", False), ("", False),
        ("Siti Aminah, A.Md., M.Kes.", True), ("dr. Siti Aminah", True), ("H Siti Aminah", False),
    ],
)  # fmt: skip
def test_an_account_goes_by_a_name_titles_aside(account_name: str, same: bool) -> None:
    owner = queries.Owner(uuid4(), 1, "Hj. Siti Aminah, S.Pd.", "", "", "Siti Aminah", "Hj. S.Pd.")
    assert owner.goes_by(account_name) is same


def test_the_first_click_of_two_wins_and_the_second_is_told(people: People) -> None:
    """In two tabs: whoever comes second reads why, though the page shows the owner by now."""
    link("hendra", "baru", people.city.persons["foreign"])
    again = link("hendra", "baru", people.city.persons["mate"])
    assert again.status_code == 422 and "masih menunggu operator kedua" in plain(again)
    decide("dina")
    later = link("hendra", "baru", people.city.persons["mate"])
    assert later.status_code == 422 and "Akun ini sudah terhubung." in plain(later)
    assert "Tigor Marpaung" in plain(later), "and whose it is"


def test_who_was_linked_meanwhile_is_not_linked_twice(people: People) -> None:
    tigor = people.city.persons["foreign"]
    link("hendra", "baru", tigor)
    people_services.link_user(actor=Actor.operator("uji", TODAY), at=AT, person=tigor, username="arif")
    assert "Pegawai ini sudah terhubung." in decide("dina")
    assert owned("baru") is None and owned("arif") == tigor


def test_of_who_has_retired_the_account_says_since_when(people: People) -> None:
    people_services.link_user(
        actor=Actor.operator("uji", TODAY), at=AT, person=people.city.persons["ended"], username="baru"
    )
    page = plain(browser("hendra").get(account("baru")))
    assert "Pensiun sejak 1 Maret 2026" in page
    assert "Belum terhubung" not in page and "Minta dihubungkan" not in page


def test_the_picker_says_that_it_shows_the_first_twelve(people: People) -> None:
    actor = people.actor("hendra")
    few = queries.find_unlinked(actor=actor, at=AT, on=TODAY, words="tigor", most=1)
    assert (len(few.rows), few.more) == (1, False)
    several = queries.find_unlinked(actor=actor, at=AT, on=TODAY, words="a r a", most=2)
    assert (len(several.rows), several.more) == (2, True)
    assert len(ReadLog.objects.filter(path="people.search").latest("id").subject_ids) == 2, "only the shown"
    hint = "yang pertama. Tulis nama lebih lengkap."
    assert hint not in plain(browser("hendra").get(account("baru", "?pegawai=a+r+a")))
    basis = opening_basis()
    for day in range(1, 14):
        add_person(("Budi Santoso", "L", date(1985, 1, day), date(2010, 1, 1), "II/d", ""), basis)
    page = plain(browser("hendra").get(account("baru", "?pegawai=budi")))
    assert f"12 {hint}" in page and page.count('type="radio"') == 12


def test_a_full_nip_finds_and_a_part_of_it_does_not(people: People) -> None:
    actor = people.actor("hendra")
    nip = queries.get_row(actor=people.actor("nurul"), on=TODAY, uid=people.city.persons["foreign"]).nip  # type: ignore[union-attr]
    found = queries.find_unlinked(actor=actor, at=AT, on=TODAY, words=nip)
    assert [each.uid for each in found.rows] == [people.city.persons["foreign"]]
    for words in (nip[:10], "ti"):
        assert not queries.find_unlinked(actor=actor, at=AT, on=TODAY, words=words).rows


def test_who_has_an_account_already_is_not_offered_nor_linked_again(people: People) -> None:
    taken = people.city.persons["own"]
    assert str(taken) not in plain(browser("hendra").get(account("baru", "?pegawai=suparman")))
    answer = link("hendra", "baru", taken)
    assert answer.status_code == 422 and "sudah" in plain(answer)


def test_nobody_links_himself(people: People) -> None:
    assert link("hendra", "hendra", people.city.persons["foreign"]).status_code == 403
    page = plain(browser("hendra").get(account("hendra")))
    assert "Akun Anda sendiri dihubungkan operator lain." in page


def test_a_role_of_operator_once_given_over_one_office_opens_nothing(people: People) -> None:
    given = Grant.objects.get(user__username="lestari")
    Grant.objects.create(
        user=User.objects.get(username="baru"), role="system_operator", unit_path="dinkes",
        period=given.period, basis_id=given.basis_id,
    )  # fmt: skip
    for path in (account("lestari"), reverse("accounts:index"), reverse("accounts:requests")):
        assert browser("baru").get(path).status_code == 403
    tigor = people.city.persons["foreign"]
    assert link("baru", "lestari", tigor).status_code == 403
    assert Person.objects.get(uid=tigor).user_id is None
    told = plain(browser("hendra").get(account("baru")))
    assert "Operator sistem" in told, "it is seen, and can be ended"


def test_no_sentence_ends_a_title_with_a_second_dot(people: People) -> None:
    User.objects.filter(username__in=("hendra", "baru")).update(display_name="Galih Pamungkas, S.Kom.")
    tigor = people.city.persons["foreign"]
    link("hendra", "baru", tigor)
    waits = plain(browser("dina").get(account("baru")))
    assert "Diminta oleh Galih Pamungkas, S.Kom.<" in waits
    decide("dina")
    linked = plain(browser("dina").get(account("baru")))
    assert "Nama akun ini, Galih Pamungkas, S.Kom., berbeda dari nama pegawainya." in linked
    for page in (waits, linked, plain(browser("dina").get(reverse("accounts:requests")))):
        assert "S.Kom.." not in page


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
    assert "Dinas Kesehatan (dinkes)" in plain(hendra.get(account("baru"))), "as it waits"
    decide("dina")
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
