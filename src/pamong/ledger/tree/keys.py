"""What signs and what is signed: public Ed25519 keys (``<name>+<key id>+<base64>``), signatures, messages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pamong.ledger.tree.errors import KeyFault, NoteError
from pamong.ledger.tree.fields import from_base64, from_hex, to_base64

NOTE = 0x01  # signs the text of a note
COSIGNATURE = 0x04  # signs a checkpoint with the time at which a witness saw it
KINDS = (NOTE, COSIGNATURE)
KEY_BYTES = 32
KEY_ID_BYTES = 4
SIGNATURE_BYTES = 64
TIME_BYTES = 8
LATEST_TIME = (1 << 63) - 1
DASH = "— "


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature line: who says to have signed, the key's four bytes, and the signature behind them."""

    name: str
    key_id: bytes
    body: bytes

    @property
    def line(self) -> str:
        """The line with its newline."""
        return f"{DASH}{self.name} {to_base64(self.key_id + self.body)}\n"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name. ``kind``: ``NOTE`` or ``COSIGNATURE``; ``public``: 32 bytes."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read ``<name>+<key id>+<base64>``. KeyFault where it is damaged or of a kind we can't verify."""
        name, kind, public = _parse(text)
        return cls(name, kind, public)

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand before each of its signatures."""
        return key_id_of(self.name, self.kind, self.public)

    @property
    def vkey(self) -> str:
        """Its text."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"

    def time_of(self, body: bytes) -> int | None:
        """The time inside a signature (POSIX seconds); None for a signature that tells none."""
        return int.from_bytes(body[:TIME_BYTES], "big") if self.kind == COSIGNATURE else None

    def holds(self, text: str, body: bytes) -> bool:
        """Whether a signature (without its key id) is this key's over the text of a note."""
        time = self.time_of(body)
        if len(body) != SIGNATURE_BYTES + (0 if time is None else TIME_BYTES) or (time or 0) > LATEST_TIME:
            return False
        try:
            key = Ed25519PublicKey.from_public_bytes(self.public)
            key.verify(body[-SIGNATURE_BYTES:], message_of(text, time))
        except (InvalidSignature, ValueError):  # ValueError: 32 bytes that are no point of the curve
            return False
        return True


def key_id_of(name: str, kind: int, public: bytes) -> bytes:
    """The four bytes by which signatures name a key."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:KEY_ID_BYTES]


def is_key_name(name: str) -> bool:
    """Whether a key can be called so: not empty, no blank, no plus, no control character, valid Unicode."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return bool(name) and not any(sign.isspace() or sign == "+" or sign < " " for sign in name)


def message_of(text: str, time: int | None) -> bytes:
    """What is signed: the text of a note, before which a witness puts the time."""
    return (text if time is None else f"cosignature/v1\ntime {time}\n{text}").encode()


def require_note_text(text: str) -> None:
    """NoteError unless a note can have this text: ends in a newline, valid Unicode, no control characters."""
    if not text.endswith("\n"):
        raise NoteError("newline", "Teks yang ditandatangani harus diakhiri baris baru.")
    require_clean(text)


def require_clean(text: str) -> None:
    """NoteError for control characters other than newline, and for what is no valid Unicode."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NoteError(
            "encoding", "Catatan bertanda tangan berisi tanda yang bukan UTF-8 yang sah."
        ) from error
    if any(sign < " " and sign != "\n" for sign in text):
        raise NoteError("control", "Catatan bertanda tangan berisi tanda kendali yang tidak diizinkan.")


def _parse(text: str) -> tuple[str, int, bytes]:
    name, _, rest = text.partition("+")
    id_hex, _, body = rest.partition("+")
    key_id, data = from_hex(id_hex, KEY_ID_BYTES), from_base64(body)
    if not is_key_name(name) or key_id is None or not data:
        raise KeyFault(
            "damaged", f"Kunci '{text}' tidak berbentuk <nama>+<nomor>+<kunci>. Salin utuh dari pemiliknya."
        )
    if data[0] not in KINDS or len(data) != 1 + KEY_BYTES:
        raise KeyFault("kind", f"Kunci '{name}' bukan kunci Ed25519. Minta kunci Ed25519 dari pemiliknya.")
    if key_id_of(name, data[0], data[1:]) != key_id:
        raise KeyFault(
            "key_id", f"Nomor kunci '{name}' tidak cocok dengan kuncinya. Salin utuh dari pemiliknya."
        )
    return name, data[0], data[1:]
