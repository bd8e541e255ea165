"""From a mail address of the environment to what Django's mail needs."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BACKENDS = "django.core.mail.backends"
PORTS = {"smtp": 25, "smtps": 465}
PLAIN_HOSTS = ("localhost", "127.0.0.1", "::1")
TIMEOUT_SECONDS = 20


def mail_target(url: str, sender: str, site: str) -> dict[str, Any]:
    """What ``django.core.mail.get_connection`` takes, from ``smtp://user:password@host:587/?tls=1``,
    ``smtps://host`` or ``file:///folder``, which writes mails to files there.

    An empty ``url`` gives nothing: no reminder is sent. ``sender`` and ``site`` are needed with any other.
    ``ValueError`` names what has no usable value.
    """
    if not url:
        return {}
    if "@" not in sender:
        raise ValueError("PAMONG_MAIL_FROM harus alamat surel pengirim, misalnya pamong@contoh.go.id.")
    if not site.startswith(("https://", "http://")):
        raise ValueError("PAMONG_SITE_URL harus alamat situs ini, misalnya https://pamong.contoh.go.id.")
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return {"backend": f"{BACKENDS}.filebased.EmailBackend", "file_path": unquote(parts.path)}
    if parts.scheme in PORTS and parts.hostname:
        return _server(url)
    raise ValueError("PAMONG_MAIL_URL harus diawali smtp://, smtps://, atau file:///, lalu tujuannya.")


def _server(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    wrapped = parts.scheme == "smtps"
    upgraded = not wrapped and parse_qs(parts.query).get("tls") == ["1"]
    if parts.password and not (wrapped or upgraded or parts.hostname in PLAIN_HOSTS):
        raise ValueError(
            "PAMONG_MAIL_URL: kata sandi hanya dikirim lewat TLS. Pakai smtps:// atau tambahkan ?tls=1."
        )
    return {
        "backend": f"{BACKENDS}.smtp.EmailBackend",
        "host": parts.hostname,
        "port": _port(parts.scheme, url),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": wrapped,
        "use_tls": upgraded,
        "timeout": TIMEOUT_SECONDS,
    }


def _port(scheme: str, url: str) -> int:
    try:
        return urlsplit(url).port or PORTS[scheme]
    except ValueError:
        raise ValueError("PAMONG_MAIL_URL: nomor portnya harus 1 sampai 65535.") from None
