"""A PPPK asks by his own law: three kinds, his contract, a month of sick leave, his first year."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pamong.attendance.services.papers import Upload
from pamong.decisions.errors import GatesBlock
from pamong.decisions.site import site_law
from pamong.decisions.types import Gate
from pamong.leave.models import LeaveEntry
from pamong.leave.queries import get_own_leave
from tests.support.deciding import WHY
from tests.support.leaving import LeaveDesk, excused

PDF = Upload("surat.pdf", b"%PDF-1.4\n%uji\n")
FIVE_YEARS = (date(2024, 3, 1), date(2029, 3, 1))


@pytest.fixture
def pppk(leaves: LeaveDesk, tmp_path: Path, settings: Any) -> LeaveDesk:
    """The nurse of the puskesmas under a contract of five years; nothing is left of 2025."""
    settings.PAMONG_FILES_ROOT = tmp_path
    contract(leaves, *FIVE_YEARS)
    leaves.open("mate", 2025, "0", used=True)
    return leaves


def contract(leaves: LeaveDesk, first: date, end: date) -> None:
    leaves.serve_since("mate", first, "PPPK", end)


def gates(leaves: LeaveDesk, uid: UUID) -> dict[str, Gate]:
    return {view.gate.code: view.gate for view in leaves.desk.story("mate", uid).gates}


@pytest.mark.parametrize("kind", ["CB", "CAP", "CLTN"])
def test_oracle_leave_L_6_kinds_that_a_pppk_does_not_have(pppk: LeaveDesk, kind: str) -> None:
    with pytest.raises(GatesBlock, match="PPPK tidak mempunyai"):
        pppk.ask("mate", leave=kind, first="2026-11-16", reason="agama", file=PDF)


def test_annual_leave_of_a_pppk_cites_his_own_law_and_excuses(pppk: LeaveDesk) -> None:
    uid = pppk.ask("mate", first="2026-11-16", last="2026-11-18")
    found = gates(pppk, uid)
    assert found["kind"].article == "PP 49/2018, Pasal 77"
    assert found["service"].article == "PP 49/2018, Pasal 78 ayat (1)"
    assert found["balance"].article == "PP 49/2018, Pasal 78 ayat (2)"
    pppk.decide(uid)
    assert excused() == [("CT", date(2026, 11, 16), date(2026, 11, 18))]


@pytest.mark.parametrize(
    ("first", "end", "fits"),
    [(*FIVE_YEARS, True), (date(2025, 3, 1), date(2027, 3, 1), False)],
    ids=["five years", "two years"],
)
def test_what_is_left_is_carried_by_a_contract_of_more_than_two_years(
    leaves: LeaveDesk, first: date, end: date, fits: bool
) -> None:
    """Six days are left of 2025; sixteen are asked for."""
    contract(leaves, first, end)
    leaves.open("mate", 2025, "6", used=True)
    asked = {"first": "2026-11-16", "last": "2026-12-07"}
    if fits:
        assert leaves.ask("mate", **asked)
        return
    with pytest.raises(GatesBlock, match="kurang 4 hari"):
        leaves.ask("mate", **asked)


def test_sick_leave_of_a_pppk_is_a_month_however_it_is_cut(pppk: LeaveDesk) -> None:
    uid = pppk.ask("mate", leave="S", first="2026-11-11", last="2026-11-24", file=PDF)
    found = gates(pppk, uid)
    assert found["length"].article == "PP 49/2018, Pasal 83 ayat (4)"
    assert found["document"].threshold == "surat keterangan dokter"
    with pytest.raises(GatesBlock, match="belum dilampirkan"):
        pppk.ask("mate", leave="S", first="2026-11-25", last="2026-11-26")
    pppk.decide(uid, reasons={"sick_year": "Menurut catatan cuti belum ada cuti sakit lain"})
    with pytest.raises(GatesBlock, match="Lamanya melebihi 1 bulan: paling lama sampai 10 Desember 2026"):
        pppk.ask("mate", leave="S", first="2026-11-25", last="2026-12-11", file=PDF)
    more = pppk.ask("mate", leave="S", first="2026-11-25", last="2026-12-10", file=PDF)
    # With what went before it is more than fourteen days.
    assert gates(pppk, more)["document"].threshold == "surat keterangan dokter pemerintah"


def test_annual_leave_before_the_first_year_for_a_legal_reason(leaves: LeaveDesk, tmp_path: Path) -> None:
    contract(leaves, date(2026, 6, 1), date(2031, 6, 1))
    days = {"first": "2026-11-16", "last": "2026-11-23"}
    with pytest.raises(GatesBlock, match="Masa kerja belum 12 bulan"):
        leaves.ask("mate", **days)
    first_wedding = {"reason": "perkawinan_pertama"}
    with pytest.raises(GatesBlock, match="paling banyak 6 hari kerja"):
        leaves.ask("mate", first="2026-11-16", last="2026-11-24", **first_wedding)
    uid = leaves.ask("mate", **days, **first_wedding)
    assert gates(leaves, uid)["advance"].article == "PP 49/2018, Pasal 80 ayat (2)"
    leaves.decide(uid)
    assert LeaveEntry.objects.get(decision=uid).advance
    later = get_own_leave(actor=leaves.desk.actor("mate", date(2027, 6, 1)), rules=site_law())
    assert later.balance is not None and later.balance.left == 6, "it is taken off the first year's days"


def test_nobody_is_on_leave_after_his_contract(leaves: LeaveDesk, tmp_path: Path, settings: Any) -> None:
    settings.PAMONG_FILES_ROOT = tmp_path
    contract(leaves, date(2024, 12, 1), date(2026, 12, 1))
    ill = {"leave": "S", "first": "2026-11-23", "file": PDF}
    with pytest.raises(GatesBlock, match="Perjanjian kerja berakhir sebelum cuti selesai"):
        leaves.ask("mate", last="2026-12-01", **ill)
    assert leaves.ask("mate", last="2026-11-30", **ill)


def test_maternity_leave_of_a_pppk_is_not_called_back(pppk: LeaveDesk) -> None:
    uid = pppk.ask("mate", leave="CM", child=3, first="2026-11-11", last="2027-02-10")
    found = gates(pppk, uid)
    assert found["length"].article == "PP 49/2018, Pasal 88 ayat (2)"
    assert found["child"].article == "PP 49/2018, Pasal 88 ayat (1)"
    pppk.decide(uid)
    with pytest.raises(GatesBlock, match="tidak boleh dipanggil kembali"):
        pppk.shorten("chief", uid, date(2026, 12, 1))
    with pytest.raises(GatesBlock, match="sampai anak ke-3"):
        pppk.ask("mate", leave="CM", child=4, first="2028-11-13", last="2029-01-12")


def test_days_of_his_annual_leave_come_back_when_he_is_called_back(pppk: LeaveDesk) -> None:
    uid = pppk.ask("mate", first="2026-11-16", last="2026-11-20")
    pppk.decide(uid)
    recall = pppk.shorten("chief", uid, date(2026, 11, 17), on=date(2026, 11, 17))
    pppk.desk.answer("above", recall, on=date(2026, 11, 17), reason=WHY)
    found = get_own_leave(actor=pppk.desk.actor("mate", date(2026, 11, 18)), rules=site_law()).balance
    assert found is not None and (found.left, found.free) == (10, 10)
