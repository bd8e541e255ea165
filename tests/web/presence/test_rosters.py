"""A unit's roster on its page: looked at before it is stored; and two people who trade their days."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pamong.access.models import User
from pamong.attendance import queries
from pamong.attendance.models import RosterDay
from pamong.attendance.services import ShiftTimes
from pamong.interop.workbooks import read_sheets
from pamong.people.models import Employment
from pamong.web.presence.rosters import changes
from tests.attendance.test_my_days import Office
from tests.attendance.world import SHIFTS, Ward, on
from tests.support.people import AT


@pytest.fixture
def ward(stage_office: Office, db: None, tmp_path: Path, settings: Any) -> Ward:
    settings.PAMONG_FILES_ROOT, settings.PAMONG_PROFILE = tmp_path, "contoh"
    settings.PAMONG_SECOND_FACTOR = False
    settings.PAMONG_CLOCK_OFFSET = AT - datetime.now(UTC)
    found = Ward(stage_office)
    for code, times in SHIFTS.items():
        found.define(code, times)
    return found


def client(username: str) -> Client:
    made = Client()
    made.force_login(User.objects.get(username=username))
    return made


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def upload(ward: Ward, cells: str, month: str = "2026-11") -> Any:
    nip = Employment.objects.filter(person_id=ward.person()).latest("id").nip
    file = SimpleUploadedFile("jadwal.csv", f"NIP;NAMA;1;2;3\n'{nip};Suparman;{cells}\n".encode())
    asked = {"unit": "dinkes", "bulan": month, "file": file}
    return client("unit_clerk").post(reverse("presence:roster"), asked)


def test_a_sheet_is_seen_first_and_stored_by_a_second_act(ward: Ward) -> None:
    looked = upload(ward, "P;M;L")
    page = text(looked)
    assert "Tidak ada masalah: 3 hari berubah, 3 hari di antaranya sudah lewat. Lihat sekali lagi" in page
    assert RosterDay.objects.count() == 0
    key = re.search(r'name="kunci" value="([^"]+)"', page)
    assert key
    clerk = client("unit_clerk")
    done = clerk.post(reverse("presence:roster"), {"kunci": key[1]}, follow=True)
    assert "Jadwal disimpan: 3 hari berubah, 3 hari di antaranya sudah lewat." in text(done)
    assert "Suparman" in text(done) and "3 hari dicatat sesudah harinya." in text(done)
    assert RosterDay.objects.count() == 3
    forged = clerk.post(reverse("presence:roster"), {"kunci": key[1] + "x"}, follow=True)
    assert "tidak berlaku lagi atau bukan untuk akun ini. Unggah lagi berkasnya" in text(forged)


def test_problems_stand_beside_the_sheet_and_nothing_can_be_stored(ward: Ward) -> None:
    page = text(upload(ward, "P;X;L"))
    assert "Belum dapat disimpan" in page and "kode dinas &#39;X&#39; tidak dikenal" in page
    assert 'name="kunci"' not in page
    file = SimpleUploadedFile("a.csv", b"NAMA;UNIT\nSiti;Melati")
    asked = {"unit": "dinkes", "bulan": "2026-11", "file": file}
    odd = client("unit_clerk").post(reverse("presence:roster"), asked)
    assert odd.status_code == 422 and "kolom NIP dan kolom tanggal 1 sampai 31 tidak ada" in text(odd)
    other = upload(ward, "P;P;L", month="2031-01")
    assert other.status_code == 422 and "Bulan: pilih dari daftar." in text(other)


def test_the_page_of_a_month_takes_few_queries(ward: Ward, django_assert_max_num_queries: Any) -> None:
    ward.roster({2: "P", 3: "L", 12: "P+S"})
    clerk = client("unit_clerk")
    clerk.get(reverse("presence:roster"))
    with django_assert_max_num_queries(10):
        answer = clerk.get(reverse("presence:roster") + "?unit=dinkes&bulan=2026-11")
    assert "P+S" in text(answer) and "Pagi, 07.00–14.00" in text(answer)
    assert client("unit_clerk").get(reverse("presence:roster") + "?unit=disdik").status_code == 403


def test_numbers_are_written_as_elsewhere() -> None:
    assert changes(1350, 405) == "1.350 hari berubah, 405 hari di antaranya sudah lewat"
    assert changes(0, 0) == "tidak ada hari yang berubah"


def test_from_a_units_month_one_gets_to_another_units(ward: Ward) -> None:
    page = text(client("unit_clerk").get(reverse("presence:roster") + "?unit=pkm_melati&bulan=2026-10"))
    chooser = re.search(r'<form class="ui-form pick-unit".*?</form>', page)
    assert chooser and "Unit lain" in chooser[0]
    assert 'name="bulan" value="2026-10"' in chooser[0]
    assert '<option value="dinkes">' in chooser[0] and '<option value="pkm_melati" selected>' in chooser[0]
    assert re.search(r'<a[^>]* href="/presensi/jadwal/"[^>]*>Jadwal dinas</a>', page), "the trail leads back"
    looked = text(upload(ward, "P;M;L"))
    assert re.search(r'<a[^>]* href="/presensi/jadwal/"[^>]*>Jadwal dinas</a>', looked)


def test_a_month_beyond_all_is_the_last_or_the_first_that_there_is(ward: Ward) -> None:
    clerk, uid = client("unit_clerk"), ward.machines.people.city.persons["own"]
    addresses = [reverse(f"presence:{name}") for name in ("roster", "roster_sheet")]
    addresses.append(reverse("presence:roster_person", args=[uid]))
    last = [clerk.get(f"{address}?unit=dinkes&bulan=9999-12") for address in addresses]
    assert [answer.status_code for answer in last] == [200, 200, 200]
    assert "Dinas Kesehatan, Desember 2100" in text(last[0])
    assert re.findall(r'bulan=([0-9-]+)" rel=', text(last[0])) == ["2100-11"]
    first = [clerk.get(f"{address}?unit=dinkes&bulan=0001-01") for address in addresses]
    # The unit was not there in 1900: pages say so, the sheet leads back to its page.
    assert [answer.status_code for answer in first] == [404, 404, 404]
    assert clerk.get(addresses[0] + "?bulan=0001-01").status_code == 200


def test_a_trade_is_asked_for_on_the_page_and_withdrawn_again(ward: Ward) -> None:
    ward.roster({12: "P", 13: "S"})
    ward.roster({12: "S", 13: "P"}, "mate")
    me = client("employee")
    mate = ward.machines.people.city.persons["mate"]
    asked = {"mine": "2026-11-12", "theirs": f"{mate}:2026-11-13", "reason": "mengantar anak"}
    wrong = me.post(reverse("presence:swaps"), asked | {"reason": "-"})
    assert wrong.status_code == 422 and "Ketut Sariasih, 13 November 2026, P" in text(wrong)
    done = me.post(reverse("presence:swaps"), asked, follow=True)
    assert "Tukar dinas diusulkan." in text(done) and "Menunggu rekan" in text(done)
    assert "12 November 2026, <b>P</b>" in text(done) and "13 November 2026, <b>P</b>" in text(done)
    again = me.post(reverse("presence:swaps"), asked)
    assert again.status_code == 422 and "sudah diusulkan untuk ditukar dan belum selesai" in text(again)
    chief = ward.machines.people.actor("superior")
    (view,) = queries.list_swaps(actor=chief, at=AT)
    done = me.post(reverse("presence:swaps"), {"tukar": view.uid, "langkah": "withdrawn"}, follow=True)
    assert "Ditarik" in text(done)
    lost = me.post(reverse("presence:swaps"), {"tukar": "x", "langkah": "withdrawn"}, follow=True)
    assert "tidak ada, atau bukan urusan Anda" in text(lost)


def test_who_is_on_no_roster_has_nothing_to_trade(ward: Ward) -> None:
    assert "belum ada yang dapat ditukar" in text(client("employee").get(reverse("presence:swaps")))


def sheet_of(clerk: Client) -> Any:
    """The sheet of a month as the clerk downloads it, as rows of cells."""
    answer = clerk.get(reverse("presence:roster_sheet") + "?unit=dinkes&bulan=2026-11")
    assert answer.status_code == 200, text(answer)[:300]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="jadwal-dinkes-2026-11.xlsx"'
    return [cells for _place, cells in read_sheets(answer.content, "jadwal.xlsx")[0]]


def test_a_sheet_with_names_is_downloaded_filled_in_and_read_without_any_nip(
    ward: Ward, django_assert_max_num_queries: Any
) -> None:
    ward.roster({2: "P"})
    clerk = client("unit_clerk")
    with django_assert_max_num_queries(10):
        heads, *people = sheet_of(clerk)
    assert list(heads[:4]) == ["NAMA", "KUNCI", "1", "2"] and len(heads) == 32
    by_name = {row[0]: row for row in people}
    assert by_name["Suparman"][3] == "P" and "Ketut Sariasih" in by_name
    nips = [nip.encode() for nip in Employment.objects.values_list("nip", flat=True)]
    assert not [nip for nip in nips if nip in b";".join(str(row).encode() for row in people)]
    filled = f"NAMA;KUNCI;12;13\nSuparman;{by_name['Suparman'][1]};M;L\n"
    asked = {
        "unit": "dinkes", "bulan": "2026-11", "file": SimpleUploadedFile("isi.csv", filled.encode()),
    }  # fmt: skip
    looked = text(clerk.post(reverse("presence:roster"), asked))
    assert (
        "Tidak ada masalah: 2 hari berubah. Lihat sekali lagi, lalu simpan." in looked
        and "Suparman" in looked
    )
    key = re.search(r'name="kunci" value="([^"]+)"', looked)
    assert key
    clerk.post(reverse("presence:roster"), {"kunci": key[1]})
    assert RosterDay.objects.known().count() == 3
    broken = filled.replace(str(by_name["Suparman"][1]), "0190-x")
    again = clerk.post(
        reverse("presence:roster"), asked | {"file": SimpleUploadedFile("isi.csv", broken.encode())}
    )
    assert "kunci ini berubah; unduh lagi lembar jadwalnya" in text(again)
    assert client("unit_clerk").get(reverse("presence:roster_sheet") + "?unit=disdik").status_code == 403


def test_a_day_is_filled_in_on_the_page_by_the_rules_of_a_sheet(
    ward: Ward, django_assert_max_num_queries: Any
) -> None:
    ward.roster({12: "M"})
    clerk, uid = client("unit_clerk"), ward.machines.people.city.persons["own"]
    month = text(clerk.get(reverse("presence:roster") + "?unit=dinkes&bulan=2026-11"))
    address = reverse("presence:roster_person", args=[uid]) + "?unit=dinkes&bulan=2026-11"
    assert address.replace("&", "&amp;") in month and "Ketut Sariasih" in month
    with django_assert_max_num_queries(10):
        page = text(clerk.get(address))
    assert "P · Pagi 07.00–14.00" in page and "P+S · Pagi, Siang" in page and "P+M" not in page
    ward.define("E", ShiftTimes("Dini", time(5), time(9), 60, 60))
    same = {"h12": "M", "w12": "M", "h13": "", "w13": ""}
    clash = clerk.post(address, same | {"h13": "E"})
    assert clash.status_code == 422
    assert "Hari 13: jam kerja 13 November 2026 pukul 05.00 sampai 09.00 WIB bertabrakan" in text(clash)
    odd = text(clerk.post(address, same | {"h13": "QQ", "h14": "QQ"}))
    assert odd.count("kode dinas &#39;QQ&#39; tidak dikenal di unit ini") == 1 and "Hari 13, 14: " in odd
    done = clerk.post(address, same | {"h13": "S", "h3": "L"}, follow=True)
    assert "Jadwal Suparman disimpan: 2 hari berubah, 1 hari di antaranya sudah lewat." in text(done)
    assert RosterDay.objects.known().count() == 3
    assert "Tidak ada hari yang diubah." in text(clerk.post(address, same, follow=True))
    # What another changed meanwhile is not set back by a page that is older.
    stale = {"h13": "", "w13": "", "h20": "P", "w20": ""}
    clerk.post(address, stale)
    assert RosterDay.objects.known().get(period__contains=on(13)).first.code == "S"


def test_a_name_is_found_and_others_are_not_shown(ward: Ward) -> None:
    ward.roster({12: "M"})
    found = text(
        client("unit_clerk").get(reverse("presence:roster") + "?unit=dinkes&bulan=2026-11&cari=sari")
    )
    assert "Ketut Sariasih" in found and "Suparman" not in found
    none = text(client("unit_clerk").get(reverse("presence:roster") + "?unit=dinkes&cari=zzz"))
    assert "Tidak ada yang cocok" in none
    foreign = ward.machines.people.city.persons["foreign"]
    for query in ("", "?unit=dinkes", "?unit=disdik"):
        answer = client("unit_clerk").get(reverse("presence:roster_person", args=[foreign]) + query)
        assert answer.status_code == 404


def test_one_fault_of_many_cells_is_told_once(ward: Ward) -> None:
    nip = Employment.objects.filter(person_id=ward.person()).latest("id").nip
    mate = Employment.objects.filter(person_id=ward.person("mate")).latest("id").nip
    days = ";".join(str(day) for day in range(1, 9))
    data = f"NIP;{days}\n'{nip};X;X;X;X;X;P;P;X\n'{mate};P;P;X;P;X;P;P;P\n"
    asked = {"unit": "dinkes", "bulan": "2026-11", "file": SimpleUploadedFile("j.csv", data.encode())}
    page = text(client("unit_clerk").post(reverse("presence:roster"), asked))
    assert page.count("tidak dikenal di unit ini") == 1
    assert "baris 2, Suparman, hari 1–5, 8, kode dinas &#39;X&#39; tidak dikenal" in page
    assert "juga di baris 3 (Ketut Sariasih, hari 3, 5)" in page
