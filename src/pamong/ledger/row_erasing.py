"""What protected rows said may be erased from the log when retention ends; that they stood there stays."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import connection, transaction

from pamong.kernel.actor import Actor
from pamong.ledger.errors import RowsNotSealed
from pamong.ledger.events import Event

_PENDING = """
    SELECT count(*) FROM ledger_row r WHERE r.relation = %s AND r.row_id = ANY(%s) AND r.content IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM ledger_rowgroup g WHERE g.xid = r.xid)"""
_ERASE = "SELECT count(*) FROM pamong_erase_rows(%s, %s)"
_ERASED = """
    SELECT digest FROM ledger_row WHERE erased = pg_current_xact_id()::text::bigint AND relation = %s
    ORDER BY id"""


@dataclass(frozen=True, slots=True)
class RowsErased(Event):
    """What so many told rows of a table said was erased, all those of one transaction. ``digest``: over their
    digests, in order, so that no other row can be passed off as erased."""

    kind: ClassVar[str] = "ledger.rows_erased"
    relation: str
    rows: int
    digest: str
    ground: str

    def public(self) -> dict[str, Any]:
        return {
            "relation": self.relation, "rows": self.rows, "digest": self.digest, "ground": self.ground
        }  # fmt: skip

    def sentence(self) -> str:
        return f"Isi {self.rows} baris {self.relation} di buku segel dihapus: {self.ground}."


@transaction.atomic
def erase_rows(*, actor: Actor, relation: str, row_ids: Collection[object], ground: str) -> int:
    """Erase what the log kept of these rows of a table, and tell the log why; the number of told rows erased.

    For whoever has seen to the right to do it. The table's own rows are the caller's to remove, before.
    RowsNotSealed where the log has not yet sealed one of them; ValueError without a ground.
    """
    from pamong.ledger.services import record  # noqa: PLC0415 - which offers this module's functions

    if not ground.strip():
        raise ValueError("nothing is erased without a ground")
    ids = sorted({str(row_id) for row_id in row_ids})
    with connection.cursor() as cursor:
        cursor.execute(_PENDING, [relation, ids])
        if cursor.fetchone()[0]:
            raise RowsNotSealed
        cursor.execute(_ERASE, [relation, ids])
        erased = int(cursor.fetchone()[0])
        cursor.execute(_ERASED, [relation])
        digests = [bytes(digest) for (digest,) in cursor.fetchall()]
    if erased:
        digest = hashlib.sha256(b"".join(digests)).hexdigest()
        record(actor=actor, event=RowsErased(relation, len(digests), digest, ground.strip()))
    return erased
