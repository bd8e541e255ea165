"""An employee corrects a day of his: who answers, until when, and what becomes of it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from pamong.access.errors import ReasonMissing
from pamong.access.models import ReadLog, User
from pamong.attendance import queries, services
from pamong.attendance.choices import (
    CORRECTION,
    CorrectionState,
    CorrectionStepKind,
    Direction,
    ExcuseKind,
    Source,
)
from pamong.attendance.correcting.paid import tell_paid
from pamong.attendance.errors import (
    AttachmentNotFound,
    ClaimBackwards,
    ClaimMissing,
    CorrectionNotFound,
    CorrectionWaits,
)
from pamong.attendance.models import Correction, DayExcuse, Punch
from pamong.attendance.queries import CorrectionView
from pamong.attendance.resolving import State
from pamong.attendance.services import Claim, PunchRow
from pamong.decisions import queries as deciding
from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer, Reach
from pamong.decisions.errors import (
    DecisionClosed,
    DecisionNotFound,
    GatesBlock,
    NotYours,
)
from pamong.decisions.services.answering import Given
from pamong.documents.media import FileUnsuitable
from pamong.kernel.actor import Actor
from pamong.ledger.models import Seal
from pamong.pay.paid import is_paid
from pamong.people import models as people
from tests.attendance.test_facts import at, make_machines
from tests.attendance.test_my_days import MONDAY, Office, office, place
from tests.support.city import since
from tests.support.people import AT, TODAY, opening_basis

__all__ = ["office"]
PHOTO = b"\xff\xd8\xff uji"
CAME = Claim(came=time(7, 25))
WHY = "Mesin tidak membaca sidik jari saya"
NO = "Tidak ada yang melihat Anda datang"
# Asked on Tuesday 10 November, with three days to answer each.
FRIDAY, NEXT_WEDNESDAY = date(2026, 11, 13), date(2026, 11, 18)


def morning(on: date) -> datetime:
    """The hour of these tests on another day."""
    return AT + (on - TODAY)


@dataclass
class Desk:
    """The office, its accounts, and requests of the employee."""

    office: Office

    def actor(self, name: str, on: date = TODAY) -> Actor:
        return self.office.machines.people.actor(name, on)

    def ask(self, name: str = "employee", day: date = MONDAY, claim: Claim = CAME, **more: Any) -> UUID:
        asked = {"reason": WHY, "zone": "Asia/Jakarta", "key": uuid4()} | more
        return services.ask_correction(actor=self.actor(name), at=AT, on=day, claim=claim, **asked)

    def answer(self, uid: UUID, name: str, agree: bool = True, note: str = "", on: date = TODAY) -> None:
        given = Given(Answer.AGREE if agree else Answer.REFUSE, reason=note)
        decisions.answer(actor=self.actor(name, on), at=morning(on), decision=uid, given=given)

    def refuse(self, uid: UUID, name: str, on: date = TODAY) -> None:
        self.answer(uid, name, agree=False, note=NO, on=on)

    def appeal(self, uid: UUID, name: str = "employee", key: UUID | None = None) -> UUID:
        return services.appeal_correction(
            actor=self.actor(name), at=AT, key=key or uuid4(), correction=uid,
            reason="Rekan saya melihat saya datang",
        )  # fmt: skip

    def view(self, uid: UUID, name: str = "employee", on: date = TODAY) -> CorrectionView:
        return queries.get_correction(actor=self.actor(name, on), at=morning(on), uid=uid)

    def waiting(self, name: str, on: date = TODAY) -> list[UUID]:
        found = deciding.get_inbox(actor=self.actor(name, on), at=morning(on), kind=CORRECTION)
        return [each.uid for each in found.items]

    def story(self, uid: UUID, name: str, on: date = TODAY) -> deciding.Story:
        return deciding.get_story(actor=self.actor(name, on), at=morning(on), decision=uid)

    def steps(self, uid: UUID, on: date = TODAY) -> list[str]:
        return [each.step.value for each in self.view(uid, on=on).steps]


@pytest.fixture
def desk(office: Office) -> Desk:
    """The city's secretary has an account too, and so has a nurse."""
    for key, name in (("above", "secretary"), ("mate", "nurse")):
        user = User.objects.create(username=name, display_name=name.title())
        people.Person.objects.filter(pk=office.machines.people.city.ids[key]).update(user=user)
    return Desk(office)


def test_scene_4_the_superior_agrees_and_a_labelled_event_stands_beside_the_machines(desk: Desk) -> None:
    late = [PunchRow(1, at(2, 8, 4), "1001"), PunchRow(2, at(2, 16, 35), "1001")]
    desk.office.tap(*late)
    before = desk.office.day(MONDAY).result
    assert before is not None and before.late == 34 * 60
    photo = services.attach(actor=desk.actor("employee"), at=AT, name="mesin.jpg", data=PHOTO)
    uid = desk.ask(attachment=photo)
    assert desk.waiting("superior") == [uid]
    asked = desk.view(uid, "superior")
    assert asked.turn is not None and asked.turn.due_on == FRIDAY
    assert [(f"{each:%H.%M}", word) for each, word in asked.tapped] == [("08.04", None), ("16.35", None)]
    story = desk.story(uid, "superior")
    facts = {line.label: line for line in story.told.lines}
    assert story.turn is not None and facts["Yang diminta"].text == "Datang pukul 07.25"
    assert facts["Catatan hari itu"].text == "Tercatat: 08.04, 16.35."
    assert (facts["Bukti"].text, facts["Bukti"].link) == ("mesin.jpg", f"/presensi/koreksi/bukti/{photo}/")
    desk.answer(uid, "superior")
    after = desk.office.day(MONDAY).result
    assert after is not None and (after.state, after.late) == (State.PRESENT, 0)
    told = [
        (each.source, each.direction, f"{each.local_at:%H.%M}")
        for each in desk.office.machines.of("own", MONDAY, date(2026, 11, 3))
    ]
    assert told == [
        (Source.MANUAL, Direction.IN, "07.25"),
        (Source.FILE, Direction.UNKNOWN, "08.04"),
        (Source.FILE, Direction.UNKNOWN, "16.35"),
    ], "no punch is edited"
    raw = Punch.objects.get(source="manual").raw
    assert raw == f"koreksi {uid}"
    assert desk.steps(uid) == ["asked", "agreed"]
    assert desk.view(uid).state is CorrectionState.AGREED and desk.waiting("superior") == []


def test_what_excused_him_becomes_an_excuse_and_nothing_is_punched(desk: Desk) -> None:
    desk.office.tap(through=datetime(2026, 11, 9, tzinfo=UTC))
    desk.office.tap(PunchRow(1, at(1, 9), "1001"))
    uid = desk.ask(claim=Claim(kind=ExcuseKind.DUTY))
    desk.answer(uid, "superior", note="Benar, rapat di provinsi")
    result = desk.office.day(MONDAY).result
    assert result is not None and result.state is State.EXCUSED
    seal = Seal.objects.get(pk=DayExcuse.objects.get(source="correction").basis_id)
    assert (seal.kind, seal.ref) == ("decision", uid)
    assert not Punch.objects.filter(source="manual").exists()


def test_who_does_not_answer_in_time_is_passed_over_whether_a_job_ran_or_not(desk: Desk) -> None:
    uid = desk.ask()
    assert desk.waiting("superior", FRIDAY) == [uid], "the last day still counts"
    assert desk.waiting("secretary", FRIDAY) == []
    monday = FRIDAY + timedelta(days=3)
    assert (desk.waiting("superior", monday), desk.waiting("secretary", monday)) == ([uid], [uid])
    before = desk.view(uid, on=monday)
    assert before.turn is not None and before.turn.overdue and before.turn.due_on == FRIDAY
    assert [each.step for each in before.steps] == [CorrectionStepKind.ASKED, CorrectionStepKind.ESCALATED]
    with pytest.raises(NotYours):
        desk.answer(uid, "nurse", on=monday)
    assert desk.waiting("nurul", monday) == [], "the seat above answers, not the personnel office"
    overdue = queries.list_overdue_corrections(actor=desk.actor("nurul", monday), at=morning(monday))
    assert [each.uid for each in overdue] == [uid], "which sees that it is late"
    desk.answer(uid, "secretary", on=monday)
    assert desk.steps(uid) == ["asked", "escalated", "agreed"]
    (answered,) = [each.act for each in desk.story(uid, "employee").steps]
    assert answered is not None and (answered.reach, answered.late) == (Reach.ESCALATED, True)


def test_a_late_answer_of_the_first_still_counts_and_is_marked(desk: Desk) -> None:
    uid = desk.ask()
    desk.answer(uid, "superior", on=NEXT_WEDNESDAY)
    (answered,) = [each.act for each in desk.story(uid, "employee").steps]
    assert answered is not None and (answered.reach, answered.late) == (Reach.SEAT, True)
    assert desk.steps(uid) == ["asked", "agreed"]


def test_a_vacant_seat_is_passed_over_and_who_acts_in_it_answers(desk: Desk) -> None:
    city = desk.office.machines.people.city
    uid = desk.ask()
    chief = people.Appointment.objects.get(person_id=city.ids["chief"])
    people.Appointment.objects.filter(pk=chief.pk).update(
        superseded_at=AT, superseded_basis_id=opening_basis()
    )
    assert desk.waiting("secretary") == [uid], "vacant: at once, no time is lost"
    turn = desk.view(uid).turn
    assert turn is not None and turn.name.startswith("Wibisono")
    people.Appointment.objects.create(
        person_id=city.ids["mate"], kind="plt", stint=1, seat=chief.seat, basis_id=opening_basis(),
        period=since(date(2026, 11, 1), date(2027, 1, 1)),
    )  # fmt: skip
    assert (desk.waiting("nurse"), desk.waiting("secretary")) == ([uid], [])


def test_nobody_answers_himself_or_a_declared_relative(desk: Desk) -> None:
    city = desk.office.machines.people.city
    people.Relative.objects.create(
        person_id=city.ids["own"], relative_id=city.ids["chief"], relation="spouse", name="Bernadeta",
        period=since(date(2020, 1, 1)), basis_id=opening_basis(), item=city.persons["own"],
    )  # fmt: skip
    uid = desk.ask()
    assert (desk.waiting("superior"), desk.waiting("secretary")) == ([], [uid])
    own = desk.ask("secretary", claim=Claim(left=time(16, 30)))
    assert desk.waiting("secretary") == [uid], "nobody is above him: not he himself"
    for name in ("secretary", "superior"):
        with pytest.raises(NotYours):
            desk.answer(own, name)
    assert desk.waiting("nurul") == [own]
    desk.answer(own, "nurul")
    with pytest.raises(NotYours):
        desk.answer(uid, "superior")
    with pytest.raises(DecisionNotFound):  # a relative does not even learn that it is there
        desk.story(uid, "superior")
    with pytest.raises(CorrectionNotFound):
        desk.view(uid, "superior")


def test_one_open_request_a_day_and_it_is_withdrawn_by_its_owner_alone(desk: Desk) -> None:
    uid = desk.ask()
    with pytest.raises(CorrectionWaits):
        desk.ask(claim=Claim(left=time(16, 30)))
    who: dict[str, Any] = {"at": AT, "decision": uid}
    with pytest.raises(DecisionNotFound):
        decisions.withdraw(actor=desk.actor("superior"), **who)
    decisions.withdraw(actor=desk.actor("employee"), **who)
    with pytest.raises(DecisionClosed):
        decisions.withdraw(actor=desk.actor("employee"), **who)
    with pytest.raises(DecisionClosed):
        desk.answer(uid, "superior")
    assert desk.steps(uid) == ["asked", "withdrawn"]
    desk.ask(claim=Claim(left=time(16, 30)))


def test_case_A_27_the_same_form_sent_twice_is_one_request(desk: Desk) -> None:
    key = uuid4()
    assert desk.ask(key=key) == desk.ask(key=key)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("claim", "day", "error"),
    [
        (Claim(), MONDAY, ClaimMissing),
        (Claim(came=time(7), kind=ExcuseKind.DUTY), MONDAY, ClaimMissing),
        (Claim(kind=ExcuseKind.LEAVE_SICK), MONDAY, ClaimMissing),
        (Claim(came=time(16), left=time(7)), MONDAY, ClaimBackwards),
        (CAME, date(2026, 11, 11), GatesBlock),
        (Claim(left=time(16, 30)), TODAY, GatesBlock),
        (CAME, date(2016, 1, 4), None),
        (Claim(came=time(21), left=time(7), left_next=True), MONDAY, None),
    ],
    ids=["nothing", "both", "leave", "backwards", "tomorrow", "later_today", "long_ago", "a_night"],
)
def test_case_A_14_what_can_not_be_is_refused_before_anybody_is_asked(
    desk: Desk, claim: Claim, day: date, error: type[Exception] | None
) -> None:
    if error is None:
        assert desk.ask(day=day, claim=claim)
    else:
        with pytest.raises(error) as refused:
            desk.ask(day=day, claim=claim)
        assert error is not GatesBlock or "belum lewat" in str(refused.value)
        assert not Correction.objects.exists()


def test_a_reason_and_a_readable_file_are_asked_for(desk: Desk) -> None:
    with pytest.raises(ReasonMissing):
        desk.ask(reason="...")
    with pytest.raises(FileUnsuitable):
        services.attach(actor=desk.actor("nurul"), at=AT, name="mesin.exe", data=b"MZ")


def test_who_has_retired_may_still_correct_a_day_of_his_service_and_no_other(desk: Desk) -> None:
    user = User.objects.create(username="former", display_name="Sumiyati")
    ended = desk.office.machines.people.city.ids["ended"]
    people.Person.objects.filter(pk=ended).update(user=user)
    with pytest.raises(GatesBlock, match="Tidak ada masa kerja"):
        desk.ask("former")
    uid = desk.ask("former", day=date(2026, 2, 2))
    assert desk.waiting("nurul") == [uid], "nobody is above who has no seat any more"


def test_another_ones_file_shows_nothing_and_a_look_at_ones_own_is_logged(desk: Desk) -> None:
    theirs = services.attach(actor=desk.actor("superior"), at=AT, name="x.jpg", data=PHOTO)
    with pytest.raises(AttachmentNotFound):
        desk.ask(attachment=theirs)
    mine = services.attach(actor=desk.actor("employee"), at=AT, name="mesin.jpg", data=PHOTO)
    desk.ask(attachment=mine)
    read: dict[str, Any] = {"at": AT, "uid": mine}
    shown, data = queries.read_correction_file(actor=desk.actor("superior"), **read)
    assert (shown.name, data) == ("mesin.jpg", PHOTO)
    look = ReadLog.objects.latest("id")
    assert (look.path, look.subject_ids) == (
        "attendance.correction_file", [desk.office.machines.people.city.persons["own"]],
    )  # fmt: skip
    with pytest.raises(AttachmentNotFound):
        queries.read_correction_file(actor=desk.actor("nurse"), **read)


def test_who_is_not_concerned_sees_no_request(desk: Desk) -> None:
    uid = desk.ask()
    for name in ("nurse", "unit_clerk", "arif", "secretary"):
        with pytest.raises(CorrectionNotFound):
            desk.view(uid, name)
        with pytest.raises(DecisionNotFound):
            desk.story(uid, name)
    assert desk.view(uid, "nurul").turn is not None
    assert desk.story(uid, "nurul").turn is None, "the personnel office sees it, and it is not its turn"


def test_what_was_asked_is_never_changed(desk: Desk) -> None:
    desk.ask()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Correction.objects.update(on=date(2026, 11, 3))


def test_a_paid_month_is_told_to_who_signs(desk: Desk) -> None:
    tell_paid(lambda person, month: month == date(2026, 10, 1))
    try:
        said = {
            day: next(view.gate for view in desk.story(desk.ask(day=day), "superior").gates
                      if view.gate.code == "month").sentence
            for day in (MONDAY, date(2026, 10, 20))
        }  # fmt: skip
    finally:
        tell_paid(is_paid)
    assert "belum dibayar" in said[MONDAY]
    assert "menjadi selisih" in said[date(2026, 10, 20)]


def test_of_two_answers_at_once_one_stands(committed_db: str, tmp_path: Path, settings: Any) -> None:
    """From two connections: the second waits, and is told that it is done."""
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    machines = make_machines()
    place(machines, "dinkes", "balai")
    desk = Desk(Office(machines))
    uid, gate = desk.ask(), threading.Barrier(2)

    def answer(agree: bool) -> str:
        gate.wait(20)
        try:
            desk.answer(uid, "superior", agree=agree, note="Sudah saya periksa sendiri")
        except DecisionClosed:
            return "closed"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(answer, [True, False])) == ["closed", "done"]
    assert [each.act is not None for each in desk.story(uid, "employee").steps] == [True]


def test_of_two_requests_at_once_about_a_day_one_stands(committed_db: str, tmp_path: Path) -> None:
    machines = make_machines()
    place(machines, "dinkes", "balai")
    desk, gate = Desk(Office(machines)), threading.Barrier(2)

    def ask(came: int) -> str:
        gate.wait(20)
        try:
            desk.ask(claim=Claim(came=time(7, came)))
        except CorrectionWaits:
            return "waits"
        finally:
            connection.close()
        return "asked"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, [10, 20])) == ["asked", "waits"]
    assert Correction.objects.count() == 1
