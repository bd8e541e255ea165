"""The demo's work: each role finds something that waits, made by the services, and every hand is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from pamong.access import queries as access
from pamong.attendance.services import set_week
from pamong.decisions import queries as decisions
from pamong.decisions.choices import Answer
from pamong.decisions.models import Decision, Delegation, Memo, Objection, Order, StepAct
from pamong.decisions.services.answering import Given, answer
from pamong.demo.accounts import ACCOUNTS
from pamong.demo.load import PROFILE, ensure_account, link_accounts
from pamong.demo.town.balances import load_balances
from pamong.demo.town.build import make
from pamong.demo.town.load import Loaded, load
from pamong.demo.town.predicates import load_predicates
from pamong.demo.town.presence import SINCE, WEEK
from pamong.demo.town.shapes import Records
from pamong.demo.town.units import root
from pamong.demo.work.load import ensure_work
from pamong.ledger.models import Intake
from pamong.merit import models, queries
from pamong.people.services import reading
from tests.demo.replay import ACTOR, AT
from tests.support.databases import Cluster, fresh_database

PEOPLE = 300  # the smallest town that the demo makes


@pytest.fixture(scope="module")
def told(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[str]]:
    """The smallest town with its accounts and its work; what was told meanwhile."""
    with (
        override_settings(PAMONG_PROFILE=PROFILE, PAMONG_FILES_ROOT=Path(tmp_path_factory.mktemp("berkas"))),
        fresh_database(postgres),
        django_db_blocker.unblock(),
    ):
        making, pieces, lines = make(PEOPLE), list[Records](), list[str]()
        for account in ACCOUNTS:
            ensure_account(ACTOR, AT, account)

        def finish(loaded: Loaded) -> None:
            link_accounts(ACTOR, AT, loaded)
            load_predicates(ACTOR, AT, making.structure, pieces)
            load_balances(ACTOR, AT, pieces)

        load(making, actor=ACTOR, at=AT, progress=lambda line: None, finish=finish, keep=pieces.append)
        set_week(actor=ACTOR, at=AT, unit=root().code, week=WEEK, on=SINCE)
        ensure_work(ACTOR, AT, lines.append)
        yield lines


def who(username: str) -> Any:
    """Who looks, on the demo's day."""
    return access.named_actor(username, ACTOR.on)


def steps() -> dict[str, models.Vacancy]:
    """The vacancies by how far they are: each of the four stands at another place."""
    found = {}
    for row in models.Vacancy.objects.all():
        last = row.steps.order_by("-id").values_list("step", flat=True).first()
        done = models.Choice.objects.filter(vacancy=row).exists()
        found["filled" if done else str(last)] = row
    return found


def inbox(username: str) -> list[Decision]:
    """What waits for somebody."""
    uids = [row.uid for row in decisions.get_inbox(actor=who(username), at=AT).items]
    return list(Decision.objects.filter(uid__in=uids).order_by("id"))


def test_four_posts_stand_at_four_places(told: list[str]) -> None:
    assert told == ["Menyiapkan lowongan, cuti, dan keputusan yang menunggu"]
    assert set(steps()) == {"announced", "closed", "locked", "filled"}


def test_a_later_start_adds_nothing(told: list[str]) -> None:
    before = Intake.objects.count()
    lines: list[str] = []
    ensure_work(ACTOR, AT, lines.append)
    assert (lines, Intake.objects.count()) == ([], before)


def test_an_employee_can_apply_and_another_sees_why_not(told: list[str]) -> None:
    vacancy = steps()["announced"].uid
    able = queries.try_own(actor=who("ratna"), vacancy=vacancy)
    assert not [each.text for each in able if each.bars]
    assert "apply" in queries.get_vacancy(actor=who("ratna"), at=AT, vacancy=vacancy).may
    barred = [each.text for each in queries.try_own(actor=who("erlangga"), vacancy=vacancy) if each.bars]
    assert barred and "disyaratkan paling singkat 4 tahun" in barred[0]
    shown = queries.get_vacancy(actor=who("nurul"), at=AT, vacancy=vacancy).applicants
    assert sorted(row.runs for row in shown) == [False, True, True, True]
    why = next(row for row in shown if not row.runs)
    assert any("SMA, di bawah yang disyaratkan" in each.text for each in why.conditions if each.bars)


def test_the_panel_is_scoring_and_two_have_their_sheets_before_them(told: list[str]) -> None:
    row = steps()["closed"]
    given = set(models.Score.objects.filter(application__vacancy=row).values_list("member__name", flat=True))
    all_members = set(row.members.values_list("name", flat=True))
    assert len(all_members) == 5 and len(given) == 3
    for username in ("anik", "priyono"):
        assert "score" in queries.get_vacancy(actor=who(username), at=AT, vacancy=row.uid).may
        assert who(username).name not in given


def test_three_names_wait_for_the_mayor(told: list[str]) -> None:
    row = steps()["locked"]
    waits = next(each for each in inbox("bagas") if each.kind == "merit.appoint")
    assert waits.content["vacancy"] == str(row.uid) and not waits.held
    assert [each.rank for each in queries.list_locked(vacancy=row.uid, on=ACTOR.on)] == [1, 2, 3]
    (memo,) = Memo.objects.all()
    assert (memo.filed_by.username, memo.decision) == ("nurul", waits)


def test_the_filled_post_is_public_with_its_order(told: list[str]) -> None:
    row = steps()["filled"]
    choice = models.Choice.objects.get(vacancy=row)
    order = Order.objects.get(decision__uid=choice.decision)
    assert choice.rank == 2 and choice.reason and order.dated_on < ACTOR.on
    public = queries.get_public_result(actor=access.actor_for(AnonymousUser(), ACTOR.on), vacancy=row.uid)
    assert public.order is not None and public.order.number == order.number


def test_leave_waits_at_its_steps(told: list[str]) -> None:
    leaves = [each for each in inbox("suryo") if each.kind == "leave.request"]
    assert len(leaves) == 3 and [each.due_at < AT for each in leaves] == [True, False, False]
    days = [(each.content["first"], each.content["last"]) for each in leaves[1:]]
    assert days[0][0] <= days[1][1] and days[1][0] <= days[0][1], "two want the same days"
    assert [each.place for each in inbox("priyono") if each.kind == "leave.request"] == [1]
    assert [each.place for each in inbox("bagas") if each.kind == "leave.request"] == [1]


def test_a_delegation_holds_next_week_and_an_opening_is_held_by_an_objection(told: list[str]) -> None:
    (delegation,) = Delegation.objects.known()
    assert delegation.kinds == ["leave.request"] and delegation.period.lower > ACTOR.on
    (objection,) = Objection.objects.all()
    assert (objection.filed_by.username, objection.lifted_at) == ("retno", None)
    held = objection.decision
    assert held.held and held in inbox("bagas")
    with pytest.raises(Exception, match="Inspektorat"):
        answer(actor=who("bagas"), at=AT, decision=held.uid, given=Given(Answer.AGREE))


def test_nobody_signs_twice_and_nobody_for_a_relative(told: list[str]) -> None:
    acts = StepAct.objects.select_related("decision")
    assert acts.count() >= 16
    for act in acts:
        row = act.decision
        assert act.user_id != row.entered_by_id, row.title
        assert row.person_id is None or row.person_id not in reading.near(act.person_id), row.title
    for row in Decision.objects.all():
        hands = list(row.acts.values_list("user_id", flat=True))
        assert len(hands) == len(set(hands)), row.title
    for choice in models.Choice.objects.all():
        chosen = choice.result.application.person_id
        hands = StepAct.objects.filter(decision__uid=choice.decision).values_list("person_id", flat=True)
        assert all(chosen not in reading.near(person) for person in hands)


def test_members_of_a_panel_are_no_kin_of_who_applies(told: list[str]) -> None:
    for row in models.Vacancy.objects.all():
        applied = set(row.applications.values_list("person_id", flat=True))
        members = row.members.values_list("person_id", flat=True)
        assert all(applied.isdisjoint(reading.near(person)) for person in members)
        assert not models.Recusal.objects.filter(member__vacancy=row).exists()


def test_dates_are_in_order_and_none_is_ahead(told: list[str]) -> None:
    for row in models.Vacancy.objects.all():
        days = list(row.steps.order_by("id").values_list("on", flat=True))
        assert days == sorted(days) and days[-1] <= ACTOR.on
