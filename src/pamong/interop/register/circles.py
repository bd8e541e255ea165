"""Circles in what should be a tree."""

from __future__ import annotations

from collections.abc import Mapping

_SHOWN = 8  # names that a sentence holds


def find_circles(above: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """The circles of "who is above whom", each from its first member in the order given; linear in size.

    What stands alone above itself is a circle of one. What only hangs from a circle belongs to none.
    """
    order = {node: number for number, node in enumerate(above)}
    done: set[str] = set()
    circles = []
    for start in above:
        path: dict[str, int] = {}
        node: str | None = start
        while node is not None and node not in done and node not in path:
            path[node] = len(path)
            node = above.get(node)
        if node is not None and node in path:
            circle = list(path)[path[node] :]
            first = min(range(len(circle)), key=lambda at: order.get(circle[at], len(order)))
            circles.append((*circle[first:], *circle[:first]))
        done.update(path)
    return circles


def spell_circle(circle: tuple[str, ...]) -> str:
    """The circle for a sentence: ``A → B → A``; a long one is cut in the middle."""
    names = [*circle, circle[0]]
    if len(names) > _SHOWN:
        names = [*names[: _SHOWN - 2], "…", names[-1]]
    return " → ".join(names)
