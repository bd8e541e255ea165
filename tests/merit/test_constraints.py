"""What the database itself refuses of a selection, to the application as to anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from pamong.merit import models as merit
from pamong.merit.ranking import Candidate, Criteria, Element, rank
from tests.support import selections as s

pytestmark = pytest.mark.django_db
TABLES = [model._meta.db_table for model in merit.Vacancy._meta.apps.get_app_config("merit").get_models()]
TURN = "sudah diambil|belum diambil"


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The block ends with an error of the database that says this; the transaction goes on."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


def test_a_selection_goes_from_its_opening_to_the_choice() -> None:
    vacancy = s.locked()
    chosen = merit.Choice.objects.create(**s.choice_values(vacancy, 1))
    assert [each.step for each in vacancy.steps.order_by("id")] == list(s.STEPS)
    assert chosen.result.is_locked


def test_the_tests_connect_as_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("pamong_app",)


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_changed_or_taken_away(table: str) -> None:
    vacancy = s.locked()
    merit.Choice.objects.create(**s.choice_values(vacancy, 1))
    for act in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
        with refused("permission denied"), connection.cursor() as cursor:
            cursor.execute(act.format(table))


def test_case_J_07_the_instant_is_the_databases_own() -> None:
    before = datetime.now(UTC) - timedelta(minutes=5)
    vacancy = merit.Vacancy.objects.create(
        **s.based(seat_id=s.new_vacancy().seat_id, title="Lama", kind="jpt_pratama", decision=uuid4()),
        recorded_at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    vacancy.refresh_from_db()
    assert vacancy.recorded_at > before


def test_case_J_06_criteria_are_frozen_at_the_announcement() -> None:
    vacancy = s.announced()
    with refused(TURN):
        s.element(vacancy, "quran", 30, 9)
    half = s.new_vacancy()
    s.element(half, "paper", 60, 1)
    with refused("Kriteria belum lengkap"):
        s.step(half, "announced")
    s.criteria(half)
    with refused("Kriteria belum lengkap"):
        s.step(half, "announced")
    s.element(half, "interview", 40, 2)
    s.step(half, "announced")


def test_steps_are_taken_in_order_and_once() -> None:
    vacancy = s.new_vacancy()
    for early in ("closed", "scored", "locked"):
        with refused(TURN):
            s.step(vacancy, early)
    vacancy = s.closed()
    with refused("vacancystep_once"):
        s.step(vacancy, "closed")
    with refused("Masih ada nilai"):
        s.step(vacancy, "scored")


def test_nobody_applies_before_the_announcement_or_after_the_closing() -> None:
    with refused(TURN):
        s.apply(s.new_vacancy())
    with refused(TURN):
        s.apply(s.closed())


def test_case_J_03_a_score_comes_after_the_closing_and_none_after_they_are_opened() -> None:
    vacancy = s.announced()
    application = s.apply(vacancy)
    s.condition(application)
    values = s.score_values(vacancy.members.all()[0], application, vacancy.elements.all()[0], 8000)
    with refused(TURN):
        merit.Score.objects.create(**values)
    with refused(TURN):
        one = first_score(s.scored())
        merit.Score.objects.create(**again(one, 9999, "Titipan"))


def first_score(vacancy: merit.Vacancy) -> merit.Score:
    return merit.Score.objects.filter(application__vacancy=vacancy).order_by("id")[0]


def again(score: merit.Score, value: int, reason: str = "Salah ketik") -> dict[str, Any]:
    """The correction of a score."""
    return s.score_values(score.member, score.application, score.element, value) | {
        "supersedes": score,
        "reason": reason,
    }


def test_case_J_03_a_correction_keeps_the_first_score_and_one_stands() -> None:
    vacancy = s.closed()
    s.score_all(vacancy)
    score = first_score(vacancy)
    with refused("score_one_first"):
        merit.Score.objects.create(**s.score_values(score.member, score.application, score.element, 1))
    with refused("score_corrected"):
        merit.Score.objects.create(**again(score, 8500, ""))
    second = merit.Score.objects.create(**again(score, 8500))
    with refused("supersedes_id"):
        merit.Score.objects.create(**again(score, 8600))
    merit.Score.objects.create(**again(second, 9000))
    other = vacancy.elements.order_by("place")[1]
    with refused("nilai yang sama"):
        merit.Score.objects.create(**again(score, 1) | {"element": other})
    s.step(vacancy, "scored")


def test_a_score_belongs_to_one_vacancy() -> None:
    vacancy, other = s.closed(), s.closed()
    by, of = vacancy.members.all()[0], vacancy.elements.all()[0]
    application = vacancy.applications.all()[0]
    for values in (
        s.score_values(other.members.all()[0], application, of, 1),
        s.score_values(by, application, other.elements.all()[0], 1),
        s.score_values(by, other.applications.all()[0], of, 1),
    ):
        with refused("lowongan yang sama"):
            merit.Score.objects.create(**values)


def test_case_J_16_who_stood_aside_scores_no_more_and_owes_nothing() -> None:
    vacancy = s.closed()
    aside = vacancy.members.order_by("id")[0]
    merit.Recusal.objects.create(**s.based(member=aside, reason="Pelamar adalah adik saya."))
    values = s.score_values(aside, vacancy.applications.all()[0], vacancy.elements.all()[0], 8000)
    with refused("mengundurkan diri"):
        merit.Score.objects.create(**values)
    for application in vacancy.applications.all():
        for by in vacancy.members.exclude(id=aside.id):
            for of in vacancy.elements.all():
                merit.Score.objects.create(**s.score_values(by, application, of, 7000))
    s.step(vacancy, "scored")
    with refused(TURN):
        merit.Recusal.objects.create(**s.based(member=vacancy.members.all()[1], reason="Terlambat."))


@pytest.mark.parametrize("answered", [False, True])
def test_case_J_05_who_was_not_asked_or_does_not_qualify_is_not_scored(answered: bool) -> None:
    vacancy = s.announced()
    application = s.apply(vacancy)
    if answered:
        s.condition(application, answer="not_met")
    s.step(vacancy, "closed")
    values = s.score_values(vacancy.members.all()[0], application, vacancy.elements.all()[0], 8000)
    with refused("belum memenuhi syarat"):
        merit.Score.objects.create(**values)


def test_case_J_05_only_a_firm_condition_keeps_out_and_an_overruling_has_a_ground() -> None:
    vacancy = s.announced()
    application = s.apply(vacancy)
    s.condition(application, code="rank", answer="not_met", is_firm=False)
    s.condition(application, code="lhkpn", answer="unknown")
    bar = s.condition(application, code="education", answer="not_met")
    met = s.condition(application, code="age")
    s.step(vacancy, "closed")
    values = s.score_values(vacancy.members.all()[0], application, vacancy.elements.all()[0], 8000)
    with refused("belum memenuhi syarat"):
        merit.Score.objects.create(**values)
    with refused("overruling_reason"):
        merit.Overruling.objects.create(**s.based(condition=bar, reason="", decision=uuid4()))
    with refused("tidak terpenuhi"):
        merit.Overruling.objects.create(**s.based(condition=met, reason="Iseng", decision=uuid4()))
    merit.Overruling.objects.create(**s.based(condition=bar, reason="Pasal 54 ayat (5)", decision=uuid4()))
    merit.Score.objects.create(**values)


def test_case_J_04_a_total_that_the_scores_do_not_give_is_refused() -> None:
    vacancy = s.scored()
    with refused("berbeda dari nilai"):
        merit.Result.objects.create(**s.result_values(vacancy, 0) | {"total_num": 9001})
    twice = {"total_num": 18_000, "total_den": 2}
    merit.Result.objects.create(**s.result_values(vacancy, 0) | twice)


@pytest.mark.parametrize(
    ("ranks", "locked"),
    [
        ([2, 1, 3, 4], [0, 1, 2]),
        ([1, 1, 3, 4], [0, 1, 2]),
        ([1, 2, 3, 5], [0, 1, 2]),
        ([1, 2, 3, 4], [0, 1, 3]),
        ([1, 2, 3, 4], [0, 1]),
        ([1, 2, 3, 4], [0, 1, 2, 3]),
    ],
)
def test_case_J_04_ranks_against_the_scores_are_never_locked(ranks: list[int], locked: list[int]) -> None:
    vacancy = s.scored()
    for place, given in enumerate(ranks):
        changed = {"rank": given, "is_locked": place in locked}
        merit.Result.objects.create(**s.result_values(vacancy, place) | changed)
    with refused("Peringkat"):
        s.step(vacancy, "locked")


def test_nothing_is_locked_while_a_result_is_missing() -> None:
    vacancy = s.scored()
    for place in range(3):
        merit.Result.objects.create(**s.result_values(vacancy, place))
    with refused("belum lengkap"):
        s.step(vacancy, "locked")


def test_what_the_program_works_out_is_what_the_database_accepts() -> None:
    vacancy = s.closed(applicants=3, members=3)
    members = tuple(str(each.id) for each in vacancy.members.all())
    elements = tuple(Element(code, weight, members) for code, weight in s.ELEMENTS)
    scores = {}
    for number, application in enumerate(vacancy.applications.order_by("id")):
        for offset, by in enumerate(vacancy.members.order_by("id")):
            for of in vacancy.elements.order_by("place"):
                value = 7001 + 37 * number * (offset + 1) + 13 * of.place
                merit.Score.objects.create(**s.score_values(by, application, of, value))
                scores[str(by.id), str(application.id), of.code] = value
    s.step(vacancy, "scored")
    candidates = [Candidate(str(each.id)) for each in vacancy.applications.all()]
    for row in rank(Criteria(elements, ()), candidates, scores).rows:
        merit.Result.objects.create(
            **s.based(
                application_id=int(row.candidate), rank=row.rank, total_num=row.total.numerator,
                total_den=row.total.denominator, is_locked=True,
            )
        )  # fmt: skip
    s.step(vacancy, "locked")


def test_case_J_01_a_choice_comes_from_the_locked_names_of_this_very_post() -> None:
    vacancy, other = s.locked(), s.locked()
    with refused("calon yang dikunci"):
        merit.Choice.objects.create(**s.choice_values(vacancy, 4, "Titipan"))
    with refused("calon yang dikunci"):
        merit.Choice.objects.create(**s.choice_values(other, 1) | {"vacancy": vacancy})
    with refused("calon yang dikunci"):
        merit.Choice.objects.create(**s.choice_values(vacancy, 2) | {"rank": 1})
    with refused(TURN):
        s.apply(vacancy)
    with refused(TURN):
        merit.PanelMember.objects.create(**s.member_values(vacancy))


def test_oracle_G_16_a_name_locked_for_another_vacancy_is_refused_by_the_database() -> None:
    vacancy, other = s.locked(), s.locked()
    result = merit.Result.objects.get(application__vacancy=other, rank=1)
    with refused("calon yang dikunci"):
        merit.Choice.objects.create(**s.choice_values(vacancy, 1) | {"result": result})


def test_case_J_04_below_the_first_only_with_a_reason_and_only_one_choice() -> None:
    vacancy = s.locked()
    with refused("choice_reason"):
        merit.Choice.objects.create(**s.choice_values(vacancy, 2))
    merit.Choice.objects.create(**s.choice_values(vacancy, 2, "Lebih mengenal bidangnya"))
    with refused("vacancy_id"):
        merit.Choice.objects.create(**s.choice_values(vacancy, 1))
    with refused("sudah terisi"):
        s.step(vacancy, "cancelled", reason="Berubah pikiran")


def test_case_J_20_who_fails_a_condition_at_the_order_is_not_chosen() -> None:
    vacancy = s.locked()
    values = s.choice_values(vacancy, 1)
    s.condition(values["result"].application, moment="order", code="standing", answer="not_met")
    with refused("calon yang dikunci"):
        merit.Choice.objects.create(**values)
    merit.Choice.objects.create(**s.choice_values(vacancy, 2, "Yang pertama meninggal dunia"))


def test_conditions_are_asked_in_their_turn() -> None:
    vacancy = s.closed()
    application = vacancy.applications.all()[0]
    for moment in ("lock", "order"):
        with refused(TURN):
            s.condition(application, moment=moment)
    with refused("eligibility_once"):
        s.condition(application)


def test_a_vacancy_that_is_cancelled_goes_nowhere() -> None:
    vacancy = s.announced()
    with refused("vacancystep_cancelled"):
        s.step(vacancy, "cancelled")
    s.step(vacancy, "cancelled", reason="Dinas digabung")
    with refused("sudah dibatalkan"):
        s.apply(vacancy)
    with refused("sudah dibatalkan"):
        s.step(vacancy, "closed")
