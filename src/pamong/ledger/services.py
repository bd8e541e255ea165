"""Writing to the ledger: always inside the transaction of the act that it tells of."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger import marks, receipts
from pamong.ledger.choices import SealKind
from pamong.ledger.erasing import Ground, erase_entries, erase_person
from pamong.ledger.events import SALT_BYTES, Entry, Event, entry_of
from pamong.ledger.keyring import keys_of
from pamong.ledger.openings import SealedOpening, sealed
from pamong.ledger.row_erasing import erase_rows

__all__ = [
    "Ground", "Sealed", "erase_entries", "erase_person", "erase_rows", "keys_of", "record", "record_many",
    "seal", "seal_mark",
]  # fmt: skip


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


# One entry is by far the most usual: without arrays and a sort it costs its writer a third less.
_ADD_ONE = """
    WITH entry AS (
        INSERT INTO ledger_intake (log, kind, body, mark)
        VALUES (%(log)s, %(kind)s, %(body)s, %(mark)s) RETURNING id
    ), opened AS (
        INSERT INTO ledger_personal (intake_id, field, salt, value, sealed_with)
        SELECT entry.id, o.field, o.salt, o.value, o.key
        FROM entry, unnest(%(fields)s::text[], %(salts)s::bytea[], %(values)s::bytea[], %(keys)s::bigint[])
             AS o(field, salt, value, key)
    )
    SELECT id FROM entry"""
_ADD_BARE = """
    INSERT INTO ledger_intake (log, kind, body, mark)
    VALUES (%(log)s, %(kind)s, %(body)s, %(mark)s) RETURNING id"""
_ADD_MANY = """
    WITH entry AS (
        SELECT nextval(pg_get_serial_sequence('ledger_intake', 'id')) AS id, place, log, kind, body, mark
        FROM unnest(%(logs)s::text[], %(kinds)s::text[], %(bodies)s::text[], %(marks)s::bytea[])
             WITH ORDINALITY AS e(log, kind, body, mark, place)
    ), kept AS (
        INSERT INTO ledger_intake (id, log, kind, body, mark) SELECT id, log, kind, body, mark FROM entry
    ), opened AS (
        INSERT INTO ledger_personal (intake_id, field, salt, value, sealed_with)
        SELECT entry.id, o.field, o.salt, o.value, o.key
        FROM unnest(%(places)s::bigint[], %(fields)s::text[], %(salts)s::bytea[], %(values)s::bytea[],
             %(keys)s::bigint[]) AS o(place, field, salt, value, key) JOIN entry USING (place)
    )
    SELECT id FROM entry ORDER BY place"""


def record(*, actor: Actor, event: Event) -> int:
    """Add one entry and return its id. ``RuntimeError`` outside a transaction."""
    return record_many(actor=actor, events=(event,))[0]


def record_many(*, actor: Actor, events: Iterable[Event]) -> list[int]:
    """Add entries in the order given, in a few statements, and return their ids. What opens their personal
    parts is kept under the key of the person concerned. ``RuntimeError`` outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of the act that it tells of")
    told = list(events)
    entries = [entry_of(event, actor, _salt) for event in told]
    if not entries:
        return []
    ids = _add(entries, _kept(told, entries))
    receipts.hand_over(ids, entries)
    return ids


def _add(entries: Sequence[Entry], kept: Sequence[tuple[int, SealedOpening]]) -> list[int]:
    key = marks.derive(settings.PAMONG_LEDGER_SECRETS[0], "mark")
    values: dict[str, Any] = {
        "fields": [one.field for _, one in kept],
        "salts": [one.salt for _, one in kept],
        "values": [one.value for _, one in kept],
        "keys": [one.sealed_with for _, one in kept],
    }
    if len(entries) == 1:
        entry = entries[0]
        sql = _ADD_ONE if kept else _ADD_BARE
        values |= {"log": entry.log, "kind": entry.kind, "body": entry.body.decode()}
        values["mark"] = marks.mark_of(key, entry.body)
    else:
        sql = _ADD_MANY
        values |= {
            "logs": [entry.log for entry in entries],
            "kinds": [entry.kind for entry in entries],
            "bodies": [entry.body.decode() for entry in entries],
            "marks": [marks.mark_of(key, entry.body) for entry in entries],
            "places": [place for place, _ in kept],
        }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [int(row[0]) for row in cursor.fetchall()]


def _kept(told: Sequence[Event], entries: Sequence[Entry]) -> list[tuple[int, SealedOpening]]:
    """What opens these entries, encrypted, each with the place of its entry, counted from 1."""
    personal = [place for place, entry in enumerate(entries) if entry.openings]
    known = {place: subject for place in personal if (subject := told[place].data_subject()) is not None}
    own = {place: uuid4() for place in personal if place not in known}
    keys = keys_of(known.values(), own.values())
    held = {place: keys[subject] for place, subject in (known | own).items()}
    return [
        (place + 1, one)
        for place in personal
        for one in sealed(entries[place], held[place].id, held[place].key)
    ]


def seal(*, actor: Actor, kind: SealKind, ref: UUID) -> int:
    """Set a basis for protected rows, tell it to the log, return its id. One seal for each kind and ref."""
    record(actor=actor, event=Sealed(kind, ref))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_seal (kind, ref) VALUES (%s, %s) RETURNING id", [kind.value, ref])
        return int(cursor.fetchone()[0])


def seal_kind(*, actor: Actor, basis: int) -> SealKind:
    """The kind of a basis. ``ValueError`` for one that is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM ledger_seal WHERE id = %s", [basis])
        found = cursor.fetchone()
    if found is None:
        raise ValueError(f"no seal {basis}")
    return SealKind(found[0])


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
