"""Imports on their pages: what waits for whom, what is refused or laid aside, what is not read yet."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from pamong.interop.imports import services
from pamong.people.choices import BatchKind, BatchState
from pamong.people.models import Batch
from pamong.people.queries.batches import BatchOptions
from pamong.people.services import batches, linking, recalls
from tests.interop.imports.support import (
    OPERATOR,
    Office,
    by_hand,
    education_file,
    family_file,
    pppk,
    register_file,
    siasn,
)
from tests.interop.imports.test_twins import as_cpns
from tests.support.people import AT, TODAY, People
from tests.web.conftest import Read, SignIn

WHOLE = re.compile(r"(?<!\d)\d{18}(?!\d)")


@pytest.fixture
def files(people: People, tmp_path: Path):
    """A folder for files, and somebody who is known already."""
    with override_settings(PAMONG_FILES_ROOT=tmp_path / "berkas"):
        Office().apply(register_file(siasn(1)))
        yield people


@pytest.fixture
def waiting(files: People) -> UUID:
    """A file that nurul has tried, which waits for a second officer."""
    nurul = files.actor("nurul")
    uid = Office(nurul).check(register_file(siasn(1, ALAMAT="Jl. Lain"))).uid
    batches.start_apply(actor=nurul, at=AT, uid=uid)
    return uid


@pytest.fixture
def reading(files: People) -> UUID:
    """A file that a worker is to try."""
    return batches.start_check(
        actor=files.actor("nurul"), at=AT, kind=BatchKind.REGISTER, name="asn.csv",
        data=register_file(siasn(2)), options=BatchOptions(date(2026, 11, 1)),
    )  # fmt: skip


def state(uid: UUID) -> str:
    return str(Batch.objects.get(uid=uid).state)


def test_the_second_officer_refuses_on_the_page(waiting: UUID, browser: SignIn, read: Read) -> None:
    assert "Tidak menyetujui impor ini" not in read("nurul", "imports:batch", waiting)
    assert "Tidak menyetujui impor ini" in read("wahyu", "imports:batch", waiting)
    address = reverse("imports:refuse", args=[waiting])
    said = browser("wahyu").post(address, {"alasan": ""}, follow=True).content.decode()
    assert "Tulis alasannya dalam satu kalimat" in said
    browser("wahyu").post(address, {"alasan": "Alamatnya keliru"})
    page = read("nurul", "imports:batch", waiting)
    assert "Tidak disetujui oleh Wahyu: Alamatnya keliru" in page
    assert "Coba lagi dengan pilihan lain" in page
    assert "Simpan 1 baris" not in page


def test_who_tried_it_lays_it_aside_on_the_page(waiting: UUID, browser: SignIn, read: Read) -> None:
    assert "Tandai tidak dipakai" not in read("wahyu", "imports:batch", waiting)
    browser("wahyu").post(reverse("imports:discard", args=[waiting]))
    assert state(waiting) == BatchState.WAITING
    assert "Tandai tidak dipakai" in read("nurul", "imports:batch", waiting)
    browser("nurul").post(reverse("imports:discard", args=[waiting]))
    assert "Nurul menandai impor ini tidak dipakai" in read("wahyu", "imports:batch", waiting)


def test_who_would_try_it_again_is_told_what_he_gives_up(waiting: UUID, read: Read) -> None:
    told = "Bila Anda mencobanya lagi, Anda bukan petugas kedua berkas ini lagi."
    assert told in read("wahyu", "imports:batch", waiting)
    assert told not in read("nurul", "imports:batch", waiting)


def test_who_tries_it_again_is_told_how_two_officers_end_it(
    waiting: UUID, browser: SignIn, read: Read
) -> None:
    browser("wahyu").post(reverse("imports:again", args=[waiting]), {"on": "2026-11-01"})
    fresh = Batch.objects.latest("id").uid
    services.check_batch(actor=Office().actor, at=AT, uid=fresh)
    page = read("wahyu", "imports:batch", fresh)
    assert "Berkas yang sama lebih dulu dicoba oleh Nurul" in page
    assert "Wahyu menandai impor ini tidak dipakai" in page
    browser("wahyu").post(reverse("imports:apply", args=[fresh]))
    page = read("nurul", "imports:batch", fresh)
    assert "Anda pernah mencoba berkas ini" in page and "Simpan 1 baris" not in page


def test_the_list_puts_what_waits_for_me_first_and_has_pages(
    waiting: UUID, files: People, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2, 54):
        batches.open_batch(
            actor=files.actor("ratih"), at=AT, kind=BatchKind.FAMILY, name=f"keluarga-{number}.csv",
            data=f"{number}".encode(), options=BatchOptions(TODAY),
        )  # fmt: skip
    first = reverse("imports:batch", args=[waiting])
    page = read("wahyu", "imports:index")
    assert page.index(first) < page.index("keluarga-53.csv")
    assert "menunggu Anda" in page
    assert first not in read("nurul", "imports:index")
    assert "keluarga-2.csv" not in page
    second = read("wahyu", "imports:index", query="?hal=2")
    assert "keluarga-2.csv" in second and first not in second


def test_the_home_page_leads_the_second_officer_to_a_recall(waiting: UUID, files: People, read: Read) -> None:
    services.apply_batch(actor=files.actor("wahyu"), at=AT, uid=waiting)
    recalls.start_undo(actor=files.actor("wahyu"), at=AT, uid=waiting, reason="Keliru")
    assert "Pembatalan impor" in read("nurul", "home")
    assert "Pembatalan impor" not in read("wahyu", "home")


def test_who_is_concerned_sees_no_way_to_refuse_or_to_keep(waiting: UUID, files: People, read: Read) -> None:
    changed = Batch.objects.get(uid=waiting).rows.get().person
    assert changed is not None
    linking.link_user(actor=OPERATOR, at=AT, person=changed.uid, username="wahyu")
    page = read("wahyu", "imports:batch", waiting)
    assert "juga data Anda atau keluarga Anda" in page
    assert "Tidak menyetujui impor ini" not in page
    services.apply_batch(actor=files.actor("ratih"), at=AT, uid=waiting)
    recalls.start_undo(actor=files.actor("nurul"), at=AT, uid=waiting, reason="Keliru")
    page = read("wahyu", "imports:batch", waiting)
    assert "Impor ini mengubah data Anda atau keluarga Anda" in page
    assert reverse("imports:drop_undo", args=[waiting]) not in page
    assert reverse("imports:drop_undo", args=[waiting]) in read("nurul", "imports:batch", waiting)


def test_a_file_that_is_no_table_waits_for_nothing_at_home(files: People, read: Read) -> None:
    uid = Office(files.actor("nurul")).check(b"MZ\x90\x00\x03\x00\xff\xff").uid
    assert "dicoba, belum disimpan" not in read("nurul", "home")
    page = read("nurul", "imports:batch", uid)
    assert "Mengapa tidak selesai" in page and "Tidak dapat diperiksa" in page
    Office(files.actor("nurul")).check(register_file(siasn(2)))
    assert "dicoba, belum disimpan" in read("nurul", "home")


@pytest.mark.parametrize(
    ("kind", "note", "told"),
    [
        ("family", "anggota keluarga yang belum tercatat", "keluarga pegawai yang sudah tercatat"),
        ("education", "pendidikan yang belum tercatat", "pendidikan pegawai yang sudah tercatat"),
    ],
)
def test_a_sheet_of_things_of_known_people_is_told_in_its_own_words(
    files: People, read: Read, kind: str, note: str, told: str
) -> None:
    nip = siasn(1)["NIP BARU"]
    by_hand("Dewi Contoh 1", "identity", {"back_title": "S.Kom., M.M."}, date(2026, 10, 1))
    data = {
        "family": family_file({"NIP PEGAWAI": nip, "NAMA": "Ani", "HUBUNGAN": "anak"}),
        "education": education_file({"NIP": nip, "TINGKAT": "S2", "TAHUN LULUS": "2024"}),
    }[kind]
    page = read("nurul", "imports:batch", Office(files.actor("nurul")).check(data, kind=BatchKind(kind)).uid)
    assert note in page and "belum ada di sini" not in page
    assert f"1 baris menambah atau mengubah {told}, jadi petugas kedua yang menyimpannya" in page


def test_no_sentence_ends_with_two_dots_after_a_title(
    waiting: UUID, files: People, browser: SignIn, read: Read
) -> None:
    Batch.objects.filter(uid=waiting).update(checked_by="Nurul, S.Kom.")
    fresh = Office(files.actor("wahyu")).check(register_file(siasn(1, ALAMAT="Jl. Lain"))).uid
    page = read("wahyu", "imports:batch", fresh)
    assert "lebih dulu dicoba oleh Nurul, S.Kom." in page and "S.Kom.." not in page
    said = browser("wahyu").post(reverse("imports:discard", args=[waiting]), follow=True).content.decode()
    assert "Hanya Nurul, S.Kom., yang mencoba berkas ini" in said and "S.Kom.." not in said


def test_nothing_is_said_to_be_right_before_it_was_read(reading: UUID, read: Read) -> None:
    page = read("nurul", "imports:problems", reading)
    assert "Berkas ini masih diperiksa" in page
    assert "Semua baris terbaca dan cocok" not in page
    batches.fail(actor=Office().actor, uid=reading, sentence="Berkasnya rusak.")
    page = read("nurul", "imports:problems", reading)
    assert "Tidak selesai dibaca" in page
    assert "Semua baris terbaca dan cocok" not in page


def test_problems_elsewhere_are_not_said_to_be_none(files: People, read: Read) -> None:
    wrong = siasn(2, TMT_GOLONGAN="31-02-2022")
    uid = Office(files.actor("nurul")).check(register_file(wrong)).uid
    page = read("nurul", "imports:problems", uid, query="?tingkat=info")
    assert "Semua baris terbaca dan cocok" not in page


def test_a_busy_page_says_what_to_do_when_it_lasts(reading: UUID, read: Read) -> None:
    assert "Bila lebih dari sepuluh menit tidak bergerak" in read("nurul", "imports:batch", reading)


def test_a_form_with_an_error_asks_for_the_file_again(files: People, browser: SignIn) -> None:
    sent = {
        "kind": "register", "on": "", "file": SimpleUploadedFile("asn.csv", register_file(siasn(2)))
    }  # fmt: skip
    answer = browser("nurul").post(reverse("imports:index"), sent)
    assert answer.status_code == 422
    assert "pilih lagi berkasnya" in answer.content.decode()
    answer = browser("nurul").post(reverse("imports:index"), {"kind": "register", "on": ""})
    assert "pilih lagi berkasnya" not in answer.content.decode()


def test_rows_twins_and_problems_show_no_whole_number(files: People, read: Read) -> None:
    Office().apply(register_file(pppk(5)))
    nurul = files.actor("nurul")
    twin = as_cpns(NIK=pppk(5)["NIK"], NAMA="Dewi Contoh 5")
    uid = Office(nurul).check(register_file(siasn(1, ALAMAT="Jl. Lain"), siasn(9, NAMA=""), twin)).uid
    for name in ("rows", "twins", "problems"):
        page = read("nurul", f"imports:{name}", uid)
        assert WHOLE.findall(page) == [], name
    assert "Dewi Contoh 1 (19950214******2001)" in read("nurul", "imports:rows", uid)
    assert "Dewi Contoh 5 (19950214******2077)" in read("nurul", "imports:twins", uid)
