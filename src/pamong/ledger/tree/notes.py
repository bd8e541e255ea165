"""Signed notes (C2SP signed-note) and cosignatures (C2SP tlog-cosignature), with Ed25519.

A note is a text that ends in a newline, an empty line, and signature lines. Signatures of keys that the
reader does not know are ignored; one of a known key that does not hold refuses the whole note.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pamong.ledger.tree.errors import NoteError
from pamong.ledger.tree.fields import from_base64
from pamong.ledger.tree.keys import (
    COSIGNATURE,
    DASH,
    KEY_ID_BYTES,
    NOTE,
    Signature,
    VerifierKey,
    is_key_name,
    require_clean,
)
from pamong.ledger.tree.signing import SigningKey

__all__ = [
    "COSIGNATURE", "NOTE", "Note", "Signature", "SigningKey", "Verified", "VerifierKey", "add_signatures",
    "open_note", "read_note", "read_signatures", "renew_signatures",
]  # fmt: skip

MOST_NOTE_BYTES = 1_000_000
MOST_SIGNATURES = 100


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that holds. ``time``: POSIX seconds at which a witness saw the checkpoint, else None."""

    key: VerifierKey
    signature: Signature
    time: int | None


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its text, all its signatures, and those that were verified (none before it is opened)."""

    text: str
    signatures: tuple[Signature, ...]
    verified: tuple[Verified, ...] = ()

    def __str__(self) -> str:
        """The note as it is written."""
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)


def read_note(note: str | bytes) -> Note:
    """Take a note apart without trusting it. NoteError, with its reason, for each way in which it is none."""
    whole = _as_text(note)
    require_clean(whole)
    at = whole.rfind("\n\n")
    if at < 0:
        raise NoteError("no_signatures", "Catatan ini tidak memuat baris kosong sebelum tanda tangan.")
    text, lines = whole[: at + 1], whole[at + 2 :]
    return Note(text, read_signatures(lines))


def read_signatures(lines: str) -> tuple[Signature, ...]:
    """Read signature lines that stand alone, as a witness sends them. NoteError where they are none."""
    if not lines.endswith("\n"):
        raise NoteError("cut", "Baris tanda tangan terakhir terpotong. Ambil catatan ini kembali.")
    signatures = tuple(_signature(line) for line in lines[:-1].split("\n"))
    if len(signatures) > MOST_SIGNATURES:
        raise NoteError("too_many", f"Catatan ini memuat lebih dari {MOST_SIGNATURES} tanda tangan.")
    return signatures


def open_note(note: str | bytes, keys: Iterable[VerifierKey]) -> Note:
    """Read a note and verify what the given keys have signed.

    NoteError also where a signature of one of them does not hold (``wrong``), or none of them signed
    (``unsigned``).
    """
    read = read_note(note)
    known = {(key.name, key.key_id): key for key in keys}
    verified = []
    for signature in read.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if not key.holds(read.text, signature.body):
            raise NoteError(
                "wrong", f"Tanda tangan '{key.name}' tidak cocok dengan isinya. Isinya telah diubah."
            )
        verified.append(Verified(key, signature, key.time_of(signature.body)))
    if not verified:
        raise NoteError(
            "unsigned", "Tidak ada tanda tangan dari kunci yang dikenal. Periksa daftar kuncinya."
        )
    return Note(read.text, read.signatures, tuple(verified))


def add_signatures(note: str, signatures: Iterable[Signature]) -> str:
    """The note with more signatures behind its own; one that stands there already is not repeated."""
    read = read_note(note)
    both = dict.fromkeys((*read.signatures, *signatures))
    return str(Note(read.text, tuple(both)))


def renew_signatures(note: str, signatures: Iterable[Signature]) -> str:
    """The note with these signatures in place of those of the same keys: a witness signs anew, with a later
    time."""
    read, new = read_note(note), tuple(signatures)
    keys = {(each.name, each.key_id) for each in new}
    kept = [each for each in read.signatures if (each.name, each.key_id) not in keys]
    return str(Note(read.text, (*kept, *dict.fromkeys(new))))


def _as_text(note: str | bytes) -> str:
    if len(note) > MOST_NOTE_BYTES:
        raise NoteError("too_long", f"Catatan ini lebih panjang daripada {MOST_NOTE_BYTES} bita.")
    if isinstance(note, str):
        return note
    try:
        return note.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteError(
            "encoding", "Catatan bertanda tangan berisi tanda yang bukan UTF-8 yang sah."
        ) from error


def _signature(line: str) -> Signature:
    name, _, body = line.removeprefix(DASH).partition(" ")
    data = from_base64(body)
    if not line.startswith(DASH) or not is_key_name(name) or data is None or len(data) <= KEY_ID_BYTES:
        raise NoteError("line", f"Baris tanda tangan '{line[:80]}' rusak. Ambil catatan ini kembali.")
    return Signature(name, data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])
