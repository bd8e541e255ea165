"""The slip as a picture and a table: first what was earned, then what was taken off, down to the net."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from pamong.pay.choices import LineKind
from pamong.pay.queries import SlipView
from pamong.web.charts import Bar, waterfall
from pamong.web.formats import rupiah
from pamong.web.jinja import url
from pamong.web.law.reading import shipped
from pamong.web.pay import words

TAKEN = (LineKind.CUT, LineKind.TAX, LineKind.CONTRIBUTION)


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of the table. ``look`` is '', 'part' (a heading), 'sum' or 'total'; ``amount`` as shown."""

    title: str
    amount: str
    reason: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class SlipPage:
    """What surrounds a slip. ``chart`` is empty where there is no amount, and ``reason`` says why."""

    tone: str
    reason: str
    advice: str
    title: str
    chart: Markup
    lines: tuple[SlipLine, ...]
    net_reason: str
    law: str


def slip_page(view: SlipView, own: bool = False) -> SlipPage:
    """The picture, the table and the words of one slip; ``own`` for the eyes of the one whose pay it is."""
    has_amount = view.slip.net is not None
    title = _title(view)
    return SlipPage(
        tone=words.SLIP_TONES[view.slip.state],
        reason=words.own_reason(view.slip) if own else view.slip.reason,
        advice=words.own_advice(view.slip.state) if own else words.advice(view.slip.state),
        title=title,
        chart=waterfall(list(bars(view)), title=title) if has_amount else Markup(""),
        lines=tuple(_lines(view)) if has_amount else (),
        net_reason=_reason(view, "tpp_net"),
        law=url("law:index", profil=shipped(view.run.profile)),
    )


def bars(view: SlipView) -> Iterator[Bar]:
    """Earned bars built up, then cuts, tax and contributions, down to the net.

    Cuts greater than what was earned take off what there is: the amount is never below nothing.
    """
    level = 0
    for line in view.lines:
        if line.kind is LineKind.EARNED:
            level += line.amount
            yield Bar(line.title, line.amount, "earned")
    for line in view.lines:
        if line.kind in TAKEN:
            amount = min(line.amount, level)
            level -= amount
            yield Bar(line.title, amount, "taken")
    yield Bar(_("Bersih"), level, "net")


def _title(view: SlipView) -> str:
    return _("Dari %(earned)s yang diperoleh, %(net)s sesudah potongan") % {
        "earned": rupiah(view.earned),
        "net": rupiah(view.slip.net),
    }


def _lines(view: SlipView) -> Iterator[SlipLine]:
    """The slip from top to bottom, with the sums between its parts."""
    yield from _part(view, LineKind.CEILING, (_("TPP maksimal"), view.ceiling, "tpp_ceiling"))
    yield from _part(view, LineKind.EARNED, (_("Jumlah yang diperoleh"), view.earned, "earned_total"))
    yield from _part(view, LineKind.CUT)
    yield _sum(view, _("Sebelum pajak dan iuran"), view.slip.gross, "tpp_gross")
    yield from _part(view, LineKind.TAX)
    yield from _part(view, LineKind.CONTRIBUTION)
    yield SlipLine(_("Bersih"), rupiah(view.slip.net), _reason(view, "tpp_net"), "total")


def _part(
    view: SlipView, kind: LineKind, total: tuple[str, int | None, str] | None = None
) -> Iterator[SlipLine]:
    """One part with its heading; its sum only where it has more than one line."""
    own = [line for line in view.lines if line.kind is kind]
    if own:
        yield SlipLine(str(HEADINGS[kind]), "", "", "part")
    for line in own:
        amount = -line.amount if kind in TAKEN else line.amount
        yield SlipLine(line.title, rupiah(amount), _reason(view, line.code))
    if total and len(own) != 1:
        yield _sum(view, *total)


HEADINGS = {
    LineKind.CEILING: gettext_lazy("Yang dapat dicapai bulan ini"),
    LineKind.EARNED: gettext_lazy("Yang diperoleh"),
    LineKind.CUT: gettext_lazy("Potongan"),
    LineKind.TAX: gettext_lazy("Pajak"),
    LineKind.CONTRIBUTION: gettext_lazy("Iuran"),
}


def _sum(view: SlipView, title: str, amount: int | None, code: str) -> SlipLine:
    return SlipLine(title, rupiah(amount), _reason(view, code), "sum")


def _reason(view: SlipView, code: str) -> str:
    return url("pay:reason", view.slip.uid, code)
