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
    """Which entries are looked for. ``since`` and ``before`` bound when they got their number, as the
    database stamps it; ``ref``: an id or a file's SHA-256 that they name; ``below``: the number under which a
    list goes on."""

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
    "since": "l.seq >= %(since)s",
    "before": "l.seq < %(before)s",
    # OFFSET 0: the few that fit are found first, instead of looking through all of a log for them.
    "ref": "l.intake_id IN (SELECT r.intake_id FROM ledger_leaf r WHERE r.refs @> ARRAY[%(ref)s] OFFSET 0)",
    "below": "l.seq < %(below)s",
}


def list_placed(*, actor: Actor, wanted: Wanted, size: int = PAGE) -> PlacedPage:
    """A page of the entries that fit, the newest first."""
    params = {name: getattr(wanted, name) for name in ("log", *_CONDITIONS)}
    for bound in ("since", "before"):
        if params[bound] is not None:
            params[bound] = _first_from(wanted.log, params[bound])
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


# Numbers are given in the order of time: the first one from an instant on is found by halving.
_FIRST_FROM = """
    WITH RECURSIVE half(low, high) AS (
        SELECT 0::bigint, COALESCE((SELECT size FROM ledger_log WHERE name = %(log)s), 0)
        UNION ALL
        SELECT CASE WHEN m.placed_at < %(at)s THEN m.seq + 1 ELSE h.low END,
               CASE WHEN m.placed_at < %(at)s THEN h.high ELSE m.seq END
        FROM half h JOIN ledger_leaf m ON m.log_id = %(log)s AND m.seq = (h.low + h.high) / 2
        WHERE h.low < h.high
    )
    SELECT low FROM half WHERE low = high
"""


def _first_from(log: str, at: datetime) -> int:
    """The number of the first entry that was placed at an instant or after; the log's size if none was."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_FROM, {"log": log, "at": at})
        found = cursor.fetchone()
        return int(found[0]) if found else 0


def _placed(rest: str, params: Mapping[str, Any]) -> list[Placed]:
    with connection.cursor() as cursor:
        cursor.execute(_PLACED + rest, params)
        return [
            Placed(log, seq, bytes(leaf), entry_id, kind, body.encode(), at, placed_at)
            for log, seq, leaf, entry_id, kind, body, at, placed_at in cursor.fetchall()
        ]
