"""Strict reading of what the formats are made of: one text for one value, and nothing else is taken."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any

from pamong.kernel.canonical import canonical_json

_DECIMAL = re.compile(r"0|[1-9][0-9]*", re.ASCII)
_HEX = re.compile(r"(?:[0-9a-f]{2})*", re.ASCII)
# The largest number of the formats has 64 bits, and Python's own reading of long numbers is slow.
_MOST_DIGITS = 20


def to_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648, section 4)."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str, length: int | None = None) -> bytes | None:
    """The bytes, or None where the text is not the one base64 of bytes (of ``length`` bytes)."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    if to_base64(data) != text or length not in (None, len(data)):
        return None
    return data


def from_decimal(text: str, below: int = 1 << 63) -> int | None:
    """The number, or None for other signs, leading zeroes, or a number that is not under ``below``."""
    if len(text) > _MOST_DIGITS or not _DECIMAL.fullmatch(text):
        return None
    number = int(text)
    return number if number < below else None


def from_hex(text: object, length: int) -> bytes | None:
    """The bytes of lower-case hex digits, or None where it is anything else than ``length`` bytes."""
    if not isinstance(text, str) or len(text) != 2 * length or not _HEX.fullmatch(text):
        return None
    return bytes.fromhex(text)


def object_from(text: str) -> dict[str, Any] | None:
    """The object of which this is the canonical JSON, or None: no float, no key twice, no other spelling."""
    try:
        value = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
        if isinstance(value, dict) and canonical_json(value) == text.encode():
            return value
    except (ValueError, RecursionError):  # ValueError: also the errors of JSON, of Unicode, of canonical_json
        pass
    return None


def _refuse(text: str) -> None:
    raise ValueError(f"canonical JSON has no {text}")
