"""``pamong compare`` and ``pamong example`` as people run them."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

import polars as pl
import pytest
from click import BadParameter
from python_calamine import CalamineWorkbook

from pamong.cli.compare import as_table
from tests.cli.conftest import PEOPLE, Desk, Done
from tests.law.world import write

CUT = """
    title: Potongan karena terlambat masuk kerja
    unit: rate
    kind: bracket
    x: minutes
    values:
      - from: 2026-01-01
        value: [[0, "0 %"], [30, "0,25 %"], [60, "0,75 %"], [90, "1,25 %"], [null, "1,5 %"]]
        citation: {regulation: contoh}
        grade: E
"""

CAP = """
    title: Batas jumlah potongan sebulan
    unit: rate
    values:
      - from: 2026-01-01
        value: "99 %"
        citation: {regulation: contoh}
        grade: E
"""


def said(done: Done) -> str:
    """What a command printed, in one line; it ended well."""
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def refused(done: Done) -> str:
    """The one sentence with which a command was refused."""
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    [sentence] = [line for line in done.stderr.splitlines() if line.startswith("Tidak berhasil: ")]
    return sentence


@pytest.fixture(scope="module")
def two(desk: Desk) -> tuple[Path, Path]:
    """The folders of a run, and of one with smaller cuts."""
    write(desk.folder / "situs", "discipline/cut_late.yaml", CUT)
    said(desk.run(*desk.month("lama", "--no-pdf", profile="tulangbawangbarat")))
    more = ("--no-pdf", "--overlay", desk.folder / "situs")
    said(desk.run_here(*desk.month("baru", *more, profile="tulangbawangbarat")))
    return desk.folder / "lama", desk.folder / "baru"


def nets(folder: Path) -> dict[str, int]:
    frame = pl.read_parquet(folder / "slips.parquet").drop_nulls("net")
    return dict(frame.select("nip", "net").iter_rows())


def rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")


def test_it_tells_law_files_sums_and_people_by_size(desk: Desk, two: tuple[Path, Path]) -> None:
    text = said(desk.run("compare", *two))
    old, new = (nets(folder) for folder in two)
    gains = {nip: new[nip] - old[nip] for nip in old if new[nip] != old[nip]}
    assert gains and all(gain > 0 for gain in gains.values())
    assert "(discipline/cut_late) lebih dari 0 menit sampai dengan 30 menit: 0,5 % → 0,25 %" in text
    assert "Berkas: sama" in text
    assert f"Menerima lebih banyak {len(gains)} orang +{rupiah(sum(gains.values()))}" in text
    assert f"Tidak berubah {PEOPLE - len(gains)} orang Jumlah" in text
    assert f"Jumlah diterima, lama {rupiah(sum(old.values()))}" in text
    assert f"Jumlah diterima, baru {rupiah(sum(new.values()))}" in text
    told = re.findall(r"(\d{18}) .*? \+(Rp[\d.]+)", text)
    assert [amount for _, amount in told] == [rupiah(g) for g in sorted(gains.values(), reverse=True)]
    assert dict(told) == {nip: rupiah(gain) for nip, gain in gains.items()}
    assert re.search(r"Potongan kehadiran: Rp[\d.]+ → Rp[\d.]+", text)


def test_one_month_stands_for_its_two_newest_runs(desk: Desk, two: tuple[Path, Path]) -> None:
    assert said(desk.run_here("compare", "2026-10")) == said(desk.run_here("compare", *two))


def test_a_run_is_named_by_number_or_the_beginning_of_it(desk: Desk, two: tuple[Path, Path]) -> None:
    text = said(desk.run_here("compare", *two))
    old, new = re.findall(r"nomor ([0-9a-f-]{36})", text)
    assert said(desk.run_here("compare", old, new[:30])) == text
    shared = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=True)))
    assert "2 hitungan" in refused(desk.run_here("compare", shared, new))


def test_the_limit_is_told(desk: Desk, two: tuple[Path, Path]) -> None:
    text = said(desk.run_here("compare", *two, "--limit", "1"))
    rest = len(nets(two[0])) - sum(nets(two[0])[nip] == net for nip, net in nets(two[1]).items()) - 1
    assert f"dan {rest} orang lain; pakai --limit 0 atau --out" in text
    assert len(re.findall(r"\d{18} ", text)) == 1
    assert "orang lain" not in said(desk.run_here("compare", *two, "--limit", "0"))


def test_backwards_the_same_people_get_less(desk: Desk, two: tuple[Path, Path]) -> None:
    text = said(desk.run_here("compare", two[1], two[0]))
    assert (
        re.search(r"Menerima lebih sedikit \d+ orang -Rp", text) and "Menerima lebih banyak 0 orang" in text
    )


def test_regions_are_told_by_what_only_one_of_them_has(desk: Desk, two: tuple[Path, Path]) -> None:
    said(desk.run_here(*desk.month("contoh-lain", "--no-pdf")))
    text = said(desk.run_here("compare", desk.folder / "contoh-lain", two[0]))
    assert re.search(r"Hanya di aturan lama: [^:]*Poin sehari tidak masuk kerja", text)
    assert "discipline: points → percent_of_discipline_part" in text


def test_another_rule_that_changes_nobody(desk: Desk, two: tuple[Path, Path]) -> None:
    write(desk.folder / "batas", "discipline/cut_cap.yaml", CAP)
    more = ("--no-pdf", "--overlay", desk.folder / "batas")
    said(desk.run_here(*desk.month("batas-99", *more, profile="tulangbawangbarat")))
    text = said(desk.run_here("compare", two[0], desk.folder / "batas-99"))
    assert "nilai: 100 % → 99 %" in text and text.endswith("Berkas: sama Tidak ada yang berubah.")


# --- Files ---


def test_everybody_concerned_goes_into_a_table(desk: Desk, two: tuple[Path, Path]) -> None:
    table = desk.folder / "beda.csv"
    said(desk.run_here("compare", *two, "--limit", "1", "--out", table))
    read = pl.read_csv(table, separator=";", schema_overrides={"NIP": pl.String})
    read = read.with_columns(
        pl.col("NIP").str.strip_prefix("'")
    )  # which keeps its digits in a spreadsheet program
    old, new = (nets(folder) for folder in two)
    assert dict(read.select("NIP", "Selisih").iter_rows()) == {
        nip: new[nip] - old[nip] for nip in old if new[nip] != old[nip]
    }
    assert read["Baris yang berubah"].str.contains("Potongan kehadiran Rp").all()
    book = desk.folder / "beda.xlsx"
    assert f"tertulis di {book}" in said(desk.run_here("compare", *two, "--out", book))
    people, lines = (
        CalamineWorkbook.from_path(str(book)).get_sheet_by_name(name).to_python()
        for name in ("Orang", "Baris")
    )
    assert [row[0] for row in people[1:]] == read["NIP"].to_list()
    assert {row[0] for row in lines[1:]} == set(read["NIP"])
    assert lines[0] == ["NIP", "Nama", "Baris", "Lama", "Baru", "Selisih"]
    assert all(row[5] == row[4] - row[3] for row in lines[1:])


# --- Bad input ---


def test_what_is_no_run_is_refused(desk: Desk, two: tuple[Path, Path]) -> None:
    lama = two[0]
    assert "Sebutkan dua hitungan" in refused(desk.run_here("compare", lama))
    assert "hitungan yang sama" in refused(desk.run_here("compare", lama, lama))
    assert "'kemarin' bukan folder hasil" in refused(desk.run_here("compare", lama, "kemarin"))
    assert "bukan folder hasil dari 'pamong month'" in refused(desk.run_here("compare", lama, desk.folder))
    assert "Hitungan ini tidak ada" in refused(desk.run_here("compare", lama, "deadbeefdead"))
    assert "Belum ada hitungan Mei 2026" in refused(desk.run_here("compare", lama, "2026-05"))
    assert "Mei 2026 baru punya 0 hitungan" in refused(desk.run_here("compare", "2026-05"))


def test_who_may_not_take_slips_out_is_refused(desk: Desk, two: tuple[Path, Path]) -> None:
    assert said(desk.run_here("--as", "nurul", "compare", *two))
    assert "hanya untuk" in refused(desk.run_here("--as", "galih", "compare", *two))


def test_only_tables_are_written() -> None:
    assert as_table("beda.XLSX") == Path("beda.XLSX")
    with pytest.raises(BadParameter, match=r"\.xlsx atau \.csv"):
        as_table("beda.pdf")


# --- The example's files ---


def test_the_example_is_written_once(desk: Desk) -> None:
    folder = desk.folder / "coba"
    done = desk.run("example", folder)
    assert said(done).startswith("Berkas contoh Oktober 2026 di ")
    names = {path.name for path in folder.iterdir()}
    assert names == {path.name for path in desk.example.all}
    assert all(name in done.stdout for name in names)
    assert "sudah ada dan tidak kosong" in refused(desk.run_here("example", folder))
