"""A file is checked as it would be stored; who gains by a sheet or a number does not bring it himself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pamong.access import services as access
from pamong.access.errors import NotAllowed, OwnCase
from pamong.attendance import queries, services
from pamong.attendance.choices import Fault, FileForm
from pamong.attendance.errors import DeviceNowhere, WatermarkAhead
from pamong.attendance.models import Punch, Quarantined, Watermark
from pamong.attendance.services import Assigned, DeviceFile, PunchRow, Set
from pamong.kernel.actor import Actor
from pamong.people.models import Relative
from tests.attendance.test_facts import OPERATOR, Machines, at, make_machines, wall
from tests.support.city import since
from tests.support.people import AT, opening_basis

START = date(2026, 1, 1)


@pytest.fixture
def machines(db: None, tmp_path: Path, settings: Any) -> Machines:
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    return make_machines()


def officer(machines: Machines) -> Actor:
    """The chief, who is an officer of the whole government besides."""
    access.grant_role(
        actor=OPERATOR, at=AT, username="superior", role="personnel_officer", unit_path="", start_on=START,
        reason="uji",
    )  # fmt: skip
    return machines.people.actor("superior")


def check(machines: Machines, rows: list[PunchRow], who: Actor = OPERATOR, **more: Any) -> services.Checked:
    asked = {"form": "attlog"} | more
    return services.check_punches(actor=who, at=AT, device=machines.west, rows=rows, **asked)


def test_what_a_check_says_is_what_storing_does(machines: Machines) -> None:
    machines.store(machines.west, PunchRow(1, at(2, 7, 20), "1001"))
    rows = [
        PunchRow(1, at(2, 7, 20), "1001"), PunchRow(2, at(2, 16, 1), "1001"),
        PunchRow(3, at(2, 16, 1), "1001"), PunchRow(4, wall("2000-01-01T00:03"), "1001"),
        PunchRow(5, at(24, 7), "1001"),
    ]  # fmt: skip
    said = check(machines, rows, aside=[Set(6, Fault.UNREADABLE, "x", "baris 6: tidak terbaca")])
    assert (said.new, said.known, len(said.aside)) == (1, 2, 3)
    assert Punch.objects.count() == 1 and Quarantined.objects.count() == 0
    done = machines.store(
        machines.west, *rows, aside=[Set(6, Fault.UNREADABLE, "x", "baris 6: tidak terbaca")]
    )
    assert (done.stored, done.known, done.quarantined) == (1, 2, 3)
    machine = queries.get_device(actor=OPERATOR, uid=machines.west)
    assert machine is not None and machine.device.watermark == said.until


def test_a_check_refuses_what_storing_refuses(machines: Machines) -> None:
    with pytest.raises(WatermarkAhead):
        check(machines, [], through=AT.replace(year=2027))
    with pytest.raises(DeviceNowhere):
        check(machines, [PunchRow(1, wall("2019-05-01T07:00"), "1001")])
    with pytest.raises(NotAllowed):
        check(machines, [], machines.people.actor("unit_clerk"))


def test_two_events_of_a_row_that_fail_alike_are_set_aside_as_one_with_both_texts(machines: Machines) -> None:
    rows = [PunchRow(3, at(24, 7), "1001"), PunchRow(3, at(24, 16), "1001")]
    assert machines.store(machines.west, *rows).quarantined == 1
    (kept,) = Quarantined.objects.all()
    assert "2026-11-24 07:00:00" in kept.raw and "2026-11-24 16:00:00" in kept.raw


SHEETS = (FileForm.SHEET, FileForm.SCANLOG)


def bring(
    machines: Machines, who: Actor, *rows: PunchRow, form: FileForm = FileForm.SHEET
) -> services.Stored:
    file = DeviceFile("hadir.csv", repr(rows).encode(), form.value)
    return services.store_punches(actor=who, at=AT, device=machines.west, file=file, rows=rows)


def reached(machines: Machines) -> date | None:
    return Watermark.objects.filter(device__uid=machines.west).values_list("at__date", flat=True).first()


def marry(machines: Machines) -> None:
    ids = machines.people.city.ids
    Relative.objects.create(
        person_id=ids["own"], relative_id=ids["chief"], relation="spouse", name="Bernadeta",
        period=since(START), basis_id=opening_basis(),
    )  # fmt: skip


@pytest.mark.parametrize("form", SHEETS)
def test_own_rows_of_a_sheet_wait_for_another_officer_and_nobody_is_absent_meanwhile(
    machines: Machines, form: FileForm
) -> None:
    chief, ids = officer(machines), machines.people.city.ids
    marry(machines)
    machines.give("chief", "9")
    machines.give("mate", "77")
    rows = [
        PunchRow(1, at(2, 7, 20), "1001"), PunchRow(2, at(2, 7, 21), "9"), PunchRow(3, at(2, 7, 22), "77"),
        PunchRow(4, at(2, 16), person=ids["own"]),
    ]  # fmt: skip
    said = check(machines, rows, chief, form=form.value)
    assert (said.new, said.own, said.until, len(said.aside)) == (1, 3, None, 3)
    assert {each.fault for each in said.aside} == {Fault.OWN}
    assert "minta petugas lain mengunggah berkas yang sama" in said.aside[0].message
    done = bring(machines, chief, *rows, form=form)
    assert (done.stored, done.quarantined, done.own) == (1, 3, 3)
    assert reached(machines) is None, "who waits for another officer is not held absent"
    again = bring(machines, chief, *rows, form=form)
    assert (again.stored, again.known, again.quarantined, again.again) == (0, 1, 0, 3)
    assert reached(machines) is None
    other = bring(machines, OPERATOR, *rows, form=form)
    assert (other.stored, other.known, other.quarantined) == (3, 1, 0), "each once"
    assert reached(machines) == date(2026, 11, 2)
    assert Punch.objects.count() == 4
    assert queries.list_aside(actor=OPERATOR, device=machines.west).total == 0, "nothing waits any more"
    after = check(machines, rows, chief, form=form.value)
    assert (after.new, after.known, after.own, after.aside) == (0, 4, 0, []), "what stands is known"
    assert after.until is not None


def test_a_later_file_does_not_pass_over_what_waits_for_another_officer(machines: Machines) -> None:
    chief = officer(machines)
    machines.give("chief", "9")
    bring(machines, OPERATOR, PunchRow(1, at(1, 7), "1001"))
    bring(machines, chief, PunchRow(1, at(3, 7), "1001"), PunchRow(2, at(3, 7, 1), "9"))
    assert reached(machines) == date(2026, 11, 1)
    later = [PunchRow(1, at(5, 7), "1001")]
    said = check(machines, later)
    assert (said.until, said.behind) == (None, date(2026, 11, 3))
    assert bring(machines, OPERATOR, *later).behind == date(2026, 11, 3)
    assert reached(machines) == date(2026, 11, 1)
    machines.store(machines.west, PunchRow(1, at(3, 7), "1001"), PunchRow(2, at(5, 7), "1001"))
    assert reached(machines) == date(2026, 11, 5), "another's file that reaches back over it decides"
    assert check(machines, [PunchRow(1, at(6, 7), "1001")]).behind is None


def test_a_machine_vouches_for_its_own_file(machines: Machines) -> None:
    chief = officer(machines)
    marry(machines)
    said = check(machines, [PunchRow(1, at(2, 7, 20), "1001")], chief)
    assert (said.new, said.own) == (1, 0) and said.until is not None


def test_what_was_set_aside_of_a_machine_is_set_aside_once(machines: Machines) -> None:
    rows = [PunchRow(1, at(2, 7, 20), "1001"), PunchRow(2, wall("2000-01-01T00:03"), "1001")]
    aside = [Set(6, Fault.UNREADABLE, "x", "baris 6: tidak terbaca")]
    machines.store(machines.west, *rows, aside=aside)
    for _ in range(2):
        done = machines.store(machines.west, *rows, aside=aside)
        assert (done.quarantined, done.again) == (0, 2)
    # A log that grows brings its old bad lines again, at other places.
    grown = [
        Set(7, Fault.UNREADABLE, "x", "baris 7: tidak terbaca"),
        Set(8, Fault.NO_TIME, "x", "baris 8: x"),
    ]
    said = check(machines, rows, aside=grown)
    assert ([each.line for each in said.aside], said.again) == ([8], 2)
    assert machines.store(machines.west, *rows, aside=grown).quarantined == 1
    assert Quarantined.objects.count() == 3
    assert machines.store(machines.east, aside=aside).quarantined == 1, "of another machine it is news"


def test_a_relatives_number_is_said_and_ended_by_another(machines: Machines) -> None:
    chief, ids = officer(machines), machines.people.city.ids
    Relative.objects.create(
        person_id=ids["chief"], relative_id=ids["own"], relation="child", name="Suparman",
        period=since(START), basis_id=opening_basis(),
    )  # fmt: skip
    asked = [Assigned("77", machines.people.city.persons["own"], START)]
    who: dict[str, Any] = {"actor": chief, "at": AT, "group": machines.group}
    with pytest.raises(OwnCase, match="dicatat petugas lain"):
        services.assign_pins(**who, pins=asked)
    with pytest.raises(OwnCase, match="dicatat petugas lain"):
        services.check_pins(actor=chief, group=machines.group, pins=asked)
    with pytest.raises(OwnCase, match="dicatat petugas lain"):
        services.end_pin(**who, pin="1001", on=date(2026, 11, 1))
    other = [Assigned("77", machines.people.city.persons["mate"], START)]
    assert services.check_pins(actor=chief, group=machines.group, pins=other) == 1
    services.assign_pins(**who, pins=other)
    assert services.check_pins(actor=chief, group=machines.group, pins=other) == 0


def test_a_list_on_which_the_bringers_own_number_stands_already_is_stored(machines: Machines) -> None:
    chief, persons = officer(machines), machines.people.city.persons
    machines.give("chief", "9")
    asked = [Assigned("9", persons["chief"], START), Assigned("77", persons["mate"], START)]
    assert services.check_pins(actor=chief, group=machines.group, pins=asked) == 1
    services.assign_pins(actor=chief, at=AT, group=machines.group, pins=asked)
    assert services.check_pins(actor=chief, group=machines.group, pins=asked) == 0
    with pytest.raises(OwnCase, match="dicatat petugas lain"):
        services.check_pins(
            actor=chief, group=machines.group, pins=[*asked, Assigned("10", persons["chief"], START)]
        )
