"""Checkpoints (C2SP tlog-checkpoint): size and root of a log, signed by it and countersigned by witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pamong.ledger.tree.errors import CheckpointError
from pamong.ledger.tree.fields import from_base64, from_decimal, to_base64
from pamong.ledger.tree.keys import VerifierKey
from pamong.ledger.tree.merkle import HASH_BYTES
from pamong.ledger.tree.notes import Note, Verified, open_note
from pamong.ledger.tree.signing import SigningKey


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log. ``root``: 32 bytes; ``extensions``: lines behind it, of which we write none."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text that is signed."""
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a note. CheckpointError, with its reason, where it is no checkpoint."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise CheckpointError(
                "lines", "Titik segel harus memuat tiga baris berisi: nama buku, ukuran, dan hash akar."
            )
        size, root = from_decimal(lines[1]), from_base64(lines[2], HASH_BYTES)
        if size is None:
            raise CheckpointError("size", f"Ukuran pada titik segel '{lines[0]}' bukan bilangan yang sah.")
        if root is None:
            raise CheckpointError("root", f"Hash akar pada titik segel '{lines[0]}' rusak.")
        return cls(lines[0], size, root, tuple(lines[3:-1]))


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint whose log's signature holds, its note, and what the given witnesses have signed of it."""

    checkpoint: Checkpoint
    note: Note
    cosigned: tuple[Verified, ...]

    @property
    def latest_time(self) -> int | None:
        """When all its leaves existed at the latest; None without a witness."""
        return latest_time(self.cosigned)


def latest_time(verified: Iterable[Verified]) -> int | None:
    """The latest possible time of creation of what is sealed: the earliest time at which a witness saw it.

    POSIX seconds; None where no cosignature is among them.
    """
    return min((each.time for each in verified if each.time is not None), default=None)


def sign_checkpoint(checkpoint: Checkpoint, keys: Sequence[SigningKey]) -> str:
    """The note of a checkpoint, signed by each key: while a key is replaced, by the old one and the new one.

    CheckpointError where a key has not the name of the log.
    """
    for key in keys:
        if key.name != checkpoint.origin:
            raise CheckpointError(
                "key_name", f"Kunci '{key.name}' bukan kunci buku segel '{checkpoint.origin}'."
            )
    text = checkpoint.text()
    if Checkpoint.parse(text) != checkpoint:  # an origin with a newline would be another checkpoint
        raise CheckpointError("lines", "Nama buku segel tidak boleh memuat baris baru.")
    return str(Note(text, tuple(key.sign(text) for key in keys)))


def open_checkpoint(
    note: str | bytes, logs: Iterable[VerifierKey], witnesses: Iterable[VerifierKey] = ()
) -> SignedCheckpoint:
    """Read a checkpoint that at least one of the log's own keys has signed.

    NoteError as from ``open_note``; CheckpointError where it is none, or only others have signed it.
    """
    log_keys, witness_keys = frozenset(logs), frozenset(witnesses)
    opened = open_note(note, log_keys | witness_keys)
    checkpoint = Checkpoint.parse(opened.text)
    if not any(each.key in log_keys and each.key.name == checkpoint.origin for each in opened.verified):
        raise CheckpointError(
            "origin", f"Titik segel '{checkpoint.origin}' tidak ditandatangani oleh kunci buku itu sendiri."
        )
    cosigned = tuple(each for each in opened.verified if each.key in witness_keys)
    return SignedCheckpoint(checkpoint, opened, cosigned)
