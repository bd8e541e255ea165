"""``pamong doctor``: one line a check, and what to do where something needs attention."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from pamong.cli.binaries import OLDEST
from pamong.cli.caller import Caller
from pamong.cli.database_roles import EXTENSIONS, LOGINS
from pamong.cli.errors import LauncherError
from pamong.cli.installation import Installation, running, set_up_django
from pamong.cli.places import data_root
from pamong.cli.prepare import VENDOR
from pamong.kernel.actor import Actor

NEEDED_PYTHON = (3, 11)
LEAST_FREE_BYTES = 5 * 1024**3
RECENT = timedelta(days=3)
KEPT_TABLES = ("ledger_intake", "ledger_seal", "access_read_log", "attendance_punch")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``remedy`` is a sentence that says what to do if it is not in order."""

    name: str
    in_order: bool
    found: str
    remedy: str = ""


@click.command()
@click.pass_obj
def doctor(caller: Caller) -> None:
    """Memeriksa pemasangan. Keluar dengan kode 1 bila ada yang perlu perhatian."""
    checks = [check_python(), check_assets(), check_disk(data_root())]
    for check in checks:
        _print(check)
    for check in _database_checks(caller.data):
        checks.append(check)
        _print(check)
    if not all(check.in_order for check in checks):
        raise SystemExit(1)


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> Check:
    """Is Python new enough?"""
    needed = ".".join(map(str, NEEDED_PYTHON))
    return Check(
        "Python",
        version[:2] >= NEEDED_PYTHON,
        ".".join(map(str, version)),
        f"Pasang Python {needed} atau lebih baru.",
    )


def check_assets(vendor: Path = VENDOR) -> Check:
    """Are the front-end files there?"""
    count = sum(1 for path in vendor.glob("*") if path.is_file())
    return Check("Berkas antarmuka", count > 0, f"{count} berkas", "Jalankan: npm ci && npm run assets")


def check_disk(folder: Path, least: int = LEAST_FREE_BYTES) -> Check:
    """Is there room where the data lie (or will lie)?"""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    found = f"{free // 1024**3} GB kosong di {existing}"
    return Check("Ruang penyimpanan", free >= least, found, f"Sediakan paling sedikit {least // 1024**3} GB.")


def check_version(cursor: Any) -> Check:
    """Is PostgreSQL new enough?"""
    cursor.execute("SELECT current_setting('server_version_num')::int")
    server_version = cursor.fetchone()[0]
    major = server_version // 10_000
    remedy = f"Perbarui PostgreSQL ke versi {OLDEST} atau lebih baru."
    return Check("PostgreSQL", major >= OLDEST, f"versi {major}.{server_version % 10_000}", remedy)


def check_extensions(cursor: Any) -> Check:
    """Are all extensions there?"""
    cursor.execute("SELECT extname FROM pg_extension")
    missing = sorted(set(EXTENSIONS) - {row[0] for row in cursor.fetchall()})
    return Check(
        "Ekstensi",
        not missing,
        _listed(missing),
        "Jalankan hasil 'pamong database-script' sebagai superuser.",
    )


def check_roles(cursor: Any) -> Check:
    """Are the four roles there, and does the application hold none of the powers of an owner?"""
    cursor.execute("SELECT rolname FROM pg_roles")
    missing = sorted({LOGINS[role] for role in ("owner", "app", "sequencer", "auditor")} - _first(cursor))
    cursor.execute(
        "SELECT rolsuper OR has_schema_privilege(current_user, 'public', 'CREATE') FROM pg_roles "
        "WHERE rolname = current_user"
    )
    too_strong = cursor.fetchone()[0]
    found = "aplikasi memakai peran yang terlalu kuat" if too_strong else _listed(missing)
    remedy = "Isi DATABASE_URL dengan pengguna pamong_app; lihat 'pamong database-script'."
    return Check("Peran basis data", not missing and not too_strong, found, remedy)


def check_guards(cursor: Any) -> Check:
    """Are the tables that nobody may change guarded, by missing rights and by triggers?"""
    open_tables = []
    for table in KEPT_TABLES:
        cursor.execute(
            "SELECT has_table_privilege(%s, 'UPDATE') OR has_table_privilege(%s, 'DELETE')", [table] * 2
        )
        changeable = cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'A'", [table]
        )
        if changeable or cursor.fetchone()[0] < 2:
            open_tables.append(table)
    remedy = "Kunci dilepas di luar Pamong. Hubungi inspektorat sebelum memakai data ini."
    return Check("Kunci catatan", not open_tables, _listed(open_tables, "terbuka: "), remedy)


def check_migrations() -> Check:
    """Is the schema that of this version?"""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Check(
        "Susunan basis data", not pending, f"{len(pending)} pembaruan menunggu", "Jalankan: pamong migrate"
    )


def check_places(actor: Actor) -> Check:
    """Does the table of units' places say what their rows say?"""
    from pamong.organisation.queries import check_places

    wrong = sorted({each.unit for each in check_places(actor=actor)})
    return Check(
        "Pohon unit",
        not wrong,
        f"{len(wrong)} unit berbeda dari riwayatnya: {', '.join(wrong[:5])}" if wrong else "cocok",
        "Tempat unit diubah di luar Pamong. Hubungi inspektorat, lalu ubah satu unit agar disusun ulang.",
    )


def check_room() -> Check:
    """Is there room for the punches of the coming months?"""
    from pamong.attendance.partitions import WARN_BELOW, months_left

    left = months_left()
    return Check("Ruang presensi", left >= WARN_BELOW, f"{left} bulan ke depan", "Jalankan: pamong migrate")


def check_mail(actor: Actor) -> Check:
    """Do reminders go out, where a mail server is told?"""
    from django.conf import settings

    from pamong.access.mailing import count_unsent

    if not settings.PAMONG_MAIL:
        return Check("Surel pengingat", True, "tidak dikirim, karena PAMONG_MAIL_URL belum diisi")
    unsent = count_unsent(actor=actor, since=actor.on - RECENT)
    found = (
        f"{unsent.count} tidak terkirim dalam tiga hari terakhir: {unsent.fault}" if unsent.count else "jalan"
    )
    remedy = "Periksa PAMONG_MAIL_URL dan peladen surelnya, lalu jalankan: pamong remind"
    return Check("Surel pengingat", not unsent.count, found, remedy)


def _database_checks(name: str) -> Iterator[Check]:
    if not _exists(name):
        yield Check("Basis data", False, "belum dibuat", "Jalankan: pamong serve")
        return
    try:
        with running(name) as installation:
            yield from _checks_inside(installation)
    except LauncherError as error:
        yield Check("Basis data", False, "tidak terjangkau", str(error))


def _checks_inside(installation: Installation) -> Iterator[Check]:
    set_up_django(installation)
    from django.db import OperationalError, ProgrammingError, connection

    try:
        with connection.cursor() as cursor:
            yield check_version(cursor)
            yield check_extensions(cursor)
            yield check_roles(cursor)
            migrations = check_migrations()
            yield migrations
            if migrations.in_order:
                yield check_guards(cursor)
                from pamong.access import clock

                yield check_room()
                operator = Actor.operator(getpass.getuser(), clock.today())
                yield check_places(operator)
                yield from _ledger_checks(operator)
                yield check_mail(operator)
    except (OperationalError, ProgrammingError) as error:
        yield Check(
            "Basis data", False, str(error).strip(), "Periksa DATABASE_URL dan hak pengguna pamong_app."
        )
    finally:
        connection.close()


def _ledger_checks(operator: Actor) -> Iterator[Check]:
    from pamong.cli.sealing import ledger_checks  # which has its checks from here

    yield from ledger_checks(operator)


def _exists(name: str) -> bool:
    return bool(os.environ.get("DATABASE_URL")) or (data_root() / name / "pgdata").exists()


def _first(cursor: Any) -> set[str]:
    return {row[0] for row in cursor.fetchall()}


def _listed(missing: list[str], before: str = "belum ada: ") -> str:
    return before + ", ".join(missing) if missing else "lengkap"


def _print(check: Check) -> None:
    word = "OK" if check.in_order else "PERLU PERHATIAN"
    click.echo(f"{word:<16} {check.name}: {check.found}")
    if not check.in_order:
        click.echo(f"{'':<16} {check.remedy}")
