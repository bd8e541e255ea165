"""``pamong serve`` and ``pamong demo``: everything on one machine, ended by Ctrl-C."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from zoneinfo import ZoneInfo

import click

from pamong.cli.caller import Caller
from pamong.cli.demo_witness import demo_witness
from pamong.cli.errors import LauncherError
from pamong.cli.installation import Installation, require_owner, running
from pamong.cli.places import home
from pamong.cli.postgres import Server
from pamong.cli.progress import say, step
from pamong.cli.supervisor import Child

PAMONG = (sys.executable, "-m", "pamong.cli.main")
DEMO = "demo"
DEMO_START = datetime(2026, 11, 10, 7, 0)  # noqa: DTZ001  local time, in the demo's zone
DEMO_ZONE, DEMO_PROFILE = "Asia/Jakarta", "contoh"
FEWEST_PEOPLE, MOST_PEOPLE = 300, 100_000  # everyone who signs in is among the first so many
FIRST_PORT = 8000
PORTS_TRIED = 20
READY_SECONDS = 60
WATCH_SECONDS = 0.5


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Nomor port; bila kosong dicari mulai dari 8000.")
@click.pass_obj
def serve(caller: Caller, port: int | None) -> None:
    """Menjalankan Pamong di mesin ini, lengkap dengan PostgreSQL-nya. Ctrl-C menghentikan semuanya."""
    _serve(caller.data, port, {})


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Nomor port; bila kosong dicari mulai dari 8000.")
@click.option(
    "--people",
    type=click.IntRange(FEWEST_PEOPLE, MOST_PEOPLE),
    help="Banyaknya pegawai; bila kosong sebuah kota dengan 8.200 pegawai dan hasil dua belas bulan. "
    "Kota yang lain hanya mempunyai hasil bulan terakhir.",
)
def demo(port: int | None, people: int | None) -> None:
    """Menjalankan contoh dengan data rekaan pada hari Selasa, 10 November 2026."""
    start = DEMO_START.replace(tzinfo=ZoneInfo(DEMO_ZONE))
    offset = int((start - datetime.now(UTC)).total_seconds())
    extra = {"PAMONG_DEMO": "1", "PAMONG_ZONE": DEMO_ZONE, "PAMONG_PROFILE": DEMO_PROFILE}
    extra["PAMONG_CLOCK_OFFSET"] = str(offset)
    port = port or _free_port()
    # Nobody is written to: mails become files, to be looked at.
    extra |= {
        "PAMONG_MAIL_URL": f"file://{home(DEMO).root / 'mail'}",
        "PAMONG_MAIL_FROM": "pamong@kota.example",
    }
    extra["PAMONG_SITE_URL"] = f"http://127.0.0.1:{port}"
    _serve(DEMO, port, extra, [] if people is None else ["--people", str(people)])


@click.command("clean-demo")
def clean_demo() -> None:
    """Menghapus data contoh; data lain tidak disentuh."""
    place = home(DEMO)
    if not place.root.exists():
        say("Data contoh tidak ada, tidak ada yang dihapus.")
        return
    if Server(place).is_run_by_another():
        raise LauncherError("Contoh sedang berjalan. Hentikan dahulu dengan Ctrl-C.")
    place.remove()
    say("Data contoh sudah dihapus.")


def _serve(name: str, port: int | None, extra: Mapping[str, str], load: Sequence[str] = ()) -> None:
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGHUP, _end)
    if Server(home(name)).is_run_by_another():  # two supervisors would each end the other's PostgreSQL
        raise LauncherError("Pamong sudah berjalan dengan data ini. Hentikan dahulu dengan Ctrl-C.")
    try:
        with _started(name, extra) as installation:
            require_owner(installation)
            _run_step(["--data", name, "prepare"], installation.owner_environ())
            if name == DEMO:
                _run_step(["--data", DEMO, "load-demo", *load], installation.environ)
            witness = demo_witness(installation) if name == DEMO else None
            _serve_until_told(installation, port or _free_port(), [witness] if witness else [])
    except KeyboardInterrupt:
        say("\nPamong berhenti.")


@contextmanager
def _started(name: str, extra: Mapping[str, str]) -> Iterator[Installation]:
    opened = running(name, extra)
    with step("Menyalakan PostgreSQL"):
        installation = opened.__enter__()
    try:
        yield installation
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # an impatient second Ctrl-C must not leave orphans
        opened.__exit__(None, None, None)


def _run_step(arguments: list[str], environ: Mapping[str, str]) -> None:
    if subprocess.run([*PAMONG, *arguments], env=dict(environ), check=False).returncode:
        raise LauncherError("Langkah di atas gagal, Pamong tidak dijalankan.")


def _serve_until_told(installation: Installation, port: int, more: Sequence[Child]) -> None:
    bind = {"PAMONG_BIND": f"127.0.0.1:{port}"}
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:pamong.config.gunicorn", "pamong.config.wsgi"]
    children = [
        Child("Peladen web", gunicorn, {**installation.environ, **bind}),
        Child("Pekerja latar", [*PAMONG, "worker"], installation.worker_environ()),
        Child("Penyegel", [*PAMONG, "sequencer"], installation.sequencer_environ()),
        *more,
    ]
    try:
        with step("Menyalakan peladen web"):
            for child in children:
                child.start()
            _wait_until_answers(port, children[0])
        say(f"\nPamong berjalan di http://127.0.0.1:{port}/  (Ctrl-C untuk berhenti)")
        _watch(installation, children)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for child in children:
            child.stop()


def _watch(installation: Installation, children: list[Child]) -> None:
    while True:
        time.sleep(WATCH_SECONDS)
        if installation.server and installation.server.revive():
            say("PostgreSQL berhenti sendiri; dijalankan lagi.")
        for child in children:
            child.revive()


def _wait_until_answers(port: int, child: Child) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and child.is_alive():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise LauncherError("Peladen web tidak dapat dimulai. Lihat pesan di atas.")


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise LauncherError(
        f"Port {FIRST_PORT} sampai {FIRST_PORT + PORTS_TRIED - 1} terpakai. Pilih dengan --port."
    )


def _end(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
