"""Gunicorn's settings: few processes, threads for the waiting, the code loaded once."""

from __future__ import annotations

import os

THREADS = 8

bind = os.environ.get("PAMONG_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("PAMONG_WEB_PROCESSES", "2"))
threads = THREADS
preload_app = True
timeout = 60
graceful_timeout = 10
max_requests = 20_000
max_requests_jitter = 2_000
loglevel = "warning"
control_socket_disable = True
os.environ.setdefault("PAMONG_DB_POOL", str(THREADS))  # read by the settings: one connection a thread


def on_starting(server: object) -> None:
    """Refuse to serve with a key that dies with the process: every restart would sign everybody out."""
    from django.conf import settings  # noqa: PLC0415  settings exist only once gunicorn has its environment

    if not settings.ENV.secret_key_is_own:
        raise SystemExit("PAMONG_SECRET_KEY belum diisi. Isi dengan teks acak sepanjang 50 huruf.")
