"""Receipts: what an act has recorded, promised to whoever did it, with a signature that outlives the server.

``collecting`` gathers what is recorded, and committed, while one request is answered. A receipt needs nothing
kept: Ed25519 gives the same signature over the same words, so that it can be written again from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from pamong.ledger import marks
from pamong.ledger.events import Entry
from pamong.ledger.tree.merkle import leaf_hash
from pamong.ledger.tree.receipts import Receipt, open_receipt, sign_receipt
from pamong.ledger.tree.signing import SigningKey

MOST = 20  # receipts that are written for one act; of an act with more entries, for its last ones


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry that was committed: its id, log and kind, and the hash of the leaf that it is to be."""

    entry_id: int
    log: str
    kind: str
    leaf: bytes


@dataclass(slots=True)
class Collected:
    """What was committed while one request was answered: the last entries, and how many there were."""

    last: list[Recorded] = field(default_factory=list)
    count: int = 0
    first_id: int = 0

    def add(self, recorded: Sequence[Recorded], count: int, first_id: int) -> None:
        """Take what a transaction has recorded."""
        self.first_id = self.first_id or first_id
        self.count += count
        self.last = [*self.last, *recorded][-MOST:]


_COLLECTED: ContextVar[Collected | None] = ContextVar("collected", default=None)


@contextmanager
def collecting() -> Iterator[Collected]:
    """Gather what is recorded in this block, once it is committed."""
    collected = Collected()
    token = _COLLECTED.set(collected)
    try:
        yield collected
    finally:
        _COLLECTED.reset(token)


def hand_over(ids: Sequence[int], entries: Sequence[Entry]) -> None:
    """Tell who gathers what was recorded, after it is committed. Nothing where nobody gathers."""
    collected = _COLLECTED.get()
    if collected is None:
        return
    pairs = list(zip(ids, entries, strict=True))[-MOST:]
    told = [Recorded(entry_id, entry.log, entry.kind, leaf_hash(entry.body)) for entry_id, entry in pairs]
    transaction.on_commit(partial(collected.add, told, len(ids), ids[0]))


def origin_of(log: str) -> str:
    """What a log is called in everything that is signed about it."""
    return f"{settings.PAMONG_SITE}/log/{log}"


def receipt_keys() -> list[SigningKey]:
    """The key that signs receipts, and before it those of earlier secrets: the present one first."""
    name = f"{settings.PAMONG_SITE}/receipt"
    return [SigningKey(name, marks.derive(secret, "receipt")) for secret in settings.PAMONG_LEDGER_SECRETS]


def receipt_of(log: str, kind: str, leaf: bytes, at: datetime) -> str:
    """The signed promise that a leaf will stand in a log; ``at`` is the server's own time."""
    return sign_receipt(Receipt(origin_of(log), kind, leaf, at), receipt_keys()[0])


def read_receipt(note: str) -> Receipt:
    """A receipt that this installation has signed, with its present or an earlier secret. ``TreeError``."""
    return open_receipt(note, [key.verifier for key in receipt_keys()])


@dataclass(frozen=True, slots=True)
class Promise:
    """What the answer to one act promises: ``told`` entries have a receipt each; of more, ids ``rest``.

    ``at`` is the server's own time, in whole seconds.
    """

    at: datetime
    told: tuple[Recorded, ...]
    rest: tuple[int, int] | None = None

    @classmethod
    def of(cls, collected: Collected, at: datetime, most: int = MOST) -> Promise:
        """The promise for what was gathered."""
        told = tuple(collected.last[-most:])
        more = collected.count > len(told)
        return cls(
            at.replace(microsecond=0), told, (collected.first_id, told[0].entry_id - 1) if more else None
        )

    def notes(self) -> list[str]:
        """The receipts, in the order in which their entries were recorded."""
        return [receipt_of(each.log, each.kind, each.leaf, self.at) for each in self.told]
