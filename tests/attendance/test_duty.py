"""Duty letters, permits and musters: what another person agreed, and nothing else, counts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.utils import InternalError, ProgrammingError

from pamong.access.errors import NotAllowed
from pamong.attendance import columns, services
from pamong.attendance.choices import ExcuseKind, PermitKind
from pamong.attendance.errors import PaperHeld, PaperNotFound, PaperOverlaps, PaperUnfit
from pamong.attendance.models import DayExcuse, DutyLetter, Permit
from pamong.attendance.queries import LETTERS, MUSTERS, PERMITS, list_of_unit, papers
from pamong.attendance.queries.papers import Shelf
from pamong.attendance.services import Told
from pamong.attendance.sql import fetch
from pamong.kernel.period import Period
from pamong.ledger.choices import PaperState
from tests.people.conftest import people
from tests.support.papers import (
    WHY,
    agree_leave,
    ask_permit,
    enter_leave,
    enter_letter,
    instant,
    law,
    letter,
)
from tests.support.people import AT, TODAY, People

__all__ = ["people"]


def agree(people: People, paper: UUID, username: str = "superior", shelf: Shelf = LETTERS) -> None:
    services.decide_paper(shelf.desk, actor=people.actor(username), at=AT, paper=paper, accept=True)


def excused() -> list[tuple[int, str, Period]]:
    rows = DayExcuse.objects.known().order_by("person_id", "period")
    return [(row.person_id, row.kind, row.span) for row in rows]


def days(first: int, last: int) -> Period:
    return Period(date(2026, 11, first), date(2026, 11, last + 1))


def test_one_letter_opens_the_field_days_of_everybody_in_it(people: People) -> None:
    """Complaint 12: nobody of them has to remember to check in."""
    paper, ids = enter_letter(people, "own", "mate"), people.city.ids
    assert excused() == []
    agree(people, paper)
    assert excused() == sorted((ids[key], "DL", days(16, 18)) for key in ("own", "mate"))


def test_case_A_14_a_letter_of_days_to_come_is_planned(people: People) -> None:
    paper = enter_letter(people, "own", first=24, last=25)
    agree(people, paper)
    assert [row[2] for row in excused()] == [days(24, 25)]


def test_who_goes_along_does_not_agree_to_it_himself(people: People) -> None:
    paper = enter_letter(people, "own", "chief")
    with pytest.raises((NotAllowed, PaperNotFound)):
        agree(people, paper)
    agree(people, paper, "wahyu")
    with pytest.raises(NotAllowed, match="di luar wewenang"):
        enter_letter(people, "own", "foreign", number="094/12")
    with pytest.raises(PaperNotFound):
        agree(people, enter_letter(people, "foreign", username="nurul", number="094/13"))


def test_a_superior_enters_for_his_people_and_an_officer_agrees(people: People) -> None:
    paper = enter_letter(people, "mate", username="superior")
    with pytest.raises(NotAllowed, match="Anda yang memasukkan"):
        agree(people, paper)
    agree(people, paper, "wahyu")
    assert len(excused()) == 1


def test_a_letter_is_recorded_once_and_its_number_is_free_after_a_refusal(people: People) -> None:
    paper = enter_letter(people, "own")
    with pytest.raises(PaperOverlaps, match="Nomor surat ini sudah dicatat"):
        enter_letter(people, "mate")
    enter_letter(people, "mate", dated_on=date(2025, 11, 9))
    services.decide_paper(
        LETTERS.desk,
        actor=people.actor("superior"),
        at=AT,
        paper=paper,
        accept=False,
        answer="Bukan surat kita",
    )
    enter_letter(people, "mate")


def test_a_changed_letter_sends_others_and_a_cancelled_one_nobody(people: People) -> None:
    first = enter_letter(people, "own", "mate")
    agree(people, first)
    clerk, persons = people.actor("unit_clerk"), [people.city.persons["mate"]]
    given: dict[str, Any] = {"actor": clerk, "at": AT, "told": Told(WHY)}
    second = services.change_letter(paper=first, letter=letter(people, 16, 17), persons=persons, **given)
    agree(people, second)
    assert excused() == [(people.city.ids["mate"], "DL", days(16, 17))]
    agree(people, services.cancel_letter(actor=clerk, at=AT, paper=second, reason=WHY))
    assert excused() == []
    assert DutyLetter.objects.filter(state=PaperState.REPLACED).count() == 2


def test_hours_of_one_day_are_a_span(people: People) -> None:
    hours = {"starts": instant(16, 8), "ends": instant(16, 11)}
    agree(people, enter_letter(people, "own", last=16, **hours))
    row = DayExcuse.objects.known().get()
    assert (row.part, row.starts, row.ends) == ("span", *hours.values())
    with pytest.raises(PaperUnfit, match="Jam hanya untuk surat satu hari"):
        enter_letter(people, "own", number="094/2", **hours)


def test_leave_stays_leave_and_the_letter_tells_who_has_it(people: People) -> None:
    agree_leave(people, enter_leave(people))
    agree(people, enter_letter(people, "own", "mate"))
    officer, ids = people.actor("nurul"), people.city.ids
    (view,) = papers.list_papers(LETTERS, actor=officer, at=AT, state=None).rows
    assert view.away == ("Suparman",)
    assert {kind for person, kind, _ in excused() if person == ids["own"]} == {"CT", "DL"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"first": 18, "last": 16}, "sebelum hari pertama"),
        ({"number": ""}, "Nomor surat belum diisi"),
        ({"purpose": " "}, "Maksud belum diisi"),
        ({"kind": ExcuseKind.LEAVE_SICK}, "Pilih jenis surat"),
    ],
    ids=["days", "number", "purpose", "kind"],
)
def test_a_letter_that_can_not_be_is_told_in_one_sentence(
    people: People, said: dict[str, Any], told: str
) -> None:
    with pytest.raises(PaperUnfit, match=told):
        enter_letter(people, "own", **said)
    with pytest.raises(PaperUnfit, match="Belum ada pegawai"):
        enter_letter(people)


def test_what_was_entered_is_not_rewritten(people: People) -> None:
    agree(people, enter_letter(people, "own"))
    row = DutyLetter.objects.get()
    for values in ({"number": "1"}, {"period": row.period}):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            DutyLetter.objects.filter(pk=row.pk).update(**values)
    for values in ({"state": "waiting"}, {"answer": "lain"}):
        with pytest.raises((InternalError, Exception), match="tidak dapat diubah"), transaction.atomic():
            DutyLetter.objects.filter(pk=row.pk).update(**values)


def test_a_permit_is_asked_by_its_owner_and_agreed_by_who_leads_him(people: People) -> None:
    paper = ask_permit(people, 12, (9, 11))
    for username in ("employee", "unit_clerk"):
        with pytest.raises((NotAllowed, PaperNotFound)):
            agree(people, paper, username, PERMITS)
    agree(people, paper, shelf=PERMITS)
    row = DayExcuse.objects.known().get()
    assert (row.kind, row.part, row.starts, row.ends) == ("I", "span", instant(12, 9), instant(12, 11))
    end = services.cancel_permit(
        actor=people.actor("employee"), at=AT, paper=paper, reason="Batal ke sekolah"
    )
    agree(people, end, shelf=PERMITS)
    assert excused() == []


def test_samarinda_lets_nobody_leave_for_more_than_two_hours_a_day_and_eight_a_week(people: People) -> None:
    with pytest.raises(PaperUnfit, match=r"paling lama 2 jam sehari \(Perwali Samarinda 31/2022, Pasal 12"):
        ask_permit(people, 16, (9, 12))
    for day in (16, 17, 18, 19):
        ask_permit(people, day, (9, 11))
    with pytest.raises(PaperUnfit, match="yang sudah ada 2 jam pada hari 16 November"):
        ask_permit(people, 16, (13, 14), PermitKind.EARLY)
    with pytest.raises(PaperUnfit, match="paling lama 8 jam seminggu"):
        ask_permit(people, 20, (9, 10))
    ask_permit(people, 20, (8, 10), PermitKind.LATE)  # who comes late has not left
    ask_permit(people, 23, (9, 11))  # another week
    ask_permit(people, 24, (8, 15), law=law("contoh"))  # a region that names no limit


def test_a_permit_that_was_taken_back_counts_no_more(people: People) -> None:
    paper = ask_permit(people, 16, (9, 11))
    with pytest.raises(PaperOverlaps, match="Sudah ada izin lain"):
        ask_permit(people, 16, (10, 12), PermitKind.LATE)
    services.withdraw_paper(PERMITS.desk, actor=people.actor("employee"), paper=paper)
    ask_permit(people, 16, (13, 15))
    assert Permit.objects.count() == 2


@pytest.mark.parametrize(
    ("day", "hours", "more", "told"),
    [
        (12, (11, 9), {}, "Jam selesai harus sesudah jam mulai"),
        (9, (9, 10), {}, "ajukan koreksi presensi"),
        (12, (9, 10), {"reason": "."}, "Isi alasannya"),
    ],
    ids=["order", "past", "reason"],
)
def test_a_permit_that_can_not_be(
    people: People, day: int, hours: tuple[int, int], more: dict[str, Any], told: str
) -> None:
    with pytest.raises(PaperUnfit, match=told):
        ask_permit(people, day, hours, **more)


def muster(people: People, *missing: str, username: str = "unit_clerk", on: int = 9, **more: Any) -> UUID:
    unit = people.city.units[more.pop("unit", "dinkes")]
    return services.enter_muster(
        actor=people.actor(username), at=AT, unit=unit, on=date(2026, 11, on), name="Apel Senin pagi",
        missing=[people.city.persons[key] for key in missing],
    )  # fmt: skip


def missed() -> dict[int, int]:
    return dict(fetch(columns.MISSED, {"first": date(2026, 11, 1), "end": date(2026, 12, 1)}))


def test_a_muster_counts_for_those_who_were_missing_once_its_head_agreed(people: People) -> None:
    ids = people.city.ids
    paper = muster(people, "own", "mate")
    assert missed() == {}
    agree(people, paper, shelf=MUSTERS)
    agree(people, muster(people, "own", on=2), shelf=MUSTERS)
    assert missed() == {ids["own"]: 2, ids["mate"]: 1}
    clerk, who = people.actor("unit_clerk"), [people.city.persons["own"]]
    changed = services.change_muster(
        actor=clerk, at=AT, paper=paper, missing=who, name="Apel Senin pagi", reason="Perawat sedang bertugas"
    )
    agree(people, changed, shelf=MUSTERS)
    assert missed() == {ids["own"]: 2}
    agree(people, services.cancel_muster(actor=clerk, at=AT, paper=changed, reason=WHY), shelf=MUSTERS)
    assert missed() == {ids["own"]: 1}


def test_each_sees_himself_among_the_missing_and_nobody_else(people: People) -> None:
    paper = muster(people, "own", "mate")
    for username, names, others in (("employee", ["Suparman"], 1), ("superior", ["Ketut", "Suparman"], 0)):
        view = papers.get_paper(MUSTERS, actor=people.actor(username), at=AT, uid=paper)
        assert [who.name.split()[0] for who in view.persons] == names and view.others == others
    nobody = muster(people, on=3)
    assert papers.get_paper(MUSTERS, actor=people.actor("superior"), at=AT, uid=nobody).persons == ()
    with pytest.raises(PaperNotFound):
        papers.get_paper(MUSTERS, actor=people.actor("employee"), at=AT, uid=nobody)


def test_a_muster_is_told_once_by_the_unit_itself(people: People) -> None:
    muster(people, "own")
    with pytest.raises(PaperOverlaps, match="sudah dicatat"):
        muster(people, "mate")
    with pytest.raises(PaperUnfit, match="bukan dari unit ini"):
        muster(people, "own", unit="pkm_melati", on=2)
    with pytest.raises(PaperUnfit, match="belum terjadi"):
        muster(people, "own", on=11)
    with pytest.raises(NotAllowed):
        muster(people, unit="disdik")
    clerk, unit = people.actor("unit_clerk"), people.city.units["dinkes"]
    named = list_of_unit(actor=clerk, at=AT, unit=unit, on=TODAY)
    assert {who.id for who in named} == {people.city.ids[key] for key in ("own", "mate", "chief", "clerk")}
    assert list_of_unit(actor=clerk, at=AT, unit=people.city.units["disdik"], on=TODAY) == ()


def test_a_letter_is_read_by_whoever_stands_on_it(people: People) -> None:
    paper = enter_letter(people, "own", "mate")
    view = papers.get_paper(LETTERS, actor=people.actor("employee"), at=AT, uid=paper)
    assert [who.name for who in view.persons] == ["Ketut Sariasih", "Suparman"]
    other = enter_letter(people, "mate", number="094/99")
    with pytest.raises(PaperNotFound):
        papers.get_paper(LETTERS, actor=people.actor("employee"), at=AT, uid=other)
    with pytest.raises(PaperHeld):
        services.cancel_letter(actor=people.actor("unit_clerk"), at=AT, paper=other, reason=WHY)
