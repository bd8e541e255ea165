"""Writing to the ledger: always inside the transaction of the act that it tells of."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger import marks
from pamong.ledger.choices import SealKind
from pamong.ledger.events import SALT_BYTES, Event, entry_of
from pamong.ledger.row_erasing import erase_rows

__all__ = ["Sealed", "erase_rows", "record", "record_many", "seal", "seal_mark"]


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


_ADD = """
    WITH entry AS (
        SELECT nextval(pg_get_serial_sequence('ledger_intake', 'id')) AS id, place, log, kind, body, mark
        FROM unnest(%(logs)s::text[], %(kinds)s::text[], %(bodies)s::text[], %(marks)s::bytea[])
             WITH ORDINALITY AS e(log, kind, body, mark, place)
    ), kept AS (
        INSERT INTO ledger_intake (id, log, kind, body, mark) SELECT id, log, kind, body, mark FROM entry
    ), opened AS (
        INSERT INTO ledger_personal (intake_id, field, salt, value)
        SELECT entry.id, o.field, o.salt, o.value
        FROM unnest(%(places)s::bigint[], %(fields)s::text[], %(salts)s::bytea[], %(values)s::bytea[])
             AS o(place, field, salt, value) JOIN entry USING (place)
    )
    SELECT id FROM entry ORDER BY place"""


def record(*, actor: Actor, event: Event) -> int:
    """Add one entry and return its id. ``RuntimeError`` outside a transaction."""
    return record_many(actor=actor, events=(event,))[0]


def record_many(*, actor: Actor, events: Iterable[Event]) -> list[int]:
    """Add entries in the order given, in one statement, and return their ids. ``RuntimeError`` outside a
    transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of the act that it tells of")
    entries = [entry_of(event, actor, _salt) for event in events]
    if not entries:
        return []
    key = marks.derive(settings.PAMONG_LEDGER_SECRETS[0], "mark")
    openings = [(place, opening) for place, entry in enumerate(entries, 1) for opening in entry.openings]
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD,
            {
                "logs": [entry.log for entry in entries],
                "kinds": [entry.kind for entry in entries],
                "bodies": [entry.body.decode() for entry in entries],
                "marks": [marks.mark_of(key, entry.body) for entry in entries],
                "places": [place for place, _ in openings],
                "fields": [opening.field for _, opening in openings],
                "salts": [opening.salt for _, opening in openings],
                "values": [opening.value for _, opening in openings],
            },
        )
        return [int(row[0]) for row in cursor.fetchall()]


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
