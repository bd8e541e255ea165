"""From a database address to Django's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SCHEMES = ("postgresql", "postgres")


def database_settings(url: str, pool_size: int = 0) -> dict[str, Any]:
    """Django's settings of one database, from ``postgresql://user:password@host:port/name?host=/socket``.

    An empty ``url`` gives settings that no server answers to, so that tools that need no data still run.
    ``pool_size`` is the number of connections a web process keeps, 0 for none. ``ValueError`` for an
    address that is not PostgreSQL's.
    """
    parts = urlsplit(url or "postgresql:///pamong")
    if parts.scheme not in SCHEMES:
        raise ValueError("DATABASE_URL harus berupa alamat PostgreSQL, diawali postgresql://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    # Compiling a statement (jit) pays off over seconds. The planner overrates what our functions that return
    # sets give, and would spend 200 to 900 ms on compiling reads that then take 20.
    options.setdefault("options", "-c jit=off")
    host = options.pop("host", parts.hostname or "")
    port = options.pop("port", str(parts.port or ""))
    if pool_size:
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"MIGRATE": False},
    }
