"""The date that a page shows and how far back it knows: read from the address, carried along by links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from pamong.access import clock, policies
from pamong.access.middleware import ActingRequest
from pamong.web.days import date_fault, parse_day

FIRST, LAST = date(1930, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class AsOf:
    """``on`` is the date shown, ``known_on`` the last day of knowledge (None: all that is known today).

    ``may_know`` tells whether the actor may ask for an earlier knowledge; ``problem`` is a sentence where the
    address asked for what is no date, and ``typed`` what stands in which field then.
    """

    on: date
    today: date
    known_on: date | None = None
    may_know: bool = False
    problem: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_field(self) -> date | str:
        """What the field for the date holds: the date shown, or what was typed and is none."""
        return self.typed.get("per", self.on)

    @property
    def known_in_field(self) -> date | str | None:
        """The same for the field of the day of knowledge."""
        return self.typed.get("diketahui", self.known_on)

    @property
    def known_at(self) -> datetime | None:
        """The end of the last day of knowledge in the government's zone, on the database's clock."""
        if self.known_on is None:
            return None
        ended = datetime.combine(self.known_on + timedelta(days=1), time(), ZoneInfo(settings.PAMONG_ZONE))
        return clock.stamped(ended)

    @property
    def moved(self) -> bool:
        """Whether another day than today is shown, or an earlier knowledge."""
        return self.on != self.today or self.known_on is not None

    @property
    def future(self) -> bool:
        """Whether a day to come is shown: then only what is recorded by now can be."""
        return self.on > self.today

    @property
    def query(self) -> dict[str, str]:
        """What links take along, so that the date stays while one moves about."""
        asked = {"per": self.on if self.on != self.today else None, "diketahui": self.known_on}
        return {name: value.isoformat() for name, value in asked.items() if value}


def as_of(request: ActingRequest) -> AsOf:
    """The date that the address asks for, else today; earlier knowledge for those who look after data."""
    may_know = bool(policies.may(request.actor, "people:unmask"))
    today = request.actor.on
    days, typed, faults = dict[str, date | None](), dict[str, str](), list[str]()
    for name in ("per", "diketahui") if may_know else ("per",):
        text = request.GET.get(name, "").strip()[:40]
        days[name], fault = _day(text)
        if fault:
            typed[name] = text
            faults.append(fault)
    problem = " ".join([*faults, _("Yang tampil keadaan hari ini.")]) if faults else ""
    return AsOf(days["per"] or today, today, days.get("diketahui"), may_know, problem, typed)


def _day(text: str) -> tuple[date | None, str]:
    """The day, if one is asked for, and what is wrong with what is none."""
    day = parse_day(text) if text else None
    if text and day is None:
        return None, date_fault(text)
    if day is not None and not FIRST <= day <= LAST:
        told = _("Tanggal harus antara tahun %(first)s dan %(last)s. Periksa tahunnya.")
        return None, told % {"first": FIRST.year, "last": LAST.year}
    return day, ""
