"""An appointment is ended from the person's file: only its last day is asked, its own order stays."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from pamong.kernel.clock import format_date
from pamong.people.models import Appointment, Entry
from tests.support.people import People
from tests.web.entries.test_entries import browser, people, text

__all__ = ["people"]
pytestmark = pytest.mark.django_db


def test_an_appointment_is_ended_from_the_file(people: People) -> None:
    officer, chief = browser("nurul"), people.city.persons["chief"]
    before = Appointment.objects.known().get(person__uid=chief, kind="regular")
    page = text(officer.get(reverse("people:part", args=[chief, "jabatan"])))
    found = re.search(r'href="([^"]*laku=akhiri[^"]*)"', page)
    assert found is not None
    path = found[1].replace("&amp;", "&")
    form = text(officer.get(path))
    assert "Pengakhiran: Jabatan" in form and "Hari terakhir memangku" in form
    assert "Berlaku mulai" not in form and "Jenis pengangkatan" not in form
    for typed in ("", "31-02-2026"):
        wrong = officer.post(path, {"reason": "Pindah tugas", "until": typed, "langkah": "lihat"})
        assert wrong.status_code == 422
        assert "Berlaku mulai" not in text(wrong), "no complaint of a field that is not there"
    early = {"reason": "Pindah tugas", "until": f"{before.period.lower - timedelta(days=1)}"}
    told = text(officer.post(path, {**early, "langkah": "lihat"}))
    assert f"Hari terakhir tidak boleh sebelum {format_date(before.period.lower)}, hari mulainya" in told
    asked = {"reason": "Pindah tugas, SK 1/2026", "until": "2026-12-31"}
    assert "Yang akan terjadi" in text(officer.post(path, {**asked, "langkah": "lihat"}))
    assert officer.post(path, {**asked, "langkah": "kirim"}).status_code == 302
    answer = browser("wahyu").post(
        reverse("entries:entry", args=[Entry.objects.get().uid]), {"putusan": "setuju"}
    )
    assert answer.status_code == 302
    after = Appointment.objects.known().get(person__uid=chief, kind="regular")
    assert after.period.upper == date(2027, 1, 1)
    assert (after.order_no, after.seat_id) == (before.order_no, before.seat_id)


def test_whoever_may_not_propose_is_offered_no_end(people: People) -> None:
    chief = people.city.persons["chief"]
    page = text(browser("arif").get(reverse("people:part", args=[chief, "jabatan"])))
    assert "laku=akhiri" not in page
