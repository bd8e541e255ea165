"""Machines and their numbers on their pages: entered, moved, ended; whose a number is, one and many."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access.models import ReadLog
from pamong.attendance import queries
from pamong.attendance.models import DeviceRow, Pin
from pamong.attendance.services import PunchRow
from pamong.people.models import Employment
from tests.attendance.test_checking import officer
from tests.attendance.test_facts import OPERATOR, Machines, at
from tests.support.people import small_people
from tests.web.presence.test_machine_files import client, machines, text

__all__ = ["machines"]


def send(route: str, /, *args: object, who: str = "nurul", **body: Any) -> tuple[int, str]:
    answer = client(who).post(reverse(f"presence:{route}", args=args), body, follow=True)
    return answer.status_code, text(answer)


def page(name: str, *args: object, who: str = "nurul", query: str = "") -> str:
    answer = client(who).get(reverse(f"presence:{name}", args=args) + query)
    assert answer.status_code == 200
    return text(answer)


def site(code: str) -> str:
    return str(queries.find_site(actor=OPERATOR, code=code))


def test_a_site_and_a_machine_are_entered_and_told_what_to_do_next(machines: Machines) -> None:
    status, told = send("site_new", name="Gedung B", code="Gedung B", zone="Asia/Makassar", on="01-01-2026")
    assert status == 422 and "hanya boleh berisi huruf kecil" in told
    status, told = send("site_new", name="Gedung B", code="balai", zone="Asia/Makassar", on="01-01-2026")
    assert status == 422 and "sudah dipakai" in told
    status, told = send("site_new", name="Gedung B", code="gedung_b", zone="Asia/Makassar", on="01-01-2026")
    assert "Lokasi dicatat." in told and f'value="{site("gedung_b")}" selected' in told
    asked = {"serial": "B-7", "group": "Gedung B", "site": site("gedung_b"), "on": "30-02-2026"}
    status, told = send("device_new", **asked)
    assert status == 422 and "februari 2026 hanya sampai tanggal 28" in told.lower()
    status, told = send("device_new", **asked | {"on": "05-01-2025"})
    assert status == 422 and "Lokasi ini belum ada pada 5 Januari 2025" in told
    assert queries.find_group(actor=OPERATOR, name="Gedung B") is None, "nothing of it is stored"
    status, told = send("device_new", **asked | {"on": "05-01-2026", "name": "Lobi"})
    assert "Mesin dicatat." in told and "Mesin B-7" in told and "Data belum masuk" in told
    status, told = send("device_new", **asked | {"on": "05-01-2026"})
    assert status == 422 and "Mesin dengan nomor seri B-7 sudah dicatat" in told


def test_a_sites_code_is_made_of_its_name_and_sites_are_listed(machines: Machines) -> None:
    asked = {"code": "", "zone": "Asia/Jakarta", "on": "01-01-2026"}
    status, told = send("site_new", name="Puskesmas Kec. Bumi-Asri", **asked)
    assert "Lokasi dicatat." in told and site("puskesmas_kec_bumi_asri") != "None"
    status, told = send("site_new", name="***", **asked)
    assert status == 422 and "Kode: isi kodenya." in told
    shown = page("devices")
    assert "Puskesmas Kec. Bumi-Asri" in shown and "puskesmas_kec_bumi_asri" in shown
    balai = shown.split('<th scope="row">Balai</th>')[1].split("</tr>")[0]
    assert "BARAT-1" in balai and f"lokasi={site('balai')}" in balai and "TIMUR-1" not in balai


def test_a_machine_says_what_came_and_of_which_days(machines: Machines) -> None:
    new = page("device", machines.west)
    assert "Data belum masuk" in new and "Data lengkap sampai" not in new
    machines.store(machines.west, PunchRow(1, at(30, 7, month=10), "1001"), PunchRow(2, at(2, 7), "1001"))
    shown = page("device", machines.west)
    assert "Presensi 30 Oktober 2026 sampai 2 November 2026" in shown and "Data lengkap sampai" in shown
    machines.store(machines.west, PunchRow(1, at(3, 7), "1001"))
    assert "Presensi 3 November 2026<" in page("device", machines.west)


def test_a_machine_is_moved_and_put_out_of_use(machines: Machines) -> None:
    status, told = send("device_move", machines.west, site=site("timur"), on="01-11-2026", name="Lobi")
    assert "di lokasi yang baru mulai 1 November 2026" in told
    assert "31 Oktober 2026" in told and "Timur" in told and "Lobi" in told
    status, told = send("device_end", machines.west, on="01-01-2020")
    assert status == 422 and "Ada yang perlu dibetulkan" in told
    status, told = send("device_end", machines.west, on="05-11-2026")
    assert "tidak dipakai lagi mulai 5 November 2026" in told and "tidak dipakai hari ini" in told
    rows = DeviceRow.objects.known().filter(device__uid=machines.west)
    assert max(row.period.upper for row in rows) == date(2026, 11, 5)


def test_an_unknown_number_gets_its_owner_and_his_punches(machines: Machines) -> None:
    machines.store(machines.west, PunchRow(1, at(2, 7, 20), "55"), PunchRow(2, at(3, 7, 21), "55"))
    shown = page("group", machines.group)
    assert "PIN yang belum punya pemilik" in shown and "2 November 2026 sampai 3 November 2026" in shown
    form = page("pin_owner", machines.group, query="?pin=55&sejak=2026-11-02")
    assert 'value="55"' in form and 'value="02-11-2026"' in form
    asked = {"pin": "0055", "on": "02-11-2026", "words": "ketut", "langkah": "cari"}
    status, found = send("pin_owner", machines.group, **asked)
    mate = str(machines.people.city.persons["mate"])
    assert status == 200 and "Ketut Sariasih" in found and mate in found
    status, told = send("pin_owner", machines.group, **asked | {"langkah": "simpan"})
    assert status == 422 and "Pegawai: cari namanya, lalu pilih satu." in told
    status, told = send("pin_owner", machines.group, **asked | {"langkah": "simpan", "person": mate})
    assert "Pemilik PIN 0055 dicatat." in told and "PIN yang belum punya pemilik" not in told
    assert len(machines.of("mate", date(2026, 11, 1), date(2026, 11, 30))) == 2
    assert ReadLog.objects.filter(path="attendance.pins").exists()
    nobody = send("pin_owner", machines.group, **asked | {"words": "xyz"})[1]
    assert "Tidak ada yang cocok." in nobody


def test_numbers_of_nobody_are_told_of_recent_days_and_read_only_where_they_are_shown(
    machines: Machines,
) -> None:
    machines.store(machines.west, PunchRow(1, at(1, 7, month=3), "66"), PunchRow(2, at(2, 7), "55"))
    for name, of in (("group", machines.group), ("device", machines.west)):
        assert "dalam 62 hari terakhir" in page(name, of), name
    shown = page("group", machines.group)
    assert '<th scope="row">55</th>' in shown and '<th scope="row">66</th>' not in shown
    assert "1 PIN punya presensi" in page("device", machines.west)
    found = queries.list_unknown_pins(actor=OPERATOR, group=machines.group)
    assert {each.pin for each in found} == {"55", "66"}, "whoever asks for all is told of all"
    for name, more in (("pin_owner", ()), ("pin_end", ("1001",)), ("numbers", ())):
        with CaptureQueriesContext(connection) as asked:
            page(name, machines.group, *more)
        assert not [each for each in asked.captured_queries if "attendance_punch " in each["sql"]], name


def test_of_a_number_that_was_ended_only_the_days_after_are_nobodys(machines: Machines) -> None:
    rows = [PunchRow(day, at(day, 7), pin) for day in (2, 3, 4) for pin in ("1001", "77")]
    machines.give("mate", "77")
    machines.store(machines.west, *rows)
    assert queries.list_unknown_pins(actor=OPERATOR, group=machines.group) == []
    send("pin_end", machines.group, "77", on="03-11-2026")
    (found,) = queries.list_recent_unknown(actor=OPERATOR, group=machines.group)
    assert (found.pin, found.punches) == ("77", 2)
    assert (found.first_on, found.last_on) == (date(2026, 11, 3), date(2026, 11, 4))


def test_two_people_with_one_number_are_told_and_it_is_ended_first(machines: Machines) -> None:
    mate = str(machines.people.city.persons["mate"])
    asked = {"pin": "1001", "on": "01-11-2026", "words": "ketut", "person": mate, "langkah": "simpan"}
    status, told = send("pin_owner", machines.group, **asked)
    assert status == 422 and "PIN 1001 sudah dipakai orang lain sejak 1 Januari 2026" in told
    assert "PIN ini sudah pernah dicatat" in told and "Suparman" in told
    status, told = send("pin_end", machines.group, "1001", on="01-11-2026")
    assert "PIN 1001 bebas mulai 1 November 2026." in told
    assert send("pin_end", machines.group, "1001", on="05-11-2026")[0] == 422
    assert "Pemilik PIN 1001 dicatat." in send("pin_owner", machines.group, **asked)[1]
    shown = page("group", machines.group, query="?pin=1001")
    assert "Suparman" in shown and "Ketut Sariasih" in shown and "31 Oktober 2026" in shown


def test_an_ended_number_is_given_again_and_numbers_are_found_by_name(machines: Machines) -> None:
    machines.give("mate", "77")
    send("pin_end", machines.group, "1001", on="01-11-2026")
    shown = page("group", machines.group)
    assert shown.count("Catat lagi") == 1
    link = shown.split("Catat lagi")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    form = text(client().get(link))
    own = str(machines.people.city.persons["own"])
    assert 'value="1001"' in form and 'value="01-11-2026"' in form and 'value="Suparman' in form
    assert f'value="{own}" checked' in form and "******" in form
    asked = {"pin": "1001", "on": "01-11-2026", "words": "suparman", "person": own, "langkah": "simpan"}
    assert "Pemilik PIN 1001 dicatat." in send("pin_owner", machines.group, **asked)[1]
    assert "Catat lagi" not in page("group", machines.group), "it has an owner again"
    by_name = page("group", machines.group, query="?pin=ketut")
    assert '<th scope="row">77</th>' in by_name and '<th scope="row">1001</th>' not in by_name
    assert "Tidak ada PIN yang cocok" in page("group", machines.group, query="?pin=xyz")


def test_a_list_is_looked_at_first(machines: Machines) -> None:
    nip = {
        key: Employment.objects.filter(person_id=machines.people.city.ids[key]).latest("id").nip
        for key in ("own", "mate")
    }
    rows = f"PIN;NIP;SEJAK\n1001;'{nip['own']};01-01-2026\n77;'{nip['mate']};01-02-2026\n78;'1999;\n"
    file = SimpleUploadedFile("pin.csv", rows.encode())
    status, told = send("numbers", machines.group, file=file, on="01-01-2026")
    assert status == 200 and "<dt>PIN yang akan dicatat</dt><dd>1</dd>" in told
    assert "<dt>Sudah tercatat</dt><dd>1</dd>" in told and "baris 4" in told
    assert not Pin.objects.filter(pin="77").exists()
    key = told.split('name="kunci" value="')[1].split('"')[0]
    other = send("numbers", machines.group, kunci=key, who="wahyu")[1]
    assert "tidak berlaku lagi, atau bukan untuk akun ini. Unggah lagi berkasnya" in other
    assert "1 PIN dicatat." in send("numbers", machines.group, kunci=key)[1]
    assert Pin.objects.get(pin="77").period.lower == date(2026, 2, 1)
    taken = SimpleUploadedFile("pin.csv", f"PIN;NIP\n77;'{nip['own']}\n".encode())
    status, told = send("numbers", machines.group, file=taken, on="01-03-2026")
    assert status == 422 and "PIN 77 sudah dipakai orang lain sejak 1 Februari 2026" in told
    odd = SimpleUploadedFile("pin.csv", b"NAMA;UNIT\nx;y\n")
    status, told = send("numbers", machines.group, file=odd, on="01-03-2026")
    assert status == 422 and "kolom PIN dan NIP tidak ada" in told


def test_nobody_says_whose_his_own_number_is(machines: Machines) -> None:
    officer(machines)
    chief = str(machines.people.city.persons["chief"])
    asked = {"pin": "9", "on": "01-11-2026", "words": "bernadeta", "person": chief, "langkah": "simpan"}
    answer = client("superior").post(reverse("presence:pin_owner", args=[machines.group]), asked)
    assert "PIN Anda sendiri atau keluarga Anda dicatat petugas lain." in text(answer)
    machines.give("chief", "9")
    answer = client("superior").post(
        reverse("presence:pin_end", args=[machines.group, "9"]), {"on": "01-11-2026"}
    )
    assert "PIN Anda sendiri atau keluarga Anda dicatat petugas lain." in text(answer)
    assert Pin.objects.get(pin="9").period.upper is None


def test_the_pages_of_numbers_take_few_queries(
    machines: Machines, django_assert_max_num_queries: Any
) -> None:
    for number in range(70):
        machines.give("mate", f"2{number:03}")
    officer = client()
    officer.get(reverse("presence:devices"))
    for name, more in (("group", ()), ("pin_owner", ()), ("pin_end", ("1001",)), ("numbers", ())):
        with django_assert_max_num_queries(10):
            answer = officer.get(reverse(f"presence:{name}", args=[machines.group, *more]))
        assert answer.status_code == 200
    assert "2069" in page("group", machines.group, query="?hal=2")
    for asked in ("0", "3"):
        assert "1001" in page("group", machines.group, query=f"?hal={asked}"), "a page that is not there"


def test_who_may_not_is_refused_and_what_is_not_there_is_told(machines: Machines) -> None:
    nothing = "01900000-0000-7000-8000-000000000000"
    of_machine = ("device", "device_file", "device_aside", "device_aside_file", "device_move", "device_end")
    of_one = dict.fromkeys(of_machine, (machines.west,))
    of_one |= dict.fromkeys(("group", "numbers", "pin_owner"), (machines.group,))
    of_one["pin_end"] = (machines.group, "1001")
    all_pages: dict[str, tuple[Any, ...]] = of_one | dict.fromkeys(
        ("devices", "device_files", "device_new", "site_new"), ()
    )
    for who in ("unit_clerk", "superior", "employee", "arif"):
        person = client(who)
        for name, args in all_pages.items():
            assert person.get(reverse(f"presence:{name}", args=args)).status_code == 403, (name, who)
    officer = client()
    for name, (_, *more) in of_one.items():
        asked = reverse(f"presence:{name}", args=[nothing, *more])
        assert officer.get(asked).status_code == 404, name


@pytest.mark.parametrize("name", ["devices", "device_files", "device_new"])
def test_an_empty_site_says_how_to_begin(name: str, committed_db: str, settings: Any) -> None:
    settings.PAMONG_SECOND_FACTOR = False
    small_people()
    shown = page(name)
    assert "Belum ada lokasi" in shown if name == "device_new" else "Belum ada mesin" in shown
