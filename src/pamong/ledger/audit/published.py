"""The published files of one log, as far as they are there: what leaves were when they were made public."""

from __future__ import annotations

from pathlib import Path

from pamong.ledger.tree.errors import TreeError
from pamong.ledger.tree.merkle import HASH_BYTES, leaf_hash
from pamong.ledger.tree.tiles import WIDTH, FileTiles


class Published:
    """Leaf hashes and entries up to the published size. Without a folder, or beyond the size, None."""

    def __init__(self, folder: Path | None, size: int, root: bytes = b"") -> None:
        """Read below the folder of the log; ``size`` and ``root`` of the published checkpoint."""
        self._tiles = FileTiles(folder) if folder else None
        self.size = size
        self.root = root
        self._number = -1
        self._hashes = b""
        self.faults: list[str] = []

    def hash_of(self, seq: int) -> bytes | None:
        """The published hash of a leaf; cheap where they are asked for in order."""
        if self._tiles is None or seq >= self.size:
            return None
        number, at = divmod(seq, WIDTH)
        if number != self._number:
            self._number, self._hashes = number, self._read(number)
        return self._hashes[at * HASH_BYTES : (at + 1) * HASH_BYTES] or None

    def entry_of(self, seq: int, hashed: bytes | None = None) -> str | None:
        """The published text of a leaf, if it is that of its hash."""
        if self._tiles is None or seq >= self.size:
            return None
        number, at = divmod(seq, WIDTH)
        try:
            entry = self._tiles.entries(number, self._width(number))[at]
        except TreeError:
            return None
        if hashed is not None and leaf_hash(entry) != hashed:
            return None
        return entry.decode("utf-8", "replace")

    def _read(self, number: int) -> bytes:
        assert self._tiles is not None  # noqa: S101  asked for by those who looked
        try:
            return self._tiles.read(0, number, self._width(number))
        except TreeError as error:
            self.faults.append(str(error))
            return b""

    def _width(self, number: int) -> int:
        return min(WIDTH, self.size - number * WIDTH)
