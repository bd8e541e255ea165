"""Checkpoints (C2SP tlog-checkpoint): size and root of a log, signed by it and countersigned by witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pamong.ledger.tree.errors import CheckpointError
from pamong.ledger.tree.fields import from_base64, from_decimal, to_base64
from pamong.ledger.tree.keys import COSIGNATURE, VerifierKey
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
    """A checkpoint whose log's signature holds, with its note and all verified signatures."""

    checkpoint: Checkpoint
    note: Note

    @property
    def cosigned(self) -> tuple[Verified, ...]:
        """What witnesses have signed."""
        return tuple(each for each in self.note.verified if each.key.kind == COSIGNATURE)

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
    Checkpoint.parse(text)  # an origin with a newline would be another checkpoint
    return str(Note(text, tuple(key.sign(text) for key in keys)))


def open_checkpoint(
    note: str | bytes, logs: Iterable[VerifierKey], witnesses: Iterable[VerifierKey] = ()
) -> SignedCheckpoint:
    """Read a checkpoint that at least one of the log's own keys has signed.

    NoteError as from ``open_note``; CheckpointError where it is none, or only others have signed it.
    """
    log_keys = frozenset(logs)
    opened = open_note(note, [*log_keys, *witnesses])
    checkpoint = Checkpoint.parse(opened.text)
    if not any(each.key in log_keys and each.key.name == checkpoint.origin for each in opened.verified):
        raise CheckpointError(
            "origin", f"Titik segel '{checkpoint.origin}' tidak ditandatangani oleh kunci buku itu sendiri."
        )
    return SignedCheckpoint(checkpoint, opened)
