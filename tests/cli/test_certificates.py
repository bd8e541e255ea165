"""``pamong certificates``: an office gets a certificate, once; the list says until when each holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Desk
from tests.cli.test_month import refused

CITY = ("--government", "Pemerintah Kota Uji")


def test_an_office_gets_a_certificate_once(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(desk.environ, "PAMONG_CERTIFICATES", str(tmp_path / "certificates"))
    assert "Belum ada sertifikat" in desk.run("certificates", "list").stdout
    made = desk.run("certificates", "make", "ppk", "--name", "Wali Kota Uji", *CITY)
    assert made.returncode == 0, made.stderr
    assert "Sertifikat Wali Kota Uji dibuat" in made.stdout
    again = desk.run("certificates", "make", "ppk", "--name", "Orang lain", *CITY)
    assert "Sertifikat Wali Kota Uji sudah ada" in again.stdout
    assert "ppk: Wali Kota Uji, sampai" in desk.run("certificates", "list").stdout
    assert (tmp_path / "certificates" / "ppk.p12").stat().st_mode & 0o777 == 0o600
    wrong = desk.run("certificates", "make", "../ppk", "--name", "x", *CITY)
    refused(wrong, 1, "Pakai ppk atau kode posisinya")
