"""What many tests start from is built once, and each finds it as it was built."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from pamong.access.models import User
from pamong.cli.places import Home
from pamong.people.models import Person
from tests.support import kept
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


def test_migrated_data_are_kept_under_what_they_were_made_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sources").mkdir()
    source = tmp_path / "sources" / "models.py"
    source.write_text("made = 'before'")
    monkeypatch.setattr(kept, "SOURCES", tmp_path / "sources")
    monkeypatch.setattr(kept.tempfile, "gettempdir", lambda: str(tmp_path))
    first, digest = tmp_path / "first", kept.made_from()
    for part in kept.PARTS:
        (first / part).mkdir(parents=True)
    source.write_text("made = 'while it migrated'")
    kept.keep(Home(first, None), digest)
    for name, told, found in (("later", kept.made_from(), False), ("same", digest, True)):
        (tmp_path / name).mkdir()
        assert kept.bring(Home(tmp_path / name, None), told) == found, name
    assert (tmp_path / "same" / "pgdata").is_dir()
