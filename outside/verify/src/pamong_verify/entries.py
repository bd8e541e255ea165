"""What a leaf says: entries, items of a subtree, and the opening of their commitments."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pamong_verify.faults import Fault, Refused
from pamong_verify.merkle import leaf_hash, root_from_path

_KEYS = {"actor", "format", "kind", "personal", "public"}


@dataclass(frozen=True)
class Item:
    """One member of a subtree whose root stands in the entry's public field ``root``."""

    body: str
    index: int
    size: int
    path: tuple[bytes, ...]
    root: str


@dataclass(frozen=True)
class Opening:
    """A personal field with the salt that opens its commitment."""

    field: str
    salt: bytes
    value: Any


@dataclass(frozen=True)
class Claim:
    """What a document says stands in the log."""

    entry: str
    item: Item | None
    openings: tuple[Opening, ...]

    @property
    def leaf(self) -> bytes:
        """The hash of the leaf."""
        return leaf_hash(self.entry.encode())


@dataclass(frozen=True)
class Content:
    """A claim that agrees with its own hashes: kinds, public fields and opened fields."""

    kind: str
    entry_kind: str
    public: dict[str, Any]
    opened: dict[str, Any]


def canonical(value: object) -> bytes:
    """Canonical JSON; ValueError for what has none."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def load_json(text: str | bytes, what: str, *, strict: bool = True) -> Any:
    """Read JSON without floats and without keys given twice; ``strict``: in its canonical spelling only."""
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse)
        if strict and canonical(value) != (text.encode() if isinstance(text, str) else text):
            raise ValueError("not canonical")
    except (ValueError, RecursionError) as error:
        raise Refused(Fault.UNREADABLE, f"{what} bukan JSON baku") from error
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key twice")
    return result


def _refuse(text: str) -> Any:
    raise ValueError(text)


def read_claim(data: bytes) -> Claim:
    """Read the ``extra`` of a proof file."""
    extra = load_json(data, "data tambahan pada bukti")
    try:
        if set(extra) != {"entry", "format", "item", "openings"} or not _is_one(extra["format"]):
            raise ValueError("shape")
        item = None if extra["item"] is None else _item(extra["item"])
        openings = tuple(opening(**each) for each in extra["openings"])
        return Claim(_text(extra["entry"]), item, openings)
    except (ValueError, TypeError, KeyError) as error:
        raise Refused(Fault.UNREADABLE, "data tambahan pada bukti tidak lengkap") from error


def _item(value: dict[str, Any]) -> Item:
    if set(value) != {"body", "index", "path", "root", "size"}:
        raise ValueError("item")
    path = tuple(hex_bytes(each) for each in value["path"])
    return Item(_text(value["body"]), whole(value["index"]), whole(value["size"]), path, _text(value["root"]))


def opening(field: str, salt: str, value: object) -> Opening:
    """An opening from its three JSON values."""
    return Opening(_text(field), hex_bytes(salt), value)


def hex_bytes(value: object) -> bytes:
    """32 bytes in lower-case hexadecimal; else ValueError."""
    data = bytes.fromhex(_text(value))
    if len(data) != 32 or data.hex() != value:
        raise ValueError("hex")
    return data


def whole(value: object) -> int:
    """A whole number from JSON, not negative, at most 2^63 - 1; else ValueError."""
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError("number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("text")
    return value


def content(claim: Claim) -> Content:
    """Check item and openings against the entry and tell what is said."""
    entry = _fields(claim.entry, "catatan")
    said = entry if claim.item is None else _fields(_checked(claim.item, entry["public"]), "bagian catatan")
    opened = {each.field: _opened(each, said["personal"]) for each in claim.openings}
    return Content(said["kind"], entry["kind"], said["public"], opened)


def _fields(text: str, what: str) -> dict[str, Any]:
    fields: dict[str, Any] = load_json(text, what)
    right = isinstance(fields, dict) and set(fields) == _KEYS and _is_one(fields["format"])
    if not right or not isinstance(fields["kind"], str):
        raise Refused(Fault.UNREADABLE, f"{what} berbentuk lain")
    if not isinstance(fields["public"], dict) or not isinstance(fields["personal"], dict):
        raise Refused(Fault.UNREADABLE, f"{what} berbentuk lain")
    return fields


def _is_one(value: object) -> bool:
    return type(value) is int and value == 1


def _checked(item: Item, public: dict[str, Any]) -> str:
    """The item's text, if the entry holds its subtree's root (and, for slips, their number)."""
    found = root_from_path(leaf_hash(item.body.encode()), item.index, item.size, item.path)
    if found is None or public.get(item.root) != found.hex():
        raise Refused(Fault.OTHER_DOCUMENT, f"bagian nomor {item.index} tidak ada di dalam catatannya")
    if item.root == "slips" and public.get("people") != item.size:
        raise Refused(Fault.OTHER_DOCUMENT, f"catatan tidak berisi {item.size} bagian")
    return item.body


def _opened(each: Opening, personal: dict[str, Any]) -> Any:
    try:
        committed = hashlib.sha256(each.salt + canonical({"field": each.field, "value": each.value}))
    except ValueError as error:
        raise Refused(Fault.UNREADABLE, f"bidang {each.field} bukan teks yang sah") from error
    if personal.get(each.field) != committed.hexdigest():
        raise Refused(Fault.OTHER_DOCUMENT, f"bidang {each.field} tidak sesuai catatannya")
    return each.value


def matches(said: Content, data: bytes) -> bool:
    """Whether the document's content is the one that is opened: ``document`` if there, else any field."""
    opened: Sequence[Any] = (
        [said.opened["document"]] if "document" in said.opened else [*said.opened.values()]
    )
    digest = hashlib.sha256(data).hexdigest()
    return any(isinstance(value, dict) and value.get("content_sha256") == digest for value in opened)
