"""``pamong month`` and ``pamong explain`` as people run them: in processes of their own, over real files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import psycopg
import pytest
from click import BadParameter

from pamong.cli.month import as_file, as_month, spread
from pamong.kernel.canonical import sha256_hex
from tests.cli.conftest import PATIENCE_SECONDS, PEOPLE, Desk, Done
from tests.support.serving import Serving

FILES = {
    "slips.xlsx",
    "slips.parquet",
    "slips.csv",
    "slips.pdf",
    "recap.pdf",
    "problems.csv",
    "problems.xlsx",
    "totals.txt",
    "totals.json",
}


@pytest.fixture(scope="module")
def first(desk: Desk) -> Done:
    """The first run of the example."""
    return desk.run(*desk.month("pertama"))


def count(desk: Desk, table: str) -> int:
    """How many rows a table has."""
    with psycopg.connect(desk.environ["DATABASE_URL"]) as session:
        row = session.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 (our names)
    assert row is not None
    return int(row[0])


def refused(done: Done, code: int, words: str) -> None:
    """Check that a command ended with one sentence and without a traceback."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    sentences = [line for line in done.stderr.splitlines() if line.startswith("Tidak berhasil: ")]
    assert len(sentences) == 1
    assert re.search(words, sentences[0]), sentences[0]


# --- A month ---


def test_a_month_writes_its_files_and_tells_what_it_did(desk: Desk, first: Done) -> None:
    assert first.returncode == 0, first.stderr
    folder = desk.folder / "pertama"
    assert {path.name for path in folder.iterdir()} == FILES
    slips = pl.read_parquet(folder / "slips.parquet")
    assert slips.height == PEOPLE
    net = int(slips["net"].sum())
    said = " ".join(first.stdout.split())
    assert f"Semua pegawai {PEOPLE}" in said
    assert f"Diterima Rp{net:,}".replace(",", ".") in said
    assert "Peragaan, bukan dasar pembayaran" in said
    held = slips.filter(pl.col("state") == "held")
    assert held.height > 0
    assert f"{held.height} Belum dapat dihitung: {held['reason'][0]}" in said
    assert "Tidak ikut dihitung: 1_attlog.dat, baris" in said


def test_the_totals_name_every_file_with_its_hash(desk: Desk, first: Done) -> None:
    folder = desk.folder / "pertama"
    told = json.loads((folder / "totals.json").read_text())
    written = {row["name"]: row["SHA-256"] for row in told["outputs"]}
    assert set(written) == FILES - {"totals.txt", "totals.json"}
    for name, sha256 in written.items():
        assert sha256_hex((folder / name).read_bytes()) == sha256
    read = {row["name"].partition(": ")[2]: row["SHA-256"] for row in told["inputs"]}
    assert read == {path.name: sha256_hex(path.read_bytes()) for path in desk.example.all}


def test_running_twice_adds_nothing_and_writes_the_same(desk: Desk, first: Done) -> None:
    before = [count(desk, table) for table in ("pay_run", "pay_slip", "pay_slipline", "ledger_intake")]
    again = desk.run(*desk.month("kedua"))
    assert again.returncode == 0, again.stderr
    assert "sudah ada" in again.stdout
    after = [count(desk, table) for table in ("pay_run", "pay_slip", "pay_slipline", "ledger_intake")]
    assert after == before
    for name in FILES:
        assert (desk.folder / "kedua" / name).read_bytes() == (desk.folder / "pertama" / name).read_bytes()


def test_punches_may_stand_after_one_option_or_several(desk: Desk, first: Done) -> None:
    one, *others = desk.example.punches
    spread_out = [part for path in others for part in ("--punches", path)]
    done = desk.run_here(*desk.month("ketiga", *spread_out, "--no-pdf", punches=one))
    assert "sudah ada" in done.stdout
    assert not list((desk.folder / "ketiga").glob("*.pdf"))


def test_a_named_user_acts_if_his_role_lets_him(desk: Desk, first: Done) -> None:
    punches = desk.folder / "september_attlog.dat"
    punches.write_bytes(desk.example.punches[0].read_bytes().replace(b"2026-10-", b"2026-09-"))
    month = desk.month("nurul", "--no-pdf", month="2026-09", profile="manado", punches=punches)
    done = desk.run_here("--as", "nurul", *month)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(desk.environ["DATABASE_URL"]) as session:
        row = session.execute("SELECT started_by FROM pay_run WHERE profile = 'manado'").fetchone()
    assert row == ("nurul",)
    refused(desk.run_here("--as", "galih", *month), 1, "hanya untuk Petugas kepegawaian")
    refused(desk.run_here("--as", "siapa", *month), 1, "Pengguna 'siapa' tidak ada")


# --- Bad input ---


def test_a_wrong_file_in_each_slot_is_refused(desk: Desk) -> None:
    people, punches, monthly = desk.example.people, desk.example.punches[0], desk.example.monthly
    refused(desk.run_here(*desk.month("salah", people=punches)), 1, "1_attlog.dat")
    refused(desk.run_here(*desk.month("salah", minutes=punches)), 1, "1_attlog.dat")
    refused(desk.run_here(*desk.month("salah", punches=people)), 1, "pegawai.csv")
    refused(desk.run_here(*desk.month("salah", punches=monthly)), 1, "isian-bulanan")
    assert not (desk.folder / "salah").exists()


@pytest.mark.parametrize("slot", ["people", "minutes", "punches"])
def test_a_missing_file_is_told(desk: Desk, slot: str) -> None:
    refused(
        desk.run_here(*desk.month("x", **{slot: desk.folder / "tidak-ada.csv"})),
        2,
        "berkas .*tidak-ada.csv tidak ada",
    )


def test_a_folder_is_no_file(desk: Desk) -> None:
    refused(desk.run_here(*desk.month("x", people=desk.folder)), 2, "adalah folder, bukan berkas")


@pytest.mark.parametrize("text", ["2026/10", "2026-13", "Oktober", "2026-1", "0000-10"])
def test_a_month_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(BadParameter, match="tulis bulan seperti 2026-10"):
        as_month(text)


def test_wrong_usage_ends_with_status_2(desk: Desk) -> None:
    refused(
        desk.run_here(*desk.month("x", month="10-2026")), 2, "tulis bulan seperti 2026-10, bukan '10-2026'"
    )
    refused(desk.run("month", "2026-10"), 2, "--profile")


def test_an_unknown_profile_is_refused_with_those_that_exist(desk: Desk) -> None:
    refused(
        desk.run_here(*desk.month("x", profile="jakarta")),
        1,
        "Profil 'jakarta' tidak ada; yang ada: contoh, manado",
    )


def test_an_overlay_that_is_not_there_is_refused(desk: Desk) -> None:
    refused(desk.run_here(*desk.month("x", "--overlay", desk.folder / "aturan")), 1, "aturan tidak ada")


def test_a_real_month_refuses_example_values(desk: Desk) -> None:
    refused(desk.run_here(*desk.month("x", "--mode", "real")), 1, r"\(contoh\)")


def test_a_folder_that_can_not_be_written_is_told(desk: Desk, first: Done) -> None:
    (desk.folder / "berkas.txt").write_text("sudah ada")
    refused(
        desk.run_here(*desk.month("berkas.txt", "--no-pdf")), 1, "berkas.txt tidak bisa dibuka atau ditulis"
    )


def test_files_after_the_option_are_spread() -> None:
    assert spread(["2026-10", "--punches", "a", "b", "--out", "c"], "--punches") == (
        ["2026-10", "--punches", "a", "--punches", "b", "--out", "c"]
    )
    assert spread(["--punches", "a", "--punches", "b", "2026-10"], "--punches") == (
        ["--punches", "a", "--punches", "b", "2026-10"]
    )
    assert spread(["--punches", "--out", "c"], "--punches") == ["--punches", "--out", "c"]


def test_a_path_becomes_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert as_file(str(tmp_path / "a")) == tmp_path / "a"


# --- A fresh machine ---


def test_on_a_fresh_machine_everything_is_set_up(desk: Desk) -> None:
    example, out = desk.example, desk.folder / "segar"
    rest = ["--people", str(example.people), "--minutes", str(example.monthly), "--profile", "samarinda"]
    rest += ["--out", str(out), "--no-pdf", "--punches", *map(str, example.punches)]
    serving = Serving("month", "2026-10", *rest)
    try:
        serving.process.wait(PATIENCE_SECONDS)
        assert serving.end() == 0, "".join(serving.lines)
        assert serving.processes() == {}
        assert pl.read_parquet(out / "slips.parquet").height == PEOPLE
    finally:
        serving.remove()


# --- Explanations ---


def slips_of(desk: Desk) -> pl.DataFrame:
    """The slips that the first run wrote."""
    return pl.read_parquet(desk.folder / "pertama" / "slips.parquet")


def test_a_slip_explains_itself_down_to_the_punch(desk: Desk, first: Done) -> None:
    slip = (
        slips_of(desk)
        .filter((pl.col("state") == "computed") & (pl.col("earned") < pl.col("ceiling")))
        .row(0, named=True)
    )
    by_nip = desk.run("explain", f"2026-10/{slip['nip']}")
    assert by_nip.returncode == 0, by_nip.stderr
    net = f"TPP yang diterima = Rp{slip['net']:,}".replace(",", ".")
    assert net in by_nip.stdout
    assert re.search(r"^ +\S+ baris \d+$", by_nip.stdout, re.MULTILINE)
    assert re.search(
        r"^ +§ .+ \((teks peraturan|sumber resmi|belum pasti|contoh)\)$", by_nip.stdout, re.MULTILINE
    )
    assert "https://" in by_nip.stdout
    with psycopg.connect(desk.environ["DATABASE_URL"]) as session:
        row = session.execute("SELECT uid FROM pay_slip WHERE net = %s", [slip["net"]]).fetchone()
    assert row is not None
    assert net in desk.run_here("explain", str(row[0])).stdout


def test_one_line_and_a_line_that_is_not_there(desk: Desk, first: Done) -> None:
    nip = slips_of(desk).filter(pl.col("state") == "computed")["nip"][0]
    one = desk.run_here("explain", f"2026-10/{nip}", "--line", "tpp_health")
    assert "\nIuran jaminan kesehatan (BPJS) atas TPP = Rp" in one.stdout
    refused(desk.run_here("explain", f"2026-10/{nip}", "--line", "tpp_helth"), 1, "tpp_health")


def test_who_has_no_amount_is_told_why(desk: Desk, first: Done) -> None:
    slips = slips_of(desk)
    held = slips.filter(pl.col("state") == "held").row(0, named=True)
    told = desk.run_here("explain", f"2026-10/{held['nip']}").stdout
    assert f"Belum dapat dihitung: {held['reason']}" in told
    assert "belum diketahui" in told
    other = slips.filter(pl.col("state") == "elsewhere").row(0, named=True)
    told = desk.run_here("explain", f"2026-10/{other['nip']}").stdout
    assert f"Dibayar melalui jalur lain: {other['reason']}" in told
    assert "§" not in told


def test_what_can_not_be_found_is_told(desk: Desk, first: Done) -> None:
    refused(
        desk.run_here("explain", "2026-10/198504171999031001"),
        1,
        "NIP ini tidak ada di hitungan Oktober 2026",
    )
    refused(
        desk.run_here("explain", "2026-08/198504171999031001"),
        1,
        "Belum ada hitungan Agustus 2026 yang terbit",
    )
    refused(desk.run_here("explain", "123"), 1, "'123' bukan nomor rincian")
    refused(desk.run_here("explain", "00000000-0000-0000-0000-000000000001"), 1, "Rincian ini tidak ada")


def test_a_machine_that_is_left_out_makes_nobody_absent(desk: Desk, first: Done) -> None:
    """One file of several: whoever punches elsewhere waits, in words, and is promised no Rp0."""
    done = desk.run_here(*desk.month("satu-mesin", "--no-pdf", punches=desk.example.punches[0]))
    assert done.returncode == 0, done.stderr
    assert "Belum dapat dihitung: Tidak ada satu pun presensi bulan ini." in done.stdout
    assert "tidak punya satu pun presensi bulan ini; mungkin berkas mesinnya belum ikut" in done.stdout
    slips = pl.read_parquet(desk.folder / "satu-mesin" / "slips.parquet")
    waiting = slips.filter(pl.col("reason").str.starts_with("Tidak ada satu pun presensi"))
    assert waiting.height > 0 and waiting["net"].null_count() == waiting.height
    told = desk.run_here("explain", f"2026-10/{waiting['nip'][0]}").stdout
    assert "Tidak ada satu pun presensi bulan ini." in told and "Rp0" not in told
