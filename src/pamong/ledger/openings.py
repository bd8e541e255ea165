"""What opens the commitments of an entry, as it is kept: encrypted under a person's key. Pure, no database.

The audit opens and compares with nothing but these functions, the rows, and the installation's secrets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pamong.ledger import personkeys
from pamong.ledger.events import SALT_BYTES, Entry, Opening, commitment


@dataclass(frozen=True, slots=True)
class SealedOpening:
    """A row of ``ledger_personal``. ``sealed_with``: the id of the key; None for what was kept before there
    were keys, which is plain."""

    field: str
    sealed_with: int | None
    salt: bytes
    value: bytes


def sealed(entry: Entry, key_id: int, key: bytes) -> list[SealedOpening]:
    """The openings of an entry as they are kept."""
    return [
        SealedOpening(one.field, key_id, *personkeys.seal(key, entry.body, one.field, (one.salt, one.value)))
        for one in entry.openings
    ]


def opened(row: SealedOpening, body: bytes, keys: Mapping[int, bytes]) -> Opening | None:
    """The opening behind a row; None where its key is no more. ``Locked`` where the key does not fit."""
    if row.sealed_with is None:
        return Opening(row.field, row.salt, row.value)
    key = keys.get(row.sealed_with)
    if key is None:
        return None
    return Opening(row.field, *personkeys.unseal(key, body, row.field, (row.salt, row.value)))


def fits(opening: Opening, commitments: Mapping[str, str]) -> bool:
    """Whether an opening is the one that an entry (or item) is committed to: ``personal`` of its body."""
    if len(opening.salt) != SALT_BYTES:
        return False
    return commitments.get(opening.field) == commitment(opening.salt, opening.value)


def commitments_of(body: bytes) -> dict[str, str]:
    """The commitments of an entry or item, by field."""
    told: dict[str, str] = json.loads(body)["personal"]
    return told


def value_of(opening: Opening) -> Any:
    """What a field says, as JSON has it."""
    return json.loads(opening.value)["value"]
