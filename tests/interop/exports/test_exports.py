"""What comes out of a run equals its slips, to the rupiah, in every format."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
import pytest
import yaml
from django.db import connection
from pytest_django.fixtures import Settings
from python_calamine import CalamineWorkbook

from pamong.access.errors import NotAllowed
from pamong.documents.rendering import texts_of
from pamong.documents.terbilang import terbilang_rupiah
from pamong.interop.exports import flat, pages, sheets
from pamong.interop.exports.folder import write_run
from pamong.interop.exports.totals import ExportDiffers, Totals, control_totals, totals_json, totals_text
from pamong.interop.exports.wide import Wide, widen
from pamong.kernel.actor import Actor
from pamong.kernel.canonical import sha256_hex
from pamong.kernel.money import Rupiah
from pamong.pay import columns, queries
from pamong.pay.choices import Mode
from pamong.pay.errors import RunNotFound
from pamong.pay.models import Slip, SlipLine
from tests.pay.support import FRIDAYS, Done, Office, Someone, files_of

pytestmark = pytest.mark.django_db
SHORT_FLOATS_LOSE = [20_000_001, 24_500_333, 16_777_217, 61_234_567]
PAGE = re.compile(rb"/Type\s*/Page\b")
AMOUNTS = ("ceiling", "earned", "gross", "tax", "health", "net")
MIXED = [
    Someone(1, lhkpn_late=True, golongan="IV/a"),
    Someone(2, opd="Dinas B", unit="Bidang B", days={5: ("08:10", "15:10"), 6: None}),
    Someone(3, fixed_income=None),
    Someone(4, group="BLUD"),
    Someone(5, standing="CLTN"),
    Someone(6, name='=HYPERLINK("http://x")', opd="Dinas B", unit="@SUM(A1)"),
    Someone(7, in_monthly=False),
]


@pytest.fixture
def office(operator: Actor, at: datetime, tmp_path: Path, settings: Settings) -> Office:
    """Computes months, with a file store of its own."""
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    return Office(operator, at)


def amounts_by_class(folder: Path, amounts: list[int]) -> str:
    """A site's folder in which class 1, 2, ... has these amounts."""
    path = folder / "pay" / "tpp_class_amount.yaml"
    path.parent.mkdir(parents=True)
    dated = {
        "from": date(2022, 8, 1),
        "value": dict(enumerate(amounts, start=1)),
        "citation": {"regulation": "contoh-peragaan"},
        "grade": "E",
    }
    table = {"title": "Tabel uji", "unit": "rupiah", "kind": "table", "by": ["job_class"], "values": [dated]}
    path.write_text(yaml.safe_dump(table))
    return str(folder)


def exported(done: Done) -> tuple[Wide, Totals, queries.RunRow]:
    """A run as the exports see it."""
    wide = widen(done.slips(), done.lines())
    files = queries.list_files(actor=done.office.actor, uid=done.uid)
    return wide, control_totals(wide, done.lines(), done.row, files), done.row


def sheet(data: bytes, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet under its headings."""
    heads, *rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()
    return [dict(zip(heads, row, strict=True)) for row in rows]


def spread_out(done: Done) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The slips as the database has them, and the rows of the XLSX, both by number."""
    wide, totals, run = exported(done)
    book = sheets.slips_xlsx(wide, columns.read_problems(None, run.uid, actor=done.office.actor), totals, run)
    stored = list(Slip.objects.filter(run__uid=run.uid).order_by("number").values())
    return stored, sheet(book, "Rincian")


# --- Bulk reads ---


def test_bulk_reads_equal_the_tables(office: Office) -> None:
    done = office.run(files_of(MIXED))
    slips, lines = done.slips(), done.lines()
    assert slips.schema == pl.Schema(columns.SLIPS)
    stored = list(Slip.objects.filter(run__uid=done.uid).order_by("number").values(*columns.SLIPS))
    assert slips.rows(named=True) == [row | {"uid": str(row["uid"])} for row in stored]
    kept = SlipLine.objects.filter(slip__run__uid=done.uid).order_by("slip__number", "number")
    found = lines.select("slip", "number", "kind", "code", "method", "amount").rows()
    assert found == list(kept.values_list("slip__number", "number", "kind", "code", "method", "amount"))
    assert set(lines["title"]) >= {"Bagian disiplin kerja", "PPh 21 atas TPP"}


def test_empty_and_missing_are_told_apart(office: Office) -> None:
    slips = office.run(files_of(MIXED)).slips()
    assert slips["reason"].null_count() == 0
    assert slips.filter(pl.col("state") == "held")["net"].null_count() == 2


def test_an_export_is_one_row_of_the_read_log(office: Office) -> None:
    done = office.run(files_of(MIXED))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_read_log")
        before = cursor.fetchone()[0]
        done.slips()
        done.lines()
        cursor.execute("SELECT path, subject_ids FROM access_read_log ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM access_read_log")
        assert cursor.fetchone()[0] == before + 1
    assert row == ("pay:export", [done.uid])


def test_who_may_not_export_gets_nothing(office: Office, at: datetime) -> None:
    done = office.run(files_of(MIXED[:1]))
    nobody = Actor(None, None, "Tamu", (), date(2026, 11, 10))
    for read in (
        lambda: columns.read_slips(None, done.uid, actor=nobody, at=at),
        lambda: columns.read_lines(None, done.uid, actor=nobody),
        lambda: columns.read_problems(None, done.uid, actor=nobody),
    ):
        with pytest.raises(NotAllowed):
            read()


def test_a_run_that_is_not_there(office: Office, at: datetime) -> None:
    with pytest.raises(RunNotFound):
        columns.read_slips(None, UUID(int=1), actor=office.actor, at=at)


# --- Files ---


def test_case_P_13_every_file_keeps_the_rupiah(office: Office, tmp_path: Path) -> None:
    overlay = amounts_by_class(tmp_path / "situs", SHORT_FLOATS_LOSE)
    people = [
        Someone(n, job_class=n, days=FRIDAYS, fixed_income=12_000_000, golongan="II/a") for n in range(1, 5)
    ]
    done = office.run(files_of(people), profile="samarinda", overlay=overlay)
    wide, totals, run = exported(done)
    assert sorted(wide.frame["net"]) == sorted(SHORT_FLOATS_LOSE)
    stored, rows = spread_out(done)
    assert [row["Diterima"] for row in rows] == [slip["net"] for slip in stored]
    parquet = pl.read_parquet(flat.slips_parquet(wide))
    assert parquet.equals(wide.frame)
    assert not [name for name, kind in parquet.schema.items() if kind.is_float()]
    assert {parquet.schema[column.name] for column in wide.money} == {pl.Int64}
    csv = pl.read_csv(flat.slips_csv(wide), separator=";", infer_schema=False)
    assert [int(net) for net in csv["Diterima"]] == [slip["net"] for slip in stored]
    assert json.loads(totals_json(totals, run, {}))["sums"][-1] == {
        "name": "Diterima",
        "Rupiah": sum(SHORT_FLOATS_LOSE),
    }


def test_an_amount_too_large_for_a_cell_stays_exact_as_text(office: Office, tmp_path: Path) -> None:
    amount = 2**53 + 1
    overlay = amounts_by_class(tmp_path / "situs", [amount])
    someone = Someone(1, job_class=1, days=FRIDAYS, fixed_income=12_000_000, golongan="II/a")
    _, rows = spread_out(office.run(files_of([someone]), profile="samarinda", overlay=overlay))
    assert rows[0]["Diterima"] == str(amount)


def test_the_workbook_says_what_the_slips_say(office: Office) -> None:
    done = office.run(files_of(MIXED))
    stored, rows = spread_out(done)
    titles = ("TPP maksimal", "Jumlah yang diperoleh", "TPP sebelum pajak", "PPh 21")
    titles += ("Iuran jaminan kesehatan", "Diterima")
    for slip, row in zip(stored, rows, strict=True):
        assert (row["NIP"], row["Nama"], row["Keterangan"]) == (slip["nip"], slip["name"], slip["reason"])
        for name, title in zip(AMOUNTS, titles, strict=True):
            assert row[title] == ("" if slip[name] is None else slip[name])
    cut = next(row for row in rows if row["NIP"] == MIXED[0].nip)
    lines = {line["code"]: line["amount"] for line in done.lines().rows(named=True) if line["kind"] == "cut"}
    assert cut["Potongan LHKPN terlambat"] == lines["lhkpn_cut_amount"] > 0


def test_texts_are_never_formulas(office: Office) -> None:
    done = office.run(files_of(MIXED))
    wide, totals, run = exported(done)
    problems = columns.read_problems(None, run.uid, actor=office.actor)
    book = sheets.slips_xlsx(wide, problems, totals, run)
    (odd,) = [row for row in sheet(book, "Rincian") if "HYPERLINK" in row["Nama"]]
    assert odd["Nama"].startswith("=HYPERLINK")
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        inside = b"".join(packed.read(name) for name in packed.namelist() if "sheet" in name)
    assert b"<f>" not in inside
    assert b"hyperlink" not in inside.lower().replace(b"=hyperlink(", b"")
    cells = flat.slips_csv(wide).decode("utf-8-sig")
    assert "\"'=HYPERLINK" in cells
    assert ";'@SUM(A1);" in cells


def test_the_same_run_gives_the_same_bytes(office: Office) -> None:
    done = office.run(files_of(MIXED))
    wide, totals, run = exported(done)
    problems = columns.read_problems(None, run.uid, actor=office.actor)
    makers = (
        lambda: sheets.slips_xlsx(wide, problems, totals, run),
        lambda: sheets.problems_xlsx(problems, run),
        lambda: flat.slips_parquet(wide),
        lambda: b"".join(pdf for _, pdf in pages.slip_pdfs(wide, done.lines(), run)),
        lambda: b"".join(pdf for _, pdf in pages.recap_pdfs(wide, run)),
    )
    for make in makers:
        assert make() == make()


def test_a_run_of_nobody_entitled_has_files_too(office: Office, tmp_path: Path, at: datetime) -> None:
    done = office.run(files_of([Someone(1, group="BLUD")]))
    written = write_run(actor=office.actor, at=at, uid=done.uid, folder=tmp_path / "hasil")
    assert set(written.files) >= {"slips.xlsx", "slips.pdf", "recap.pdf", "slips.parquet"}


# --- Control totals ---


def test_totals_count_and_add_up(office: Office) -> None:
    done = office.run(files_of(MIXED))
    _, totals, run = exported(done)
    assert dict(totals.block("people").rows) == {
        "Semua pegawai": 7,
        "Dihitung": 3,
        "Belum dapat dihitung": 2,
        "Dibayar melalui jalur lain": 1,
        "Tidak menerima TPP": 1,
    }
    sums = dict(totals.block("sums").rows)
    assert sums["Diterima"] == run.net == sum(row[-1] for row in totals.block("opd").rows)
    assert sums["Diterima"] == sum(row[-1] for row in totals.block("golongan").rows)
    assert {row[0]: row[1] for row in totals.block("opd").rows} == {"Dinas A": 5, "Dinas B": 2}
    assert sum(count for _, count in totals.block("reasons").rows) == 4
    said = totals_text(totals, run, {"slips.xlsx": "abc"})
    for part in (run.fingerprint, run.slips_hash, "pegawai.csv", str(Rupiah(run.net)), "slips.xlsx"):
        assert part in said
    hashes = {
        row["name"].partition(": ")[2]: row["SHA-256"]
        for row in json.loads(totals_json(totals, run, {}))["inputs"]
    }
    assert hashes["isian.csv"] == sha256_hex(files_of(MIXED).monthly[0][1])


@pytest.mark.parametrize("name", [*AMOUNTS, "people"])
def test_totals_refuse_what_does_not_add_up(office: Office, name: str) -> None:
    done = office.run(files_of(MIXED))
    wide, _, run = exported(done)
    other = replace(run, **{name: getattr(run, name) + 1})
    with pytest.raises(ExportDiffers, match="Jumlah kontrol"):
        control_totals(wide, done.lines(), other, ())


def test_totals_refuse_lines_that_do_not_belong_to_the_slips(office: Office) -> None:
    done = office.run(files_of(MIXED))
    wide, _, run = exported(done)
    with pytest.raises(ExportDiffers, match="baris"):
        control_totals(wide, done.lines().with_columns(amount=pl.col("amount") + 1), run, ())


# --- Pages ---


def test_each_page_says_the_net_in_figures_and_words(office: Office) -> None:
    done = office.run(files_of(MIXED))
    wide, _, run = exported(done)
    said = texts_of("slip", pages.slip_data(wide, done.lines(), run), "said")
    assert len(said) == run.people
    for text, slip in zip(said, done.slips().rows(named=True), strict=True):
        assert slip["nip"] in text
        if slip["net"] is None:
            assert slip["reason"] in text
        else:
            assert str(Rupiah(slip["net"])) in text
            assert terbilang_rupiah(slip["net"]) in text


def test_the_rows_of_a_page_lead_from_the_ceiling_to_the_net(office: Office) -> None:
    done = office.run(files_of(MIXED))
    wide, _, run = exported(done)
    for person in pages.slip_data(wide, done.lines(), run)["people"]:
        if not person["rows"]:
            continue
        amounts = [int(row["amount"].replace(".", "").replace("−", "-")) for row in person["rows"]]
        strong = [amount for amount, row in zip(amounts, person["rows"], strict=True) if row["strong"]]
        steps = [amount for amount, row in zip(amounts, person["rows"], strict=True) if not row["strong"]]
        assert sum(steps) == strong[-1] == int(person["net"].replace("Rp", "").replace(".", ""))
        assert all(0 <= row["from"] <= row["to"] <= 1_004 for row in person["rows"])


@pytest.mark.parametrize(
    ("mode", "mark"), [(Mode.DEMO, "contoh"), (Mode.SHADOW, "pembanding"), (Mode.REAL, "")]
)
def test_what_pays_nobody_is_marked(office: Office, mode: Mode, mark: str) -> None:
    done = office.run(files_of(MIXED[:1]))
    wide, _, run = exported(done)
    data = pages.slip_data(wide, done.lines(), replace(run, mode=mode))
    assert (data["mark"], bool(data["note"])) == (mark, bool(mark))


def test_a_large_run_has_files_by_office(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ONE_FILE", 3)
    people = [*MIXED, Someone(8, opd="Dinas-A"), Someone(9, opd="")]
    done = office.run(files_of(people))
    wide, _, run = exported(done)
    slips = list(pages.slip_pdfs(wide, done.lines(), run))
    # Five of Dinas A in two files, and another office whose name gives the same file name.
    assert {name: len(PAGE.findall(pdf)) for name, pdf in slips} == {
        "slips/tanpa-perangkat-daerah.pdf": 1,
        "slips/dinas-a.pdf": 3,
        "slips/dinas-a-2.pdf": 2,
        "slips/dinas-b.pdf": 2,
        "slips/dinas-a-3.pdf": 1,
    }
    assert slips == list(pages.slip_pdfs(wide, done.lines(), run))
    assert {name for name, _ in pages.recap_pdfs(wide, run)} == {
        "recap.pdf",
        "recap/tanpa-perangkat-daerah.pdf",
        "recap/dinas-a.pdf",
        "recap/dinas-b.pdf",
        "recap/dinas-a-2.pdf",
    }


def test_the_list_of_an_office_adds_up(office: Office) -> None:
    done = office.run(files_of(MIXED))
    wide, _, run = exported(done)
    data = pages.recap_data(wide, run)
    for row, office_part in zip(data["summary"]["rows"], data["offices"], strict=True):
        assert row[0] == office_part["name"]
        assert row[3:] == office_part["paid"]["total"][1:]
        for place in range(7):
            column = [int(cells[4 + place].replace(".", "")) for cells in office_part["paid"]["rows"]]
            assert str(Rupiah(sum(column))) == f"Rp{row[3 + place]}"
    assert data["summary"]["total"][-1] == str(Rupiah(run.net)).removeprefix("Rp")
