"""Silence that is proposed as an outage, and silence that says nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pamong.attendance import services
from pamong.attendance.choices import OutageOrigin
from pamong.attendance.models import Outage
from pamong.attendance.noticing import QUIET, Watch, is_silent
from pamong.attendance.services import PunchRow
from pamong.kernel.actor import Actor
from tests.attendance.test_facts import make_machines
from tests.attendance.test_my_days import Office, law

TUESDAY = date(2026, 11, 10)
TWENTY_PAST = datetime(2026, 11, 10, 0, 20, tzinfo=UTC)  # 07.20 in the west
_COUNTS = st.lists(st.integers(0, 30), max_size=15)


@given(st.builds(Watch, st.integers(0, 50), st.booleans(), st.integers(0, 30), _COUNTS))
def test_nothing_is_proposed_without_data_people_days_to_compare_and_silence(watch: Watch) -> None:
    lacks = [
        not watch.covered, watch.expected < QUIET.least_people, len(watch.earlier) < QUIET.least_days,
        0 in watch.earlier, watch.recorded > 0,
    ]  # fmt: skip
    assert is_silent(watch) == (not any(lacks))


def silent_village(tmp_path: Path, *, told_until: datetime) -> None:
    machines = make_machines()
    people = [f"30{n}" for n in range(6)]
    for pin, key in zip(people, ("mate", "clerk", "chief", "above", "foreign", "ended"), strict=True):
        machines.give(key, pin)
    days = [date(2026, 11, 9) - timedelta(days=n) for n in range(12)]
    rows = [
        PunchRow(n, datetime.combine(day, datetime.min.time()) + timedelta(hours=6, minutes=40 + n % 6), pin)
        for n, (day, pin) in enumerate((day, pin) for day in days for pin in people)
    ]
    Office(machines).tap(*rows, through=told_until)


def notice(at: datetime = TWENTY_PAST) -> int:
    return services.notice_outages(actor=Actor.operator("pekerja-latar", TUESDAY), at=at, law=law())


def test_scene_3_an_outage_is_proposed_at_twenty_past_seven_once(
    db: None, tmp_path: Path, settings: Any
) -> None:
    settings.PAMONG_FILES_ROOT = tmp_path
    silent_village(tmp_path, told_until=TWENTY_PAST)
    assert notice() == 1
    found = Outage.objects.get()
    assert OutageOrigin(found.origin) is OutageOrigin.NOTICED and found.ends is None
    assert found.starts == datetime(2026, 11, 9, 23, 40, tzinfo=UTC), "since when somebody usually comes"
    assert "biasanya sudah 6 orang" in found.reason
    assert notice() == 0


def test_a_machine_that_told_nothing_is_no_outage(db: None, tmp_path: Path, settings: Any) -> None:
    settings.PAMONG_FILES_ROOT = tmp_path
    silent_village(tmp_path, told_until=datetime(2026, 11, 9, 12, tzinfo=UTC))
    assert notice() == 0
