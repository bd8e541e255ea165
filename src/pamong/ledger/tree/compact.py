"""The proof that fits into a QR code: a proof file in bytes, and those bytes as digits.

The checkpoint itself is left out: origin, size and the root to which the path leads make it again, and the
signatures tell whether it is the one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pamong.kernel.canonical import canonical_json
from pamong.ledger.tree.checkpoints import Checkpoint
from pamong.ledger.tree.content import Content, Item, Opening, opening_of
from pamong.ledger.tree.errors import ContentError, PayloadError
from pamong.ledger.tree.fields import object_from
from pamong.ledger.tree.keys import COSIGNATURE, KEY_ID_BYTES, NOTE, SIGNATURE_BYTES, TIME_BYTES, VerifierKey
from pamong.ledger.tree.keys import Signature as NoteSignature
from pamong.ledger.tree.merkle import HASH_BYTES, root_from_path
from pamong.ledger.tree.notes import Note, read_note
from pamong.ledger.tree.proof_file import ProofFile

VERSION = 1
GROUP_BYTES = 7
# Digits that a group of so many bytes takes: as many as its largest number has.
DIGITS = {1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15, 7: 17}
BYTES = {digits: size for size, digits in DIGITS.items()}
MOST_TEXT_BYTES = 1_000_000  # of the inflated part: a small code must not fill the memory
BODY_BYTES = {NOTE: SIGNATURE_BYTES, COSIGNATURE: TIME_BYTES + SIGNATURE_BYTES}
TEXT_KEYS = {"entry", "item", "openings", "origin", "root"}


@dataclass(frozen=True, slots=True)
class CompactSignature:
    """A signature without the name of its key. ``body``: 64 bytes, before them the time in a cosignature."""

    kind: int
    key_id: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Compact:
    """A proof as a QR code carries it. ``index``, ``size``, ``path``: of the entry in the log."""

    origin: str
    content: Content
    index: int
    size: int
    path: tuple[bytes, ...]
    signatures: tuple[CompactSignature, ...]

    @classmethod
    def from_proof(cls, proof: ProofFile) -> Compact:
        """The same proof; signatures of other kinds than Ed25519 are left out.

        PayloadError where the checkpoint has lines that a code can't carry; ContentError without contents.
        """
        head = proof.head()
        if head.extensions:
            raise PayloadError(
                "extensions", "Titik segel ini memuat baris tambahan, yang tidak muat dalam kode QR."
            )
        kinds = {length: kind for kind, length in BODY_BYTES.items()}
        signatures = tuple(
            CompactSignature(kinds[len(each.body)], each.key_id, each.body)
            for each in read_note(proof.checkpoint).signatures
            if len(each.body) in kinds
        )
        return cls(head.origin, proof.content(), proof.index, head.size, proof.path, signatures)

    def to_proof(self, keys: Iterable[VerifierKey]) -> ProofFile:
        """The proof file, its checkpoint made again. ``keys``: of the policy, by which signatures get names.

        PayloadError where none of them has signed; ProofError where the path can't belong to its place.
        """
        root = root_from_path(self.content.leaf_hash, self.index, self.size, self.path)
        known = {(key.kind, key.key_id): key for key in keys}
        named = tuple(
            NoteSignature(known[each.kind, each.key_id].name, each.key_id, each.body)
            for each in self.signatures
            if (each.kind, each.key_id) in known
        )
        if not named:
            raise PayloadError(
                "unsigned", "Kode QR ini tidak ditandatangani kunci yang dikenal. Periksa kebijakannya."
            )
        note = str(Note(Checkpoint(self.origin, self.size, root).text(), named))
        return ProofFile(self.index, self.path, note, self.content.to_bytes())


def encode(compact: Compact) -> bytes:
    """The payload. PayloadError where something is too large for its place in it."""
    item = compact.content.item
    text = _deflate(_text_of(compact))
    parts = [_number(VERSION, 1), _number(len(text), 2), text]
    if item is not None:
        parts += [_number(item.index, 4), _number(item.size, 4), _path(item.path)]
    parts += [_number(compact.index, 5), _number(compact.size, 5), _path(compact.path)]
    parts.append(_number(len(compact.signatures), 1))
    for each in compact.signatures:
        parts += [_number(each.kind, 1), each.key_id, each.body]
    return b"".join(parts)


def decode(payload: bytes) -> Compact:
    """Read a payload. PayloadError, with its reason, for each way in which it is damaged."""
    source = _Bytes(payload)
    if source.number(1) != VERSION:
        raise PayloadError("version", "Kode QR ini memakai bentuk yang lebih baru. Perbarui pemeriksanya.")
    origin, entry, body, root, openings = _read_text(_inflate(source.take(source.number(2))))
    item = None
    if body is not None and root is not None:  # both or neither
        item_index, item_size = source.number(4), source.number(4)
        item = Item(body, item_index, item_size, source.path(), root)
    index, size, path = source.number(5), source.number(5), source.path()
    signatures = tuple(_signature(source) for _ in range(source.number(1)))
    source.require_end()
    return Compact(origin, Content(entry, item, openings), index, size, path, signatures)


def to_digits(payload: bytes) -> str:
    """The payload as digits: 17 for each 7 bytes, fewer for the rest."""
    groups = [payload[at : at + GROUP_BYTES] for at in range(0, len(payload), GROUP_BYTES)]
    return "".join(f"{int.from_bytes(group, 'big'):0{DIGITS[len(group)]}}" for group in groups)


def from_digits(digits: str) -> bytes:
    """The payload of these digits. PayloadError where a group has another length or too large a number."""
    if digits and not (digits.isascii() and digits.isdigit()):
        raise PayloadError("digits", "Kode QR ini memuat tanda selain angka. Pindai ulang kodenya.")
    step = DIGITS[GROUP_BYTES]
    return b"".join(_group(digits[at : at + step]) for at in range(0, len(digits), step))


def _group(digits: str) -> bytes:
    size = BYTES.get(len(digits))
    if size is None:
        raise PayloadError("group", "Angka kode QR ini terpotong. Pindai ulang kodenya.")
    number = int(digits)
    if number >> 8 * size:
        raise PayloadError("number", "Angka kode QR ini rusak. Pindai ulang kodenya.")
    return number.to_bytes(size, "big")


class _Bytes:
    """Bytes taken from the front; PayloadError where they end too early or too late."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, length: int) -> bytes:
        """The next bytes."""
        part = self._data[self._at : self._at + length]
        if len(part) != length:
            raise PayloadError("cut", "Isi kode QR ini terpotong. Pindai ulang kodenya.")
        self._at += length
        return part

    def number(self, length: int) -> int:
        """The next bytes as a big-endian number."""
        return int.from_bytes(self.take(length), "big")

    def path(self) -> tuple[bytes, ...]:
        """The hashes behind their number."""
        return tuple(self.take(HASH_BYTES) for _ in range(self.number(1)))

    def require_end(self) -> None:
        """Nothing may follow."""
        if self._at != len(self._data):
            raise PayloadError(
                "trailing", "Isi kode QR ini lebih panjang dari seharusnya. Pindai ulang kodenya."
            )


def _number(value: int, length: int) -> bytes:
    if not 0 <= value < 1 << 8 * length:
        raise PayloadError(
            "too_large", "Bukti ini terlalu besar untuk kode QR. Lampirkan berkas buktinya saja."
        )
    return value.to_bytes(length, "big")


def _path(path: Sequence[bytes]) -> bytes:
    return _number(len(path), 1) + b"".join(path)


def _signature(source: _Bytes) -> CompactSignature:
    kind = source.number(1)
    if kind not in BODY_BYTES:
        raise PayloadError("kind", f"Kode QR ini memuat tanda tangan jenis {kind}, yang tidak dikenal.")
    return CompactSignature(kind, source.take(KEY_ID_BYTES), source.take(BODY_BYTES[kind]))


def _text_of(compact: Compact) -> bytes:
    content, item = compact.content, compact.content.item
    return canonical_json(
        {
            "origin": compact.origin,
            "entry": content.entry,
            "item": None if item is None else item.body,
            "root": None if item is None else item.root,
            "openings": [[each.field, each.salt.hex(), each.value] for each in content.openings],
        }
    )


def _read_text(data: bytes) -> tuple[str, str, str | None, str | None, tuple[Opening, ...]]:
    try:
        found = object_from(data.decode("utf-8"))
    except UnicodeDecodeError:
        found = None
    if found is None or set(found) != TEXT_KEYS or not _has_types(found):
        raise _damaged()
    try:
        openings = tuple(opening_of(*_triple(each)) for each in found["openings"])
    except ContentError as error:
        raise _damaged() from error
    return found["origin"], found["entry"], found["item"], found["root"], openings


def _has_types(found: dict[str, Any]) -> bool:
    texts = isinstance(found["origin"], str) and isinstance(found["entry"], str)
    item = (
        all(isinstance(found[key], str) for key in ("item", "root")) or found["item"] is found["root"] is None
    )
    return texts and item and isinstance(found["openings"], list)


def _triple(found: object) -> tuple[str, object, object]:
    if not isinstance(found, list) or len(found) != 3 or not isinstance(found[0], str):
        raise _damaged()
    return found[0], found[1], found[2]


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _inflate(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(-15)
    try:
        whole = unpacker.decompress(data, MOST_TEXT_BYTES)
    except zlib.error as error:
        raise _damaged() from error
    if not unpacker.eof or unpacker.unused_data:
        raise _damaged()
    return whole


def _damaged() -> PayloadError:
    return PayloadError("damaged", "Isi kode QR ini rusak. Pindai ulang kodenya.")
