"""``pamong user``: accounts and their roles, for whoever operates the machine."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from pamong.cli.caller import Caller
from pamong.cli.law import as_day
from pamong.cli.progress import say
from pamong.cli.session import Session, session
from pamong.kernel.clock import format_date
from pamong.kernel.errors import InvalidValue

if TYPE_CHECKING:
    from pamong.access.queries import GrantRow, UserRow

# No letter or figure that is read as another: passwords are copied from a screen by hand.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 5  # 20 signs of 31: about 99 bits


@click.group()
def user() -> None:
    """Membuat akun, melihat siapa memegang peran apa, dan mengakhiri peran."""


@user.command("add", short_help="Membuat akun, bila perlu dengan satu peran.")
@click.argument("username", metavar="PENGGUNA")
@click.option("--name", required=True, metavar="NAMA", help="Nama lengkap pemegang akun.")
@click.option("--role", default="", metavar="PERAN", help="Peran yang diberikan mulai hari ini.")
@click.option("--unit", default="", metavar="KODE", help="Hanya untuk unit ini dan bawahannya.")
@click.option(
    "--generate", is_flag=True, help="Buatkan kata sandi, tampil sekali; tanpa ini Anda mengetiknya."
)
@click.pass_obj
def add(caller: Caller, username: str, name: str, role: str, unit: str, generate: bool) -> None:
    """Membuat akun PENGGUNA, misalnya: pamong user add nurul --name "Nurul Hidayati".

    Peran: unit_clerk (petugas unit), personnel_officer (petugas kepegawaian), appointing_official (Pejabat
    Pembina Kepegawaian), inspector (inspektorat), pay_auditor (pemeriksa pembayaran), system_operator.
    """
    if unit and not role:
        raise InvalidValue("--unit membatasi sebuah peran. Sebutkan juga perannya dengan --role.")
    password = _generated() if generate else _typed()
    with session(caller) as now:
        _create(now, username, name, password, role, unit)
    say(f"Akun {username.strip().lower()} dibuat.")
    if generate:
        say(f"Kata sandi (hanya tampil sekali): {password}")
        say("Mintalah pemegangnya menggantinya sesudah masuk, di halaman profil.")


@user.command("list", short_help="Semua akun dengan perannya.")
@click.pass_obj
def list_command(caller: Caller) -> None:
    """Menampilkan semua akun, perannya, dan masa perannya."""
    with session(caller) as now:
        from pamong.access import queries

        rows = queries.list_users(actor=now.actor)
    if not rows:
        say('Belum ada akun. Buat dengan: pamong user add PENGGUNA --name "NAMA" --role PERAN')
    for row in rows:
        for line in _shown(row):
            say(line)


@user.command("end-role", short_help="Mengakhiri peran sebuah akun.")
@click.argument("username", metavar="PENGGUNA")
@click.argument("role", metavar="PERAN")
@click.option("--unit", default="", metavar="KODE", help="Peran untuk unit ini; tanpa ini: seluruh daerah.")
@click.option(
    "--on", "day", type=as_day, metavar="TANGGAL", help="Hari pertama tanpa peran; bila kosong hari ini."
)
@click.option("--reason", required=True, metavar="SEBAB", help="Mengapa peran ini berakhir.")
@click.pass_obj
def end_role(caller: Caller, username: str, role: str, unit: str, day: date | None, reason: str) -> None:
    """Mengakhiri PERAN yang dipegang PENGGUNA. Masa yang sudah lewat tetap tercatat.

    Pada hari pertamanya peran berakhir saat itu juga; sebelum hari itu pemberiannya dibatalkan seluruhnya.
    """
    with session(caller) as now:
        from pamong.access import queries, services

        found = _held(queries.list_grants(actor=now.actor, username=username), role, unit, now.actor.on)
        end_on = day or now.actor.on
        kept = services.end_grant(actor=now.actor, at=now.at, grant=found.uid, end_on=end_on, reason=reason)
    if kept is None and found.start_on <= now.actor.on:
        say(f"Peran {found.title} {username} berakhir sekarang. Ia sempat berlaku; itu tetap tercatat.")
    elif kept is None:
        say(f"Pemberian peran {found.title} kepada {username} dibatalkan: tidak berlaku pada hari mana pun.")
    else:
        say(f"Peran {found.title} {username} berakhir: mulai {format_date(end_on)} tidak berlaku lagi.")


def _create(now: Session, username: str, name: str, password: str, role: str, unit: str) -> None:
    """The account and its role together, or neither."""
    from django.db import transaction

    from pamong.access import services
    from pamong.organisation import queries as organisation

    services.check_password(actor=now.actor, username=username, display_name=name, password=password)
    who: dict[str, Any] = {"actor": now.actor, "at": now.at, "username": username}
    if unit:
        organisation.get_unit(actor=now.actor, unit=unit, on=now.actor.on)  # a mistyped code is refused
    with transaction.atomic():
        services.create_user(**who, display_name=name, password=password)
        if role:
            services.grant_role(
                **who, role=role, unit_path=unit, start_on=now.actor.on, reason="Dibuat lewat baris perintah"
            )


def _typed() -> str:
    found: str = click.prompt("Kata sandi", hide_input=True, confirmation_prompt="Ketik sekali lagi")
    return found


def _generated() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _held(rows: Sequence[GrantRow], role: str, unit: str, on: date) -> GrantRow:
    """The role that holds on a date; InvalidValue with those that do."""
    holding = [row for row in rows if row.end_on is None or row.end_on > on]
    for row in holding:
        if (row.role, row.unit_path) == (role, unit):
            return row
    told = ", ".join(f"{row.role} ({row.unit_path or 'seluruh daerah'})" for row in holding) or "tidak ada"
    raise InvalidValue(f"Akun ini tidak memegang peran '{role}' itu. Yang dipegang: {told}.")


def _shown(row: UserRow) -> Iterator[str]:
    yield f"{row.username:<20} {row.name}{'' if row.is_active else ' (tidak aktif)'}"
    if not row.grants:
        yield "    tanpa peran"
    for grant in row.grants:
        end = f" sampai sebelum {format_date(grant.end_on)}" if grant.end_on else ""
        where = grant.unit_path or "seluruh pemerintah daerah"
        yield f"    {grant.title} ({grant.role}), {where}, mulai {format_date(grant.start_on)}{end}"
