"""How long a leave may last: what adjoins is counted together, and what the law lets be extended can be."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pamong.attendance.services.papers import Upload
from pamong.decisions.choices import State
from pamong.decisions.errors import ContentUnfit, GatesBlock, ReasonsMissing
from pamong.decisions.types import Gate
from pamong.people.models import Appointment
from tests.support.deciding import WHY
from tests.support.leaving import LeaveDesk
from tests.support.people import AT, opening_basis

PDF = Upload("surat.pdf", b"%PDF-1.4\n%uji\n")
CONSENT = {"consent": "Nomor 12/BKN/2026 tanggal 5 November 2026"}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.PAMONG_FILES_ROOT = tmp_path


def unpaid(leaves: LeaveDesk, first: str, last: str) -> UUID:
    return leaves.ask(leave="CLTN", first=first, last=last)


def sign(leaves: LeaveDesk, uid: UUID, **reasons: str) -> State:
    """The head of government gives it, after the superior's opinion."""
    leaves.desk.answer("chief", uid)
    return leaves.desk.answer("mayor", uid, reasons=CONSENT | reasons)


def gate(leaves: LeaveDesk, uid: UUID, code: str) -> Gate | None:
    found = [view.gate for view in leaves.desk.story("own", uid).gates if view.gate.code == code]
    return found[0] if found else None


def test_case_L_10_unpaid_leave_is_not_doubled_by_asking_again(leaves: LeaveDesk) -> None:
    sign(leaves, unpaid(leaves, "2027-01-04", "2030-01-03"))
    with pytest.raises(GatesBlock) as refused:
        unpaid(leaves, "2030-01-04", "2033-01-03")
    assert "Lamanya melebihi 48 bulan: paling lama sampai 3 Januari 2031." in str(refused.value)
    assert "dihitung bersama: 4 Januari 2027 sampai 3 Januari 2033" in str(refused.value)


def test_unpaid_leave_is_extended_by_a_year_for_an_important_reason(leaves: LeaveDesk) -> None:
    sign(leaves, unpaid(leaves, "2027-01-04", "2030-01-03"))
    with pytest.raises(GatesBlock, match="melebihi 48 bulan"):
        unpaid(leaves, "2030-01-04", "2031-01-04")
    more = unpaid(leaves, "2030-01-04", "2031-01-03")
    found = gate(leaves, more, "extension")
    assert found is not None and found.article == "PP 11/2017, Pasal 334 ayat (3)"
    with pytest.raises(ReasonsMissing):
        sign(leaves, more)
    assert leaves.desk.answer("mayor", more, reasons=CONSENT | {"extension": WHY}) is State.SEALED


def test_who_has_no_post_any_more_still_asks_the_head_of_government(leaves: LeaveDesk) -> None:
    """As on unpaid leave: no delegation speaks of him, and what the law keeps with the PPK stays there."""
    person = leaves.desk.people.city.ids["own"]
    basis = opening_basis()
    Appointment.objects.filter(person_id=person).update(superseded_at=AT, superseded_basis=basis)
    uid = unpaid(leaves, "2027-01-04", "2027-12-31")
    leaves.desk.answer("nurul", uid)
    assert leaves.desk.answer("mayor", uid, reasons=CONSENT) is State.SEALED


def test_what_was_not_granted_yet_is_not_extended(leaves: LeaveDesk) -> None:
    unpaid(leaves, "2027-01-04", "2030-01-03")
    with pytest.raises(GatesBlock, match="Lamanya melebihi 36 bulan"):
        unpaid(leaves, "2030-01-04", "2030-06-03")


def test_the_later_half_asked_for_first_is_counted_too(leaves: LeaveDesk) -> None:
    sign(leaves, unpaid(leaves, "2028-01-04", "2031-01-03"))
    with pytest.raises(GatesBlock, match="Lamanya melebihi 36 bulan"):
        unpaid(leaves, "2027-01-04", "2028-01-03")


def test_a_leave_longer_than_any_is_refused_by_its_article_and_a_slip_of_the_year_at_its_field(
    leaves: LeaveDesk,
) -> None:
    with pytest.raises(GatesBlock, match="Lamanya melebihi 36 bulan"):
        unpaid(leaves, "2027-01-04", "2031-01-03")
    with pytest.raises(ContentUnfit, match="Periksa tahunnya"):
        unpaid(leaves, "2027-01-04", "2207-01-03")


@pytest.mark.parametrize("granted", [True, False], ids=["granted", "waiting"])
@pytest.mark.parametrize(("first", "fits"), [("2027-01-18", False), ("2027-01-19", True)])
def test_case_L_10_a_weekend_joins_maternity_leave_and_a_day_of_work_parts_it(
    leaves: LeaveDesk, first: str, fits: bool, granted: bool
) -> None:
    """Two months up to a Friday; then from the Monday, or from the Tuesday after she was back at work."""
    uid = leaves.ask(leave="CM", child=1, first="2026-11-16", last="2027-01-15")
    if granted:
        leaves.decide(uid)
    if fits:
        other = gate(leaves, leaves.ask(leave="CM", child=1, first=first, last="2027-02-26"), "length")
        assert other is not None and other.sentence == "Lamanya tidak melebihi 3 bulan."
        return
    with pytest.raises(GatesBlock, match="bersama: 16 November 2026 sampai 26 Februari 2027"):
        leaves.ask(leave="CM", child=1, first=first, last="2027-02-26")
    assert leaves.ask(leave="CM", child=1, first=first, last="2027-02-15")  # three months in all


def test_long_leave_for_a_birth_is_three_months_however_often_it_is_asked_for(leaves: LeaveDesk) -> None:
    birth = {"leave": "CB", "reason": "kelahiran", "child": 4}
    uid = leaves.ask(first="2026-11-16", last="2027-01-15", **birth)
    leaves.decide(uid)
    with pytest.raises(GatesBlock, match="Lamanya melebihi 3 bulan"):
        leaves.ask(first="2027-01-16", last="2027-03-15", **birth)


def test_sick_leave_of_a_year_is_extended_by_half_a_year_with_the_word_of_the_health_board(
    leaves: LeaveDesk,
) -> None:
    leaves.decide(leaves.ask(leave="S", first="2026-11-11", last="2027-05-10", file=PDF))
    leaves.decide(leaves.ask(leave="S", first="2027-05-11", last="2027-11-10", file=PDF))
    with pytest.raises(GatesBlock, match="Lamanya melebihi 18 bulan: paling lama sampai 10 Mei 2028"):
        leaves.ask(leave="S", first="2027-11-11", last="2028-05-11", file=PDF)
    more = leaves.ask(leave="S", first="2027-11-11", last="2028-05-10", file=PDF)
    found = gate(leaves, more, "extension")
    assert found is not None and "surat keterangan tim penguji kesehatan" in found.sentence
    leaves.decide(more, reasons={"extension": "Surat tim penguji 7/TPK/2027 tanggal 1 November 2027"})
    assert leaves.state(more) == "verified"


def test_a_miscarriage_has_a_length_of_its_own(leaves: LeaveDesk) -> None:
    leaves.decide(leaves.ask(leave="S", first="2026-11-11", last="2026-12-31", file=PDF))
    lost = {"leave": "S", "reason": "gugur_kandungan", "file": PDF}
    with pytest.raises(GatesBlock, match="Lamanya melebihi 1 bulan 15 hari"):
        leaves.ask(first="2027-01-01", last="2027-02-16", **lost)
    uid = leaves.ask(first="2027-01-01", last="2027-02-15", **lost)
    leaves.decide(uid)
    with pytest.raises(GatesBlock, match="Lamanya melebihi 1 bulan 15 hari"):
        leaves.ask(first="2027-02-16", last="2027-02-17", **lost)


def test_what_was_called_back_counts_as_far_as_it_was_taken(leaves: LeaveDesk) -> None:
    uid = leaves.ask(leave="CM", child=1, first="2026-11-16", last="2027-02-15")
    leaves.decide(uid)
    end = leaves.shorten("own", uid, date(2026, 12, 18))
    leaves.desk.answer("chief", end)
    assert leaves.ask(leave="CM", child=1, first="2026-12-21", last="2027-02-15")
