"""Steps before serving. ``prepare`` and ``load-demo`` are run by ``serve`` in processes of their own, so that
the supervisor stays small and the owner's address stays out of the web processes."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pamong.cli import progress
from pamong.cli.caller import Caller
from pamong.cli.errors import LauncherError
from pamong.cli.installation import require_owner, running, set_up_django

MAIN_DATA = "utama"  # as `--data` has it where nothing is said
VENDOR = Path(__file__).resolve().parents[1] / "web" / "static" / "vendor"


@click.command()
@click.pass_obj
def migrate(caller: Caller) -> None:
    """Memperbarui susunan basis data sebagai pemiliknya."""
    with running(caller.data) as installation:
        require_owner(installation)
        os.environ.update(installation.owner_environ())
        _django("migrate", verbosity=1)


@click.command("database-script")
def database_script() -> None:
    """Mencetak SQL yang membuat peran, basis data, dan ekstensi, untuk dijalankan sekali oleh superuser."""
    from pamong.cli.database_roles import script

    click.echo(script(), nl=False)


@click.command(hidden=True)
@click.pass_obj
def prepare(caller: Caller) -> None:
    """Migrate and collect static files, in the environment that ``serve`` gives."""
    if not any(VENDOR.glob("*.css")):
        raise LauncherError("Berkas antarmuka belum ada. Jalankan: npm ci && npm run assets")
    with progress.step("Memperbarui susunan basis data"):
        _django("migrate", verbosity=0)
    with progress.step("Menyiapkan berkas antarmuka"):
        _django("collectstatic", verbosity=0, interactive=False)
    _tell_if_nobody_can_sign_in(caller)


def _tell_if_nobody_can_sign_in(caller: Caller) -> None:
    """A fresh installation has no account; the demo makes its own in the next step."""
    from django.conf import settings

    from pamong.access import clock
    from pamong.access.queries import has_users

    if settings.PAMONG_DEMO or has_users(actor=caller.actor(clock.today())):
        return
    data = "" if caller.data == MAIN_DATA else f" --data {caller.data}"
    progress.say("\nBelum ada akun, jadi belum ada yang bisa masuk. Buat yang pertama di terminal lain:")
    progress.say(f'  pamong{data} user add NAMA_PENGGUNA --name "Nama lengkap" --role system_operator')
    progress.say("Sesudah itu buat akun lain dengan cara yang sama; perannya: pamong user add --help\n")


@click.command("load-demo", hidden=True)
@click.option("--people", type=int)
@click.pass_obj
def load_demo(caller: Caller, people: int | None) -> None:
    """Fill the demo, in the environment that ``serve`` gives, and print who can sign in.

    ``pamong.demo.load.ensure(progress, people)`` takes a function that prints one line, does nothing where
    the data are there already, and returns rows of user name, password and what the user is.
    """
    with running(caller.data) as installation:
        set_up_django(installation)
        from pamong.demo.load import ensure

        rows = ensure(progress.say, people)
    click.echo("\nMasuk dengan salah satu akun contoh:")
    for username, password, title in rows:
        click.echo(f"  {username:<16} {password:<20} {title}")


def _django(command: str, **options: object) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command(command, **options)
