"""The forms of entries as a new user meets them: what is wanted, what is wrong and where, what follows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pamong.people.models import BankAccount, Entry, Evidence
from tests.support.people import People
from tests.web.entries.test_entries import PDF, browser, people, send, text, where

__all__ = ["people"]
pytestmark = pytest.mark.django_db
SEEN = "Yang akan terjadi"


def label(page: str, name: str) -> str:
    """The label of a field, with what stands behind it."""
    found = re.search(rf'<label for="id_{name}">(.*?)</label>', page, re.S)
    assert found, name
    return found.group(1)


def faults(page: str) -> dict[str, str]:
    """The links of the summary of what is to be put right, by where they lead."""
    summary = re.search(r'<div class="ui-problems problem".*?</div>', page, re.S)
    assert summary, "there is a summary"
    return dict(re.findall(r'<a href="#([^"]*)">([^<]*)</a>', summary.group(0)))


def test_what_is_required_is_not_called_optional(people: People) -> None:
    mine = text(browser("employee").get(where(people, "own", "bankaccount")))
    for name in ("on", "bank", "number", "holder", "reason"):
        assert "boleh kosong" not in label(mine, name)
    assert "boleh kosong" in label(mine, "until")
    seat = text(browser("nurul").get(where(people, "own", "appointment")))
    for name in ("kind", "seat_words"):
        assert "boleh kosong" not in label(seat, name)
    assert "boleh kosong" in label(seat, "order_no")
    number = text(browser("nurul").get(where(people, "own", "bankaccount")))
    assert "boleh kosong" in label(number, "number"), "blank, it stays as it is"


def test_what_is_missing_is_named_and_linked_to_its_field(people: People) -> None:
    me, path = browser("employee"), where(people, "own", "bankaccount")
    told = send(me, path, "lihat", bank="", number="12", holder="Suparman", reason="")
    assert told.status_code == 422
    found = faults(text(told))
    assert found["id_bank"] == "Bank belum diisi." and found["id_reason"] == "Alasan belum diisi."
    assert found["id_number"].startswith("Nomor rekening harus 5 sampai 20 angka")
    assert text(told).count("Nomor rekening harus 5 sampai 20 angka") == 2, "above and beside the field"


def test_case_E_11_a_bad_file_hides_no_other_fault(people: People) -> None:
    bad = SimpleUploadedFile("bukti.pdf", b"<html>")
    good = SimpleUploadedFile("ktp.pdf", PDF)
    told = send(
        browser("employee"), where(people, "own", "contact"), "lihat", phone="abc", email="x", reason="",
        evidence=[bad, good],
    )  # fmt: skip
    assert set(faults(text(told))) == {"id_evidence", "id_phone", "id_email", "id_reason"}
    assert "bukti.pdf: Bukti harus berupa PDF" in text(told)
    kept = Evidence.objects.get()
    assert kept.name == "ktp.pdf" and f'name="bukti" value="{kept.uid}"' in text(told)


def test_a_rule_of_the_office_stands_beside_its_field(people: People) -> None:
    nurul, path = browser("nurul"), where(people, "mate", "appointment")
    taken = str(people.city.seats["foreign"])
    asked = {"kind": "plt", "on": "2026-12-01", "seat_words": "pengelola data dinas", "seat": taken}
    found = faults(text(send(nurul, path, "lihat", **asked)))
    assert found["id_until"] == "Pelaksana Tugas (Plt.) harus mempunyai tanggal akhir."
    occupied = faults(text(send(nurul, path, "lihat", **{**asked, "kind": "regular"})))
    assert "Tigor Marpaung" in occupied["seat-1"]


def test_an_empty_promotion_is_refused(people: People) -> None:
    nurul, path = browser("nurul"), where(people, "own", "rank")
    form = text(nurul.get(path))
    assert not re.search(r'<option value="II/d" selected', form), "the golongan must be chosen"
    for step in ("lihat", "kirim"):
        assert faults(text(send(nurul, path, step)))["id_golongan"] == "Golongan belum diisi."
        same = text(send(nurul, path, step, golongan="II/d"))
        assert "Tidak ada yang berubah" in same and "Kirim usulan" not in same
    assert not Entry.objects.exists()


def test_doubts_are_told_before_it_is_sent_and_to_who_decides(people: People) -> None:
    nurul, path = browser("nurul"), where(people, "own", "rank")
    looked = text(send(nurul, path, "lihat", golongan="I/a"))
    for words in ("Nomor SK belum diisi", "Tanggal SK belum diisi", "Golongan turun dari II/d ke I/a"):
        assert words in looked
    assert 'href="#id_order_no"' in looked and "Kirim usulan" in looked
    send(nurul, path, golongan="I/a")
    decider = text(browser("wahyu").get(f"/usulan/{Entry.objects.get().uid}/"))
    assert "Golongan turun dari II/d ke I/a" in decider and "Nomor SK belum diisi" in decider


def test_the_preview_is_the_first_thing_on_the_page(people: People) -> None:
    me, path = browser("employee"), where(people, "own", "contact")
    shown = text(send(me, path, "lihat", address="Jl. Baru No. 9", phone="081000000001"))
    heading = shown.index('<h2 id="akibat" tabindex="-1" data-focus>')
    assert heading < shown.index("Kirim usulan") < shown.index('name="address"')
    assert '#akibat"' in text(me.get(path)) and 'id="akibat"' in shown, "without a script too"
    assert shown.count("data-focus") == 1
    first = re.search(r'<button[^>]*name="langkah" value="(\w+)"', shown)
    assert first and first.group(1) == "lihat", "Enter never sends"


def test_changes_are_marked_and_the_rest_is_named(people: People) -> None:
    me, path = browser("employee"), where(people, "own", "contact")
    values = {"address": "Jl. Baru No. 9", "phone": "081000000001", "email": "s@contoh.go.id"}
    send(me, path, **values)
    shown = text(browser("nurul").get(f"/usulan/{Entry.objects.get().uid}/"))
    assert re.search(r"<del>Jl. Uji No. 1</del>.*?<ins>Jl. Baru No. 9</ins>", shown, re.S)
    assert re.search(r"<del>tidak diisi</del>.*?<ins>s@contoh.go.id</ins>", shown, re.S)
    assert "Tidak berubah: Telepon." in shown
    assert shown.count("Jl. Baru No. 9") == 1, "the new row stands there once"


def test_a_decision_says_from_when_it_holds(people: People) -> None:
    nurul, wahyu = browser("nurul"), browser("wahyu")
    for day, told in (
        ("2026-11-15", "Usulan disetujui. Berlaku mulai 15 November 2026."),
        ("2026-11-01", "Usulan disetujui dan sudah berlaku."),
    ):
        assert send(nurul, where(people, "own", "rank"), golongan="III/a", on=day).status_code == 302
        page = f"/usulan/{Entry.objects.get(state='waiting').uid}/"
        assert told in text(wahyu.post(page, {"putusan": "setuju"}, follow=True))


@pytest.mark.parametrize("step", [{"langkah": "cari"}, {"langkah": "lihat", "seat_sought": ""}])
def test_a_search_complains_of_nothing_else(people: People, step: dict[str, str]) -> None:
    nurul, path = browser("nurul"), where(people, "mate", "appointment")
    answer = nurul.post(path, {"seat_words": "pengelola data dinas", **step})
    shown = text(answer)
    assert answer.status_code == 200 and "belum diisi" not in shown and "has-error" not in shown
    assert str(people.city.seats["free"]) in shown
    kept = nurul.post(
        path, {"seat_words": "zzzz", **step, "evidence": SimpleUploadedFile("sk.pdf", PDF), "reason": "x"}
    )
    assert "Tidak ada yang cocok dengan “zzzz”" in text(kept) and 'value="x"' in text(kept)
    assert "1 berkas bukti sudah tersimpan" in text(kept)
    assert "paling sedikit 3 huruf" in text(nurul.post(path, {"seat_words": "zz", **step}))


def test_lists_offer_what_is_recognised_and_keep_what_stands(people: People) -> None:
    mine = text(browser("employee").get(where(people, "own", "identity")))
    for value in ("Kepercayaan terhadap Tuhan YME", "Cerai hidup", "Kawin", "Belum kawin"):
        assert f'<option value="{value}"' in mine
    assert '<option value="Menikah" selected' in mine, "what an import brought stays a choice"
    office = text(browser("nurul").get(where(people, "own", "employment")))
    assert '<option value="Masa Persiapan Pensiun"' in office and '<option value="Aktif" selected' in office


def test_banks_that_several_people_have_are_offered(people: People) -> None:
    shared = BankAccount.objects.known().values("person").distinct().count()
    form = text(browser("employee").get(where(people, "own", "bankaccount")))
    assert ('<option value="Bank Uji">' in form) == (shared >= 5)
    assert 'list="list-bank"' in form or shared < 5
    level = text(browser("employee").get(where(people, "own", "education")))
    assert 'list="list-level"' in level and '<option value="S-1">' in level


@pytest.mark.parametrize(
    ("subject", "name", "most"),
    [("identity", "name", 150), ("identity", "front_title", 60), ("contact", "address", 300)],
)
def test_long_texts_are_refused_in_one_sentence(people: People, subject: str, name: str, most: int) -> None:
    values: dict[str, Any] = {"name": "Suparman", "birth_date": "1985-02-02", "sex": "L"}
    values = values if subject == "identity" else {}
    told = send(
        browser("nurul"), where(people, "own", subject), "kirim", **{**values, name: "x" * (most + 1)}
    )
    assert f"paling panjang {most} huruf, sekarang {most + 1}" in faults(text(told))[f"id_{name}"]
    assert not Entry.objects.exists()
