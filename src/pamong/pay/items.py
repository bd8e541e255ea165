"""A slip as an item of its month's leaf: its bytes, what opens them, its hash. Pure, without Polars.

The same bytes come out when a month is published, when one slip is proved, and when all are audited. They
are canonical JSON, put together by hand: a month has tens of thousands, and the general way takes ten times
as long.
"""

from __future__ import annotations

import hashlib
import json.encoder
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pamong.ledger.events import FORMAT, Opening, commitment
from pamong.ledger.personkeys import derived_salt

KIND = "pay.slip"
ACTOR = "run"
SLIP, DOCUMENT = "slip", "document"
ROOT_FIELD = "slips"  # of the public part of the entry, where the root over all items stands
# The columns of a slip as it is stored, in the order of canonical JSON.
FIELDS = (
    "ceiling", "died_on", "earned", "golongan", "gross", "health", "job_class", "kind", "name", "net", "nip",
    "number", "opd_name", "pay_group", "payee", "post_name", "reason", "state", "tax", "uid", "unit_name",
)  # fmt: skip
# What a slip says at its head, and where it stands among the columns.
HEAD = {
    "gross": "gross", "health": "health", "month": "", "name": "name", "net": "net", "nip": "nip",
    "opd": "opd_name", "state": "state", "tax": "tax", "unit": "unit_name",
}  # fmt: skip

_text = json.encoder.encode_basestring
_sha256 = hashlib.sha256
_DOCUMENT = '{"field":"document","value":{"content_sha256":"%s"}}'
_ITEM = (
    f'{{"actor":"{ACTOR}","format":{FORMAT},"kind":"{KIND}","personal":{{"document":"%s","slip":"%s"}},'
    '"public":{"month":"%s","run":"%s","template":"%s"}}'
)


@dataclass(frozen=True, slots=True)
class OfRun:
    """What all items of a month have in common: the run, its month as ``2026-10-01``, the template's hash."""

    run: UUID
    month: str
    template: str


@dataclass(frozen=True, slots=True)
class Item:
    """A slip's item: its exact bytes, the whole content that it vouches for, what opens its commitments."""

    body: bytes
    content: bytes
    openings: tuple[Opening, Opening]


def item_of(common: OfRun, slip: Sequence[Any], lines: str, facts: str, key: bytes) -> Item:
    """The item of a slip. ``slip``: its columns as ``FIELDS``, a UUID and a date as text; ``lines``: of
    ``lines_json``; ``facts``: the SHA-256 of the facts that it was worked out from; ``key``: the person's.
    """
    told = dict(zip(FIELDS, map(as_json, slip), strict=True))
    content = "".join(content_parts(common, told, lines, facts)).encode()
    head = "".join(head_parts(common, told)).encode()
    uid = slip[FIELDS.index("uid")]
    return Item(
        body=body_of(common, uid, content, head, key),
        content=content,
        openings=(
            Opening(DOCUMENT, salt_of(key, uid, DOCUMENT), document_of(content)),
            Opening(SLIP, salt_of(key, uid, SLIP), head),
        ),
    )


def content_parts(common: OfRun, told: Mapping[str, Any], lines: Any, facts: Any) -> list[Any]:
    """What, joined, is the whole content of a slip. ``told``: its columns, each as JSON."""
    parts: list[Any] = ['{"facts":"', facts, '","lines":', lines, f',"month":"{common.month}",']
    parts.append(f'"run":"{common.run}","slip":{{')
    for place, name in enumerate(FIELDS):
        parts += [f'{"," if place else ""}"{name}":', told[name]]
    return [*parts, "}}"]


def head_parts(common: OfRun, told: Mapping[str, Any]) -> list[Any]:
    """What, joined, is the field ``slip``: what the paper says at its head."""
    parts: list[Any] = ['{"field":"slip","value":{']
    for place, (name, column) in enumerate(HEAD.items()):
        parts += [f'{"," if place else ""}"{name}":', told[column] if column else f'"{common.month}"']
    return [*parts, "}}"]


def body_of(common: OfRun, uid: str, content: bytes, head: bytes, key: bytes) -> bytes:
    """The bytes of the item of a slip, by its uid, its content and its head."""
    document = commitment(salt_of(key, uid, DOCUMENT), document_of(content))
    slip = commitment(salt_of(key, uid, SLIP), head)
    return (_ITEM % (document, slip, common.month, common.run, common.template)).encode()


def document_of(content: bytes) -> bytes:
    """The field ``document``: the hash of the content."""
    return (_DOCUMENT % _sha256(content).hexdigest()).encode()


def salt_of(key: bytes, uid: str, field: str) -> bytes:
    """The salt of a field of a slip, from the person's key and the bytes of the slip's uid."""
    return derived_salt(key, b"slip", bytes.fromhex(uid.replace("-", "")), field.encode())


def lines_json(lines: Iterable[Sequence[Any]]) -> str:
    """The lines of a slip by number: each number, kind, code, method, amount."""
    return f"[{','.join('[' + ','.join(as_json(value) for value in line) + ']' for line in lines)}]"


def as_json(value: str | int | None) -> str:
    """A value as canonical JSON."""
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value)
    return _text(unicodedata.normalize("NFC", value))
