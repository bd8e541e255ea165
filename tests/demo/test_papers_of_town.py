"""The town's leaves and duty letters: the days that its sheets tell, each by a document of two officers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from pytest_django.plugin import DjangoDbBlocker

from pamong.access import queries
from pamong.access import services as access
from pamong.access.errors import NotAllowed
from pamong.attendance.models import DayExcuse, DutyLetter
from pamong.attendance.services import Hands
from pamong.demo.accounts import ACCOUNTS
from pamong.demo.town.build import make
from pamong.demo.town.excuses import HANDS, load_papers
from pamong.demo.town.load import load
from pamong.demo.town.months import Months
from pamong.demo.town.shapes import Records
from pamong.leave.models import LeaveEntry
from pamong.leave.services import take_over_leaves
from pamong.people import services as people
from pamong.people.models import Employment, Person
from tests.demo.replay import ACTOR, AT
from tests.support.databases import Cluster, fresh_database

PEOPLE, MONTH = 200, (2026, 10)


@pytest.fixture(scope="module")
def months(postgres: Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Months]:
    """The town with its officers' accounts, and its October filed."""
    with fresh_database(postgres), django_db_blocker.unblock():
        pieces: list[Records] = []
        making = make(PEOPLE)
        loaded = load(making, actor=ACTOR, at=AT, progress=lambda line: None, keep=pieces.append)
        for each in ACCOUNTS:
            if each.username in HANDS and each.key is not None:
                access.create_user(
                    actor=ACTOR, at=AT, username=each.username, display_name=each.display_name, password=None
                )
                uid = loaded.uids[each.key]
                people.link_user(actor=ACTOR, at=AT, person=uid, username=each.username)
        made = Months(making.whole(pieces))
        load_papers(made, actor=ACTOR, at=AT, told=[MONTH])
        yield made


def told(months: Months) -> set[tuple[str, date, str]]:
    """Who is excused when and why, as the sheets say."""
    return {
        (nip, date(*MONTH, day), code)
        for nip, _unit, days in months.excused(MONTH)
        for day, code in days.items()
    }


def test_each_day_that_a_sheet_excuses_has_its_document_and_no_other_working_day(months: Months) -> None:
    nips = dict(Employment.objects.known().values_list("person_id", "nip"))
    filed = {
        (nips[row.person_id], row.period.lower + timedelta(days=n), row.kind)
        for row in DayExcuse.objects.known()
        for n in range((row.period.upper - row.period.lower).days)
    }
    said = told(months)
    assert said and {kind for _, _, kind in said} == {"CT", "DL", "S"}
    assert {each for each in filed if each[1].isoweekday() <= 5} == said


def test_two_others_stand_behind_each(months: Months) -> None:
    own = dict(Person.objects.filter(user__isnull=False).values_list("pk", "user_id"))
    leaves = LeaveEntry.objects.values_list("person_id", "entered_by_id", "decided_by_id")
    assert leaves and all(len({own.get(person, 0), first, second}) == 3 for person, first, second in leaves)
    letters = DutyLetter.objects.all()
    assert letters and all(each.entered_by_id != each.decided_by_id for each in letters)


def test_opening_data_come_by_the_command_line_alone(months: Months) -> None:
    officer = queries.named_actor("nurul", ACTOR.on)
    with pytest.raises(NotAllowed):
        take_over_leaves(actor=officer, at=AT, hands=Hands.of([officer]), leaves=[])
