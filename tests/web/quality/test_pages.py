"""The data-quality list on its pages: what to mend, who mends it, where; for some the numbers alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from pamong.access import services as accounts
from pamong.access.models import ReadLog
from pamong.jobs import lists as job
from pamong.kernel.actor import Actor
from pamong.people.models import QualityAccept
from tests.support.people import AT, TODAY, People
from tests.web.conftest import Read, SignIn

NOTHING = "Tidak ada yang perlu dibenahi"


@pytest.fixture
def head(people: People) -> str:
    """The head of government, who gets numbers, and an inspector."""
    operator = Actor.operator("uji", TODAY)
    for username, role in (("wali", "appointing_official"), ("made", "inspector")):
        accounts.create_user(
            actor=operator, at=AT, username=username, display_name=username.title(), password=None
        )
        accounts.grant_role(
            actor=operator, at=AT, username=username, role=role, start_on=date(2020, 1, 1), reason="uji"
        )
    return "wali"


def test_the_board_tells_how_much_of_what_and_who_mends_it(people: People, read: Read) -> None:
    text = read("nurul", "quality:index")
    assert "temuan dari 6 pegawai yang diperiksa." in text
    for part in ("Kelengkapan", "Ketepatan waktu", "Petugas unit", "aturan tidak menemukan apa pun"):
        assert part in text
    assert reverse("quality:rule", args=["kontak-kurang"]) in text
    assert "Temuan menurut perangkat daerah" in text and "Dinas Pendidikan" in text
    assert reverse("quality:export", args=["csv"]) in text
    narrowed = read("nurul", "quality:index", query="?unit=disdik")
    assert "temuan dari 1 pegawai" in narrowed and "Dinas Kesehatan</a>" not in narrowed


def test_case_S_03_a_clerk_has_his_units_and_no_others(people: People, read: Read) -> None:
    text = read("unit_clerk", "quality:index")
    assert "temuan dari 4 pegawai yang diperiksa." in text
    assert "Puskesmas Melati" in text and "Dinas Pendidikan" not in text and "•••" not in text
    listed = read("unit_clerk", "quality:rule", "kontak-kurang")
    assert "Suparman" in listed and "Tigor Marpaung" not in listed
    assert NOTHING in read("unit_clerk", "quality:index", query="?unit=disdik")


def test_case_S_03_a_cell_below_five_people_is_covered(head: str, read: Read) -> None:
    text = read(head, "quality:index")
    assert "•••" in text and "kurang dari lima pegawai" in text
    rule = read(head, "quality:rule", "kontak-kurang")
    assert "Suparman" not in rule and "Dinas Pendidikan" in rule and "•••" in rule
    assert reverse("quality:export", args=["csv"]) not in text


def test_each_finding_says_what_to_do_and_leads_there(people: People, read: Read) -> None:
    text = read("unit_clerk", "quality:rule", "kontak-kurang")
    own = people.city.persons["own"]
    assert "Alamat surel kosong atau tidak lengkap. Isi surel pribadi atau surel kantor." in text
    assert reverse("entries:propose", args=[own, "contact"]) in text
    assert "19850202" in text and "198502022010011001" not in text, "numbers stay masked"
    unit = read("nurul", "quality:rule", "unit-tanpa-pemimpin")
    assert reverse("organisation:unit", args=[people.city.units["pkm_melati"]]) in unit


def test_an_inspector_looks_and_does_not_mend(head: str, people: People, read: Read) -> None:
    text = read("made", "quality:rule", "kontak-kurang")
    assert "Buka berkasnya" in text and "Usulkan perbaikan" not in text
    found = read("made", "quality:finding", "kontak-kurang", people.city.persons["own"])
    assert "Nyatakan memang begitu" not in found


def test_the_article_stands_beside_a_legal_value(people: People, read: Read) -> None:
    text = read("nurul", "quality:rule", "cpns-terlalu-lama")
    assert "PP 11/2017, Pasal 34 ayat (1)" in text and "12 bulan" in text and NOTHING in text
    assert "UU 20/2023, Pasal 55" in read("nurul", "quality:rule", "melewati-batas-usia")


def test_an_officer_accepts_with_a_reason_and_opens_again(
    people: People, browser: SignIn, read: Read
) -> None:
    nurul, own = browser("nurul"), people.city.persons["own"]
    path = reverse("quality:finding", args=["kontak-kurang", own])
    assert nurul.post(path, {"reason": " "}).status_code == 422
    late = nurul.post(path, {"reason": "Tidak punya", "until": "2026-11-10"})
    assert late.status_code == 422 and "sesudah hari ini" in late.content.decode()
    assert not QualityAccept.objects.exists()
    assert nurul.post(path, {"reason": "Tidak punya surel", "until": "2027-01-04"}).status_code == 302
    assert "Suparman" not in read("nurul", "quality:rule", "kontak-kurang")
    accepted = read("nurul", "quality:rule", "kontak-kurang", query="?bagian=memang-begitu")
    assert "Tidak punya surel" in accepted and "diperiksa lagi 4 Januari 2027" in accepted
    assert "Buka lagi temuan ini" in read("nurul", "quality:finding", "kontak-kurang", own)
    assert nurul.post(path, {"reason": "Sudah punya"}).status_code == 302
    assert "Suparman" in read("nurul", "quality:rule", "kontak-kurang")


def test_a_clerk_can_not_accept(people: People, browser: SignIn) -> None:
    path = reverse("quality:finding", args=["kontak-kurang", people.city.persons["own"]])
    assert "Nyatakan memang begitu" not in browser("unit_clerk").get(path).content.decode()
    assert browser("unit_clerk").post(path, {"reason": "uji"}).status_code == 403


@pytest.mark.parametrize(
    ("slug", "who"), [("kontak-kurang", "foreign"), ("tanpa-rekening", "own"), ("tidak-ada", "own")]
)
def test_what_is_not_found_or_not_for_him_is_the_same(
    people: People, browser: SignIn, slug: str, who: str
) -> None:
    path = reverse("quality:finding", args=[slug, people.city.persons[who]])
    assert browser("unit_clerk").get(path).status_code == 404


def test_home_asks_for_the_number_afterwards(people: People, browser: SignIn, read: Read) -> None:
    path = reverse("quality:count")
    for username in ("nurul", "unit_clerk"):
        assert f'hx-get="{path}"' in read(username, "home")
        assert "Temuan mutu data" in read(username, "quality:count")
    assert path not in read("employee", "home") and path not in read("arif", "home")
    assert browser("employee").get(path).status_code == 403


def test_a_rule_without_findings_says_so(people: People, read: Read) -> None:
    assert NOTHING in read("nurul", "quality:rule", "tanpa-rekening")


def test_the_file_holds_what_the_list_shows(people: People) -> None:
    asked = {"unit": "", "rule": "kontak-kurang"}
    headings, rows = job.LISTS["quality"](people.actor("unit_clerk"), AT, asked)
    assert headings[0] == "Kelompok" and headings[-1] == "Dibenahi oleh"
    names = {row["Pegawai atau unit"] for row in rows}
    assert "Suparman" in names and "Tigor Marpaung" not in names
    assert all("******" in row["NIP"] for row in rows), "a clerk takes no numbers along"
    _headings, whole = job.LISTS["quality"](
        people.actor("nurul"), AT, {"unit": "", "rule": "", "reason": "Dicocokkan dengan SIASN"}
    )
    assert "198502022010011001" in {row["NIP"] for row in whole}
    assert len({row["Aturan"] for row in whole}) > 1
    assert ReadLog.objects.filter(path="quality.list").count() == 2


def test_english_pages_speak_english(people: People, browser: SignIn) -> None:
    client = browser("nurul")
    client.cookies["django_language"] = "en"
    text = client.get(reverse("quality:rule", args=["kontak-kurang"])).content.decode()
    assert "The e-mail address is missing or incomplete." in text
