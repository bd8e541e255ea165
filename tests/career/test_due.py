"""The list of raises of a month: worked out, kept, seen within reach; a delay moves what follows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from pamong.access.errors import NotAllowed
from pamong.access.models import ReadLog
from pamong.attendance.services.papers import Hands
from pamong.career import queries, services
from pamong.career.choices import Code, Effect, Ground, State
from pamong.career.errors import DelayOverlaps, DelayTooLong, DelayUnfit, DueNotFound, NoMonth
from pamong.career.models import KgbDelay, KgbDue
from pamong.career.services import Prepared
from pamong.kernel.actor import Actor
from pamong.law import kgb
from pamong.law.engine.law import load_law
from pamong.ledger.models import Intake
from pamong.people import models as rows
from pamong.people.errors import PersonNotFound
from pamong.performance.choices import PredicateKind
from pamong.performance.services import Rated, take_over_predicates
from tests.support.city import since
from tests.support.people import AT, TODAY, People, opening_basis

LAW = load_law("contoh")
OPERATOR = Actor.operator("uji", TODAY)
JANUARY, FEBRUARY = date(2027, 1, 1), date(2027, 2, 1)


def step(people: People, key: str, start: date, years: int = 4, golongan: str = "") -> None:
    """Give somebody a salary step from a day on, and another golongan."""
    person, basis = people.city.ids[key], opening_basis()
    for model in (rows.SalaryStep, *((rows.Rank,) if golongan else ())):
        standing = model.objects.filter(person_id=person, superseded_at=None)
        standing.update(superseded_at=AT, superseded_basis_id=basis)
    common: dict[str, Any] = {"person_id": person, "basis_id": basis}
    rows.SalaryStep.objects.create(mkg_years=years, period=since(start), **common)
    if golongan:
        rows.Rank.objects.create(golongan=golongan, period=since(date(2020, 4, 1)), **common)


def rate(people: People, predicate: str, *keys: str, year: int = 2025) -> None:
    hands = Hands.of([people.actor(name) for name in ("nurul", "wahyu", "ratih")])
    rated = Rated(year, PredicateKind(predicate), "800/1/PK", date(year + 1, 1, 20))
    told = [(people.city.ids[key], rated) for key in keys]
    take_over_predicates(actor=OPERATOR, at=AT, hands=hands, rows=told)


def prepare(month: date = JANUARY, actor: Actor = OPERATOR) -> Prepared:
    return services.prepare_due(actor=actor, at=AT, month=month, law=LAW)


def listed(people: People, username: str = "nurul", **asked: Any) -> queries.DuePage:
    return queries.list_due(actor=people.actor(username), at=AT, **{"on": JANUARY, **asked})


def names(page: queries.DuePage) -> list[str]:
    return [row.person.name.split()[0] for row in page.rows]


def delay(people: People, key: str = "own", **more: Any) -> Any:
    given = {
        "ground": Ground.PERFORMANCE, "due_on": JANUARY, "since": JANUARY, "until": date(2027, 7, 1),
        "order_no": "822/9/2026", "order_on": date(2026, 11, 9), "reason": "Predikat kinerja kurang",
        "person": people.city.persons[key], **more,
    }  # fmt: skip
    return services.record_delay(actor=OPERATOR, at=AT, basis=opening_basis(), law=LAW, **given)


@pytest.fixture
def due(people: People) -> People:
    """Three raises fall due in January: one passes, one needs a word, one is kept back."""
    for key in ("own", "mate", "foreign"):
        step(people, key, date(2025, 1, 1), golongan="III/a")
    rate(people, "baik", "own")
    rate(people, "butuh perbaikan", "mate")
    rate(people, "kurang", "foreign")
    return people


def test_the_list_of_a_month_with_its_reasons_and_new_values(due: People) -> None:
    assert prepare() == Prepared(JANUARY, 3, 3, 0, 0)
    page = listed(due)
    assert page.counts.by_effect == {Effect.ALLOW: 1, Effect.WARN: 1, Effect.BLOCK: 1}
    assert names(page) == ["Tigor", "Ketut", "Suparman"], "what is to be looked at comes first"
    row = page.rows[-1]
    assert (row.due_on, row.effective_on, row.deadline) == (JANUARY, JANUARY, date(2026, 11, 1))
    assert (row.years, row.new_years, row.new_months) == (4, 6, 0)
    assert (row.base_before, row.base_after) == (2_964_000, 3_057_300)
    assert row.document == "surat pemberitahuan" and row.person.nip
    told = {each.code: each for each in row.conditions}
    assert told[Code.PREDICATE].state is State.MET and "SE BKN 9/2024" in told[Code.PREDICATE].source
    assert told[Code.PREDICATE].link.startswith("https://")
    assert told[Code.DISCIPLINE].state is State.UNKNOWN, "there is no register of sanctions"
    blocked = {each.code: each for each in page.rows[0].conditions}[Code.PREDICATE]
    assert (blocked.effect, blocked.leads_to) == (Effect.BLOCK, "delay")
    assert names(listed(due, effect=Effect.WARN)) == ["Ketut"]
    assert names(listed(due, on=FEBRUARY)) == []


def test_asked_again_nothing_changes_and_a_new_fact_changes_its_row_alone(due: People) -> None:
    prepare()
    before = {row.person.uid: row.uid for row in listed(due).rows}
    told = Intake.objects.count()
    assert prepare() == Prepared(JANUARY, 3, 0, 0, 0)
    assert Intake.objects.count() == told, "nothing happened, so nothing is told"
    rate(due, "kurang", "own", year=2024)  # an older year does not count for a PNS
    rows_ = {row.person.uid: row.uid for row in listed(due).rows}
    assert prepare().made == 1 and rows_ == before
    after = {row.person.uid: row.uid for row in listed(due).rows}
    assert {uid for uid in before if before[uid] != after[uid]} == {due.city.persons["own"]}
    assert KgbDue.objects.count() == 4, "what was worked out before stays"
    event = Intake.objects.filter(kind="career.kgb_prepared").order_by("-id").first()
    assert event is not None and '"made":1' in event.body


def test_a_raise_that_was_given_leaves_the_list(due: People) -> None:
    prepare()
    person = due.city.ids["own"]
    basis = opening_basis()
    old = rows.SalaryStep.objects.get(person_id=person, superseded_at=None)
    rows.SalaryStep.objects.filter(pk=old.pk).update(superseded_at=AT, superseded_basis_id=basis)
    common: dict[str, Any] = {"person_id": person, "basis_id": basis}
    rows.SalaryStep.objects.create(mkg_years=4, period=since(date(2025, 1, 1), JANUARY), **common)
    rows.SalaryStep.objects.create(mkg_years=6, period=since(JANUARY), **common)
    assert prepare() == Prepared(JANUARY, 2, 0, 1, 0)
    assert "Suparman" not in names(listed(due))
    assert queries.list_own_due(actor=due.actor("employee")) == []


def test_a_delay_moves_the_raise_to_the_month_after_it(due: People) -> None:
    prepare()
    delay(due, "foreign")
    assert prepare().due == 2
    july = date(2027, 7, 1)
    assert prepare(july).made == 1
    (row,) = listed(due, on=july).rows
    assert (row.due_on, row.effective_on, row.new_years, row.new_months) == (JANUARY, july, 6, 6)
    assert (row.base_after, {each.code: each.state for each in row.conditions}[Code.DELAY]) == (
        3_057_300, State.MET,
    )  # fmt: skip
    told = Intake.objects.get(kind="career.kgb_delayed")
    assert "822/9/2026" not in told.body and "kurang" not in told.body, "what is personal stays beside"


def test_a_delay_has_an_order_an_end_and_at_most_a_year(due: People) -> None:
    for wrong, error in (
        ({"until": JANUARY}, DelayUnfit),
        ({"order_no": " "}, DelayUnfit),
        ({"reason": ""}, DelayUnfit),
        ({"until": date(2028, 1, 2)}, DelayTooLong),
    ):
        with pytest.raises(error):
            delay(due, **wrong)
    delay(due, until=date(2028, 1, 1))
    with pytest.raises(DelayOverlaps):
        delay(due, since=date(2027, 12, 1), until=date(2028, 2, 1))
    delay(due, since=date(2028, 1, 1), until=date(2028, 7, 1))
    delay(due, ground=Ground.DISCIPLINE, until=date(2029, 1, 1))


def test_what_part_of_the_list_who_sees(due: People) -> None:
    prepare()
    assert names(listed(due, "unit_clerk")) == names(listed(due, "superior")) == ["Ketut", "Suparman"]
    assert names(listed(due, "employee")) == ["Suparman"]
    with pytest.raises(NotAllowed):
        listed(due, "arif")
    assert names(listed(due, unit="pkm_melati")) == ["Ketut"]
    foreign = next(row for row in listed(due).rows if row.person.name.startswith("Tigor"))
    with pytest.raises(DueNotFound):
        queries.get_due(actor=due.actor("unit_clerk"), at=AT, uid=foreign.uid)
    assert queries.get_due(actor=due.actor("nurul"), at=AT, uid=foreign.uid) == foreign
    assert [row.uid for row in queries.list_own_due(actor=due.actor("employee"))] == [
        row.uid for row in listed(due).rows if row.person.name == "Suparman"
    ]
    shown = ReadLog.objects.filter(path="career.kgb").order_by("-id").first()
    assert shown is not None and due.city.persons["foreign"] in shown.subject_ids


def test_who_has_it_worked_out(due: People) -> None:
    for username in ("unit_clerk", "superior", "employee", "arif"):
        with pytest.raises(NotAllowed):
            prepare(actor=due.actor(username))
    with pytest.raises(NoMonth):
        prepare(date(2027, 1, 2))
    assert prepare(actor=due.actor("nurul")).due == 3
    with pytest.raises((PersonNotFound, NotAllowed)):
        services.record_delay(
            actor=due.actor("unit_clerk"), at=AT, basis=opening_basis(), law=LAW, person=uuid4(),
            ground=Ground.PERFORMANCE, due_on=JANUARY, since=JANUARY, until=FEBRUARY, order_no="1",
            order_on=JANUARY, reason="uji",
        )  # fmt: skip


def test_one_person_is_explained_as_the_list_has_it(due: People) -> None:
    prepare()
    for row in listed(due).rows:
        one = queries.work_out_one(
            actor=due.actor("nurul"), at=AT, person=row.person.uid, on=JANUARY, law=LAW
        )
        assert isinstance(one.due, kgb.Due) and one.step is not None
        assert (one.due.effective_on, one.step.base_after, one.effect) == (
            row.effective_on, row.base_after, row.effect,
        )  # fmt: skip
        assert [each.sentence for each in one.conditions] == [each.sentence for each in row.conditions]
    with pytest.raises(PersonNotFound):
        queries.work_out_one(
            actor=due.actor("employee"), at=AT, person=due.city.persons["mate"], on=JANUARY, law=LAW
        )
    with pytest.raises(PersonNotFound):  # he has retired
        queries.work_out_one(
            actor=due.actor("nurul"), at=AT, person=due.city.persons["ended"], on=JANUARY, law=LAW
        )


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE career_kgbdue SET effect = 'allow'",
        "UPDATE career_kgbdue SET superseded_at = NULL",
        "DELETE FROM career_kgbdue",
        "UPDATE career_kgbdelay SET period = daterange('2027-01-01', '2027-02-01')",
        "DELETE FROM career_kgbdelay",
    ],
)
def test_nobody_rewrites_the_list_or_a_delay(due: People, attack: str) -> None:
    prepare()
    delay(due)
    prepare()  # one row stands no more
    with (
        pytest.raises((ProgrammingError, IntegrityError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack)
    assert KgbDelay.objects.count() == 1
