"""The application's mark on an entry: known only to who holds its secret, which the database never sees.

An entry that someone adds by SQL has none, however well it is formed. A mark vouches for the bytes of one
entry; its nonce must be met once only, so that a copy is known too.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence

NONCE_BYTES = 16
MARK_BYTES = NONCE_BYTES + 32


def secrets_of(environ: Mapping[str, str]) -> tuple[str, ...]:
    """``PAMONG_LEDGER_SECRETS``: the present secret, then those before it. Empty where there is none."""
    parts = environ.get("PAMONG_LEDGER_SECRETS", "").split(",")
    return tuple(part.strip() for part in parts if part.strip())


def derive(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose from an installation's secret, so that none of them tells another."""
    return hmac.digest(secret.encode(), f"pamong ledger {purpose}".encode(), hashlib.sha256)


def mark_of(key: bytes, body: bytes, nonce: bytes | None = None) -> bytes:
    """The mark on an entry: a fresh nonce, and a HMAC over it and the bytes."""
    nonce = secrets.token_bytes(NONCE_BYTES) if nonce is None else nonce
    return nonce + hmac.digest(key, nonce + body, hashlib.sha256)


def is_marked(keys: Sequence[bytes], body: bytes, mark: bytes | None) -> bool:
    """Tell whether one of the keys, the present and earlier ones, made this mark on these bytes."""
    if mark is None or len(mark) != MARK_BYTES:
        return False
    return any(hmac.compare_digest(mark, mark_of(key, body, mark[:NONCE_BYTES])) for key in keys)
