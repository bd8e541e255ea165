"""A month computed without a sheet: from what is entered here, verified, and known of pay."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest

from pamong.attendance import services as attendance
from pamong.attendance.queries import MUSTERS
from pamong.attendance.services import Assigned
from pamong.interop.month import keep_file, keep_inputs, keep_register
from pamong.interop.month_inputs import store_inputs, try_inputs
from pamong.kernel.period import month_period
from pamong.law.engine.law import load_law
from pamong.pay.choices import FileKind, SlipState
from pamong.pay.errors import InputsRefused
from pamong.pay.inputs import register_of_inputs
from pamong.performance import services as performance
from pamong.performance.services import Judged
from tests.pay.from_register import KeptFiles, Sheet, nip
from tests.pay.support import OCTOBER, PROFILES, Office, files_of
from tests.support.people import AT, People, small_people

pytestmark = pytest.mark.django_db
TRAITS: dict[str, dict[str, Any]] = {
    "own": {"minutes": 5400, "behaviour": 90, "lhkpn_late": True, "ptkp": "K/1"},
    "mate": {"productivity": 80, "musters": 2, "hours_left": 3, "fixed_income": 3_100_000},
    "clerk": {"group": "BLUD"},
    "foreign": {"negative": True, "days": {5: None, 6: ("08:10", "16:40")}},
    "chief": {"minutes": None, "productivity": None},
    "above": {"fixed_income": None, "week": "5"},
}


@pytest.fixture
def people(office: Office) -> People:
    """The small city with a machine that knows everybody by the number of his sheet."""
    made = small_people()
    group = attendance.register_group(actor=office.actor, at=AT, name="Balai Kota")
    pins = [Assigned(each.pin, made.city.persons[each.name], date(2026, 1, 1), None) for each in everybody()]
    attendance.assign_pins(actor=office.actor, at=AT, group=group, pins=pins)
    return made


def everybody() -> list[Sheet]:
    return [Sheet(number=n, name=key, **more) for n, (key, more) in enumerate(TRAITS.items(), 1)]


def bring(office: Office, data: bytes) -> None:
    who = {"actor": office.actor, "at": office.at}
    assert store_inputs(**who, uid=try_inputs(**who, month=OCTOBER, name="isian.csv", data=data))


def from_tables(office: Office, **wishes: Any) -> dict[str, dict[str, Any]]:
    """The slips of October from the registers and the punches alone."""
    kept = files_of(everybody()).keep()
    punches = [file for file in kept if file.kind is FileKind.PUNCHES]
    registers = [
        keep(actor=office.actor, at=office.at, month=OCTOBER) for keep in (keep_register, keep_inputs)
    ]
    return office.run(KeptFiles((*registers, *punches)), **wishes).by_nip()  # type: ignore[arg-type]


def bare(slip: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in slip.items() if name not in ("uid", "number")}


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_sheet_as_a_file_and_through_the_tables_gives_the_same_slips(
    profile: str, office: Office, people: People
) -> None:
    files = files_of(everybody())
    register = keep_register(actor=office.actor, at=office.at, month=OCTOBER)
    given = [file for file in files.keep() if file.kind is not FileKind.PEOPLE]
    by_file = office.run(KeptFiles((register, *given)), profile=profile).by_nip()  # type: ignore[arg-type]
    bring(office, files.monthly[0][1])
    by_table = from_tables(office, profile=profile)
    assert {key: bare(slip) for key, slip in by_table.items()} == {
        key: bare(slip) for key, slip in by_file.items()
    }
    assert {slip["state"] for slip in by_table.values()} >= {"computed", "elsewhere", "held"}


def test_an_entry_is_paid_for_once_it_is_verified(office: Office, people: People) -> None:
    """Until then he is held, and told who has to look."""
    law = load_law("contoh")
    who = people.actor("employee")
    performance.enter_month(actor=who, at=AT, month=OCTOBER, minutes=6000, law=law)
    held = from_tables(office)[nip("own")]
    assert held["state"] == SlipState.HELD.value
    assert held["reason"] == "Kelompok penghasilan belum diisi."
    lines = f"NIP;KELOMPOK;PENGHASILAN TETAP;STATUS PTKP\n'{nip('own')};TPP;3000000;TK/0"
    data = lines.encode()
    uid = try_inputs(actor=people.actor("unit_clerk"), at=AT, month=OCTOBER, name="isian.csv", data=data)
    store_inputs(actor=people.actor("unit_clerk"), at=AT, uid=uid)
    waiting = from_tables(office)[nip("own")]
    assert waiting["state"] == SlipState.HELD.value
    assert waiting["reason"] == ("Isian bulan ini menunggu Bernadeta Mariana Hurek untuk diverifikasi.")
    chief = people.actor("superior")
    judged = Judged(people.city.persons["own"], 1, {"minutes": 6000, "behaviour": 100})
    performance.verify_months(actor=chief, at=AT, month=OCTOBER, judged=[judged], law=law)
    paid = from_tables(office)[nip("own")]
    assert paid["state"] == SlipState.COMPUTED.value and paid["net"] > 0


def test_the_register_is_refused_from_outside_and_empty(office: Office, people: People) -> None:
    month = month_period(2026, 10)
    with pytest.raises(InputsRefused, match="Belum ada isian bulanan Oktober 2026"):
        keep_inputs(actor=office.actor, at=office.at, month=OCTOBER)
    bring(office, files_of(everybody()).monthly[0][1])
    first, second = (register_of_inputs(actor=office.actor, at=office.at, month=month) for _ in range(2))
    assert first == second and first.count(b"\n") == 1 + len(TRAITS)
    with pytest.raises(InputsRefused, match="berbentuk isian bulanan Pamong"):
        keep_file(FileKind.MONTHLY, "isian.csv", first)


def test_agreed_musters_count_where_the_sheet_tells_no_number(office: Office, people: People) -> None:
    """The sheet says nothing of the employee, and 0 of the mate; the muster missed both."""
    said = {"own": "", "mate": 0}
    told = [each.with_(musters=said.get(each.name, each.musters)) for each in everybody()]
    bring(office, files_of(told).monthly[0][1])
    missing = [people.city.persons[key] for key in ("own", "mate")]
    muster = attendance.enter_muster(
        actor=people.actor("unit_clerk"), at=AT, unit=people.city.units["dinkes"], on=date(2026, 10, 5),
        name="Apel Senin pagi", missing=missing,
    )  # fmt: skip
    assert counted(office)["own"] == ""  # nobody has agreed to it yet
    attendance.decide_paper(MUSTERS.desk, actor=people.actor("superior"), at=AT, paper=muster, accept=True)
    now = counted(office)
    assert (now["own"], now["mate"]) == ("1", "0"), "a number that was told stands"


def counted(office: Office) -> dict[str, str]:
    """The musters of October that pay counts, by person."""
    data = register_of_inputs(actor=office.actor, at=office.at, month=month_period(2026, 10))
    rows = {row["nip"]: row["musters_missed"] for row in csv.DictReader(StringIO(data.decode()))}
    return {each.name: rows[each.nip] for each in everybody()}
