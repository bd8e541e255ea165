"""What becomes of a seat from a day on, as far as it is known: turns of its class, freeze and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.organisation import queries as organisation
from pamong.organisation.queries import SeatView
from pamong.people import queries as people
from pamong.web.organisation import words


@dataclass(frozen=True, slots=True)
class Course:
    """A seat on a day, None where it does not stand, and how it stands from each later day on."""

    then: SeatView | None
    states: Sequence[tuple[date, SeatView]]

    def turns(self, fact: Callable[[SeatView], Any]) -> Iterator[tuple[date, Any]]:
        """The later days on which a fact is another than before, with what it is."""
        for (_day, before), (day, after) in pairwise(self.states):
            if fact(after) != fact(before):
                yield day, fact(after)


def course(actor: Actor, seat: UUID, on: date) -> Course:
    """A seat as of a day and from then on."""
    states = organisation.list_seat_states(actor=actor, seat=seat, on=on)
    return Course(states[0][1] if states and states[0][0] == on else None, states)


def coming(actor: Actor, seat: UUID, on: date) -> list[str]:
    """What will be another after a day, in sentences, by day."""
    ahead = course(actor, seat, on)
    found = [
        (day, _("Kelas jabatan %(class)s %(since)s.") % {"class": job_class, "since": words.from_day(day)})
        for day, job_class in ahead.turns(lambda each: each.job_class)
        if job_class is not None
    ]
    found += [(day, frozen_from(day) if frozen else free_from(day)) for day, frozen in _freezes(ahead)]
    found += later_lines(actor, ahead)
    return [text for _day, text in sorted(found)]


def later_classes(ahead: Course, told: int) -> str:
    """How a sentence goes on that told of a class, where later rows say another; '' where none does."""
    text = ""
    for day, job_class in ahead.turns(lambda each: each.job_class):
        if job_class not in (None, told):
            text += _(", lalu kelas %(class)s %(since)s") % {"class": job_class, "since": words.from_day(day)}
            told = job_class
    return text


def later_freeze(ahead: Course, *, frozen: bool) -> list[str]:
    """The sentence on when a freeze ends, or comes again, by later rows; none where they say nothing."""
    day = next((day for day, state in _freezes(ahead) if state is not frozen), None)
    return [] if day is None else [free_from(day) if frozen else frozen_from(day)]


def later_lines(actor: Actor, ahead: Course, told: str | None = None) -> list[tuple[date, str]]:
    """To whom a seat reports by later lines, with their days; not to the seat that was ``told`` of."""
    found: list[tuple[date, str]] = []
    for day, above in ahead.turns(lambda each: each.superior_id):
        for seat in people.list_seats(actor=actor, on=day, seats=[above]) if above else ():
            text = _("Melapor kepada %(above)s %(since)s.")
            values = {"above": f"{words.post(seat)}, {seat.unit}", "since": words.from_day(day)}
            found += [] if str(seat.uid) == told else [(day, text % values)]
    return found


def free_from(on: date) -> str:
    """That a seat may be filled from a day on."""
    return _("Boleh diisi lagi mulai %(date)s.") % {"date": format_date(on)}


def frozen_from(on: date) -> str:
    """That a seat is frozen from a day on."""
    return _("Dibekukan mulai %(date)s.") % {"date": format_date(on)}


def _freezes(ahead: Course) -> Iterator[tuple[date, Any]]:
    return ahead.turns(lambda each: each.frozen)
