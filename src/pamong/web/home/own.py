"""An employee's morning on the home page: is he checked in, and what does his month bring."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pamong.access.middleware import ActingRequest
from pamong.pay.policies import reads_all
from pamong.web.home.newest import was_paid
from pamong.web.labels import label
from pamong.web.pay.forecast import MonthCard, month_card
from pamong.web.presence.reading import DayLine


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """Today in words, and the running month. ``last`` tells of a newest slip without an amount,
    ``paid`` whether the amount of one has been paid out."""

    weekday: str
    today: str
    hours: str
    card: MonthCard
    last: str
    paid: bool


def own_month(request: ActingRequest) -> OwnMonth | None:
    """One's own morning; None for an account without a person, for whoever reads everybody's pay, and where
    no region is chosen."""
    card = None if reads_all(request.actor) else month_card(request)
    if card is None or card.today is None:
        return None
    last = label(card.newest.state) if card.newest and card.newest.net is None else ""
    paid = card.newest is not None and not last and was_paid(request.actor, card.newest.uid)
    return OwnMonth(card.today.weekday, _today(card.today), card.today.hours, card, last, paid)


def _today(line: DayLine) -> str:
    """Whether he is checked in, as far as data are here; a day that expects nobody by its name."""
    if line.left and line.came:
        return _("Masuk %(came)s, pulang %(left)s") % {"came": line.came, "left": line.left}
    if line.came:
        return _("Masuk %(time)s") % {"time": line.came}
    return _("Belum ada data") if line.hours and line.tone in ("info", "attention") else line.word
