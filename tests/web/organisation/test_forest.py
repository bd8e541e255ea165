"""What is counted is kept as long as no seal is added, and never longer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor, Grant
from pamong.organisation import services
from pamong.web.organisation import forest
from tests.support.people import AT, TODAY, People


def test_the_same_day_is_counted_once(people: People) -> None:
    actor = people.actor("nurul")
    first = forest.whole(actor, TODAY)
    with CaptureQueriesContext(connection) as asked:
        assert forest.whole(actor, TODAY) is first
    assert len(asked) == 1


def test_every_act_makes_it_count_anew(people: People) -> None:
    actor = people.actor("nurul")
    before = forest.whole(actor, TODAY)
    services.freeze_seat(actor=actor, at=AT, seat=people.city.seats["free"], on=TODAY)
    after = forest.whole(actor, TODAY)
    (top,) = [unit.id for unit in after.units if unit.parent is None]
    assert (before.counts[top].vacant, before.counts[top].frozen) == (1, 0)
    assert (after.counts[top].vacant, after.counts[top].frozen) == (0, 1)
    people.change("own", "contact", on=TODAY, values={"address": "Jl. Uji No. 2"})
    assert forest.whole(actor, TODAY) is not after


def test_few_days_are_kept(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forest, "MOST_KEPT", 2)
    actor = people.actor("nurul")
    days = [TODAY - timedelta(days=count) for count in range(3)]
    first = forest.whole(actor, days[0])
    assert forest.whole(actor, days[1]) and forest.whole(actor, days[0]) is first
    forest.whole(actor, days[2])
    assert forest.whole(actor, days[0]) is first and len(forest._KEPT) == 2


def test_a_branch_is_read_alone_the_top_is_the_whole(people: People) -> None:
    actor = people.actor("nurul")
    assert len(forest.below(actor, TODAY, people.city.units["dinkes"]).units) == 2
    assert forest.below(actor, TODAY, people.city.units["kota"]) is forest.whole(actor, TODAY)
    assert forest.below(actor, date(2016, 1, 1), people.city.units["kota"]).units == ()


def test_who_is_not_in_service_gets_nothing_even_if_it_is_kept(people: People) -> None:
    forest.whole(people.actor("nurul"), TODAY)
    stranger = Actor(None, None, "Masyarakat", (Grant("public"),), TODAY)
    with pytest.raises(NotAllowed):
        forest.whole(stranger, TODAY)
