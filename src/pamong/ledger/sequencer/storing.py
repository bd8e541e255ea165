"""What the sequencer keeps in the database beside the leaves: its lock, checkpoints, witnesses' answers."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from pamong.ledger.sequencer.errors import LogBusy
from pamong.ledger.sequencer.witnesses import Answer


def lock(connection: Connection[Any], log: str) -> None:
    """Hold a log for this connection. LogBusy where another process does."""
    number = int.from_bytes(hashlib.sha256(f"pamong ledger {log}".encode()).digest()[:8], "big", signed=True)
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", [number]).fetchone()
    if not (row and row[0]):
        raise LogBusy(log)


def keep_checkpoint(connection: Connection[Any], log: str, size: int, note: str) -> None:
    """Keep a signed checkpoint; one of this size stays as it was first."""
    connection.execute(
        "INSERT INTO ledger_checkpoint (log_id, size, note) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [log, size, note],
    )


def last_size(connection: Connection[Any], log: str, witness: str) -> int:
    """The size that a witness countersigned last, as far as known; else 0."""
    row = connection.execute(
        "SELECT size FROM ledger_witnessanswer WHERE log_id = %s AND witness = %s AND good_at IS NOT NULL",
        [log, witness],
    ).fetchone()
    return int(row[0]) if row else 0


def keep_answer(connection: Connection[Any], log: str, answer: Answer) -> None:
    """Keep how a question to a witness ended, and its countersignature."""
    connection.execute(
        """
        INSERT INTO ledger_witnessanswer AS w (log_id, witness, size, said, asked_at, good_at)
        VALUES (%(log)s, %(witness)s, CASE WHEN %(good)s THEN %(size)s ELSE 0 END, %(said)s,
                clock_timestamp(), CASE WHEN %(good)s THEN clock_timestamp() END)
        ON CONFLICT (log_id, witness) DO UPDATE SET
            size = CASE WHEN %(good)s THEN %(size)s ELSE w.size END, said = %(said)s,
            asked_at = clock_timestamp(),
            good_at = CASE WHEN %(good)s THEN clock_timestamp() ELSE w.good_at END
        """,
        {
            "log": log,
            "witness": answer.witness,
            "size": answer.size,
            "said": answer.said,
            "good": bool(answer.line),
        },
    )
    if answer.line:
        connection.execute(
            "INSERT INTO ledger_cosignature (checkpoint_id, witness, line, signed_at) "
            "SELECT id, %s, %s, %s FROM ledger_checkpoint WHERE log_id = %s AND size = %s "
            "ON CONFLICT DO NOTHING",
            [answer.witness, answer.line, datetime.fromtimestamp(answer.signed_at, UTC), log, answer.size],
        )
