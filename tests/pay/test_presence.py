"""A month from stored day results: the same slips as from the machines' files; what is not decided waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pamong.access import clock
from pamong.access import services as accounts
from pamong.access.errors import NotAllowed
from pamong.access.models import User
from pamong.attendance import columns, services
from pamong.attendance.choices import ExcuseKind, ExcuseSource
from pamong.attendance.errors import MonthNotOver
from pamong.attendance.models import Outage
from pamong.attendance.services import Assigned, NewExcuse
from pamong.interop.month import keep_file, keep_presence, keep_register
from pamong.interop.presence import bring_punches
from pamong.jobs import runs
from pamong.kernel.ids import uuid7
from pamong.kernel.period import Period, month_period
from pamong.law.engine.law import load_law
from pamong.organisation import services as places
from pamong.organisation.models import Site
from pamong.pay import queries
from pamong.pay.choices import FileKind, SlipState
from pamong.pay.errors import InputsRefused
from pamong.people.models import Appointment, Person
from tests.attendance.test_my_days import place
from tests.pay.from_register import KeptFiles, Sheet
from tests.pay.support import OCTOBER, WORK_DAYS, Files, Office, auditor, files_of
from tests.support.city import City, build_city
from tests.support.people import opening_basis

pytestmark = pytest.mark.django_db
ZONE = "Asia/Jakarta"
MONTH = month_period(2026, 10)
WHOLE = datetime(2026, 11, 1, tzinfo=UTC)
LATE = {1: ("07:45", "16:40"), 6: ("07:20", "15:50"), 7: None, 13: ("07:20", None)}


@dataclass
class Town:
    """The small city with one machine, and October's days."""

    office: Office
    city: City

    @property
    def who(self) -> dict[str, Any]:
        return {"actor": self.office.actor, "at": self.office.at}

    def give_numbers(self, *people: Sheet) -> None:
        group = services.register_group(**self.who, name="Balai")
        pins = [Assigned(one.pin, self.city.persons[one.name], date(2026, 1, 1)) for one in people]
        services.assign_pins(**self.who, group=group, pins=pins)

    def bring(self, files: Files, through: datetime | None = WHOLE) -> None:
        ((name, data),) = files.punches
        bring_punches(**self.who, serial="BALAI-1", name=name, data=data, through=through)

    def derive(self) -> services.Derived:
        return services.derive_month(**self.who, law=load_law("contoh"), zone=ZONE, month=MONTH)

    def run(self, files: Files) -> Any:
        """October from the register of people, this sheet, and the register of presence."""
        sheets = [f for f in files.keep() if f.kind is FileKind.MONTHLY]
        register = keep_register(**self.who, month=OCTOBER)
        return self.office.run(KeptFiles((register, *sheets, keep_presence(**self.who, month=OCTOBER))))

    def run_files(self, files: Files) -> Any:
        """The same from the machine's own file."""
        rest = [f for f in files.keep() if f.kind is not FileKind.PEOPLE]
        return self.office.run(KeptFiles((keep_register(**self.who, month=OCTOBER), *rest)))


@pytest.fixture
def town(office: Office) -> Town:
    made = Town(office, build_city(office.actor.on))
    site = places.create_site(**made.who, code="balai", name="Balai", zone=ZONE, on=date(2020, 1, 1))
    place(None, "dinkes", "balai")
    services.set_week(**made.who, unit="dinkes", week="5", on=date(2020, 1, 1))
    group = services.register_group(**made.who, name="Balai")
    services.register_device(**made.who, serial="BALAI-1", group=group, site=site, on=date(2026, 1, 1))
    return made


def sheets(**traits: Any) -> list[Sheet]:
    return [Sheet(number=n, name=key, **traits) for n, key in enumerate(("own", "mate"), 1)]


def test_the_same_punches_through_files_and_through_the_tables_give_the_same_slips(town: Town) -> None:
    people = [Sheet(number=1, name="own", days=LATE), Sheet(number=2, name="mate")]
    files = files_of(people)
    by_files = town.run_files(files).by_nip()
    town.give_numbers(*people)
    town.bring(files)
    town.derive()
    done = town.run(files)
    told = ("state", "ceiling", "gross", "tax", "health", "net", "lines")
    for one in people:
        slip = done.by_nip()[one.nip]
        assert {name: slip[name] for name in told} == {name: by_files[one.nip][name] for name in told}
    assert done.by_nip()[people[0].nip]["gross"] < done.by_nip()[people[1].nip]["gross"]


def test_an_explanation_goes_down_to_the_line_of_the_machines_file(town: Town) -> None:
    people = [Sheet(number=1, name="own", days=LATE)]
    files = files_of(people)
    town.give_numbers(*people)
    town.bring(files)
    town.derive()
    done = town.run(files)
    (row,) = [r for r in queries.list_slips(**town.who, uid=done.uid).rows if r.nip == people[0].nip]
    tree = str(queries.explain_slip(**town.who, uid=row.uid))
    assert "1_attlog.dat baris 1" in tree


def test_who_has_days_that_are_not_decided_is_held_with_the_reason(town: Town) -> None:
    people = sheets()
    files = files_of(people)
    town.give_numbers(people[0])
    town.bring(files, through=datetime(2026, 10, 29, 16, tzinfo=UTC))
    town.derive()
    slips = town.run(files).by_nip()
    assert slips[people[0].nip]["state"] == SlipState.HELD.value
    assert slips[people[0].nip]["reason"] == "1 hari belum diputuskan: data mesin BALAI-1 belum lengkap."
    assert "PIN di mesin presensi belum dicatat" in slips[people[1].nip]["reason"]


def test_days_that_were_never_derived_are_no_days_of_presence(town: Town) -> None:
    people = sheets()
    town.give_numbers(*people)
    town.bring(files_of(people))
    law, before = load_law("contoh"), Period(date(2026, 10, 1), date(2026, 10, 31))
    services.derive_month(**town.who, law=law, zone=ZONE, month=before)
    posts = Appointment.objects.filter(
        kind="regular", superseded_at=None, period__contains=before.end
    ).count()
    with pytest.raises(InputsRefused, match=f"^{posts} hari pegawai Oktober 2026 belum pernah dihitung"):
        keep_presence(**town.who, month=OCTOBER)
    town.derive()
    assert keep_presence(**town.who, month=OCTOBER)


def test_the_worker_derives_a_month_before_it_looks_for_its_differences(
    town: Town, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAMONG_PROFILE = "contoh"
    monkeypatch.setattr(clock, "now", lambda: town.office.at)
    monkeypatch.setattr(clock, "today", lambda: town.office.actor.on)
    accounts.create_user(**town.who, username="petugas", display_name="Petugas", password=None)
    asked = User.objects.get(username="petugas").pk
    runs.post_differences(OCTOBER, asked, uuid7())  # not paid: no more than derived
    assert keep_presence(**town.who, month=OCTOBER)


def test_an_outage_that_is_not_decided_holds_whom_it_can_still_excuse(town: Town) -> None:
    people = [Sheet(number=1, name="own", days={6: ("07:50", "16:40")}), Sheet(number=2, name="mate")]
    files = files_of(people)
    town.give_numbers(*people)
    town.bring(files)
    town.derive()
    outage = Outage.objects.create(
        site_id=Site.objects.get(code="balai").pk, zone=ZONE, reason="Listrik padam", origin="noticed",
        starts=datetime(2026, 10, 5, 23, tzinfo=UTC), ends=datetime(2026, 10, 6, 1, tzinfo=UTC),
    )  # fmt: skip
    held, paid = (town.run(files).by_nip()[one.nip] for one in people)
    assert held["state"] == SlipState.HELD.value
    assert held["reason"].startswith("1 hari belum diputuskan: gangguan presensi di lokasinya")
    assert paid["state"] != SlipState.HELD.value, "who was there on time needs no excuse"
    Outage.objects.filter(pk=outage.pk).update(state="refused")
    assert town.run(files).by_nip()[people[0].nip]["state"] != SlipState.HELD.value


def test_leave_counts_whatever_the_machines_say(town: Town) -> None:
    people = [Sheet(number=1, name="own")]
    files = files_of(people, days=[day for day in WORK_DAYS if day < 30])
    town.give_numbers(*people)
    town.bring(files)
    town.derive()
    absent = town.run(files).by_nip()[people[0].nip]
    uid = town.city.persons["own"]
    person = Person.objects.get(uid=uid).pk
    leave = NewExcuse(person, ExcuseKind.LEAVE_ANNUAL, Period(date(2026, 10, 30), date(2026, 10, 31)))
    services.set_excuses(
        **town.who, basis=opening_basis(), source=ExcuseSource.LEAVE, source_uid=uid, excuses=[leave]
    )
    assert services.derive_stale(**town.who, law=load_law("contoh"), zone=ZONE).results == 1
    assert town.run(files).by_nip()[people[0].nip]["gross"] > absent["gross"]


def test_case_P_16_what_a_run_took_stays_and_a_later_change_is_another_version(town: Town) -> None:
    people = [Sheet(number=1, name="own", days={2: None})]
    files = files_of(people)
    town.give_numbers(*people)
    town.bring(files)
    town.derive()
    before = town.run(files)
    slip = before.by_nip()[people[0].nip]
    more = files_of([people[0].with_(days={2: ("07:20", "16:40")})])
    town.bring(more)
    assert services.derive_stale(**town.who, law=load_law("contoh"), zone=ZONE).results == 1
    assert before.by_nip()[people[0].nip] == slip
    after = town.run(files)
    assert after.uid != before.uid, "another register is another run"
    assert after.by_nip()[people[0].nip]["gross"] > slip["gross"]
    again = town.run(files)
    assert again.uid == after.uid, "the same results are the same bytes"


def test_only_a_month_that_is_over_and_only_who_may_run_it(town: Town) -> None:
    asked: dict[str, Any] = {"month": MONTH, "zone": ZONE}
    last = datetime(2026, 10, 31, 16, 59, tzinfo=UTC)
    with pytest.raises(MonthNotOver, match="Presensi Oktober 2026 baru dapat dipakai"):
        columns.presence_of_month(actor=town.office.actor, at=last, **asked)
    assert columns.presence_of_month(actor=town.office.actor, at=last + timedelta(minutes=1), **asked)
    with pytest.raises(NotAllowed):
        columns.presence_of_month(actor=auditor(), at=town.office.at, **asked)


def test_a_file_that_poses_as_the_register_is_refused(town: Town) -> None:
    with pytest.raises(InputsRefused, match="berbentuk data presensi Pamong"):
        keep_file(FileKind.PUNCHES, "a.csv", columns.HEADER + b"nip\n")
