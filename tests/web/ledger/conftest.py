"""Fixtures of the ledger's pages: the small month, all its entries sealed, and a database of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from pamong.kernel.actor import Actor
from pamong.ledger import services
from pamong.ledger.models import Intake
from tests.support.ledger import answering, seal_all, witness_keys, witnesses_of, write_policy
from tests.support.paid import paid, paid_once, sign_in
from tests.support.sealing import SITE, Noted

__all__ = ["paid", "paid_once", "sign_in"]

LUAR = ("group luar any bkn univ", "group semua all inspektorat luar", "quorum semua")


@dataclass
class Book:
    """A database with a ledger of its own, to be written and sealed step by step."""

    postgres: Any
    database: str
    ledger: Path
    keys: dict[str, Any]
    base: int  # entries that migrations have recorded, which get the first numbers

    def note(self, *numbers: int) -> list[int]:
        """Record so many events, each with a personal field; committed."""
        actor = Actor.operator("uji", date(2026, 11, 10))
        with transaction.atomic():
            return services.record_many(actor=actor, events=[Noted(number, "Sri") for number in numbers])

    def seal(self) -> None:
        """Let the sequencer do all that is due, with the witnesses of the policy."""
        seal_all(self.postgres, self.database, self.ledger, witnesses_of(self.keys))


@pytest.fixture
def book(committed_db: str, postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """An empty ledger with three witnesses that answer at once, two of them from outside."""
    ledger = tmp_path / "public"
    keys = witness_keys("inspektorat", "bkn", "univ")
    write_policy(ledger, keys, *LUAR)
    answering(monkeypatch, keys)
    with override_settings(PAMONG_LEDGER=ledger, PAMONG_SITE=SITE):
        yield Book(postgres, committed_db, ledger, keys, Intake.objects.filter(log="decisions").count())
