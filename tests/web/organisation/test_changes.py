"""Changes of units and seats: each shows what will follow, and stores nothing before the last button."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from pamong.organisation.models import Proposal, SeatRow, Unit, UnitRow
from tests.support.people import People
from tests.web.organisation.conftest import Browser, Read, Send, plain, words_of

JANUARY = "2027-01-04"


def unit_values(**more: Any) -> dict[str, Any]:
    return {"on": JANUARY, "name": "Dinas Kesehatan", "kind": "opd", "is_opd": "on", "parent": "kota", **more}


def names(code: str) -> list[str]:
    rows = UnitRow.objects.known().filter(unit__code=code).order_by("period")
    return list(rows.values_list("name", flat=True))


def test_a_form_begins_with_what_holds_today(people: People, read: Read) -> None:
    text = read("nurul", "unit_change", people.city.units["dinkes"])
    assert 'value="Dinas Kesehatan"' in text and 'name="on" value="10-11-2026"' in text
    assert 'value="kota" checked' in text and "Kota Uji" in text


def test_a_change_is_shown_then_done(people: People, send: Send, do: Send) -> None:
    uid = people.city.units["dinkes"]
    shown = send("nurul", "unit_change", uid, **unit_values(name="Dinas Kesehatan Kota"))
    told = words_of(plain(shown))
    assert shown.status_code == 200 and "Belum ada yang disimpan." in told
    assert "Dinas Kesehatan, di bawah Kota Uji Dinas Kesehatan Kota, di bawah Kota Uji" in told
    assert names("dinkes") == ["Dinas Kesehatan"]
    do("nurul", "unit_change", uid, **unit_values(name="Dinas Kesehatan Kota"))
    assert names("dinkes") == ["Dinas Kesehatan", "Dinas Kesehatan Kota"]


def test_a_move_tells_what_goes_along(people: People, send: Send) -> None:
    shown = send("nurul", "unit_change", people.city.units["dinkes"], **unit_values(parent="setda"))
    told = words_of(plain(shown))
    assert "1 unit di bawahnya ikut, dengan 5 posisi seluruhnya." in told
    assert "Dinas Kesehatan, di bawah Sekretariat Daerah" in told


def test_what_stands_in_the_way_is_told_and_nothing_stored(people: People, send: Send) -> None:
    circle = send("nurul", "unit_change", people.city.units["dinkes"], **unit_values(parent="pkm_melati"))
    assert circle.status_code == 422 and "Pilih induk lain" in plain(circle)
    assert 'name="yakin"' not in plain(circle) and "Ubah isian" in plain(circle)
    forced = send(
        "nurul", "unit_change", people.city.units["dinkes"], **unit_values(parent="pkm_melati", yakin="1")
    )
    assert forced.status_code == 422 and names("dinkes") == ["Dinas Kesehatan"]
    close = plain(send("nurul", "unit_close", people.city.units["dinkes"], on=JANUARY))
    assert "masih membawahi 1 unit" in close and "masih memiliki 4 posisi" in close


def test_a_late_change_is_marked(people: People, send: Send) -> None:
    text = plain(send("nurul", "unit_change", people.city.units["disdik"], **unit_values(on="2026-01-05")))
    assert "Tanggal ini sudah lewat" in text


def test_back_to_the_form_loses_nothing(people: People, send: Send) -> None:
    uid = people.city.units["dinkes"]
    text = plain(send("nurul", "unit_change", uid, **unit_values(name="Dinas Sehat", ubah="1")))
    assert 'value="Dinas Sehat"' in text and "Ada yang perlu dibetulkan" not in text


def test_an_empty_form_says_what_is_missing(people: People, send: Send) -> None:
    answer = send("nurul", "unit_change", people.city.units["dinkes"])
    text = plain(answer)
    assert answer.status_code == 422 and "Ada yang perlu dibetulkan" in text
    for told in ("Berlaku mulai belum diisi.", "Nama unit belum diisi.", "Induk belum dipilih."):
        assert told in text
    assert "Bidang ini" not in text and "Pastikan" not in text


def test_a_picker_works_without_scripts(people: People, send: Send) -> None:
    values = unit_values(cari="parent", cari_parent="sekretariat")
    text = plain(send("nurul", "unit_change", people.city.units["dinkes"], **values))
    assert 'value="kota" checked' in text and 'value="setda"' in text and "Sekretariat Daerah" in text
    none = unit_values(cari="parent", cari_parent="tidak ada", parent="")
    assert "Tidak ada yang cocok" in plain(send("nurul", "unit_change", people.city.units["dinkes"], **none))


def test_a_picker_answers_while_typing(read: Read) -> None:
    query = "?isian=old&banyak=1&cari_old=dinas&old=setda"
    text = read("employee", "pick", "unit", query=query, hx_request="true")
    assert "<html" not in text and 'type="checkbox"' in text and 'value="setda" checked' in text
    assert "Dinas Kesehatan" in text and "Dinas Pendidikan" in text
    posts = read("employee", "pick", "jabatan", query="?isian=post&cari_post=perawat")
    assert 'type="radio"' in posts and "Perawat Ahli Pertama" in posts


def test_an_unknown_picker_is_not_found(browser: Browser) -> None:
    assert browser("employee").get("/organisasi/pilih/orang/").status_code == 404


def test_a_unit_is_made_with_a_code_of_its_own(people: People, send: Send, do: Send) -> None:
    values = {"on": JANUARY, "name": "Puskesmas Mawar", "kind": "clinic", "parent": "dinkes"}
    uid = people.city.units["dinkes"]
    assert "Puskesmas Mawar, di bawah Dinas Kesehatan" in words_of(
        plain(send("nurul", "unit_new", uid, **values))
    )
    for _ in range(2):
        do("nurul", "unit_new", uid, **values)
    made = Unit.objects.filter(code__startswith="puskesmas_mawar").order_by("id")
    assert list(made.values_list("code", flat=True)) == ["puskesmas_mawar", "puskesmas_mawar_2"]


def test_the_government_itself_keeps_its_kind(people: People, read: Read) -> None:
    text = read("nurul", "unit_change", people.city.units["kota"])
    assert 'name="name"' in text and 'name="parent"' not in text and 'name="kind"' not in text


def test_seats_are_added(people: People, send: Send, do: Send) -> None:
    uid = people.city.units["disdik"]
    post = SeatRow.objects.filter(post__name="Pengelola Data").first().post.uid
    values = {"on": JANUARY, "post": str(post), "count": "3", "job_class": "6"}
    told = words_of(plain(send("nurul", "seats_new", uid, **values)))
    assert "3 posisi ditambahkan di Dinas Pendidikan mulai 4 Januari 2027." in told
    assert "Pengelola Data × 3 belum ada Dinas Pendidikan Kelas jabatan: 6" in told
    do("nurul", "seats_new", uid, **values)
    assert SeatRow.objects.known().filter(unit__uid=uid).count() == 4


@pytest.mark.parametrize("post", ["zzz", "00000000-0000-0000-0000-000000000000"])
def test_a_post_that_is_not_there_is_told(people: People, send: Send, post: str) -> None:
    answer = send("nurul", "seats_new", people.city.units["disdik"], on=JANUARY, post=post, count="1")
    assert answer.status_code == 422 and "Jabatan ini tidak ada" in plain(answer)


def test_a_seat_is_frozen_with_its_reason_and_thawed(
    people: People, send: Send, do: Send, read: Read
) -> None:
    uid, unit = people.city.seats["free"], people.city.units["dinkes"]
    values = {"on": "2026-11-10", "until": "2027-02-01", "reason": "Moratorium"}
    told = words_of(plain(send("nurul", "seat_freeze", uid, **values)))
    assert "Pengelola Data dibekukan mulai 10 November 2026: Moratorium." in told
    assert "Boleh diisi lagi mulai 1 Februari 2027." in told
    do("nurul", "seat_freeze", uid, **values)
    text = words_of(read("nurul", "unit", unit))
    assert "Pengelola Data Moratorium 6 – Dibekukan" in text
    assert "Kosong sejak" in words_of(read("nurul", "unit", unit, query="?per=2027-02-01"))
    assert "Cairkan" in read("nurul", "seat", uid) and "Bekukan<" not in read("nurul", "seat", uid)
    do("nurul", "seat_unfreeze", uid, on="2026-11-10")
    assert "Dibekukan" not in words_of(read("nurul", "seat", uid))


def test_a_freeze_ends_after_it_begins(people: People, send: Send) -> None:
    values = {"on": "2026-11-10", "until": "2026-11-10", "reason": "x"}
    answer = send("nurul", "seat_freeze", people.city.seats["free"], **values)
    assert answer.status_code == 422 and "Isi tanggal sesudah tanggal mulainya" in plain(answer)


def test_a_class_changes_from_a_day_on(people: People, send: Send, do: Send) -> None:
    uid = people.city.seats["own"]
    told = words_of(plain(send("nurul", "seat_class", uid, on=JANUARY, job_class="7")))
    assert "Kelas jabatan Pengadministrasi Umum: 5 menjadi 7 mulai 4 Januari 2027." in told
    do("nurul", "seat_class", uid, on=JANUARY, job_class="7")
    rows = SeatRow.objects.known().filter(seat__uid=uid).order_by("period")
    assert list(rows.values_list("job_class", flat=True)) == [5, 7]
    for wrong in ("18", "0", "tujuh"):
        answer = send("nurul", "seat_class", uid, on=JANUARY, job_class=wrong)
        assert answer.status_code == 422 and "Kelas jabatan: angka 1 sampai 17." in plain(answer), wrong


def test_a_seat_that_somebody_holds_is_not_removed(people: People, send: Send, do: Send) -> None:
    held = send("nurul", "seat_close", people.city.seats["own"], on=JANUARY)
    assert held.status_code == 422 and "masih dipegang 1 orang" in plain(held)
    free = people.city.seats["free"]
    assert send("nurul", "seat_close", free, on=JANUARY).status_code == 200
    do("nurul", "seat_close", free, on=JANUARY)
    assert not SeatRow.objects.as_of(date(2027, 2, 1)).filter(seat__uid=free).exists()


def test_those_who_may_not_change_are_refused(people: People, browser: Browser) -> None:
    for username in ("employee", "superior", "unit_clerk", "arif"):
        for name, uid in (
            ("unit_change", people.city.units["dinkes"]),
            ("seat", people.city.seats["free"]),
            ("seat_close", people.city.seats["free"]),
        ):
            answer = browser(username).get(reverse(f"organisation:{name}", args=[uid]))
            assert answer.status_code == 403, (username, name)


@pytest.mark.parametrize("on", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_date_beyond_all_records_is_told_in_one_sentence(people: People, send: Send, on: str) -> None:
    for page, uid, values in (
        ("seat_class", people.city.seats["own"], {"job_class": "7"}),
        ("seat_close", people.city.seats["free"], {}),
        ("unit_close", people.city.units["dinkes"], {}),
    ):
        answer = send("nurul", page, uid, on=on, **values)
        told = "Tanggal harus antara tahun 1900 dan 2100. Periksa tahunnya." in plain(answer)
        assert (answer.status_code, told) == (422, True), page


def test_a_class_is_told_as_of_its_day_and_with_what_comes_after(
    people: People, send: Send, propose: Send, do: Send, read: Read
) -> None:
    uid = people.city.seats["free"]
    do("nurul", "seat_class", uid, on="2027-01-01", job_class="12")
    late = words_of(plain(send("nurul", "seat_class", uid, on="02-02-2027", job_class="6")))
    assert "Kelas jabatan Pengelola Data: 12 menjadi 6 mulai 2 Februari 2027." in late
    assert "Kelas jabatan: 12 menjadi 6" in late and "6 menjadi 6" not in late
    propose("nurul", "seat_class", uid, on="02-12-2026", job_class="7")
    told = "6 menjadi 7 mulai 2 Desember 2026, lalu kelas 12 mulai 1 Januari 2027."
    assert Proposal.objects.latest("id").summary.startswith(f"Kelas jabatan Pengelola Data: {told}")
    same = words_of(plain(send("nurul", "seat_class", uid, on="02-12-2026", job_class="12")))
    assert "6 menjadi 12 mulai 2 Desember 2026." in same
    page = words_of(read("nurul", "seat", uid))
    assert "Yang akan berlaku Kelas jabatan 12 mulai 1 Januari 2027." in page
    assert "Yang akan berlaku" not in read("nurul", "seat", people.city.seats["own"])


def test_a_freeze_is_told_with_the_one_that_comes_after(
    people: People, send: Send, do: Send, read: Read
) -> None:
    uid = people.city.seats["free"]
    do("nurul", "seat_freeze", uid, on="2027-01-01", until="2027-03-01", reason="Moratorium")
    page = words_of(read("nurul", "seat", uid))
    assert "Dibekukan mulai 1 Januari 2027. Boleh diisi lagi mulai 1 Maret 2027." in page
    longer = words_of(plain(send("nurul", "seat_freeze", uid, on="2026-12-01", until="", reason="Hemat")))
    assert "Boleh diisi lagi mulai 1 Maret 2027." in longer
