"""An installation as commands use it: its database running, its addresses in the environment."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pamong.cli.errors import LauncherError
from pamong.cli.places import Home, data_root, home
from pamong.cli.postgres import Server

SETTINGS = "pamong.config.settings"
# Addresses by which other roles sign in: no web or worker process needs to know them.
OTHER_ROLES = (
    "PAMONG_OWNER_DATABASE_URL",
    "PAMONG_SEQUENCER_DATABASE_URL",
    "PAMONG_AUDITOR_DATABASE_URL",
)


@dataclass(frozen=True, slots=True)
class Installation:
    """``environ`` is what a web or worker process needs; the owner's address is kept apart from it."""

    environ: Mapping[str, str]
    owner_url: str
    sequencer_url: str
    auditor_url: str
    ledger_keys: Path
    server: Server | None = field(default=None)

    def owner_environ(self) -> dict[str, str]:
        """The environment in which migrations run."""
        return {**self.environ, "PAMONG_DB_ROLE": "owner", "PAMONG_OWNER_DATABASE_URL": self.owner_url}

    def sequencer_environ(self) -> dict[str, str]:
        """The environment of the sequencer: it knows none of the application's secrets."""
        hidden = ("PAMONG_SECRET_KEY", "PAMONG_LEDGER_SECRETS", "DATABASE_URL")
        kept = {key: value for key, value in self.environ.items() if key not in hidden}
        own = {
            "PAMONG_SEQUENCER_DATABASE_URL": self.sequencer_url,
            "PAMONG_LEDGER_KEYS": str(self.ledger_keys),
        }
        return kept | own

    def worker_environ(self) -> dict[str, str]:
        """The environment of the worker, which runs the audit each night where it can."""
        own = {"PAMONG_AUDITOR_DATABASE_URL": self.auditor_url} if self.auditor_url else {}
        return {**self.environ, **own}

    def audit_environ(self) -> dict[str, str]:
        """The environment of an audit: it sees what the application and the sequencer know."""
        return {**self.worker_environ(), "PAMONG_LEDGER_KEYS": str(self.ledger_keys)}


@contextmanager
def running(name: str, extra: Mapping[str, str] | None = None) -> Iterator[Installation]:
    """The installation with its database running until the block ends.

    With ``DATABASE_URL`` it is that PostgreSQL. Otherwise the private one: ours to start and stop, or, where
    ``pamong serve`` runs it already, only to be used. ``extra`` joins the environment of its processes.
    """
    if os.environ.get("DATABASE_URL"):
        place = Home(data_root() / name, None)
        yield Installation(
            _environ(place, os.environ["DATABASE_URL"], extra),
            os.environ.get("PAMONG_OWNER_DATABASE_URL", ""),
            os.environ.get("PAMONG_SEQUENCER_DATABASE_URL", ""),
            os.environ.get("PAMONG_AUDITOR_DATABASE_URL", ""),
            _ledger_keys(place),
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
    environ = _environ(place, server.url("app"), extra)
    owner, sequencer, auditor = (server.url(role) for role in ("owner", "sequencer", "auditor"))
    return Installation(environ, owner, sequencer, auditor, _ledger_keys(place), server)


def _ledger_keys(place: Home) -> Path:
    return Path(os.environ.get("PAMONG_LEDGER_KEYS") or place.root / "ledger" / "keys")


def _environ(place: Home, app_url: str, extra: Mapping[str, str] | None) -> dict[str, str]:
    """What the machine says wins; the rest has its place in the installation's folder."""
    found = {key: value for key, value in os.environ.items() if key not in OTHER_ROLES}
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
        "PAMONG_CERTIFICATES": str(place.root / "certificates"),
        "PAMONG_LEDGER": str(place.root / "ledger" / "public"),
        "PAMONG_SITE": _own_site(found["PAMONG_LEDGER_SECRETS"]),
        "PAMONG_STATIC_MANIFEST": "1",
    }
    return {**own, **(extra or {}), **found, "DATABASE_URL": app_url}


def _own_site(secret: str) -> str:
    """The name of an installation that has no host name yet: unlike any other's, and nobody's address.

    From the first of its secrets, which stands last, so that a new one changes no log's name.
    """
    first = secret.rpartition(",")[2].strip()
    return f"pamong.invalid/{hashlib.sha256(first.encode()).hexdigest()[:8]}"
