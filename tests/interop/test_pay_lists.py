"""Files of a list for treasury and bank from layouts that are data, its documents, and the SP2D list read."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from pamong.access import clock
from pamong.documents import store
from pamong.documents.rendering import texts_of
from pamong.interop.exports import pay_lists
from pamong.interop.layouts import LayoutBroken, layout_of, read_layout
from pamong.interop.sp2d import read_sp2d
from pamong.interop.tables import read_table
from pamong.kernel.errors import InvalidValue
from pamong.pay import path
from pamong.pay.choices import OutFile
from tests.pay.conftest import office as office  # noqa: PLC0414 - the fixture
from tests.pay.support import Office, Someone
from tests.support.lists import Government, build
from tests.support.month import MORNING

A = "Dinas A"
WHO = [Someone(1), Someone(2, name="=Zubaidah, S.E."), Someone(3, opd="Dinas B")]
OWN = """
name: "pay-{reference}.txt"
format: csv
delimiter: "|"
total: net
columns:
  - {heading: No, value: number}
  - {heading: REK, value: account}
  - {heading: RP, value: net}
"""


@pytest.fixture
def town(office: Office, db: None) -> Government:
    """One list that is checked."""
    made = build(office, WHO)
    made.compute(WHO)
    made.open()
    made.step(A, "enter", "sign", "check")
    return made


def handed(town: Government, kind: OutFile) -> tuple[path.FileOut, bytes]:
    """A file as the treasurer makes it, with its bytes from the store."""
    who = {"actor": town.as_("treasurer"), "at": MORNING}
    uid: UUID = pay_lists.make_file(**who, uid=town.row(A).uid, kind=kind)
    again: UUID = pay_lists.make_file(**who, uid=town.row(A).uid, kind=kind)
    assert again == uid
    (row,) = (file for file in town.view(A, by="treasurer").files if file.kind is kind)
    name, sha256 = path.file_of(**who, uid=uid)
    assert (name, sha256) == (row.name, row.sha256)
    return row, store.read(sha256)


def test_case_P_21_the_bank_file_adds_up_to_the_list_and_keeps_every_digit(town: Government) -> None:
    row, data = handed(town, OutFile.BANK)
    lines = list(csv.DictReader(io.StringIO(data.decode()), delimiter=";"))
    assert sum(int(line["Nominal"]) for line in lines) == row.total == town.row(A).net
    assert [line["No"] for line in lines] == ["1", "2"]
    assert (lines[1]["NIP"], lines[1]["No Rekening"]) == (f"'{WHO[0].nip}", "'0010000001")
    assert lines[0]["Nama"] == "'=Zubaidah, S.E."  # no program takes it for a formula
    assert lines[0]["Keterangan"] == "TPP Oktober 2026"
    assert (row.people, row.name) == (2, "bank-TPP-202610-I1-DINAS_A.csv")


def test_the_treasury_file_carries_the_key_and_can_be_read_back(town: Government) -> None:
    row, data = handed(town, OutFile.TREASURY)
    table = read_table(data, row.name, lambda heading: heading)
    assert set(table.columns["KUNCI DAFTAR"]) == {"TPP-202610-I1-DINAS_A"}
    assert sum(map(int, table.columns["NILAI BRUTO"])) == row.total == town.row(A).gross


def test_a_site_brings_its_own_layout(town: Government, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(OWN)
    settings.PAMONG_LAYOUTS = str(tmp_path)
    row, data = handed(town, OutFile.BANK)
    assert row.name == "pay-TPP-202610-I1-DINAS_A.txt"
    assert data.decode().splitlines()[0] == "No|REK|RP"
    assert data.decode().splitlines()[2].startswith("2|0010000001|")
    assert layout_of(OutFile.TREASURY).format == "xlsx"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x\nformat: pdf\ntotal: net\ncolumns: [{heading: A, value: nip}]", "csv atau xlsx"),
        ("name: x\nformat: csv\ntotal: net\ncolumns: [{heading: A, value: gaji}]", "gaji tidak dikenal"),
        ("name: x\nformat: csv\ntotal: nip\ncolumns: [{heading: A, value: nip}]", "gross, tax"),
        ("name: x", "belum lengkap"),
        ("a: [", "bukan YAML"),
    ],
)
def test_a_layout_that_can_not_be_used_says_why(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    file.write_text(text)
    with pytest.raises(LayoutBroken, match=said):
        read_layout(file)


def test_recapitulation_and_sptjm_name_the_amounts_and_who_signed(town: Government) -> None:
    view = town.view(A)
    data = pay_lists._common(view, "Rekapitulasi", clock.day_of)
    assert data["signer"] == "Head Dinas A"
    assert data["words"].endswith("rupiah")
    for document in (pay_lists.recap_pdf, pay_lists.sptjm_pdf):
        assert document(view, at=MORNING, day_of=clock.day_of).startswith(b"%PDF")
    assert texts_of("sptjm", data, "nothing") == []


def test_a_list_of_sp2d_is_read_by_its_headings() -> None:
    data = b"NO;NOMOR SPM;NOMOR SP2D;TANGGAL SP2D;NILAI SP2D\n1;SPM/1;0012/LS;05-11-2026;1.234.567\n;;;;\n"
    assert read_sp2d(data, "sp2d.csv") == (path.Told(2, "SPM/1", "0012/LS", date(2026, 11, 5), 1_234_567),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"NOMOR SPM;NILAI\nSPM/1;5\n", "kolom NOMOR SP2D, TANGGAL SP2D tidak ada"),
        (b"NOMOR SPM;NOMOR SP2D;TANGGAL SP2D;NILAI\nSPM/1;1;30-02-2026;5\n", "baris 2: 30-02-2026 tidak ada"),
        (b"NOMOR SPM;NOMOR SP2D;TANGGAL SP2D;NILAI\n;1;05-11-2026;5\n", "baris 2: nomor SPM"),
        (b"%PDF-1.7", "bukan tabel"),
    ],
)
def test_a_list_of_sp2d_that_can_not_be_read_says_where(data: bytes, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        read_sp2d(data, "sp2d.csv")
