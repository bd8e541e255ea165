"""The slip as a picture: what was earned is built up bar by bar, then what was taken off, down to the net.

Lengths are percentages of the picture's width and heights are pixels, so the bars stretch from a phone
to a wide screen while the words keep their size.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from pamong.kernel.money import Rupiah

EARNED, TAKEN, NET = "earned", "taken", "net"
ROW = 52  # px: a line of words above its bar
TEXT_AT = 16  # px below the top of a row
BAR_AT, BAR_HEIGHT = 24, 14
_LEAST = Fraction(1, 2)  # percent: a bar of a small amount stays visible


@dataclass(frozen=True, slots=True)
class Bar:
    """One step. ``amount`` in rupiah, not negative; ``kind`` is 'earned', 'taken' or 'net' (a sum so far)."""

    label: str
    amount: int
    kind: str


def waterfall(bars: list[Bar], *, title: str, name: str = "slip") -> Markup:
    """Draw the steps. ``title`` is the sentence that a screen reader hears; the table beside has the data.

    ``name`` makes the ids unique on a page. ValueError for a negative amount, an unknown kind, or a net
    that is not the sum of what stands before it: a picture must not tell another story than the table.
    """
    spans = _spans(bars)
    scale = max((end for _start, end in spans), default=0) or 1
    rows = [_row(index, bar, spans, scale) for index, bar in enumerate(bars)]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{id}"'
        ' width="100%" height="{height}">'
        '<title id="{id}">{title}</title>{rows}</svg>'
    ).format(id=f"chart-{name}", height=ROW * len(bars), title=title, rows=Markup("").join(rows))


def _spans(bars: list[Bar]) -> list[tuple[int, int]]:
    """From where to where each bar reaches, in rupiah."""
    spans, level = [], 0
    for bar in bars:
        if bar.kind not in (EARNED, TAKEN, NET) or bar.amount < 0:
            raise ValueError(f"a bar is earned, taken or net, and not negative: {bar}")
        if bar.kind == NET and bar.amount != level:
            raise ValueError(f"net {bar.amount} is not what the bars before it leave: {level}")
        before = 0 if bar.kind == NET else level
        level += {EARNED: bar.amount, TAKEN: -bar.amount, NET: 0}[bar.kind]
        spans.append((min(before, level), max(before, level)))
    return spans


def _row(index: int, bar: Bar, spans: list[tuple[int, int]], scale: int) -> Markup:
    top, (start, end) = ROW * index, spans[index]
    width = max(_percent(end - start, scale), _LEAST if bar.amount else Fraction(0))
    left = min(_percent(start, scale), 100 - width)
    strong = " strong" if bar.kind == NET else ""
    words = " taken-text" if bar.kind == TAKEN else ""
    return Markup(
        '<text x="0" y="{y}" class="label{strong}{words}">{label}</text>'
        '<text x="100%" y="{y}" class="amount{strong}{words}">{amount}</text>'
        '<line class="track" x1="0" x2="100%" y1="{line}" y2="{line}"/>'
        '<rect class="{kind}" x="{left}%" y="{bar}" width="{width}%" height="{height}" rx="2"/>{link}'
    ).format(
        y=top + TEXT_AT, strong=strong, words=words, label=bar.label, amount=_signed(bar), kind=bar.kind,
        line=top + BAR_AT + BAR_HEIGHT, left=_text(left), bar=top + BAR_AT, width=_text(width),
        height=BAR_HEIGHT, link=_link(index, bar, spans, scale),
    )  # fmt: skip


def _link(index: int, bar: Bar, spans: list[tuple[int, int]], scale: int) -> Markup:
    """A thin line down to the next bar, at the level that this one leaves."""
    if index + 1 == len(spans):
        return Markup("")
    start, end = spans[index]
    at = _text(_percent(start if bar.kind == TAKEN else end, scale))
    top = ROW * index + BAR_AT + BAR_HEIGHT
    return Markup('<line class="link" x1="{at}%" x2="{at}%" y1="{top}" y2="{down}"/>').format(
        at=at, top=top, down=ROW * (index + 1) + BAR_AT
    )


def _percent(amount: int, scale: int) -> Fraction:
    return Fraction(100 * amount, scale)


def _text(percent: Fraction) -> str:
    """Two decimals, as an SVG attribute; a place on a screen, no money."""
    hundredths = round(percent * 100)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _signed(bar: Bar) -> str:
    return str(Rupiah(-bar.amount if bar.kind == TAKEN else bar.amount))
