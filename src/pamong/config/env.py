"""The environment variables that Pamong reads, once, as one typed object."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from pamong.config.mail import mail_target

TRUE = frozenset({"1", "true", "yes", "ya", "on"})
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Letters:
    """What orders are printed and signed with: the site's own templates, the place where they are given, the
    folder of certificates and what opens those."""

    templates: str
    place: str
    certificates: Path
    secret: str


@dataclass(frozen=True, slots=True)
class Env:
    """What the outside decides. ``secret_key_is_own`` is False where no lasting key was given; ``mail`` is
    empty where no mail server was told. ``ledger_secrets`` are the present one and those before it, by which
    older marks are known; ``mirror_tokens`` are what machines show that copy whole logs, entries too."""

    debug: bool
    secret_key: str
    secret_key_is_own: bool
    ledger_secrets: tuple[str, ...]
    ledger_root: Path
    mirror_tokens: tuple[str, ...]
    site: str
    database_url: str
    pool_size: int
    static_root: Path
    static_manifest: bool
    law_overlay: str
    layouts: str
    letters: Letters
    unknown_ppm: int
    files_root: Path
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    https: bool
    zone: str
    profile: str
    clock_offset: timedelta
    demo: bool
    second_factor: bool
    log_level: str
    mail: Mapping[str, Any]
    mail_from: str
    site_url: str


def read_env(environ: Mapping[str, str] = os.environ) -> Env:
    """Read the variables. ``ValueError`` names the variable that has no usable value."""
    key = environ.get("PAMONG_SECRET_KEY", "")
    secret = key or secrets.token_urlsafe(48)
    return Env(
        debug=_flag(environ, "PAMONG_DEBUG"),
        secret_key=secret,
        secret_key_is_own=bool(key),
        ledger_secrets=_list(environ, "PAMONG_LEDGER_SECRETS") or (secret,),
        ledger_root=Path(environ.get("PAMONG_LEDGER", "build/ledger")),
        mirror_tokens=_list(environ, "PAMONG_LEDGER_MIRRORS"),
        site=environ.get("PAMONG_SITE", "pamong.invalid"),
        database_url=_database_url(environ),
        pool_size=_whole(environ, "PAMONG_DB_POOL", 0),
        static_root=Path(environ.get("PAMONG_STATIC_ROOT", "build/static")),
        static_manifest=_flag(environ, "PAMONG_STATIC_MANIFEST"),
        law_overlay=environ.get("PAMONG_LAW_OVERLAY", ""),
        layouts=environ.get("PAMONG_LAYOUTS", ""),
        letters=_letters(environ),
        unknown_ppm=_whole(environ, "PAMONG_UNKNOWN_PPM", 5_000),
        files_root=Path(environ.get("PAMONG_FILES", "build/files")),
        allowed_hosts=_list(environ, "PAMONG_HOSTS") or LOCAL_HOSTS,
        trusted_origins=_list(environ, "PAMONG_ORIGINS"),
        https=_flag(environ, "PAMONG_HTTPS"),
        zone=environ.get("PAMONG_ZONE", "Asia/Jakarta"),
        profile=environ.get("PAMONG_PROFILE", ""),
        clock_offset=timedelta(seconds=_whole(environ, "PAMONG_CLOCK_OFFSET", 0)),
        demo=_flag(environ, "PAMONG_DEMO"),
        second_factor=not _flag(environ, "PAMONG_DEMO"),
        log_level=environ.get("PAMONG_LOG_LEVEL", "INFO").upper(),
        mail=mail_target(
            environ.get("PAMONG_MAIL_URL", ""),
            environ.get("PAMONG_MAIL_FROM", ""),
            environ.get("PAMONG_SITE_URL", ""),
        ),
        mail_from=environ.get("PAMONG_MAIL_FROM", ""),
        site_url=environ.get("PAMONG_SITE_URL", "").rstrip("/"),
    )


def _letters(environ: Mapping[str, str]) -> Letters:
    return Letters(
        templates=environ.get("PAMONG_TEMPLATES", ""),
        place=environ.get("PAMONG_PLACE", ""),
        certificates=Path(environ.get("PAMONG_CERTIFICATES", "build/certificates")),
        secret=environ.get("PAMONG_CERTIFICATES_SECRET", ""),
    )


def _database_url(environ: Mapping[str, str]) -> str:
    """Migrations run as the owner (``PAMONG_DB_ROLE=owner``), everything else as the application."""
    role = environ.get("PAMONG_DB_ROLE", "app")
    if role not in ("app", "owner"):
        raise ValueError(f"PAMONG_DB_ROLE harus 'app' atau 'owner', bukan '{role}'.")
    own = environ.get("PAMONG_OWNER_DATABASE_URL", "") if role == "owner" else ""
    return own or environ.get("DATABASE_URL", "")


def _flag(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").strip().lower() in TRUE


def _list(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in environ.get(name, "").split(",") if part.strip())


def _whole(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip()
    try:
        return int(text) if text else default
    except ValueError:
        raise ValueError(f"{name} harus bilangan bulat, bukan '{text}'.") from None
