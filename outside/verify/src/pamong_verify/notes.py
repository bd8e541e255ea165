"""C2SP signed notes and their keys: note signatures 0x01 and cosignatures 0x04, both Ed25519."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pamong_verify.faults import Fault, Refused

NOTE, COSIGNATURE = 1, 4
MOST_SIGNATURES = 128
LARGEST_TIME = 2**63 - 1
_NAME = re.compile(r"[^\s+\x00-\x1f]+")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True)
class Key:
    """A public key with the name and the kind of signature for which it stands."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of the hash over name, kind and key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def vkey(self) -> str:
        """The key as text, ``<name>+<id>+<base64>``."""
        return f"{self.name}+{self.id.hex()}+{encode(bytes([self.kind]) + self.public)}"


@dataclass(frozen=True)
class Signature:
    """One signature line."""

    name: str
    id: bytes
    blob: bytes


@dataclass(frozen=True)
class Note:
    """A text and the signatures below it."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class Signed:
    """A valid signature by a known key; ``time`` (POSIX seconds) for cosignatures."""

    key: Key
    time: int | None


def encode(data: bytes) -> str:
    """Standard base64."""
    return base64.b64encode(data).decode()


def decode(text: str, length: int | None = None) -> bytes:
    """Standard base64 in its one valid spelling, of ``length`` bytes if given; else ValueError."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("base64") from error
    if encode(data) != text or (length is not None and len(data) != length):
        raise ValueError("base64")
    return data


def is_name(name: str) -> bool:
    """Whether a key may be called so."""
    return _NAME.fullmatch(name) is not None


def parse_vkey(text: str) -> Key:
    """Read a verifier key; ValueError if it is none. Kinds that this program can't check are read too."""
    parts = text.split("+", 2)
    if len(parts) != 3 or not is_name(parts[0]):
        raise ValueError("vkey")
    data = decode(parts[2])
    key = Key(parts[0], data[0] if data else 0, data[1:])
    if parts[1] != key.id.hex() or (key.kind in (NOTE, COSIGNATURE) and len(key.public) != 32):
        raise ValueError("vkey")
    return key


def parse(data: bytes, what: str) -> Note:
    """Read a signed note; ``what`` names it in the refusal."""
    try:
        whole = data.decode()
        text, separator, lines = whole.rpartition("\n\n")
        if not separator or not lines.endswith("\n") or _CONTROL.search(whole):
            raise ValueError("note")
        signatures = tuple(_signature(line) for line in lines[:-1].split("\n"))
        if len(signatures) > MOST_SIGNATURES:
            raise ValueError("signatures")
    except ValueError as error:
        raise Refused(Fault.UNREADABLE, f"{what} bukan catatan bertanda tangan yang utuh") from error
    return Note(text + "\n", signatures)


def _signature(line: str) -> Signature:
    dash, name, blob = line.split(" ")
    data = decode(blob)
    if dash != "—" or not is_name(name) or len(data) < 5:
        raise ValueError("signature")
    return Signature(name, data[:4], data[4:])


def check(note: Note, keys: Iterable[Key], what: str) -> list[Signed]:
    """The valid signatures by known keys. One wrong signature of a known key refuses the whole note."""
    known = {(key.name, key.id): key for key in keys if key.kind in (NOTE, COSIGNATURE)}
    found = []
    for signature in note.signatures:
        key = known.get((signature.name, signature.id))
        if key:
            try:
                found.append(Signed(key, _verify(key, signature.blob, note.text)))
            except (ValueError, InvalidSignature) as error:
                raise Refused(Fault.FORGED, f"{what}, tanda tangan {key.name}") from error
    return found


def _verify(key: Key, blob: bytes, text: str) -> int | None:
    time = None
    message = text.encode()
    if key.kind == COSIGNATURE:
        time, blob = int.from_bytes(blob[:8], "big"), blob[8:]
        message = cosigned(text, time)
        if time > LARGEST_TIME:
            raise ValueError("time")
    Ed25519PublicKey.from_public_bytes(key.public).verify(blob, message)
    return time


def cosigned(text: str, time: int) -> bytes:
    """The bytes that a cosignature signs."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()
