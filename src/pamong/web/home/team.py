"""A superior's team on the home page: how many, who stands in for whom, whose service comes to an end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from pamong.access import queries as access
from pamong.access.roles import SUPERIOR
from pamong.kernel.actor import Actor
from pamong.people import queries
from pamong.people.choices import AppointmentKind
from pamong.people.queries import Member, Part
from pamong.web.formats import angka, tanggal
from pamong.web.jinja import url
from pamong.web.people import law, words

_SHOWN = 5
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody of the team and what there is to tell of him."""

    name: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of thing to tell: whom it concerns, the first few by name; ``more`` tells of the others."""

    title: str
    lines: tuple[Line, ...]
    more: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class TeamCard:
    """What a superior asks first: the number of his people, and what comes up among them."""

    size: str
    href: str
    groups: tuple[Group, ...]


def team_card(actor: Actor, at: datetime) -> TeamCard | None:
    """The team of a superior; None for everybody else, and for those who look after all people anyway."""
    if not actor.has_role(SUPERIOR.code) or access.scoped(actor, "people:read").whole:
        return None
    until = _in_a_year(actor.on)
    team = queries.get_team(actor=actor, at=at, until=until)
    ending = [each for each in team.told if each.until]
    groups = (
        _group(_("Merangkap tugas"), [_acting(each) for each in team.told if each.acting]),
        _group(_("Masa kerja atau kontrak berakhir"), [_ending(each) for each in ending]),
        _retiring(actor, at, until, {each.uid for each in ending}),
    )
    return TeamCard(angka(team.size), url("people:index"), tuple(group for group in groups if group.lines))


def _in_a_year(on: date) -> date:
    """The first day of the month a year ahead of the next one."""
    return date(on.year + 1 + on.month // _MONTHS, on.month % _MONTHS + 1, 1)


def _group(title: str, lines: Sequence[Line], total: int | None = None, href: str = "") -> Group:
    more = (len(lines) if total is None else total) - len(lines[:_SHOWN])
    told = _("dan %(count)s orang lain") % {"count": angka(more)} if more > 0 else ""
    return Group(title, tuple(lines[:_SHOWN]), told, href or url("people:index"))


def _acting(member: Member) -> Line:
    post = words.PREFIXES.get(AppointmentKind(member.acting), "") + member.post
    return Line(member.name, post, url("people:person", member.uid))


def _ending(member: Member) -> Line:
    last = member.until - timedelta(days=1) if member.until else None
    return Line(member.name, _("sampai %(day)s") % {"day": tanggal(last)}, url("people:person", member.uid))


def _retiring(actor: Actor, at: datetime, until: date, told: set[object]) -> Group:
    plan = queries.plan_retirements(
        actor=actor, at=at, on=actor.on, law=law.national(), until=until, page=1, size=_SHOWN
    )
    lines = [
        Line(
            each.person.full_name,
            _("pensiun mulai %(day)s") % {"day": tanggal(each.when.starts_on)},
            url("people:person", each.person.uid),
        )
        for each in (*plan.overdue, *plan.shown)
        if each.when and each.person.uid not in told
    ]
    total = plan.counts[Part.COMING] + plan.counts[Part.OVERDUE]
    return _group(_("Mencapai batas usia dalam setahun"), lines, total, url("people:retirements"))
