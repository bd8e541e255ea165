"""An employee corrects a day of his: who answers, until when, and what becomes of it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from pamong.access.errors import NotAllowed, OwnCase, ReasonMissing
from pamong.access.models import ReadLog, User
from pamong.attendance import queries, services
from pamong.attendance.choices import CorrectionState, CorrectionStepKind, Direction, ExcuseKind, Source
from pamong.attendance.errors import (
    AttachmentNotFound,
    ClaimAhead,
    ClaimBackwards,
    ClaimMissing,
    CorrectionClosed,
    CorrectionNotFound,
    CorrectionWaits,
    NotRefused,
    NotServing,
)
from pamong.attendance.models import Correction, CorrectionStep, Punch
from pamong.attendance.queries import CorrectionView
from pamong.attendance.resolving import State
from pamong.attendance.services import Claim, PunchRow
from pamong.documents.media import FileUnsuitable
from pamong.kernel.actor import Actor
from pamong.people import models as people
from tests.attendance.test_facts import at, make_machines
from tests.attendance.test_my_days import MONDAY, Office, law, office, place
from tests.support.city import since
from tests.support.people import AT, TODAY, opening_basis

__all__ = ["office"]
PHOTO = b"\xff\xd8\xff uji"
CAME = Claim(came=time(7, 25))
WHY = "Mesin tidak membaca sidik jari saya"
# Asked on Tuesday 10 November, with three days to answer each.
FRIDAY, NEXT_WEDNESDAY = date(2026, 11, 13), date(2026, 11, 18)


@dataclass
class Desk:
    """The office, its accounts, and requests of the employee."""

    office: Office

    def actor(self, name: str, on: date = TODAY) -> Actor:
        return self.office.machines.people.actor(name, on)

    def ask(self, name: str = "employee", day: date = MONDAY, claim: Claim = CAME, **more: Any) -> UUID:
        asked = {"reason": WHY, "law": law(), "zone": "Asia/Jakarta"} | more
        return services.ask_correction(actor=self.actor(name), at=AT, on=day, claim=claim, **asked)

    def answer(self, uid: UUID, name: str, agree: bool = True, note: str = "", on: date = TODAY) -> None:
        who = self.actor(name, on)
        services.answer_correction(actor=who, at=AT, correction=uid, agree=agree, note=note, law=law())

    def refuse(self, uid: UUID, name: str, on: date = TODAY) -> None:
        self.answer(uid, name, agree=False, note="Tidak ada yang melihat Anda datang", on=on)

    def appeal(self, uid: UUID, on: date = TODAY) -> None:
        services.appeal_correction(
            actor=self.actor("employee", on), at=AT, correction=uid, reason="Rekan saya melihat saya datang",
            law=law(),
        )  # fmt: skip

    def view(self, uid: UUID, name: str = "employee", on: date = TODAY) -> CorrectionView:
        return queries.get_correction(actor=self.actor(name, on), at=AT, uid=uid, law=law())

    def waiting(self, name: str, on: date = TODAY) -> list[UUID]:
        found = queries.list_waiting_corrections(actor=self.actor(name, on), at=AT, law=law())
        return [each.uid for each in found]

    def steps(self, uid: UUID) -> list[str]:
        return list(
            CorrectionStep.objects.filter(correction__uid=uid)
            .order_by("number")
            .values_list("step", flat=True)
        )


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
    assert asked.answers and asked.turn is not None and asked.turn.due_on == FRIDAY
    assert [(f"{each:%H.%M}", word) for each, word in asked.tapped] == [("08.04", None), ("16.35", None)]
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
    assert not Punch.objects.filter(source="manual").exists()


def test_who_does_not_answer_in_time_is_passed_over_whether_a_job_ran_or_not(desk: Desk) -> None:
    uid = desk.ask()
    assert desk.waiting("superior", FRIDAY) == [uid], "the last day still counts"
    monday = FRIDAY + timedelta(days=3)
    assert (desk.waiting("superior", monday), desk.waiting("secretary", monday)) == ([], [uid])
    before = desk.view(uid, on=monday)
    assert before.turn is not None and before.turn.due_on == NEXT_WEDNESDAY
    assert [each.step for each in before.steps] == [CorrectionStepKind.ASKED, CorrectionStepKind.ESCALATED]
    machine = Actor.operator("pekerja-latar", monday)
    assert services.escalate_corrections(actor=machine, at=AT, law=law()) == 1
    assert services.escalate_corrections(actor=machine, at=AT, law=law()) == 0
    after = desk.view(uid, on=monday)
    assert (after.turn, [each.step for each in after.steps]) == (
        before.turn,
        [each.step for each in before.steps],
    )
    with pytest.raises(NotAllowed, match="menunggu jawaban Wibisono"):
        desk.answer(uid, "superior", on=monday)
    beyond = NEXT_WEDNESDAY + timedelta(days=1)
    assert desk.waiting("nurul", beyond) == [uid], "nobody is left above: the personnel office answers"
    overdue = queries.list_overdue_corrections(actor=desk.actor("nurul", beyond), at=AT, law=law())
    assert [each.uid for each in overdue] == [uid]
    desk.answer(uid, "nurul", on=beyond)
    assert desk.steps(uid) == ["asked", "escalated", "escalated", "agreed"]


def test_a_refusal_is_appealed_once_to_the_next_above(desk: Desk) -> None:
    uid = desk.ask()
    with pytest.raises(ReasonMissing):
        desk.answer(uid, "superior", agree=False)
    desk.refuse(uid, "superior")
    assert desk.view(uid).appeals
    desk.appeal(uid)
    assert (desk.waiting("superior"), desk.waiting("secretary")) == ([], [uid])
    desk.refuse(uid, "secretary")
    assert not desk.view(uid).appeals
    with pytest.raises(NotRefused):
        desk.appeal(uid)
    assert desk.steps(uid) == ["asked", "refused", "appealed", "refused"]
    with pytest.raises(Exception, match="tidak dapat diubah"), transaction.atomic():
        Correction.objects.update(decided_by=User.objects.get(username="nurul"))
    assert desk.view(uid, "superior").state is CorrectionState.REFUSED, "who answered sees what became of it"


def test_a_vacant_seat_is_passed_over_and_who_acts_in_it_answers(desk: Desk) -> None:
    city = desk.office.machines.people.city
    uid = desk.ask()
    chief = people.Appointment.objects.get(person_id=city.ids["chief"])
    people.Appointment.objects.filter(pk=chief.pk).update(
        superseded_at=AT, superseded_basis_id=opening_basis()
    )
    assert desk.waiting("secretary") == [uid], "vacant: at once, no time is lost"
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
        with pytest.raises(OwnCase if name == "secretary" else (NotAllowed, CorrectionNotFound)):
            desk.answer(own, name)
    assert desk.waiting("nurul") == [own]
    desk.answer(own, "nurul")
    with pytest.raises(CorrectionNotFound):  # a relative does not even learn that it is there
        desk.answer(uid, "superior")


def test_one_open_request_a_day_and_it_is_withdrawn_by_its_owner_alone(desk: Desk) -> None:
    uid = desk.ask()
    with pytest.raises(CorrectionWaits):
        desk.ask(claim=Claim(left=time(16, 30)))
    for name, error in (("superior", CorrectionNotFound), ("employee", None), ("employee", CorrectionClosed)):
        who: dict[str, Any] = {"actor": desk.actor(name), "at": AT, "correction": uid, "law": law()}
        if error is None:
            services.withdraw_correction(**who)
        else:
            with pytest.raises(error):
                services.withdraw_correction(**who)
    with pytest.raises(CorrectionNotFound):
        desk.answer(uid, "superior")
    desk.ask(claim=Claim(left=time(16, 30)))


@pytest.mark.parametrize(
    ("claim", "day", "error"),
    [
        (Claim(), MONDAY, ClaimMissing),
        (Claim(came=time(7), kind=ExcuseKind.DUTY), MONDAY, ClaimMissing),
        (Claim(kind=ExcuseKind.LEAVE_SICK), MONDAY, ClaimMissing),
        (Claim(came=time(16), left=time(7)), MONDAY, ClaimBackwards),
        (CAME, date(2026, 11, 11), ClaimAhead),
        (Claim(left=time(16, 30)), TODAY, ClaimAhead),
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
        with pytest.raises(error):
            desk.ask(day=day, claim=claim)
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
    with pytest.raises(NotServing):
        desk.ask("former")
    uid = desk.ask("former", day=date(2026, 2, 2))
    assert desk.waiting("nurul") == [uid], "nobody is above who has no seat any more"


def test_another_ones_file_shows_nothing_and_a_look_at_ones_own_is_logged(desk: Desk) -> None:
    theirs = services.attach(actor=desk.actor("superior"), at=AT, name="x.jpg", data=PHOTO)
    with pytest.raises(AttachmentNotFound):
        desk.ask(attachment=theirs)
    mine = services.attach(actor=desk.actor("employee"), at=AT, name="mesin.jpg", data=PHOTO)
    desk.ask(attachment=mine)
    read: dict[str, Any] = {"at": AT, "uid": mine, "law": law()}
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
    assert desk.view(uid, "nurul").refusal, "the personnel office sees it, and it is not its turn"


def test_steps_are_never_changed(desk: Desk) -> None:
    desk.ask()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        CorrectionStep.objects.update(note="lain")
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Correction.objects.update(reason="lain")


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
        except CorrectionClosed:
            return "closed"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(answer, [True, False])) == ["closed", "done"]
    assert CorrectionStep.objects.count() == 2
