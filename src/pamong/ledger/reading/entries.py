"""Entries of a log in the order of their numbers: lists of them, one of them, what opens its commitments."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from pamong.kernel.actor import Actor

PAGE = 50


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with its place in a log. ``body`` are the exact bytes of the leaf; ``hash`` is its hash."""

    log: str
    number: int
    hash: bytes
    entry_id: int
    kind: str
    body: bytes
    at: datetime
    placed_at: datetime

    @property
    def told(self) -> Mapping[str, Any]:
        """What the entry says; nothing where somebody has written bytes that are no entry."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def part(self, name: str) -> Mapping[str, Any]:
        """Its ``public`` or ``personal`` fields."""
        found = self.told.get(name)
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are looked for. ``since`` and ``before`` are instants as the database stamps them;
    ``ref`` an id or a file's SHA-256 that an entry names; ``below`` the number under which a list goes on."""

    log: str
    kind: str = ""
    since: datetime | None = None
    before: datetime | None = None
    ref: str = ""
    below: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """Entries, the newest first; under the number ``older`` the next page goes on, if there is one."""

    rows: Sequence[Placed]
    older: int | None


_PLACED = """
    SELECT l.log_id, l.seq, l.hash, i.id, i.kind, i.body, i.at, l.placed_at
    FROM ledger_leaf l JOIN ledger_intake i ON i.id = l.intake_id
"""
_CONDITIONS = {
    "kind": "l.kind = %(kind)s",
    "since": "i.at >= %(since)s",
    "before": "i.at < %(before)s",
    "ref": "l.refs @> ARRAY[%(ref)s]",
    "below": "l.seq < %(below)s",
}


def list_placed(*, actor: Actor, wanted: Wanted, size: int = PAGE) -> PlacedPage:
    """A page of the entries that fit, the newest first."""
    params = {name: getattr(wanted, name) for name in ("log", *_CONDITIONS)}
    where = [sql for name, sql in _CONDITIONS.items() if params[name] not in ("", None)]
    rows = _placed(
        " AND ".join(["WHERE l.log_id = %(log)s", *where]) + " ORDER BY l.seq DESC LIMIT %(size)s",
        {**params, "size": size + 1},
    )
    more = len(rows) > size
    return PlacedPage(rows[:size], rows[size - 1].number if more else None)


def find_placed(*, actor: Actor, log: str, number: int) -> Placed | None:
    """The entry with a number in a log."""
    found = _placed("WHERE l.log_id = %(log)s AND l.seq = %(number)s", {"log": log, "number": number})
    return found[0] if found else None


def _placed(rest: str, params: Mapping[str, Any]) -> list[Placed]:
    with connection.cursor() as cursor:
        cursor.execute(_PLACED + rest, params)
        return [
            Placed(log, seq, bytes(leaf), entry_id, kind, body.encode(), at, placed_at)
            for log, seq, leaf, entry_id, kind, body, at, placed_at in cursor.fetchall()
        ]
