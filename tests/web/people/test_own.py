"""My data, and who looked at whose data in words that its owner understands."""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import reverse

import pamong.people
from pamong.access.queries import ReadRow
from pamong.people import services
from pamong.web.people import own
from tests.support.people import AT, People
from tests.web.people.conftest import Read, SignIn


def test_my_data_stand_in_plain_words_with_a_way_to_change_them(people: People, read: Read) -> None:
    text = read("employee", "mine")
    for told in ("198502022010011001", "Kota Uji", "Jl. Uji No. 1", "Bank Uji", "SMA IPS", "Wayan Arta"):
        assert told in text
    uid = people.city.persons["own"]
    for subject in ("contact", "bankaccount", "education", "relative"):
        assert f"/usulan/baru/{uid}/{subject}/" in text


def test_what_i_asked_for_stands_first_with_its_answer(people: People, read: Read) -> None:
    entry = people.enter(
        "employee", "own", "contact", on=AT.date(), values={"phone": "0812 3456 7890"}, reason="nomor baru"
    )
    assert "Menunggu pemeriksaan" in read("employee", "mine")
    services.decide(actor=people.actor("nurul"), at=AT, entry=entry, accept=False, answer="Nomornya kurang.")
    text = read("employee", "mine")
    assert "Nomornya kurang." in text and "Ditolak" in text


def test_an_account_without_a_person_is_told_what_to_do(read: Read) -> None:
    assert "belum terhubung dengan data pegawai" in read("arif", "mine")
    assert "Belum ada yang melihat" in read("arif", "own_reads")


def test_i_see_who_looked_when_and_at_what(people: People, read: Read) -> None:
    uid = people.city.persons["own"]
    read("nurul", "people:person", uid)
    read("superior", "people:index")
    text = read("employee", "own_reads")
    assert "10 November 2026" in text and "07.30" in text
    assert "Nurul" in text and "Membuka data kepegawaian" in text
    assert "Superior" in text and "Melihat nama dalam daftar pegawai" in text


def test_the_log_of_others_is_for_those_who_watch(people: People, browser: SignIn) -> None:
    path = reverse("people:reads", args=[people.city.persons["own"]])
    for username in ("nurul", "superior", "employee"):
        assert browser(username).get(path).status_code == 403
    unknown = reverse("people:reads", args=["01a211c5-9508-704f-a392-ffa5a7315c77"])
    assert browser("employee").get(unknown).status_code == 403


def test_looks_are_told_by_day_and_the_same_look_once() -> None:
    rows = [
        ReadRow(AT, "Nurul", "people.file"),
        ReadRow(AT, "Nurul", "people.file"),
        ReadRow(AT.replace(day=9), "operator:budi", "people.register"),
    ]
    first, second = own.days_of(rows)
    assert (first.title, len(first.looks), first.looks[0].time) == ("10 November 2026", 1, "07.30")
    assert second.looks[0].who == "Operator mesin (budi)"


def test_every_kind_of_look_has_its_sentence() -> None:
    folder = Path(pamong.people.__file__).parent
    sources = [*folder.glob("queries/*.py"), folder / "columns.py"]
    codes = {code for path in sources for code in re.findall(r'"(people\.[a-z_.]+[a-z])"', path.read_text())}
    assert len(codes) >= 8
    assert {code for code in codes if code not in own.SEEN} == set()
    assert own.seen("attendance.days") == "Melihat data presensi"
    assert own.seen("lain") == "Melihat data"
