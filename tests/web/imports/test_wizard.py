"""Possible twins in the wizard: why a decision does not hold is told there, and it can be altered."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from django.test import override_settings
from django.urls import reverse

from pamong.people.models import BatchRow, Person
from tests.interop.imports.support import Office, register_file, siasn
from tests.interop.imports.test_twins import nobody_else
from tests.support.people import People
from tests.web.people.conftest import Read, SignIn


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
