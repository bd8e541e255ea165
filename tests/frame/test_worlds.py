"""What many tests start from is built once, and each finds it as it was built."""

from __future__ import annotations

import pytest
from django.db import connection

from pamong.access.models import User
from pamong.people.models import Person
from tests.support.people import People, small_people
from tests.support.worlds import Worlds


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_changes_is_gone_for_the_next(small: People, turn: int) -> None:
    assert not User.objects.filter(username="baru").exists()
    assert Person.objects.count() == len(small.city.persons) == 7
    User.objects.create_user("baru", display_name="Baru")
    small.city.persons.clear()


def test_who_starts_from_nothing_finds_nothing(db: None) -> None:
    assert "_world_" not in connection.settings_dict["NAME"]
    assert not Person.objects.exists() and not User.objects.exists()


def test_a_world_stands_in_a_database_of_its_own(small: People) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (name,) = cursor.fetchone()
    assert "_world_" in name and name == connection.settings_dict["NAME"]


def test_a_test_is_not_led_away_from_what_it_has_written(db: None, worlds: Worlds) -> None:
    with pytest.raises(pytest.UsageError, match="before its transaction begins"), worlds.led_to(small_people):
        pass
