"""The predicate of a year holds once two officers agree, and is never rewritten; who may see it sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from pamong.access.errors import NotAllowed
from pamong.access.models import ReadLog
from pamong.attendance.errors import PaperNotFound, PaperOverlaps, PaperUnfit
from pamong.attendance.queries import papers
from pamong.attendance.services import Told, decide_paper
from pamong.attendance.services.papers import Hands
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.people.errors import PersonNotFound
from pamong.performance import columns, services
from pamong.performance.choices import PredicateKind
from pamong.performance.models import Predicate
from pamong.performance.queries import PREDICATES, list_predicates
from pamong.performance.services import Rated
from tests.support.people import AT, TODAY, People

GOOD = Rated(2025, PredicateKind.GOOD, "800/12/PK", date(2026, 1, 20))
WHY = "Keberatan pegawai diterima atasan penilai"


@pytest.fixture
def people(small: People) -> People:
    return small


def enter(people: People, username: str = "nurul", key: str = "own", rated: Rated = GOOD) -> UUID:
    actor, person = people.actor(username), people.city.persons[key]
    return services.enter_predicate(actor=actor, at=AT, person=person, rated=rated)


def agree(people: People, paper: UUID, username: str = "wahyu") -> None:
    decide_paper(PREDICATES.desk, actor=people.actor(username), at=AT, paper=paper, accept=True)


def held(people: People, username: str = "nurul", key: str = "own") -> list[tuple[int, str]]:
    person = people.city.persons[key]
    found = list_predicates(actor=people.actor(username), at=AT, person=person)
    return [(row.year, row.predicate.value) for row in found]


def test_it_holds_once_another_officer_agrees(people: People) -> None:
    paper = enter(people)
    assert held(people) == []
    for username in ("nurul", "unit_clerk", "superior"):
        with pytest.raises((NotAllowed, PaperNotFound)):
            agree(people, paper, username)
    agree(people, paper)
    assert held(people) == [(2025, "baik")]
    told = list(Intake.objects.order_by("id").values_list("kind", flat=True))[-3:]
    assert told == ["attendance.paper_entered", "ledger.sealed", "attendance.paper_decided"]
    row = Predicate.objects.get()
    assert row.basis_id and row.entered_by_id != row.decided_by_id


def test_an_objection_changes_it_by_two_and_what_was_stays_to_be_seen(people: People) -> None:
    first = enter(people)
    agree(people, first)
    better = replace(GOOD, predicate=PredicateKind.VERY_GOOD, number="800/31/PK", dated_on=date(2026, 2, 9))
    nurul = people.actor("nurul")
    with pytest.raises(PaperUnfit, match="Tahunnya tidak dapat diubah"):
        services.change_predicate(
            actor=nurul, at=AT, paper=first, rated=replace(better, year=2024), told=Told(WHY)
        )
    second = services.change_predicate(actor=nurul, at=AT, paper=first, rated=better, told=Told(WHY))
    assert held(people) == [(2025, "baik")], "what holds stays until another agrees"
    agree(people, second)
    assert held(people) == [(2025, "sangat baik")]
    view = papers.get_paper(PREDICATES, actor=nurul, at=AT, uid=second)
    assert len(papers.list_steps(PREDICATES, actor=nurul, view=view)) == 2
    third = services.cancel_predicate(actor=nurul, at=AT, paper=second, reason=WHY)
    agree(people, third)
    assert held(people) == []
    agree(people, enter(people))
    assert held(people) == [(2025, "baik")]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"year": 2026, "dated_on": date(2026, 11, 1)}, "tahun yang sudah selesai"),
        ({"year": 2013}, "antara 2014"),
        ({"number": " "}, "Nomor dokumen"),
        ({"dated_on": date(2026, 11, 11)}, "Tanggal dokumen"),
        ({"dated_on": date(2024, 12, 31)}, "Tanggal dokumen"),
        ({"predicate": "cukup"}, "Pilih predikat"),
    ],
)
def test_what_can_not_be_is_refused_with_what_to_do(people: People, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(PaperUnfit, match=said):
        enter(people, rated=replace(GOOD, **wrong))


def test_a_year_has_one_predicate_also_while_one_waits(people: People) -> None:
    enter(people)
    with pytest.raises(PaperOverlaps, match="sudah dicatat"):
        enter(people, "ratih")


def test_nobody_enters_his_own_nor_one_out_of_reach(people: People) -> None:
    with pytest.raises(NotAllowed, match="petugas lain"):
        enter(people, "unit_clerk", "clerk")
    with pytest.raises(PersonNotFound):
        enter(people, "unit_clerk", "foreign")
    for username in ("employee", "superior", "arif"):
        with pytest.raises(NotAllowed):
            enter(people, username)
    agree(people, enter(people, "unit_clerk"))


def test_who_sees_a_predicate_and_that_the_look_is_logged(people: People) -> None:
    agree(people, enter(people))
    before = ReadLog.objects.count()
    assert held(people, "employee") == held(people, "superior") == [(2025, "baik")]
    paths = list(ReadLog.objects.order_by("id").values_list("path", flat=True))[before:]
    assert "performance.predicates" in paths
    with pytest.raises(PersonNotFound):
        held(people, "employee", "mate")


def test_what_was_given_before_comes_as_an_import_around_whom_it_is_about(people: People) -> None:
    ids = people.city.ids
    hands = Hands.of([people.actor(name) for name in ("nurul", "wahyu", "employee")])
    rows = [(ids["own"], GOOD), (ids["mate"], replace(GOOD, predicate=PredicateKind.POOR))]
    operator = Actor.operator("uji", TODAY)
    assert services.take_over_predicates(actor=operator, at=AT, hands=hands, rows=rows) == 2
    with pytest.raises(NotAllowed):
        services.take_over_predicates(actor=people.actor("nurul"), at=AT, hands=hands, rows=rows)
    with pytest.raises(PaperOverlaps):
        services.take_over_predicates(actor=operator, at=AT, hands=hands, rows=rows)
    frame = columns.read_predicates(actor=operator, years=[2024, 2025])
    assert sorted(frame.rows()) == sorted([(ids["own"], 2025, "baik"), (ids["mate"], 2025, "kurang")])
    with pytest.raises(NotAllowed):
        columns.read_predicates(actor=people.actor("unit_clerk"), years=[2025])


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE performance_predicate SET predicate = 'sangat baik'",
        "UPDATE performance_predicate SET state = 'waiting'",
        "DELETE FROM performance_predicate",
    ],
)
def test_what_was_decided_can_not_be_rewritten(people: People, attack: str) -> None:
    agree(people, enter(people))
    with (
        pytest.raises((ProgrammingError, IntegrityError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack)
