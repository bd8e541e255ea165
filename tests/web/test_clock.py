"""One clock to the eye: in a demo, what the database stamps reads as of the demo's day."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import User
from pamong.people.models import Entry
from pamong.web.formats import waktu
from tests.support.people import AT, People

MACHINE = datetime.now(UTC)
DAY = "10 November 2026"


@pytest.fixture
def people(small: People, monkeypatch: pytest.MonkeyPatch, settings: Any) -> People:
    """The small city in a demo whose today differs from the machine's by an offset."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_CLOCK_OFFSET = AT - datetime.now(UTC)
    settings.PAMONG_SECOND_FACTOR = False
    return small


def read(username: str, name: str, *args: object, query: str = "") -> str:
    browser = Client()
    browser.force_login(User.objects.get(username=username))
    answer = browser.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_instant_is_shown_with_the_offset_and_asked_for_without(settings: Any) -> None:
    settings.PAMONG_ZONE = "Asia/Jakarta"
    stamp = datetime(2026, 11, 29, 17, 57, tzinfo=UTC)
    assert waktu(stamp) == "30 November 2026, 00.57"
    settings.PAMONG_CLOCK_OFFSET = timedelta(days=-19, hours=-1)
    assert waktu(stamp) == "10 November 2026, 23.57"
    assert waktu(stamp, "Asia/Jayapura") == "11 November 2026, 01.57"
    assert clock.stamped(clock.shown(stamp)) == stamp
    assert "belum ada" in waktu(None)


def test_what_was_recorded_today_is_known_today_and_was_not_yesterday(people: People) -> None:
    uid = people.city.persons["own"]
    assert "PNS aktif" in read("nurul", "people:person", uid, query="?diketahui=2026-11-10")
    assert "Belum tercatat bertugas" in read("nurul", "people:person", uid, query="?diketahui=2026-11-09")


def test_records_proposals_and_looks_tell_the_day_of_the_demo(people: People) -> None:
    uid = people.city.persons["own"]
    people.enter("nurul", "own", "contact", on=AT.date(), values={"phone": "0812000111"})
    assert f"{DAY}, 07." in read("nurul", "people:part", uid, "riwayat")
    assert f"{DAY}, 07." in read("employee", "mine")
    entry = Entry.objects.get()
    assert entry.entered_at > MACHINE - timedelta(hours=1)
    looks = read("employee", "own_reads")
    assert DAY in looks and f"{MACHINE.day} {MACHINE:%Y}" not in looks


def test_machines_are_told_the_same_instant(people: People) -> None:
    browser = Client()
    browser.force_login(User.objects.get(username="nurul"))
    told = browser.get(f"/api/v1/people/{people.city.persons['own']}").json()
    assert {fact["recorded_at"][:10] for fact in told["facts"]} == {"2026-11-10"}
