"""The running month on its pages: earned first, every figure explained, nobody threatened."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import User
from pamong.attendance import services
from pamong.attendance.services import PunchRow
from tests.attendance.test_facts import OPERATOR, at
from tests.pay.test_forecast import World, world
from tests.support.people import AT

__all__ = ["world"]
MOST_QUERIES = 10
DAYS = {2: ("07:20", "16:40"), 3: ("08:05", "16:40"), 4: ("07:20", None), 5: None, 6: ("07:20", "16:40")}


@pytest.fixture
def november(world: World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> World:
    """The morning of Tuesday, 10 November: paid for October, and the first week of November over."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR, settings.PAMONG_PROFILE = False, "contoh"
    world.run("contoh")
    texts = [(day, text) for day, times in DAYS.items() for text in times or () if text]
    rows = [
        PunchRow(n, at(day, int(text[:2]), int(text[3:])), "1001") for n, (day, text) in enumerate(texts, 1)
    ]
    rows.append(PunchRow(99, at(31, 12, month=10), "4711"))
    world.machines.store(world.machines.west, *rows, through=at_night(6))
    return world


def at_night(day: int) -> Any:
    return AT.replace(day=day, hour=14)


def page(username: str, name: str = "pay:own", *args: object) -> str:
    client = Client()
    client.force_login(User.objects.get(username=username))
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, answer.content[:300]
    assert len(caught) <= MOST_QUERIES, [query["sql"][:100] for query in caught.captured_queries]
    return re.sub(r"\s+", " ", answer.content.decode())


def test_what_is_gathered_comes_first_then_what_may_add_then_what_is_off(november: World) -> None:
    text = page("employee")
    parts = ["Sudah terkumpul", "Perkiraan akhir bulan", "Yang masih dapat menambah", "Hari demi hari",
             "Yang berkurang sejauh ini", "Rincian setiap bulan"]  # fmt: skip
    assert sorted(parts, key=text.index) == parts
    # Five of 21 days of Rp2.697.688, less 2, 3 and 6 points of discipline, and the minutes of one day.
    assert "Rp442.677" in text and 642_306 - 21_581 - 32_373 - 145_675 == 442_677
    assert "TPP maksimal × 5 : 21 hari kerja" in text
    assert "15 hari kerja lagi" in text and "1 hari menunggu data mesin" in text
    assert "Masuk 08.05, 35 menit sesudah jam masuk." in text
    assert "4 November 2026: pulang tidak tercatat. Bila ada surat tugas" in text
    assert "Bulan ini belum ada menit kerja dan nilai perilaku yang masuk" in text
    assert "Pasal 11" in text and 'href="#hari-5"' in text and 'id="hari-5"' in text
    assert not re.search(r"mangkir|alpa\b|bolos|absensi|sanksi|hukuman", text)


def test_each_day_of_the_strip_tells_what_it_brought(november: World) -> None:
    text = page("employee")
    assert (
        '<span class="in-full">Rp128.461</span><span class="in-thousands" aria-hidden="true">128</span>'
        in text
    )
    assert 'aria-current="date"' in text


def test_home_answers_the_first_question_of_the_morning(november: World) -> None:
    text = page("employee", "home")
    assert "Presensi hari ini" in text and "Belum ada data" in text and "jam kerja 07.30–16.00" in text
    assert "sudah terkumpul, November 2026" in text and "Tambahan Penghasilan Pegawai" in text
    assert "Oktober 2026: akan diterima" in text
    november.machines.store(november.machines.west, PunchRow(1, at(10, 7, 12), "1001"), through=AT)
    assert "Masuk 07.12" in page("employee", "home")


def test_a_superior_asks_for_his_people_first_and_finds_his_month_a_step_further(november: World) -> None:
    text = page("superior", "home")
    assert "Tim Anda" in text and "sudah terkumpul" not in text
    assert "Belum tercatat dari mana tunjangannya" in page("superior")


def test_who_is_paid_by_the_hospital_reads_its_name_and_never_nothing(world: World, settings: Any) -> None:
    settings.PAMONG_SECOND_FACTOR, settings.PAMONG_PROFILE = False, "contoh"
    world.run("contoh", group="BLUD")
    for name in ("home", "pay:own"):
        text = page("employee", name)
        assert "Remunerasi BLUD, dibayar oleh rumah sakit" in text
        assert not re.search(r"Rp0(?!\.)", text) and "Sudah terkumpul" not in text


def test_what_is_missing_is_told_with_who_provides_it(november: World, settings: Any) -> None:
    group = november.machines.group
    services.end_pin(actor=OPERATOR, at=AT, group=group, pin="1001", on=date(2026, 1, 2))
    told = "PIN di mesin presensi belum dicatat, jadi bulan ini belum dapat diperkirakan."
    assert told in page("employee") and told in page("employee", "home")
    settings.PAMONG_PROFILE = ""
    assert "Profil daerah belum dipilih" in page("employee")
    assert "Akan diterima untuk Oktober 2026" in page("employee", "home"), "the slip that is there"


def test_an_officer_opens_somebodys_month_and_a_superior_does_not(november: World, settings: Any) -> None:
    own = november.machines.people.city.persons["own"]
    assert "Tunjangan Suparman" in page("arif", "pay:person", own)
    for profile in ("contoh", ""):
        settings.PAMONG_PROFILE = profile
        client = Client()
        client.force_login(User.objects.get(username="superior"))
        assert client.get(reverse("pay:person", args=[own])).status_code == 404
