"""December, which a profile may pay whole, as of a cut-off day, or from next year's budget."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.attendance import services
from pamong.attendance.errors import MonthNotOver
from pamong.documents import store
from pamong.interop.month import keep_registers, read_files
from pamong.interop.presence import bring_punches
from pamong.kernel.period import month_period
from pamong.law.engine.law import load_law
from pamong.organisation import services as places
from pamong.pay.calculation import month_law
from pamong.pay.choices import FileKind, SlipState
from pamong.pay.frames import work_out
from pamong.pay.month import month_facts
from pamong.people.models import Employment
from tests.attendance.test_my_days import place
from tests.pay.from_register import KeptFiles, Sheet
from tests.pay.support import Office, Someone, december_region, files_of, region
from tests.support.city import City, build_city

pytestmark = pytest.mark.django_db
LAST_YEAR, ZONE = date(2025, 12, 1), "Asia/Jakarta"  # nothing is recorded of days to come
WEEKDAYS = [day for day in range(1, 32) if date(2025, 12, day).weekday() < 5]
NEW_NIP = "198502022025122009"
REGISTERS = (FileKind.PEOPLE, FileKind.PUNCHES)


def december(folder: Path, choice: str, *, final: bool = False) -> tuple[list[int], dict[str, Any]]:
    """One person's December without any punch: on which days he is absent without a word, and his slip."""
    profile = december_region(folder, choice)
    noted = [f"{day:02d}={'DL' if 2 < day < 21 else 'TK'}" for day in range(1, 32)]
    files = files_of([Someone(excused=",".join(noted))], days=()).keep()
    law = month_law(profile, "", month_period(2026, 12))
    facts = month_facts(law.law, law.month, read_files(files, date(2026, 12, 1), store.read), final=final)
    absent = facts.days.filter(~pl.col("is_excused"))["on"].dt.day().to_list()
    (slip,) = work_out(law, facts).slips.to_dicts()
    return absent, slip


def test_days_after_the_cut_off_count_as_present_until_january(office: Office, tmp_path: Path) -> None:
    early, paid = december(tmp_path / "a", "to_cut_off")
    late, known = december(tmp_path / "b", "to_cut_off", final=True)
    assert (early, late) == ([1, 2], [1, 2, 21, 22, 23, 28, 29, 30, 31])
    assert paid["net"] > known["net"]
    assert december(tmp_path / "c", "as_usual")[1]["net"] == known["net"]


def test_a_whole_december_needs_no_punch(office: Office, tmp_path: Path) -> None:
    _, slip = december(tmp_path, "full")
    assert (slip["state"], slip["gross"]) == ("computed", slip["ceiling"])


@pytest.mark.parametrize(("choice", "year"), [("next_year", 2027), ("as_usual", 2026)])
def test_a_december_may_be_paid_from_the_next_budget(tmp_path: Path, choice: str, year: int) -> None:
    profile = region(tmp_path, december=choice)
    assert month_law(profile, "", month_period(2026, 12)).budget_year == year
    assert month_law(profile, "", month_period(2026, 11)).budget_year == 2026


class Renumbered(Sheet):
    """Somebody who has another NIP since the 22nd."""

    @property
    def nip(self) -> str:
        return NEW_NIP


# From the stored results, while the month goes on


@pytest.fixture
def city(office: Office) -> City:
    """The small city with one machine at its office."""
    who: dict[str, Any] = {"actor": office.actor, "at": office.at}
    made = build_city(office.actor.on)
    site = places.create_site(**who, code="balai", name="Balai", zone=ZONE, on=date(2020, 1, 1))
    place(None, "dinkes", "balai")
    services.set_week(**who, unit="dinkes", week="5", on=date(2020, 1, 1))
    group = services.register_group(**who, name="Balai")
    services.register_device(**who, serial="BALAI-1", group=group, site=site, on=date(2025, 1, 1))
    return made


def presence(office: Office, city: City, people: list[Sheet], profile: str) -> Office:
    """What the machine recorded until the morning of the 23rd, derived; the office on that morning."""
    now = datetime(2025, 12, 23, 1, tzinfo=UTC)
    then = Office(replace(office.actor, on=now.date()), now)
    who: dict[str, Any] = {"actor": then.actor, "at": now}
    pins = [services.Assigned(one.pin, city.persons[one.name], date(2025, 1, 1)) for one in people]
    group = services.register_group(**who, name="Balai")
    services.assign_pins(**who, group=group, pins=pins)
    days = [day for day in WEEKDAYS if day < 23]
    ((name, data),) = files_of(people, days=days, month=LAST_YEAR).punches
    bring_punches(**who, serial="BALAI-1", name=name, data=data, through=now)
    law = load_law(profile)
    services.derive_month(**who, law=law, zone=ZONE, month=month_period(2025, 12))
    return then


def run(office: Office, people: list[Sheet], profile: str) -> dict[str, Any]:
    """December from what is stored and a sheet about these people: slips by NIP."""
    law = load_law(profile)
    kept = keep_registers(actor=office.actor, at=office.at, month=LAST_YEAR, kinds=REGISTERS, law=law)
    sheet = [f for f in files_of(people).keep() if f.kind is FileKind.MONTHLY]
    done = office.run(KeptFiles((*kept, *sheet)), profile=profile, month=LAST_YEAR)
    return dict(done.by_nip())


def test_a_december_as_of_a_day_is_run_from_stored_presence_once_that_day_is_over(
    office: Office, city: City, tmp_path: Path
) -> None:
    """Absent on the 10th is cut; absent on the 22nd, after the cut-off, is not before January."""
    profile = december_region(tmp_path, "to_cut_off")
    people = [
        Sheet(number=1, name="own"),
        Sheet(number=2, name="mate", days={22: None}),
        Sheet(number=3, name="clerk", days={10: None}),
    ]
    then = presence(office, city, people, profile)
    slips = run(then, people, profile)
    whole, later, earlier = (slips[one.nip] for one in people)
    assert {each["state"] for each in (whole, later, earlier)} == {SlipState.COMPUTED.value}
    assert [each["gross"] == each["ceiling"] for each in (whole, later, earlier)] == [True, True, False]


def test_who_gets_a_new_nip_after_the_cut_off_day_keeps_his_days_before_it(
    office: Office, city: City, tmp_path: Path
) -> None:
    profile = december_region(tmp_path, "to_cut_off")
    people = [Sheet(number=1, name="own", days={10: None})]
    then = presence(office, city, people, profile)
    old = run(then, people, profile)[people[0].nip]
    row = Employment.objects.get(person__uid=city.persons["own"], superseded_at=None)
    values = {
        "person_id": row.person_id,
        "kind": row.kind,
        "standing": row.standing,
        "basis_id": row.basis_id,
    }
    Employment.objects.filter(pk=row.pk).update(superseded_at=office.at, superseded_basis_id=row.basis_id)
    on, start = date(2025, 12, 22), row.period.lower
    Employment.objects.create(**values, nip=row.nip, period=DateRange(start, on), end_reason="moved")
    Employment.objects.create(**values, nip=NEW_NIP, period=DateRange(on, None))
    slip = run(then, [Renumbered(number=1, name="own")], profile)[NEW_NIP]
    assert (slip["state"], slip["gross"]) == ("computed", old["gross"])


def test_before_the_cut_off_day_is_over_it_is_refused_and_so_is_another_month(
    office: Office, city: City, tmp_path: Path
) -> None:
    profile = december_region(tmp_path, "to_cut_off")
    law = load_law(profile)
    asked: dict[str, Any] = {"actor": office.actor, "month": LAST_YEAR, "kinds": REGISTERS, "law": law}
    with pytest.raises(MonthNotOver, match="Desember 2025 baru dapat dipakai sesudah 20 Desember 2025"):
        keep_registers(**asked, at=datetime(2025, 12, 20, 16, 59, tzinfo=UTC))
    usual = load_law("contoh")
    with pytest.raises(MonthNotOver, match="sesudah bulannya selesai"):
        keep_registers(**asked | {"law": usual}, at=datetime(2025, 12, 23, 1, tzinfo=UTC))


def test_a_whole_december_is_run_while_it_goes_on(office: Office, city: City, tmp_path: Path) -> None:
    """On its first day, when no day of it is over or derived."""
    profile = december_region(tmp_path, "full")
    people = [Sheet(number=1, name="own")]
    on = datetime(2025, 12, 1, 1, tzinfo=UTC)
    then = Office(replace(office.actor, on=on.date()), on)
    slip = run(then, people, profile)[people[0].nip]
    assert (slip["state"], slip["gross"]) == ("computed", slip["ceiling"])
