"""A slip as an item of its month's leaf: its bytes, what opens them, its hash. Pure, without Polars.

The same bytes come out when a month is published, when one slip is proved, and when all are audited. They
are canonical JSON, put together by hand: a month has tens of thousands, and the general way takes ten times
as long.
"""

from __future__ import annotations

import hashlib
import json.encoder
import unicodedata
from collections.abc import Iterable, Sequence
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
_OBJECT = "{" + ",".join(f'"{name}":%s' for name in FIELDS) + "}"
_CONTENT = '{"facts":"%s","lines":%s,"month":%s,"run":"%s","slip":%s}'
_HEAD = '{"field":"slip","value":{' + ",".join(f'"{name}":%s' for name in HEAD) + "}}"
_DOCUMENT = '{"field":"document","value":{"content_sha256":"%s"}}'
_ITEM = (
    f'{{"actor":"{ACTOR}","format":{FORMAT},"kind":"{KIND}","personal":{{"document":"%s","slip":"%s"}},'
    '"public":{"month":%s,"run":"%s","template":"%s"}}'
)
_UID, _PLACES = FIELDS.index("uid"), tuple(FIELDS.index(column) for column in HEAD.values() if column)
_MONTH_PLACE = list(HEAD).index("month")


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

    @property
    def hash(self) -> bytes:
        """The item's leaf hash (RFC 6962)."""
        return _sha256(b"\x00" + self.body).digest()


def item_of(common: OfRun, slip: Sequence[Any], lines: str, facts: str, key: bytes) -> Item:
    """The item of a slip. ``slip``: its columns as ``FIELDS``, a UUID and a date as text; ``lines``: of
    ``lines_json``; ``facts``: the SHA-256 of the facts that it was worked out from; ``key``: the person's.
    """
    month = f'"{common.month}"'
    told = [as_json(value) for value in slip]
    content = (_CONTENT % (facts, lines, month, common.run, _OBJECT % tuple(told))).encode()
    head = [told[place] for place in _PLACES]
    head.insert(_MONTH_PLACE, month)
    who = UUID(slip[_UID]).bytes
    openings = (
        Opening(DOCUMENT, salt_of(key, who, DOCUMENT), (_DOCUMENT % _sha256(content).hexdigest()).encode()),
        Opening(SLIP, salt_of(key, who, SLIP), (_HEAD % tuple(head)).encode()),
    )
    commitments = [commitment(one.salt, one.value) for one in openings]
    body = _ITEM % (*commitments, month, common.run, common.template)
    return Item(body.encode(), content, openings)


def salt_of(key: bytes, slip: bytes, field: str) -> bytes:
    """The salt of a field of a slip, from the person's key and the bytes of the slip's uid."""
    return derived_salt(key, b"slip", slip, field.encode())


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
