"""One beat in the database: what is not placed gets its number, in one transaction, without a gap.

Writers only insert. What is pending is found by transaction number: of transactions before the watermark all
is placed, since they had ended when an earlier beat looked (``pg_snapshot_xmin``); later ones are looked
through. So a transaction that stays open holds up nobody; it comes in when it ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from psycopg import Connection

from pamong.kernel.canonical import canonical_json
from pamong.ledger.tree.merkle import leaf_hash
from pamong.ledger.tree.tiles import Frontier, Tile

ROWS_KIND = "ledger.rows"
ROWS_LOG = "decisions"  # the rows of a transaction stand in one log, whatever its events are
MOST_EVENTS = 20_000  # in one beat; a transaction is never split over two
LAST_XID = 2**63 - 1
WATERMARK_STEPS = 10_000  # transactions after which an idle log moves its watermark

_REFS = re.compile(r'"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"|sha256":"([0-9a-f]{64})"')

_STATE = "SELECT size, root, watermark FROM ledger_log WHERE name = %s FOR UPDATE"
_XMIN = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_EVENTS = """
    SELECT i.xid, i.id, i.kind, i.body FROM ledger_intake i
    WHERE i.xid >= %(from)s AND i.log = %(log)s
      AND NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.intake_id = i.id)
    ORDER BY i.xid, i.id LIMIT %(most)s"""
_EVENTS_OF = """
    SELECT i.xid, i.id, i.kind, i.body FROM ledger_intake i
    WHERE i.xid = %(xid)s AND i.log = %(log)s ORDER BY i.id"""
# The digest of a row covers where it stands and what was done; that of the group covers all rows in order.
_GROUPS = """
    SELECT r.xid, count(*), array_agg(DISTINCT r.by_role),
           encode(sha256(string_agg(sha256(r.salt || convert_to(concat_ws(E'\\n',
               r.relation, r.shape, r.act, r.row_id, r.content), 'UTF8')), ''::bytea ORDER BY r.id)), 'hex')
    FROM ledger_row r
    WHERE r.xid >= %(from)s AND r.xid <= %(until)s
      AND NOT EXISTS (SELECT 1 FROM ledger_rowgroup g WHERE g.xid = r.xid)
    GROUP BY r.xid"""
_TABLES = "SELECT xid, relation, count(*) FROM ledger_row WHERE xid = ANY(%s) GROUP BY xid, relation"
_ADD_GROUPS = """
    WITH added AS (
        INSERT INTO ledger_intake (log, kind, body)
        SELECT %(log)s, %(kind)s, body FROM unnest(%(bodies)s::text[]) AS b(body) RETURNING id, body
    ), grouped AS (
        INSERT INTO ledger_rowgroup (xid, intake_id)
        SELECT g.xid, added.id FROM unnest(%(xids)s::bigint[], %(bodies)s::text[]) AS g(xid, body)
        JOIN added USING (body) RETURNING xid, intake_id
    )
    SELECT xid, intake_id FROM grouped"""
_MOVE = "UPDATE ledger_log SET size = %s, root = %s, watermark = %s WHERE name = %s"


class _Entry(NamedTuple):
    """A pending entry; an entry for a transaction's rows has a higher id than its events, and stands last."""

    xid: int
    id: int
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class Placed:
    """What a beat did: the tree after it, the tiles to write, and the entries it placed, in order."""

    frontier: Frontier
    tiles: Sequence[Tile]
    entries: Sequence[bytes]
    more: bool


def place(connection: Connection[Any], log: str, frontier: Frontier) -> Placed:
    """Number what is pending. The caller's transaction must see one snapshot and commit.

    RuntimeError if the log's size is not the frontier's: someone else numbered it.
    """
    row = connection.execute(_STATE, [log]).fetchone()
    if row is None or row[0] != frontier.size:
        raise RuntimeError(f"log {log}: another sequencer numbered it")
    watermark, horizon = int(row[2]), _horizon(connection)
    pending, last = _pending(connection, log, watermark)
    if log == ROWS_LOG:
        pending = sorted([*pending, *_groups(connection, watermark, last)])
    ahead = max(watermark, horizon if last is None else min(horizon, last + 1))
    if not pending:
        if ahead - watermark > WATERMARK_STEPS:
            connection.execute(_MOVE, [frontier.size, frontier.root, ahead, log])
        return Placed(frontier, (), (), more=False)
    entries = [entry.body.encode() for entry in pending]
    hashes = [leaf_hash(entry) for entry in entries]
    _store_leaves(connection, log, frontier.size, pending, hashes)
    grown, tiles = frontier.extend(hashes)
    connection.execute(_MOVE, [grown.size, grown.root, ahead, log])
    return Placed(grown, tiles, entries, more=last is not None)


def refs_of(body: str) -> list[str]:
    """The ids and the hashes of files that an entry names, by which it is found. Bytes that are no entry, as
    somebody may write behind our back, stop nothing: they are not read as JSON."""
    return sorted({first or second for first, second in _REFS.findall(body)})


def _horizon(connection: Connection[Any]) -> int:
    row = connection.execute(_XMIN).fetchone()
    return int(row[0]) if row else 0


def _pending(connection: Connection[Any], log: str, watermark: int) -> tuple[list[_Entry], int | None]:
    """Entries of whole transactions, and the last of these where more are pending.

    A full batch leaves out its last transaction, which may be cut; where it holds little else, that one is
    taken whole.
    """
    found = connection.execute(_EVENTS, {"from": watermark, "log": log, "most": MOST_EVENTS}).fetchall()
    if len(found) < MOST_EVENTS:
        return [_Entry(*row) for row in found], None
    cut = found[-1][0]
    whole = [_Entry(*row) for row in found if row[0] != cut]
    if len(whole) >= MOST_EVENTS // 2:
        return whole, whole[-1].xid
    rest = connection.execute(_EVENTS_OF, {"xid": cut, "log": log}).fetchall()
    return [*whole, *(_Entry(*row) for row in rest)], cut


def _groups(connection: Connection[Any], watermark: int, last: int | None) -> list[_Entry]:
    """An entry for each transaction that wrote protected rows, to stand behind its events."""
    until = LAST_XID if last is None else last
    rows = connection.execute(_GROUPS, {"from": watermark, "until": until}).fetchall()
    if not rows:
        return []
    tables: dict[int, dict[str, int]] = {}
    for xid, relation, count in connection.execute(_TABLES, [[row[0] for row in rows]]).fetchall():
        tables.setdefault(xid, {})[relation] = count
    bodies = {xid: _group_body(count, roles, digest, tables[xid]) for xid, count, roles, digest in rows}
    values = {"log": ROWS_LOG, "kind": ROWS_KIND, "xids": list(bodies), "bodies": list(bodies.values())}
    added = connection.execute(_ADD_GROUPS, values).fetchall()
    return [_Entry(xid, id_, ROWS_KIND, bodies[xid]) for xid, id_ in added]


def _group_body(count: int, roles: Sequence[str], digest: str, tables: dict[str, int]) -> str:
    public = {"by": sorted(roles), "digest": digest, "rows": count, "tables": tables}
    body = {"actor": "database", "format": 1, "kind": ROWS_KIND, "personal": {}, "public": public}
    return canonical_json(body).decode()


def _store_leaves(
    connection: Connection[Any], log: str, first: int, pending: Sequence[_Entry], hashes: Sequence[bytes]
) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY ledger_leaf (log_id, seq, intake_id, hash, kind, refs) FROM STDIN") as copy,
    ):
        for seq, (entry, hashed) in enumerate(zip(pending, hashes, strict=True), first):
            copy.write_row((log, seq, entry.id, hashed, entry.kind, refs_of(entry.body)))
