"""The form of a leave as the order that it is: its words, its number, its code, and what becomes of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from pamong.attendance.services.papers import Upload
from pamong.decisions import models, services
from pamong.decisions.choices import Answer, OrderEndKind, State
from pamong.decisions.errors import GatesBlock
from pamong.decisions.site import site_law
from pamong.interop.exports.orders import order_pdf
from pamong.leave import form as forms
from pamong.leave import queries
from pamong.ledger.sequencer.places import Places
from pamong_verify.cli import main as verify
from tests.support.databases import Cluster
from tests.support.deciding import WHY, desk_of
from tests.support.leaving import LeaveDesk, excused, form, leave_desk
from tests.support.people import AT, TODAY, small_people
from tests.support.printed import code_on, proven, text_of
from tests.support.sealed import publish

PDF = Upload("surat.pdf", b"%PDF-1.4\n%uji\n")


def order_of(decision: UUID) -> models.Order:
    """The order of a decision."""
    return models.Order.objects.get(decision__uid=decision)


def propose(leaves: LeaveDesk, leave: UUID, on: date = TODAY) -> UUID:
    """Propose that the order of a leave is annulled."""
    done = services.propose_annulment(
        actor=leaves.desk.actor("wahyu", on), at=AT, key=uuid4(), order=order_of(leave).uid, reason=WHY
    )
    return done.uid


def free_days(leaves: LeaveDesk) -> Any:
    """What can be asked for of annual leave."""
    found = queries.get_own_leave(actor=leaves.desk.actor("own"), rules=site_law()).balance
    assert found is not None
    return found.free


def test_from_a_request_to_a_document_that_the_program_outside_verifies(
    committed_db: str, postgres: Cluster, places: Places, tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:  # fmt: skip
    with override_settings(PAMONG_PROFILE="contoh"):
        leaves = leave_desk(desk_of(small_people()))
        uid = leaves.ask(leave="S", first="2026-11-11", last="2026-11-12", file=PDF, text="Demam berdarah")
        leaves.decide(uid)
    publish(postgres, committed_db, places)
    pdf = order_pdf(actor=leaves.desk.actor("own"), at=AT, uid=order_of(uid).uid)
    file = tmp_path / "cuti.pdf"
    file.write_bytes(pdf)
    assert verify(["pdf", str(file), "--policy", str(places.policy)]) == 0
    said = capfdbinary.readouterr().out.decode()
    assert "ASLI SAAT TERBIT" in said and "nomor = 1/CUTI/2026" in said
    [text] = code_on(pdf)
    found = proven(places, text)
    told = json.dumps([found.said.public, found.said.opened])
    assert found.said.opened["head"] == {"title": "Permintaan dan pemberian cuti", "name": "Suparman"}
    assert "akit" not in told and "Demam" not in told and "2026-11-12" not in told
    for word in ("Cuti sakit", "Demam berdarah", "2 hari kalender", "Jl. Melati No. 2", "Disetujui"):
        assert word in text_of(pdf)


def test_both_officials_stand_on_the_form_with_their_answers_and_reasons(leaves: LeaveDesk) -> None:
    """Unpaid leave: the superior thinks otherwise and says why, the head of government grants it."""
    uid = leaves.ask(leave="CLTN", first="2027-01-04", last="2027-12-31", reason="orang_tua", file=PDF)
    leaves.desk.answer("chief", uid, Answer.DEFER, reason="sesudah akhir tahun anggaran")
    leaves.desk.answer("mayor", uid, reasons={"consent": "Nomor 12/BKN/2026 tanggal 5 November 2026"})
    said = order_of(uid).content
    assert said["opinion"] == [
        ["Disetujui", False], ["Perubahan", False], ["Ditangguhkan", True], ["Tidak disetujui", False]
    ]  # fmt: skip
    assert said["opinion_reason"] == "sesudah akhir tahun anggaran"
    assert dict(said["opinion_by"])["Nama"] == "Bernadeta Mariana Hurek"
    assert [label for label, ticked in said["decision"] if ticked] == ["Disetujui"]
    assert [label for label, ticked in said["kinds"] if ticked] == ["Cuti di luar tanggungan negara"]
    assert len(said["kinds"]) == 6 and said["to"] == ["Yth. Wali Kota"]


def test_where_the_superior_decides_himself_the_form_names_who_checked_the_record(leaves: LeaveDesk) -> None:
    leaves.open("own", 2025, "4", used=True)
    order = order_of(leaves.grant(first="2026-11-16", last="2026-11-18"))
    said = order.content
    assert said["opinion_by"] == [] and not any(ticked for _label, ticked in said["opinion"])
    assert dict(said["checked_by"])["Nama"] == "Nurul"
    assert dict(said["lasting"])["Selama"] == "3 hari kerja"
    assert dict(said["record"]) == {
        "Cuti tahunan 2026": "sisa 12 hari", "Cuti tahunan 2024": "tidak ada sisa",
        "Cuti tahunan 2025": "sisa 4 hari, 3 hari di antaranya sudah disetujui atau diajukan",
    }  # fmt: skip
    assert (order.register, order.number, order.template) == ("cuti", "1/CUTI/2026", "leave_form")


def test_a_change_stands_on_the_form_with_its_reason_and_its_days(leaves: LeaveDesk) -> None:
    uid = leaves.ask(first="2026-11-16", last="2026-11-20")
    leaves.decide(uid, Answer.CHANGE, reason=WHY, change=form("2026-11-16", "2026-11-17"))
    said = order_of(uid).content
    assert [label for label, ticked in said["decision"] if ticked] == ["Perubahan"]
    assert said["decision_reason"] == WHY and dict(said["lasting"])["Sampai tanggal"] == "17 November 2026"


def test_what_is_refused_has_no_number(leaves: LeaveDesk) -> None:
    refused = leaves.ask(first="2026-11-16")
    leaves.decide(refused, Answer.REFUSE, reason=WHY)
    granted = leaves.grant(first="2026-11-17")
    assert not models.Order.objects.filter(decision__uid=refused).exists()
    assert order_of(granted).number == "1/CUTI/2026"


@pytest.mark.parametrize("said", ["CUTI/{tahun}", "{nomor}/CUTI"])
def test_a_format_that_gives_a_number_twice_is_refused(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms.law, "number_format", lambda _law, _on: said)
    with pytest.raises(forms.NumberUnfit, match="leave_order_number"):
        forms.number(1, TODAY)


def test_an_annulled_leave_gives_its_days_back_and_frees_what_was_excused(leaves: LeaveDesk) -> None:
    leaves.open("own", 2025, "0", used=True)
    before = free_days(leaves)
    uid = leaves.grant(first="2026-11-16", last="2026-11-18")
    assert free_days(leaves) == before - 3
    annulment = propose(leaves, uid)
    assert leaves.desk.answer("chief", annulment) is State.SEALED
    assert (excused(), free_days(leaves)) == ([], before)
    assert models.OrderEnd.objects.get(order=order_of(uid)).how == OrderEndKind.ANNULLED.value
    assert leaves.ask(first="2026-11-16")


def test_days_that_were_taken_are_not_annulled(leaves: LeaveDesk) -> None:
    uid = leaves.grant(first="2026-11-16", last="2026-11-18")
    with pytest.raises(GatesBlock, match="sudah dijalani sejak 16 November 2026"):
        propose(leaves, uid, date(2026, 11, 17))


def test_what_was_shortened_is_not_annulled_and_what_was_cancelled_has_ended(leaves: LeaveDesk) -> None:
    uid = leaves.grant(first="2026-11-16", last="2026-11-18")
    leaves.desk.answer("chief", leaves.shorten("own", uid, date(2026, 11, 16)))
    with pytest.raises(GatesBlock, match="sudah diakhiri lebih awal"):
        propose(leaves, uid)
    assert not models.OrderEnd.objects.exists()
    leaves.desk.answer("chief", leaves.shorten("own", uid))
    assert models.OrderEnd.objects.get(order=order_of(uid)).how == OrderEndKind.ANNULLED.value
    with pytest.raises(GatesBlock, match="sudah dicabut"):
        propose(leaves, uid)


def test_who_took_the_leave_finds_its_paper_on_his_page(leaves: LeaveDesk) -> None:
    uid = leaves.grant(first="2026-11-16", last="2026-11-18")
    [entry] = queries.get_own_leave(actor=leaves.desk.actor("own"), rules=site_law()).entries
    assert (entry.order, entry.number) == (order_of(uid).uid, "1/CUTI/2026")
    leaves.desk.answer("chief", leaves.shorten("own", uid, date(2026, 11, 16)))
    [entry] = queries.get_own_leave(actor=leaves.desk.actor("own"), rules=site_law()).entries
    assert (entry.order, entry.period.end) == (order_of(uid).uid, date(2026, 11, 17))
