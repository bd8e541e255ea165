"""A database whose entries are sealed, an audit as the auditor writes it, witnesses that answer at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from pamong.ledger.sequencer import logs as at_work
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.witnesses import Answer, Witness
from pamong.ledger.tree.notes import COSIGNATURE, SigningKey, read_note
from tests.support.databases import Cluster
from tests.support.sealing import SITE, sealing

FINDING = {
    "kind": "row_redated",
    "label": "Tanggal diubah",
    "relation": "people_rank",
    "row": "17",
    "before": {"period": "[2026-10-01,)"},
    "now": {"period": "[2025-10-01,)"},
    "since": {"log": "decisions", "seq": 0, "at": "2026-11-10T00:05:00+00:00"},
    "sentence": "Tanggal pada baris 17 tabel people_rank diubah sesudah disegel.",
}
QUIET = "Saksi tidak menjawab dalam 5 detik."


def places_of(ledger: Path) -> Places:
    """The places of a ledger whose published folder is this one."""
    return Places(SITE, ledger, ledger.parent / "keys")


def seal_all(postgres: Cluster, database: str, ledger: Path, witnesses: Sequence[Witness] = ()) -> None:
    """Number, sign and publish all that waits in a database; what witnesses say is taken in."""
    with sealing(postgres, database, places_of(ledger)) as it:
        it.beat(witnesses)
        it.pool.shutdown(wait=True)
        for log in it.logs.values():
            log._take_answers()


def witness_keys(*names: str) -> dict[str, SigningKey]:
    """A key for each witness."""
    return {name: SigningKey.generate(f"{name}.contoh.go.id/saksi", COSIGNATURE) for name in names}


def write_policy(ledger: Path, keys: Mapping[str, SigningKey], *rest: str) -> None:
    """A policy file with these witnesses, and the given lines of groups and quorum."""
    lines = [f"witness {name} {key.vkey} https://{name}.contoh.go.id/" for name, key in keys.items()]
    ledger.mkdir(parents=True, exist_ok=True)
    (ledger / "policy").write_text("\n".join([*lines, *rest]) + "\n")


def witnesses_of(keys: Mapping[str, SigningKey]) -> list[Witness]:
    """Whom the sequencer is to ask."""
    return [Witness(name, key.verifier, f"https://{name}.contoh.go.id/") for name, key in keys.items()]


def answering(monkeypatch: Any, keys: Mapping[str, SigningKey], silent: Sequence[str] = ()) -> None:
    """Let witnesses answer without a network: they sign what they see, but for those that are silent."""

    def ask(witness: Witness, note: str, size: int, old: int, prove: Any) -> Answer:
        if witness.name in silent:
            return Answer(witness.name, size, QUIET)
        at = int(datetime.now(UTC).timestamp())
        return Answer(witness.name, size, "", keys[witness.name].cosign(read_note(note).text, at), at)

    monkeypatch.setattr(at_work, "ask", ask)


def add_audit(
    postgres: Cluster, database: str, *findings: Mapping[str, Any], unseen: Sequence[str] = ()
) -> None:
    """The result of an audit, stored as the auditor."""
    counts = {
        "rows": 98_765, "entries_decisions": 1_234, "findings": len(findings), "unseen": list(unseen),
    }  # fmt: skip
    with psycopg.connect(postgres.server.url("auditor", database)) as session:
        session.execute(
            "INSERT INTO ledger_audit (started_at, ok, counts, findings) VALUES (%s, %s, %s, %s)",
            [
                datetime(2026, 11, 9, 19, 0, tzinfo=UTC), not findings and not unseen, json.dumps(counts),
                json.dumps(findings),
            ],
        )  # fmt: skip
