"""Rows that may be about somebody known already: they wait, a person decides, the decision is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from pamong.access.errors import NotAllowed
from pamong.kernel.nip import Nip
from pamong.people.choices import BatchKind, Outcome, TwinDecision
from pamong.people.errors import BatchRowNotFound, TwinTaken, WrongTwin
from pamong.people.models import BatchRow
from pamong.people.queries import batches as queries
from pamong.people.services.batches import decide_twin
from tests.interop.imports.support import (
    AT,
    OPERATOR,
    SECOND,
    Office,
    by_hand,
    counts,
    family_file,
    nik,
    nip,
    pppk,
    register_file,
    siasn,
    standing,
)

SINCE = ("lower(period)", "upper(period)")
NEW_NIP = nip("19950214", "202503", "2", 77)
APPOINTED = date(2025, 3, 1)


def as_cpns(**more: str) -> dict[str, str]:
    """The PPPK of ``pppk(1)``, who passed the selection: a new NIP from March 2025."""
    own = {
        "NIP_BARU": NEW_NIP, "STATUS_CPNS_PNS": "CPNS", "TMT_CPNS": "01-03-2025", "TMT_PNS": "",
        "NOMOR_SK_PNS": "", "TANGGAL_SK_PNS": "", "TMT_GOLONGAN": "01-03-2025", "MK_TAHUN": "1",
    }  # fmt: skip
    return siasn(1, **(own | more))


def decide(batch: UUID, decision: TwinDecision, person: UUID | None = None, line: int = 2) -> None:
    decide_twin(actor=OPERATOR, at=AT, uid=batch, line=line, decision=decision, person=person)


def persons() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        return int(cursor.fetchone()[0])


def test_the_same_nik_is_offered_with_the_person_and_masked(office: Office) -> None:
    office.apply(register_file(pppk(1)))
    batch = office.check(register_file(as_cpns(), siasn(2)))
    assert counts(batch) == {"new": 1, "twin": 1}
    (twin,) = queries.list_twins(actor=OPERATOR, at=AT, uid=batch.uid)
    said = dict(twin.said)
    assert (twin.line, twin.why, said["NIP"], said["Tanggal lahir"]) == (
        2,
        "nik",
        Nip.parse(NEW_NIP).masked,
        "14 Februari 1995",
    )
    assert said["NIK"] == "990117******0001"
    assert [person.nip for person in twin.people] == [Nip.parse(pppk(1)["NIP BARU"]).masked]
    assert twin.niks[twin.people[0].uid] == "990117******0001"


def test_nobody_decides_whether_a_row_is_himself(office: Office) -> None:
    office.apply(register_file(pppk(1)))
    uid = office.check(register_file(as_cpns())).uid
    (twin,) = queries.list_twins(actor=OPERATOR, at=AT, uid=uid)
    row = BatchRow.objects.get(batch__uid=uid, outcome="twin")
    own = replace(SECOND, person_id=row.twins[0])
    with pytest.raises(NotAllowed, match="Petugas lain yang memutuskan baris ini"):
        decide_twin(actor=own, at=AT, uid=uid, line=2, decision=TwinDecision.SAME, person=twin.people[0].uid)
    row.refresh_from_db()
    assert row.decision == ""
    decide_twin(actor=SECOND, at=AT, uid=uid, line=2, decision=TwinDecision.SAME, person=twin.people[0].uid)


def test_name_and_birth_date_are_enough_to_ask(office: Office) -> None:
    office.apply(register_file(siasn(1)))
    batch = office.check(register_file(siasn(2, NAMA="DEWI  CONTOH 1")))
    (twin,) = queries.list_twins(actor=OPERATOR, at=AT, uid=batch.uid)
    assert (twin.why, [person.name for person in twin.people]) == ("name", ["Dewi Contoh 1"])


def test_the_same_person_gets_the_new_nip_from_its_day(office: Office) -> None:
    office.apply(register_file(pppk(1)))
    file = register_file(as_cpns(), siasn(2))
    batch = office.check(file)
    (twin,) = queries.list_twins(actor=OPERATOR, at=AT, uid=batch.uid)
    decide(batch.uid, TwinDecision.SAME, twin.people[0].uid)
    batch = office.store(batch.uid)
    assert counts(batch) == {"new": 1, "changed": 1}
    ours = [
        row for row in standing("people_employment", "kind", "nip", *SINCE) if row[1] != siasn(2)["NIP BARU"]
    ]
    assert ours == [
        ("CPNS", NEW_NIP, APPOINTED, None),
        ("PPPK", pppk(1)["NIP BARU"], date(2022, 3, 1), APPOINTED),
    ]
    assert ("III/a", APPOINTED, None) in standing("people_rank", "golongan", *SINCE)
    assert counts(office.apply(file)) == {"same": 2}  # found by the new NIP from now on


def test_somebody_else_is_new_and_never_asked_about_again(office: Office) -> None:
    office.apply(register_file(pppk(1)))
    batch = office.check(register_file(as_cpns()))
    decide(batch.uid, TwinDecision.DIFFERENT)
    batch = office.store(batch.uid)
    assert counts(batch) == {"new": 1}
    assert office.problems(batch.uid) == ["2: nik_taken"]  # a NIK belongs to one person
    assert persons() == 2
    again = office.apply(register_file(as_cpns()))
    assert (counts(again), again.open_twins) == ({"same": 1}, 0)


def test_a_decision_is_kept_for_the_corrected_file(office: Office) -> None:
    office.apply(register_file(pppk(1)))
    batch = office.check(register_file(as_cpns()))
    (twin,) = queries.list_twins(actor=OPERATOR, at=AT, uid=batch.uid)
    decide(batch.uid, TwinDecision.SAME, twin.people[0].uid)
    corrected = office.apply(register_file(as_cpns(ALAMAT="Jl. Lain")))
    assert counts(corrected) == {"changed": 1}
    assert persons() == 1


def test_others_are_stored_first_and_the_decided_row_later_on_the_same_basis(office: Office) -> None:
    office.apply(register_file(pppk(1)))
    batch = office.apply(register_file(as_cpns(), siasn(2)))
    assert counts(batch) == {"new": 1, "twin": 1}
    (twin,) = queries.list_twins(actor=OPERATOR, at=AT, uid=batch.uid)
    decide(batch.uid, TwinDecision.SAME, twin.people[0].uid)
    batch = office.store(batch.uid)
    assert counts(batch) == {"new": 1, "changed": 1}
    assert batch.open_twins == 0
    office.undo(batch.uid)
    assert [row[1] for row in standing("people_employment", "kind", "nip")] == [pppk(1)["NIP BARU"]]


def test_only_offered_people_and_rows_that_wait_can_be_decided(office: Office) -> None:
    office.apply(register_file(pppk(1), siasn(3)))
    batch = office.check(register_file(as_cpns(), siasn(2)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT uid FROM people_person ORDER BY id DESC LIMIT 1")
        stranger: Any = cursor.fetchone()[0]
    for person in (stranger, None):
        with pytest.raises(WrongTwin):
            decide(batch.uid, TwinDecision.SAME, person)
    with pytest.raises(BatchRowNotFound):
        decide(batch.uid, TwinDecision.DIFFERENT, line=3)
    page = queries.list_batch_rows(actor=OPERATOR, at=AT, uid=batch.uid, outcome=Outcome.TWIN)
    assert [(row.line, row.decision) for row in page.rows] == [(2, "")]


OTHER_NIP = nip("19900303", "201903", "2", 5)


def nobody_else(**more: str) -> dict[str, str]:
    """A row of another NIP and another name, with the NIK of ``siasn(1)``."""
    own = {
        "NIP_BARU": OTHER_NIP, "NAMA": "Sari Lain", "TANGGAL_LAHIR": "03-03-1990", "TMT_CPNS": "01-03-2019",
        "TMT_PNS": "01-03-2020", "TMT_GOLONGAN": "01-03-2019", "NIK": nik("19950214", "2", 1),
    }  # fmt: skip
    return siasn(5, **(own | more))


def waiting(batch: UUID) -> Any:
    (twin,) = queries.list_twins(actor=OPERATOR, at=AT, uid=batch)
    return twin


def test_a_row_is_not_decided_to_be_somebody_whom_another_row_is_about(office: Office) -> None:
    office.apply(register_file(siasn(1)))
    batch = office.check(register_file(siasn(1, NIK="", ALAMAT="Jl. Baru"), nobody_else()))
    twin = waiting(batch.uid)
    assert (twin.line, twin.why) == (3, "nik")
    with pytest.raises(TwinTaken, match=r"Baris 2 \(Dewi Contoh 1 .*\) di berkas ini sudah tentang pegawai"):
        decide(batch.uid, TwinDecision.SAME, twin.people[0].uid, line=3)
    decide(batch.uid, TwinDecision.DIFFERENT, line=3)
    assert counts(office.store(batch.uid)) == {"new": 1, "changed": 1}


def test_a_decision_of_another_file_that_makes_two_rows_one_person_is_asked_again(office: Office) -> None:
    office.apply(register_file(siasn(1)))
    alone = office.check(register_file(nobody_else()))
    decide(alone.uid, TwinDecision.SAME, waiting(alone.uid).people[0].uid)
    batch = office.check(register_file(siasn(1, NIK="", ALAMAT="Jl. Baru"), nobody_else(), siasn(2)))
    assert counts(batch) == {"new": 1, "refused": 1, "twin": 1}
    assert office.problems(batch.uid)[::2] == ["2: person_twice", "3: person_twice"]  # and 3: nik_birth
    twin = waiting(batch.uid)
    assert "pegawai yang sama dengan baris 2" in twin.problems[0]
    decide(batch.uid, TwinDecision.DIFFERENT, line=3)
    assert counts(office.store(batch.uid)) == {"new": 2, "changed": 1}


def test_one_decision_made_meanwhile_does_not_keep_the_file_out(office: Office) -> None:
    """Between trying and storing somebody decided about the same NIP in another file."""
    office.apply(register_file(siasn(1)))
    batch = office.check(register_file(siasn(1, NIK="", ALAMAT="Jl. Baru"), nobody_else(), siasn(2)))
    alone = office.check(register_file(nobody_else()))
    decide(alone.uid, TwinDecision.SAME, waiting(alone.uid).people[0].uid)
    batch = office.store(batch.uid)
    assert (counts(batch), batch.open_twins) == ({"new": 1, "refused": 1, "twin": 1}, 1)
    assert waiting(batch.uid).problems
    decide(batch.uid, TwinDecision.DIFFERENT, line=3)
    batch = office.store(batch.uid)
    assert (counts(batch), batch.open_twins) == ({"new": 2, "refused": 1}, 0)
    assert counts(office.apply(register_file(siasn(1, NIK="", ALAMAT="Jl. Baru")))) == {"changed": 1}


def test_a_row_decided_later_is_looked_at_beside_the_whole_file(office: Office) -> None:
    """The row that is already stored is about the same person."""
    office.apply(register_file(siasn(1)))
    batch = office.apply(register_file(siasn(1, NIK="", ALAMAT="Jl. Baru"), nobody_else()))
    assert counts(batch) == {"changed": 1, "twin": 1}
    alone = office.check(register_file(nobody_else()))
    person = waiting(alone.uid).people[0].uid
    with connection.cursor() as cursor:  # as of an older version, which asked nothing
        cursor.execute(
            "UPDATE people_batchrow SET decision = 'same', person_id = (SELECT id FROM people_person "
            "WHERE uid = %s) WHERE outcome = 'twin' AND batch_id = %s",
            [person, batch.id],
        )
    batch = office.store(batch.uid)
    assert (counts(batch), batch.open_twins) == ({"changed": 1, "twin": 1}, 1)
    assert {row[1] for row in standing("people_employment", "kind", "nip")} == {siasn(1)["NIP BARU"]}


def test_old_and_new_nip_of_one_person_in_a_file_are_both_told(office: Office) -> None:
    office.apply(register_file(pppk(1)))
    batch = office.check(register_file(as_cpns()))
    decide(batch.uid, TwinDecision.SAME, waiting(batch.uid).people[0].uid)
    office.store(batch.uid)
    both = office.apply(register_file(pppk(1, NIK="", NAMA="Dewi"), as_cpns(), siasn(2)))
    assert counts(both) == {"new": 1, "refused": 2}
    assert office.problems(both.uid) == ["2: person_twice", "3: person_twice"]


def test_a_decision_about_nobody_who_is_offered_any_more_is_asked_again(office: Office) -> None:
    office.apply(register_file(siasn(1), siasn(2, NIK="")))
    batch = office.check(register_file(nobody_else()))
    decide(batch.uid, TwinDecision.SAME, waiting(batch.uid).people[0].uid)
    by_hand("Dewi Contoh 1", "identity", {"nik": nik("19950214", "2", 1)[:-1] + "9"}, date(1995, 2, 14))
    by_hand("Dewi Contoh 2", "identity", {"nik": nik("19950214", "2", 1)}, date(2026, 11, 8))
    batch = office.store(batch.uid)
    assert (counts(batch), batch.open_twins) == ({"twin": 1}, 1)
    twin = waiting(batch.uid)
    assert [person.name for person in twin.people] == ["Dewi Contoh 2"]
    assert "tidak berlaku lagi" in twin.problems[0]


def test_rows_that_change_one_thing_twice_do_not_keep_the_others_out(office: Office) -> None:
    """What another row (or somebody else) has changed meanwhile is told of its row alone."""
    office.apply(register_file(siasn(1), siasn(2)))
    child = {"NIP PEGAWAI": siasn(1)["NIP BARU"], "NAMA": "Ani", "HUBUNGAN": "anak"}
    other = child | {"NIP PEGAWAI": siasn(2)["NIP BARU"], "NAMA": "Budi"}
    office.apply(family_file(child), kind=BatchKind.FAMILY)
    rows = [child | {"PEKERJAAN": "Pelajar"}, child | {"TANGGAL LAHIR": "22-03-2015"}, other]
    batch = office.apply(family_file(*rows), kind=BatchKind.FAMILY, on=date(2026, 11, 5))
    assert counts(batch) == {"new": 1, "changed": 1, "refused": 1}
    assert office.problems(batch.uid) == ["3: moved_on"]
    assert "Impor berkas ini lagi" in office.messages(batch.uid, "moved_on")[0]
