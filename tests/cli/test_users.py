"""``pamong user``: the first accounts of a fresh installation, and the end of a role."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.contrib.auth import authenticate
from django.db import connection

from pamong.cli.main import main
from tests.cli.conftest import Desk, Done, _pointed_to
from tests.cli.test_month import refused

PASSWORD = "kuda-nil-di-sungai-mahakam"  # of an invented account


def add(desk: Desk, name: str, *more: str) -> Done:
    """Add an account, with a generated password."""
    return desk.run_here("user", "add", name, "--name", f"Orang {name}", "--generate", *more)


def password_of(done: Done) -> str:
    """The password that the command printed once."""
    found = re.search(r"Kata sandi \(hanya tampil sekali\): (\S+)", done.stdout)
    assert found, done.stdout + done.stderr
    return found[1]


def signs_in(desk: Desk, username: str, password: str) -> bool:
    """Whether the account opens with the password."""
    with _pointed_to(desk.environ["DATABASE_URL"], desk.blocker):
        try:
            return authenticate(username=username, password=password) is not None
        finally:
            connection.close()


def test_an_account_with_a_role_signs_in_with_the_password_shown_once(desk: Desk) -> None:
    done = add(desk, "Ratna", "--role", "inspector")
    assert done.returncode == 0, done.stderr
    assert signs_in(desk, "ratna", password_of(done))
    told = desk.run_here("user", "list").stdout
    assert re.search(
        r"ratna +Orang Ratna\n +Inspektorat \(inspector\), seluruh pemerintah daerah, mulai", told
    )
    assert password_of(done) not in told


def test_each_generated_password_is_another(desk: Desk) -> None:
    assert password_of(add(desk, "kembar1")) != password_of(add(desk, "kembar2"))
    assert re.search(r"kembar1 .*\n +tanpa peran", desk.run_here("user", "list").stdout)


def test_a_typed_password_is_asked_for_twice_and_never_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in desk.environ.items():
        monkeypatch.setenv(key, value)
    with _pointed_to(desk.environ["DATABASE_URL"], desk.blocker):
        typed = f"{PASSWORD}\nlain sama sekali\n{PASSWORD}\n{PASSWORD}\n"
        done = CliRunner().invoke(main, ["user", "add", "tono", "--name", "Tono"], input=typed)
    assert done.exit_code == 0, done.output
    assert "Kedua isian berbeda. Ketik lagi." in done.output
    assert PASSWORD not in done.output
    assert signs_in(desk, "tono", PASSWORD)


def test_a_weak_password_makes_no_account(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in desk.environ.items():
        monkeypatch.setenv(key, value)
    with _pointed_to(desk.environ["DATABASE_URL"], desk.blocker):
        done = CliRunner().invoke(main, ["user", "add", "lemah", "--name", "Lemah"], input="12345\n12345\n")
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert "lemah" not in desk.run_here("user", "list").stdout


def test_what_is_wrong_is_told_in_one_sentence_and_leaves_no_account(desk: Desk) -> None:
    refused(add(desk, "salah", "--role", "raja"), 1, "Peran 'raja' tidak dikenal. Pilih: unit_clerk, ")
    refused(add(desk, "salah", "--role", "employee"), 1, "mengikuti data pegawai dan jabatan")
    refused(add(desk, "salah", "--role", "unit_clerk", "--unit", "TAK_ADA"), 1, "TAK_ADA")
    refused(add(desk, "salah", "--unit", "TAK_ADA"), 1, "Sebutkan juga perannya")
    refused(add(desk, "galih"), 1, "sudah dipakai")
    refused(add(desk, "salah/satu"), 1, "Nama pengguna hanya berisi huruf")
    assert "salah" not in desk.run_here("user", "list").stdout
    refused(desk.run_here("--as", "nurul", "user", "add", "x", "--name", "X", "--generate"), 1, "hanya untuk")


def test_an_operator_who_acts_by_his_account_gives_no_role_alone(desk: Desk) -> None:
    """Only the one who runs the machine does; ``--as`` is no way round the second operator."""
    made = ["user", "add", "teman", "--name", "Teman", "--generate", "--role", "personnel_officer"]
    refused(desk.run_here("--as", "galih", *made), 1, "perlu dua operator")
    assert "teman" not in desk.run_here("user", "list").stdout


def test_a_role_given_by_mistake_is_taken_back_on_its_day(desk: Desk) -> None:
    add(desk, "keliru", "--role", "pay_auditor")
    done = desk.run_here("user", "end-role", "keliru", "pay_auditor", "--reason", "Salah orang")
    assert done.returncode == 0, done.stderr
    assert "Peran Pemeriksa pembayaran keliru berakhir sekarang. Ia sempat berlaku" in done.stdout
    assert re.search(r"keliru .*\n +tanpa peran", desk.run_here("user", "list").stdout)


def test_a_role_ends_and_stays_to_be_seen(desk: Desk) -> None:
    add(desk, "sementara", "--role", "pay_auditor")
    later = "--on", f"{datetime.now(UTC).date() + timedelta(days=3):%Y-%m-%d}"  # in any zone
    end = ("user", "end-role", "sementara", "pay_auditor", "--reason", "Pindah tugas")
    refused(desk.run_here(*end, "--unit", "DINKES"), 1, r"Yang dipegang: pay_auditor \(seluruh daerah\)")
    done = desk.run_here(*end, *later)
    assert done.returncode == 0, done.stderr
    assert "Peran Pemeriksa pembayaran sementara berakhir: mulai" in done.stdout
    told = desk.run_here("user", "list").stdout
    assert re.search(r"sementara .*\n +Pemeriksa pembayaran .* sampai sebelum ", told)
