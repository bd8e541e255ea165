"""Private keys and their files: ``PRIVATE+KEY+<name>+<key id>+<base64>``, as with the usual tools."""

from __future__ import annotations

import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pamong.ledger.tree.errors import KeyFault
from pamong.ledger.tree.fields import from_base64, to_base64
from pamong.ledger.tree.files import write_new
from pamong.ledger.tree.keys import (
    COSIGNATURE,
    KEY_BYTES,
    KINDS,
    LATEST_TIME,
    NOTE,
    TIME_BYTES,
    Signature,
    VerifierKey,
    is_key_name,
    message_of,
    require_note_text,
)

PRIVATE = 0o600
_MARK = "PRIVATE+KEY+"


class SigningKey:
    """A private key with its name. It shows itself nowhere but in its file."""

    __slots__ = ("_key", "kind", "name")

    def __init__(self, name: str, seed: bytes, kind: int = NOTE) -> None:
        """Make the key of 32 secret bytes. ValueError for a name, kind or seed that can't be one."""
        if not is_key_name(name) or kind not in KINDS:
            raise ValueError(f"no key has the name {name!r} and the kind {kind}")
        self.name = name
        self.kind = kind
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @classmethod
    def generate(cls, name: str, kind: int = NOTE) -> SigningKey:
        """Make a new key. ``kind``: ``NOTE`` for logs and receipts, ``COSIGNATURE`` for a witness."""
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw(), kind)

    @classmethod
    def load(cls, path: Path) -> SigningKey:
        """Read a key from its file. KeyFault where it is missing, damaged, or open to other users."""
        try:
            mode = path.stat().st_mode
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KeyFault(
                "unreadable", f"Berkas kunci '{path}' tidak dapat dibaca. Periksa letak dan pemiliknya."
            ) from error
        if stat.S_IMODE(mode) & 0o077:
            raise KeyFault(
                "open",
                f"Berkas kunci '{path}' terbuka bagi pengguna lain. Tutup dengan chmod 600, lalu ganti "
                "kuncinya jika mungkin sudah terbaca.",
            )
        if not text.startswith(_MARK) or not text.endswith("\n"):
            raise KeyFault("damaged", f"Berkas '{path}' bukan kunci penanda tangan. Ambil dari salinannya.")
        key = _from_private(text[len(_MARK) : -1])
        if key is None:
            raise KeyFault("damaged", f"Berkas kunci '{path}' rusak. Ambil dari salinannya.")
        return key

    def save(self, path: Path) -> None:
        """Write the key to a new file that only its owner may read. KeyFault where one is there already."""
        secret = to_base64(bytes([self.kind]) + self._key.private_bytes_raw())
        text = f"{_MARK}{self.name}+{self.key_id.hex()}+{secret}\n"
        try:
            write_new(path, text.encode(), PRIVATE)
        except FileExistsError as error:
            raise KeyFault(
                "exists", f"Berkas kunci '{path}' sudah ada dan tidak ditimpa. Pilih nama berkas lain."
            ) from error

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.kind, self._key.public_key().public_bytes_raw())

    @property
    def vkey(self) -> str:
        """The text of the public half, as it stands in policy files."""
        return self.verifier.vkey

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand before each of its signatures."""
        return self.verifier.key_id

    def sign(self, text: str, time: int | None = None) -> Signature:
        """A signature over the text of a note. ``time`` (POSIX seconds): for a witness's key alone.

        NoteError where no note can have this text.
        """
        if (time is not None) != (self.kind == COSIGNATURE) or not 0 <= (time or 0) <= LATEST_TIME:
            raise ValueError("a witness's key signs with a time, any other key without")
        require_note_text(text)
        stamp = b"" if time is None else time.to_bytes(TIME_BYTES, "big")
        return Signature(self.name, self.key_id, stamp + self._key.sign(message_of(text, time)))

    def sign_note(self, text: str) -> str:
        """A whole note: the text with this key's signature."""
        return f"{text}\n{self.sign(text).line}"

    def cosign(self, text: str, time: int) -> str:
        """The signature line of a witness over a checkpoint's text; ``time`` in POSIX seconds."""
        return self.sign(text, time).line


def _from_private(text: str) -> SigningKey | None:
    name, _, rest = text.partition("+")
    id_hex, _, body = rest.partition("+")
    data = from_base64(body, 1 + KEY_BYTES)
    if not is_key_name(name) or not data or data[0] not in KINDS:
        return None
    key = SigningKey(name, data[1:], data[0])
    return key if key.key_id.hex() == id_hex else None
