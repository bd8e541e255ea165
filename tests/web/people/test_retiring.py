"""Who retires when: by the law's age limits, month by month, with the article; nobody is guessed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from pamong.access.models import ReadLog
from pamong.jobs import lists as job
from pamong.organisation import models as org
from pamong.people import models, queries
from pamong.people.models import Person
from pamong.people.queries.retiring import FEW, PAGE
from pamong.web.people import law, retiring
from tests.support.city import since
from tests.support.people import AT, TODAY, People, opening_basis
from tests.web.conftest import Read

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


def test_who_prepares_his_retirement_goes_by_his_last_post(many_old: People, read: Read) -> None:
    who = about_to_retire(many_old)
    plan = plan_of(many_old, on=TODAY)
    (found,) = [each for each in plan.shown if each.person.uid == who.uid]
    assert found.when is not None and found.when.starts_on == date(2027, 3, 1)
    assert found.last is not None and found.last.last_day == date(2026, 2, 28)
    assert who.uid not in {each.person.uid for each in plan.unknown}
    (node,) = retiring.why(found)
    assert "jabatan terakhirnya, Penelaah Teknis Kebijakan (sampai 28 Februari 2026)" in node.children[1].text
    for query in ("?tahun=1&bulan=2027-03", "?tahun=1&unit=dinkes"):
        text = read("nurul", "people:retirements", query=query)
        assert "Siap Pensiun" in text and "jabatan terakhir, sampai 28 Februari 2026" in text
        assert "Masa Persiapan Pensiun" in text
    assert "Siap Pensiun" not in read("nurul", "people:retirements", query="?tahun=1&unit=disdik")


def test_the_file_tells_the_last_post(many_old: People) -> None:
    about_to_retire(many_old)
    asked = {"on": TODAY.isoformat(), "until": "2027-12-01", "unit": ""}
    _headings, rows = job.LISTS["retiring"](many_old.actor("nurul"), AT, asked)
    (row,) = [row for row in rows if row["Nama"] == "Siap Pensiun"]
    assert (row["Jabatan"], row["Jabatan terakhir"]) == ("", "Penelaah Teknis Kebijakan")
    assert row["Pensiun mulai"] == "01-03-2027"


def about_to_retire(people: People) -> Person:
    """Somebody whose retirement is prepared: no post since March, his age limit in February."""
    born, basis, who = date(1969, 2, 5), opening_basis(), Person.objects.create()
    told = {"person": who, "basis_id": basis}
    models.Identity.objects.create(period=since(born), name="Siap Pensiun", birth_date=born, sex="L", **told)
    models.Employment.objects.create(
        period=since(date(2020, 1, 1)), kind="PNS", standing="Masa Persiapan Pensiun",
        nip="196902052020011777", **told,
    )  # fmt: skip
    _seat(people, told, since(date(2020, 1, 1), date(2026, 3, 1)))
    return who


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


@pytest.fixture
def many_old(people: People) -> People:
    """More than a page past their limit, and more than a page old enough whose post is not known."""
    basis = opening_basis()
    for number in range(PAGE + 3):
        for born, seat in ((date(1950, 1 + number % 12, 1), True), (date(1960, 1, 1), False)):
            who = Person.objects.create()
            told = {"person": who, "basis_id": basis}
            name = f"{'Lewat' if seat else 'Kabur'} {number:02}"
            models.Identity.objects.create(period=since(born), name=name, birth_date=born, sex="L", **told)
            models.Employment.objects.create(
                period=since(date(2020, 1, 1)), kind="PNS", standing="Aktif",
                nip=f"{born:%Y%m%d}2020011{number:03}", **told,
            )  # fmt: skip
            if seat:
                _seat(people, told)
    return people


def _seat(people: People, told: dict[str, Any], held: Any = None) -> None:
    post, _ = org.Post.objects.get_or_create(name="Penelaah Teknis Kebijakan", kind="pelaksana")
    seat = org.Seat.objects.create()
    span, basis = since(date(2020, 1, 1)), told["basis_id"]
    org.SeatRow.objects.create(
        seat=seat, unit=org.Unit.objects.get(code="dinkes"), post=post, period=span, basis_id=basis
    )
    models.Appointment.objects.create(seat=seat, kind="regular", stint=0, period=held or span, **told)


def test_those_beside_the_months_are_few_and_counted_with_a_way_to_all(many_old: People, read: Read) -> None:
    text = read("nurul", "people:retirements", query="?tahun=2")
    assert f"{PAGE + 3} orang sudah melewati batas usianya" in text
    assert (
        len(set(re.findall(r"Lewat \d\d", text))) == FEW and len(set(re.findall(r"Kabur \d\d", text))) == FEW
    )
    assert "bagian=terlewat" in text and "bagian=belum-jelas" in text
    assert len(ReadLog.objects.latest("id").subject_ids) <= 2 * FEW + PAGE


@pytest.mark.parametrize(("part", "name"), [("terlewat", "Lewat"), ("belum-jelas", "Kabur")])
def test_every_part_has_its_pages_and_holds_everybody_once(
    many_old: People, read: Read, part: str, name: str
) -> None:
    pages = [read("nurul", "people:retirements", query=f"?bagian={part}&hal={page}") for page in (1, 2)]
    names = [set(re.findall(rf"{name} \d\d", text)) for text in pages]
    assert [len(each) for each in names] == [PAGE, 3] and not names[0] & names[1]
    other = "Kabur" if name == "Lewat" else "Lewat"
    assert not any(re.search(rf"{other} \d\d", text) for text in pages)
    assert len(ReadLog.objects.latest("id").subject_ids) == 3


def test_the_file_still_holds_all_of_them(many_old: People) -> None:
    asked = {"on": TODAY.isoformat(), "until": "2027-12-01", "unit": ""}
    _headings, rows = job.LISTS["retiring"](many_old.actor("nurul"), AT, asked)
    assert len([row for row in rows if row["Nama"].startswith(("Lewat", "Kabur"))]) == 2 * (PAGE + 3)


def test_a_part_without_anybody_says_so(people: People, read: Read) -> None:
    assert "Tidak ada lagi di bagian ini" in read("nurul", "people:retirements", query="?bagian=terlewat")
