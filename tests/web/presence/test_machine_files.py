"""A machine's file on its page: looked at with all that it would do, stored by a second act, once."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import User
from pamong.attendance import services
from pamong.attendance.models import Punch, PunchFile, Watermark
from pamong.people.models import Employment
from pamong.web.presence import machine_forms
from tests.attendance.test_checking import officer
from tests.attendance.test_facts import OPERATOR, Machines, make_machines
from tests.attendance.test_my_days import place
from tests.support.people import AT

SAMPLES = Path(__file__).resolve().parents[2] / "interop" / "samples"
ODD = (
    b"1001\t2026-11-02 07:12:09\t1\t0\t1\t0\n"
    b"1001\t2000-01-01 00:03:11\t1\t0\t1\t0\n"
    b"1001\t2026-02-30 07:00:00\t1\t0\t1\t0\n"
    b"1001\t2026-12-24 07:00:00\t1\t0\t1\t0\n"
    b"44\t2026-11-02 16:20:00\t1\t0\t1\t0\n"
)
LOG = "User ID,Nama,Waktu\n1001,Suparman,02/11/2026 07:29:31\n1001,Suparman,02/11/2026 16:03:10\n"


@pytest.fixture
def machines(committed_db: str, tmp_path: Path, settings: Any, monkeypatch: Any) -> Machines:
    """An office with two machines; files are read by a process of its own, so what is here is committed."""
    settings.PAMONG_FILES_ROOT, settings.PAMONG_PROFILE = tmp_path, "contoh"
    settings.PAMONG_SECOND_FACTOR = False
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setenv("PAMONG_FILES", str(tmp_path))
    monkeypatch.setenv("PAMONG_CLOCK_OFFSET", str(round((AT - datetime.now(UTC)).total_seconds())))
    made = make_machines()
    place(made, "dinkes", "balai")
    services.set_week(actor=OPERATOR, at=AT, unit="dinkes", week="5", on=date(2020, 1, 1))
    return made


def client(username: str = "nurul") -> Client:
    made = Client()
    made.force_login(User.objects.get(username=username))
    return made


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def bring(uid: Any, name: str, data: bytes, who: str = "nurul", **more: str) -> Any:
    asked = {"file": SimpleUploadedFile(name, data), **more}
    return client(who).post(reverse("presence:device_file", args=[uid]), asked)


def go_on(uid: Any, answer: Any, who: str = "nurul", **more: str) -> Any:
    """Send the next step of what a page showed."""
    key = re.search(r'name="kunci" value="([^"]+)"', answer.content.decode())
    assert key, text(answer)[:2000]
    body = {"kunci": key[1], **more}
    return client(who).post(reverse("presence:device_file", args=[uid]), body, follow=True)


def store(uid: Any, answer: Any, who: str = "nurul") -> Any:
    return go_on(uid, answer, who, langkah="simpan")


def counted(page: str, term: str) -> str:
    found = re.search(rf"<dt>{term}</dt><dd>(.*?)</dd>", page)
    assert found, term
    return found[1]


def test_a_file_is_seen_first_stored_once_and_moves_the_watermark(machines: Machines) -> None:
    looked = bring(machines.west, "1_attlog.dat", ODD, until_on="05-11-2026", until_at="16.30")
    page = text(looked)
    assert looked.status_code == 200 and "Tampaknya attlog.dat dari mesin" in page
    assert [counted(page, each) for each in ("Presensi baru", "Sudah ada", "Disisihkan")] == ["2", "0", "3"]
    assert counted(page, "Antara") == "2 November 2026", "of what will count: no machine's clock runs ahead"
    assert "Suparman" in page and "PIN 1001" in page and "2 November 2026, 07.12.09" in page
    assert "24 Desember 2026, 07.00.00" not in page and "44" in page
    assert "data mesin ini dianggap lengkap sampai 5 November 2026, 16.30" in page
    assert "2000-01-01" in page and "2026-02-30" in page and "2026-12-24" in page
    assert '<th scope="row">44</th>' in page, "nobody's number"
    assert (Punch.objects.count(), PunchFile.objects.count()) == (0, 0)
    done = store(machines.west, looked)
    assert "Berkas disimpan: 2 presensi baru, 0 sudah ada, 3 disisihkan." in text(done)
    assert Watermark.objects.get(device__uid=machines.west).at == datetime(2026, 11, 5, 9, 30, tzinfo=UTC)
    again = text(bring(machines.west, "1_attlog.dat", ODD))
    assert "Berkas ini sudah pernah disimpan oleh Nurul" in again
    assert counted(again, "Sudah ada") == "2" and "Tidak ada yang baru di berkas ini" in again
    elsewhere = text(bring(machines.east, "1_attlog.dat", ODD))
    assert "Berkas yang sama sudah disimpan untuk mesin BARAT-1" in elsewhere
    aside = text(client().get(reverse("presence:device_aside", args=[machines.west])))
    assert aside.count("1_attlog.dat") == 3 and "Setel jam mesin." in aside
    csv = client().get(reverse("presence:device_aside_file", args=[machines.west]))
    assert csv.headers["Content-Type"].startswith("text/csv")
    rows = csv.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Berkas;Baris;Sebab;Keterangan;Isi baris" and len(rows) == 4


def test_beyond_the_last_page_of_what_was_set_aside_stands_the_last(machines: Machines) -> None:
    odd = b"".join(b"1001\t2026-02-30 07:%02d:00\t1\t0\t1\t0\n" % minute for minute in range(52))
    store(machines.west, bring(machines.west, "a.dat", ODD + odd))
    address = reverse("presence:device_aside", args=[machines.west])
    for asked, rows in (("0", 50), ("1", 50), ("2", 5), ("3", 5), ("999999", 5)):
        page = text(client().get(f"{address}?hal={asked}"))
        assert page.count('<th scope="row">a.dat') == rows, asked
        assert "Tidak ada yang disisihkan" not in page, asked


def test_a_sheet_asks_for_its_columns_and_an_employees_day_changes(machines: Machines) -> None:
    looked = bring(machines.west, "log.csv", LOG.encode(), until_on="02-11-2026", until_at="18.00")
    page = text(looked)
    assert "Bentuk lembar ini belum dikenal" in page and "02/11/2026 07:29:31" in page
    assert re.search(r'id="id_kolom_0".*?<option value="pin" selected>', page), "the guess"
    assert re.search(r'id="id_kolom_2".*?<option value="moment" selected>', page), "the guess"
    wrong = go_on(machines.west, looked, kolom_0="pin", kolom_1="nip", order="day")
    told = text(wrong)
    assert wrong.status_code == 422 and "Pilih satu kolom yang berisi PIN atau NIP." in told
    assert "Pilih satu kolom yang berisi tanggal dan jam" in told and "02/11/2026 07:29:31" in told
    seen = go_on(machines.west, wrong, kolom_0="pin", kolom_2="moment", order="day")
    assert counted(text(seen), "Presensi baru") == "2" and "Kolomnya keliru? Pilih lagi" in text(seen)
    other = text(go_on(machines.west, seen, kolom_0="pin", kolom_2="moment", order="month"))
    assert "11 Februari 2026" in other, "the other order of day and month"
    assert "2 presensi baru" in text(store(machines.west, seen))
    assert "lembar, kolomnya dipilih petugas" in text(
        client().get(reverse("presence:device", args=[machines.west]))
    )
    days = text(client("employee").get(reverse("presence:mine") + "?bulan=2026-11"))
    assert "07.29" in days and "16.03" in days


def test_a_workbook_with_nips_and_two_bad_cells_in_one_row(machines: Machines) -> None:
    nip = Employment.objects.filter(person_id=machines.people.city.ids["mate"]).latest("id").nip
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, cells in enumerate(
        [
            ("DAFTAR", "", "", ""), ("NIP", "Tgl", "Jam datang", "Jam pulang"),
            (nip, "02/11/2026", "07.12", "16.31"), (nip, "03/11/2026", "25.99", "26.10"),
            ("198001012005011001", "02/11/2026", "07.12", ""),
        ]
    ):  # fmt: skip
        sheet.write_row(number, 0, cells)
    book.close()
    looked = bring(machines.west, "hadir.xlsx", data.getvalue())
    seen = go_on(
        machines.west, looked, kolom_0="nip", kolom_1="day", kolom_2="time", kolom_3="time", order="day"
    )
    page = text(seen)
    assert [counted(page, each) for each in ("Presensi baru", "Disisihkan")] == ["2", "2"]
    assert "belum ada di data pegawai" in page and "PIN dan NIP kosong" not in page
    assert "Orangnya tidak dikenal" in page and "25.99" in page and "26.10" in page
    assert "2 presensi baru, 0 sudah ada, 2 disisihkan" in text(store(machines.west, seen))
    assert set(Punch.objects.values_list("person_id", flat=True)) == {machines.people.city.ids["mate"]}


def nip_of(machines: Machines, key: str) -> str:
    found = Employment.objects.filter(person_id=machines.people.city.ids[key]).latest("id").nip
    assert found is not None
    return str(found)


def test_a_serial_number_that_is_not_the_machines_must_be_confirmed(machines: Machines) -> None:
    data = (SAMPLES / "1_attlog_ext_sn_header_checksum.dat").read_bytes()
    looked = bring(machines.west, "1_attlog_ext_sn_header_checksum.dat", data)
    page = text(looked)
    assert "Berkas ini menyebut nomor seri TESTSN0000001, bukan BARAT-1, dan mesin itu belum dicatat" in page
    assert "Benar, berkas bernomor seri TESTSN0000001 ini dari mesin BARAT-1." in page
    refused = store(machines.west, looked)
    assert refused.status_code == 422 and "Centang dulu bahwa berkas ini dari mesin ini." in text(refused)
    assert not Punch.objects.exists()
    done = go_on(machines.west, refused, langkah="simpan", same="on")
    assert "2 presensi baru" in text(done) and Punch.objects.count() == 2
    own = text(bring(machines.west, "1_attlog.dat", ODD))
    assert "menyebut nomor seri" not in own, "the third column of an attlog is no serial number"
    known = bring(machines.west, "x.dat", data.replace(b"TESTSN0000001", b"TIMUR-1"))
    assert "Benar, berkas" not in text(known)


def test_a_file_that_brings_nothing_new_says_so_and_leads_back(machines: Machines) -> None:
    store(machines.west, bring(machines.west, "1_attlog.dat", ODD))
    again = text(bring(machines.west, "1_attlog.dat", ODD))
    assert "Simpan" not in again and "Kembali ke mesin ini" in again
    later = bring(machines.west, "1_attlog.dat", ODD, until_on="05-11-2026", until_at="16.30")
    page = text(later)
    assert "Tidak ada presensi baru di berkas ini." in page and "Simpan presensi" not in page
    assert "hanya batas data lengkap mesin ini yang maju" in page and "Kembali ke mesin ini" in page
    assert "0 presensi baru" in text(store(machines.west, later))
    assert Watermark.objects.get(device__uid=machines.west).at == datetime(2026, 11, 5, 9, 30, tzinfo=UTC)


SCANLOG = "No. ID;NIP;Nama;Tanggal;Scan Masuk;Scan Pulang\n"


def test_a_row_whose_number_and_nip_are_of_two_people_is_nobodys(machines: Machines) -> None:
    own, mate = nip_of(machines, "own"), nip_of(machines, "mate")
    log = (
        SCANLOG + f"1001;'{own};A;02/11/2026;07:12;16:03\n1001;'{mate};B;03/11/2026;07:13;16:04\n"
        "1001;'198504172010011999;C;04/11/2026;07:14;16:05\n77;'198504172010011999;C;04/11/2026;07:15;\n"
    ).encode()
    looked = bring(machines.west, "scanlog.csv", log)
    page = text(looked)
    assert [counted(page, each) for each in ("Presensi baru", "Disisihkan")] == ["3", "2"]
    assert page.count("PIN dan NIP menunjuk orang yang berbeda") == 2
    assert "NIP di baris ini milik pegawai lain, bukan pemilik PIN 1001" in page
    assert "NIP 198504172010011999 belum ada di data pegawai, sedangkan PIN 1001 milik orang" in page
    assert "2 disisihkan" in text(store(machines.west, looked)) and Punch.objects.count() == 3
    assert not Punch.objects.filter(person_id=machines.people.city.ids["mate"]).exists()
    address = reverse("presence:device_aside", args=[machines.west])
    assert "Periksa pemilik PIN-nya dan NIP di berkas" in text(client().get(address))
    services.end_pin(actor=OPERATOR, at=AT, group=machines.group, pin="1001", on=date(2026, 11, 3))
    settled = text(store(machines.west, bring(machines.west, "scanlog.csv", log)))
    assert "4 presensi baru, 3 sudah ada, 0 disisihkan" in settled
    assert "Tidak ada yang disisihkan" in text(client().get(address)), "brought again, by its owner"


def test_who_stands_on_a_sheet_leaves_his_rows_to_another(machines: Machines) -> None:
    officer(machines)
    machines.give("chief", "1001x")
    log = b"PIN,Tanggal,Scan 1,Scan 2\n1001x,02/11/2026,07:29,16:03\n1001,02/11/2026,07:30,16:01\n"
    looked = bring(machines.west, "scan.csv", log, "superior")
    page = text(looked)
    assert [counted(page, each) for each in ("Presensi baru", "Disisihkan")] == ["2", "1"]
    assert counted(page, "Data lengkap sampai") == "–" and "data mesin ini dianggap lengkap" not in page
    told = "2 presensi Anda sendiri atau keluarga disisihkan: minta petugas lain mengunggah berkas yang sama."
    assert told in page and "Sampai saat itu data mesin ini belum dianggap lengkap" in page
    done = text(store(machines.west, looked, "superior"))
    assert "2 presensi baru" in done and told in done and Punch.objects.count() == 2
    again = text(bring(machines.west, "scan.csv", log, "superior"))
    assert counted(again, "Sudah disisihkan") == "1" and "Tidak ada yang baru di berkas ini" in again
    aside = reverse("presence:device_aside", args=[machines.west])
    assert "Petugas lain memasukkan berkas yang sama" in text(client().get(aside))
    other = store(machines.west, bring(machines.west, "scan.csv", log))
    assert "2 presensi baru, 2 sudah ada, 0 disisihkan" in text(other) and Punch.objects.count() == 4
    assert Watermark.objects.filter(device__uid=machines.west).exists()
    assert "Tidak ada yang disisihkan" in text(client().get(aside))


def test_the_machines_own_file_has_a_machine_to_vouch_for_it(machines: Machines) -> None:
    officer(machines)
    machines.give("chief", "1001x")
    fine = bring(machines.west, "1_attlog.dat", ODD.replace(b"1001", b"1001x"), "superior")
    assert counted(text(fine), "Presensi baru") == "2"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("catatan.txt", b"halo\nhalo\n", "format data presensi ini belum dikenal"),
        ("a.csv", b"NIP BARU;NAMA;TEMPAT LAHIR NAMA\n1;x;y\n", "tampaknya daftar pegawai"),
        ("log.csv", b"1001;2026-11-02 07:00\n1002;2026-11-02 07:01\n", "bukan judul kolom"),
        ("foto.png", b"\x89PNG\r\n\x1a\n123", "bukan tabel"),
        ("x_attlog.dat", b"9\t2019-05-01 07:00:00\t1\t0\t1\t0\n", "Lokasi mesin ini pada 1 Mei 2019 belum"),
    ],
)
def test_what_can_not_be_read_is_told_in_one_sentence(
    machines: Machines, name: str, data: bytes, told: str
) -> None:
    answer = bring(machines.west, name, data)
    assert answer.status_code == 422 and told in text(answer)
    assert PunchFile.objects.count() == 0


def test_the_steps_are_bound_to_who_took_the_first(machines: Machines) -> None:
    looked = bring(machines.west, "1_attlog.dat", ODD)
    other = store(machines.west, looked, "wahyu")
    assert "tidak berlaku lagi, atau bukan untuk akun ini. Unggah lagi berkasnya" in text(other)
    assert "sehari" not in text(other) and PunchFile.objects.count() == 0
    forged = client().post(
        reverse("presence:device_file", args=[machines.west]),
        {"kunci": "x", "langkah": "simpan"},
        follow=True,
    )
    assert "tidak berlaku lagi, atau bukan untuk akun ini" in text(forged) and PunchFile.objects.count() == 0
    clerk = client("unit_clerk").post(reverse("presence:device_files"), {"kunci": "x"})
    assert clerk.status_code == 403


def test_a_form_says_what_is_missing_before_anything_is_read(machines: Machines, monkeypatch: Any) -> None:
    empty = client().post(reverse("presence:device_files"), {})
    told = text(empty)
    assert empty.status_code == 422 and "Mesin: pilih mesin asal berkas ini." in told
    assert "Berkas dari mesin: pilih berkasnya." in told
    half = bring(machines.west, "a.dat", ODD, until_on="05-11-2026")
    assert "Pukul: isi jamnya, atau kosongkan tanggalnya." in text(half)
    assert "pilih lagi berkasnya" in text(half)
    ahead = bring(machines.west, "a.dat", ODD, until_on="24-12-2026", until_at="07.00")
    assert "tanggal itu belum tiba" in text(ahead)
    later = bring(machines.west, "a.dat", ODD, until_on="10-11-2026", until_at="23.00")
    assert "ada di masa depan" in text(later)
    monkeypatch.setattr(machine_forms, "MOST_BYTES", 100)
    large = bring(machines.west, "a.dat", ODD)
    assert large.status_code == 422 and "pamong presence punches" in text(large)


def test_the_pages_take_few_queries(machines: Machines, django_assert_max_num_queries: Any) -> None:
    for day in range(3):
        store(machines.west, bring(machines.west, "a.dat", ODD.replace(b"-02 ", b"-0%d " % (day + 3))))
    officer = client()
    officer.get(reverse("presence:devices"))
    for name in ("device", "device_file", "device_aside", "device_move", "device_end"):
        with django_assert_max_num_queries(10):
            assert officer.get(reverse(f"presence:{name}", args=[machines.west])).status_code == 200
    for name in ("devices", "device_files", "device_new", "site_new"):
        with django_assert_max_num_queries(10):
            assert officer.get(reverse(f"presence:{name}")).status_code == 200
