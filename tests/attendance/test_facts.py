"""Punches from devices: each once, at the time of its place; what can't be counted is set aside, not lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from psycopg import sql

from pamong.access.errors import NotAllowed
from pamong.access.models import ReadLog
from pamong.attendance import queries, services
from pamong.attendance.choices import Direction, Fault
from pamong.attendance.errors import (
    DeviceNowhere,
    PinTaken,
    PinUnfit,
    SerialTaken,
    SiteUnknown,
    WatermarkAhead,
)
from pamong.attendance.models import PunchFile
from pamong.attendance.partitions import MONTHS_AHEAD, months_left
from pamong.attendance.services import Assigned, DeviceFile, PunchRow, Set, Stored
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.organisation import services as organisation
from tests.support.databases import Cluster, fresh_database
from tests.support.people import AT, TODAY, People, small_people

OPERATOR = Actor.operator("uji", TODAY)
START = date(2026, 1, 1)


@dataclass
class Machines:
    """A group of devices in the west, one in the east, and a person with a number on each."""

    people: People
    group: UUID
    west: UUID
    east: UUID

    def store(self, device: UUID, *rows: PunchRow, at: datetime = AT, **more: Any) -> Stored:
        file = DeviceFile("attlog.dat", repr([*rows, more]).encode(), "attlog")
        return services.store_punches(actor=OPERATOR, at=at, device=device, file=file, rows=rows, **more)

    def of(self, key: str, first: date, end: date) -> list[queries.OwnedPunch]:
        person = self.people.city.persons[key]
        return list(queries.list_punches(actor=OPERATOR, at=AT, person=person, first=first, end=end))

    def give(self, key: str, pin: str, on: date = START, until: date | None = None) -> None:
        asked = [Assigned(pin, self.people.city.persons[key], on, until)]
        services.assign_pins(actor=OPERATOR, at=AT, group=self.group, pins=asked)


def make_machines() -> Machines:
    people = small_people()
    who: dict[str, Any] = {"actor": OPERATOR, "at": AT}
    group = services.register_group(**who, name="Balai kota")
    sites = [
        organisation.create_site(**who, code=code, name=code.title(), zone=zone, on=date(2020, 1, 1))
        for code, zone in (("balai", "Asia/Jakarta"), ("timur", "Asia/Jayapura"))
    ]
    west, east = (
        services.register_device(**who, serial=serial, group=group, site=site, on=START, name=serial)
        for serial, site in zip(("BARAT-1", "TIMUR-1"), sites, strict=True)
    )
    made = Machines(people, group, west, east)
    made.give("own", "1001")
    return made


@pytest.fixture
def machines(stage_machines: Machines, db: None, tmp_path: Path, settings: Any) -> Machines:
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    return stage_machines


def wall(text: str) -> datetime:
    """What the clock of a machine shows."""
    return datetime.fromisoformat(text)


def at(day: int, hour: int, minute: int = 0, second: int = 0, micro: int = 0, month: int = 11) -> datetime:
    return wall(f"2026-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micro:06}")


def test_case_A_15_the_instant_the_zone_and_the_wall_time_are_those_of_the_place(machines: Machines) -> None:
    machines.store(machines.east, PunchRow(1, at(2, 7, 25), "1001"))
    (punch,) = machines.of("own", date(2026, 11, 2), date(2026, 11, 3))
    assert punch.at == datetime(2026, 11, 1, 22, 25, tzinfo=UTC), "the day before in UTC"
    assert (punch.zone, punch.local_at, punch.local_on) == ("Asia/Jayapura", at(2, 7, 25), date(2026, 11, 2))


def test_case_A_18_a_punch_belongs_to_the_local_date_stored_with_it(machines: Machines) -> None:
    rows = [PunchRow(1, at(10, 0, 30, month=3), "1001"), PunchRow(2, at(10, 8, 30, month=3), "1001")]
    machines.store(machines.east, *rows)
    assert len(machines.of("own", date(2026, 3, 10), date(2026, 3, 11))) == 2
    assert machines.of("own", date(2026, 3, 9), date(2026, 3, 10)) == []


def test_case_A_20_device_time_is_kept_and_what_no_clock_would_write_is_set_aside(machines: Machines) -> None:
    noon = datetime(2026, 11, 10, 5, tzinfo=UTC)
    rows = [
        PunchRow(1, at(9, 7, 29), "1001"), PunchRow(2, at(9, 16, 2), "1001"),
        PunchRow(3, wall("2000-01-01T00:03"), "1001"), PunchRow(4, at(13, 7), "1001"),
    ]  # fmt: skip
    stored = machines.store(machines.west, *rows, at=noon)
    assert (stored.stored, stored.known, stored.quarantined) == (2, 0, 2)
    assert [each.local_at for each in machines.of("own", date(2026, 11, 9), date(2026, 11, 10))] == [
        at(9, 7, 29), at(9, 16, 2),
    ]  # fmt: skip
    aside = queries.list_set_aside(actor=OPERATOR, file=stored.uid)
    assert [(each.line, each.fault, each.raw) for each in aside] == [
        (3, Fault.TOO_OLD, "1001 2000-01-01 00:03:00"),
        (4, Fault.FUTURE, "1001 2026-11-13 07:00:00"),
    ]


def test_case_A_21_what_is_known_already_is_told_and_stops_nothing(machines: Machines) -> None:
    rows = [PunchRow(n, at(2, 7) + timedelta(minutes=n), "1001") for n in range(1, 101)]
    machines.store(machines.west, rows[39])
    stored = machines.store(machines.west, *rows)
    assert (stored.stored, stored.known) == (99, 1)
    (view,) = [each for each in queries.list_devices(actor=OPERATOR, on=TODAY) if each.serial == "BARAT-1"]
    assert view.watermark == datetime(2026, 11, 2, 1, 40, tzinfo=UTC), "the last event"
    assert machines.store(machines.west, *rows).stored == 0
    assert len(machines.of("own", date(2026, 11, 2), date(2026, 11, 3))) == 100


def test_case_A_22_two_events_within_a_second_and_two_directions_at_one_instant_are_kept(
    machines: Machines,
) -> None:
    rows = [
        PunchRow(1, at(2, 7, 30, 0, 120_000), "1001", direction=Direction.IN),
        PunchRow(2, at(2, 7, 30, 0, 480_000), "1001", direction=Direction.IN),
        PunchRow(3, at(2, 12), "1001", direction=Direction.OUT),
        PunchRow(4, at(2, 12), "1001", direction=Direction.IN),
        PunchRow(5, at(2, 12), "1001", direction=Direction.IN),
    ]
    stored = machines.store(machines.west, *rows)
    assert (stored.stored, stored.known) == (4, 1), "the last says nothing new"


def test_case_A_24_an_unknown_direction_is_stored_as_unknown(machines: Machines) -> None:
    machines.store(machines.west, PunchRow(1, at(2, 7, 28), "1001"), PunchRow(2, at(2, 16, 5), "1001"))
    found = machines.of("own", date(2026, 11, 2), date(2026, 11, 3))
    assert [each.direction for each in found] == [Direction.UNKNOWN] * 2


def test_the_same_number_on_two_devices_of_a_group_is_the_same_person(machines: Machines) -> None:
    machines.store(machines.west, PunchRow(1, at(2, 7), "1001"))
    machines.store(machines.east, PunchRow(1, at(2, 7), "1001"))
    assert len(machines.of("own", date(2026, 11, 2), date(2026, 11, 3))) == 2, "two devices, two events"


def test_a_number_that_is_told_later_gives_its_owner_what_lies_there(machines: Machines) -> None:
    machines.store(machines.west, PunchRow(1, at(2, 7), "77"), PunchRow(2, at(3, 7), "77"))
    (unknown,) = queries.list_unknown_pins(actor=OPERATOR, group=machines.group)
    assert (unknown.pin, unknown.punches, unknown.first_on) == ("77", 2, date(2026, 11, 2))
    machines.give("mate", "0077", on=date(2026, 11, 3))
    assert len(machines.of("mate", date(2026, 11, 1), date(2026, 12, 1))) == 1, "from the day on"
    assert [each.punches for each in queries.list_unknown_pins(actor=OPERATOR, group=machines.group)] == [1]


def test_two_people_never_have_one_number_at_one_time(machines: Machines) -> None:
    with pytest.raises(PinTaken, match="PIN 1001 sudah dipakai orang lain sejak 1 Januari 2026"):
        machines.give("mate", "1001", on=date(2026, 6, 1))
    machines.give("own", "1001", on=date(2026, 6, 1))
    services.end_pin(actor=OPERATOR, at=AT, group=machines.group, pin="1001", on=date(2026, 11, 3))
    machines.give("mate", "1001", on=date(2026, 11, 3))
    machines.store(machines.west, PunchRow(1, at(2, 7), "1001"), PunchRow(2, at(3, 7), "1001"))
    assert [each.local_on for each in machines.of("own", START, TODAY)] == [date(2026, 11, 2)]
    assert [each.local_on for each in machines.of("mate", START, TODAY)] == [date(2026, 11, 3)]
    with pytest.raises(PinUnfit, match="bukan PIN"):
        machines.give("mate", "12 34")


def test_a_device_that_stands_nowhere_stores_nothing(machines: Machines) -> None:
    before = PunchFile.objects.count()
    with pytest.raises(DeviceNowhere, match="31 Desember 2025"):
        machines.store(
            machines.west, PunchRow(1, wall("2025-12-31T07:00"), "1001"), PunchRow(2, at(2, 7), "1001")
        )
    assert PunchFile.objects.count() == before
    assert machines.of("own", date(2025, 1, 1), TODAY) == []


def test_a_device_that_moves_keeps_the_time_of_each_place(machines: Machines) -> None:
    who: dict[str, Any] = {"actor": OPERATOR, "at": AT}
    site = organisation.create_site(**who, code="tengah", name="Tengah", zone="Asia/Makassar", on=START)
    services.place_device(**who, device=machines.west, site=site, on=date(2026, 11, 3))
    machines.store(machines.west, PunchRow(1, at(2, 7), "1001"), PunchRow(2, at(3, 7), "1001"))
    found = machines.of("own", date(2026, 11, 2), date(2026, 11, 4))
    assert [(each.zone, each.at.hour) for each in found] == [("Asia/Jakarta", 0), ("Asia/Makassar", 23)]
    with pytest.raises(SiteUnknown):
        services.place_device(**who, device=machines.west, site=site, on=date(2019, 1, 1))


def test_the_watermark_goes_where_the_file_tells_and_never_back(machines: Machines) -> None:
    def mark() -> datetime | None:
        return next(
            each.watermark
            for each in queries.list_devices(actor=OPERATOR, on=TODAY)
            if each.serial == "BARAT-1"
        )

    assert mark() is None
    machines.store(machines.west, PunchRow(1, at(9, 16), "1001"), through=AT - timedelta(hours=1))
    assert mark() == AT - timedelta(hours=1)
    machines.store(machines.west, PunchRow(1, at(3, 16), "1001"))
    assert mark() == AT - timedelta(hours=1)
    with pytest.raises(WatermarkAhead):
        machines.store(machines.west, through=AT + timedelta(minutes=1))


def test_what_the_reader_set_aside_is_kept_with_its_text(machines: Machines) -> None:
    torn = Set(7, Fault.UNREADABLE, "1001\t2026-11-0", "baris 7 tidak terbaca")
    stored = machines.store(machines.west, aside=[torn])
    assert (stored.stored, stored.quarantined) == (0, 1)
    assert [each.raw for each in queries.list_set_aside(actor=OPERATOR, file=stored.uid)] == [torn.raw]


def test_each_file_is_told_to_the_ledger_and_each_look_to_its_owner(machines: Machines) -> None:
    stored = machines.store(machines.west, PunchRow(1, at(2, 7), "1001"))
    entry = Intake.objects.latest("id")
    assert entry.kind == "attendance.punches_stored" and str(stored.uid) in entry.body
    machines.of("own", START, TODAY)
    look = ReadLog.objects.latest("id")
    assert (look.path, look.subject_ids) == ("attendance.punches", [machines.people.city.persons["own"]])


def test_serial_numbers_are_once_and_only_officers_bring_punches(machines: Machines) -> None:
    with pytest.raises(SerialTaken):
        services.register_device(
            actor=OPERATOR, at=AT, serial=" BARAT-1 ", group=machines.group, site=machines.group, on=START
        )
    for name in ("employee", "unit_clerk", "superior"):
        with pytest.raises(NotAllowed):
            services.register_group(actor=machines.people.actor(name), at=AT, name="Lain")


def moment(day: str) -> dict[str, str]:
    """Seven o'clock in the west on a day, as a row has it."""
    return {"at": f"{day}T00:00:00Z", "local_at": f"{day} 07:00", "local_on": day}


GOOD = moment("2026-11-02") | {"zone": "Asia/Jakarta", "source": "terminal", "pin": "1001", "raw": "x"}


def insert(machines: Machines, **changed: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM attendance_devicegroup")
        row = GOOD | {"group_id": cursor.fetchone()[0]} | changed
        insert = sql.SQL("INSERT INTO attendance_punch ({}) VALUES ({})").format(
            sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join(map(sql.Placeholder, row))
        )
        cursor.execute(insert, row)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("punch_place", {"local_at": "2026-11-02 08:00"}),
        ("punch_place", {"local_on": "2026-11-01"}),
        ("punch_source", {"source": "guess"}),
        ("punch_direction", {"direction": "sideways"}),
        ("punch_grain", {"grain": "year"}),
        ("punch_raw", {"raw": ""}),
        ("punch_somebody", {"pin": ""}),
        (
            "punch_sane",
            moment("2014-12-31"),
        ),
        (
            "punch_sane",
            moment("2099-11-02"),
        ),
    ],
)
def test_case_A_14_the_database_takes_no_punch_that_can_not_be(
    machines: Machines, name: str, changed: dict[str, Any]
) -> None:
    insert(machines)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        insert(machines, **changed)


def test_there_is_room_for_the_months_to_come(db: None) -> None:
    assert months_left() == MONTHS_AHEAD


def test_no_punch_is_changed_or_taken_away_not_even_by_the_owner(
    postgres: Cluster, django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> None:
    with fresh_database(postgres, "owner"), django_db_blocker.unblock():
        with override_settings(PAMONG_FILES_ROOT=tmp_path):
            made = make_machines()
            made.store(made.west, PunchRow(1, at(2, 7), "1001"))
        emptied = ("punch", "punch_2026_11", "punch_other", "punchkey", "quarantined")
        deleted = ("punch", "punch_2026_11", "punchkey", "punchfile")
        acts = [f"TRUNCATE attendance_{name}" for name in emptied]
        acts += [" ".join(("DELETE FROM", f"attendance_{name}")) for name in deleted]
        for act in ("UPDATE attendance_punch SET pin = '2'", *acts):
            with pytest.raises(IntegrityError, match="tidak dapat diubah"), transaction.atomic():
                run(act)
        with connection.cursor() as cursor:  # whoever restores or replicates meets the guards too
            cursor.execute(
                "SELECT count(*) FILTER (WHERE tgenabled <> 'A'), count(*) FROM pg_trigger t "
                "JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE c.relname LIKE 'attendance_punch%' AND NOT tgisinternal"
            )
            lax, guards = cursor.fetchone()
        assert lax == 0
        assert guards > MONTHS_AHEAD * 2


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_two_who_bring_the_same_file_at_once_store_it_once(
    postgres: Cluster, django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> None:
    with fresh_database(postgres, "app"), django_db_blocker.unblock():
        with override_settings(PAMONG_FILES_ROOT=tmp_path):
            machines = make_machines()
            rows = [PunchRow(n, at(2, 7) + timedelta(seconds=n), "1001") for n in range(500)]
            together = threading.Barrier(4)

            def bring() -> Stored:
                try:
                    together.wait()
                    return machines.store(machines.west, *rows)
                finally:
                    connection.close()

            with ThreadPoolExecutor(4) as pool:
                told = [each.result() for each in [pool.submit(bring) for _ in range(4)]]
        assert sorted(each.stored for each in told) == [0, 0, 0, 500]
        assert sum(each.known for each in told) == 1500
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM attendance_punch")
            assert cursor.fetchone()[0] == 500
