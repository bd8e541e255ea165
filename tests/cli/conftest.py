"""A database of its own for the commands, the example's files, and the commands in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from pamong.access import services
from pamong.cli.main import main
from pamong.demo.files import ExampleFiles, write_example
from pamong.kernel.actor import Actor
from tests.support.databases import Cluster, django_at

Done = subprocess.CompletedProcess[str]
PEOPLE = 60
PATIENCE_SECONDS = 240
USERS = {"nurul": "personnel_officer", "galih": "system_operator"}
NOT_OURS = ("DATABASE_URL", "PAMONG_SECRET_KEY", "DJANGO_SETTINGS_MODULE", "PAMONG_DEMO")


@dataclass(frozen=True)
class Desk:
    """Where commands run: the example's files, a folder for what they write, their environment."""

    example: ExampleFiles
    folder: Path
    environ: dict[str, str]
    blocker: DjangoDbBlocker

    def run(self, *arguments: str | Path) -> Done:
        """Run ``pamong`` in a process of its own and wait."""
        command = [sys.executable, "-m", "pamong.cli.main", *map(str, arguments)]
        return subprocess.run(
            command, env=self.environ, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )

    def run_here(self, *arguments: str | Path) -> Done:
        """The same in this process, which is faster: Django and Polars are loaded already."""
        with (
            _pointed_to(self.environ["DATABASE_URL"], self.blocker),
            patch.dict(os.environ, self.environ),
            override_settings(PAMONG_FILES_ROOT=self.folder / "berkas"),
        ):
            result = CliRunner().invoke(main, list(map(str, arguments)))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done([], result.exit_code, result.stdout, result.stderr)

    def month(self, out: str, *more: str | Path, **other: Path | str) -> list[str | Path]:
        """``month`` on the example, as arguments; `other` replaces an option or the month."""
        punches = other.get("punches")
        return [
            "month",
            other.get("month", "2026-10"),
            "--people",
            other.get("people", self.example.people),
            "--punches",
            *([punches] if punches else self.example.punches),
            "--minutes",
            other.get("minutes", self.example.monthly),
            "--profile",
            other.get("profile", "contoh"),
            "--out",
            self.folder / out,
            *more,
        ]


@contextmanager
def _pointed_to(url: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_at(url), blocker.unblock():
        yield


@pytest.fixture(scope="module")
def desk(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Desk]:
    """One database for a module's commands, with two accounts in it."""
    name = f"pamong_{uuid4().hex[:12]}"
    postgres.clone(name)
    url = postgres.server.url("app", name)
    with _pointed_to(url, django_db_blocker):
        _make_users()
    folder = tmp_path_factory.mktemp("meja")
    environ = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    environ |= {
        "DATABASE_URL": url,
        "PAMONG_SECRET_KEY": "hanya-untuk-uji",
        "PAMONG_FILES": str(folder / "berkas"),
    }
    example = write_example(folder / "contoh", people=PEOPLE)
    yield Desk(example, folder, environ, django_db_blocker)
    postgres.drop(name)


def _make_users() -> None:
    operator, at = Actor.operator("uji", date(2026, 11, 10)), datetime(2026, 11, 10, tzinfo=UTC)
    for username, role in USERS.items():
        services.create_user(actor=operator, at=at, username=username, display_name=username, password=None)
        services.grant_role(
            actor=operator, at=at, username=username, role=role, start_on=date(2020, 1, 1), reason="Uji"
        )
