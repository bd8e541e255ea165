"""The tree as static files (C2SP tlog-tiles): tiles of 256 hashes, bundles of entries, proofs.

Level 0 holds leaf hashes; a hash of level n + 1 is the root over a full tile of level n. The last tile
of a level is partial while it has fewer than 256 hashes: its ``width``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePath
from typing import Protocol

from pamong.ledger.tree.errors import ProofError, TileError
from pamong.ledger.tree.fields import from_decimal
from pamong.ledger.tree.files import write_atomically
from pamong.ledger.tree.merkle import (
    HASH_BYTES,
    NODE,
    consistency_ranges,
    inclusion_ranges,
    root_of_subtrees,
    whole_subtrees,
)

__all__ = [
    "BITS", "MOST_ENTRY_BYTES", "MOST_LEVELS", "TILE_BYTES", "WIDTH", "FileTiles", "Frontier", "Tile",
    "TileReader", "consistency_proof", "decode_bundle", "encode_bundle", "entries_path", "inclusion_proof",
    "read_frontier", "tile_path", "tree_root", "write_atomically",
]  # fmt: skip

WIDTH = 256
BITS = 8  # 256 = 1 << 8
TILE_BYTES = WIDTH * HASH_BYTES
MOST_LEVELS = 64
MOST_ENTRY_BYTES = 65_535

_sha256 = hashlib.sha256


def tile_path(level: int, number: int, width: int = WIDTH) -> str:
    """Where a tile stands below the log's folder, as ``tile/0/x001/x234/067.p/8``."""
    if not 0 <= level < MOST_LEVELS:
        raise ValueError(f"a tile's level is 0 to {MOST_LEVELS - 1}, got {level}")
    return f"tile/{level}/{_numbered(number, width)}"


def entries_path(number: int, width: int = WIDTH) -> str:
    """Where a bundle of entries stands below the log's folder, as ``tile/entries/000.p/8``."""
    return f"tile/entries/{_numbered(number, width)}"


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """Entries behind each other, each after its length (two bytes, big-endian).

    TileError for an entry of more than 65,535 bytes.
    """
    parts = []
    for entry in entries:
        if len(entry) > MOST_ENTRY_BYTES:
            raise TileError(
                "entry_long", "tile/entries", f"paling banyak {MOST_ENTRY_BYTES} bita per catatan",
                f"akan memuat catatan sepanjang {len(entry)} bita",
            )  # fmt: skip
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def decode_bundle(data: bytes, width: int, path: str = "tile/entries") -> list[bytes]:
    """The ``width`` entries of a bundle. TileError, naming ``path``, if cut off or with more or fewer."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if at + 2 + length > len(data):
            raise TileError(
                "cut", path, f"{width} catatan utuh", f"terpotong pada catatan ke-{len(entries) + 1}"
            )
        entries.append(entry)
        at += 2 + length
    if len(entries) != width:
        raise TileError("count", path, f"{width} catatan", f"berisi {len(entries)} catatan")
    return entries


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile to be written: full, or partial at the right edge."""

    level: int
    number: int
    data: bytes

    @property
    def width(self) -> int:
        """The number of hashes."""
        return len(self.data) // HASH_BYTES

    @property
    def path(self) -> str:
        """Where it stands below the log's folder."""
        return tile_path(self.level, self.number, self.width)


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree, enough to go on from: per level the hashes of its partial tile, joined."""

    size: int = 0
    edge: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        widths = [len(part) for part in self.edge]
        levels = range(-(-self.size.bit_length() // BITS))
        if widths != [HASH_BYTES * (self.size >> BITS * level & WIDTH - 1) for level in levels]:
            raise ValueError(f"the edge does not belong to a tree of {self.size} leaves")

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        return root_of_subtrees([peak for part in reversed(self.edge) for peak in _peaks(part)])

    def extend(self, hashes: Sequence[bytes]) -> tuple[Frontier, list[Tile]]:
        """Add leaf hashes: the new edge, and each tile that is new or wider than before.

        Needs some 100 bytes a leaf; millions are better given in parts.
        """
        tiles: list[Tile] = []
        edge: list[bytes] = []
        new = b"".join(hashes)
        if len(new) != HASH_BYTES * len(hashes):
            raise ValueError("a leaf hash has 32 bytes")
        while new or len(edge) < len(self.edge):
            level = len(edge)
            data = self.edge[level] + new if level < len(self.edge) else new
            parts = [data[at : at + TILE_BYTES] for at in range(0, len(data), TILE_BYTES)]
            if new:
                first = self.size >> BITS * (level + 1)
                tiles += [Tile(level, first + place, part) for place, part in enumerate(parts)]
            edge.append(parts.pop() if len(data) % TILE_BYTES else b"")
            new = b"".join([_whole_root(part) for part in parts])
        return Frontier(self.size + len(hashes), tuple(edge)), tiles


class TileReader(Protocol):
    """Where tiles come from."""

    def read(self, level: int, number: int, width: int) -> bytes:
        """The first ``width`` hashes of a tile, joined. TileError if it is not there or not whole."""


class FileTiles:
    """Tiles and bundles of one log below its folder; where a partial one has gone, a wider one serves."""

    def __init__(self, root: Path) -> None:
        """Read below ``root``, the folder in which ``checkpoint`` and ``tile`` stand."""
        self.root = root

    def read(self, level: int, number: int, width: int) -> bytes:
        """The first ``width`` hashes of a tile, joined. TileError if it is not there or not whole."""
        full = tile_path(level, number)
        path, stored, data = self._first_of(tile_path(level, number, width), full, width, "hash")
        _require_width(data, stored, path)
        return data[: width * HASH_BYTES]

    def entries(self, number: int, width: int = WIDTH) -> list[bytes]:
        """The first ``width`` entries of a bundle. TileError if it is not there or not whole."""
        full = entries_path(number)
        path, stored, data = self._first_of(entries_path(number, width), full, width, "catatan")
        return decode_bundle(data, stored, str(path))[:width]

    def _first_of(self, path: str, full: str, width: int, what: str) -> tuple[Path, int, bytes]:
        """The file, its width and bytes: of the width asked for, else the full one, else a wider one."""
        folder = self.root / f"{full}.p"
        usual = ((self.root / path, width), (self.root / full, WIDTH))
        for each, stored in chain(usual, _partial(folder, width)):
            try:
                return each, stored, each.read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                found = f"tidak dapat dibaca ({error.strerror})"
                raise TileError("unreadable", each, f"{stored} {what}", found) from error
        raise TileError("missing", self.root / path, f"{width} {what}", "tidak ada")


def read_frontier(reader: TileReader, size: int) -> Frontier:
    """The right edge of a tree of this size, from its partial tiles."""
    source = _Source(reader, size)
    levels = range(-(-size.bit_length() // BITS))
    return Frontier(size, tuple(source.edge(level) for level in levels))


def tree_root(reader: TileReader, size: int) -> bytes:
    """The root of the first ``size`` leaves."""
    return _Source(reader, size).root(0, size)


def inclusion_proof(reader: TileReader, index: int, size: int) -> list[bytes]:
    """The path of a leaf in the tree of this size. ProofError where there is no such leaf."""
    source = _Source(reader, size)
    return [source.root(start, end) for start, end in inclusion_ranges(index, size)]


def consistency_proof(reader: TileReader, old: int, new: int) -> list[bytes]:
    """That the tree of ``new`` leaves begins with that of ``old``. ProofError where ``old`` is larger."""
    source = _Source(reader, new)
    return [source.root(start, end) for start, end in consistency_ranges(old, new)]


class _Source:
    """The tiles of a tree of one size, each read once."""

    def __init__(self, reader: TileReader, size: int) -> None:
        if size < 0:
            raise ProofError("order", f"Ukuran buku segel tidak mungkin {size}.")
        self._reader = reader
        self._size = size
        self._known: dict[tuple[int, int], bytes] = {}

    def root(self, start: int, end: int) -> bytes:
        """The root over a range of leaves."""
        return root_of_subtrees([self._subtree(*where) for where in whole_subtrees(start, end)])

    def edge(self, level: int) -> bytes:
        """The partial tile of a level; empty if its last tile is full."""
        hashes = self._size >> BITS * level
        return self._tile(level, hashes >> BITS) if hashes % WIDTH else b""

    def _subtree(self, height: int, index: int) -> bytes:
        level, inner = divmod(height, BITS)
        number, at = divmod(index << inner, WIDTH)
        data = self._tile(level, number)
        return _whole_root(data[at * HASH_BYTES : (at + (1 << inner)) * HASH_BYTES])

    def _tile(self, level: int, number: int) -> bytes:
        if (level, number) not in self._known:
            width = min(WIDTH, (self._size >> BITS * level) - number * WIDTH)
            data = self._reader.read(level, number, width)
            _require_width(data, width, tile_path(level, number, width))
            self._known[level, number] = data
        return self._known[level, number]


def _require_width(data: bytes, width: int, path: PurePath | str) -> None:
    if len(data) != width * HASH_BYTES:
        expected = f"{width * HASH_BYTES} bita ({width} hash)"
        raise TileError("length", path, expected, f"berisi {len(data)} bita")


def _partial(folder: Path, width: int) -> Iterator[tuple[Path, int]]:
    """Partial files wider than that, the narrowest first. Looked for only once it is asked for them."""
    if folder.is_dir():
        widths = (from_decimal(path.name, WIDTH) for path in folder.iterdir())
        for wider in sorted(each for each in widths if each is not None and each > width):
            yield folder / str(wider), wider


def _numbered(number: int, width: int) -> str:
    if number < 0 or not 1 <= width <= WIDTH:
        raise ValueError(f"no tile has the number {number} and the width {width}")
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.append(f"x{number % 1000:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return "/".join(reversed(parts)) + partial


def _whole_root(data: bytes) -> bytes:
    """The root over a power of two of joined hashes."""
    while len(data) > HASH_BYTES:
        pairs = range(0, len(data), 2 * HASH_BYTES)
        data = b"".join([_sha256(NODE + data[at : at + 2 * HASH_BYTES]).digest() for at in pairs])
    return data


def _peaks(data: bytes) -> Iterator[bytes]:
    for height, index in whole_subtrees(0, len(data) // HASH_BYTES):
        width = HASH_BYTES << height
        yield _whole_root(data[index * width : (index + 1) * width])
