"""Growing trees whose root can be asked for at any size."""

from __future__ import annotations

import hashlib

from pamong.ledger.tree.merkle import NODE, root_of_subtrees

_sha256 = hashlib.sha256


class Peaks:
    """The roots of the whole subtrees of a tree, from the left: enough to add leaves and give the root."""

    def __init__(self) -> None:
        """An empty tree."""
        self.size = 0
        self._peaks: list[bytes] = []

    def push(self, hashed: bytes) -> None:
        """Add a leaf by its hash."""
        peaks, size = self._peaks, self.size
        while size & 1:
            hashed = _sha256(NODE + peaks.pop() + hashed).digest()
            size >>= 1
        peaks.append(hashed)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root at the present size."""
        return root_of_subtrees(self._peaks)
