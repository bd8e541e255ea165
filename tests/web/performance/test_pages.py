"""The pages of a month's work: ten seconds for the employee, by exception for his superior."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pamong.access import clock
from pamong.law.engine.law import load_law
from pamong.pay.choices import FileKind
from pamong.pay.models import Run, RunFile
from pamong.performance import services
from pamong.performance.models import MonthFile, PerformanceMonth
from tests.performance.test_sheets import nip, sheet
from tests.support.people import AT, People
from tests.web.conftest import Read, SignIn

OCTOBER = date(2026, 10, 1)
WHY = "Ada dua kegiatan yang bukan tugasnya"
MOST_QUERIES = 10


@pytest.fixture
def people(small: People, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> People:
    """The small city without careers, in a region that counts minutes."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_PROFILE, settings.PAMONG_FILES_ROOT = "contoh", tmp_path / "berkas"
    settings.PAMONG_SECOND_FACTOR = False
    return small


def enter(people: People, minutes: int = 6000) -> None:
    services.enter_month(
        actor=people.actor("employee"), at=AT, month=OCTOBER, minutes=minutes, law=load_law("contoh")
    )


def post(client: Client, name: str, *args: object, query: str = "", **data: Any) -> Any:
    return client.post(reverse(name, args=args) + query, data)


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_employee_sends_the_month_with_one_button(people: People, browser: SignIn, read: Read) -> None:
    text = read("employee", "performance:mine")
    assert "Oktober 2026" in text and "22 hari kerja × 300 menit = 6.600 menit" in text
    assert 'value="6.600"' in text and "paling banyak 6.000 menit" in text
    answer = post(browser("employee"), "performance:mine", query="?bulan=2026-10", minutes="6.600", note="")
    assert answer.status_code == 302
    assert PerformanceMonth.objects.get().minutes == 6600
    text = read("employee", "performance:mine", query="?bulan=2026-10")
    assert "Menunggu verifikasi" in text and "Kirim lagi" in text
    assert "November 2026" in read("employee", "performance:mine"), "last month is entered: this one is next"


def test_a_month_that_runs_is_not_filled_in_ahead(people: People, read: Read) -> None:
    """The month before is, since it is over: one button sends it."""
    assert "masih berjalan" not in read("employee", "performance:mine", query="?bulan=2026-10")
    now = read("employee", "performance:mine", query="?bulan=2026-11")
    assert "masih berjalan" in now and 'value="6.300"' not in now and "6.300 menit" in now


def test_what_was_typed_stays_on_an_error(people: People, browser: SignIn) -> None:
    answer = post(browser("employee"), "performance:mine", minutes="enam ribu", note="Dua hari pelatihan")
    assert answer.status_code == 422
    text = text_of(answer)
    assert 'value="enam ribu"' in text and 'value="Dua hari pelatihan"' in text
    assert "Menit kerja: isi dengan angka, misalnya 6.600." in text
    over = post(browser("employee"), "performance:mine", query="?bulan=2026-11", minutes="44000")
    assert over.status_code == 422 and "antara 0 dan 43.200" in text_of(over)


def test_only_what_the_regions_method_reads_is_asked(
    people: People, browser: SignIn, read: Read, settings: Any
) -> None:
    settings.PAMONG_PROFILE = "manado"
    assert "nilai dari atasan" in read("employee", "performance:mine")
    assert "Nilai produktivitas, 0 sampai 100" in read("superior", "performance:team")
    settings.PAMONG_PROFILE = "samarinda"
    assert "tidak membaca menit atau nilai kerja" in read("employee", "performance:mine")
    settings.PAMONG_PROFILE = ""
    assert "Profil daerah belum dipilih" in read("superior", "performance:team")


def test_who_is_paid_elsewhere_is_asked_for_nothing(people: People, browser: SignIn, read: Read) -> None:
    client = browser("nurul")
    file = SimpleUploadedFile("isian.csv", sheet("own", KELOMPOK="BLUD", **{"MENIT KERJA": None}))
    post(client, "performance:sheets", month="2026-10-01", file=file)
    post(client, "performance:sheet", MonthFile.objects.get().uid, langkah="simpan")
    assert "dibayar melalui jalur lain" in read("employee", "performance:mine", query="?bulan=2026-11")
    assert "Suparman" not in read("unit_clerk", "performance:office", query="?bulan=2026-11")


def test_a_superior_confirms_all_at_once_and_changes_with_a_reason(
    people: People, browser: SignIn, read: Read
) -> None:
    enter(people)
    text = read("superior", "performance:team")
    assert "1 menunggu verifikasi, 0 terverifikasi, 2 belum mengisi." in text
    uid = people.city.persons["own"]
    asked = {f"versi-{uid}": "1", f"menit-{uid}": "6.000", f"perilaku-{uid}": "90", "ikut": [str(uid)]}
    refused = post(browser("superior"), "performance:team", query="?bulan=2026-10", **asked)
    text = text_of(refused)
    assert refused.status_code == 422 and "Suparman: Tulis alasannya" in text
    assert f'id="perilaku-{uid}" name="perilaku-{uid}" value="90"' in text
    done = post(
        browser("superior"), "performance:team", query="?bulan=2026-10", **asked, **{f"alasan-{uid}": WHY}
    )
    assert done.status_code == 302 and "bulan=2026-10" in done.headers["Location"]
    text = read("employee", "performance:mine", query="?bulan=2026-10")
    assert f"Alasan perubahan: {WHY}" in text and "Terverifikasi" in text and "Kirim" not in text


def test_what_is_odd_comes_first_and_is_not_ticked(people: People, read: Read) -> None:
    enter(people, 20_000)
    text = read("superior", "performance:team")
    assert "lebih banyak dari jam kerja bulan ini" in text
    assert f'value="{people.city.persons["own"]}">' in text, "looked at before it is confirmed"


def test_what_is_typed_in_a_row_that_is_not_ticked_is_not_lost(people: People, browser: SignIn) -> None:
    enter(people, 20_000)
    uid = people.city.persons["own"]
    asked = {f"versi-{uid}": "1", f"menit-{uid}": "6000", f"perilaku-{uid}": "100", f"alasan-{uid}": WHY}
    post(browser("superior"), "performance:team", query="?bulan=2026-10", **asked)
    assert PerformanceMonth.objects.get(superseded_at=None).minutes == 6000


def test_a_clerk_sees_who_is_missing_and_brings_a_sheet(people: People, browser: SignIn, read: Read) -> None:
    text = read("unit_clerk", "performance:office")
    assert "Suparman" in text and "Tigor Marpaung" not in text
    client = browser("unit_clerk")
    data = sheet("own", "mate", "foreign")
    tried = post(client, "performance:sheets", month="2026-10-01", file=SimpleUploadedFile("isian.csv", data))
    uid = MonthFile.objects.get().uid
    assert tried.headers["Location"] == reverse("performance:sheet", args=[uid])
    text = read("unit_clerk", "performance:sheet", uid)
    assert "Belum bersegel" in text
    assert "bukan pegawai unit Anda" in text and "Simpan" in text
    post(client, "performance:sheet", uid, langkah="simpan")
    text = read("unit_clerk", "performance:office", query="?keadaan=entered&bulan=2026-10")
    assert "Suparman" in text and "Ketut Sariasih" in text


def test_a_change_of_what_is_verified_passes_a_second_officer(
    people: People, browser: SignIn, read: Read
) -> None:
    for data, step in ((sheet("own"), "simpan"), (sheet("own", **{"MENIT KERJA": 5000}), "simpan")):
        file = SimpleUploadedFile("isian.csv", data)
        post(browser("nurul"), "performance:sheets", month="2026-10-01", file=file)
        post(browser("nurul"), "performance:sheet", MonthFile.objects.latest("id").uid, langkah=step)
    uid = MonthFile.objects.latest("id").uid
    assert "menunggu Anda" in read("wahyu", "performance:sheets")
    assert "Setuju dan simpan" in read("wahyu", "performance:sheet", uid)
    assert "Setuju dan simpan" not in read("nurul", "performance:sheet", uid)
    empty = post(browser("wahyu"), "performance:sheet", uid, langkah="tolak", alasan="")
    assert empty.status_code == 422
    post(browser("wahyu"), "performance:sheet", uid, langkah="setuju")
    assert PerformanceMonth.objects.get(superseded_at=None).minutes == 5000
    assert "Disetujui oleh Wahyu" in read("nurul", "performance:sheet", uid)
    odd = post(browser("nurul"), "performance:sheet", uid, langkah="sulap")
    assert odd.status_code == 422 and "Langkah ini tidak ada" in text_of(odd)


def test_a_file_that_can_not_be_used_is_told_beside_its_field(people: People, browser: SignIn) -> None:
    file = SimpleUploadedFile("isian.csv", b"NAMA;ALAMAT\nX;Y")
    answer = post(browser("nurul"), "performance:sheets", month="2026-10-01", file=file)
    assert answer.status_code == 422 and "kolom NIP tidak ada" in text_of(answer)


def test_a_month_starts_without_a_sheet(people: People, browser: SignIn) -> None:
    """The page that starts a month takes the register of inputs where no file is given."""
    client = browser("nurul")
    asked = {"month": "2026-10-01", "profile": "contoh", "mode": "demo"}
    punches = f"{nip('own')}\t2026-10-01 07:20:00\n".encode()
    empty = post(client, "pay:start", **asked, punches=SimpleUploadedFile("1_attlog.dat", punches))
    assert empty.status_code == 422 and "Belum ada isian bulanan Oktober 2026 di sini" in text_of(empty)
    enter(people)
    post(client, "pay:start", **asked, punches=SimpleUploadedFile("1_attlog.dat", punches))
    file = RunFile.objects.get(run=Run.objects.get(), kind=FileKind.MONTHLY.value)
    assert file.name == "isian-bulanan-2026-10-tercatat.csv"
    posing = SimpleUploadedFile("isian.csv", b"pamong_inputs_1,person_uid\n1,x\n")
    refused = post(client, "pay:start", **asked, monthly=posing)
    assert "berbentuk isian bulanan Pamong" in text_of(refused)


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("employee", "performance:mine"),
        ("superior", "performance:team"),
        ("unit_clerk", "performance:office"),
        ("nurul", "performance:office"),
        ("nurul", "performance:sheets"),
    ],
)
def test_no_page_asks_more_than_ten_questions(
    who: str, name: str, people: People, browser: SignIn, django_assert_max_num_queries: Any
) -> None:
    enter(people)
    client = browser(who)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse(name)).status_code == 200


def test_a_month_that_runs_says_from_when_it_can_be_verified(
    people: People, browser: SignIn, read: Read
) -> None:
    services.enter_month(
        actor=people.actor("employee"), at=AT, month=date(2026, 11, 1), minutes=900, law=load_law("contoh")
    )
    text = read("superior", "performance:team", query="?bulan=2026-11")
    assert "dapat diverifikasi mulai 1 Desember 2026" in text
    assert "Verifikasi yang dicentang" not in text and 'name="ikut"' not in text
    own = str(people.city.persons["own"])
    sent = {"ikut": own, f"versi-{own}": "1", f"menit-{own}": "900", f"perilaku-{own}": "100"}
    answer = post(browser("superior"), "performance:team", query="?bulan=2026-11", **sent)
    assert answer.status_code == 422
    assert "November 2026 masih berjalan." in text_of(answer)
    assert PerformanceMonth.objects.get().state == "entered"
