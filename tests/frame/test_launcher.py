"""The private PostgreSQL, with each kind of binaries that this machine has."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pamong.cli import binaries, places
from pamong.cli.database_roles import EXTENSIONS
from pamong.cli.errors import LauncherError
from pamong.cli.pgprocess import _works_in
from pamong.cli.places import Home
from pamong.cli.postgres import Server

KINDS = ["wheel"] + (["debian"] if binaries._debian() else [])


@pytest.fixture(scope="module", params=KINDS)
def made(request: pytest.FixtureRequest) -> Iterator[tuple[str, Home]]:
    """A home whose server was made once by these binaries and stopped, with one row of data."""
    home = places.throwaway_home()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAMONG_POSTGRES", request.param)
        with Server(home) as server, psycopg.connect(server.url("owner")) as session:
            session.execute("CREATE TABLE kept AS SELECT 1 AS one")
        yield request.param, home
    home.remove()


@pytest.fixture
def server(made: tuple[str, Home]) -> Iterator[Server]:
    server = Server(made[1])
    with server:
        yield server


def ask(server: Server, role: str, question: str, database: str = "pamong") -> object:
    with psycopg.connect(server.url(role, database)) as session:
        row = session.execute(question).fetchone()
        assert row is not None
        return row[0]


def test_it_starts_again_within_two_seconds_and_keeps_its_data(made: tuple[str, Home]) -> None:
    server = Server(made[1])
    started = time.monotonic()
    with server:
        assert time.monotonic() - started < 2
        assert ask(server, "owner", "SELECT one FROM kept") == 1


def test_it_listens_on_a_private_socket_only(server: Server) -> None:
    assert ask(server, "app", "SHOW listen_addresses") == ""
    assert stat.S_IMODE(server.home.run.stat().st_mode) == 0o700
    with socket.socket(socket.AF_UNIX) as plain:
        plain.connect(str(server.home.run / ".s.PGSQL.5432"))


def test_nobody_enters_without_the_password(server: Server) -> None:
    url = server.url("app")
    password = server.home.secret("database-app")
    for wrong in ("", "salah"):
        with pytest.raises(psycopg.OperationalError, match=r"password|fe_sendauth"):
            psycopg.connect(url.replace(password, wrong))
    assert ask(
        server, "superuser", "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"
    ) == ("scram-sha-256")


def test_data_are_safe_and_checked(server: Server) -> None:
    for setting, value in {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "data_checksums": "on",
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
    }.items():
        assert ask(server, "app", f"SHOW {setting}") == value
    assert ask(server, "app", "SELECT datcollate FROM pg_database WHERE datname = 'pamong'") == "C.UTF-8"


def test_roles_have_no_more_than_they_need(server: Server) -> None:
    assert ask(server, "app", "SELECT current_user") == "pamong_app"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server, "app", "CREATE TABLE public.mine ()")
    for role in ("owner", "app", "sequencer", "auditor"):
        assert ask(server, role, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_new_databases_have_the_extensions_too(server: Server) -> None:
    with psycopg.connect(server.url("superuser", "postgres"), autocommit=True) as session:
        session.execute("CREATE DATABASE fresh")
        found = ask(server, "superuser", "SELECT array_agg(extname::text) FROM pg_extension", "fresh")
        session.execute("DROP DATABASE fresh")
    assert set(EXTENSIONS) <= set(found)  # type: ignore[call-overload]


def test_files_are_private_and_the_server_is_not_root(server: Server) -> None:
    for secret in (server.home.root / "secrets").iterdir():
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(server.home.pgdata.stat().st_mode) == 0o700
    owner = Path(f"/proc/{server.pid}").stat().st_uid
    assert owner != 0
    assert owner == (server.home.account.uid if server.home.account else os.getuid())


def test_a_second_launcher_is_refused(server: Server) -> None:
    assert Server(server.home).is_run_by_another()
    with pytest.raises(LauncherError, match="sudah berjalan"):
        Server(server.home).start()
    assert ask(server, "app", "SELECT 1") == 1


def test_it_comes_back_after_kill_9(server: Server) -> None:
    assert server.pid is not None
    with psycopg.connect(server.url("owner")) as session:
        session.execute("CREATE TABLE IF NOT EXISTS survived AS SELECT 2 AS two")
    os.kill(server.pid, signal.SIGKILL)
    while server.pid:
        time.sleep(0.01)
    assert server.revive()
    assert not server.revive()
    assert ask(server, "owner", "SELECT two FROM survived") == 2


def test_a_pid_file_whose_number_another_program_bears_hinders_nothing(made: tuple[str, Home]) -> None:
    home = made[1]
    (home.pgdata / "postmaster.pid").write_text(
        f"{os.getpid()}\n{home.pgdata}\n0\n5432\n{home.run}\n\n\nready\n"
    )
    with Server(home) as server:
        assert ask(server, "app", "SELECT 1") == 1


def test_the_server_ends_when_its_supervisor_is_killed(made: tuple[str, Home]) -> None:
    home = made[1]
    program = (
        "import sys, time; from pathlib import Path; from pamong.cli.places import Home, database_account\n"
        "from pamong.cli.postgres import Server\n"
        "server = Server(Home(Path(sys.argv[1]), database_account())); server.start()\n"
        "print(server.pid, flush=True); time.sleep(60)"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", program, str(home.root)], stdout=subprocess.PIPE, text=True
    )
    assert supervisor.stdout is not None
    pid = int(supervisor.stdout.readline())
    assert _works_in(pid, home.pgdata)
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    deadline = time.monotonic() + 10
    while _works_in(pid, home.pgdata) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _works_in(pid, home.pgdata)


def test_a_half_made_data_folder_is_made_anew(tmp_path: Path) -> None:
    home = places.throwaway_home()
    (home.root / "pgdata.new").mkdir()
    (home.root / "pgdata.new" / "PG_VERSION").write_text("15\n")
    with Server(home, throwaway=True) as server:
        assert ask(server, "app", "SELECT 1") == 1
    home.remove()


def test_data_of_another_major_version_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    home = places.throwaway_home()
    home.prepare()
    home.pgdata.mkdir()
    (home.pgdata / "PG_VERSION").write_text("14\n")
    with pytest.raises(
        LauncherError, match=r"Data ini dibuat dengan PostgreSQL 14, .*apt-get install postgresql-14"
    ):
        Server(home).start()
    home.remove()


def test_a_folder_of_programs_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = binaries._wheel(None)[0]
    monkeypatch.setenv("PAMONG_POSTGRES", str(found.folder))
    assert binaries.choose(None, None) == found
    monkeypatch.setenv("PAMONG_POSTGRES", str(tmp_path))
    with pytest.raises(LauncherError, match="tidak dapat dijalankan"):
        binaries.choose(None, None)


def test_debian_comes_first_and_an_existing_folder_keeps_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    debian = binaries.Binaries(Path("/usr/lib/postgresql/17/bin"), 17)
    wheel = binaries.Binaries(Path("/wheel"), 18)
    monkeypatch.delenv("PAMONG_POSTGRES", raising=False)
    monkeypatch.setattr(binaries, "_debian", lambda: [debian])
    monkeypatch.setattr(binaries, "_wheel", lambda copies: [wheel])
    assert binaries.choose(None, None) == debian
    assert binaries.choose(18, None) == wheel
    monkeypatch.setattr(binaries, "_debian", lambda: [binaries.Binaries(Path("/old"), 14)])
    assert binaries.choose(None, None) == wheel


def test_a_long_path_gets_a_short_socket_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 80) / "data"
    run = Home(deep, None).run
    assert len(str(run)) < places.SOCKET_PATH_LIMIT
    assert run != Home(deep / "other", None).run


def test_a_folder_of_someone_else_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    root = tmp_path / "home"
    root.mkdir()
    (root / "run").symlink_to(target)
    with pytest.raises(LauncherError, match="milik pengguna lain"):
        Home(root, None).prepare()
