"""When a whole site could record nothing: reported, confirmed by another, and nobody is cut for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from pamong.access.errors import NotAllowed, OwnCase, ReasonMissing
from pamong.attendance import queries, services
from pamong.attendance.choices import ExcuseKind, ExcuseSource, OutageState
from pamong.attendance.errors import OutageAhead, OutageClosed, OutageOverlaps
from pamong.attendance.models import DayExcuse, Outage
from pamong.attendance.queries import DayView
from pamong.attendance.resolving import ReasonCode, State
from pamong.attendance.services import Assigned, NewExcuse, PunchRow
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.organisation import models as organisation
from pamong.people import models as people
from tests.attendance.test_facts import OPERATOR, at
from tests.attendance.test_my_days import MONDAY, Office, law, office
from tests.support.city import add_person, since
from tests.support.people import AT, TODAY, opening_basis

__all__ = ["office"]
TEN = "Pegawai Kelurahan"
# Dark from 06.30 until 08.10 in the west of the country.
STARTS, ENDS = datetime(2026, 11, 1, 23, 30, tzinfo=UTC), datetime(2026, 11, 2, 1, 10, tzinfo=UTC)


class Village:
    """The office, with ten more people whom its machine knows."""

    def __init__(self, office: Office) -> None:
        self.office = office
        seats = organisation.Seat.objects
        self.ids: list[int] = []
        for number in range(10):
            seat = seats.create()
            post = organisation.Post.objects.get(name="Pengadministrasi Umum")
            unit = organisation.Unit.objects.get(code="pkm_melati")
            organisation.SeatRow.objects.create(
                seat=seat, unit=unit, post=post, job_class=5, period=since(date(2017, 1, 1)),
                basis_id=opening_basis(),
            )  # fmt: skip
            facts = (f"{TEN} {number}", "L", date(1990, 1, number + 1), date(2015, 3, 1), "II/c", "")
            made = add_person(facts, opening_basis(), seat=seat)
            self.ids.append(made.pk)
            asked = [Assigned(f"20{number}", made.uid, date(2026, 1, 1))]
            services.assign_pins(actor=OPERATOR, at=AT, group=office.machines.group, pins=asked)

    def actor(self, name: str, on: date = TODAY) -> Actor:
        return self.office.machines.people.actor(name, on)

    def report(self, name: str = "unit_clerk", **more: Any) -> UUID:
        site = organisation.Site.objects.get(code="balai").uid
        asked = {"starts": STARTS, "ends": ENDS, "reason": "Listrik padam satu kelurahan"} | more
        return services.report_outage(actor=self.actor(name), at=AT, site=site, **asked)

    def decide(self, uid: UUID, name: str = "superior", confirm: bool = True, note: str = "") -> None:
        who = self.actor(name)
        services.decide_outage(actor=who, at=AT, outage=uid, confirm=confirm, note=note, law=law())

    def day(self, number: int) -> DayView:
        person = people.Person.objects.get(pk=self.ids[number]).uid
        found = queries.list_days(
            actor=OPERATOR, at=AT, person=person, first=MONDAY, end=MONDAY + timedelta(days=1), law=law(),
            zone="Asia/Jakarta",
        )  # fmt: skip
        return found.days[0]

    def view(self, uid: UUID, name: str = "superior") -> queries.OutageView:
        return queries.get_outage(actor=self.actor(name), uid=uid)


@pytest.fixture
def village(office: Office) -> Village:
    made = Village(office)
    late = [PunchRow(n, at(2, 8, 11 + n % 10), f"20{n}") for n in range(8)]
    left = [PunchRow(20 + n, at(2, 16, 5), f"20{n}") for n in range(9)]  # the ninth never tapped in
    office.tap(PunchRow(90, at(1, 9), "200"), *late, *left)
    leave = NewExcuse(made.ids[9], ExcuseKind.LEAVE_ANNUAL, Period(MONDAY, MONDAY + timedelta(days=1)))
    services.set_excuses(
        actor=OPERATOR, at=AT, basis=opening_basis(), source=ExcuseSource.LEAVE,
        source_uid=UUID(int=9), excuses=[leave],
    )  # fmt: skip
    return made


def test_scene_3_nine_are_excused_nobody_is_cut_and_one_on_leave_stays_on_leave(village: Village) -> None:
    before = [village.day(n).result for n in range(9)]
    assert all(each is not None and (each.late or each.state is State.MISSING_IN) for each in before)
    uid = village.report()
    assert queries.count_outages_to_confirm(actor=village.actor("superior")) == 1
    village.decide(uid)
    for number in range(9):
        result = village.day(number).result
        assert result is not None
        assert (result.state, result.late or 0) == (State.PRESENT, 0), number
        assert result.value_of(ReasonCode.PART_EXCUSED) == "GG"
    ninth, tenth = village.day(8).result, village.day(9).result
    assert ninth is not None and ninth.value_of(ReasonCode.UNRECORDED) == "GG" and ninth.first_in is None
    assert tenth is not None and tenth.state is State.EXCUSED
    assert tenth.value_of(ReasonCode.EXCUSED) == "CT"
    told = village.view(uid)
    assert (told.excused - told.away, told.away) == (9 + len(_office(village)), 1)


def _office(village: Village) -> set[int]:
    """Those of the small city who work there too, without who reported and who confirmed."""
    ids = village.office.machines.people.city.ids
    return {ids["own"], ids["mate"]}


def test_who_confirms_is_not_excused_by_his_own_word(village: Village) -> None:
    village.decide(village.report())
    ids = village.office.machines.people.city.ids
    assert not DayExcuse.objects.filter(person_id__in=[ids["chief"], ids["clerk"]]).exists()
    assert DayExcuse.objects.filter(person_id=ids["own"]).exists()


def test_what_was_decided_is_written_once_but_for_the_end(village: Village) -> None:
    uid = village.report(ends=None)
    village.decide(uid)
    services.end_outage(actor=village.actor("unit_clerk"), at=AT, outage=uid, ends=ENDS)
    for change in ({"ends": ENDS + timedelta(hours=1)}, {"state": "refused", "ends": None}):
        with pytest.raises(Exception, match="tidak dapat diubah"), transaction.atomic():
            Outage.objects.update(**change)
    village.decide(uid)
    for change in ({"ends": STARTS + timedelta(hours=9)}, {"state": "refused"}, {"state": "proposed"}):
        with pytest.raises(Exception, match="tidak dapat diubah"), transaction.atomic():
            Outage.objects.update(**change)


def test_nor_are_the_relatives_of_who_reported_and_of_who_confirmed(village: Village) -> None:
    ids = village.office.machines.people.city.ids
    for one, other in (("clerk", ids["mate"]), ("chief", village.ids[0])):
        people.Relative.objects.create(
            person_id=ids[one], relative_id=other, relation="spouse", name="Suami",
            period=since(date(2012, 5, 5)), basis_id=opening_basis(),
        )  # fmt: skip
    village.decide(village.report())
    assert not DayExcuse.objects.filter(person_id__in=[ids["mate"], village.ids[0]]).exists()
    assert DayExcuse.objects.filter(person_id=village.ids[1]).exists()


def test_the_end_is_no_word_of_one_alone(village: Village) -> None:
    uid = village.report("superior", ends=None)
    village.decide(uid, "nurul")
    services.end_outage(actor=village.actor("nurul"), at=AT, outage=uid, ends=ENDS)
    assert not DayExcuse.objects.filter(source="outage").exists(), "nobody else has seen the end"
    assert village.view(uid, "nurul").refusal.startswith("Anda yang mencatat selesainya gangguan")
    for who in ("nurul", "superior"):
        with pytest.raises(OwnCase):
            village.decide(uid, who)
    with pytest.raises(IntegrityError, match="outage_end_by_another"), transaction.atomic():
        Outage.objects.update(decided_by_id=village.actor("nurul").user_id)


def test_leave_that_is_told_later_gives_the_same_day(village: Village) -> None:
    village.decide(village.report())
    leave = NewExcuse(village.ids[3], ExcuseKind.LEAVE_ANNUAL, Period(MONDAY, MONDAY + timedelta(days=1)))
    services.set_excuses(
        actor=OPERATOR, at=AT, basis=opening_basis(), source=ExcuseSource.LEAVE,
        source_uid=UUID(int=3), excuses=[leave],
    )  # fmt: skip
    result = village.day(3).result
    assert result is not None and result.state is State.EXCUSED
    assert {"CT", "GG"} >= {reason.value for reason in result.reasons if reason.code is ReasonCode.EXCUSED}


def test_complaint_16_nothing_of_a_day_is_final_until_the_outage_is_decided(village: Village) -> None:
    assert not village.day(0).disturbed
    uid = village.report(ends=None)
    assert village.day(0).disturbed
    village.decide(uid)
    assert village.day(0).disturbed, "it goes on: nobody knows until when"
    services.end_outage(actor=village.actor("unit_clerk"), at=AT, outage=uid, ends=ENDS)
    assert village.day(0).disturbed, "who tells the end does not confirm it"
    village.decide(uid)
    day = village.day(0)
    assert not day.disturbed and day.result is not None and not day.result.late


def test_after_the_margin_who_comes_is_late_by_the_minutes_beyond(village: Village) -> None:
    village.decide(village.report(ends=ENDS - timedelta(minutes=30)))
    late = [village.day(n).result for n in range(8)]
    assert [each.late // 60 if each else None for each in late if each and each.late is not None] == [
        max(0, 11 + n % 10 - 40 + 60 - 15) for n in range(8)
    ], "until 07.40, and fifteen minutes"


def test_withdrawing_takes_the_excuses_back(village: Village) -> None:
    uid = village.report()
    village.decide(uid)
    with pytest.raises(NotAllowed):
        services.withdraw_outage(
            actor=village.actor("unit_clerk"), at=AT, outage=uid, reason="Ternyata lokasi lain"
        )
    services.withdraw_outage(
        actor=village.actor("superior"), at=AT, outage=uid, reason="Ternyata lokasi lain"
    )
    result = village.day(0).result
    assert result is not None and result.late == 41 * 60
    assert village.view(uid).state is OutageState.WITHDRAWN
    with pytest.raises(OutageClosed):
        village.decide(uid)


def test_two_people_and_each_in_his_part(village: Village) -> None:
    with pytest.raises(NotAllowed):
        village.report("employee")
    uid = village.report("superior")
    with pytest.raises(OwnCase):
        village.decide(uid, "superior")
    with pytest.raises(NotAllowed):
        village.decide(uid, "unit_clerk")
    assert village.view(uid, "nurul").confirms
    with pytest.raises(ReasonMissing):
        village.decide(uid, "nurul", confirm=False)
    village.decide(uid, "nurul", confirm=False, note="Mesin menyala menurut lurah")
    assert not DayExcuse.objects.filter(source="outage").exists()


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(AT + timedelta(hours=1), None), (STARTS, AT + timedelta(hours=1)), (ENDS, STARTS)],
    ids=["to_come", "ends_later", "backwards"],
)
def test_what_can_not_be_is_refused(village: Village, starts: datetime, ends: datetime | None) -> None:
    with pytest.raises(OutageAhead):
        village.report(starts=starts, ends=ends)


def test_the_same_outage_stands_once(village: Village) -> None:
    village.report()
    with pytest.raises(OutageOverlaps):
        village.report("superior", starts=STARTS + timedelta(minutes=5), ends=None)


def test_one_machine_of_several_excuses_nobody(village: Village) -> None:
    site = organisation.Site.objects.get(code="balai").uid
    services.register_device(
        actor=OPERATOR, at=AT, serial="KEDUA", group=village.office.machines.group, site=site,
        on=date(2026, 1, 1),
    )  # fmt: skip
    village.decide(village.report(device=village.office.machines.west))
    assert not DayExcuse.objects.filter(source="outage").exists(), "they could tap at the other"


def test_an_evening_outage_lacks_no_out(village: Village) -> None:
    starts = datetime.combine(date(2026, 11, 3), time(8, 30), UTC)
    taps = [PunchRow(60 + n, at(3, 7, 20), f"20{n}") for n in range(8)]
    village.office.tap(*taps)
    village.decide(village.report(starts=starts, ends=starts + timedelta(hours=3)))
    person = people.Person.objects.get(pk=village.ids[0]).uid
    (day,) = queries.list_days(
        actor=OPERATOR, at=AT, person=person, first=date(2026, 11, 3), end=date(2026, 11, 4), law=law(),
        zone="Asia/Jakarta",
    ).days  # fmt: skip
    assert day.result is not None and (day.result.state, day.result.last_out) == (State.PRESENT, None)
