"""A leave is entered by one and agreed by another; what it says follows its document and nothing else."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from pamong.access.errors import NotAllowed
from pamong.access.models import ReadLog
from pamong.attendance.choices import ExcuseKind, ExcusePart
from pamong.attendance.errors import (
    PaperAnswerMissing,
    PaperClosed,
    PaperHeld,
    PaperNotFound,
    PaperOverlaps,
    PaperUnfit,
)
from pamong.attendance.models import DayExcuse
from pamong.attendance.queries import papers
from pamong.attendance.services import Told, Upload, decide_paper, withdraw_paper
from pamong.kernel.errors import DomainError
from pamong.kernel.period import Period
from pamong.leave import services
from pamong.leave.models import LeaveEntry
from pamong.leave.queries import LEAVES, LISTS
from pamong.ledger.choices import PaperState
from pamong.ledger.models import Intake
from pamong.people.errors import PersonNotFound
from tests.support.desk import PDF
from tests.support.papers import WHY, agree_leave, enter_leave, leave
from tests.support.people import AT, People


def excused() -> list[tuple[str, Period]]:
    """Kinds and days of all that excuses anybody now."""
    return [(row.kind, row.span) for row in DayExcuse.objects.known().order_by("period")]


def days(first: int, last: int) -> Period:
    return Period(date(2026, 11, first), date(2026, 11, last + 1))


def state(paper: UUID) -> str:
    return str(LeaveEntry.objects.get(uid=paper).state)


def test_only_what_another_person_agreed_excuses_a_day(people: People) -> None:
    paper = enter_leave(people)
    assert excused() == []
    for username in ("nurul", "unit_clerk", "superior"):  # who entered it, and who agrees to no leave
        with pytest.raises((NotAllowed, PaperNotFound)):
            agree_leave(people, paper, username)
    agree_leave(people, paper)
    assert excused() == [("CT", days(16, 18))]
    told = list(Intake.objects.order_by("id").values_list("kind", flat=True))
    assert told[-4:] == [
        "attendance.paper_entered", "ledger.sealed", "attendance.paper_decided", "attendance.excuses_set",
    ]  # fmt: skip
    with pytest.raises(PaperClosed, match="sudah disetujui"):
        agree_leave(people, paper, "ratih")


def test_a_refusal_says_why_and_the_days_are_free_again(people: People) -> None:
    paper = enter_leave(people)
    wahyu = people.actor("wahyu")
    with pytest.raises(PaperAnswerMissing):
        decide_paper(LEAVES.desk, actor=wahyu, at=AT, paper=paper, accept=False)
    decide_paper(
        LEAVES.desk, actor=wahyu, at=AT, paper=paper, accept=False, answer="Surat belum ditandatangani"
    )
    assert state(paper) == PaperState.REFUSED and excused() == []
    agree_leave(people, enter_leave(people))
    assert excused() == [("CT", days(16, 18))]


def test_a_recall_shortens_an_extension_lengthens_and_a_cancelling_ends(people: People) -> None:
    first = enter_leave(people)
    agree_leave(people, first)
    nurul, why = people.actor("nurul"), Told(WHY)
    with pytest.raises(PaperUnfit, match="Isi alasannya"):
        services.change_leave(actor=nurul, at=AT, paper=first, leave=leave(16, 16), told=Told("x"))
    recall = services.change_leave(actor=nurul, at=AT, paper=first, leave=leave(16, 16), told=why)
    assert excused() == [("CT", days(16, 18))], "what holds stays until another agrees"
    with pytest.raises(PaperHeld):
        services.cancel_leave(actor=nurul, at=AT, paper=first, reason=WHY)
    agree_leave(people, recall)
    assert excused() == [("CT", days(16, 16))]
    assert (state(first), state(recall)) == (PaperState.REPLACED, PaperState.VERIFIED)
    longer = services.change_leave(actor=nurul, at=AT, paper=recall, leave=leave(16, 20), told=why)
    agree_leave(people, longer)
    assert excused() == [("CT", days(16, 20))]
    end = services.cancel_leave(actor=nurul, at=AT, paper=longer, reason=WHY)
    agree_leave(people, end)
    assert excused() == []
    view = papers.get_paper(LEAVES, actor=nurul, at=AT, uid=end)
    assert view.cancelled and len(papers.list_steps(LEAVES, actor=nurul, view=view)) == 4
    with pytest.raises(PaperHeld):
        services.change_leave(actor=nurul, at=AT, paper=end, leave=leave(), told=why)
    agree_leave(people, enter_leave(people))


def test_case_I_12_two_leaves_never_share_a_day_and_an_old_one_can_always_be_refused(people: People) -> None:
    agree_leave(people, enter_leave(people, first=4, last=6, month=8))
    with pytest.raises(PaperOverlaps, match="Sudah ada cuti lain"):
        enter_leave(people, first=6, last=8, month=8)
    waiting = enter_leave(people, first=10, last=11, month=8)
    with pytest.raises(PaperOverlaps):
        enter_leave(people, first=11, last=12, month=8)
    decide_paper(
        LEAVES.desk,
        actor=people.actor("wahyu"),
        at=AT,
        paper=waiting,
        accept=False,
        answer="Bukan milik pegawai ini",
    )
    withdraw_paper(
        LEAVES.desk, actor=people.actor("nurul"), paper=enter_leave(people, first=11, last=12, month=8)
    )
    assert LeaveEntry.objects.filter(state=PaperState.VERIFIED).count() == 1


def test_case_I_12_of_two_sessions_at_once_exactly_one_stores_its_leave(committed: People) -> None:
    both = threading.Barrier(2)

    def send(first: int) -> str:
        try:
            both.wait(20)
            with transaction.atomic():
                enter_leave(committed, first=first, last=first + 2)
            return ""
        except DomainError as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, (16, 18))) == ["", "PaperOverlaps"]
    assert LeaveEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"first": 18, "last": 16}, "Hari terakhir (16 November 2026) sebelum hari pertama"),
        ({"number": " "}, "Nomor surat cuti belum diisi"),
        ({"kind": ExcuseKind.DUTY}, "Pilih jenis cuti"),
        ({"part": ExcusePart.SPAN}, "Pilih bagian hari"),
    ],
    ids=["days", "number", "kind", "part"],
)
def test_what_can_not_be_is_told_in_one_sentence(people: People, said: dict[str, Any], told: str) -> None:
    with pytest.raises(PaperUnfit) as error:
        enter_leave(people, **said)
    assert told in str(error.value) and error.value.field
    assert not LeaveEntry.objects.exists()


def test_who_is_not_in_service_then_takes_no_leave(people: People) -> None:
    with pytest.raises(PaperUnfit, match="Sumiyati tidak bertugas pada seluruh hari itu"):
        enter_leave(people, "ended")
    enter_leave(people, "ended", first=2, last=6, month=2)


def test_a_clerk_enters_for_his_unit_and_nobody_for_himself(people: People) -> None:
    enter_leave(people, "own", "unit_clerk")
    with pytest.raises(PersonNotFound):
        enter_leave(people, "foreign", "unit_clerk")
    with pytest.raises(NotAllowed, match="Cuti Anda sendiri"):
        enter_leave(people, "clerk", "unit_clerk")
    with pytest.raises(NotAllowed):
        enter_leave(people, "own", "superior")


def test_a_doctors_note_opens_to_its_owner_and_who_agrees_and_each_look_is_logged(
    people: People, tmp_path: Path, settings: Any
) -> None:
    settings.PAMONG_FILES_ROOT = tmp_path
    told = Told(file=Upload("surat-dokter.pdf", PDF))
    paper = enter_leave(people, "own", "unit_clerk", kind=ExcuseKind.LEAVE_SICK, told=told)
    for username in ("employee", "wahyu"):
        found = papers.read_file(LEAVES, actor=people.actor(username), at=AT, uid=paper)
        assert found == ("surat-dokter.pdf", "application/pdf", PDF)
    looks = ReadLog.objects.filter(path="leave.papers.file")
    assert list(looks.values_list("subject_ids", flat=True)) == [[people.city.persons["own"]]]
    for username in ("unit_clerk", "superior"):
        with pytest.raises(PaperNotFound):
            papers.read_file(LEAVES, actor=people.actor(username), at=AT, uid=paper)
    with pytest.raises(NotAllowed):
        papers.read_file(LEAVES, actor=people.actor("arif"), at=AT, uid=paper)


def test_lists_hold_what_is_within_reach(people: People) -> None:
    paper = enter_leave(people)
    for username, count in {"nurul": 1, "superior": 1, "unit_clerk": 1, "employee": 1}.items():
        page = papers.list_papers(LEAVES, actor=people.actor(username), at=AT, state=PaperState.WAITING)
        assert [row.uid for row in page.rows] == [paper][:count]
    enter_leave(people, "foreign", number="800/13")
    page = papers.list_papers(LEAVES, actor=people.actor("superior"), at=AT, state=None)
    assert page.total == 1 and page.rows[0].persons[0].name == "Suparman"
    for username, count in {"nurul": 0, "wahyu": 2, "superior": 0}.items():
        assert papers.count_to_decide([LEAVES, LISTS], actor=people.actor(username)) == [count, 0]
