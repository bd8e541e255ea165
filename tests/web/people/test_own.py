"""My data, and who looked at whose data in words that its owner understands."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse

import pamong.people
from pamong.access import services as access_services
from pamong.access.queries import ReadRow
from pamong.kernel.actor import Actor, Grant
from pamong.people import queries, services
from pamong.people.queries.reads import PAGE
from pamong.web.people import own
from tests.support.people import AT, People
from tests.web.conftest import Read, SignIn


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
    text = read("employee", "mine")
    assert "Menunggu pemeriksaan" in text and "oleh Employee" not in text
    services.decide(actor=people.actor("nurul"), at=AT, entry=entry, accept=False, answer="Nomornya kurang.")
    text = read("employee", "mine")
    assert "Nomornya kurang." in text and "Ditolak" in text
    people.enter("nurul", "own", "contact", on=AT.date(), values={"address": "Jl. Lain"}, reason="pindah")
    assert "oleh Nurul" in read("employee", "mine"), "somebody else proposed it for me"


def test_an_account_without_a_person_is_told_what_to_do(read: Read) -> None:
    assert "belum terhubung dengan data pegawai" in read("arif", "mine")
    assert "Belum ada yang melihat" in read("arif", "own_reads")


def test_i_see_who_looked_when_and_at_what(people: People, read: Read, settings: Any) -> None:
    settings.PAMONG_CLOCK_OFFSET = AT - datetime.now(UTC)  # the database stamps each look
    uid = people.city.persons["own"]
    read("nurul", "people:person", uid)
    read("superior", "people:index")
    text = read("employee", "own_reads")
    assert "10 November 2026" in text and re.search(r"\b07\.(29|30)\b", text)
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
    assert own.seen("attendance.days") == "Melihat hari-hari presensi"
    assert own.seen("lain") == "Melihat data"


def test_a_look_is_found_however_many_lists_came_after_it(people: People, read: Read) -> None:
    uid = people.city.persons["own"]
    nurul = people.actor("nurul")
    access_services.log_read(actor=nurul, at=AT, path="people.reveal.nik", subjects=[uid], reason="Dukcapil")
    for minute in range(2 * PAGE + 30):
        later = AT + timedelta(minutes=minute + 1)
        access_services.log_read(actor=nurul, at=later, path="people.list", subjects=[uid])
    first, last = (read("employee", "own_reads", query=f"?hal={page}") for page in (1, 3))
    assert "Membuka NIK lengkap" not in first and "hal=3" in first
    assert "Membuka NIK lengkap" in last and "Dukcapil" in last
    watch = Actor(None, None, "Retno", (Grant("inspector"),), AT.date())
    assert queries.list_reads(actor=watch, uid=uid, page=3).rows[-1].path == "people.reveal.nik"
    found = [queries.list_own_reads(actor=people.actor("employee"), page=page) for page in (1, 2, 3, 9)]
    assert [len(each.rows) for each in found] == [PAGE, PAGE, 31, 31] and found[0].total == 2 * PAGE + 31
    assert len({row.at for each in found[:3] for row in each.rows}) == 2 * PAGE + 31
