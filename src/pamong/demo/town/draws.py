"""Random draws per (seed, table, person), so that a new field reshuffles nothing."""

from __future__ import annotations

from hashlib import sha512
from struct import Struct

_WORDS = Struct(">16I")
_SHARE = 2.0**-32


class Draws:
    """Numbers from [0, 1), made from digests of a name and a count: the same in every process."""

    __slots__ = ("_count", "_left", "_name")

    def __init__(self, seed: str, table: str, key: int) -> None:
        self._name, self._count = f"{seed}/town/{table}/{key}", 0
        self._left: list[int] = []

    def random(self) -> float:
        """The next number."""
        if not self._left:
            self._left = list(_WORDS.unpack(sha512(f"{self._name}/{self._count}".encode()).digest()))
            self._count += 1
        return self._left.pop() * _SHARE

    def rolls(self, count: int) -> list[float]:
        """So many numbers at once, for code that draws as many whatever the branch."""
        return [self.random() for _ in range(count)]
