"""Numbers by rule and office: within one's scope, and none from which single people could be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.access.errors import NotAllowed
from pamong.access.models import ReadLog
from pamong.kernel.actor import Actor, Grant
from pamong.people import quality
from pamong.people.quality import Board, Count, Group
from pamong.people.quality.board import FEW, _sum
from pamong.web.people.law import national
from tests.people.quality.conftest import Register
from tests.support.people import AT, TODAY

HEAD = Actor(None, None, "Wali Kota", (Grant("appointing_official"),), TODAY)


def board(actor: Actor, unit: str = "") -> Board:
    return quality.count_findings(actor=actor, on=TODAY, law=national(), unit=unit)


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
    register.person(education=None)
    offices = {place.name: place for place in board(HEAD).places}
    assert offices["Dinas Kesehatan"].rules["education_missing"] == Count(5)
    assert offices["Dinas Kesehatan"].rules["account_missing"] == Count(0), "nothing is no small number"
    assert board(HEAD).rules["unit_headless"] == Count(2), "a unit is nobody"


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


def test_one_hidden_number_does_not_follow_from_the_sum() -> None:
    assert _sum([(20, 20), (3, 3)], shown=False) == Count(20, partial=True)
    assert _sum([(20, 20), (3, 3)], shown=True) == Count(23)
    assert _sum([(20, 20), (3, 3), (2, 2)], shown=False) == Count(25), "two hidden ones stay apart"
    assert _sum([(3, 3), (0, 0)], shown=False) == Count(hidden=True)
    assert _sum([(9, 1)], shown=False) == Count(hidden=True), "many findings about one person"
    assert _sum([], shown=False) == Count(0)


@given(st.lists(st.integers(0, 12), max_size=8))
def test_no_hidden_number_is_ever_the_difference(numbers: Sequence[int]) -> None:
    cells = [(number, number) for number in numbers]
    hidden = [number for number in numbers if 0 < number < FEW]
    total = _sum(cells, shown=False)
    if len(hidden) == 1 and not total.hidden:
        told = sum(number for number in numbers if number not in hidden)
        assert total.partial and total.value == told
    if total.hidden:
        assert total.value == 0
