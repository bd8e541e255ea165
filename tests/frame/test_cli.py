"""The command line: light help, honest checks, and ``serve`` from start to Ctrl-C."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connection

from pamong.cli import doctor
from pamong.cli.errors import LauncherError
from pamong.cli.main import COMMANDS, main
from pamong.cli.supervisor import Child


def test_help_lists_every_command_without_loading_any() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from pamong.cli.main import main\n"
        "print(CliRunner().invoke(main, ['--help']).output)\n"
        "assert not {'django', 'polars', 'psycopg'} & set(sys.modules), 'help is heavy'"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    for name, (_, line) in COMMANDS.items():
        assert (f"  {name} " in told) is bool(line)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_table_says(name: str) -> None:
    module, attribute = COMMANDS[name][0].split(":")
    assert getattr(import_module(module), attribute).name == name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["terbang"], "Perintah 'terbang' tidak "),
        (["serve", "--cepat"], "--cepat"),
        (["serve", "--port", "99999"], "99999 di luar jangkauan"),
        (["serve", "sekarang"], "sekarang"),
    ],
)
def test_a_mistyped_command_is_told_in_indonesian(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "antuan" in result.output
    assert not re.search(r"\b(Usage|Error|No such|Invalid|Got|Try)\b", result.output)


def test_the_help_of_a_command_is_indonesian() -> None:
    told = CliRunner().invoke(main, ["serve", "--help"]).output
    assert all(words in told for words in ("Cara pakai:", "Pilihan:", "Menampilkan bantuan ini."))
    assert "Usage" not in told


def test_the_script_for_a_dba_makes_roles_and_extensions() -> None:
    told = CliRunner().invoke(main, ["database-script"]).output
    assert "CREATE ROLE pamong_app LOGIN" in told
    assert "CREATE EXTENSION IF NOT EXISTS btree_gist;" in told


# --- doctor ---


def test_each_check_says_what_to_do(tmp_path: Path) -> None:
    for check in (
        doctor.check_python((3, 10, 4)),
        doctor.check_assets(tmp_path),
        doctor.check_disk(tmp_path / "belum" / "ada", least=1 << 60),
    ):
        assert not check.in_order
        assert check.remedy


@pytest.mark.django_db
def test_a_sound_database_passes_all_checks() -> None:
    with connection.cursor() as cursor:
        checks = [doctor.check_extensions(cursor), doctor.check_roles(cursor), doctor.check_guards(cursor)]
        checks += [doctor.check_migrations(), doctor.check_version(cursor)]
    assert [check.name for check in checks if not check.in_order] == []


def test_a_removed_guard_is_seen(committed_db: str, postgres: Any) -> None:
    with psycopg.connect(postgres.server.url("owner", committed_db)) as session:
        session.execute("ALTER TABLE ledger_intake DISABLE TRIGGER ledger_intake_unchanging")
    with connection.cursor() as cursor:
        check = doctor.check_guards(cursor)
    assert (check.in_order, check.found) == (False, "terbuka: ledger_intake")


def test_doctor_without_a_database_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAMONG_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert re.search(r"PERLU PERHATIAN\s+Basis data: belum dibuat\n\s+Jalankan: pamong serve", result.output)


def test_clean_demo_with_nothing_to_clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAMONG_DATA", str(tmp_path))
    result = CliRunner().invoke(main, ["clean-demo"])
    assert (result.exit_code, "tidak ada yang dihapus" in result.output) == (0, True)


def test_a_child_that_keeps_dying_is_given_up() -> None:
    child = Child("Uji", ["false"], os.environ)
    with pytest.raises(LauncherError, match="Uji berkali-kali berhenti"):
        for _ in range(1000):
            child.revive()
            time.sleep(0.02)
