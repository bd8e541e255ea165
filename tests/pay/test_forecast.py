"""The running month told to its owner: on the last day it is what a run computes from the same facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.attendance import services
from pamong.attendance.choices import ExcuseKind, ExcuseSource
from pamong.attendance.services import NewExcuse, PunchRow
from pamong.interop.month import keep_register
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period, month_period
from pamong.ledger.models import Intake
from pamong.pay import queries
from pamong.pay.calculation import month_law
from pamong.pay.choices import FileKind, Lack
from pamong.pay.queries import Forecast
from pamong.people.errors import PersonNotFound
from tests.attendance.test_facts import OPERATOR, Machines, make_machines
from tests.attendance.test_my_days import place
from tests.pay.from_register import KeptFiles, Sheet
from tests.pay.support import FULL, OCTOBER, WORK_DAYS, Day, Office, files_of
from tests.support.people import AT, opening_basis

LAST = date(2026, 10, 31)
LEAVE = UUID("0192f0c1-2222-7000-8000-000000000001")
LEAVE_DAY = 15
# Late by several steps, gone early, a mark missing on either side, away: all within one month.
DAYS: dict[int, Day] = {
    1: ("07:31", "16:40"),
    2: ("07:20", "15:40"),
    6: ("08:05", "16:40"),
    7: ("09:20", "14:00"),
    12: ("07:20", None),
    13: (None, "16:40"),
    20: None,
    LEAVE_DAY: None,
}


def evening(day: int) -> datetime:
    """Half past nine in the evening of a day of October, when its data are here."""
    return datetime(2026, 10, day, 14, 30, tzinfo=UTC)


class World:
    """The office of ``own``, a machine that knows him, and October of his."""

    def __init__(self, machines: Machines) -> None:
        self.machines = machines
        self.office = Office(OPERATOR, AT)

    def me(self, on: date = LAST) -> Actor:
        return self.machines.people.actor("employee", on)

    def punch(self, days: Mapping[int, Day], through: int = 31) -> None:
        """His month by the machine, which has told everything until an evening."""
        taps = [
            datetime.combine(date(2026, 10, day), time.fromisoformat(text))
            for day in WORK_DAYS
            if day <= through
            for text in days.get(day, FULL) or ()
            if text is not None
        ]
        rows = [PunchRow(line, when, "1001") for line, when in enumerate(taps, 1)]
        # A machine that has told of the day before, so that nothing is said of days without data.
        rows.append(PunchRow(len(rows) + 1, datetime(2026, 9, 30, 12, 0), "4711"))  # noqa: DTZ001
        self.machines.store(self.machines.west, *rows, through=evening(through))

    def leave(self, day: int) -> None:
        period = Period(date(2026, 10, day), date(2026, 10, day + 1))
        person = self.machines.people.city.ids["own"]
        services.set_excuses(
            actor=OPERATOR, at=AT, basis=opening_basis(), source=ExcuseSource.LEAVE, source_uid=LEAVE,
            excuses=[NewExcuse(person, ExcuseKind.LEAVE_ANNUAL, period)],
        )  # fmt: skip

    def run(self, profile: str, **traits: Any) -> dict[str, Any]:
        """What a run computes for October from the register, a sheet and the same punches as a file."""
        sheet = Sheet(number=1, name="own", job_class=None, **traits)
        files = [f for f in files_of([sheet]).keep() if f.kind is not FileKind.PEOPLE]
        register = keep_register(actor=OPERATOR, at=AT, month=OCTOBER)
        done = self.office.run(KeptFiles((register, *files)), profile=profile)
        return done.by_nip()[sheet.nip]

    def forecast(
        self, profile: str = "contoh", actor: Actor | None = None, on: date = LAST, **more: Any
    ) -> Forecast:
        law = month_law(profile, "", month_period(2026, 10))
        asked = {"at": datetime.combine(on, time(14, 30), UTC), "law": law, "zone": "Asia/Jakarta"} | more
        return queries.forecast(actor=actor or self.me(on), **asked)


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any) -> World:
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    machines = make_machines()
    place(machines, "dinkes", "balai")
    services.set_week(actor=OPERATOR, at=AT, unit="dinkes", week="5", on=date(2020, 1, 1))
    return World(machines)


@pytest.mark.parametrize("profile", ["contoh", "manado", "samarinda"])
def test_on_the_last_day_the_forecast_is_what_a_run_computes(world: World, profile: str) -> None:
    """With everything decided and told, through both paths, to the rupiah."""
    traits = {"minutes": 5_400, "behaviour": 92, "productivity": 88, "musters": 1, "lhkpn_late": True}
    slip = world.run(profile, days=DAYS, excused=f"{LEAVE_DAY:02}=CT", **traits)
    world.punch(DAYS)
    world.leave(LEAVE_DAY)
    so_far = world.forecast(profile).so_far
    assert so_far is not None and so_far.over == len(so_far.days) == len(WORK_DAYS)
    names = {"ceiling": "tpp_ceiling", "gross": "tpp_gross", "tax": "tpp_tax", "health": "tpp_health"}
    assert {name: so_far.amount(code) for name, code in names.items()} == {name: slip[name] for name in names}
    assert so_far.amount("tpp_net") == slip["net"]
    assert so_far.gathered == slip["gross"], "nothing is left to come"
    assert so_far.assumed == ()


def test_half_way_what_is_over_counts_and_the_rest_is_taken_as_on_time(world: World) -> None:
    """The worked example of docs/forecast.md: eleven of 22 days over, one of them 35 minutes late."""
    world.run("contoh")
    world.punch({6: ("08:05", "16:40")}, through=15)
    so_far = world.forecast(on=date(2026, 10, 15)).so_far
    assert so_far is not None
    assert (so_far.over, len(so_far.days)) == (11, 22)
    assert so_far.amount("tpp_ceiling") == 2_697_688
    assert so_far.taken == {date(2026, 10, 6): 21_581}
    assert so_far.gathered == 2_697_688 * 11 // 22 - 21_581 == 1_327_263
    assert so_far.amount("tpp_gross") == 2_697_688 - 21_581 == 2_676_107
    (reason,) = so_far.reasons_of(date(2026, 10, 6))
    assert (reason.title, reason.value) == ("Poin yang dikurangi hari ini", "2 poin")
    assert any("Pasal 11" in child.law for child in reason.children)


def test_what_nobody_told_of_the_work_counts_as_reached_and_is_named(world: World) -> None:
    """A slip of an older month says how he is paid, and nothing of this month's work."""
    world.run("contoh", minutes=3_000, behaviour=50)
    law = month_law("contoh", "", month_period(2026, 11))
    world.machines.store(
        world.machines.west, PunchRow(1, datetime(2026, 11, 2, 7, 10), "1001"),  # noqa: DTZ001
        PunchRow(2, datetime(2026, 11, 2, 16, 40), "1001"),  # noqa: DTZ001
    )  # fmt: skip
    on = date(2026, 11, 3)
    so_far = world.forecast(on=on, law=law).so_far
    assert so_far is not None and so_far.assumed == ("minutes", "behaviour")
    assert so_far.amount("tpp_gross") == so_far.amount("tpp_ceiling")
    assert so_far.amount("tpp_net") < so_far.amount("tpp_gross"), "golongan and income are known"


def test_minutes_of_the_days_to_come_are_taken_at_the_rate_of_the_target(world: World) -> None:
    world.run("contoh", minutes=2_400)
    world.punch({}, through=15)
    so_far = world.forecast(on=date(2026, 10, 15)).so_far
    assert so_far is not None and so_far.assumed == ()
    # 2.400 told and half of 6.000 to come: 5.400 of 6.000 of the 60 % that work makes.
    assert so_far.taken_by_work == 161_861
    assert so_far.gathered == 2_697_688 // 2 - 161_861


@pytest.mark.parametrize(
    ("kind", "code"), [("pay_group", Lack.GROUP), ("number", Lack.NUMBER), ("nothing", Lack.NO_PUNCH)]
)
def test_no_figure_where_a_fact_is_missing(world: World, kind: str, code: Lack) -> None:
    if kind != "pay_group":
        world.run("contoh")
    if kind == "number":
        group = world.machines.group
        services.end_pin(actor=OPERATOR, at=AT, group=group, pin="1001", on=date(2026, 1, 2))
    world.punch(dict.fromkeys(WORK_DAYS) if kind == "nothing" else {}, through=15)
    found = world.forecast(on=date(2026, 10, 15))
    assert (found.lack, found.so_far) == (code, None)
    assert len(found.days.days) == 31, "his days are told all the same"


def test_who_is_paid_in_another_way_gets_its_name_and_no_figure(world: World) -> None:
    world.run("contoh", group="BLUD")
    found = world.forecast()
    assert (found.lack, found.so_far) == (None, None)
    assert found.group is not None and found.group.text == "Remunerasi BLUD, dibayar oleh rumah sakit"


def test_others_see_it_only_with_a_right_over_pay_and_leave_a_trace(world: World) -> None:
    world.run("contoh")
    people = world.machines.people
    own = people.city.persons["own"]
    before = Intake.objects.count()
    for name in ("superior", "unit_clerk"):
        with pytest.raises((PersonNotFound, NotAllowed)):
            world.forecast(actor=people.actor(name, LAST), person=own)
    assert world.forecast(actor=people.actor("arif", LAST), person=own).name == "Suparman"
    seen = access.reads_of(actor=world.me(), subject=own)
    assert [row.actor for row in seen if row.path == "pay:read"] == ["Arif"]
    world.forecast()
    assert len(access.reads_of(actor=world.me(), subject=own)) == len(seen), "one's own needs no row"
    assert Intake.objects.count() == before


def test_a_forecast_takes_three_queries(world: World) -> None:
    world.run("contoh")
    world.punch({})
    me = world.me()
    world.forecast(actor=me)
    with CaptureQueriesContext(connection) as caught:
        world.forecast(actor=me)
    assert len(caught) == 3, [query["sql"][:80] for query in caught.captured_queries]
