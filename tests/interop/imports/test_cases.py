"""Cases I-03, I-04, I-05, I-07, E-07 (of a file) and E-11 of the reference, and the bound of queries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pamong.interop.imports import services, storing
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.people.choices import BatchKind, BatchState, Outcome
from pamong.people.errors import EntryRefused
from pamong.people.services import create_person
from tests.interop.imports.support import (
    AT,
    OPERATOR,
    Office,
    counts,
    education_file,
    family_file,
    nik,
    nip,
    office_peta,
    outcomes,
    peta_file,
    register_file,
    seated,
    siasn,
    standing,
)
from tests.support.databases import Cluster

ROWS = 2_000  # four chunks; 10,000 are measured by `make bench`
PERSONS = "SELECT count(*) FROM people_person"


def count(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


@pytest.fixture
def strict(committed: Office, committed_db: str, postgres: Cluster) -> Iterator[psycopg.Connection]:
    """The owner's session, who has put a rule into the database that no check of ours knows."""
    with psycopg.connect(postgres.server.url("owner", committed_db), autocommit=True) as owner:
        owner.execute(
            "ALTER TABLE people_contact ADD CONSTRAINT contact_uji CHECK (phone <> '0812000000007')"
        )
        yield owner


def test_case_I_03_a_row_that_fails_leaves_nothing_and_after_the_fix_it_is_there_once(
    committed: Office, strict: psycopg.Connection
) -> None:
    file = register_file(*(siasn(number) for number in range(1, 31)))
    batch = committed.apply(file)
    assert counts(batch) == {"new": 29, "refused": 1}
    assert outcomes(committed, batch)[8] is Outcome.REFUSED
    assert committed.problems(batch.uid) == ["8: contact_uji"]
    assert len(standing("people_identity", "name")) == count(PERSONS) == 29
    for table in ("employment", "rank", "salarystep", "contact", "education"):
        assert count(f"SELECT count(DISTINCT person_id) FROM people_{table}") == 29  # noqa: S608 - our names
    strict.execute("ALTER TABLE people_contact DROP CONSTRAINT contact_uji")
    again = committed.apply(file)
    assert counts(again) == {"new": 1, "same": 29}
    assert count(PERSONS) == 30


def test_case_I_04_the_same_file_twice_adds_nothing(office: Office) -> None:
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2020, 1, 1))
    nurse = seated("Perawat Terampil", "Fungsional", "PKM-1", "Puskesmas Melati")
    file = register_file(siasn(1, **nurse), siasn(2), siasn(3))
    assert counts(office.apply(file)) == {"new": 3}
    before = count(PERSONS)
    for _ in range(2):
        batch = office.apply(file)
        assert (counts(batch), batch.written) == ({"same": 3}, {})
    assert count(PERSONS) == before


def test_case_I_04_peta_family_and_schooling_twice_add_nothing(office: Office) -> None:
    peta = peta_file(*office_peta())
    first = office.apply(peta, kind=BatchKind.PETA)
    assert first.counts[Outcome.NEW] == 5
    assert counts(office.apply(peta, kind=BatchKind.PETA)) == {"same": 5}
    office.apply(register_file(siasn(1)))
    own = siasn(1)["NIP BARU"]
    family = family_file(
        {"NIP PEGAWAI": own, "NAMA": "Budi Contoh", "HUBUNGAN": "suami", "TANGGAL LAHIR": "24-12-1993",
         "TERTANGGUNG": "ya", "TANGGAL NIKAH": "10-05-2018"},
        {"NIP PEGAWAI": own, "NAMA": "Ani Contoh", "HUBUNGAN": "anak", "JENIS KELAMIN": "P",
         "TANGGAL LAHIR": "01-02-2020", "TERTANGGUNG": "ya"},
    )  # fmt: skip
    assert counts(office.apply(family, kind=BatchKind.FAMILY)) == {"new": 2}
    assert counts(office.apply(family, kind=BatchKind.FAMILY)) == {"same": 2}
    school = education_file(
        {"NIP": own, "TINGKAT": "S2", "PROGRAM STUDI": "Informatika", "SEKOLAH": "Universitas Contoh",
         "TANGGAL LULUS": "20-08-2024"}
    )  # fmt: skip
    assert counts(office.apply(school, kind=BatchKind.EDUCATION)) == {"new": 1}
    assert counts(office.apply(school, kind=BatchKind.EDUCATION)) == {"same": 1}
    assert len(standing("people_relative", "name")) == 2
    assert len(standing("people_education", "level")) == 2


@pytest.mark.parametrize("apart", [True, False])
def test_a_diploma_number_under_another_diploma_of_the_same_person_is_told(
    office: Office, apart: bool
) -> None:
    office.apply(register_file(siasn(1)))
    own = {"NIP": siasn(1)["NIP BARU"], "TINGKAT": "S2", "NOMOR IJAZAH": "UC/1234"}
    one = own | {"PROGRAM STUDI": "Informatika", "SEKOLAH": "Universitas Contoh", "TAHUN LULUS": "2024"}
    other = own | {"PROGRAM STUDI": "Hukum", "SEKOLAH": "Universitas Lain", "NOMOR IJAZAH": "uc/1234"}
    if apart:
        assert office.problems(office.apply(education_file(one), kind=BatchKind.EDUCATION).uid) == []
    batch = office.apply(education_file(other) if apart else education_file(one, other), BatchKind.EDUCATION)
    assert counts(batch) == {"new": 1 if apart else 2}
    assert office.problems(batch.uid) == [f"{2 if apart else 3}: diploma_again"]
    (told,) = office.messages(batch.uid, "diploma_again")
    assert told == "nomor ijazah ini sudah tercatat pada pendidikan lain pegawai ini. Periksa"
    again = office.apply(education_file(one, other), kind=BatchKind.EDUCATION)
    assert (counts(again), office.problems(again.uid)) == ({"same": 2}, [])


def test_a_file_that_is_no_table_counts_as_not_tried(office: Office) -> None:
    batch = office.check(b"MZ\x90\x00\x03\x00\xff\xff")
    assert batch.state is BatchState.FAILED
    assert batch.failure


def test_case_I_05_same_nik_other_nip_waits_for_a_decision(office: Office) -> None:
    office.apply(register_file(siasn(1)))
    other = nip("19950214", "202503", "2", 77)
    batch = office.apply(register_file(siasn(1, NIP_BARU=other)))
    assert counts(batch) == {"twin": 1}
    assert batch.open_twins == 1
    assert [row[0] for row in standing("people_employment", "nip")] == [siasn(1)["NIP BARU"]] * 2


def test_case_I_05_same_nip_twice_is_refused_by_the_database(office: Office) -> None:
    office.apply(register_file(siasn(1)))
    identity = {"name": "Lain", "birth_date": "1995-02-14", "sex": "P"}
    employment = {"kind": "PNS", "nip": siasn(1)["NIP BARU"], "standing": "Aktif"}
    with transaction.atomic():
        basis = ledger.seal(actor=OPERATOR, kind=SealKind.OPENING, ref=uuid4())
        with pytest.raises(EntryRefused, match="sudah dipakai"):
            create_person(
                actor=OPERATOR, at=AT, basis=basis, identity=identity, employment=employment,
                on=date(2020, 1, 1),
            )  # fmt: skip
    copied = (
        "INSERT INTO people_employment (uid, period, act, basis_id, person_id, kind, nip, standing, "
        "end_reason, order_no) SELECT gen_random_uuid(), period, act, basis_id, %s, kind, nip, standing, "
        "end_reason, order_no FROM people_employment LIMIT 1"
    )
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_person (uid) VALUES (gen_random_uuid()) RETURNING id")
        stranger = cursor.fetchone()[0]
        with pytest.raises(IntegrityError, match="employment_nip_once"), transaction.atomic():
            cursor.execute(copied, [stranger])


@pytest.mark.parametrize("what", ["nip", "nik", "name"])
def test_case_I_05_two_rows_for_one_person_are_both_told_and_neither_is_believed(
    office: Office, what: str
) -> None:
    second = {
        "nip": siasn(2, NIP_BARU=siasn(1)["NIP BARU"]),
        "nik": siasn(2, NIK=siasn(1)["NIK"]),
        "name": siasn(2, NAMA="DEWI  CONTOH 1", NIK=""),
    }[what]
    batch = office.apply(register_file(siasn(1), second, siasn(3)))
    assert counts(batch) == {"new": 1, "refused": 2}
    told = {problem.split(":")[0] for problem in office.problems(batch.uid)}
    assert {"2", "3"} <= told
    assert [row[0] for row in standing("people_identity", "name")] == ["Dewi Contoh 3"]


def test_two_namesakes_with_a_nik_of_their_own_are_two_people(office: Office) -> None:
    batch = office.apply(register_file(siasn(1), siasn(2, NAMA="Dewi Contoh 1")))
    assert counts(batch) == {"new": 2}


class Broken(Exception):
    """The work stops in the middle."""


def test_case_I_07_an_import_that_stops_in_the_middle_and_runs_again_has_each_once(
    committed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "CHUNK", 100)
    batch = committed.check(register_file(*(siasn(number) for number in range(1, 401))))

    def stop(what: str, done: int, total: int) -> None:
        if what == "Menyimpan" and done >= 200:
            raise Broken

    with pytest.raises(Broken):
        services.apply_batch(actor=OPERATOR, at=AT, uid=batch.uid, progress=stop)
    assert count(PERSONS) == 0
    assert counts(committed.store(batch.uid)) == {"new": 400}
    assert count(PERSONS) == len(standing("people_identity", "name")) == 400


def test_case_E_07_a_circle_in_a_file_is_told_by_its_rows_and_the_others_go_in(office: Office) -> None:
    rows = office_peta()
    rows[1] |= {"ATASAN": "DINKES"}  # the head of the office reports to the head of the office
    rows += [
        {"KODE UNIT": "A", "NAMA UNIT": "Bidang A", "KODE UNIT INDUK": "B", "JENIS UNIT": "bidang"},
        {"KODE UNIT": "B", "NAMA UNIT": "Bidang B", "KODE UNIT INDUK": "A", "JENIS UNIT": "bidang"},
    ]
    batch = office.apply(peta_file(*rows), kind=BatchKind.PETA)
    assert counts(batch) == {"new": 4, "refused": 3}
    assert office.problems(batch.uid) == ["3: superior_circle", "7: parent_circle", "8: parent_circle"]
    assert [row[0] for row in standing("organisation_unitrow", "name")] == [
        "Dinas Kesehatan", "Pemerintah Kota Contoh", "Puskesmas Melati"
    ]  # fmt: skip


def test_case_E_07_a_circle_with_what_stands_already_is_told_by_its_row(office: Office) -> None:
    """The file alone has no circle: only together with what stands it would become one."""
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2020, 1, 1))
    moved = {"KODE UNIT": "DINKES", "NAMA UNIT": "Dinas Kesehatan", "KODE UNIT INDUK": "PKM-1",
             "JENIS UNIT": "perangkat daerah"}  # fmt: skip
    other = {"KODE UNIT": "C", "NAMA UNIT": "Bidang C", "KODE UNIT INDUK": "KOTA", "JENIS UNIT": "bidang"}
    batch = office.apply(peta_file(moved, other), kind=BatchKind.PETA)
    assert counts(batch) == {"new": 1, "refused": 1}
    assert office.problems(batch.uid) == ["2: unit_circle"]


def test_case_E_11_everything_that_is_wrong_with_a_row_is_told_at_once(office: Office) -> None:
    wrong = siasn(
        1,
        NIP_BARU="19950214202001",
        TANGGAL_LAHIR="31-02-1995",
        TMT_GOLONGAN="2026-13-01",
        GOL_AKHIR_NAMA="V/z",
    )
    batch = office.apply(register_file(wrong, siasn(2)))
    assert counts(batch) == {"new": 1, "refused": 1}
    told = [problem for problem in office.problems(batch.uid) if problem.startswith("2:")]
    assert len(told) >= 4
    assert [row[0] for row in standing("people_identity", "name")] == ["Dewi Contoh 2"]


def test_case_E_11_what_contradicts_the_record_is_told_all_at_once(office: Office) -> None:
    """Rank and masa kerja before service: the checks of every other way into the record, both told."""
    odd = siasn(1, TMT_GOLONGAN="01-03-2019", GOL_AKHIR_NAMA="III/b")
    batch = office.apply(register_file(odd))
    assert counts(batch) == {"refused": 1}
    assert office.problems(batch.uid) == [
        "2: since_start", "2: tmt_outside_service", "2: tmt_outside_service"
    ]  # fmt: skip
    assert standing("people_identity", "name") == []


def test_queries_grow_with_chunks_not_with_rows(office: Office) -> None:
    """Asserted in queries, not in seconds: a few for each chunk of 500 and each table."""
    born = [f"{year}{month:02d}{day:02d}" for year in range(1970, 1999) for month in (1, 5, 9)
            for day in range(1, 29)]  # fmt: skip

    def row(number: int) -> dict[str, str]:
        day = born[number % len(born)]
        start = f"{int(day[:4]) + 25}01"
        return siasn(
            number, NIP_BARU=nip(day, start, "2", 1 + number // len(born)),
            NIK=nik(day, "2", 1 + number // len(born)), TANGGAL_LAHIR=f"{day[6:]}-{day[4:6]}-{day[:4]}",
            TMT_CPNS=f"01-01-{start[:4]}", TMT_PNS=f"01-01-{int(start[:4]) + 1}",
            TMT_GOLONGAN=f"01-01-{start[:4]}", TAHUN_LULUS=str(int(day[:4]) + 23),
        )  # fmt: skip

    file = register_file(*(row(number) for number in range(ROWS)))
    with CaptureQueriesContext(connection) as checking:
        batch = office.check(file)
    assert counts(batch) == {"new": ROWS}
    with CaptureQueriesContext(connection) as storing_it:
        office.store(batch.uid)
    with CaptureQueriesContext(connection) as again:
        assert counts(office.apply(file)) == {"same": ROWS}
    assert len(checking) <= 60
    assert len(storing_it) <= 60 + ROWS // storing.CHUNK * 20
    assert len(again) <= 120


def test_a_file_whose_order_of_dates_is_unclear_counts_no_rows(office: Office) -> None:
    """Some of its rows are wrong in other ways too: they are not all that the file has."""
    child = {"NIP PEGAWAI": siasn(1)["NIP BARU"], "NAMA": "Ani", "HUBUNGAN": "anak"}
    rows = [child | {"TANGGAL LAHIR": day} for day in ("01-02-2020", "03-02-2021", "05-06-2022")]
    rows[1]["HUBUNGAN"] = "tetangga"
    batch = office.check(family_file(*rows), kind=BatchKind.FAMILY)
    assert len(office.problems(batch.uid)) > 1
    assert office.messages(batch.uid, "ambiguous_dates")
    assert (batch.rows, counts(batch)) == (0, {})
