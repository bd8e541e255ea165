"""Merkle trees of RFC 6962, section 2.1, with SHA-256: roots, paths and both proofs.

A hash is 32 bytes, an index counts from 0, a size is a number of leaves. Proofs run from leaf to root.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from pamong.ledger.tree.errors import ProofError

LEAF = b"\x00"
NODE = b"\x01"
HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

_sha256 = hashlib.sha256


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf with these bytes."""
    return _sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others."""
    return _sha256(NODE + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; ``EMPTY_ROOT`` without any."""
    level = list(hashes)
    while len(level) > 1:
        level = _level_above(level)
    return level[0] if level else EMPTY_ROOT


def inclusion_path(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The path of one leaf of a small tree. Of a tree asked more than once, ``Subtree`` keeps the levels."""
    return Subtree(hashes).path(index)


class Subtree:
    """A tree in memory with all its levels: 64 bytes a leaf and a path in microseconds."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        """Build the levels over leaf hashes."""
        self._levels = [list(hashes)]
        while len(self._levels[-1]) > 1:
            self._levels.append(_level_above(self._levels[-1]))

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self._levels[0])

    @property
    def root(self) -> bytes:
        """The root; ``EMPTY_ROOT`` without leaves."""
        return self._levels[-1][0] if self.size else EMPTY_ROOT

    def path(self, index: int) -> list[bytes]:
        """The inclusion path of a leaf. ProofError where there is no such leaf."""
        _require_leaf(index, self.size)
        path = []
        for level in self._levels[:-1]:
            if index ^ 1 < len(level):  # the last of an odd level goes up alone
                path.append(level[index ^ 1])
            index >>= 1
        return path


def root_from_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a leaf hash and its path lead to.

    ProofError if there is no such leaf, or the path has not the length of its place, or a hash not 32 bytes.
    """
    _require_leaf(index, size)
    inner = (index ^ (size - 1)).bit_length()  # below this the leaf has siblings on both sides
    expected = inner + (index >> inner).bit_count()
    if len(path) != expected:
        raise ProofError(
            "length",
            f"Bukti untuk catatan nomor {index} dari {size} berisi {len(path)} hash, seharusnya {expected}. "
            "Buktinya rusak; minta yang baru.",
        )
    _require_hashes([leaf, *path])
    root = leaf
    for step, sibling in enumerate(path):
        is_right = step >= inner or index >> step & 1
        root = node_hash(sibling, root) if is_right else node_hash(root, sibling)
    return root


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a leaf hash stands at this index of the tree of this size and root."""
    try:
        return root_from_path(leaf, index, size, path) == root
    except ProofError:
        return False


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the new tree begins with all leaves of the old one, in order (RFC 9162, section 2.1.4.2).

    An empty old tree, and one of the same size, take an empty proof.
    """
    if not 0 <= old_size <= new_size or any(len(part) != HASH_BYTES for part in (old_root, new_root, *proof)):
        return False
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT and (new_size > 0 or new_root == EMPTY_ROOT)
    if old_size == new_size:
        return not proof and old_root == new_root
    # The old tree itself begins the proof where it is one whole subtree of the new one.
    hashes = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    return _both_roots(old_size, new_size, hashes) == (old_root, new_root)


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """The ranges ``[start, end)`` of leaves whose roots are the path of a leaf, from the leaf upward."""
    _require_leaf(index, size)
    ranges = []
    start, end = 0, size
    while end - start > 1:
        split = start + _largest_power_below(end - start)
        if index < split:
            ranges.append((split, end))
            end = split
        else:
            ranges.append((start, split))
            start = split
    return ranges[::-1]


def consistency_ranges(old: int, new: int) -> list[tuple[int, int]]:
    """The ranges of leaves whose roots prove that the first ``old`` of ``new`` leaves are the old tree.

    ProofError where the old tree is the larger one.
    """
    if not 0 <= old <= new:
        raise ProofError("order", f"Ukuran lama {old} lebih besar daripada ukuran baru {new}.")
    if old == 0:
        return []
    ranges = []
    start, end = 0, new
    while old != end:
        split = start + _largest_power_below(end - start)
        if old <= split:
            ranges.append((split, end))
            end = split
        else:
            ranges.append((start, split))
            start = split
    if start:
        ranges.append((start, end))  # else it is the old tree, whose root the verifier has
    return ranges[::-1]


def whole_subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The whole subtrees of a range, from the left: each as its height and its index on that height.

    ``start`` is a multiple of the largest power of two in the range, as in every range of a proof.
    """
    while start < end:
        height = (end - start).bit_length() - 1
        yield height, start >> height
        start += 1 << height


def root_of_subtrees(roots: Sequence[bytes]) -> bytes:
    """The root over whole subtrees that get smaller to the right; ``EMPTY_ROOT`` without any."""
    if not roots:
        return EMPTY_ROOT
    root = roots[-1]
    for left in reversed(roots[:-1]):
        root = node_hash(left, root)
    return root


def _level_above(level: list[bytes]) -> list[bytes]:
    pairs = zip(level[::2], level[1::2], strict=False)
    above = [_sha256(NODE + left + right).digest() for left, right in pairs]
    if len(level) % 2:
        above.append(level[-1])
    return above


def _largest_power_below(number: int) -> int:
    return 1 << (number - 1).bit_length() - 1


def _both_roots(old_size: int, new_size: int, hashes: list[bytes]) -> tuple[bytes, bytes] | None:
    if not hashes:
        return None
    old, new = old_size - 1, new_size - 1
    shared = (old ^ (old + 1)).bit_length() - 1  # levels on which the old tree's edge ends a whole subtree
    old, new = old >> shared, new >> shared
    old_root = new_root = hashes[0]
    for part in hashes[1:]:
        if new == 0:
            return None
        if old & 1 or old == new:
            old_root, new_root = node_hash(part, old_root), node_hash(part, new_root)
            while old and not old & 1:
                old, new = old >> 1, new >> 1
        else:
            new_root = node_hash(new_root, part)
        old, new = old >> 1, new >> 1
    return (old_root, new_root) if new == 0 else None


def _require_leaf(index: int, size: int) -> None:
    if not 0 <= index < size:
        raise ProofError(
            "index", f"Catatan nomor {index} tidak ada dalam buku segel berukuran {size}. Periksa nomornya."
        )


def _require_hashes(hashes: Sequence[bytes]) -> None:
    if any(len(part) != HASH_BYTES for part in hashes):
        raise ProofError("hash", "Sebuah hash di dalam bukti bukan 32 bita. Buktinya rusak; minta yang baru.")
