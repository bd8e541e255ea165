"""Who has left service reads what it means for him: since when, from which post, never an officer's task."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse

from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.pay.choices import SlipState
from pamong.pay.queries import SlipRow
from pamong.people import services
from pamong.web.pay import words
from tests.support.people import AT, TODAY, People
from tests.web.conftest import Read, SignIn

SINCE = "Pensiun sejak 1 Maret 2026, terakhir "


def pensioner(people: People) -> str:
    """An account of the one who has retired."""
    operator: Any = {"actor": Actor.operator("uji", TODAY), "at": AT}
    access.create_user(**operator, username="sumiyati", display_name="Sumiyati", password=None)
    services.link_user(**operator, person=people.city.persons["ended"], username="sumiyati")
    return "sumiyati"


def test_a_pensioner_sees_since_when_and_what_he_was_last(people: People, read: Read) -> None:
    username = pensioner(people)
    for page in ("home", "mine"):
        assert SINCE in read(username, page)
    text = read(username, "mine")
    for told in ("Pangkat terakhir", "Jabatan terakhir", "Unit kerja terakhir", "Penata Tingkat I (III/d)"):
        assert told in text
    assert text.count("belum ada") == 0


def test_officers_see_the_same_of_who_left(people: People, read: Read) -> None:
    text = read("nurul", "people:person", people.city.persons["ended"])
    assert "Jabatan terakhir" in text and "Atasan langsung" not in text
    before = read("nurul", "people:person", people.city.persons["ended"], query="?per=2025-01-01")
    assert "Jabatan terakhir" not in before


def test_the_owner_of_a_slip_is_told_no_task_of_an_officer() -> None:
    for begins in ("Belum ada di isian bulanan.", "Kelompok penghasilan belum diisi."):
        told = words.own_reason(_held(begins))
        assert "isian" not in told and "Anda" in told
    presence = "Tidak ada satu pun presensi bulan ini. Pastikan berkas mesinnya ikut; tulis KETERANGAN HARI."
    assert words.own_reason(_held(presence)) == "Rekaman presensi Anda bulan ini belum ada."
    assert words.own_reason(_held("Penghasilan tetap.")) == "Yang belum lengkap: Penghasilan tetap."
    assert "petugas kepegawaian" in words.own_advice(SlipState.HELD)
    assert "isian bulanan" in words.advice(SlipState.HELD)
    elsewhere = replace(_held("Menerima remunerasi BLUD."), state=SlipState.ELSEWHERE)
    assert words.own_reason(elsewhere) == "Menerima remunerasi BLUD."


def _held(reason: str) -> SlipRow:
    return SlipRow(UUID(int=1), 1, "", "", "", None, "", "", SlipState.HELD, reason, None, None)


def test_a_pensioner_reads_plainly_for_whom_a_page_is(people: People, browser: SignIn) -> None:
    answer = browser(pensioner(people)).get(reverse("organisation:tree"))
    text = answer.content.decode()
    assert answer.status_code == 403 and "hanya untuk pegawai yang masih bertugas." in text
    assert "Petugas unit" not in text and "Operator sistem" not in text
