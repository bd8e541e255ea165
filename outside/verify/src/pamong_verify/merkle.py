"""Merkle trees of RFC 6962, section 2.1, with SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    return fold(perfect(hashes))


def perfect(hashes: Iterable[bytes]) -> list[bytes]:
    """The hashes of the perfect subtrees that cover these leaves, the largest first."""
    stack: list[tuple[int, bytes]] = []
    for each in hashes:
        height, merged = 0, each
        while stack and stack[-1][0] == height:
            merged = node_hash(stack.pop()[1], merged)
            height += 1
        stack.append((height, merged))
    return [merged for _, merged in stack]


def fold(subtrees: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees, the largest first."""
    if not subtrees:
        return EMPTY
    result = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        result = node_hash(left, result)
    return result


def root_from_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which an inclusion path leads; None if a path of this length can't belong to the place."""
    if not 0 <= index < size:
        return None
    node, last, result = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            result = node_hash(sibling, result)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        node, last = node >> 1, last >> 1
    return result if last == 0 else None


def is_consistent(old_size: int, new_size: int, old: bytes, new: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the tree of ``old_size`` is the beginning of that of ``new_size``."""
    if old_size == new_size:
        return not path and old == new
    if old_size == 0:
        return not path and old == EMPTY
    if not 0 < old_size < new_size:
        return False
    roots = _both_roots(old_size, new_size, old, path)
    return roots == (old, new)


def _both_roots(
    old_size: int, new_size: int, old: bytes, path: Sequence[bytes]
) -> tuple[bytes, bytes] | None:
    """The two roots that the path gives (RFC 9162, 2.1.4.2; the proofs are those of RFC 6962)."""
    node, last = old_size - 1, new_size - 1
    steps = list(path)
    if old_size & (old_size - 1) == 0:
        steps.insert(0, old)
    while node & 1:
        node, last = node >> 1, last >> 1
    if not steps:
        return None
    left = right = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            left, right = node_hash(step, left), node_hash(step, right)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            right = node_hash(right, step)
        node, last = node >> 1, last >> 1
    return (left, right) if last == 0 else None
