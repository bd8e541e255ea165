"""Roots and both proofs: the well-known vectors, RFC 6962 word by word, another library."""

from __future__ import annotations

from collections.abc import Sequence

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.ledger.tree.errors import ProofError
from pamong.ledger.tree.merkle import (
    EMPTY_ROOT,
    Subtree,
    consistency_ranges,
    inclusion_path,
    leaf_hash,
    node_hash,
    root_from_path,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The vectors that Certificate Transparency's implementations share.
DATA = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
PATHS = [(0, 8, [A, B, C]), (5, 8, [D, E, ROOTS[4]]), (2, 3, [ROOTS[2]]), (1, 5, [ROOTS[1], B, D])]
CONSISTENT = [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[4]]), (2, 5, [B, D])]

sizes = st.integers(1, 300)


def hashes(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


def split(size: int) -> int:
    """The largest power of two under a number, as the RFC names it k."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def mth(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash, as section 2.1 defines it."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    k = split(len(leaves))
    return node_hash(mth(leaves[:k]), mth(leaves[k:]))


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The audit path, as section 2.1.1 defines it."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*path(index, leaves[:k]), mth(leaves[k:])]
    return [*path(index - k, leaves[k:]), mth(leaves[:k])]


def subproof(old: int, leaves: Sequence[bytes], known: bool) -> list[bytes]:
    """The consistency proof, as section 2.1.2 defines it."""
    if old == len(leaves):
        return [] if known else [mth(leaves)]
    k = split(len(leaves))
    if old <= k:
        return [*subproof(old, leaves[:k], known), mth(leaves[k:])]
    return [*subproof(old - k, leaves[k:], False), mth(leaves[:k])]


def consistency(old: int, leaves: Sequence[bytes]) -> list[bytes]:
    return [mth(leaves[start:end]) for start, end in consistency_ranges(old, len(leaves))]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_eight_leaves(size: int) -> None:
    leaves = [leaf_hash(data) for data in DATA[:size]]
    assert root_of(leaves).hex() == Subtree(leaves).root.hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "expected"), PATHS)
def test_the_paths_of_eight_leaves(index: int, size: int, expected: list[str]) -> None:
    leaves = [leaf_hash(data) for data in DATA[:size]]
    found = inclusion_path(leaves, index)
    assert [part.hex() for part in found] == expected
    assert verify_inclusion(leaves[index], index, size, found, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new", "expected"), CONSISTENT)
def test_the_consistency_of_eight_leaves(old: int, new: int, expected: list[str]) -> None:
    found = consistency(old, [leaf_hash(data) for data in DATA[:new]])
    assert [part.hex() for part in found] == expected
    assert verify_consistency(old, bytes.fromhex(ROOTS[old]), new, bytes.fromhex(ROOTS[new]), found)


def test_every_small_tree_is_as_the_rfc_defines_it() -> None:
    for size in range(1, 34):
        leaves = hashes(size)
        tree = Subtree(leaves)
        assert tree.root == root_of(leaves) == mth(leaves)
        for index in range(size):
            assert tree.path(index) == path(index, leaves)
            assert root_from_path(leaves[index], index, size, path(index, leaves)) == tree.root
        for old in range(1, size + 1):
            assert consistency(old, leaves) == subproof(old, leaves, True)
            assert verify_consistency(old, mth(leaves[:old]), size, tree.root, subproof(old, leaves, True))


@given(size=sizes, data=st.data())
def test_another_library_makes_the_same_tree(size: int, data: st.DataObject) -> None:
    other = pymerkle.InmemoryTree.init_from_entries([str(number).encode() for number in range(size)])
    index = data.draw(st.integers(0, size - 1))
    tree = Subtree(hashes(size))
    assert tree.root == other.get_root()
    assert tree.path(index) == other.prove_inclusion(index + 1).path[1:]
    old = data.draw(st.integers(1, size))
    proof = consistency(
        old, hashes(size)
    )  # theirs has another form: both roots are made of it in another way
    assert verify_consistency(old, other.get_root(old), size, other.get_root(), proof)


@given(size=sizes, data=st.data())
def test_a_changed_path_is_rejected(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    tree, leaf = Subtree(hashes(size)), hashes(size)[index]
    good = tree.path(index)
    assert verify_inclusion(leaf, index, size, good, tree.root)
    assert not verify_inclusion(leaf, index, size, [*good, tree.root], tree.root)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, good, tree.root)
    assert not verify_inclusion(leaf, index, size, good, leaf_hash(b"other"))
    for place in range(len(good)):
        assert not verify_inclusion(leaf, index, size, good[:place] + good[place + 1 :], tree.root)
        changed = [*good[:place], _flipped(good[place]), *good[place + 1 :]]
        assert not verify_inclusion(leaf, index, size, changed, tree.root)
    for other in {0, size // 2, size - 1} - {index}:
        assert not verify_inclusion(leaf, other, size, good, tree.root)


@given(new=st.integers(2, 300), data=st.data())
def test_a_changed_history_is_rejected(new: int, data: st.DataObject) -> None:
    leaves = hashes(new)
    old = data.draw(st.integers(1, new - 1))
    old_root, new_root = root_of(leaves[:old]), root_of(leaves)
    good = consistency(old, leaves)
    assert verify_consistency(old, old_root, new, new_root, good)
    # A leaf of the old tree altered, with an honest proof of the tree that this gives.
    place = data.draw(st.integers(0, old - 1))
    altered = [*leaves[:place], leaf_hash(b"altered"), *leaves[place + 1 :]]
    assert not verify_consistency(old, old_root, new, root_of(altered), consistency(old, altered))
    assert not verify_consistency(old, old_root, new, new_root, [*good, new_root])
    assert not verify_consistency(old, _flipped(old_root), new, new_root, good)
    for part in range(len(good)):
        assert not verify_consistency(old, old_root, new, new_root, good[:part] + good[part + 1 :])
        changed = [*good[:part], _flipped(good[part]), *good[part + 1 :]]
        assert not verify_consistency(old, old_root, new, new_root, changed)


def test_what_needs_no_proof_takes_none() -> None:
    root, other = root_of(hashes(5)), root_of(hashes(6))
    assert verify_consistency(0, EMPTY_ROOT, 5, root, [])
    assert verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])
    assert verify_consistency(5, root, 5, root, [])
    assert not verify_consistency(0, EMPTY_ROOT, 5, root, [root])
    assert not verify_consistency(0, root, 5, root, [])
    assert not verify_consistency(0, EMPTY_ROOT, 0, root, [])
    assert not verify_consistency(5, root, 5, other, [])
    assert not verify_consistency(5, root, 5, root, [root])
    assert not verify_consistency(6, other, 5, root, [])
    assert not verify_consistency(3, root, 5, root, [])
    assert not verify_consistency(-1, root, 5, root, [])
    assert not verify_consistency(5, root, 6, other, [root[:31]])


def test_a_leaf_is_no_node() -> None:
    """The bytes of a node can't be passed off as a leaf, which the two prefixes prevent."""
    left, right = hashes(2)
    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize(
    ("index", "size", "path", "reason", "sentence"),
    [
        (5, 5, [], "index", "Catatan nomor 5 tidak ada dalam buku segel berukuran 5."),
        (-1, 5, [], "index", "Catatan nomor -1 tidak ada"),
        (0, 0, [], "index", "tidak ada dalam buku segel berukuran 0"),
        (4, 5, [b"x" * 32] * 2, "length", "berisi 2 hash, seharusnya 1"),
        (4, 5, [b"x" * 31], "hash", "bukan 32 bita"),
    ],
)
def test_a_path_that_can_not_be_tells_why(
    index: int, size: int, path: list[bytes], reason: str, sentence: str
) -> None:
    with pytest.raises(ProofError, match=sentence) as error:
        root_from_path(leaf_hash(b""), index, size, path)
    assert error.value.reason == reason


def test_no_path_for_a_leaf_that_is_not_there() -> None:
    with pytest.raises(ProofError, match="nomor 3 tidak ada"):
        inclusion_path(hashes(3), 3)
    with pytest.raises(ProofError, match="Ukuran lama 4 lebih besar daripada ukuran baru 3"):
        consistency_ranges(4, 3)


def _flipped(part: bytes) -> bytes:
    return bytes([part[0] ^ 1]) + part[1:]
