"""A person's file: who sees which part, as of which date, as known when, whole numbers with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from pamong.access.models import ReadLog
from pamong.ledger.choices import Act
from pamong.people import queries
from pamong.people.models import Identity
from tests.support.people import AT, People
from tests.web.conftest import Read, SignIn

MOST_QUERIES = 10
NIK, ACCOUNT = "9901010202850001", "99887766"
PARTS = ("jabatan", "pendidikan", "keluarga", "data-pribadi", "riwayat")


def test_the_head_tells_who_where_and_under_whom(people: People, read: Read) -> None:
    text = read("nurul", "people:person", people.city.persons["own"])
    for told in (
        "PNS aktif",
        "19850202******1001",
        "Pengatur Tingkat I (II/d)",
        "Pengadministrasi Umum",
        "kelas 5",
    ):
        assert told in text
    chief = people.city.persons["chief"]
    assert f'Atasan langsung</dt><dd><a href="/pegawai/{chief}/">Bernadeta Mariana Hurek' in text


def test_the_superior_is_linked_only_for_those_who_see_everybody(people: People, read: Read) -> None:
    text = read("unit_clerk", "people:person", people.city.persons["chief"])
    assert "Wibisono Cakrawala" in text and str(people.city.persons["above"]) not in text


def test_the_timeline_tells_acting_posts_orders_checks_and_what_is_to_come(
    people: People, read: Read
) -> None:
    text = read("nurul", "people:person", people.city.persons["own"])
    assert text.index("Plh. Pengelola Kepegawaian") < text.index("akan berlaku") < text.index(">2020<")
    assert "1 Desember sampai 14 Desember 2026" in text and "SK 800/88, 3 November 2026" in text
    assert "Terverifikasi" in text and "Belum bersegel" in text
    assert text.index(">2010<") < text.index(">2003<")
    assert "Plt. Sekretaris Daerah" in read("nurul", "people:person", people.city.persons["chief"])


def test_the_date_changes_all_of_it(people: People, read: Read) -> None:
    text = read("nurul", "people:person", people.city.persons["chief"], query="?per=2023-08-17")
    assert "Ini keadaan pada 17 Agustus 2023" in text and "Merangkap</dt>" in text
    assert "1 peristiwa sesudah tanggal ini tidak ditampilkan." in text
    early = read("nurul", "people:person", people.city.persons["chief"], query="?per=2012-01-01")
    assert "Penata Tingkat I (III/d)" in early and "Pembina" not in early and "Kepala Dinas" not in early
    unborn = read("nurul", "people:person", people.city.persons["chief"], query="?per=1971-01-01")
    assert "Belum tercatat bertugas" in unborn


def test_tabs_keep_the_date(people: People, read: Read) -> None:
    own = people.city.persons["own"]
    assert f"/pegawai/{own}/jabatan/?per=2023-08-17" in read(
        "nurul", "people:person", own, query="?per=2023-08-17"
    )


def test_earlier_knowledge_is_for_those_who_look_after_data(people: People, read: Read) -> None:
    own = people.city.persons["own"]
    then = read("nurul", "people:person", own, query="?diketahui=2020-01-01")
    assert "menurut catatan sampai akhir 1 Januari 2020" in then and "Belum ada riwayat" in then
    for username in ("superior", "employee"):
        text = read(username, "people:person", own, query="?diketahui=2020-01-01")
        assert "menurut catatan sampai" not in text and "Pengadministrasi Umum" in text


@pytest.mark.parametrize("part", ["", *PARTS])
@pytest.mark.parametrize("username", ["nurul", "superior", "unit_clerk", "employee"])
def test_parts_ask_few_questions(
    part: str, username: str, people: People, browser: SignIn, django_assert_max_num_queries: Any
) -> None:
    client, uid = browser(username), people.city.persons["own"]
    path = reverse("people:part", args=[uid, part]) if part else reverse("people:person", args=[uid])
    private = username in ("nurul", "employee") or part in ("", "jabatan", "pendidikan")
    with django_assert_max_num_queries(MOST_QUERIES, connection=connection):
        assert client.get(path).status_code == (200 if private else 404)


def test_whoever_sees_no_private_data_sees_no_such_tabs(people: People, read: Read) -> None:
    own = people.city.persons["own"]
    superior, officer = read("superior", "people:person", own), read("nurul", "people:person", own)
    for part in ("keluarga", "data-pribadi", "riwayat"):
        assert f"/{part}/" in officer and f"/{part}/" not in superior


def test_outside_the_scope_there_is_nobody(people: People, browser: SignIn) -> None:
    for username, key in (("superior", "above"), ("unit_clerk", "foreign"), ("employee", "mate")):
        for name, more in (("people:person", ()), ("people:part", ("jabatan",)), ("people:reveal", ("nik",))):
            answer = browser(username).get(reverse(name, args=[people.city.persons[key], *more]))
            assert answer.status_code == 404, (username, name)
    assert browser("nurul").get(f"/pegawai/{people.city.persons['own']}/tidak-ada/").status_code == 404


def test_family_and_schooling_with_their_evidence(people: People, read: Read) -> None:
    own, mate = people.city.persons["own"], people.city.persons["mate"]
    schooling = read("nurul", "people:part", own, "pendidikan")
    assert schooling.index("D-3 Administrasi Perkantoran") < schooling.index("SMA IPS")
    assert schooling.count("Belum diperiksa") == 1 and schooling.count("Terverifikasi") == 1
    family = read("nurul", "people:part", own, "keluarga")
    assert f'<a href="/pegawai/{mate}/">Ketut Sariasih</a>' in family and "990101******0001" in family
    assert str(mate) not in read("employee", "people:part", own, "keluarga")


def test_numbers_are_masked_until_asked_for(people: People, read: Read) -> None:
    own = people.city.persons["own"]
    for username in ("nurul", "employee"):
        text = read(username, "people:part", own, "data-pribadi")
        assert NIK not in text and ACCOUNT not in text and "•••• 7766" in text and "/buka/nik/" in text
    then = read("nurul", "people:part", own, "data-pribadi", query="?per=2020-01-01")
    assert "/buka/nik/" not in then


def test_a_number_in_full_needs_a_reason_that_its_owner_reads(
    people: People, browser: SignIn, read: Read
) -> None:
    path = reverse("people:reveal", args=[people.city.persons["own"], "nik"])
    client = browser("nurul")
    assert NIK not in client.get(path).content.decode()
    for nothing in ("  ", "x", "xxxxxxxxxx", "12345678901"):
        refused = client.post(path, {"alasan": nothing})
        assert refused.status_code == 422 and NIK not in refused.content.decode()
    shown = client.post(path, {"alasan": "Mencocokkan dengan KTP"})
    assert NIK in shown.content.decode() and "no-store" in shown.headers["Cache-Control"]
    assert ReadLog.objects.get(path="people.reveal.nik").reason == "Mencocokkan dengan KTP"
    assert "Mencocokkan dengan KTP" in read("employee", "own_reads")


def test_ones_own_number_needs_no_reason_and_leaves_no_look(people: People, browser: SignIn) -> None:
    path = reverse("people:reveal", args=[people.city.persons["own"], "bankaccount"])
    client = browser("employee")
    assert "alasan" not in client.get(path).content.decode()
    assert ACCOUNT in client.post(path).content.decode()
    assert not ReadLog.objects.filter(path__startswith="people.reveal").exists()


def test_only_known_numbers_are_shown_and_only_to_those_who_may(people: People, browser: SignIn) -> None:
    own = people.city.persons["own"]
    assert browser("nurul").get(reverse("people:reveal", args=[own, "name"])).status_code == 404
    assert browser("superior").post(reverse("people:reveal", args=[own, "nik"])).status_code == 404
    assert browser("arif").post(reverse("people:reveal", args=[own, "nik"])).status_code in (403, 404)


def test_htmx_gets_the_form_alone(people: People, browser: SignIn) -> None:
    path = reverse("people:reveal", args=[people.city.persons["own"], "nik"])
    text = browser("nurul").get(path, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in text and "Mengapa Anda perlu NIK lengkap?" in text


def test_the_record_keeps_what_was_replaced(people: People, read: Read) -> None:
    wrong = Identity.objects.get(person_id=people.city.ids["own"])
    people.change(
        "own",
        "identity",
        act=Act.CORRECT,
        target=wrong.uid,
        values={"birth_place": "Kota Lain"},
        reason="akta",
    )
    text = read("nurul", "people:part", people.city.persons["own"], "riwayat")
    assert "Pembetulan" in text and "diganti" in text and text.count("Kota Lain") == 1
    assert text.index("Kota Lain") < text.index("Kota Uji"), "newest first"
    assert "Entri kantor" in text and "Impor berkas" in text and "Data awal" in text


def test_a_death_is_told_with_respect(people: People, read: Read) -> None:
    people.change(
        "mate", "employment", until=date(2026, 11, 1), values={"end_reason": "died"}, reason="akta kematian"
    )
    text = read("nurul", "people:person", people.city.persons["mate"])
    assert "Meninggal dunia, 1 November 2026" in text and "Kami turut berdukacita." in text


def test_the_printed_sheet_says_of_when_it_is(people: People, read: Read) -> None:
    text = read("nurul", "people:person", people.city.persons["own"])
    assert "Keadaan pada 10 November 2026 · dicetak dari Pamong oleh Nurul" in text


def test_opening_a_file_is_logged_once_with_what_was_opened(people: People, read: Read) -> None:
    own = people.city.persons["own"]
    read("nurul", "people:person", own)
    read("nurul", "people:part", own, "riwayat")
    read("employee", "people:person", own)
    paths = list(
        ReadLog.objects.filter(subject_ids__contains=[own]).order_by("id").values_list("path", flat=True)
    )
    assert paths == ["people.file", "people.records"]


def test_records_of_a_file_are_for_those_who_see_what_is_private(people: People) -> None:
    own, on = people.city.persons["own"], people.actor("nurul").on
    for username, expected in (("nurul", True), ("employee", True), ("superior", False)):
        file = queries.get_file(actor=people.actor(username), at=AT, uid=own, on=on, records=True)
        assert bool(file.records) is expected, username
