"""The log as static files: tiles, bundles of entries, and the one file that changes, the checkpoint.

All but the checkpoint can be made again from the database: each start compares every file and writes again
what a crash or a power cut left out or cut short. So tiles are not flushed to disk one by one, which would
cost most of the sequencer's time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pamong.ledger.tree.tiles import (
    BITS,
    WIDTH,
    FileTiles,
    Frontier,
    Tile,
    encode_bundle,
    entries_path,
)


def write_tiles(folder: Path, tiles: Iterable[Tile]) -> None:
    """Write hash tiles; what stands there already with the same bytes stays untouched."""
    for tile in tiles:
        _write(folder / tile.path, tile.data)


def write_bundles(folder: Path, first: int, entries: Sequence[bytes]) -> None:
    """Write the bundles of entries that begin at number ``first``, and again the one that they complete."""
    at = first % WIDTH
    kept = FileTiles(folder).entries(first // WIDTH, at) if at else []
    whole = [*kept, *entries]
    for place in range(0, len(whole), WIDTH):
        part = whole[place : place + WIDTH]
        number = (first - at + place) // WIDTH
        _write(folder / entries_path(number, len(part)), encode_bundle(part))


def drop_partial(folder: Path, before: Frontier, after: Frontier) -> None:
    """Remove partial tiles and bundles that a full one has replaced; who reads takes the full one."""
    for level in range(len(before.edge)):
        number = before.size >> BITS * (level + 1)
        if after.size >> BITS * (level + 1) > number:
            _drop(folder, f"tile/{level}", number)
    if after.size >> BITS > before.size >> BITS:
        _drop(folder, "tile/entries", before.size >> BITS)


def _drop(folder: Path, below: str, number: int) -> None:
    partial = entries_path(number, 1).removeprefix("tile/entries/").rpartition("/")[0]
    place = folder / below / partial
    if place.is_dir():
        for path in place.iterdir():
            path.unlink(missing_ok=True)
        place.rmdir()


def _write(path: Path, data: bytes) -> None:
    try:
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    aside.write_bytes(data)
    aside.replace(path)
