"""``pamong import``: a file is tried, stored and taken back, with what it says at its end."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.conftest import Desk
from tests.interop.imports.support import (
    education_file,
    family_file,
    office_peta,
    peta_file,
    register_file,
    seated,
    siasn,
)


def written(desk: Desk, name: str, data: bytes) -> Path:
    path = desk.folder / name
    path.write_bytes(data)
    return path


def test_a_register_is_tried_stored_and_taken_back(desk: Desk) -> None:
    peta = written(desk, "peta.xlsx", peta_file(*office_peta()))
    done = desk.run_here("import", "peta", peta, "--on", "2020-01-01", "--apply")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^  Posisi +6$", done.stdout, re.MULTILINE)
    nurse = seated("Perawat Terampil", "Fungsional", "PKM-1", "Puskesmas Melati")
    file = written(desk, "asn.csv", register_file(siasn(1, **nurse), siasn(2, NIP_BARU="123", **nurse)))
    tried = desk.run_here("import", "register", file)
    assert tried.returncode == 1  # one row can't be stored
    assert "Belum ada yang disimpan" in tried.stdout
    assert re.search(r"^Baru +1$", tried.stdout, re.MULTILINE)
    assert re.search(r"^Tidak dapat disimpan +1$", tried.stdout, re.MULTILINE)
    assert "baris 3, NIP BARU, 3 digit, harus 18" in tried.stdout
    assert "Puskesmas Melati: 1 tidak masuk, 0 perlu diperiksa" in tried.stdout
    stored = desk.run_here("import", "register", file, "--apply")
    assert stored.returncode == 1
    assert "Disimpan:" in stored.stdout
    batch = re.search(r"pamong import undo ([0-9a-f-]{36})", stored.stdout)
    assert batch
    undone = desk.run_here("import", "undo", batch[1], "--reason", "salah berkas")
    assert undone.returncode == 0
    assert "Impor asn.csv dibatalkan. Data sebelumnya berlaku lagi." in undone.stdout
    again = desk.run_here("import", "undo", batch[1], "--reason", "salah berkas")
    assert again.returncode == 1
    assert "berstatus 'Dibatalkan'" in again.stderr


def test_families_and_schooling_follow_the_people(desk: Desk) -> None:
    own = siasn(11)["NIP BARU"]
    desk.run_here("import", "register", written(desk, "a.csv", register_file(siasn(11))), "--apply")
    family = family_file({"NIP PEGAWAI": own, "NAMA": "Ani", "HUBUNGAN": "anak"})
    done = desk.run_here("import", "family", written(desk, "keluarga.xlsx", family), "--apply")
    assert done.returncode == 0, done.stdout
    assert re.search(r"^  Keluarga +1$", done.stdout, re.MULTILINE)
    school = education_file(
        {"NIP": own, "TINGKAT": "S2", "SEKOLAH": "Universitas Contoh", "TAHUN LULUS": 2022}
    )
    done = desk.run_here("import", "education", written(desk, "sekolah.xlsx", school), "--apply")
    assert done.returncode == 0, done.stdout
    assert re.search(r"^  Pendidikan +1$", done.stdout, re.MULTILINE)


def test_a_file_that_is_none_is_told_in_a_sentence(desk: Desk) -> None:
    done = desk.run_here(
        "import", "register", written(desk, "kosong.csv", b"<html><body>bukan tabel"), "--apply"
    )
    assert done.returncode == 1
    assert "halaman web" in done.stdout
    assert "Tidak ada baris yang dapat dibaca" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_dates_that_may_be_read_in_two_ways_are_asked_about_once(desk: Desk) -> None:
    desk.run_here("import", "register", written(desk, "b.csv", register_file(siasn(21))), "--apply")
    child = {"NIP PEGAWAI": siasn(21)["NIP BARU"], "NAMA": "Ani", "HUBUNGAN": "anak"}
    file = written(desk, "tanggal.xlsx", family_file(child | {"TANGGAL LAHIR": "02-03-2020"}))
    asked = desk.run_here("import", "family", file)
    assert asked.returncode == 1
    assert "02-03-2020" in asked.stdout
    answered = desk.run_here("import", "family", file, "--day-first")
    assert answered.returncode == 0, answered.stdout
