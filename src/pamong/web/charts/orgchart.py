"""An organisation chart: one box on top, its branches side by side, everything deeper hanging below.

All lengths are pixels, so that the words keep their size: a wide chart is scrolled, not shrunk. On paper,
and as a file, the picture scales as a whole.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

UNIT, POST = "unit", "post"
KINDS = (UNIT, POST)
WIDTH = 208  # px of a box
LINE, PAD = 18, 10  # px: a line of words, the room around them
GAP_X, GAP_Y = 28, 18  # px between branches, between boxes that hang
DROP = 22  # px from a box to the bus below it
INDENT = 26  # px by which each level hangs further in
EDGE = 2  # px around the picture, so that no line is cut
ABREAST = 6  # more branches than this hang in columns
_NAME, _SUB = 24, 30  # characters of a bold and of a small line in a box


@dataclass(frozen=True, slots=True)
class Node:
    """One box: ``name`` in bold, ``lines`` small below. ``kind`` is 'unit', or 'post' for seats of one kind.

    ``empty`` marks a box whose lead stands empty: it is drawn dashed, and its lines say so in words.
    """

    name: str
    lines: tuple[str, ...] = ()
    kind: str = UNIT
    empty: bool = False
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class _Box:
    """A node with its words wrapped and its place: px from the left and from the top."""

    node: Node
    name: tuple[str, ...]
    lines: tuple[str, ...]
    left: int = 0
    top: int = 0

    @property
    def height(self) -> int:
        return 2 * PAD + LINE * (len(self.name) + len(self.lines))

    @property
    def middle(self) -> int:
        return self.left + WIDTH // 2

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass
class _Drawing:
    """Boxes and lines as they were placed, and how far they reach."""

    boxes: list[_Box]
    paths: list[str]

    @property
    def width(self) -> int:
        return max(box.left for box in self.boxes) + WIDTH + EDGE

    @property
    def height(self) -> int:
        return max(box.bottom for box in self.boxes) + EDGE


# The colours of the file that is taken along; on the page the same classes follow the page's own colours.
STYLE = Markup(
    "<style>text{font:14px system-ui,'Liberation Sans',sans-serif;fill:#1c2230}.name{font-weight:650}"
    ".soft{fill:#565d6d;font-size:13px}.box{fill:#fff;stroke:#8a8578}.box.top{stroke:#8a5a2b;stroke-width:2}"
    ".box.post{stroke:#e3ded6}.box.empty{stroke-dasharray:5 4}.wire{fill:none;stroke:#8a8578}</style>"
)


def org_chart(root: Node, *, title: str, name: str = "bagan", alone: bool = False) -> Markup:
    """Draw a node with all below it. ``title`` is the sentence that a screen reader hears; the list beside
    the picture holds the same. ``name`` makes the ids unique on a page; ``alone`` gives it its own colours,
    for a file. ValueError for an unknown kind of box.
    """
    drawing = _placed(root)
    parts = [_wire(path) for path in drawing.paths] + [_drawn(box, box.node is root) for box in drawing.boxes]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="org-chart" role="img" aria-labelledby="{id}"'
        ' width="{w}" height="{h}" viewBox="0 0 {w} {h}"><title id="{id}">{title}</title>{style}{parts}</svg>'
    ).format(
        id=f"chart-{name}",
        w=drawing.width,
        h=drawing.height,
        title=title,
        style=STYLE if alone else "",
        parts=Markup("").join(parts),
    )


def _placed(root: Node) -> _Drawing:
    top, drawing = _box(root), _Drawing([], [])
    columns = _columns(root.children)
    abreast = len(root.children) <= ABREAST
    start, left = top.height + EDGE + 2 * DROP, EDGE
    hooks: list[int] = []
    for column in columns:
        if abreast:
            hooks.append(left + WIDTH // 2)
            right, _bottom = _branch(drawing, column[0], left, start)
        else:
            hooks.append(left + INDENT // 2)
            right, _bottom = _spine(drawing, column, left, start - DROP, start)
        left = right + GAP_X
    middle = (hooks[0] + hooks[-1]) // 2 if hooks else 0
    head = _at(top, max(EDGE, min(middle - WIDTH // 2, left - GAP_X - WIDTH)), EDGE)
    drawing.boxes.insert(0, head)
    drawing.paths += list(_bus(head, hooks, start, abreast))
    return drawing


def _columns(children: Sequence[Node]) -> list[list[Node]]:
    """Each branch for itself while they are few; else in columns of about the same number of boxes."""
    if len(children) <= ABREAST:
        return [[child] for child in children]
    wanted = -(-sum(_count(child) for child in children) // ABREAST)
    columns: list[list[Node]] = [[]]
    filled = 0
    for child in children:
        if filled >= wanted and len(columns) < ABREAST:
            columns.append([])
            filled = 0
        columns[-1].append(child)
        filled += _count(child)
    return columns


def _count(node: Node) -> int:
    return 1 + sum(_count(child) for child in node.children)


def _branch(drawing: _Drawing, node: Node, left: int, top: int) -> tuple[int, int]:
    """A box with what hangs below it; returns how far to the right and down it reaches."""
    box = _at(_box(node), left, top)
    drawing.boxes.append(box)
    if not node.children:
        return left + WIDTH, box.bottom
    return _spine(drawing, node.children, left, box.bottom, box.bottom + GAP_Y)


def _spine(drawing: _Drawing, nodes: Sequence[Node], left: int, begin: int, top: int) -> tuple[int, int]:
    """Boxes one below another, each tied to a line at their left that begins at ``begin``."""
    line, right, tie, bottom = left + INDENT // 2, left + WIDTH, begin, top
    for node in nodes:
        tie = top + PAD + LINE // 2
        drawing.paths.append(f"M{line} {tie}H{left + INDENT}")
        reach, bottom = _branch(drawing, node, left + INDENT, top)
        right, top = max(right, reach), bottom + GAP_Y
    drawing.paths.append(f"M{line} {begin}V{tie}")
    return right, bottom


def _bus(head: _Box, hooks: Sequence[int], start: int, abreast: bool) -> Iterator[str]:
    """From the top box down, along the branches, and down to each that stands for itself."""
    if not hooks:
        return
    bus = head.bottom + DROP
    yield f"M{head.middle} {head.bottom}V{bus}"
    yield f"M{min(*hooks, head.middle)} {bus}H{max(*hooks, head.middle)}"
    for hook in hooks if abreast else ():
        yield f"M{hook} {bus}V{start}"


def _box(node: Node) -> _Box:
    if node.kind not in KINDS:
        raise ValueError(f"a box is one of {KINDS}: {node.kind}")
    name = tuple(textwrap.wrap(node.name, _NAME)) or ("",)
    lines = tuple(part for line in node.lines for part in textwrap.wrap(line, _SUB))
    return _Box(node, name, lines)


def _at(box: _Box, left: int, top: int) -> _Box:
    """The box at its place."""
    return replace(box, left=left, top=top)


def _drawn(box: _Box, top: bool) -> Markup:
    look = " ".join(
        filter(None, ("box", box.node.kind, "top" if top else "", "empty" if box.node.empty else ""))
    )
    words = [(line, "name") for line in box.name] + [(line, "soft") for line in box.lines]
    texts = Markup("").join(
        Markup('<text x="{}" y="{}" class="{}">{}</text>').format(
            box.left + PAD, box.top + PAD + LINE * number - 5, tone, line
        )
        for number, (line, tone) in enumerate(words, 1)
    )
    return (
        Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>').format(
            look, box.left, box.top, WIDTH, box.height
        )
        + texts
    )


def _wire(path: str) -> Markup:
    return Markup('<path class="wire" d="{}"/>').format(path)
