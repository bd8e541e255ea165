"""``pamong inputs``: a month's sheet tried, stored, and left to a second officer where it must be."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Desk
from tests.interop.imports.support import register_file, siasn


def test_a_sheet_is_tried_then_stored_and_a_change_waits(desk: Desk) -> None:
    register = desk.folder / "a.csv"
    register.write_bytes(register_file(siasn(1), siasn(2)))
    assert desk.run_here("import", "register", register, "--apply").returncode == 0
    own = siasn(1)["NIP BARU"]
    sheet = written(desk, f"NIP;KELOMPOK;MENIT KERJA\n'{own};TPP;6000\n'199001012020011234;TPP;6000\n")
    tried = desk.run_here("inputs", sheet, "--month", "2026-10", "--check")
    assert tried.returncode == 0 and "1 orang baru bulan ini" in tried.stdout, tried.stderr
    assert "baris 3, NIP ini belum ada di data pegawai" in tried.stdout
    assert "Hanya dicoba, tidak ada yang disimpan." in tried.stdout
    assert "Tersimpan." in desk.run_here("inputs", sheet, "--month", "2026-10").stdout
    again = desk.run_here("inputs", sheet, "--month", "2026-10")
    assert again.returncode == 1 and "Tidak ada yang baru atau berubah" in again.stderr
    other = written(desk, f"NIP;KELOMPOK;MENIT KERJA\n'{own};TPP;5000\n")
    assert "Menunggu petugas kedua" in desk.run_here("inputs", other, "--month", "2026-10").stdout


def written(desk: Desk, text: str) -> Path:
    path = desk.folder / "isian.csv"
    path.write_text(text)
    return path
