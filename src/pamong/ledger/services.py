"""Writing to the ledger: always inside the transaction of the act that it tells of."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger.choices import SealKind
from pamong.ledger.events import SALT_BYTES, Entry, Event, entry_of


@dataclass(frozen=True, slots=True)
class Sealed(Event):
    """A basis was set, on which protected rows may rest."""

    kind: ClassVar[str] = "ledger.sealed"
    seal_kind: SealKind
    ref: UUID

    def public(self) -> dict[str, Any]:
        return {"seal_kind": self.seal_kind, "ref": self.ref}

    def sentence(self) -> str:
        return f"Dasar '{self.seal_kind.label}' dicatat di buku segel."


def record(*, actor: Actor, event: Event) -> int:
    """Add one entry and return its id. ``RuntimeError`` outside a transaction."""
    return record_many(actor=actor, events=(event,))[0]


def record_many(*, actor: Actor, events: Iterable[Event]) -> list[int]:
    """Add entries by COPY in the order given and return their ids. ``RuntimeError`` outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of the act that it tells of")
    entries = [entry_of(event, actor, _salt) for event in events]
    if not entries:
        return []
    ids = _draw_ids(len(entries))
    _copy("ledger_intake (id, log, kind, body)", _intake_rows(ids, entries))
    _copy("ledger_personal (intake_id, field, salt, value)", _personal_rows(ids, entries))
    return ids


def seal(*, actor: Actor, kind: SealKind, ref: UUID) -> int:
    """Set a basis for protected rows, tell it to the log, return its id. One seal for each kind and ref."""
    record(actor=actor, event=Sealed(kind, ref))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_seal (kind, ref) VALUES (%s, %s) RETURNING id", [kind.value, ref])
        return int(cursor.fetchone()[0])


def seal_mark(*, actor: Actor) -> tuple[int, int]:
    """Two numbers that differ as soon as any seal was added: for what is kept as long as nothing changes.

    The newest id, and the sum of the last thousand: a transaction may come to its end after one whose seal
    has a higher id.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(max(id), 0), COALESCE(sum(id), 0)::bigint "
            "FROM (SELECT id FROM ledger_seal ORDER BY id DESC LIMIT 1000) s"
        )
        newest, several = cursor.fetchone()
        return int(newest), int(several)


def _salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def _draw_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('ledger_intake', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _intake_rows(ids: Sequence[int], entries: Sequence[Entry]) -> Iterable[tuple[Any, ...]]:
    return (
        (id_, entry.log, entry.kind, entry.body.decode()) for id_, entry in zip(ids, entries, strict=True)
    )


def _personal_rows(ids: Sequence[int], entries: Sequence[Entry]) -> Iterable[tuple[Any, ...]]:
    for id_, entry in zip(ids, entries, strict=True):
        for opening in entry.openings:
            yield id_, opening.field, opening.salt, opening.value


def _copy(target: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
