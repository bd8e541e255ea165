"""What the pages of a month show: which month, what the region asks of it, who needs none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from pamong.access.middleware import ActingRequest
from pamong.decisions.site import chosen_law
from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.law.engine.errors import LawError
from pamong.pay.facts import groups_of, members_of
from pamong.performance import queries
from pamong.performance.asking import DAILY, Asked, asked, odd, verifiable_on
from pamong.performance.choices import MONTHS_BACK, Odd, State
from pamong.performance.queries import OfficePage, OwnMonth, TeamRow
from pamong.web.formats import angka
from pamong.web.jinja import url
from pamong.web.months import Steps, steps_of
from pamong.web.shapes import page_number


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One's own month: how it stands, what is asked, and why nothing is (''), where nothing is."""

    steps: Steps
    own: OwnMonth | None
    asked: Asked | None
    nothing: str
    running: bool  # the month goes on: nobody knows yet what it comes to

    @property
    def verified(self) -> Sequence[tuple[str, str]]:
        """What was verified, as pairs of word and number."""
        words = {
            "minutes": _("Menit kerja"), "behaviour": _("Nilai perilaku"),
            "productivity_score": _("Nilai produktivitas"),
        }  # fmt: skip
        values = {} if self.own is None else self.own.values
        return [(word, angka(values[name])) for name, word in words.items() if values.get(name) is not None]

    @property
    def daily_href(self) -> str:
        """Where the law's minutes of a day stand."""
        return url("law:parameter", "pay", DAILY, profil=settings.PAMONG_PROFILE)


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The team's month: who waits (what is odd first), who is verified, who has entered nothing."""

    steps: Steps
    fields: Sequence[str]
    waiting: Sequence[TeamRow]
    verified: Sequence[TeamRow]
    missing: Sequence[TeamRow]
    odd: Mapping[UUID, Sequence[Odd]]
    nothing: str
    opens: date | None = None  # from when on it can be verified, where that is still to come

    @property
    def rows(self) -> Sequence[TeamRow]:
        """Those whom the superior judges on this page, in its order."""
        return [*self.waiting, *self.verified]


def steps(request: ActingRequest, usual: date) -> Steps:
    """The month of the address, else the usual one."""
    this = request.actor.on.replace(day=1)
    oldest = this.replace(year=this.year - MONTHS_BACK // 12)
    return steps_of(request.GET.get("bulan", ""), usual, oldest, this)


def last_month(actor: Actor) -> date:
    """The month that closes now."""
    return (actor.on.replace(day=1) - timedelta(days=1)).replace(day=1)


def own_page(request: ActingRequest) -> OwnPage:
    """One's own month: that of the address, else last month until it is entered, then this one."""
    actor = request.actor
    found = steps(request, last_month(actor))
    own = queries.find_own_month(actor=actor, month=found.month)
    if own is not None and not request.GET.get("bulan"):
        found = steps(request, actor.on.replace(day=1))
        own = queries.find_own_month(actor=actor, month=found.month)
    week = queries.find_own_week(actor=actor, month=found.month)
    wanted, nothing = _asked(found.month, week)
    if wanted is not None and not nothing and actor.person_id in _paid_elsewhere([actor.person_id], found):
        nothing = _("Penghasilan Anda dibayar melalui jalur lain, jadi tidak ada yang perlu diisi di sini.")
    return OwnPage(found, own, wanted, nothing, found.month == actor.on.replace(day=1))


def team_page(request: ActingRequest) -> TeamPage:
    """The team's month: that of the address, else last month until all of it is verified, then this one."""
    found = steps(request, last_month(request.actor))
    rows = queries.list_team(actor=request.actor, at=request.at, month=found.month)
    if not request.GET.get("bulan") and all(row.state is State.VERIFIED for row in rows):
        found = steps(request, request.actor.on.replace(day=1))
        rows = queries.list_team(actor=request.actor, at=request.at, month=found.month)
    wanted, nothing = _asked(found.month, "5")
    if wanted is None or not wanted.anything:
        return TeamPage(found, (), (), (), (), {}, nothing)
    elsewhere = _paid_elsewhere([row.person_id for row in rows], found)
    rows = [row for row in rows if row.person_id not in elsewhere or row.state is not None]
    by_week = {week: _asked(found.month, week)[0] or wanted for week in {row.week for row in rows}}
    seen = {
        row.uid: tuple(odd(by_week[row.week], row.values["minutes"], row.before, is_late=row.is_late))
        for row in rows
    }
    # A score is the superior's to give: nobody enters anything before.
    waits = [r for r in rows if r.state is State.ENTERED or (wanted.score and r.state is None)]
    waits.sort(key=lambda row: (not row.refused, not seen[row.uid]))
    return TeamPage(
        found,
        wanted.fields(),
        waits,
        [row for row in rows if row.state is State.VERIFIED],
        [row for row in rows if row not in waits and row.state is None],
        seen,
        nothing,
        _opens(request.actor, found.month),
    )


def _opens(actor: Actor, month: date) -> date | None:
    """From when on a month that still runs can be verified; None where it can."""
    law = chosen_law()
    on = None if law is None else verifiable_on(law, month_period(month.year, month.month))
    return on if on is not None and actor.on < on else None


def office_page(request: ActingRequest) -> tuple[Steps, OfficePage, str]:
    """Whose month stands how in one's office: month and state of the address, else last month and missing."""
    found = steps(request, last_month(request.actor))
    wish = request.GET.get("keadaan", "")
    state = wish if wish in queries.STATES else queries.STATES[0]
    aside = members_of(_unentitled(), _last_day(found.month))
    page = queries.list_office(
        actor=request.actor, at=request.at, month=found.month, state=state, page=page_number(request.GET),
        aside=aside,
    )  # fmt: skip
    return found, page, state


def _asked(month: date, week: str) -> tuple[Asked | None, str]:
    """What the region asks of a month, and why nothing is asked where nothing is."""
    law = chosen_law()
    if law is None:
        return None, _("Profil daerah belum dipilih. Sampaikan kepada operator sistem.")
    try:
        wanted = asked(law, month_period(month.year, month.month), week)
    except LawError:
        told = _("Hari libur %(year)s belum ada di data hukum, jadi bulan ini belum dapat diisi.")
        return None, told % {"year": month.year}
    if not wanted.anything:
        return wanted, _(
            "Aturan daerah tidak membaca menit atau nilai kerja, jadi tidak ada yang perlu diisi."
        )
    return wanted, ""


def _paid_elsewhere(persons: Sequence[int | None], found: Steps) -> set[int]:
    groups = groups_of([each for each in persons if each is not None], _last_day(found.month))
    return {person for person, group in groups.items() if group in _unentitled()}


def _unentitled() -> list[str]:
    law = chosen_law()
    return [] if law is None else [code for code, each in law.profile.pay_groups.items() if not each.entitled]


def _last_day(month: date) -> date:
    return month_period(month.year, month.month).last_day or month
