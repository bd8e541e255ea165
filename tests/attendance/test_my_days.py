"""Somebody's days from the register, the law and his punches, as every page and file will tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pamong.access.errors import NotAllowed
from pamong.access.models import ReadLog
from pamong.attendance import queries, services
from pamong.attendance.errors import UnitUnknown, WeekUnknown
from pamong.attendance.queries import DayView, PersonDays
from pamong.attendance.resolving import Fate, State
from pamong.attendance.services import PunchRow
from pamong.interop.presence import bring_punches
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law
from pamong.organisation import models as organisation
from pamong.people.errors import PersonNotFound
from tests.attendance.test_facts import OPERATOR, Machines, at, make_machines
from tests.support.people import AT, opening_basis

MONDAY = date(2026, 11, 2)
LATER = datetime(2026, 11, 9, 12, tzinfo=UTC)


@cache
def law() -> Law:
    return load_law("contoh")


@dataclass
class Office:
    """The machines, and an office of five days at the site of the first one."""

    machines: Machines

    def days(self, who: Any = OPERATOR, key: str = "own", first: date = MONDAY, days: int = 5) -> PersonDays:
        person = self.machines.people.city.persons[key]
        end = first + timedelta(days=days)
        return queries.list_days(
            actor=who, at=AT, person=person, first=first, end=end, law=law(), zone="Asia/Jakarta"
        )

    def states(self, first: date = MONDAY, days: int = 5) -> list[State | None]:
        return [day.result and day.result.state for day in self.days(first=first, days=days).days]

    def day(self, on: date, key: str = "own") -> DayView:
        return self.days(key=key, first=on, days=1).days[0]

    def tap(self, *rows: PunchRow, through: datetime | None = LATER) -> None:
        self.machines.store(self.machines.west, *rows, through=through)


def make_office() -> Office:
    """An office at a site with a machine, which works five days a week."""
    machines = make_machines()
    place(machines, "dinkes", "balai")
    services.set_week(actor=OPERATOR, at=AT, unit="dinkes", week="5", on=date(2020, 1, 1))
    return Office(machines)


@pytest.fixture
def office(stage_office: Office, db: None, tmp_path: Path, settings: Any) -> Office:
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    return stage_office


def place(machines: Any, unit: str, site: str) -> None:
    """Let a unit work at a site."""
    row = organisation.UnitRow.objects.known().get(unit__code=unit)
    values = {name: getattr(row, name) for name in row.facts} | {
        "site_id": organisation.Site.objects.get(code=site).pk
    }
    organisation.UnitRow.objects.filter(pk=row.pk).update(
        superseded_at=AT, superseded_basis_id=opening_basis()
    )
    organisation.UnitRow.objects.create(
        unit=row.unit, period=row.period, basis_id=opening_basis(), supersedes=row, **values
    )


def tap(number: int, day: int, hour: int, minute: int) -> PunchRow:
    return PunchRow(number, at(day, hour, minute), "1001")


def test_case_A_06_what_nobody_recorded_is_absent_and_asking_again_changes_nothing(office: Office) -> None:
    came = [
        tap(n, day, hour, 31)
        for n, (day, hour) in enumerate([(2, 7), (2, 16), (3, 7), (3, 16), (6, 7), (6, 16)])
    ]
    office.tap(*came)
    for _ in range(2):
        assert office.states() == [
            State.PRESENT, State.PRESENT, State.ABSENT, State.ABSENT, State.PRESENT,
        ]  # fmt: skip


def test_case_A_03_nothing_is_decided_before_the_device_has_told(office: Office) -> None:
    office.tap(tap(1, 2, 7, 25), through=datetime(2026, 11, 2, 3, tzinfo=UTC))
    assert office.states(days=1) == [State.OPEN]
    office.tap(through=datetime(2026, 11, 2, 13, tzinfo=UTC))
    assert office.states(days=1) == [State.MISSING_OUT], "not absent: he came"


def test_a_device_that_is_silent_decides_nothing(office: Office) -> None:
    found = office.days()
    assert found.watermark is None and not any(day.covered for day in found.days)
    assert office.states() == [State.PLANNED] * 5


def test_nothing_is_said_of_days_before_a_device_began_to_tell(office: Office) -> None:
    office.tap(tap(1, 4, 7, 20), tap(2, 4, 16, 5))
    found = office.days()
    assert [day.covered for day in found.days] == [False, False, True, True, True]
    assert office.states()[:2] == [State.PLANNED] * 2, "not absent"
    assert office.states()[2] == State.PRESENT or not found.days[2].covered
    office.tap(tap(3, 1, 7, 0), through=None)
    assert office.states()[:2] == [State.ABSENT] * 2, "an older file came"


def test_a_new_device_and_a_dead_one_keep_to_their_own_days(office: Office) -> None:
    office.tap(tap(1, 1, 7, 20), tap(2, 2, 7, 20))
    who: dict[str, Any] = {"actor": OPERATOR, "at": AT}
    site = organisation.Site.objects.get(code="balai").uid
    new = services.register_device(
        **who, serial="BARU", group=office.machines.group, site=site, on=date(2026, 11, 4)
    )
    assert [day.covered for day in office.days().days] == [True, True, False, False, False]
    services.end_device(**who, device=new, on=date(2026, 11, 5))
    assert [day.covered for day in office.days().days] == [True, True, False, True, True]


def test_until_when_a_file_reaches_is_told_by_the_clock_of_the_machines_place(office: Office) -> None:
    name, data = "1_attlog.dat", b"1001\t2026-11-02 07:12:09\t1\t0\t1\t0\n"
    for serial, hour in (("BARAT-1", 11), ("TIMUR-1", 9)):
        through = at(2, 18)
        bring_punches(actor=OPERATOR, at=AT, serial=serial, name=name, data=data, through=through)
        found = next(
            each for each in queries.list_devices(actor=OPERATOR, on=MONDAY) if each.serial == serial
        )
        assert found.watermark == datetime(2026, 11, 2, hour, tzinfo=UTC)


def test_a_number_counts_from_its_own_day(office: Office) -> None:
    office.tap(tap(1, 1, 7, 20))
    services.end_pin(actor=OPERATOR, at=AT, group=office.machines.group, pin="1001", on=date(2026, 11, 4))
    assert office.states() == [State.ABSENT] * 2 + [State.PLANNED] * 3
    assert [day.numbered for day in office.days().days] == [True, True, False, False, False]


def test_case_A_07_a_forgotten_check_out_invents_no_hours_and_leaves_the_next_day_alone(
    office: Office,
) -> None:
    office.tap(tap(1, 2, 7, 30), tap(2, 3, 7, 28), tap(3, 3, 16, 1))
    monday, tuesday = office.days(days=2).days
    assert monday.result and tuesday.result
    assert (monday.result.state, monday.result.worked) == (State.MISSING_OUT, None)
    spent = tuesday.result.pairs[0].seconds
    assert spent == (8 * 60 + 33) * 60


def test_lateness_is_kept_to_the_second(office: Office) -> None:
    office.tap(PunchRow(1, at(2, 7, 45, 12), "1001"), tap(2, 2, 16, 5))
    (day,) = office.days(days=1).days
    assert day.result and day.result.late == 15 * 60 + 12


def test_weekends_and_holidays_expect_nobody_and_keep_what_was_tapped(office: Office) -> None:
    office.tap(tap(1, 7, 8, 0))
    saturday = office.day(date(2026, 11, 7))
    assert saturday.result is None and saturday.free == ""
    assert [each.fate for each in saturday.punches] == [Fate.OUTSIDE]
    christmas = office.day(date(2026, 12, 25))
    assert christmas.result is None and "Natal" in christmas.free


def test_a_unit_below_works_as_the_one_above_until_it_says_otherwise(office: Office) -> None:
    saturdays = [date(2026, 10, 31), date(2026, 11, 7)]
    assert office.day(date(2026, 11, 6), "mate").result is not None
    assert [office.day(on, "mate").result for on in saturdays] == [None, None]
    services.set_week(actor=OPERATOR, at=AT, unit="pkm_melati", week="6", on=date(2026, 11, 1))
    assert [office.day(on, "mate").result is None for on in saturdays] == [True, False], "of its day"
    assert office.day(saturdays[1]).result is None, "not above"


def test_case_A_29_an_old_day_keeps_the_calendar_of_its_day(office: Office) -> None:
    office.tap(tap(1, 2, 7, 30), tap(2, 2, 16, 0))
    before = office.day(MONDAY).result
    services.set_week(actor=OPERATOR, at=AT, unit="dinkes", week="6", on=date(2026, 11, 3))
    assert office.day(MONDAY).result == before


def test_a_unit_without_a_pattern_is_told_as_unplanned(office: Office) -> None:
    found = office.days(key="foreign")
    assert all(day.unplanned and day.result is None for day in found.days)
    assert not any(day.numbered for day in found.days)


def test_case_A_14_a_day_to_come_is_planned_whatever_a_device_says(office: Office) -> None:
    office.tap(tap(1, 2, 7, 20), through=AT)
    found = office.days(first=date(2026, 11, 10), days=3)
    assert [day.result and day.result.state for day in found.days] == [
        State.OPEN,
        State.PLANNED,
        State.PLANNED,
    ]


def test_each_sees_his_own_and_superiors_those_they_lead_and_a_look_is_logged(office: Office) -> None:
    people = office.machines.people
    assert office.days(people.actor("employee")).days
    assert office.days(people.actor("superior")).days
    look = ReadLog.objects.latest("id")
    assert (look.path, look.subject_ids) == ("attendance.days", [people.city.persons["own"]])
    with pytest.raises((NotAllowed, PersonNotFound)):
        office.days(people.actor("employee"), "mate")


def test_a_pattern_or_a_unit_that_is_none_is_refused(office: Office) -> None:
    with pytest.raises(WeekUnknown, match="pakai 5 atau 6"):
        services.set_week(actor=OPERATOR, at=AT, unit="dinkes", week="7", on=MONDAY)
    with pytest.raises(UnitUnknown):
        services.set_week(actor=OPERATOR, at=AT, unit="tidak_ada", week="5", on=MONDAY)
