"""The only way by which what opens somebody's data in the log is destroyed. Every proof stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from pamong.kernel.actor import Actor
from pamong.ledger.choices import ErasureGround
from pamong.ledger.errors import NothingToErase, ReferenceMissing
from pamong.ledger.events import Event

_ERASE = """
    INSERT INTO ledger_erasure (key_id, subject, ground, reference, intake_id)
    SELECT id, subject, %s, %s, %s FROM ledger_personkey WHERE id = ANY(%s)"""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why: the kind, and the document that says so (a retention schedule with its code), which is public."""

    kind: ErasureGround
    reference: str


@dataclass(frozen=True, slots=True)
class Erased(Event):
    """Keys were destroyed, so that the personal part of so many entries opens no more. It names nobody."""

    kind: ClassVar[str] = "ledger.erased"
    keys: tuple[int, ...]
    entries: int
    ground: Ground

    def public(self) -> dict[str, Any]:
        return {
            "keys": self.keys, "entries": self.entries, "ground": self.ground.kind,
            "article": self.ground.kind.article, "reference": self.ground.reference,
        }  # fmt: skip

    def sentence(self) -> str:
        return f"Isi pribadi {self.entries} catatan dihapus {self.ground.kind.label}."


def erase_person(*, actor: Actor, subject: UUID, ground: Ground) -> int:
    """Destroy the key of a person (or an account), and tell the log; how many entries open no more.

    For whoever has seen to the right to do it and to the two people who agree. NothingToErase,
    ReferenceMissing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_personkey WHERE subject = %s", [subject])
        return _erase(actor, [row[0] for row in cursor.fetchall()], ground)


def erase_entries(*, actor: Actor, entry_ids: Collection[int], ground: Ground) -> int:
    """Destroy the keys that entries about several people, or none, have for themselves. The same refusals.

    ``ValueError`` for an entry that is one person's: with its key all of that person's would go.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT sealed_with, EXISTS (SELECT 1 FROM ledger_personal o WHERE "
            "o.sealed_with = p.sealed_with AND o.intake_id <> p.intake_id) FROM ledger_personal p "
            "WHERE intake_id = ANY(%s) AND sealed_with IS NOT NULL",
            [list(entry_ids)],
        )
        found = cursor.fetchall()
    if any(shared for _, shared in found):
        raise ValueError("an entry of one person is erased with the person")
    return _erase(actor, [key for key, _ in found], ground)


@transaction.atomic
def _erase(actor: Actor, keys: list[int], ground: Ground) -> int:
    from pamong.ledger.services import record  # noqa: PLC0415 - which offers this module's functions

    ground = replace(ground, reference=ground.reference.strip())
    if not ground.reference:
        raise ReferenceMissing
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT intake_id) FROM ledger_personal WHERE sealed_with = ANY(%s)", [keys]
        )
        (entries,) = cursor.fetchone()
        entry = record(actor=actor, event=Erased(tuple(sorted(keys)), entries, ground))
        try:
            with transaction.atomic():
                cursor.execute(_ERASE, [ground.kind.value, ground.reference, entry, keys])
        except IntegrityError as error:  # somebody else destroys it in this moment
            raise NothingToErase from error
        if not keys or cursor.rowcount != len(keys):
            raise NothingToErase
        cursor.execute("DELETE FROM ledger_personkey WHERE id = ANY(%s)", [keys])
    return int(entries)
