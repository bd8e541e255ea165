"""The seals of things: which leaf tells of each, since which checkpoint, and which witnesses have seen it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger.reading.entries import Placed
from pamong.ledger.reading.policy import site_policy

SEALED = "ledger.sealed"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the entry of a thing has come. ``number``: its place in the log, None while it waits for one;
    ``sealed_at``: when the first checkpoint over it was made; ``seen_by`` of ``witnesses`` that count."""

    log: str
    number: int | None
    sealed_at: datetime | None
    seen_by: int
    witnesses: int


# The first checkpoints over a leaf: witnesses that are asked at every one of them have signed by then.
_FIRST = 20
_STANDING = f"""
    LEFT JOIN ledger_leaf l ON l.intake_id = i.id
    LEFT JOIN LATERAL (
        SELECT c.at FROM ledger_checkpoint c WHERE c.log_id = l.log_id AND c.size > l.seq
        ORDER BY c.size LIMIT 1
    ) c ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT s.witness) AS names
        FROM (
            SELECT c.id FROM ledger_checkpoint c WHERE c.log_id = l.log_id AND c.size > l.seq
            ORDER BY c.size LIMIT {_FIRST}
        ) f JOIN ledger_cosignature s ON s.checkpoint_id = f.id
    ) w ON true
"""  # noqa: S608 - our own number
# The newest entry that names a thing: among those that have a place, and, behind the watermark, among those
# that wait for one. OFFSET 0 keeps both searches to their index: the few that fit are found first and sorted
# then, instead of all entries looked through from the newest on.
_NAMING = """
        SELECT f.intake_id AS id, f.log_id AS log FROM (
            SELECT p.intake_id, p.log_id, p.kind FROM ledger_leaf p WHERE p.refs @> ARRAY[t.ref] OFFSET 0
        ) f WHERE f.kind = ANY(%(kinds)s)
        UNION ALL
        SELECT e.id, e.log FROM (
            SELECT w.id, w.log, w.kind, w.body FROM ledger_intake w
            WHERE w.xid >= (SELECT COALESCE(min(watermark), 0) FROM ledger_log) OFFSET 0
        ) e WHERE e.kind = ANY(%(kinds)s) AND position('"' || t.ref || '"' in e.body) > 0
"""
_OF_REFS = f"""
    SELECT t.ref, i.log, l.seq, c.at, w.names
    FROM unnest(%(refs)s::text[]) t(ref)
    JOIN LATERAL (SELECT n.id, n.log FROM ({_NAMING}) n ORDER BY n.id DESC LIMIT 1) i ON true {_STANDING}
"""  # noqa: S608 - the parts above
_OF_BASES = f"""
    SELECT t.id, i.log, l.seq, c.at, w.names
    FROM (SELECT b.id, b.ref::text AS ref FROM ledger_seal b WHERE b.id = ANY(%(bases)s)) t
    JOIN LATERAL (SELECT n.id, n.log FROM ({_NAMING}) n ORDER BY n.id DESC LIMIT 1) i ON true {_STANDING}
"""  # noqa: S608 - the parts above


_OF_ENTRY = f"""
    SELECT i.id, i.log, l.seq, c.at, w.names FROM ledger_intake i {_STANDING} WHERE i.id = %(entry)s
"""  # noqa: S608 - the part above


def mark_of(*, actor: Actor, placed: Placed) -> Mark:
    """The seal of one entry."""
    return _marks(_OF_ENTRY, {"entry": placed.entry_id}, True)[placed.entry_id]


def marks_of(*, actor: Actor, refs: Collection[UUID], kinds: Sequence[str]) -> Mapping[UUID, Mark]:
    """The seals of things by their ids: for each the newest entry of one of these kinds that names it.

    A thing without such an entry is not among them. One statement, whatever their number.
    """
    found = _marks(_OF_REFS, {"refs": sorted({str(ref) for ref in refs}), "kinds": list(kinds)}, bool(refs))
    return {UUID(ref): mark for ref, mark in found.items()}


def marks_of_bases(*, actor: Actor, bases: Collection[int]) -> Mapping[int, Mark]:
    """The seals of the bases on which protected rows rest, by their ids (``basis_id``)."""
    return _marks(_OF_BASES, {"bases": sorted(set(bases)), "kinds": [SEALED]}, bool(bases))


def _marks(sql: str, params: Mapping[str, Any], any_asked: bool) -> dict[Any, Mark]:
    if not any_asked:
        return {}
    known = set(site_policy().names)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {
            thing: Mark(log, number, at, len(known.intersection(names or ())), len(known))
            for thing, log, number, at, names in cursor.fetchall()
        }
