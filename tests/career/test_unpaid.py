"""Unpaid leave is no service: the raise falls due so much later (PP 11/2017 Pasal 337 ayat (2))."""

from __future__ import annotations

from datetime import date

from pamong.attendance.services.papers import Upload
from pamong.career import queries
from pamong.career.models import KgbDue
from pamong.decisions.site import site_law
from pamong.law.kgb import Code
from tests.support.leaving import leave_desk
from tests.support.people import AT
from tests.support.raising import JANUARY, RaiseDesk

JULY = date(2027, 7, 1)


def test_months_of_unpaid_leave_are_no_service_for_a_raise(raises: RaiseDesk) -> None:
    """A raise of January 2027; unpaid leave from December 2026 to May 2027."""
    raises.prepare(JANUARY)
    person = raises.desk.people.city.ids["own"]
    standing = KgbDue.objects.filter(person_id=person, superseded_at=None)
    assert standing.get().effective_on == JANUARY
    leaves = leave_desk(raises.desk)
    uid = leaves.ask(
        leave="CLTN", first="2026-12-01", last="2027-05-31", file=Upload("surat.pdf", b"%PDF-1.4\n%uji\n")
    )
    raises.desk.answer("chief", uid)
    raises.desk.answer("mayor", uid, reasons={"consent": "Nomor 12/BKN/2026 tanggal 5 November 2026"})
    raises.prepare(JANUARY)
    assert not standing.exists()
    raises.prepare(JULY)
    row = standing.get()
    assert (row.due_on, row.effective_on, row.new_years, row.new_months) == (JULY, JULY, 6, 0)
    actor, uid = raises.desk.actor("own"), raises.desk.people.city.persons["own"]
    found = queries.work_out_one(actor=actor, at=AT, person=uid, on=JULY, law=site_law())
    said = next(each.sentence for each in found.conditions if each.code is Code.SERVICE)
    assert "6 bulan di luar tanggungan negara tidak dihitung sebagai masa kerja" in said
    assert "PP 11/2017, Pasal 337 ayat (2)" in said
