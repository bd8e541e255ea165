"""Unpaid leave (CLTN, PP 11/2017 Pasal 334-337): he leaves his post, and stands outside until it ends."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from pamong.attendance.services.papers import Upload
from pamong.decisions import models, services
from pamong.decisions.choices import OrderEndKind, State, Verdict
from pamong.decisions.errors import GatesBlock, ReasonsMissing
from pamong.people.models import Appointment, Employment
from tests.support.deciding import WHY
from tests.support.leaving import LeaveDesk, excused
from tests.support.people import AT, TODAY

PDF = Upload("surat.pdf", b"%PDF-1.4\n%uji\n")
FIRST, LAST, AFTER = date(2027, 1, 4), date(2027, 12, 31), date(2028, 1, 1)
CONSENT = {"consent": "Nomor 12/BKN/2026 tanggal 5 November 2026"}


def unpaid(leaves: LeaveDesk, who: str, weighs: str, **more: Any) -> UUID:
    """Unpaid leave of somebody, weighed and granted."""
    given = {"first": FIRST.isoformat(), "last": LAST.isoformat(), **more}
    uid = leaves.ask(who, leave="CLTN", reason="orang_tua", file=PDF, **given)
    on = more.get("on", TODAY)
    leaves.desk.answer(weighs, uid, on=on)
    leaves.desk.answer("mayor", uid, reasons=CONSENT, on=on)
    return uid


def standing(leaves: LeaveDesk, who: str, on: date) -> str:
    """How somebody stands by law on a day."""
    person = leaves.desk.people.city.ids[who]
    return str(Employment.objects.as_of(on).get(person_id=person).standing)


def posts(leaves: LeaveDesk, who: str, on: date) -> list[str]:
    """What somebody holds on a day."""
    person = leaves.desk.people.city.ids[who]
    return list(
        Appointment.objects.known()
        .filter(person_id=person, period__contains=on)
        .values_list("kind", flat=True)
    )


def test_he_stands_outside_of_his_post_for_the_days_of_the_leave_and_not_before(leaves: LeaveDesk) -> None:
    uid = unpaid(leaves, "own", "chief")
    day_before = date(2027, 1, 3)
    assert (standing(leaves, "own", day_before), posts(leaves, "own", day_before)) == ("Aktif", ["regular"])
    for on in (FIRST, LAST):
        assert (standing(leaves, "own", on), posts(leaves, "own", on)) == ("CLTN", [])
    assert (standing(leaves, "own", AFTER), posts(leaves, "own", AFTER)) == ("Aktif", [])
    seal = models.Decision.objects.get(uid=uid).basis_id
    row = Employment.objects.as_of(FIRST).get(person_id=leaves.desk.people.city.ids["own"])
    assert (row.basis_id, row.order_no) == (seal, "1/CUTI/2026")
    gates = {view.gate.code: view.gate for view in leaves.desk.story("own", uid).gates}
    assert gates["post"].article == "PP 11/2017, Pasal 335"
    assert "Pengadministrasi Umum" in gates["post"].sentence
    assert "dengan keputusan pengangkatan" in gates["return"].sentence


def test_what_waited_for_him_and_what_comes_goes_to_the_seat_above(leaves: LeaveDesk) -> None:
    waiting = leaves.ask("own", first="2027-01-11")
    leaves.desk.answer("nurul", waiting)
    unpaid(leaves, "chief", "above")
    assert leaves.desk.inbox("chief") == [waiting], "until the leave begins it is his"
    later = leaves.ask("own", first="2027-01-12", on=FIRST)
    leaves.desk.answer("nurul", later, on=FIRST)
    assert leaves.desk.inbox("chief", on=FIRST) == []
    assert set(leaves.desk.inbox("above", on=FIRST)) == {waiting, later}
    assert leaves.desk.answer("above", later, on=FIRST) is State.SEALED


def test_another_acts_in_the_post_that_is_vacant(leaves: LeaveDesk) -> None:
    unpaid(leaves, "chief", "above")
    people = leaves.desk.people
    people.change(
        "above", "appointment", on=FIRST, until=date(2027, 3, 1),
        values={"kind": "plt", "seat": str(people.city.seats["chief"])},
    )  # fmt: skip
    assert sorted(posts(leaves, "above", FIRST)) == ["plt", "regular"]


def test_the_leave_that_goes_on_is_decided_without_a_post_and_named_so(leaves: LeaveDesk) -> None:
    unpaid(leaves, "own", "chief")
    on = date(2027, 12, 1)
    longer = unpaid(leaves, "own", "nurul", first="2028-01-01", last="2028-12-31", on=on)
    assert standing(leaves, "own", date(2028, 6, 1)) == "Perpanjangan CLTN"
    assert standing(leaves, "own", date(2029, 1, 1)) == "Aktif"
    end = leaves.shorten("own", longer, date(2028, 3, 31), on=on)
    leaves.desk.answer("mayor", end, on=on, reasons={"return": CONSENT["consent"]})
    assert standing(leaves, "own", date(2028, 3, 31)) == "Perpanjangan CLTN"
    assert standing(leaves, "own", date(2028, 4, 1)) == "Aktif"


def test_an_earlier_end_gives_the_standing_back_and_no_post(leaves: LeaveDesk) -> None:
    uid = unpaid(leaves, "own", "chief")
    on = date(2027, 6, 1)
    end = leaves.shorten("own", uid, date(2027, 6, 30), on=on)
    with pytest.raises(ReasonsMissing):
        leaves.desk.answer("mayor", end, on=on)
    leaves.desk.answer("mayor", end, on=on, reasons={"return": CONSENT["consent"]})
    assert excused() == [("CLTN", FIRST, date(2027, 6, 30))]
    assert standing(leaves, "own", date(2027, 6, 30)) == "CLTN"
    since = date(2027, 7, 1)
    assert (standing(leaves, "own", since), posts(leaves, "own", since)) == ("Aktif", [])


def test_cancelled_before_it_begins_all_is_as_before(leaves: LeaveDesk) -> None:
    uid = unpaid(leaves, "own", "chief")
    leaves.desk.answer("mayor", leaves.shorten("own", uid))
    assert (standing(leaves, "own", FIRST), posts(leaves, "own", FIRST)) == ("Aktif", ["regular"])
    assert excused() == []


def test_annulled_before_it_begins_all_is_as_before(leaves: LeaveDesk) -> None:
    uid = unpaid(leaves, "own", "chief")
    leaves.desk.answer("mayor", annul(leaves, uid))
    assert (standing(leaves, "own", FIRST), posts(leaves, "own", FIRST)) == ("Aktif", ["regular"])
    assert models.OrderEnd.objects.get(order__decision__uid=uid).how == OrderEndKind.ANNULLED.value


def test_what_another_holds_by_now_is_not_given_back(leaves: LeaveDesk) -> None:
    uid, people = unpaid(leaves, "own", "chief"), leaves.desk.people
    people.change(
        "foreign", "appointment", on=date(2027, 2, 1),
        values={"kind": "regular", "seat": str(people.city.seats["own"])},
    )  # fmt: skip
    for ask in (lambda: annul(leaves, uid), lambda: leaves.shorten("own", uid)):
        with pytest.raises(GatesBlock, match="sudah diisi orang lain mulai 1 Februari 2027"):
            ask()


def test_a_post_that_would_begin_during_the_leave_stands_in_its_way(leaves: LeaveDesk) -> None:
    people = leaves.desk.people
    people.change(
        "own", "appointment", on=date(2027, 2, 1),
        values={"kind": "regular", "seat": str(people.city.seats["free"])},
    )  # fmt: skip
    with pytest.raises(GatesBlock, match="jabatan yang mulai 1 Februari 2027"):
        leaves.ask("own", leave="CLTN", first=FIRST.isoformat(), last=LAST.isoformat(), file=PDF)


def test_leave_that_is_paid_leaves_the_post_alone(leaves: LeaveDesk) -> None:
    uid = leaves.grant(first="2026-11-16", last="2026-11-18")
    on = date(2026, 11, 17)
    assert (standing(leaves, "own", on), posts(leaves, "own", on)) == ("Aktif", ["regular"])
    assert "post" not in {view.gate.code for view in leaves.desk.story("own", uid).gates}
    assert all(view.gate.verdict is Verdict.ALLOW for view in leaves.desk.story("own", uid).gates)


def annul(leaves: LeaveDesk, uid: UUID) -> UUID:
    """Propose that the order of a leave is annulled."""
    order = models.Order.objects.get(decision__uid=uid).uid
    done = services.propose_annulment(
        actor=leaves.desk.actor("wahyu"), at=AT, key=uuid4(), order=order, reason=WHY
    )
    return done.uid
