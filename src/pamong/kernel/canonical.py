"""One byte sequence for one value, so that hashes and ledger entries can be compared anywhere."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from uuid import UUID

from pamong.kernel.errors import InvalidValue


def canonical_json(obj: object) -> bytes:
    """Encode as JSON: keys sorted by code point, no spaces, UTF-8, text in NFC.

    Takes None, bool, int, str, date, aware datetime (as UTC, microseconds, ``Z``), UUID, Enum (its value),
    list, tuple and mappings with text keys. TypeError for float, naive datetime and every other type;
    ``InvalidValue`` for text that is no valid Unicode and for two keys that are one in NFC.
    """
    text = json.dumps(_plain(obj), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidValue("Teks berisi tanda yang rusak (bukan Unicode yang sah).") from error


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def _plain(obj: object) -> object:
    if isinstance(obj, Enum):
        return _plain(obj.value)
    if obj is None or isinstance(obj, bool):
        return obj
    if isinstance(obj, int):
        return int(obj)
    if isinstance(obj, Mapping):
        return _plain_mapping(obj)
    if isinstance(obj, list | tuple):
        return [_plain(item) for item in obj]
    return _plain_text(obj)


def _plain_text(obj: object) -> str:
    if isinstance(obj, str):
        return unicodedata.normalize("NFC", obj)
    if isinstance(obj, UUID):
        return str(obj)
    if isinstance(obj, datetime):
        if obj.tzinfo is None:
            raise TypeError("canonical JSON takes aware datetimes only")
        return obj.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(obj, date):
        return obj.isoformat()
    raise TypeError(f"canonical JSON has no form for {type(obj).__name__}")


def _plain_mapping(obj: Mapping[object, object]) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, value in obj.items():
        if not isinstance(key, str):
            raise TypeError(f"canonical JSON keys are text, got {type(key).__name__}")
        name = unicodedata.normalize("NFC", key)
        if name in result:
            raise InvalidValue(f"Kunci '{name}' muncul dua kali.")
        result[name] = _plain(value)
    return result
