"""Steps follow offices: vacant seats, people who stand in, delegations, clocks."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from pamong.decisions import models, services
from pamong.decisions.choices import Reach, State
from pamong.decisions.errors import NobodyDecides, NotYours
from pamong.decisions.queries import list_memos
from pamong.organisation import models as org
from pamong.people import models as people
from pamong.people.choices import AppointmentKind
from tests.support.city import since
from tests.support.deciding import TASK, WHY, Desk
from tests.support.people import AT, TODAY, opening_basis


def leave_seat(desk: Desk, who: str, on: date) -> None:
    """Somebody has his seat until a day."""
    basis = opening_basis()
    row = people.Appointment.objects.get(
        person_id=desk.people.city.ids[who], kind="regular", superseded_at__isnull=True
    )
    people.Appointment.objects.filter(pk=row.pk).update(superseded_at=AT, superseded_basis=basis)
    people.Appointment.objects.create(
        person=row.person, kind="regular", seat=row.seat, period=since(row.period.lower, on),
        basis_id=basis, supersedes=row,
    )  # fmt: skip


def sit(desk: Desk, who: str, seat: str, on: date, kind: AppointmentKind, until: date | None = None) -> None:
    """Somebody sits or stands in from a day."""
    people.Appointment.objects.create(
        person_id=desk.people.city.ids[who], kind=kind.value, stint=0 if kind.value == "regular" else 1,
        seat=org.Seat.objects.get(uid=desk.people.city.seats[seat]), period=since(on, until),
        basis_id=opening_basis(),
    )  # fmt: skip


MARCH = date(2027, 3, 1)
LATER = AT + timedelta(days=120)


def test_case_L_24_what_waits_moves_to_the_new_head_of_the_unit(desk: Desk) -> None:
    uid = desk.propose()
    assert desk.inbox("chief") == [uid]
    leave_seat(desk, "chief", MARCH)
    leave_seat(desk, "mate", MARCH)
    sit(desk, "mate", "chief", MARCH, AppointmentKind.REGULAR)
    assert desk.inbox("chief", on=MARCH - timedelta(days=1)) == [uid]
    assert desk.inbox("chief", on=MARCH) == []
    assert desk.inbox("mate", on=MARCH) == [uid]
    desk.answer("mate", uid, at=AT, on=MARCH)
    (act,) = models.StepAct.objects.all()
    assert (act.name, act.office) == ("Mate", "Kepala Dinas, Dinas Kesehatan")


def test_case_L_24_a_head_never_decides_about_himself(desk: Desk) -> None:
    """The head's own request goes to the seat above; he does not see it as his turn."""
    uid = desk.propose("chief", about="chief")
    assert desk.inbox("chief") == []
    assert desk.inbox("above") == [uid]


def test_case_L_24_a_deputy_who_asks_himself_is_passed_over(desk: Desk) -> None:
    """He stands in for the chief, and asks: then the chief's seat has nobody free, and it goes further up."""
    uid = desk.propose("mate", about="mate")
    leave_seat(desk, "chief", MARCH)
    sit(desk, "mate", "chief", MARCH, AppointmentKind.PLT, date(2027, 6, 1))
    assert desk.inbox("mate", on=MARCH) == []
    assert desk.inbox("above", on=MARCH) == [uid]
    with pytest.raises(NotYours):
        desk.answer("mate", uid, on=MARCH)
    desk.answer("above", uid, on=MARCH)
    assert models.StepAct.objects.get().reach == Reach.ABOVE.value


def test_case_E_06_a_vacant_seat_is_answered_for_by_the_next_above(desk: Desk) -> None:
    uid = desk.propose()
    leave_seat(desk, "chief", MARCH)
    assert desk.inbox("above", on=MARCH) == [uid]


def test_case_E_06_who_stands_in_answers_and_the_new_holder_sees_it_at_once(desk: Desk) -> None:
    uid = desk.propose()
    leave_seat(desk, "chief", MARCH)
    sit(desk, "mate", "chief", MARCH, AppointmentKind.PLT, date(2027, 4, 1))
    assert desk.inbox("mate", on=MARCH) == [uid]
    assert desk.inbox("above", on=MARCH) == []
    april = date(2027, 4, 1)
    sit(desk, "foreign", "chief", april, AppointmentKind.PLH, date(2027, 6, 1))
    assert desk.inbox("foreign", on=april) == [uid]
    assert desk.inbox("mate", on=april) == []
    desk.answer("foreign", uid, on=april)
    assert models.StepAct.objects.get().office == "Plh. Kepala Dinas, Dinas Kesehatan"


def test_a_declared_relative_does_not_answer(desk: Desk) -> None:
    uid = desk.propose()
    people.Relative.objects.create(
        person_id=desk.people.city.ids["own"], relation="sibling", name="Bernadeta", sex="P",
        relative_id=desk.people.city.ids["chief"], period=since(date(2020, 1, 1)), basis_id=opening_basis(),
    )  # fmt: skip
    with pytest.raises(NotYours):  # declared after it was proposed
        desk.answer("chief", uid)
    later = desk.propose()
    assert desk.inbox("above") == [later]


def test_who_reports_to_no_seat_has_nobody_who_weighs_it_and_is_told_so(desk: Desk) -> None:
    """The secretary proposes for himself a kind that a direct superior weighs first: nothing is stored."""
    with pytest.raises(NobodyDecides, match="Pertimbangan atasan langsung"):
        desk.propose("above", about="above")
    assert not models.Decision.objects.exists()


def test_case_E_14_at_the_top_the_appointing_official_decides(desk: Desk) -> None:
    """A head of an agency asks: the secretary weighs it, and above him no seat is left to sign, so that it
    goes to the authority that the kind names."""
    uid = desk.propose("chief", about="chief")
    assert desk.inbox("mayor") == []
    desk.answer("above", uid)
    assert desk.inbox("above") == []
    assert desk.inbox("mayor") == [uid]
    assert desk.answer("mayor", uid) is State.SEALED


def delegate(desk: Desk, first: date, last: date, what: tuple[str, ...] = (TASK.code,)) -> None:
    """The secretary's decisions go to the seat of who works elsewhere, for some days."""
    seats = desk.people.city.seats
    done = services.propose_delegation(
        actor=desk.actor("above"), at=AT, key=uuid4(), seat=seats["above"], to_seat=seats["foreign"],
        what=what, first=first, last=last,
    )  # fmt: skip
    assert desk.inbox("mayor") == [done.uid]
    assert desk.answer("mayor", done.uid) is State.SEALED


def test_case_E_14_a_delegation_ends_with_its_last_day(desk: Desk) -> None:
    first, last = date(2027, 8, 1), date(2027, 8, 7)
    delegate(desk, first, last)
    uid = desk.propose()
    desk.answer("chief", uid)
    assert desk.inbox("foreign") == []
    assert desk.inbox("foreign", on=first) == [uid]
    assert desk.inbox("foreign", on=last) == [uid]
    assert desk.inbox("above", on=last) == [uid]  # his right stays
    eighth = last + timedelta(days=1)
    assert desk.inbox("foreign", on=eighth) == []
    with pytest.raises(NotYours):
        desk.answer("foreign", uid, on=eighth)
    assert desk.answer("foreign", uid, on=last) is State.SEALED
    act = models.StepAct.objects.get(place=1, decision__uid=uid)
    assert act.reach == Reach.DELEGATED.value
    assert act.office == "a.n. Sekretaris Daerah, Sekretariat Daerah (Pengelola Data, Dinas Pendidikan)"


def test_a_delegation_is_of_some_kinds_only(desk: Desk) -> None:
    delegate(desk, TODAY, TODAY, ("decisions.delegation",))
    uid = desk.propose()
    desk.answer("chief", uid)
    assert desk.inbox("foreign") == []


def test_a_delegate_who_asks_himself_does_not_decide_it(desk: Desk) -> None:
    delegate(desk, TODAY, TODAY + timedelta(days=3))
    uid = desk.propose("foreign", about="foreign")
    assert desk.inbox("foreign") == []
    with pytest.raises(NotYours):
        desk.answer("foreign", uid)


def test_what_is_overdue_may_be_answered_from_above_and_is_marked(desk: Desk) -> None:
    uid = desk.propose()
    late = AT + timedelta(days=4)
    assert desk.inbox("above") == []
    assert desk.inbox("above", at=late) == [uid]
    assert desk.inbox("chief", at=late) == [uid]
    desk.answer("above", uid, at=late)
    act = models.StepAct.objects.get()
    assert (act.reach, act.late) == (Reach.ESCALATED.value, True)


def test_an_oral_instruction_is_filed_and_read_by_the_filer_and_the_inspector_only(desk: Desk) -> None:
    uid = desk.propose()
    memo = services.file_memo(
        actor=desk.actor("own"), at=AT, source="Ajudan", text=WHY, said_at=AT - timedelta(hours=1),
        decision=uid,
    )  # fmt: skip
    assert [row.uid for row in list_memos(actor=desk.actor("own"))] == [memo]
    assert [row.uid for row in list_memos(actor=desk.actor("retno"))] == [memo]
    assert list_memos(actor=desk.actor("chief")) == ()
