"""A month of days as its page tells it: what was recorded, why it is so, and nobody accused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pamong.access.models import User
from pamong.attendance import services
from pamong.attendance.services import PunchRow
from tests.attendance.test_facts import OPERATOR, Machines, at
from tests.attendance.test_my_days import LATER, Office
from tests.support.people import AT


@pytest.fixture
def machines(stage_office: Office, db: None, tmp_path: Path, settings: Any) -> Machines:
    """An office of five days with a machine."""
    settings.PAMONG_FILES_ROOT, settings.PAMONG_PROFILE = tmp_path, "contoh"
    settings.PAMONG_SECOND_FACTOR = False
    return stage_office.machines


def page(username: str, name: str = "mine", *args: object, query: str = "?bulan=2026-11") -> str:
    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.get(reverse(f"presence:{name}", args=args) + query)
    assert answer.status_code == 200, answer.content[:300]
    return " ".join(answer.content.decode().split())


def tap(machines: Machines, *hours: tuple[int, int, int]) -> None:
    rows = [PunchRow(n, at(*hour), "1001") for n, hour in enumerate(hours)]
    machines.store(machines.west, *rows, through=LATER)


def test_a_day_tells_when_it_began_and_ended_and_how_late_it_was(machines: Machines) -> None:
    tap(machines, (2, 7, 20), (2, 16, 5), (3, 8, 4), (3, 16, 6))
    text = page("employee")
    assert "November 2026" in text and "07.20" in text and "16.05" in text
    assert "Masuk 08.04, 34 menit sesudah jam masuk." in text
    assert "2 hari hadir, 1 kali terlambat, 3 hari tanpa presensi." in text
    assert "Data mesin lengkap sampai 9 November 2026, 19.00." in text


def test_nobody_is_accused_of_what_the_page_can_not_know(machines: Machines) -> None:
    tap(machines, (2, 7, 20), (2, 16, 5))
    text = page("employee")
    assert "Tidak ada presensi" in text and "Tanpa keterangan" not in text
    assert "suratnya belum tercatat" in text


def test_a_missing_mark_is_left_empty(machines: Machines) -> None:
    tap(machines, (2, 7, 20))
    text = page("employee")
    assert "Pulang tidak tercatat" in text and "Jam yang tidak tercatat tidak diisi oleh sistem." in text


def test_what_was_tapped_on_a_free_day_is_shown(machines: Machines) -> None:
    tap(machines, (7, 9, 15))
    assert "Tercatat di luar jam yang dihitung: 09.15." in page("employee")


def test_what_is_lacking_is_told_with_who_puts_it_right(machines: Machines, settings: Any) -> None:
    assert "Belum ada data dari mesin presensi" in page("employee")
    foreign = machines.people.city.persons["foreign"]
    assert "Pola hari kerja unit ini belum dicatat" in page("nurul", "person", foreign)
    services.end_pin(actor=OPERATOR, at=AT, group=machines.group, pin="1001", on=date(2026, 10, 1))
    assert "PIN di mesin presensi belum dicatat" in page("employee")
    settings.PAMONG_PROFILE = ""
    assert "Profil daerah belum dipilih" in page("employee")


def test_a_month_without_decreed_holidays_says_so(machines: Machines) -> None:
    text = page("employee", query="?bulan=2022-01")
    assert "Hari libur 2022 belum ada di data hukum" in text


def test_the_months_lead_to_each_other_and_not_beyond_this_one(machines: Machines) -> None:
    text = page("employee")
    assert "?bulan=2026-10" in text and "?bulan=2026-12" not in text
    assert "?bulan=2026-11" in page("employee", query="?bulan=2026-10")
    for odd in ("0001-01", "9999-12", "2030-01", "x"):
        assert "Hari" in page("employee", query=f"?bulan={odd}")
    assert "Januari 2015" in page("employee", query="?bulan=0001-01")


def test_a_day_without_data_says_so(machines: Machines) -> None:
    tap(machines, (4, 7, 20), (4, 16, 5))
    text = page("employee")
    assert text.count("Belum ada data mesin") == 4, "Monday and Tuesday, in the strip and in the list"
    assert "1 hari hadir, 0 kali terlambat, 2 hari tanpa presensi." in text


def test_who_has_no_post_is_told_that(machines: Machines) -> None:
    ended = machines.people.city.persons["ended"]
    assert "Tidak ada jabatan pada bulan ini" in page("nurul", "person", ended)


def test_a_superior_reads_those_he_leads(machines: Machines) -> None:
    tap(machines, (2, 7, 20), (2, 16, 5))
    own = machines.people.city.persons["own"]
    assert "Presensi Suparman" in page("superior", "person", own)
    client = Client()
    client.force_login(User.objects.get(username="employee"))
    assert (
        client.get(reverse("presence:person", args=[machines.people.city.persons["mate"]])).status_code == 404
    )
