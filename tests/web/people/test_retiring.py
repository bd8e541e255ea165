"""Who retires when: by the law's age limits, month by month, with the article; nobody is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from pamong.access.models import ReadLog
from pamong.jobs import lists as job
from pamong.people import queries
from pamong.web.people import law, retiring
from tests.support.people import AT, TODAY, People
from tests.web.people.conftest import Read

NOBODY = "Tidak ada yang pensiun dalam masa ini"


def test_the_month_follows_from_birth_date_and_post(people: People, read: Read) -> None:
    text = read("nurul", "people:retirements", query="?tahun=2")
    assert "1 orang mencapai batas usia pensiun dalam 2 tahun ke depan." in text
    assert "Wibisono Cakrawala" in text and "Juni 2028" in text and "1 Juni 2028" in text
    assert "UU 20/2023, Pasal 55" in text and "60 tahun" in text
    assert NOBODY in read("nurul", "people:retirements", query="?tahun=1")


def test_a_month_and_a_unit_narrow_the_list(people: People, read: Read) -> None:
    assert "Wibisono" in read("nurul", "people:retirements", query="?tahun=5&bulan=2028-06")
    other = read("nurul", "people:retirements", query="?tahun=5&bulan=2028-07")
    assert "Wibisono" not in other and "Juni 2028" in other
    assert "Wibisono" in read("nurul", "people:retirements", query="?tahun=5&unit=setda")
    assert NOBODY in read("nurul", "people:retirements", query="?tahun=5&unit=disdik")


def test_it_stays_within_reach_and_is_logged(people: People, read: Read) -> None:
    assert NOBODY in read("superior", "people:retirements", query="?tahun=5")
    read("nurul", "people:retirements", query="?tahun=5")
    row = ReadLog.objects.get(path="people.retiring")
    assert row.subject_ids == [people.city.persons["above"]]


def test_who_is_past_the_limit_is_named(people: People) -> None:
    plan = plan_of(people, on=date(2028, 7, 1))
    assert [each.person.name for each in plan.overdue] == ["Wibisono Cakrawala"]
    assert retiring._notice(plan.overdue[0]).text.startswith("Wibisono Cakrawala sejak 1 Juni 2028")


def test_who_has_no_post_is_not_guessed(people: People) -> None:
    before_their_seats = plan_of(people, on=date(2019, 12, 1))
    assert before_their_seats.months == [] and len(before_their_seats.unknown) > 0


def test_the_file_holds_the_article(people: People) -> None:
    asked = {"on": TODAY.isoformat(), "until": "2030-01-01", "unit": ""}
    headings, rows = job.LISTS["retiring"](people.actor("nurul"), AT, asked)
    assert headings[-3:] == ["Batas usia", "Pensiun mulai", "Dasar hukum"]
    found = [(row["Nama"], row["Batas usia"], row["Pensiun mulai"], row["Dasar hukum"]) for row in rows]
    assert found == [("Wibisono Cakrawala", "60", "01-06-2028", "UU 20/2023, Pasal 55")]


@pytest.mark.parametrize(
    ("on", "years", "end"),
    [(date(2026, 11, 10), 1, date(2027, 12, 1)), (date(2026, 12, 31), 1, date(2028, 1, 1))],
)
def test_a_span_ends_with_its_last_month(on: date, years: int, end: date) -> None:
    assert retiring.until(on, years) == end


def test_a_mistyped_month_is_none() -> None:
    assert retiring.month_of("2028-06") == date(2028, 6, 1)
    assert retiring.month_of("2028-13") is None and retiring.month_of("") is None


def plan_of(people: People, on: date) -> queries.RetirementPlan:
    until = date(on.year + 20, 1, 1)
    return queries.plan_retirements(
        actor=people.actor("nurul"), at=AT, on=on, law=law.national(), until=until
    )
