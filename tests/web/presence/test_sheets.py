"""A list of who was present while a machine was broken: read with its faults, agreed to, stored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from pamong.access import clock
from pamong.attendance.choices import Source
from pamong.attendance.models import Punch, Sheet
from pamong.organisation import models as org
from pamong.organisation import services as organisation
from pamong.people import models as people
from tests.attendance.test_facts import OPERATOR, Machines
from tests.support.city import FROM, add_person
from tests.support.corrections import PHOTO
from tests.support.people import AT, opening_basis
from tests.web.presence.test_corrections import send
from tests.web.presence.test_days import machines, page

__all__ = ["machines"]


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which these tests write."""
    monkeypatch.setattr(clock, "now", lambda: AT)


def nip(machines: Machines, key: str) -> str:
    found = people.Employment.objects.known().get(person_id=machines.people.city.ids[key])
    return str(found.nip)


def said(machines: Machines, **more: Any) -> dict[str, Any]:
    lines = f"{nip(machines, 'own')} Suparman 07.20 16.05\n{nip(machines, 'mate')}\n"
    return {
        "on": "02-11-2026", "came": "07.25", "people": lines, "reason": "Mesin mati sejak pagi",
        "evidence": SimpleUploadedFile("daftar.jpg", PHOTO),
    } | more  # fmt: skip


def test_a_list_is_read_agreed_to_by_another_and_stored_once(machines: Machines) -> None:
    status, text = send("unit_clerk", "presence:sheet_new", **said(machines), langkah="lihat")
    assert status == 200 and "Kirim daftar" in text and "07.20" in text and "07.25" in text
    assert not Sheet.objects.exists()
    assert send("unit_clerk", "presence:sheet_new", **said(machines), langkah="kirim")[0] == 302
    status, text = send("unit_clerk", "presence:sheet_new", **said(machines), langkah="kirim")
    assert status == 422 and "sudah menunggu orang kedua" in text, "the same waits once"
    uid = Sheet.objects.get().uid
    assert send("unit_clerk", "presence:sheet", uid, langkah="setuju")[0] in (403, 404)
    assert send("superior", "presence:sheet", uid, langkah="setuju")[0] == 302
    assert "Tersimpan" in page("unit_clerk", "sheet", uid)
    with pytest.raises(Exception, match="tidak dapat diubah"), transaction.atomic():
        Sheet.objects.update(decided_name="Orang lain")
    days = machines.of("own", date(2026, 11, 2), date(2026, 11, 3))
    assert [(each.source, f"{each.local_at:%H.%M}") for each in days] == [
        (Source.MANUAL, "07.20"), (Source.MANUAL, "16.05"),
    ]  # fmt: skip
    assert send("unit_clerk", "presence:sheet_new", **said(machines), langkah="kirim")[0] == 302
    again = Sheet.objects.latest("id").uid
    assert send("superior", "presence:sheet", again, langkah="setuju")[0] == 302
    assert Punch.objects.filter(source="manual").count() == 3, "what is known is not stored again"


def test_bad_rows_are_told_by_their_numbers_and_keep_the_list_out(machines: Machines) -> None:
    own, foreign = nip(machines, "own"), nip(machines, "foreign")
    lines = f"{own}\n{own}\n{foreign}\n- 07.20\n{nip(machines, 'mate')} 25.10"
    status, text = send("unit_clerk", "presence:sheet_new", **said(machines, people=lines), langkah="kirim")
    for told in (
        "Baris 2: orang ini sudah ada", f"Baris 3: NIP {foreign} tidak ada di unit Anda",
        "Baris 4: NIP atau nama tidak terbaca", "Baris 5: jamnya belum ada",
    ):  # fmt: skip
        assert told in text
    assert status == 200 and not Sheet.objects.exists()


def test_people_are_written_by_name_too_and_of_one_name_the_number_decides(machines: Machines) -> None:
    lines = "ketut  Sariasih, 07.20 16.05\nSuparman\nTigor\nSuparman 08.00"
    status, text = send("unit_clerk", "presence:sheet_new", **said(machines, people=lines), langkah="kirim")
    assert status == 200 and "Baris 1" not in text and "Baris 2" not in text
    assert "Baris 3: &#39;tigor&#39; tidak ada di unit Anda" in text
    assert "Baris 4: orang ini sudah ada" in text
    assert (
        send(
            "unit_clerk",
            "presence:sheet_new",
            **said(machines, people="Ketut Sariasih\nSuparman"),
            langkah="kirim",
        )[0]
        == 302
    )
    assert Sheet.objects.get().rows.count() == 2
    facts = ("Suparman", "L", date(1991, 4, 5), date(2016, 3, 1), "III/a", "")
    post = organisation.create_post(actor=OPERATOR, at=AT, name="Perawat Uji", kind="pelaksana")
    (made,) = organisation.create_seats(
        actor=OPERATOR, at=AT, on=FROM, unit=machines.people.city.units["dinkes"], post=post, job_class=7
    )
    add_person(facts, opening_basis(), seat=org.Seat.objects.get(uid=made))
    twice = said(machines, people="Suparman")
    text = send("unit_clerk", "presence:sheet_new", **twice, langkah="kirim")[1]
    assert "Baris 1: ada 2 orang bernama Suparman; tulis NIP-nya" in text


def test_case_A_14_nobody_is_written_down_for_a_day_to_come(machines: Machines) -> None:
    status, text = send(
        "unit_clerk", "presence:sheet_new", **said(machines, on="11-11-2026"), langkah="kirim"
    )
    assert status == 422 and "Yang dapat dicatat hanya yang sudah terjadi" in text


def test_without_what_shows_it_nothing_goes_and_a_refusal_says_why(machines: Machines) -> None:
    bare = {name: value for name, value in said(machines).items() if name != "evidence"}
    status, text = send("unit_clerk", "presence:sheet_new", **bare, langkah="kirim")
    assert status == 422 and "Bukti belum ada" in text
    assert send("unit_clerk", "presence:sheet_new", **said(machines), langkah="kirim")[0] == 302
    uid = Sheet.objects.get().uid
    assert send("superior", "presence:sheet", uid, langkah="tolak", jawaban="")[0] == 422
    why = "Dua orang di daftar ini sedang dinas luar"
    assert send("superior", "presence:sheet", uid, langkah="tolak", jawaban=why)[0] == 302
    assert why in page("unit_clerk", "sheet", uid) and not Punch.objects.filter(source="manual").exists()


def test_nobody_agrees_to_a_list_on_which_he_stands(machines: Machines) -> None:
    lines = f"{nip(machines, 'chief')} 07.20"
    assert send("nurul", "presence:sheet_new", **said(machines, people=lines), langkah="kirim")[0] == 302
    uid = Sheet.objects.get().uid
    assert send("superior", "presence:sheet", uid, langkah="setuju")[0] == 403
    assert send("wahyu", "presence:sheet", uid, langkah="setuju")[0] == 302
