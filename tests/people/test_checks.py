"""Checks on values and records, without a database: each rule meets data that break it, and that don't."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from pamong.kernel.period import Period
from pamong.kernel.timeline import Row
from pamong.people import subjects
from pamong.people.checks import find_problems
from pamong.people.situation import Seated, SeatFacts, Situation
from pamong.people.subjects import SUBJECTS

TODAY = date(2026, 11, 10)
UID = UUID(int=7)
BORN = date(1990, 5, 17)
SERVICE = {"kind": "PNS", "nip": "199005172014031002", "standing": "Aktif", "end_reason": ""}
IDENTITY = {"name": "Suparman", "birth_date": BORN, "sex": "L", "nik": None}


def row(values: dict[str, Any], start: date = date(2014, 3, 1), end: date | None = None) -> Row:
    return Row(Period(start, end), values)


def judged(subject: str, *added: Row, seats: Any = (), offer: Any = None, **after: Any) -> dict[str, str]:
    """Codes with their severities."""
    record = {"identity": [row(IDENTITY, BORN)], "employment": [row(SERVICE)], **after}
    record[subject] = [*after.get(subject, ()), *added]
    more = {"offer": offer} if offer else {}
    now = Situation(1, TODAY, record, added, {seat.id: seat for seat in seats}, **more)
    return {problem.code: problem.severity for problem in find_problems(subject, now)}


def test_a_sound_record_has_no_problem() -> None:
    assert judged("identity", row(IDENTITY, BORN)) == {}
    assert judged("employment", row(SERVICE)) == {}
    assert judged("rank", row({"golongan": "III/b"}, date(2020, 4, 1))) == {}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"birth_date": date(2030, 1, 1)}, {"birth_future": "block", "birth_after_service": "block"}),
        ({"birth_date": date(1990, 5, 18)}, {"nip_birth": "block"}),
        ({"sex": "P"}, {"nip_sex": "block"}),
        ({"nik": "9901011705900001"}, {}),
        ({"nik": "9901011805900001"}, {"nik_birth": "warn"}),
        ({"nik": "9901015705900001"}, {"nik_sex": "warn"}),
    ],
)
def test_identity(change: dict[str, Any], expected: dict[str, str]) -> None:
    found = judged("identity", row(IDENTITY | change, BORN))
    assert {code: found.get(code) for code in expected} == expected
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(
    ("change", "start", "expected"),
    [
        ({"nip": None}, date(2014, 3, 1), {"nip_missing": "block"}),
        ({"nip": None, "kind": "TKPK"}, date(2014, 3, 1), {}),
        ({}, date(2014, 2, 1), {"nip_start": "block"}),
        ({}, date(2015, 2, 1), {"nip_start": "warn"}),
        ({"kind": "CPNS"}, date(2015, 2, 1), {"nip_start": "block"}),
        ({"nip": "199005172014211002"}, date(2014, 3, 1), {"nip_start": "block"}),
        ({"kind": "PPPK", "nip": "199005172014211002"}, date(2019, 1, 1), {}),
        ({"kind": "PPPK", "nip": "199005172014211002"}, date(2013, 1, 1), {"nip_start": "warn"}),
        ({"kind": "PPPK", "nip": "199105172014211002"}, date(2019, 1, 1), {"nip_birth": "block"}),
        ({"end_reason": "retired"}, date(2014, 3, 1), {"end_missing": "block"}),
        ({"kind": "TKPK", "nip": None}, date(1990, 1, 1), {"tmt_before_birth": "block"}),
        ({"kind": "TKPK", "nip": None}, date(2000, 1, 1), {"tmt_too_young": "warn"}),
    ],
)
def test_employment(change: dict[str, Any], start: date, expected: dict[str, str]) -> None:
    assert judged("employment", row(SERVICE | change, start), employment=[]) == expected


def test_a_seat_outside_of_service_is_named() -> None:
    seat = row({"kind": "regular", "seat_id": 5}, date(2015, 1, 1))
    later = row(SERVICE | {"nip": "199005172016031002"}, date(2016, 3, 1))
    assert judged("employment", later, employment=[], appointment=[seat]) == {"seat_outside_service": "block"}


@pytest.mark.parametrize(
    ("kind", "golongan", "fits"),
    [
        ("PNS", "III/b", True),
        ("CPNS", "II/a", True),
        ("PNS", "IX", False),
        ("PPPK", "IX", True),
        ("PPPK", "III/b", False),
    ],
)
def test_golongan_fits_the_kind_of_service(kind: str, golongan: str, fits: bool) -> None:
    found = judged(
        "rank", row({"golongan": golongan}, date(2020, 4, 1)), employment=[row(SERVICE | {"kind": kind})]
    )
    assert found == ({} if fits else {"golongan_kind": "block"})


def test_rank_and_step_lie_within_service() -> None:
    assert judged("rank", row({"golongan": "III/b"}, date(2014, 2, 28))) == {"tmt_outside_service": "block"}
    ended = [row(SERVICE, date(2014, 3, 1), date(2020, 1, 1))]
    step = row({"mkg_years": 4}, date(2020, 1, 1))
    assert judged("salarystep", step, employment=ended) == {"tmt_outside_service": "block"}
    assert judged("salarystep", step, employment=[]) == {"tmt_outside_service": "block"}


def seat(*seated: Seated, frozen: bool = False) -> SeatFacts:
    return SeatFacts(5, UID, "Pengawas, Dinas Uji", ((Period(date(2018, 1, 1)), frozen),), seated)


def held(kind: str, start: date, end: date | None = None, who: int = 2) -> Seated:
    return Seated(who, "Tigor", kind, Period(start, end))


Y20, Y21, MARCH = date(2020, 1, 1), date(2021, 1, 1), date(2020, 3, 1)


@pytest.mark.parametrize(
    ("kind", "end", "facts", "expected"),
    [
        ("regular", None, seat(), {}),
        ("regular", None, seat(held("regular", date(2015, 1, 1), Y20)), {}),
        ("regular", None, seat(held("regular", date(2015, 1, 1))), {"seat_occupied": "block"}),
        ("regular", None, seat(held("regular", date(2026, 1, 1))), {"seat_occupied": "block"}),
        ("regular", None, seat(held("regular", date(2015, 1, 1), who=1)), {}),
        ("regular", None, seat(frozen=True), {"seat_frozen": "block"}),
        ("plt", MARCH, seat(frozen=True), {}),
        ("plt", MARCH, seat(held("regular", date(2015, 1, 1))), {"plt_beside_holder": "warn"}),
        ("plt", MARCH, seat(held("plh", Y20, Y21)), {"acting_occupied": "block"}),
        ("plh", None, seat(held("regular", date(2015, 1, 1))), {"end_missing": "block"}),
        ("handover", None, seat(held("regular", date(2015, 1, 1))), {"end_missing": "block"}),
        ("handover", MARCH, seat(held("regular", date(2015, 1, 1))), {}),
        ("return_right", None, seat(held("regular", date(2015, 1, 1))), {}),
    ],
)
def test_seats(kind: str, end: date | None, facts: SeatFacts, expected: dict[str, str]) -> None:
    added = row({"kind": kind, "seat_id": 5}, Y20, end)
    assert judged("appointment", added, seats=[facts]) == expected


def test_a_seat_that_is_not_there_yet() -> None:
    early = row({"kind": "regular", "seat_id": 5}, date(2017, 1, 1))
    assert judged("appointment", early, seats=[seat()]) == {"seat_absent": "block"}


def spouse(item: int, **values: Any) -> Row:
    return row({"relation": "spouse", "name": "Dewi", "item": item, **values}, date(2015, 1, 1))


def test_relatives() -> None:
    first = spouse(1, entitled=True)
    assert judged("relative", spouse(2, entitled=True), relative=[first]) == {"two_spouses": "block"}
    assert judged("relative", spouse(2), relative=[first]) == {"second_spouse": "warn"}
    child = {"relation": "child", "name": "Budi", "item": 3}
    assert judged("relative", row(child | {"birth_date": date(2027, 1, 1)})) == {"relative_future": "block"}
    assert judged("relative", row(child | {"birth_date": date(1989, 1, 1)})) == {"child_older": "block"}
    assert judged("relative", row(child | {"relative_id": 1})) == {"relative_self": "block"}
    assert judged("relative", row(child | {"birth_date": date(2016, 1, 1)})) == {}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"graduated_on": date(2012, 8, 1), "graduated_year": 2012}, {}),
        ({"graduated_on": date(2012, 8, 1), "graduated_year": 2013}, {"graduated_year": "block"}),
        ({"graduated_on": date(2027, 8, 1)}, {"graduated_future": "block"}),
        ({"graduated_year": 2027}, {"graduated_year_future": "block"}),
        ({"graduated_on": date(1990, 1, 1)}, {"graduated_before_birth": "block"}),
    ],
)
def test_education(values: dict[str, Any], expected: dict[str, str]) -> None:
    assert judged("education", row(values)) == expected


def test_a_bank_account_in_another_name_is_a_doubt() -> None:
    assert judged("bankaccount", row({"holder": "SUPARMAN"})) == {}
    assert judged("bankaccount", row({"holder": "Dewi"})) == {"holder_differs": "warn"}


@pytest.mark.parametrize(
    ("subject", "values", "message"),
    [
        ("contact", {"email": "bukan surel"}, "Surel pribadi, bukan alamat surel"),
        ("contact", {"phone": "abc"}, "Telepon, bukan nomor telepon"),
        ("contact", {"phone": 5}, "Telepon, harus teks"),
        ("bankaccount", {"number": "12-34"}, "harus 5 sampai 20 angka"),
        ("identity", {"birth_date": "17/05/1990"}, "bukan tanggal"),
        ("identity", {"sex": "X"}, "tidak ada dalam pilihan"),
        ("identity", {"nik": "123"}, "NIK, 3 digit, harus 16"),
        ("employment", {"nip": "123"}, "NIP, 3 digit, harus 18"),
        ("salarystep", {"mkg_months": "12"}, "12 di luar 0 sampai 11"),
        ("salarystep", {"mkg_years": "dua"}, "bukan bilangan bulat"),
        ("relative", {"entitled": "mungkin"}, "harus ya atau tidak"),
        ("appointment", {"seat": "5"}, "bukan pilihan dari daftar"),
        ("rank", {"basis_id": 5}, "isian 'basis_id' tidak dikenal"),
    ],
)
def test_values_that_cannot_be_read(subject: str, values: dict[str, Any], message: str) -> None:
    found, problems = subjects.read(SUBJECTS[subject], values)
    assert found == {}
    assert [message in str(problem) for problem in problems] == [True]


def test_values_come_back_from_an_entry_as_they_went_in() -> None:
    raw = {"relation": "child", "name": " Budi  Jaya ", "birth_date": "2016-01-02", "relative": str(UID),
           "entitled": "ya", "nik": "9901 0102 0116 0001"}  # fmt: skip
    values, problems = subjects.read(SUBJECTS["relative"], raw)
    assert problems == []
    assert (values["name"], values["relative"], values["entitled"]) == ("Budi Jaya", UID, True)
    assert subjects.read(SUBJECTS["relative"], subjects.as_json(values)) == (values, [])


def test_every_subject_names_the_facts_of_its_table() -> None:
    from pamong.people.models import VALUES_OF  # noqa: PLC0415 - the rest of this file needs no models

    for code, subject in SUBJECTS.items():
        model = VALUES_OF[code]
        key = {"kind"} if code == "appointment" else set()
        assert {field.fact for field in subject.fields} == {*model.facts} | key
