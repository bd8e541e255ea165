"""The rows behind slips as items: one statement for a month (by COPY, as columns) and for a single slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pamong.pay.items import FIELDS

_AS_TEXT = {"uid": "s.uid::text", "died_on": "s.died_on::text"}
_COLUMNS = ", ".join(f"{_AS_TEXT.get(name, f's.{name}')} AS {name}" for name in FIELDS)
# Whose key opens a slip: that of the person whom the register knows, else one of the slip's own.
SLIPS = f"""
SELECT {_COLUMNS}, s.id AS slip_id, COALESCE(p.uid, s.uid)::text AS subject,
  encode(sha256(convert_to(i.facts, 'UTF8')), 'hex') AS facts
FROM pay_slip s LEFT JOIN people_person p ON p.id = s.person_id LEFT JOIN pay_slipinput i ON i.slip_id = s.id
"""  # noqa: S608 (our names)
LINES = (
    "SELECT l.number, l.kind, l.code, l.method, l.amount FROM pay_slipline l WHERE l.slip_id = %s ORDER BY 1"
)


@dataclass(frozen=True, slots=True)
class SlipRows:
    """A slip as it is stored: its columns as ``items.FIELDS``, whose key opens it, the hash of its facts, and
    its lines: number, kind, code, method, amount."""

    values: tuple[Any, ...]
    slip_id: int
    subject: UUID
    facts: str
    lines: tuple[Sequence[Any], ...]


def read_slip(cursor: Any, slip_id: int) -> SlipRows:
    """One slip as it is stored now."""
    cursor.execute(f"{SLIPS} WHERE s.id = %s", [slip_id])
    *values, found, subject, facts = cursor.fetchone()
    cursor.execute(LINES, [slip_id])
    lines = tuple(tuple(line) for line in cursor.fetchall())
    return SlipRows(tuple(values), found, UUID(subject), facts or "", lines)
