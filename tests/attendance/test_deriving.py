"""Days as they are stored: derived from the facts, in versions, and only where something changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from pamong.access import clock
from pamong.attendance import services
from pamong.attendance.choices import ExcuseKind, ExcusePart, ExcuseSource
from pamong.attendance.models import DayResult, StaleDay
from pamong.attendance.services import Assigned, NewExcuse, PunchRow
from pamong.attendance.services.staling import DERIVING
from pamong.jobs import presence as jobs
from pamong.kernel.period import Period
from pamong.ledger.errors import MonthClosing
from pamong.ledger.locks import FACTS
from tests.attendance.test_excuses import LEAVE, say
from tests.attendance.test_facts import OPERATOR, wall
from tests.attendance.test_my_days import LATER, Office, law, make_office, office
from tests.attendance.world import SHIFTS, ZONE, Ward, on, states, stored, tap, utc, versions, what
from tests.frame.test_serve import wait_until
from tests.pay.test_parallel import closing
from tests.support.people import AT, TODAY

__all__ = ["office"]
FREE = "free"
PATIENCE = 30
PERMIT = UUID("0192f0c1-2222-7000-8000-000000000002")


@pytest.fixture
def ward(office: Office) -> Ward:
    found = Ward(office)
    for code, times in SHIFTS.items():
        found.define(code, times)
    return found


def test_case_A_06_absence_is_what_was_expected_without_what_was_found_and_twice_is_once(ward: Ward) -> None:
    ward.tap(*(tap(day, clock) for day in (2, 3, 6) for clock in ("07:31:00", "16:31:00")))
    first = ward.month()
    me = ward.person()
    assert states(me, 2, 8) == ["present", "present", "absent", "absent", "present", FREE, FREE]
    again = ward.month()
    assert (again.days, again.results) == (first.days, 0)
    assert DayResult.objects.filter(person_id=me, state="absent", superseded_at=None).count() == 2


def test_case_I_11_a_late_punch_derives_one_day_of_one_person(ward: Ward) -> None:
    ward.machines.give("mate", "1002")
    ward.tap(tap(2, "07:20:00"), tap(2, "07:25:00", "1002"), tap(3, "07:20:00"))
    ward.month()
    before = what(ward.person("mate"))
    ward.tap(tap(3, "16:40:00"))
    done = ward.derive()
    assert (done.days, done.results) == (1, 1)
    (tuesday,) = stored(ward.person(), 3)
    assert (tuesday.state, tuesday.version) == ("present", 2)
    assert versions(ward.person(), 2) == 1
    assert what(ward.person("mate")) == before
    assert StaleDay.objects.count() == 0


def test_a_punch_that_is_known_already_touches_nothing(ward: Ward) -> None:
    ward.tap(tap(2, "07:20:00"))
    ward.month()
    ward.tap(tap(2, "07:20:00"))
    assert ward.derive().days == 0


def test_a_watermark_that_moves_decides_what_waited_and_leaves_the_rest(ward: Ward) -> None:
    ward.tap(tap(1, "07:00:00"), tap(2, "07:20:00"), tap(3, "07:21:00"), through=utc(3, "12:00:00"))
    ward.month()
    me = ward.person()
    assert states(me, 2, 4) == ["missing_out", "open", "planned"]
    ward.tap(through=utc(3, "23:30:00"))
    assert ward.derive().results >= 1
    assert states(me, 2, 4) == ["missing_out", "missing_out", "planned"]
    assert versions(me, 2) == 1


def test_what_was_said_of_a_day_is_kept_when_it_changes(ward: Ward) -> None:
    ward.tap(tap(2, "07:45:00"), tap(2, "16:31:00"))
    ward.month()
    me = ward.person()
    say(ExcuseSource.LEAVE, LEAVE, NewExcuse(me, ExcuseKind.LEAVE_SICK, Period(on(2), on(3))))
    assert ward.derive().days == 1
    (now,) = stored(me, 2)
    assert (now.state, now.excuse, now.version) == ("excused", "S", 2)
    then = DayResult.objects.get(person_id=me, local_on=on(2), version=1)
    assert (then.state, then.late, then.superseded_at is not None) == ("present", 900, True)
    say(ExcuseSource.LEAVE, LEAVE)
    ward.derive()
    assert [row.state for row in stored(me, 2)] == ["present"]


def test_a_number_told_late_gives_its_owner_the_days(ward: Ward) -> None:
    ward.tap(tap(2, "07:20:00", "2002"), tap(2, "16:40:00", "2002"))
    ward.month()
    mate = ward.person("mate")
    assert states(mate, 2, 2) == ["planned"]
    ward.machines.give("mate", "2002", on(1))
    ward.derive()
    assert states(mate, 2, 3) == ["present", "absent"]


def test_a_roster_goes_before_the_week_and_L_is_free(ward: Ward) -> None:
    ward.tap(tap(2, "20:50:00"), tap(3, "07:04:00"), tap(7, "06:55:00"), tap(7, "14:02:00"))
    ward.month()
    ward.roster({2: "M", 3: "L", 7: "P"})
    ward.derive()
    me = ward.person()
    assert states(me, 2, 7) == ["present", FREE, "absent", "absent", "absent", "present"]
    assert [stored(me, day)[0].source for day in (2, 3, 4)] == ["roster", "roster", "week"]
    (night,) = stored(me, 2)
    assert (night.first_in, night.last_out) == (utc(2, "20:50:00"), utc(3, "07:04:00"))
    ward.roster({2: "L"})
    ward.derive()
    assert states(me, 2, 3) == [FREE, FREE]


def test_case_A_02_a_night_keeps_its_claim_through_a_late_morning(ward: Ward) -> None:
    """The punch of the next morning lies on a date of its own, and decides the day before."""
    ward.roster({2: "M", 3: "S"})
    ward.tap(tap(2, "20:58:00"))
    ward.month()
    me = ward.person()
    assert states(me, 2, 3) == ["missing_out", "absent"]
    ward.tap(tap(3, "07:20:00"))
    ward.derive()
    assert states(me, 2, 3) == ["present", "absent"]
    (night,) = stored(me, 2)
    assert (night.last_out, night.over) == (utc(3, "07:20:00"), 22 * 60)


def test_two_shifts_of_a_day_that_follow_each_other_are_one_duty(ward: Ward) -> None:
    ward.roster({2: "P+S", 3: "P+M"})
    taps = (
        (2, "06:58:00"),
        (2, "21:01:00"),
        (3, "06:50:00"),
        (3, "14:01:00"),
        (3, "20:55:00"),
        (4, "07:01:00"),
    )
    ward.tap(*(tap(day, clock) for day, clock in taps))
    ward.month()
    me = ward.person()
    assert [row.state for row in stored(me, 2)] == ["present"]
    assert [row.worked for row in stored(me, 2)] == [(14 * 60 + 3) * 60]
    assert [row.state for row in stored(me, 3)] == ["present", "present"]


def test_case_A_29_an_old_day_keeps_the_hours_of_its_day_whenever_it_is_derived(ward: Ward) -> None:
    ward.define("D", replace(SHIFTS["P"], ends=time(15)))
    ward.define("D", SHIFTS["P"], on(5))
    ward.roster({2: "D", 5: "D"})
    ward.tap(*(tap(day, clock) for day in (2, 5) for clock in ("07:00:00", "15:00:00")))
    for at in (AT, AT + timedelta(days=240)):
        ward.month(at)
        assert [(row.over, row.version) for day in (2, 5) for row in stored(ward.person(), day)] == [
            (0, 1), (3600, 1),
        ]  # fmt: skip


def test_case_A_14_nothing_is_stored_of_days_to_come(ward: Ward) -> None:
    ward.roster({20: "P"})
    ward.month()
    ward.derive()
    assert max(row.local_on for row in stored(ward.person())) == date(2026, 11, 10)
    assert StaleDay.objects.count() == 0


def test_the_day_that_has_come_is_derived_for_everybody(ward: Ward) -> None:
    ward.tap(tap(2, "07:20:00"))
    services.derive_due(actor=OPERATOR, at=AT, law=law(), zone=ZONE)
    assert {row.local_on for row in stored(ward.person("mate"))} == {on(9), on(10)}
    assert services.derive_due(actor=OPERATOR, at=AT, law=law(), zone=ZONE).days == 0


def test_page_and_store_say_the_same(ward: Ward) -> None:
    ward.roster({4: "P", 5: "M", 6: "L"})
    taps = (
        (2, "07:45:00"),
        (2, "16:31:00"),
        (4, "06:59:00"),
        (4, "14:00:10"),
        (5, "21:10:00"),
        (6, "07:20:00"),
    )
    ward.tap(*(tap(day, clock) for day, clock in taps))
    ward.month()
    seen = {day.on: day.result for day in ward.office.days(first=on(1), days=10).days}
    for row in stored(ward.person()):
        result = seen[row.local_on]
        assert (result.state.value if result else FREE) == row.state, row.local_on
        if result:
            assert (result.first_in, result.last_out, result.late, result.worked) == (
                row.first_in, row.last_out, row.late, row.worked,
            )  # fmt: skip


# What happens in a small world, in any order, with derivations between: see ``_ACTS``.
ACTS = (
    "punch", "night", "morning", "noon", "other", "pin", "unpin", "leave", "half", "unleave", "roster",
    "free", "longer", "week", "through", "derive", "month",
)  # fmt: skip


def act(ward: Ward, name: str) -> None:
    """One thing that happens; each may happen once or never, at any point."""
    me, who = ward.person(), {"actor": OPERATOR, "at": AT}
    group = ward.machines.group
    whole, afternoon = ExcusePart.WHOLE, ExcusePart.SECOND_HALF
    leave = {part: NewExcuse(me, ExcuseKind.LEAVE_ANNUAL, Period(on(3), on(4)), part) for part in ExcusePart}
    {
        "punch": lambda: ward.tap(tap(2, "07:41:00"), tap(3, "07:20:00"), through=None),
        "night": lambda: ward.tap(tap(4, "20:55:00"), through=None),
        "morning": lambda: ward.tap(tap(5, "07:31:00"), through=None),
        "noon": lambda: ward.tap(tap(5, "13:40:00"), tap(5, "21:05:00"), through=None),
        "other": lambda: ward.tap(tap(4, "07:10:00", "77"), tap(4, "16:50:00", "77"), through=None),
        "pin": lambda: ward.machines.give("own", "77", on(3)),
        "unpin": lambda: services.end_pin(**who, group=group, pin="1001", on=on(5)),
        "leave": lambda: say(ExcuseSource.LEAVE, LEAVE, leave[whole]),
        "half": lambda: say(ExcuseSource.PERMIT, PERMIT, leave[afternoon]),
        "unleave": lambda: say(ExcuseSource.LEAVE, LEAVE),
        "roster": lambda: ward.roster({4: "M", 5: "S", 6: "L"}),
        "free": lambda: ward.roster({5: "L"}),
        "longer": lambda: ward.define("M", replace(SHIFTS["M"], closes_after=240), on(4)),
        "week": lambda: services.set_week(**who, unit="dinkes", week="6", on=on(1)),
        "through": lambda: ward.tap(through=LATER),
        "derive": ward.derive,
        "month": ward.month,
    }[name]()


@given(order=st.lists(st.sampled_from(ACTS), min_size=3, max_size=12))
@tries(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(order=["month", "roster", "night", "morning", "noon", "through", "derive", "free"])
@example(order=["through", "other", "month", "pin", "derive", "unpin"])
def test_in_whatever_order_facts_arrive_the_days_are_the_same(ward: Ward, order: list[str]) -> None:
    """What stands after the marks were worked off is what all facts say, looked at anew."""
    with transaction.atomic():
        for name in order:
            act(ward, name)
        ward.derive()
        stood = what(ward.person())
        ward.month()
        assert set(stood) <= set(what(ward.person()))
        transaction.set_rollback(True)


def test_the_worker_derives_where_a_region_is_chosen(
    ward: Ward, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    ward.tap(tap(2, "07:20:00"), tap(2, "16:40:00"))
    settings.PAMONG_PROFILE = ""
    jobs.derive_months()
    assert not stored(ward.person())
    settings.PAMONG_PROFILE = "contoh"
    jobs.derive_months()
    assert states(ward.person(), 2, 3) == ["present", "absent"]
    ward.tap(tap(3, "07:20:00"))
    jobs.derive_stale()
    jobs.derive_due()
    assert states(ward.person(), 2, 3) == ["present", "missing_out"]


@contextmanager
def held_elsewhere(*key: int) -> Iterator[None]:
    """Another connection holds this lock alone."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(f"SELECT pg_try_advisory_lock({', '.join('%s' for _ in key)})", key)
            assert cursor.fetchone() == (True,)
        yield
    finally:
        other.close()


def somebody_waits() -> bool:
    """Whether a session waits for another one's lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        return bool(cursor.fetchone()[0])


def acts_of(ward: Ward, day: date) -> dict[str, tuple[str, Callable[[], Any]]]:
    """Facts that hold from a day on, each with whose days it touches."""
    machines, told = ward.machines, {"actor": OPERATOR, "at": AT}
    pin = Assigned("7001", machines.people.city.persons["mate"], day)
    later = replace(SHIFTS["P"], starts=time(8))
    return {
        "number": ("mate", lambda: services.assign_pins(**told, group=machines.group, pins=[pin])),
        "week": ("own", lambda: services.set_week(**told, unit="dinkes", week="6", on=day)),
        "shift": ("own", lambda: ward.define("P", later, since=day)),
        "machine": ("own", lambda: services.end_device(**told, device=machines.west, on=day)),
    }


@pytest.fixture
def apart(committed_db: str, tmp_path: Path, settings: Any) -> Ward:
    """A ward that other sessions see."""
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    return Ward(make_office())


def test_what_comes_while_somebody_derives_marks_recent_days_that_show_no_result(apart: Ward) -> None:
    ward = apart
    ward.define("P", SHIFTS["P"])
    ward.roster({3: "P"})
    acts = {"data": ("own", lambda: ward.tap(through=AT))} | acts_of(ward, on(2))
    with held_elsewhere(DERIVING):
        for name, (key, act) in acts.items():
            StaleDay.objects.all().delete()
            act()
            assert StaleDay.objects.filter(person_id=ward.person(key), local_on=on(3)).exists(), name
            assert not StaleDay.objects.filter(local_on__gt=TODAY + timedelta(days=1)).exists(), name


def test_what_comes_of_an_old_day_while_that_is_derived_waits_and_marks_it(apart: Ward) -> None:
    ward, day = apart, date(2026, 6, 3)
    derived, released = threading.Event(), threading.Event()

    def derive_june() -> None:
        with transaction.atomic():  # what it stores is seen only after the punch was on its way
            services.derive_month(
                actor=OPERATOR, at=AT, law=law(), zone=ZONE, month=Period(day, day + timedelta(days=1))
            )
            derived.set()
            assert released.wait(PATIENCE)

    def punch() -> None:
        assert derived.wait(PATIENCE)
        ward.machines.store(
            ward.machines.west, PunchRow(1, wall("2026-06-03T07:20:00"), "1001"), through=LATER
        )

    with ThreadPoolExecutor(2) as pool:
        works = [pool.submit(closing, work) for work in (derive_june, punch)]
        wait_until(somebody_waits)
        released.set()
        for work in works:
            work.result(PATIENCE)
    assert StaleDay.objects.filter(person_id=ward.person(), local_on=day).exists()
    ward.derive()
    assert [row.state for row in stored(ward.person()) if row.local_on == day] == ["missing_out"]


def test_case_P_26_what_holds_from_a_day_on_is_not_written_while_a_month_since_is_closed(
    office: Office,
) -> None:
    acts = acts_of(Ward(office), date(2019, 12, 5))
    with held_elsewhere(FACTS, 201912):
        for _, act in acts.values():
            with pytest.raises(MonthClosing):
                act()
