"""The proof of one entry, as a file that anybody can verify without this site."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger.errors import NotSealedYet
from pamong.ledger.reading.entries import Placed
from pamong.ledger.tree.content import Content
from pamong.ledger.tree.notes import add_signatures, read_signatures
from pamong.ledger.tree.proof_file import ProofFile
from pamong.ledger.tree.tiles import FileTiles, inclusion_proof

# Of the last checkpoints the one that most witnesses have countersigned: the newest may still wait for them.
_CHECKPOINT = """
    SELECT c.size, c.note, COALESCE(string_agg(s.line, '' ORDER BY s.id), '')
    FROM (
        SELECT k.id, k.size, k.note FROM ledger_checkpoint k
        WHERE k.log_id = %(log)s AND k.size > %(number)s ORDER BY k.size DESC LIMIT 20
    ) c LEFT JOIN ledger_cosignature s ON s.checkpoint_id = c.id
    GROUP BY c.id, c.size, c.note ORDER BY count(s.id) DESC, c.size DESC LIMIT 1
"""


def entry_proof(*, actor: Actor, placed: Placed) -> str:
    """The proof file of an entry, with its exact text and no opening.

    ``NotSealedYet`` while no checkpoint holds it; ``TileError`` where the published files are damaged.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHECKPOINT, {"log": placed.log, "number": placed.number})
        found = cursor.fetchone()
    if found is None:
        raise NotSealedYet(placed.number)
    size, note, lines = found
    path = inclusion_proof(FileTiles(Path(settings.PAMONG_LEDGER) / placed.log), placed.number, size)
    whole = add_signatures(note, read_signatures(lines)) if lines else note
    content = Content(placed.body.decode())
    return ProofFile(placed.number, tuple(path), whole, content.to_bytes()).text()
