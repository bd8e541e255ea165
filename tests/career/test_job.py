"""The worker keeps the lists of the months ahead ready, each night, and one of them when it is asked."""

from __future__ import annotations

from datetime import date

import pytest

from pamong.access.errors import NotAllowed
from pamong.career import queries
from pamong.career.models import KgbDue
from pamong.jobs import careers, tasks
from pamong.jobs.ending import machine
from tests.career.test_due import step
from tests.support.people import People


def test_oracle_G_11_the_list_is_ready_before_its_notices_are_due() -> None:
    ahead = list(careers.months_ahead(date(2026, 12, 31)))
    assert ahead == [date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]


def test_each_night_the_months_ahead_and_on_request_one(people: People) -> None:
    month = next(iter(careers.months_ahead(careers.clock.today())))
    before = date(month.year - 2, month.month, 1)
    step(people, "own", before, golongan="III/a")
    tasks.kgb_dues.func(0)
    assert [(row.person_id, row.effective_on) for row in KgbDue.objects.all()] == [
        (people.city.ids["own"], month)
    ]
    tasks.kgb_due.func(month.isoformat())
    assert KgbDue.objects.count() == 1


def test_what_was_not_given_stays_on_the_list_until_it_is(people: People) -> None:
    long_ago = date(2026, 3, 1)
    step(people, "own", date(2024, 3, 1), golongan="III/a")
    tasks.kgb_due.func(long_ago.isoformat())
    tasks.kgb_dues.func(0)
    assert queries.list_months(actor=machine()) == [long_ago]
    step(people, "own", long_ago, years=6, golongan="III/a")
    tasks.kgb_dues.func(0)
    assert queries.list_months(actor=machine()) == []
    with pytest.raises(NotAllowed):
        queries.list_months(actor=people.actor("superior"))
