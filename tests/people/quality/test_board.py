"""Numbers by rule and office: within one's scope, and none from which single people could be told."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from pamong.access.errors import NotAllowed
from pamong.access.models import ReadLog
from pamong.kernel.actor import Actor, Grant
from pamong.people import quality
from pamong.people.models import Person
from pamong.people.quality import Board, Count, Group
from pamong.web.people.law import national
from tests.people.quality.conftest import Register
from tests.support.people import AT, TODAY

HEAD = Actor(None, None, "Wali Kota", (Grant("appointing_official"),), TODAY)


def board(actor: Actor, unit: str = "") -> Board:
    return quality.count_findings(actor=actor, on=TODAY, law=national(), unit=unit)


def crowd(
    register: Register,
    contact: Any = MappingProxyType({}),
    bankaccount: Any = MappingProxyType({}),
    **units: int,
) -> list[Person]:
    """So many more people without education in each unit."""
    made = []
    for unit, count in units.items():
        for _ in range(count):
            serial = Person.objects.count() + 10
            made.append(
                register.person(
                    education=None, contact=contact, bankaccount=bankaccount, seat={"unit": unit},
                    identity={"nik": f"990101540295{serial:04}"},
                    employment={"nip": f"199502142020012{serial:03}"},
                )
            )  # fmt: skip
    return made


def test_case_S_03_a_clerk_sees_the_numbers_of_his_own_units_only(register: Register) -> None:
    clerk, officer = board(register.people.actor("unit_clerk")), board(register.people.actor("nurul"))
    assert clerk.looked == 4 and officer.looked == 6
    assert {place.name for place in clerk.places} == {"Dinas Kesehatan", "Puskesmas Melati"}
    assert {place.name for place in officer.places} == {
        "Dinas Kesehatan", "Dinas Pendidikan", "Sekretariat Daerah",
    }  # fmt: skip
    assert clerk.rules["education_missing"] == Count(4) and officer.rules["education_missing"] == Count(6)
    assert not clerk.by_office and officer.by_office
    assert board(register.people.actor("unit_clerk"), unit="disdik").total == Count(0)
    assert board(register.people.actor("nurul"), unit="disdik").looked == 1
    assert board(register.people.actor("nurul"), unit="a.b|*").looked == 0, "no code: nothing, not everything"


def test_numbers_agree_with_the_lists_behind_them(register: Register) -> None:
    clerk = register.people.actor("unit_clerk")
    found = board(clerk)
    for rule in quality.RULES:
        assert found.rules[rule.code].value == len(register.findings(rule.slug, "unit_clerk")), rule.code
    assert found.total.value == sum(count.value for count in found.rules.values())
    assert found.total.value == sum(place.total.value for place in found.places)
    assert {group: count.value for group, count in found.groups.items()} == {
        group: sum(found.rules[rule.code].value for rule in quality.RULES if rule.group is group)
        for group in Group
    }


def test_case_S_03_a_cell_below_five_people_is_hidden_from_who_may_not_see_them(register: Register) -> None:
    seen = board(HEAD)
    assert not seen.opens
    offices = {place.name: place for place in seen.places}
    hidden = Count(hidden=True)
    assert offices["Dinas Pendidikan"].rules["education_missing"] == hidden
    assert offices["Dinas Kesehatan"].rules["education_missing"] == hidden, "four people"
    crowd(register, pkm_melati=2)
    seen = board(HEAD)
    offices = {place.name: place for place in seen.places}
    assert seen.rules["education_missing"] == Count(8)
    assert offices["Dinas Kesehatan"].rules["education_missing"] == hidden, (
        "8 - 6 are one in each other office"
    )
    assert offices["Dinas Kesehatan"].rules["account_missing"] == Count(0), "nothing is no small number"
    assert seen.rules["unit_headless"] == Count(2), "a unit is nobody"
    crowd(register, setda=6, disdik=6)
    offices = {place.name: place for place in board(HEAD).places}
    assert offices["Dinas Kesehatan"].rules["education_missing"] == Count(6)


def test_a_hidden_unit_does_not_follow_from_the_office_on_another_page(register: Register) -> None:
    crowd(register, dinkes=6, setda=6, disdik=6)
    (office,) = [place for place in board(HEAD).places if place.code == "dinkes"]
    narrowed = board(HEAD, "dinkes")
    units = {place.code: place.rules["education_missing"] for place in narrowed.places}
    assert office.rules["education_missing"] == narrowed.rules["education_missing"] == Count(10)
    small = {place.code for place in board(register.people.actor("nurul"), "dinkes").places}
    assert small == set(units) and all(units[code].hidden for code in ("dinkes", "pkm_melati"))
    assert board(HEAD, "pkm_melati").total == Count(0), "below offices nothing is counted apart"


def test_every_page_hides_the_same_and_sums_are_of_shown_numbers(register: Register) -> None:
    crowd(register, dinkes=4, setda=4)
    crowd(register, dinkes=4, pkm_melati=3, contact=None)
    crowd(register, setda=2, disdik=2, bankaccount=None)
    pages = [board(HEAD), *(board(HEAD, place.code) for place in board(HEAD).places if place.code)]
    for page in pages:
        for counts in (page, *page.places):
            told = [count.value for count in counts.rules.values() if not count.hidden]
            assert counts.total.value == sum(told)
            assert (
                counts.total.hidden
                or counts.total.partial
                or not any(count.hidden for count in counts.rules.values())
            )
    for rule in quality.RULES:
        ask: dict[str, Any] = {"actor": HEAD, "on": TODAY, "law": national(), "rules": [rule]}
        for page, unit in ((pages[0], ""), (board(HEAD, "dinkes"), "dinkes")):
            alone = quality.count_findings(unit=unit, **ask)
            assert alone.rules[rule.code] == page.rules[rule.code]
            for place in alone.places:
                (same,) = [each for each in page.places if each.code == place.code]
                assert place.total == place.rules[rule.code] == same.rules[rule.code]


def test_what_was_accepted_is_hidden_like_what_is_open(register: Register) -> None:
    nurul = register.people.actor("nurul")
    told: dict[str, Any] = {"actor": nurul, "at": AT, "law": national()}
    rule = quality.rule_of("tanpa-pendidikan")
    made = crowd(register, dinkes=6)
    quality.accept(**told, rule=rule, subject=made[0].uid, reason="Memang begitu")
    assert board(nurul).accepted == Count(1) and board(HEAD).accepted == Count(hidden=True)
    for who in made[1:]:
        quality.accept(**told, rule=rule, subject=who.uid, reason="Memang begitu")
    assert board(HEAD).accepted == board(HEAD, "dinkes").accepted == Count(6)
    (other,) = crowd(register, disdik=1)
    quality.accept(**told, rule=rule, subject=other.uid, reason="Memang begitu")
    assert board(HEAD).accepted == Count(7), "all of the government"
    assert board(HEAD, "dinkes").accepted == board(HEAD, "disdik").accepted == Count(hidden=True)


def test_people_concerned_are_those_of_shown_numbers(register: Register) -> None:
    assert board(HEAD).concerned == Count(hidden=True), "so few that they would be told"
    crowd(register, setda=6, disdik=6, dinkes=6, contact=None)
    crowd(register, setda=2, bankaccount=None)
    seen, whole = board(HEAD), board(register.people.actor("nurul"))
    assert whole.concerned.value >= seen.concerned.value
    assert seen.concerned.partial == any(count.hidden for count in seen.rules.values())
    assert board(HEAD, "dinkes").concerned == Count(hidden=True)


def test_the_head_of_government_gets_numbers_and_no_names(register: Register) -> None:
    ask: dict[str, Any] = {"at": AT, "on": TODAY, "law": national()}
    with pytest.raises(NotAllowed):
        quality.list_findings(actor=HEAD, rules=[quality.rule_of("tanpa-pendidikan")], **ask)
    units = quality.list_findings(actor=HEAD, rules=[quality.rule_of("unit-tanpa-pemimpin")], **ask)
    assert {found.label for found in units.rows} == {"Puskesmas Melati", "Dinas Pendidikan"}


def test_whoever_may_not_read_it_is_refused(register: Register) -> None:
    for username in ("employee", "superior", "arif"):
        with pytest.raises(NotAllowed):
            board(register.people.actor(username))


def test_who_is_listed_can_read_who_looked(register: Register) -> None:
    listed = register.findings("tanpa-pendidikan", "unit_clerk")
    (row,) = ReadLog.objects.filter(path="quality.list")
    clerk = register.people.city.persons["clerk"]
    assert set(row.subject_ids) == {found.subject for found in listed} - {clerk}


def test_pages_of_a_list_hold_everybody_once(register: Register) -> None:
    ask: dict[str, Any] = {"at": AT, "on": TODAY, "law": national(), "size": 4}
    ask |= {"actor": register.people.actor("nurul"), "rules": [quality.rule_of("tanpa-pendidikan")]}
    pages = [quality.list_findings(page=page, **ask) for page in (1, 2, 9)]
    assert [len(page.rows) for page in pages] == [4, 2, 2]
    assert [(page.open, page.page, page.last) for page in pages] == [(6, 1, 2), (6, 2, 2), (6, 2, 2)]
    assert len({found.subject for page in pages for found in page.rows}) == 6


def test_an_earlier_date_is_judged_by_its_own_record(register: Register) -> None:
    register.person()
    asked: dict[str, Any] = {"actor": register.people.actor("nurul"), "law": national()}
    assert quality.count_findings(on=TODAY, **asked).looked == 7
    assert quality.count_findings(on=date(2019, 12, 31), **asked).looked == 7, "without her, with Sumiyati"
