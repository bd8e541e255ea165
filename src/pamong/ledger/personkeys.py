"""Keys of persons: who has one opens what the log holds of that person only as commitments. No database.

A key is 32 random bytes, kept wrapped by the installation's secret, which the database never sees. Once it is
destroyed nobody opens anything that was sealed with it, nor derives the salts that were made from it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pamong.kernel.errors import InvalidValue
from pamong.ledger import marks

KEY_BYTES = 32
NONCE_BYTES = 12
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16  # with the tag
_WRAPPED = b"pamong person key"
_SEALED = b"pamong opening"


class Locked(InvalidValue):
    """Something does not open with the keys at hand: another secret, or bytes that were altered."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} tidak dapat dibuka dengan rahasia buku segel pemasangan ini. Periksa apakah "
            "PAMONG_LEDGER_SECRETS lengkap, atau apakah isinya diubah di luar aplikasi."
        )


class Installation:
    """What wraps and unwraps the keys of persons: the present secret, and earlier ones for what is older."""

    def __init__(self, ledger_secrets: Sequence[str]) -> None:
        """ValueError without a secret."""
        if not ledger_secrets:
            raise ValueError("an installation has at least one secret")
        self._ciphers = [AESGCM(marks.derive(secret, "person keys")) for secret in ledger_secrets]

    def wrap(self, subject: UUID, key: bytes) -> bytes:
        """A key as it is stored, bound to whose it is."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._ciphers[0].encrypt(nonce, key, _WRAPPED + subject.bytes)

    def unwrap(self, subject: UUID, wrapped: bytes) -> bytes:
        """The key again. ``Locked`` where none of the secrets wrapped it for this subject."""
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _WRAPPED + subject.bytes)
            except (InvalidTag, ValueError):  # ValueError: too short for a nonce
                continue
        raise Locked("Kunci satu orang")


def new_keys(count: int) -> list[bytes]:
    """So many fresh keys."""
    drawn = secrets.token_bytes(KEY_BYTES * count)
    return [drawn[first : first + KEY_BYTES] for first in range(0, len(drawn), KEY_BYTES)]


def seal(key: bytes, body: bytes, field: str, values: Iterable[bytes]) -> list[bytes]:
    """Values of one field of an entry, encrypted: bound to the entry's bytes, the field and their place."""
    cipher, bound = AESGCM(key), _bound(body, field)
    sealed = []
    for place, value in enumerate(values):
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed.append(nonce + cipher.encrypt(nonce, value, bound + bytes([place])))
    return sealed


def unseal(key: bytes, body: bytes, field: str, values: Iterable[bytes]) -> list[bytes]:
    """The values again. ``Locked`` where they were sealed with another key, or for another place."""
    cipher, bound = AESGCM(key), _bound(body, field)
    try:
        return [
            cipher.decrypt(value[:NONCE_BYTES], value[NONCE_BYTES:], bound + bytes([place]))
            for place, value in enumerate(values)
        ]
    except (InvalidTag, ValueError) as error:
        raise Locked(f"Isi '{field}' sebuah catatan") from error


def derived_salt(key: bytes, *parts: bytes) -> bytes:
    """The salt of a field that is nowhere stored: a HMAC of the parts under the person's key."""
    return hmac.digest(key, b"".join(parts), hashlib.sha256)


def _bound(body: bytes, field: str) -> bytes:
    return _SEALED + hashlib.sha256(body).digest() + field.encode()
