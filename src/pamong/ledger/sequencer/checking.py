"""Before a log is built on: is what the database holds what was published and signed?

Every entry is hashed again and the tree made anew; its roots are compared with the stored one, the published
checkpoint and what the signer remembers. Missing tiles are written again on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from psycopg import Connection

from pamong.ledger.sequencer.errors import TreeDisagrees
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.publishing import write_bundles, write_tiles
from pamong.ledger.sequencer.signer import Signer
from pamong.ledger.tree.checkpoints import Checkpoint
from pamong.ledger.tree.errors import TreeError
from pamong.ledger.tree.merkle import EMPTY_ROOT, leaf_hash
from pamong.ledger.tree.notes import open_note
from pamong.ledger.tree.tiles import Frontier

PART = 65_536  # entries in memory at once; a multiple of a tile's width

_STORED = """
    SELECT size, root, origin, watermark > pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    FROM ledger_log WHERE name = %s"""
_LEAVES = """
    SELECT l.seq, l.hash, i.body FROM ledger_leaf l JOIN ledger_intake i ON i.id = l.intake_id
    WHERE l.log_id = %s ORDER BY l.seq"""


@dataclass(frozen=True, slots=True)
class Known:
    """A size and root that someone outside the database vouches for, and who."""

    size: int
    root: bytes
    who: str


def checked(connection: Connection[Any], places: Places, log: str, signer: Signer) -> Frontier:
    """The tree as it stands, once all agree. TreeDisagrees where they do not."""
    size, root = _stored(connection, places, log)
    known = [known for known in (_published(places, log, signer), _signed(signer)) if known]
    for one in known:
        if one.size > size:
            raise TreeDisagrees(
                log,
                f"{one.who} berukuran {one.size}, di basis data tinggal {size} catatan. "
                "Mungkin cadangan lama dipulihkan.",
            )
    frontier = Frontier()
    for part in _parts(_hashes(connection, log)):
        frontier = _grow(places, log, frontier, part, known)
    if (frontier.size, frontier.root) != (size, root):
        raise TreeDisagrees(log, f"akar yang dihitung ulang dari {frontier.size} catatan berbeda.")
    return frontier


def _grow(
    places: Places, log: str, frontier: Frontier, part: list[tuple[bytes, bytes]], known: list[Known]
) -> Frontier:
    hashes = [hashed for hashed, _ in part]
    for one in known:
        if frontier.size < one.size <= frontier.size + len(part):
            at, _ = frontier.extend(hashes[: one.size - frontier.size])
            if at.root != one.root:
                raise TreeDisagrees(log, f"{one.size} catatan pertama tidak sama dengan {one.who}.")
    grown, tiles = frontier.extend(hashes)
    write_tiles(places.folder(log), tiles)
    write_bundles(places.folder(log), frontier.size, [entry for _, entry in part])
    return grown


def _stored(connection: Connection[Any], places: Places, log: str) -> tuple[int, bytes]:
    origin = places.origin(log)
    connection.execute(
        "INSERT INTO ledger_log (name, origin, size, root, watermark) VALUES (%s, %s, 0, %s, 0) "
        "ON CONFLICT DO NOTHING",
        [log, origin, EMPTY_ROOT],
    )
    row = connection.execute(_STORED, [log]).fetchone()
    assert row is not None  # noqa: S101  it was just made
    if row[3]:
        raise TreeDisagrees(
            log,
            "nomor transaksi peladen ini lebih kecil daripada yang sudah disegel, jadi basis data "
            "dipulihkan dari dump ke peladen lain. Pulihkan dengan pg_basebackup atau pgBackRest, yang "
            "mempertahankannya.",
        )
    if row[2] != origin:
        raise TreeDisagrees(log, f"namanya '{row[2]}', tetapi pemasangan ini bernama '{origin}'.")
    return int(row[0]), bytes(row[1])


def _hashes(connection: Connection[Any], log: str) -> Iterator[tuple[bytes, bytes]]:
    with connection.cursor(name="leaves") as cursor:
        cursor.itersize = PART
        cursor.execute(_LEAVES, [log])
        for place, (seq, hashed, body) in enumerate(cursor):
            entry = body.encode()
            if seq != place:
                raise TreeDisagrees(log, f"catatan nomor {place} hilang.")
            if leaf_hash(entry) != hashed:
                raise TreeDisagrees(log, f"isi catatan nomor {seq} tidak sama dengan saat disegel.")
            yield bytes(hashed), entry


def _parts(rows: Iterator[tuple[bytes, bytes]]) -> Iterator[list[tuple[bytes, bytes]]]:
    while part := list(islice(rows, PART)):
        yield part


def _published(places: Places, log: str, signer: Signer) -> Known | None:
    path = places.checkpoint(log)
    if not path.exists():
        return None
    try:
        note = open_note(path.read_bytes(), signer.verifiers)
        checkpoint = Checkpoint.parse(note.text)
    except TreeError as error:
        raise TreeDisagrees(log, f"titik segel yang terbit tidak sah. {error}") from error
    if checkpoint.origin != places.origin(log):
        raise TreeDisagrees(log, f"titik segel yang terbit milik '{checkpoint.origin}'.")
    return Known(checkpoint.size, checkpoint.root, "titik segel yang terbit") if checkpoint.size else None


def _signed(signer: Signer) -> Known | None:
    last = signer.signed()
    return Known(last.size, last.root, "yang terakhir ditandatangani") if last.size else None
