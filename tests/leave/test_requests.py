"""From a request on a phone to days that count: gates, both acts, reservation, change, recall."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from pamong.attendance.errors import PaperNotFound, PaperOverlaps
from pamong.attendance.services import decide_paper
from pamong.attendance.services.papers import Upload
from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer, State
from pamong.decisions.errors import ContentUnfit, GatesBlock, KeyReused, NotYours
from pamong.leave import services
from pamong.leave.models import LeaveDeferral, LeaveEntry
from pamong.leave.queries import LEAVES
from pamong.ledger.choices import PaperState
from tests.support.deciding import WHY
from tests.support.leaving import LeaveDesk, excused, form
from tests.support.people import AT

PDF = Upload("surat.pdf", b"%PDF-1.4\n%uji\n")


def test_leave_is_asked_for_checked_decided_and_excuses_the_days(leaves: LeaveDesk) -> None:
    uid = leaves.ask(first="2026-11-16", last="2026-11-18")
    assert leaves.state(uid) == PaperState.WAITING
    assert excused() == []
    assert leaves.desk.inbox("nurul") == [uid]
    leaves.desk.answer("nurul", uid)
    assert leaves.desk.inbox("chief") == [uid]
    assert leaves.desk.answer("chief", uid) is State.SEALED
    assert leaves.state(uid) == PaperState.VERIFIED
    assert excused() == [("CT", date(2026, 11, 16), date(2026, 11, 18))]


def test_the_superior_weighs_and_the_office_of_the_table_decides(leaves: LeaveDesk) -> None:
    """The chief's own leave: the secretary both weighs and decides it, so the desk checks the record."""
    uid = leaves.ask("chief")
    assert leaves.desk.inbox("chief") == []
    leaves.desk.answer("nurul", uid)
    assert leaves.desk.inbox("above") == [uid]
    assert leaves.desk.answer("above", uid) is State.SEALED


def test_case_E_14_the_leave_of_the_secretary_goes_to_the_head_of_government(leaves: LeaveDesk) -> None:
    uid = leaves.ask("above")
    leaves.desk.answer("nurul", uid)
    assert leaves.desk.inbox("mayor") == [uid]
    assert leaves.desk.answer("mayor", uid) is State.SEALED


def test_case_L_24_nobody_decides_his_own_request(leaves: LeaveDesk) -> None:
    uid = leaves.ask("own")
    for who in ("own", "mate", "foreign"):
        with pytest.raises(NotYours):
            leaves.desk.answer(who, uid)


def test_case_S_07_state_person_and_number_of_a_form_are_not_looked_at(leaves: LeaveDesk) -> None:
    asked = form("2026-11-16", "2026-11-16") | {
        "approved": True, "state": "verified", "number": "800/1", "days": [["2026-11-16", "0"]],
        "person": leaves.desk.people.city.ids["foreign"], "employee_id": 1,
    }  # fmt: skip
    done = services.request_leave(actor=leaves.desk.actor("own"), at=AT, key=uuid4(), asked=asked)
    entry = LeaveEntry.objects.get(decision=done.uid)
    assert (entry.person_id, entry.state, entry.number) == (
        leaves.desk.people.city.ids["own"], PaperState.WAITING.value, "",
    )  # fmt: skip
    assert entry.days == [["2026-11-16", "1"]]


def test_case_A_27_the_same_request_sent_twice_is_one(leaves: LeaveDesk) -> None:
    key = uuid4()
    uid = leaves.ask(key=key)
    assert leaves.ask(key=key) == uid
    assert LeaveEntry.objects.count() == 1
    with pytest.raises(KeyReused):
        leaves.ask(key=key, first="2026-11-17")


def test_case_I_12_days_that_are_asked_for_or_granted_are_not_asked_for_again(leaves: LeaveDesk) -> None:
    leaves.grant(first="2026-11-16", last="2026-11-18")
    with pytest.raises(PaperOverlaps, match="Sudah ada cuti lain"):
        leaves.ask(first="2026-11-18", last="2026-11-19")
    waiting = leaves.ask(first="2026-11-23", last="2026-11-24")
    with pytest.raises(PaperOverlaps):
        leaves.ask(first="2026-11-24")
    leaves.decide(waiting, Answer.REFUSE, reason=WHY)
    assert leaves.state(waiting) == PaperState.REFUSED
    assert leaves.ask(first="2026-11-24")


def test_case_L_11_two_halves_of_a_day_are_one_and_a_half_beside_a_whole_is_refused(
    leaves: LeaveDesk,
) -> None:
    wedding = {"leave": "CAP", "reason": "perkawinan"}
    leaves.ask(first="2026-11-16", part="first_half", **wedding)
    leaves.ask(first="2026-11-16", part="second_half", **wedding)
    with pytest.raises(PaperOverlaps):
        leaves.ask(first="2026-11-16", part="first_half", **wedding)
    leaves.ask(first="2026-11-17", **wedding)
    with pytest.raises(PaperOverlaps):
        leaves.ask(first="2026-11-17", part="second_half", **wedding)


def test_annual_leave_is_taken_by_whole_days(leaves: LeaveDesk) -> None:
    with pytest.raises(GatesBlock, match="paling sedikit 1 hari kerja"):
        leaves.ask(part="first_half")


def test_case_L_12_what_waits_reserves_its_days(leaves: LeaveDesk) -> None:
    leaves.open("own", 2025, "0", used=True)
    leaves.ask(first="2026-11-16", last="2026-11-27")  # ten working days of twelve
    with pytest.raises(GatesBlock, match="melebihi sisa cuti"):
        leaves.ask(first="2026-12-01", last="2026-12-03")
    assert leaves.ask(first="2026-12-01", last="2026-12-02")


def test_case_L_09_days_that_were_counted_stay_counted(leaves: LeaveDesk) -> None:
    """25 December is a holiday, 24 a joint leave of 2026, then a weekend."""
    uid = leaves.ask(first="2026-12-23", last="2026-12-28")
    entry = LeaveEntry.objects.get(decision=uid)
    assert [day for day, _ in entry.days] == ["2026-12-23", "2026-12-28"]


def test_without_a_region_nobody_counts_working_days(leaves: LeaveDesk, settings: Any) -> None:
    settings.PAMONG_PROFILE = ""
    with pytest.raises(ContentUnfit, match="Hari kerja Anda pada tanggal itu belum diketahui"):
        leaves.ask()


def test_who_never_works_then_needs_no_leave(leaves: LeaveDesk) -> None:
    with pytest.raises(ContentUnfit, match="tidak bekerja"):
        leaves.ask(first="2026-11-14", last="2026-11-15")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("leave", "XX", "Pilih dari daftar"),
        ("part", "quarter", "Pilih dari daftar"),
        ("first", "besok", "Isi tanggalnya"),
        ("last", "2026-11-01", "sebelum hari pertama"),
        ("text", "  ", "keperluan"),
        ("address", "", "alamat"),
    ],
)
def test_a_form_that_can_not_be_says_what_to_do(leaves: LeaveDesk, field: str, value: str, said: str) -> None:
    asked = form("2026-11-16", "2026-11-16") | {field: value}
    with pytest.raises(ContentUnfit, match=said) as refused:
        services.request_leave(actor=leaves.desk.actor("own"), at=AT, key=uuid4(), asked=asked)
    assert refused.value.field == field
    assert not LeaveEntry.objects.exists()


def test_oracle_leave_L_5_a_year_of_service_comes_first(leaves: LeaveDesk) -> None:
    leaves.serve_since("mate", date(2025, 12, 1))
    with pytest.raises(GatesBlock, match="Masa kerja belum 12 bulan"):
        leaves.ask("mate", first="2026-11-16")
    assert leaves.ask("mate", first="2026-12-01", last="2026-12-02")


def test_a_sick_note_is_needed_before_it_is_granted(leaves: LeaveDesk) -> None:
    with pytest.raises(GatesBlock, match="belum dilampirkan"):
        leaves.ask(leave="S", first="2026-11-11", last="2026-11-12")
    uid = leaves.ask(leave="S", first="2026-11-11", last="2026-11-12", file=PDF)
    leaves.decide(uid)
    assert excused() == [("S", date(2026, 11, 11), date(2026, 11, 12))]


def test_late_requests_are_signed_with_a_reason(leaves: LeaveDesk) -> None:
    uid = leaves.ask(leave="S", first="2026-11-09", last="2026-11-09", file=PDF)
    leaves.desk.answer("nurul", uid)
    leaves.desk.answer("chief", uid, reasons={"late": WHY})
    assert excused() == [("S", date(2026, 11, 9), date(2026, 11, 9))]


def test_a_change_by_the_official_is_what_holds(leaves: LeaveDesk) -> None:
    uid = leaves.ask(first="2026-11-16", last="2026-11-20")
    changed = form("2026-11-16", "2026-11-17")
    leaves.decide(uid, Answer.CHANGE, reason=WHY, change=changed)
    assert excused() == [("CT", date(2026, 11, 16), date(2026, 11, 17))]
    assert leaves.ask(first="2026-11-18")  # the other days are free again


def test_oracle_leave_L_4_deferred_annual_leave_stays_for_the_next_year(leaves: LeaveDesk) -> None:
    leaves.open("own", 2025, "0", used=True)
    uid = leaves.ask(first="2026-12-01", last="2026-12-16")
    leaves.decide(uid, Answer.DEFER, reason=WHY)
    assert (LeaveDeferral.objects.get().days, excused()) == (12, [])
    later = date(2027, 1, 4)
    whole = leaves.ask(first="2027-01-05", last="2027-02-08", on=later)  # 24 of them, holidays aside
    assert LeaveEntry.objects.filter(decision=whole).exists()


def test_who_withdraws_frees_his_days(leaves: LeaveDesk) -> None:
    uid = leaves.ask()
    decisions.withdraw(actor=leaves.desk.actor("own"), at=AT, decision=uid)
    assert leaves.state(uid) == PaperState.WITHDRAWN
    assert leaves.ask()


def test_a_recall_leaves_the_rest_to_be_used_again(leaves: LeaveDesk) -> None:
    uid = leaves.grant(first="2026-11-16", last="2026-11-20")
    recall = leaves.shorten("chief", uid, date(2026, 11, 17), on=date(2026, 11, 17))
    assert excused() == [("CT", date(2026, 11, 16), date(2026, 11, 20))]
    assert leaves.desk.inbox("above", on=date(2026, 11, 17)) == [recall]  # not by who called him
    leaves.desk.answer("above", recall, on=date(2026, 11, 17))
    assert excused() == [("CT", date(2026, 11, 16), date(2026, 11, 17))]
    assert leaves.ask(first="2026-11-18")


def test_who_takes_it_may_cancel_what_has_not_begun(leaves: LeaveDesk) -> None:
    uid = leaves.grant(first="2026-11-16", last="2026-11-17")
    cancel = leaves.shorten("own", uid)
    assert leaves.desk.answer("chief", cancel) is State.SEALED
    assert excused() == []
    with pytest.raises(ContentUnfit, match="tidak berlaku lagi"):
        leaves.shorten("own", uid)


def test_a_sick_leave_is_not_called_back(leaves: LeaveDesk) -> None:
    uid = leaves.ask(leave="S", first="2026-11-11", last="2026-11-13", file=PDF)
    leaves.decide(uid)
    with pytest.raises(GatesBlock, match="tidak boleh dipanggil kembali"):
        leaves.shorten("chief", uid, date(2026, 11, 11))


def test_days_that_were_taken_are_given_back_with_a_reason_only(leaves: LeaveDesk) -> None:
    uid = leaves.grant(first="2026-11-16", last="2026-11-17")
    later = date(2026, 11, 20)
    cancel = leaves.shorten("own", uid, on=later)
    story = leaves.desk.story("own", cancel)
    assert [view.gate.code for view in story.gates] == ["past"]
    leaves.desk.answer("chief", cancel, on=later, reasons={"past": WHY})
    assert excused() == []


def test_unpaid_leave_is_only_the_head_of_governments_to_give(leaves: LeaveDesk) -> None:
    uid = leaves.ask(leave="CLTN", first="2027-01-04", last="2027-12-31", file=PDF)
    leaves.desk.answer("chief", uid)
    assert leaves.desk.inbox("above") == []
    assert leaves.desk.inbox("mayor") == [uid]
    leaves.desk.answer("mayor", uid, reasons={"consent": "Nomor 12/BKN/2026 tanggal 5 November 2026"})
    assert excused() == [("CLTN", date(2027, 1, 4), date(2027, 12, 31))]


def test_the_office_still_enters_and_does_not_decide_what_was_asked_for(leaves: LeaveDesk) -> None:
    """What was asked for is decided by officials, not by the two hands of the register."""
    uid: UUID = leaves.ask()
    entry = LeaveEntry.objects.get(decision=uid)
    with pytest.raises(PaperNotFound):
        decide_paper(LEAVES.desk, actor=leaves.desk.actor("wahyu"), at=AT, paper=entry.uid, accept=True)
