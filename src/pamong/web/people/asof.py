"""The date that a page shows and how far back it knows: read from the address, carried along by links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from pamong.access import clock, policies
from pamong.access.middleware import ActingRequest
from pamong.web.days import parse_day

FIRST, LAST = date(1930, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class AsOf:
    """``on`` is the date shown, ``known_on`` the last day of knowledge (None: all that is known today).

    ``may_know`` tells whether the actor may ask for an earlier knowledge; ``problem`` is a sentence where the
    address asked for what is no date.
    """

    on: date
    today: date
    known_on: date | None = None
    may_know: bool = False
    problem: str = ""

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
    on, wrong = _day(request.GET, "per")
    known_on, wrong_too = _day(request.GET, "diketahui") if may_know else (None, False)
    problem = ""
    if wrong or wrong_too:
        problem = _("Tanggal itu tidak dikenali, jadi yang tampil keadaan hari ini.")
    return AsOf(on or today, today, known_on, may_know, problem)


def _day(query: Mapping[str, str], name: str) -> tuple[date | None, bool]:
    """The day, if one is asked for, and whether what stands there is none."""
    text = query.get(name, "").strip()
    day = parse_day(text)
    if text and day is None:
        return None, True
    if day is not None and not FIRST <= day <= LAST:
        return None, True
    return day, False
