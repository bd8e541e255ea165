"""Possible twins in the wizard: why a decision does not hold is told there, and it can be altered."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from django.test import override_settings
from django.urls import reverse

from pamong.access.models import User
from pamong.access.queries import actor_for
from pamong.interop.imports import services
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.people.choices import BatchState
from pamong.people.errors import UndoSecondNeeded
from pamong.people.models import BatchRow, Person
from pamong.people.queries.batches import get_batch
from tests.interop.imports.support import Office, officer, register_file, siasn
from tests.interop.imports.test_twins import nobody_else
from tests.support.people import AT, TODAY, People
from tests.web.conftest import Read, SignIn


@pytest.fixture
def batch(people: People, tmp_path: Path):
    """A tried file in which one row is somebody known, and another has his NIK."""
    with override_settings(PAMONG_FILES_ROOT=tmp_path / "berkas"):
        office = Office()
        office.apply(register_file(siasn(1)))
        file = register_file(siasn(1, NIK="", ALAMAT="Jl. Baru"), nobody_else())
        yield office.check(file).uid


def known(batch: UUID) -> str:
    """The person whom the row may be."""

    (twin,) = BatchRow.objects.get(batch__uid=batch, outcome="twin").twins
    return str(Person.objects.get(pk=twin).uid)


def test_the_wizard_tells_why_a_row_can_not_be_that_person(batch: UUID, browser: SignIn, read: Read) -> None:
    page = browser("nurul")
    answer = page.post(
        reverse("imports:twins", args=[batch]), {"baris": "3", "pilihan": known(batch)}, follow=True
    )
    assert "Baris 2 (Dewi Contoh 1" in answer.content.decode()
    text = read("nurul", "imports:twins", batch)
    assert "Diputuskan oleh" not in text
    assert "Orang ini" in text


def test_a_decision_can_be_altered_until_it_is_stored(batch: UUID, browser: SignIn, read: Read) -> None:
    browser("nurul").post(reverse("imports:twins", args=[batch]), {"baris": "3", "pilihan": "different"})
    text = read("nurul", "imports:twins", batch)
    assert "Diputuskan oleh Nurul: orang lain." in text
    assert "Orang ini" in text
    assert "catat sebagai orang baru" not in text


def test_a_decision_of_another_file_that_does_not_hold_is_explained(
    batch: UUID, browser: SignIn, read: Read
) -> None:
    alone = Office().check(register_file(nobody_else())).uid
    browser("nurul").post(reverse("imports:twins", args=[alone]), {"baris": "2", "pilihan": known(batch)})
    again = Office().check(register_file(siasn(1, NIK="", ALAMAT="Jl. Baru"), nobody_else())).uid
    text = read("nurul", "imports:twins", again)
    assert "Diputuskan tentang pegawai yang sama dengan baris 2. Putuskan lagi baris ini" in text
    assert "Orang ini" in text


@pytest.fixture
def changing(people: People, tmp_path: Path):
    """A file that Nurul has tried, which changes somebody known and brings somebody new."""
    with override_settings(PAMONG_FILES_ROOT=tmp_path / "berkas"):
        Office().apply(register_file(siasn(1)))
        nurul = actor_for(User.objects.get(username="nurul"), TODAY)
        yield Office(nurul).check(register_file(siasn(1, ALAMAT="Jl. Baru"), siasn(2))).uid


def test_what_changes_known_people_waits_for_a_second_officer(
    changing: UUID, browser: SignIn, read: Read
) -> None:
    page = read("nurul", "imports:batch", changing)
    assert "1 baris mengubah data pegawai yang sudah tercatat, jadi petugas kedua yang menyimpannya" in page
    assert "Ajukan 2 baris" in page
    asked = browser("nurul").post(reverse("imports:apply", args=[changing]), follow=True)
    text = asked.content.decode()
    assert "Menunggu petugas kedua" in text
    assert "Simpan 2 baris" not in text
    officer("endah")
    page = read("endah", "imports:batch", changing)
    assert "Berkas ini dicoba oleh Nurul; Anda petugas kedua" in page
    assert "Simpan 2 baris" in page
    stored = browser("endah").post(reverse("imports:apply", args=[changing]), follow=True)
    assert "Sedang disimpan" in stored.content.decode()


def test_the_days_of_what_is_written_are_in_words(changing: UUID, read: Read) -> None:
    page = read("nurul", "imports:rows", changing)
    assert "Identitas, 14 Februari 1995:" in page
    assert "1995-02-14" not in page


@pytest.mark.parametrize("name", ["imports:undo", "imports:apply", "imports:again"])
def test_the_address_of_a_button_leads_back_to_its_page(changing: UUID, browser: SignIn, name: str) -> None:
    answer = browser("nurul").get(reverse(name, args=[changing]))
    text = answer.content.decode()
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert "Alamat ini dipakai oleh sebuah tombol" in text
    assert f'href="{reverse("imports:batch", args=[changing])}"' in text


def test_what_two_stored_two_take_back(changing: UUID, browser: SignIn, read: Read) -> None:
    browser("nurul").post(reverse("imports:apply", args=[changing]))
    endah = officer("endah")
    services.apply_batch(actor=endah, at=AT, uid=changing)
    assert "petugas kedua menyetujui dulu" in read("endah", "imports:batch", changing)
    undo, agree = (reverse(f"imports:{name}", args=[changing]) for name in ("undo", "confirm_undo"))
    browser("endah").post(undo, {"alasan": "Alamatnya keliru"})
    told = read("endah", "imports:batch", changing)
    assert "Menunggu petugas kedua. Sampai ia setuju, data impor ini tetap berlaku" in told
    assert "Setuju, batalkan impor" not in told
    refused = browser("endah").post(agree, follow=True).content.decode()
    assert "dibatalkan oleh dua petugas" in refused
    assert "Endah meminta impor ini dibatalkan: Alamatnya keliru" in read("nurul", "imports:batch", changing)
    browser("nurul").post(agree)
    assert get_batch(actor=endah, uid=changing).state is BatchState.UNDOING
    nurul = actor_for(User.objects.get(username="nurul"), TODAY)
    undone = services.undo_batch(actor=nurul, at=AT, uid=changing, reason="Alamatnya keliru")
    assert (undone.state, undone.undone_by) == (BatchState.UNDONE, "Nurul")


def test_a_recall_that_nobody_agrees_to_leaves_all_as_it_is(
    changing: UUID, browser: SignIn, read: Read
) -> None:
    endah = officer("endah")
    services.apply_batch(actor=endah, at=AT, uid=changing)
    browser("endah").post(reverse("imports:undo", args=[changing]), {"alasan": "Keliru"})
    drop = reverse("imports:drop_undo", args=[changing])
    said = browser("nurul").post(drop, {"alasan": "..."}, follow=True).content.decode()
    assert "supaya yang meminta pembatalan tahu" in said
    assert "Tidak menyetujui pembatalan ini" in read("nurul", "imports:batch", changing)
    assert "Tidak menyetujui pembatalan ini" not in read("endah", "imports:batch", changing)
    browser("nurul").post(drop, {"alasan": "Alamatnya memang benar"})
    batch = get_batch(actor=endah, uid=changing)
    assert (batch.state, batch.reason, batch.recalled_by) == (BatchState.APPLIED, "", "")
    assert Intake.objects.latest("id").kind == "people.import_recall_dropped"
    page = read("endah", "imports:batch", changing)
    assert "Endah meminta impor ini dibatalkan: Keliru" in page
    assert "tidak disetujui oleh Nurul: Alamatnya memang benar" in page


def test_who_asked_for_a_recall_takes_his_asking_back(changing: UUID, browser: SignIn, read: Read) -> None:
    services.apply_batch(actor=officer("endah"), at=AT, uid=changing)
    browser("endah").post(reverse("imports:undo", args=[changing]), {"alasan": "Keliru"})
    browser("endah").post(reverse("imports:drop_undo", args=[changing]))
    assert "Endah menarik kembali permintaannya" in read("nurul", "imports:batch", changing)


def test_one_alone_takes_nothing_back_behind_the_page(changing: UUID) -> None:
    services.apply_batch(actor=officer("endah"), at=AT, uid=changing)
    for actor in (Actor.operator("uji", TODAY), actor_for(User.objects.get(username="nurul"), TODAY)):
        with pytest.raises(UndoSecondNeeded):
            services.undo_batch(actor=actor, at=AT, uid=changing, reason="Keliru")
