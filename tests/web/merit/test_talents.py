"""Talent boxes on pages: one's own, and candidates' for who takes part; what is missing stays missing."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access.models import ReadLog, User
from pamong.merit import queries
from pamong.people.models import Person
from tests.support.filling import Filling, rate
from tests.support.people import AT
from tests.web.merit.conftest import Page, browser

FEW_QUERIES = 2  # predicates and diplomas


def test_ones_own_box_says_what_is_known_and_who_can_supply_the_rest(filling: Filling, page: Page) -> None:
    text = page("c1", "merit:own_talent")
    assert "Kotak talenta saya" in text
    assert "2025: baik" in text and "S1" in text
    assert "Kinerja: 48 sampai 88 dari 100" in text and "Potensi: 8 sampai 98 dari 100" in text
    assert "Kotak belum dapat ditentukan: 9 dari sembilan kotak masih mungkin." in text
    assert "Simpan piagamnya; petugas kepegawaian mencatatnya." in text
    assert "60 %" in text and "Sumbu kinerja" in text, "each weight has its source"


def test_the_picture_is_a_table_whose_words_say_the_same(filling: Filling) -> None:
    person, officer = Person.objects.get(pk=filling.person("c1")), User.objects.get(username="wahyu")
    found = queries.own_talent(actor=filling.actor("c1"))
    assert found is not None and found.possible == frozenset(range(1, 10))
    later = filling.actor("c1", date(2027, 2, 1))
    rate(person, 2026, officer, "sangat kurang")
    poor = queries.own_talent(actor=later)
    assert poor is not None and poor.possible == {1, 3, 6}, (
        "12 to 52 points of work are below what is expected"
    )
    answer = browser(filling, "c1").get(reverse("merit:own_talent")).content.decode()
    assert answer.count('<td class="open"') == 9 and answer.count("mungkin</span>") == 9
    assert 'scope="col"' in answer and 'scope="row"' in answer


def test_an_unlooked_at_diploma_and_a_year_without_predicate_are_missing_not_zero(filling: Filling) -> None:
    found = queries.own_talent(actor=filling.actor("own"))
    assert found is not None
    assert [(each.least, each.most, each.lacking) for each in found.axes] == [(0, 100, 100)] * 2
    assert all(part.points is None for each in found.axes for part in each.parts)


def test_it_takes_two_questions(filling: Filling) -> None:
    actor = filling.actor("c1")
    with CaptureQueriesContext(connection) as caught:
        queries.own_talent(actor=actor)
    assert len(caught) == FEW_QUERIES


def test_candidates_are_shown_to_who_takes_part_and_the_look_is_logged(filling: Filling, page: Page) -> None:
    vacancy = filling.closed("c1", "c2")
    for who in ("nurul", "p1", "mayor", "retno"):
        text = page(who, "merit:talents", vacancy.uid)
        assert "Anggreni Saraswati" in text and "48 sampai 88" in text
    assert ReadLog.objects.filter(path="merit.talent").count() == 4
    for who in ("c1", "c3", "own"):
        page(who, "merit:talents", vacancy.uid, status=404)


def test_many_candidates_take_no_more_questions_than_one(filling: Filling) -> None:
    first = filling.closed("c1")
    with CaptureQueriesContext(connection) as few:
        queries.talents_of(actor=filling.actor("nurul"), at=AT, vacancy=first.uid)
    other = filling.beside()
    second = other.closed("c1", "c2", "c3", "c4")
    with CaptureQueriesContext(connection) as many:
        found = queries.talents_of(actor=filling.actor("nurul"), at=AT, vacancy=second.uid)
    assert len(found) == 4 and len(many) == len(few)


def test_who_is_kept_out_is_not_shown(filling: Filling) -> None:
    vacancy = filling.closed("c1", "c5")
    found = queries.talents_of(actor=filling.actor("nurul"), at=AT, vacancy=vacancy.uid)
    assert [each.name for each in found] == ["Anggreni Saraswati"]
