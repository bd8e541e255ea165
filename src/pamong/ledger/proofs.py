"""Proofs of what the log holds: as a file, and as the text of a QR code. Built from the published tiles.

They tell what their content tells; who may have that is for the caller to say, and to log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger.reading.policy import site_policy
from pamong.ledger.sequencer.places import POLICY
from pamong.ledger.tree import compact
from pamong.ledger.tree.checkpoints import Checkpoint
from pamong.ledger.tree.content import Content, Item, Opening
from pamong.ledger.tree.errors import PayloadError
from pamong.ledger.tree.keys import Signature
from pamong.ledger.tree.notes import Note, Verified, add_signatures, open_note, read_note, read_signatures
from pamong.ledger.tree.policy import Policy
from pamong.ledger.tree.proof_file import ProofFile
from pamong.ledger.tree.tiles import FileTiles, inclusion_proof

__all__ = [
    "Item", "Leaf", "Opening", "check_address", "find_leaf", "is_witnessed", "policy_text", "proof_of",
    "qr_text",
]  # fmt: skip

CHECK_PATH = "/cek/"
NO_SITE = "pamong.invalid"
_MOST_CHECKPOINTS = 50  # that are looked at, from either end
_MOST_COSIGNATURES = 2  # in a QR code, where the policy asks for none

_LEAF = """
    SELECT l.log_id, l.seq, i.id, i.kind, i.body FROM ledger_leaf l JOIN ledger_intake i ON i.id = l.intake_id
    WHERE {} ORDER BY l.log_id, l.seq LIMIT 1"""
_CHECKPOINTS = """
    SELECT c.note, string_agg(s.line, '' ORDER BY s.id)
    FROM (SELECT id, size, note FROM ledger_checkpoint c WHERE log_id = %(log)s AND size > %(seq)s {0}
          ORDER BY size {1} LIMIT %(most)s) c LEFT JOIN ledger_cosignature s ON s.checkpoint_id = c.id
    GROUP BY c.id, c.size, c.note ORDER BY c.size {1}"""
_COSIGNED = "AND EXISTS (SELECT 1 FROM ledger_cosignature s WHERE s.checkpoint_id = c.id)"


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry that has its place. ``seq`` counts from 0; ``body`` is its exact text."""

    log: str
    seq: int
    entry_id: int
    kind: str
    body: str


def policy_text() -> str:
    """The site's policy file as it is published: logs, witnesses, quorum; '' where there is none yet."""
    path = Path(settings.PAMONG_LEDGER) / POLICY
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def check_address() -> str:
    """The address at which documents are checked; '' for an installation without a host name of its own."""
    site = str(settings.PAMONG_SITE)
    return "" if site.partition("/")[0] == NO_SITE else f"https://{site}{CHECK_PATH}"


def find_leaf(*, actor: Actor, entry: int | bytes) -> Leaf | None:
    """An entry that was placed, by its id in the intake or by its leaf hash (32 bytes)."""
    column = "l.hash = %s" if isinstance(entry, bytes) else "l.intake_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(_LEAF.format(column), [entry])
        row = cursor.fetchone()
    return Leaf(*row) if row else None


def proof_of(
    *, actor: Actor, entry: int | bytes, item: Item | None = None, openings: Sequence[Opening] = ()
) -> str | None:
    """The proof file (C2SP tlog-proof) of an entry, or of one item of its subtree; None while no published
    checkpoint covers it. ``entry``: as for ``find_leaf``; ``openings`` belong to the item, if there is one.

    TileError where the published files are damaged.
    """
    leaf = find_leaf(actor=actor, entry=entry)
    note = _note_over(leaf) if leaf else None
    if leaf is None or note is None:
        return None
    size = Checkpoint.parse(read_note(note).text).size
    tiles = FileTiles(Path(settings.PAMONG_LEDGER) / leaf.log)
    path = inclusion_proof(tiles, leaf.seq, size)
    content = Content(leaf.body, item, tuple(openings))
    return ProofFile(leaf.seq, tuple(path), note, content.to_bytes()).text()


def qr_text(proof: str) -> str | None:
    """The text of the QR code of a proof file: the address, #, and digits; None where it can't be so small.

    It carries no more countersignatures than the policy asks for.
    """
    whole = ProofFile.parse(proof)
    small = ProofFile(whole.index, whole.path, _with_few(whole.checkpoint), whole.extra)
    try:
        digits = compact.to_digits(compact.encode(compact.Compact.from_proof(small)))
    except PayloadError:
        return None
    return f"{check_address() or f'https://{settings.PAMONG_SITE}{CHECK_PATH}'}#{digits}"


def is_witnessed(proof: str) -> bool:
    """Whether enough of the policy's witnesses have signed the checkpoint of a proof file."""
    policy = site_policy().policy
    return policy is not None and policy.satisfied(_names(policy, ProofFile.parse(proof).checkpoint))


def _note_over(leaf: Leaf) -> str | None:
    """The first checkpoint over a leaf that enough witnesses have signed: it tells best how old the leaf is.
    Where there is none, of the newest ones the one that most have signed."""
    policy = site_policy().policy
    notes = _notes(leaf, _COSIGNED, "ASC")
    first = next((note for note in notes if policy and policy.satisfied(_names(policy, note))), None)
    if first is not None:
        return first
    newest = list(_notes(leaf, "", "DESC"))
    return max(newest, key=lambda note: len(_names(policy, note)) if policy else 0, default=None)


def _notes(leaf: Leaf, condition: str, order: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        told: dict[str, str | int] = {"log": leaf.log, "seq": leaf.seq, "most": _MOST_CHECKPOINTS}
        cursor.execute(_CHECKPOINTS.format(condition, order), told)
        rows: list[tuple[str, str | None]] = cursor.fetchall()
    for note, lines in rows:
        yield add_signatures(note, read_signatures(lines)) if lines else note


def _verified(policy: Policy, note: str) -> tuple[Verified, ...]:
    """What known keys have signed of a note; nothing where one of the signatures does not hold."""
    origin = Checkpoint.parse(read_note(note).text).origin
    try:
        return open_note(note, (*policy.log_keys(origin), *policy.witness_keys())).verified
    except ValueError:
        return ()


def _names(policy: Policy, note: str) -> frozenset[str]:
    return policy.names_of(_verified(policy, note))


def _with_few(note: str) -> str:
    """The note with one signature of the log and the fewest countersignatures that the policy takes."""
    policy = site_policy().policy
    if policy is None:
        return note
    verified = _verified(policy, note)
    by_log = [each for each in verified if each.time is None]
    by_witness = [each for each in verified if each.time is not None]
    if not by_log:
        return note
    kept = _enough(policy, sorted(by_witness, key=lambda each: each.time or 0))
    signatures: tuple[Signature, ...] = tuple(each.signature for each in (by_log[-1], *kept))
    return str(Note(read_note(note).text, signatures))


def _enough(policy: Policy, verified: list[Verified]) -> Sequence[Verified]:
    """As few as are enough, the earliest of them; all where they are not enough."""
    if policy.satisfied(()):
        return verified[:_MOST_COSIGNATURES]
    kept = list(verified)
    for each in reversed(verified):
        fewer = [other for other in kept if other is not each]
        if policy.satisfied(policy.names_of(fewer)):
            kept = fewer
    return kept
