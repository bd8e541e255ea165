"""Django's entry for the ledger."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The lowest application: every other records its events here."""

    name = "pamong.ledger"
    verbose_name = "Buku segel"
