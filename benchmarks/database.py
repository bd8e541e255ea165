"""A durable PostgreSQL of our own for measurements, with a migrated template and fresh copies of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import conninfo

from pamong.cli.places import throwaway_home
from pamong.cli.postgres import Server

TOP = Path(__file__).resolve().parents[1]
SETTINGS = "pamong.config.settings"


class Databases:
    """`with Databases() as d, d.fresh() as environ`: an environment that leads to a new copy."""

    def __init__(self) -> None:
        self.server = Server(throwaway_home())
        self._made = 0

    def __enter__(self) -> Databases:
        self.server.start()
        self._sql('CREATE DATABASE "template_bench" OWNER pamong_owner')
        owner = self.server.url("owner", "template_bench")
        environ = self._environ("template_bench") | {
            "PAMONG_DB_ROLE": "owner",
            "PAMONG_OWNER_DATABASE_URL": owner,
        }
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
        subprocess.run(command, check=True, cwd=TOP, env=environ)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.server.stop()
        self.server.home.remove()

    @contextmanager
    def fresh(self) -> Iterator[dict[str, str]]:
        """The environment of a process that works, as the application, on a copy of its own."""
        self._made += 1
        name = f"bench_{self._made}"
        self._sql(f'CREATE DATABASE "{name}" TEMPLATE "template_bench" OWNER pamong_owner')
        try:
            yield self._environ(name)
        finally:
            self._sql(f'DROP DATABASE "{name}" WITH (FORCE)')

    def settle(self, environ: Mapping[str, str]) -> None:
        """Do at once what autovacuum does within minutes after so many rows were added."""
        name = conninfo.conninfo_to_dict(environ["DATABASE_URL"])["dbname"]
        with psycopg.connect(self.server.url("superuser", str(name)), autocommit=True) as session:
            session.execute("VACUUM ANALYZE")

    def _environ(self, name: str) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.server.url("app", name),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PAMONG_LEDGER_SECRETS": "rahasia pengukuran",  # one for all processes of a measurement
        }

    def _sql(self, command: str) -> None:
        with psycopg.connect(self.server.url("superuser", "postgres"), autocommit=True) as session:
            session.execute(command)  # type: ignore[call-overload]  # names of our own
