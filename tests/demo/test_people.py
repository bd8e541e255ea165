"""The invented people: valid numbers, names by sex, grades that fit, and the same person in any list."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from pamong.access.roles import GRANTABLE
from pamong.demo.accounts import ACCOUNTS
from pamong.demo.career import AS_OF, salary_table
from pamong.demo.city import city
from pamong.demo.names import words_of
from pamong.demo.people import PERSONAS, Person, get_persona, make_people
from pamong.kernel.nik import Nik
from pamong.kernel.nip import Nip

CITY = 300


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return make_people(CITY)


def test_city_has_300_people_of_three_kinds(people: list[Person]) -> None:
    assert Counter(person.seat.kind for person in people) == {"PNS": 238, "PPPK": 53, "CPNS": 9}
    assert Counter(person.seat.group for person in people) == {
        "TPP": 221,
        "BLUD": 33,
        "TPG": 29,
        "INSENTIF": 14,
        "TIDAK": 3,
    }
    assert Counter(person.seat.standing.name for person in people) == {
        "Aktif": 241,
        "PPPK Aktif": 53,
        "Masa Persiapan Pensiun": 3,
        "CLTN": 2,
        "Pemberhentian Sementara": 1,
    }
    assert {person.seat.job_class for person in people} == set(range(1, 16)) - {10, 13}
    assert len({person.seat.unit.opd for person in people}) == 15


def test_numbers_are_valid_and_nobody_shares_one() -> None:
    many = make_people(4000)
    assert len({p.nip for p in many}) == len({p.nik for p in many}) == len({p.pin for p in many}) == 4000
    for person in many:
        nip, nik = Nip.parse(person.nip), Nik.parse(person.nik)
        assert nip.birth_date == person.career.born and nip.sex == nik.sex == person.sex
        assert nip.start_year == person.career.started.year
        assert nip.kind_hint == ("PPPK" if person.seat.kind == "PPPK" else "PNS")
        assert nik.matches_birth(person.career.born) and nik.digits.startswith("99")


def test_names_hold_only_words_of_the_persons_sex(people: list[Person]) -> None:
    generated = [person for person in people if not person.who]
    for person in generated:
        assert set(person.name.split()) <= words_of(person.sex), person.full_name
    assert {"Bambang", "Slamet"} & words_of("P") == {"Siti", "Endah"} & words_of("L") == set()
    single = [person for person in generated if " " not in person.name]
    assert 15 <= len(single) <= 75


def test_names_of_one_word_are_more_common_among_the_old() -> None:
    many = make_people(3000)
    groups = [
        [p for p in many if low <= p.career.born.year < high]
        for low, high in ((0, 1972), (1972, 1987), (1987, 2010))
    ]
    old, middle, young = (sum(" " not in p.name for p in group) / len(group) for group in groups)
    assert old > 1.5 * middle > 4 * young > 0


def test_titles_are_exact(people: list[Person]) -> None:
    assert get_persona("physician").full_name == "dr. Maria Kusumawardhani"
    assert get_persona("head").full_name == "Drs. Harsono Tri Wibawa, M.Si."
    doctorate = next(person for person in people if person.seat.post == "Sekretaris Daerah")
    assert doctorate.front.split()[0] == "Dr." and doctorate.back == "S.Sos., M.Si."
    for person in people:
        if person.seat.post.startswith("Dokter"):
            assert person.front.startswith(("dr.", "drg."))
        assert not ("Drs." in person.front and person.sex == "P")
        assert not ("Dra." in person.front and person.sex == "L")


def test_age_service_grade_and_schooling_agree() -> None:
    for person in make_people(4000):
        career, seat = person.career, person.seat
        age = (AS_OF - career.born).days / 365.25
        assert age - (AS_OF - career.started).days / 365.25 >= 18
        assert age < 58
        assert career.started <= career.grade_since <= career.post_since < AS_OF
        assert any(
            grade == career.grade and years <= career.mkg_years for grade, years in salary_table(seat.kind)
        )
        if seat.kind == "CPNS":
            assert (AS_OF - career.started).days < 366
        assert career.mkg_years < 40 and 0 <= career.mkg_months < 12


def test_somebody_is_the_same_in_a_short_and_a_long_list(people: list[Person]) -> None:
    assert make_people(41) == people[:41]
    assert make_people(301)[:CITY] == people
    assert [person.who for person in people[: len(PERSONAS)]] == list(PERSONAS) == city()["named"]
    assert not any(person.who for person in make_people(650)[len(PERSONAS) :])


def test_another_seed_gives_other_people_but_the_same_seats(people: list[Person]) -> None:
    others = make_people(60, seed="lain")
    assert [person.seat for person in others] == [person.seat for person in people[:60]]
    assert sum(a.name != b.name for a, b in zip(others, people, strict=False)) > 35


def test_named_people_keep_what_documents_say_of_them() -> None:
    clerk, head, pppk = get_persona("clerk"), get_persona("head"), get_persona("pppk")
    assert (clerk.pin, clerk.nip, clerk.seat.unit.name) == (
        "1001",
        "199108142020122001",
        "Kelurahan Wonosekar",
    )
    assert (head.seat.job_class, head.career.grade) == (14, "IV/b")
    assert (pppk.seat.kind, pppk.career.grade, pppk.seat.unit.by) == ("PPPK", "IX", "glg")
    assert get_persona("nurse").seat.group == "BLUD" and get_persona("teacher").seat.group == "TPG"
    assert get_persona("cpns").seat.kind == "CPNS"
    assert get_persona("income_missing").full_name == "Sutrisno"
    with pytest.raises(ValueError, match="nobody"):
        get_persona("nobody")


def test_accounts_cover_the_roles_of_the_demo() -> None:
    assert {account.role for account in ACCOUNTS} - {""} == set(GRANTABLE)
    names = {account.username: account.display_name for account in ACCOUNTS}
    assert len(names) == len(ACCOUNTS) and len(set(names.values())) == len(ACCOUNTS)
    assert names["ratna"] == "Ratna Widyastuti, A.Md." and names["suryo"] == "Suryo Widagdo, S.IP."
    assert sum(account.role == "personnel_officer" for account in ACCOUNTS) == 3, "three hands"
    lurah = get_persona("lurah")
    assert lurah.seat.unit == get_persona("clerk").seat.unit and lurah.career.born < date(1980, 1, 1)
