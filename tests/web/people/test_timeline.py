"""The career as a line: which order an event names, in which years it begins and ends, what is left out."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from pamong.kernel.period import Period
from pamong.people.queries import Fact, PersonFile
from pamong.web.people.timeline import Event, timeline
from tests.support.people import TODAY, People
from tests.web.conftest import Read


def service(start: date, end: date | None, **facts: Any) -> Fact:
    told = {
        "kind": "PNS",
        "standing": "Aktif",
        "end_reason": "",
        "order_no": "813/1",
        "order_on": None,
    } | facts
    return Fact(
        "employment", UUID(int=1), None, Period(start, end), told, "", "change", "import",
        cast("Any", None), {}, "", "", "",
    )  # fmt: skip


def events(fact: Fact, on: date = TODAY) -> list[Event]:
    file = SimpleNamespace(on=on, of=lambda subject: [fact] if subject == fact.subject else [])
    return [event for year in timeline(cast("PersonFile", file), TODAY).years for event in year.events]


def test_a_retirement_does_not_carry_the_order_of_the_appointment() -> None:
    end, begin = events(
        service(date(2000, 5, 1), date(2026, 7, 1), end_reason="retired", order_on=date(2000, 4, 21))
    )
    assert (end.title, end.order) == ("Pensiun", "")
    assert begin.order == "SK 813/1, 21 April 2000"


def test_a_retirement_names_its_own_order_and_the_beginning_none() -> None:
    end, begin = events(
        service(date(2000, 5, 1), date(2026, 7, 1), end_reason="retired", order_on=date(2026, 3, 2))
    )
    assert (end.order, begin.order) == ("SK 813/1, 2 Maret 2026", "")


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (date(2005, 1, 2), date(2025, 10, 1), "2 Januari 2005 sampai 30 September 2025"),
        (date(2024, 1, 2), date(2024, 10, 1), "2 Januari sampai 30 September 2024"),
        (date(2023, 10, 4), date(2024, 1, 1), "4 Oktober sampai 31 Desember 2023"),
        (date(2024, 1, 2), None, "sejak 2 Januari"),
    ],
)
def test_years_that_differ_are_both_told(start: date, end: date | None, told: str) -> None:
    (event,) = events(service(start, end))
    assert f"{event.day} {event.note}".strip() == told


def test_before_anything_one_sentence_says_so(people: People, read: Read) -> None:
    text = read("nurul", "people:person", people.city.persons["own"], query="?per=1950-01-01")
    assert "Belum ada riwayat pada tanggal ini;" in text
    assert "Jabatan, golongan, dan pendidikan akan tampil di sini" not in text


@pytest.mark.parametrize("name", ["people:index", "people:person"])
def test_a_day_to_come_says_that_retirements_are_not_counted(people: People, read: Read, name: str) -> None:
    args = [people.city.persons["own"]] if name == "people:person" else []
    text = read("nurul", name, *args, query="?per=2090-01-01")
    assert "Yang tampil hanya yang tercatat sampai hari ini. Pensiun" in text
    assert 'href="/pegawai/pensiun/"' in text
    assert "Yang tampil hanya yang tercatat" not in read("nurul", name, *args, query="?per=2020-01-01")
    assert "Yang tampil hanya yang tercatat" not in read("nurul", name, *args)
