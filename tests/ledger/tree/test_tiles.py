"""Tiles: their paths, the right edge that takes leaves, proofs out of files, and files that are not whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pamong.ledger.tree.errors import ProofError, TileError
from pamong.ledger.tree.merkle import (
    EMPTY_ROOT,
    Subtree,
    inclusion_path,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from pamong.ledger.tree.tiles import (
    FileTiles,
    Frontier,
    Tile,
    consistency_proof,
    decode_bundle,
    encode_bundle,
    entries_path,
    inclusion_proof,
    read_frontier,
    tile_path,
    tree_root,
    write_atomically,
)

EDGES = (0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000)
MOST = max(EDGES)
LEAVES = [leaf_hash(str(number).encode()) for number in range(MOST)]


class Memory:
    """Tiles as a log publishes them, each width on its own."""

    def __init__(self) -> None:
        self.tiles: dict[tuple[int, int, int], bytes] = {}

    def put(self, tiles: list[Tile]) -> None:
        self.tiles |= {(tile.level, tile.number, tile.width): tile.data for tile in tiles}

    def read(self, level: int, number: int, width: int) -> bytes:
        return self.tiles[level, number, width]


@pytest.fixture(scope="module")
def grown() -> dict[int, tuple[Frontier, Memory]]:
    """One log that grew from edge to edge, and what it had published by then."""
    found, frontier, published = {}, Frontier(), Memory()
    for size in EDGES:
        frontier, tiles = frontier.extend(LEAVES[frontier.size : size])
        published.put(tiles)
        found[size] = (frontier, published)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """600 leaves in files."""
    for tile in Frontier().extend(LEAVES[:600])[1]:
        write_atomically(tmp_path / tile.path, tile.data)
    for number, width in ((0, 256), (1, 256), (2, 88)):
        entries = [str(number * 256 + place).encode() for place in range(width)]
        write_atomically(tmp_path / entries_path(number, width), encode_bundle(entries))
    return tmp_path


@pytest.mark.parametrize(
    ("level", "number", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 273, 112, "tile/0/273.p/112"),
        (1, 1_234_067, 256, "tile/1/x001/x234/067"),
        (2, 1000, 1, "tile/2/x001/000.p/1"),
        (63, 999, 256, "tile/63/999"),
    ],
)
def test_the_path_of_a_tile(level: int, number: int, width: int, path: str) -> None:
    assert tile_path(level, number, width) == path


def test_the_path_of_a_bundle() -> None:
    assert entries_path(1_234_067) == "tile/entries/x001/x234/067"
    assert entries_path(0, 8) == "tile/entries/000.p/8"


@pytest.mark.parametrize(
    ("level", "number", "width"), [(64, 0, 1), (-1, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)]
)
def test_no_path_for_what_is_no_tile(level: int, number: int, width: int) -> None:
    with pytest.raises(ValueError, match="tile"):
        tile_path(level, number, width)


@pytest.mark.parametrize("size", EDGES)
def test_the_tree_of_the_edge_is_the_tree_of_the_leaves(
    size: int, grown: dict[int, tuple[Frontier, Memory]]
) -> None:
    frontier, published = grown[size]
    assert frontier.size == size
    assert frontier.root == root_of(LEAVES[:size]) == tree_root(published, size)
    assert read_frontier(published, size) == frontier


@pytest.mark.parametrize("size", EDGES[1:])
def test_proofs_out_of_tiles(size: int, grown: dict[int, tuple[Frontier, Memory]]) -> None:
    frontier, published = grown[size]
    tree = Subtree(LEAVES[:size])
    for index in {0, size // 3, size // 2, size - 1}:
        path = inclusion_proof(published, index, size)
        assert path == tree.path(index)
        assert verify_inclusion(LEAVES[index], index, size, path, frontier.root)
    for old in (edge for edge in EDGES if edge <= size):
        proof = consistency_proof(published, old, size)
        assert verify_consistency(old, grown[old][0].root, size, frontier.root, proof)


def test_the_specification_s_example() -> None:
    """A tree of 70,000: 273 full tiles and one of 112, one full and one of 17, one of 1."""
    tiles = Frontier().extend(LEAVES)[1]
    assert [tile.path for tile in tiles if tile.level] == [
        "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"
    ]  # fmt: skip
    leaves = [tile.width for tile in tiles if not tile.level]
    assert leaves == [256] * 273 + [112]


def test_256_leaves_make_a_full_tile_and_one_of_width_1() -> None:
    assert [tile.path for tile in Frontier().extend(LEAVES[:256])[1]] == ["tile/0/000", "tile/1/000.p/1"]


@settings(max_examples=50)
@given(parts=st.lists(st.integers(0, 700), min_size=1, max_size=6), data=st.data())
@example(parts=[255, 1, 1], data=None)
@example(parts=[65_535, 1, 1], data=None)
def test_growing_in_parts_gives_the_tiles_of_growing_at_once(
    parts: list[int], data: st.DataObject | None
) -> None:
    frontier, published = Frontier(), Memory()
    for part in parts:
        before = frontier
        frontier, tiles = frontier.extend(LEAVES[frontier.size : frontier.size + part])
        assert [tile.width for tile in tiles if tile.level == 0 and tile.number > frontier.size // 256] == []
        assert tiles or not part
        assert before.size + part == frontier.size
        published.put(tiles)
    size = frontier.size
    at_once, tiles = Frontier().extend(LEAVES[:size])
    assert frontier == at_once
    assert {
        (tile.level, tile.number, tile.width): tile.data for tile in tiles
    }.items() <= published.tiles.items()
    if data is not None and size:
        index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
        assert inclusion_proof(published, index, size) == inclusion_path(LEAVES[:size], index)
        proof = consistency_proof(published, old, size)
        assert verify_consistency(old, root_of(LEAVES[:old]), size, frontier.root, proof)


def test_an_edge_of_another_size_is_refused() -> None:
    frontier, _ = Frontier().extend(LEAVES[:300])
    for size in (299, 301, 0, 70_000):
        with pytest.raises(ValueError, match=f"a tree of {size} leaves"):
            Frontier(size, frontier.edge)
    with pytest.raises(ValueError, match="32 bytes"):
        frontier.extend([b"short"])


def test_an_empty_log() -> None:
    assert Frontier().root == tree_root(Memory(), 0) == EMPTY_ROOT
    assert Frontier().extend([]) == (Frontier(), [])
    with pytest.raises(ProofError, match="nomor 0 tidak ada"):
        inclusion_proof(Memory(), 0, 0)
    with pytest.raises(ProofError, match="Ukuran buku segel tidak mungkin -1"):
        tree_root(Memory(), -1)


def test_files_give_what_was_put_into_them(folder: Path) -> None:
    tiles = FileTiles(folder)
    assert tree_root(tiles, 600) == root_of(LEAVES[:600])
    assert inclusion_proof(tiles, 599, 600) == inclusion_path(LEAVES[:600], 599)
    assert tiles.entries(2, 88)[-1] == b"599"
    assert [leaf_hash(entry) for entry in tiles.entries(1)] == LEAVES[256:512]


def test_a_wider_tile_serves_for_a_partial_one_that_has_gone(folder: Path) -> None:
    tiles = FileTiles(folder)
    assert tree_root(tiles, 300) == root_of(LEAVES[:300])
    assert tiles.entries(1, 44)[-1] == b"299"
    assert tree_root(tiles, 520) == root_of(LEAVES[:520])
    assert tiles.entries(2, 8)[-1] == b"519"
    with pytest.raises(TileError, match="tidak ada, seharusnya 89 hash"):
        tree_root(tiles, 601)


@pytest.mark.parametrize(
    ("path", "reason", "words"),
    [
        ("tile/0/001", "missing", "tidak ada, seharusnya 256 hash"),
        ("tile/0/002.p/88", "missing", "tidak ada, seharusnya 88 hash"),
        ("tile/1/000.p/2", "missing", "tidak ada, seharusnya 2 hash"),
    ],
)
def test_a_missing_tile(folder: Path, path: str, reason: str, words: str) -> None:
    (folder / path).unlink()
    with pytest.raises(TileError, match=words) as error:
        inclusion_proof(FileTiles(folder), 600 - 256, 600)
        tree_root(FileTiles(folder), 600)
    assert (error.value.reason, error.value.path) == (reason, str(folder / path))


@pytest.mark.parametrize("length", [0, 32, 88 * 32 - 1, 88 * 32 + 1, 256 * 32])
def test_a_tile_of_another_length(folder: Path, length: int) -> None:
    path = folder / "tile/0/002.p/88"
    path.write_bytes(bytes(length))
    with pytest.raises(TileError, match=f"berisi {length} bita, seharusnya 2816 bita") as error:
        tree_root(FileTiles(folder), 600)
    assert (error.value.reason, error.value.path) == ("length", str(path))
    assert error.value.expected == "2816 bita (88 hash)"


def test_a_short_full_tile_is_no_stand_in(folder: Path) -> None:
    path = folder / "tile/0/001"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(TileError, match="berisi 8191 bita"):
        FileTiles(folder).read(0, 1, 44)


def test_a_reader_that_gives_too_little() -> None:
    published = Memory()
    published.tiles[0, 0, 3] = bytes(64)
    with pytest.raises(TileError, match=r"tile/0/000\.p/3' berisi 64 bita"):
        tree_root(published, 3)


def test_a_tile_that_can_not_be_read(folder: Path) -> None:
    path = folder / "tile/0/001"
    path.unlink()
    path.mkdir()
    with pytest.raises(TileError, match="tidak dapat dibaca") as error:
        FileTiles(folder).read(0, 1, 256)
    assert error.value.reason == "unreadable"


entries = st.lists(st.binary(max_size=300), max_size=20)


@given(entries=entries)
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(entries), len(entries)) == entries


def test_a_bundle_by_its_bytes() -> None:
    assert encode_bundle([b"", b"ab"]) == b"\x00\x00\x00\x02ab"
    longest = bytes(65_535)
    assert decode_bundle(encode_bundle([longest]), 1) == [longest]


@given(entries=entries.filter(bool), data=st.data())
def test_a_bundle_cut_off_anywhere(entries: list[bytes], data: st.DataObject) -> None:
    whole = encode_bundle(entries)
    with pytest.raises(TileError) as error:
        decode_bundle(whole[: data.draw(st.integers(0, len(whole) - 1))], len(entries), "tile/entries/007")
    assert error.value.reason in ("cut", "count")
    assert error.value.path == "tile/entries/007"


def test_a_bundle_with_more_or_longer_entries() -> None:
    with pytest.raises(TileError, match="berisi 2 catatan, seharusnya 1 catatan"):
        decode_bundle(encode_bundle([b"a", b"b"]), 1)
    with pytest.raises(TileError, match="65535 bita per catatan") as error:
        encode_bundle([bytes(65_536)])
    assert error.value.reason == "entry_long"


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "checkpoint"
    write_atomically(path, b"first")
    with path.open("rb") as reader:
        write_atomically(path, b"second")
        assert reader.read() == b"first"
    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o777 == 0o644
    assert _names(tmp_path) == ["a", "b", "checkpoint"]


def test_the_umask_does_not_hide_what_is_published(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "tile" / "0" / "000", b"")
    finally:
        os.umask(before)
    modes = [path.stat().st_mode & 0o777 for path in sorted(tmp_path.rglob("*"))]
    assert modes == [0o755, 0o755, 0o644]


def test_a_failed_writing_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "checkpoint" / "full").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        write_atomically(tmp_path / "checkpoint", b"new")
    assert _names(tmp_path) == ["checkpoint", "full"]


def _names(folder: Path) -> list[str]:
    def each() -> Iterator[str]:
        yield from (path.name for path in folder.rglob("*"))

    return sorted(each())
