"""An installation as commands use it: its database running, its addresses in the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from pamong.cli.errors import LauncherError
from pamong.cli.places import Home, data_root, home
from pamong.cli.postgres import Server

SETTINGS = "pamong.config.settings"


@dataclass(frozen=True, slots=True)
class Installation:
    """``environ`` is what a web or worker process needs; the owner's address is kept apart from it."""

    environ: Mapping[str, str]
    owner_url: str
    server: Server | None = field(default=None)

    def owner_environ(self) -> dict[str, str]:
        """The environment in which migrations run."""
        return {**self.environ, "PAMONG_DB_ROLE": "owner", "PAMONG_OWNER_DATABASE_URL": self.owner_url}


@contextmanager
def running(name: str, extra: Mapping[str, str] | None = None) -> Iterator[Installation]:
    """The installation with its database running until the block ends.

    With ``DATABASE_URL`` it is that PostgreSQL. Otherwise the private one: ours to start and stop, or, where
    ``pamong serve`` runs it already, only to be used. ``extra`` joins the environment of its processes.
    """
    if os.environ.get("DATABASE_URL"):
        owner_url = os.environ.get("PAMONG_OWNER_DATABASE_URL", "")
        yield Installation(
            _environ(Home(data_root() / name, None), os.environ["DATABASE_URL"], extra), owner_url
        )
        return
    place = home(name)
    server = Server(place)
    if server.is_run_by_another():
        yield _private(place, server, extra)
        return
    with server:
        yield _private(place, server, extra)


def set_up_django(installation: Installation) -> None:
    """Make this process one of the installation's, connected as the application."""
    os.environ.update(installation.environ)
    import django

    django.setup()


def require_owner(installation: Installation) -> None:
    """``LauncherError`` where nobody told the owner's address."""
    if not installation.owner_url:
        raise LauncherError(
            "PAMONG_OWNER_DATABASE_URL belum diisi. Isi dengan alamat basis data untuk pengguna pamong_owner."
        )


def _private(place: Home, server: Server, extra: Mapping[str, str] | None) -> Installation:
    return Installation(_environ(place, server.url("app"), extra), server.url("owner"), server)


def _environ(place: Home, app_url: str, extra: Mapping[str, str] | None) -> dict[str, str]:
    """What the machine says wins; the rest has its place in the installation's folder."""
    found = {key: value for key, value in os.environ.items() if key != "PAMONG_OWNER_DATABASE_URL"}
    if "PAMONG_SECRET_KEY" not in found:
        place.prepare()
        found["PAMONG_SECRET_KEY"] = place.secret("django-key")
    if "PAMONG_LEDGER_SECRETS" not in found:
        place.prepare()
        found["PAMONG_LEDGER_SECRETS"] = place.secret("ledger")
    own = {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PAMONG_STATIC_ROOT": str(place.root / "static"),
        "PAMONG_FILES": str(place.root / "files"),
        "PAMONG_LEDGER": str(place.root / "ledger" / "public"),
        "PAMONG_STATIC_MANIFEST": "1",
    }
    return {**own, **(extra or {}), **found, "DATABASE_URL": app_url}
