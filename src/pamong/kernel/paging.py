"""Pages of a long list."""

from __future__ import annotations


def bounded(page: int, total: int, size: int) -> tuple[int, int]:
    """The page that is shown where one is asked for, and the last one there is; both begin with 1."""
    last = max(1, -(-total // size))
    return min(max(1, page), last), last
