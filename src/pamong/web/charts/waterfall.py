"""The slip as a picture: what was earned is built up bar by bar, then what was taken off, down to the net.

Lengths are percentages of the picture's width and heights are pixels, so the bars stretch from a phone
to a wide screen while the words keep their size.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from markupsafe import Markup

from pamong.kernel.money import Rupiah

EARNED, TAKEN, NET = "earned", "taken", "net"
KINDS = (EARNED, TAKEN, NET)
LINE, BAR_HEIGHT, GAP = 18, 14, 20  # px: a line of words, a bar, the room below it
CHARACTERS = 24  # what fits beside an amount on a screen of 360 px
_LEAST = Fraction(1, 2)  # percent: a bar of a small amount stays visible


@dataclass(frozen=True, slots=True)
class Bar:
    """One step. ``amount`` in rupiah, not negative; ``kind`` is 'earned', 'taken' or 'net' (a sum so far)."""

    label: str
    amount: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar with its place: pixels from the top, percent from the left."""

    bar: Bar
    lines: list[str]
    top: int
    left: Fraction
    width: Fraction
    level: Fraction

    @property
    def bar_top(self) -> int:
        return self.top + LINE * len(self.lines) + 6

    @property
    def bar_bottom(self) -> int:
        return self.bar_top + BAR_HEIGHT


def waterfall(bars: list[Bar], *, title: str, name: str = "slip") -> Markup:
    """Draw the steps. ``title`` is the sentence that a screen reader hears; the table beside has the data.

    ``name`` makes the ids unique on a page. ValueError for a negative amount, an unknown kind, or a net
    that is not the sum of what stands before it: a picture must not tell another story than the table.
    """
    rows = _rows(bars)
    drawn = [_links(rows), *map(_draw, rows)]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{id}"'
        ' width="100%" height="{height}"><title id="{id}">{title}</title>{drawn}</svg>'
    ).format(
        id=f"chart-{name}",
        height=rows[-1].bar_bottom + 2 if rows else 0,
        title=title,
        drawn=Markup("").join(drawn),
    )


def _rows(bars: list[Bar]) -> list[_Row]:
    spans = _spans(bars)
    scale = max((end for _start, end in spans), default=0) or 1
    wrapped = [textwrap.wrap(bar.label, CHARACTERS) or [""] for bar in bars]
    heights = [LINE * len(lines) + 6 + BAR_HEIGHT + GAP for lines in wrapped]
    tops = [0, *accumulate(heights)]
    rows = []
    for bar, (start, end), lines, top in zip(bars, spans, wrapped, tops, strict=False):
        width = max(Fraction(100 * (end - start), scale), _LEAST if bar.amount else Fraction(0))
        left = min(Fraction(100 * start, scale), 100 - width)
        level = Fraction(100 * (start if bar.kind == TAKEN else end), scale)
        rows.append(_Row(bar, lines, top, left, width, level))
    return rows


def _spans(bars: list[Bar]) -> list[tuple[int, int]]:
    """From where to where each bar reaches, in rupiah."""
    spans, level = [], 0
    for bar in bars:
        if bar.kind not in KINDS or bar.amount < 0:
            raise ValueError(f"a bar is earned, taken or net, and not negative: {bar}")
        if bar.kind == NET and bar.amount != level:
            raise ValueError(f"net {bar.amount} is not what the bars before it leave: {level}")
        before = 0 if bar.kind == NET else level
        level += {EARNED: bar.amount, TAKEN: -bar.amount, NET: 0}[bar.kind]
        spans.append((min(before, level), max(before, level)))
    return spans


def _draw(row: _Row) -> Markup:
    look = {EARNED: "", TAKEN: " taken-text", NET: " strong"}[row.bar.kind]
    words = Markup("").join(
        Markup('<text x="0" y="{}" class="label{}">{}</text>').format(row.top + LINE * number - 3, look, line)
        for number, line in enumerate(row.lines, 1)
    )
    amount = Rupiah(-row.bar.amount if row.bar.kind == TAKEN else row.bar.amount)
    return words + Markup(
        '<text x="100%" y="{y}" class="amount{look}">{amount}</text>'
        '<line class="track" x1="0" x2="100%" y1="{bottom}" y2="{bottom}"/>'
        '<rect class="{kind}" x="{left}%" y="{top}" width="{width}%" height="{height}" rx="2"/>'
    ).format(
        y=row.top + LINE - 3,
        look=look,
        amount=str(amount),
        bottom=row.bar_bottom,
        kind=row.bar.kind,
        left=_text(row.left),
        top=row.bar_top,
        width=_text(row.width),
        height=BAR_HEIGHT,
    )


def _links(rows: list[_Row]) -> Markup:
    """Thin lines from each bar to the next, at the level that it leaves; drawn first, so words lie above."""
    return Markup("").join(
        Markup('<line class="link" x1="{at}%" x2="{at}%" y1="{top}" y2="{down}"/>').format(
            at=_text(row.level), top=row.bar_bottom, down=below.bar_top
        )
        for row, below in pairwise(rows)
    )


def _text(percent: Fraction) -> str:
    """Two decimals, as an SVG attribute; a place on a screen, no money."""
    hundredths = round(percent * 100)
    return f"{hundredths // 100}.{hundredths % 100:02d}"
