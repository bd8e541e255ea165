"""Who stands in for whom: Plt. where nobody leads, Plh. these days, handovers, rights to return."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from pamong.demo.town.draws import Draws
from pamong.demo.town.places import Held, Places
from pamong.demo.town.plan import IN_SERVICE, CopyPlan, SeatPlan
from pamong.demo.town.rules import LADDER, NOW, TODAY, first_of, law, month_of, read
from pamong.demo.town.service import order_day, order_no
from pamong.demo.town.shapes import Appointment

_HANDOVER = timedelta(days=7)
_HANDOVERS_SINCE = date(2019, 1, 1)
_AWAY_EACH, _AWAY_PLACE = 700, 351  # of so many people one studies and keeps a right to return
_AWAY_MONTHS = 30


class Acting:
    """Acting posts of one copy of the city. They are planned for the whole copy, whatever part a town has."""

    def __init__(self, seed: str, plan: CopyPlan, places: Places) -> None:
        self.seed, self.places = seed, places
        self.rows: dict[int, list[Appointment]] = {}
        leaders: dict[str, list[SeatPlan]] = {}
        for seat in plan.seats:
            if _may_lead(seat):
                leaders.setdefault(_office(seat), []).append(seat)
        for seat in plan.seats:
            if _leads(seat) and seat.closes is None:
                self._plan(seat, leaders.get(_office(seat), []))

    def _plan(self, seat: SeatPlan, others: Sequence[SeatPlan]) -> None:
        place = seat.number * 7 + sum(seat.unit.code.encode())
        draws = Draws(self.seed, "acting", place)
        rolls = draws.rolls(4)
        rules = read("rules")
        fits = [other for other in others if other is not seat and _close(seat, other)]
        if not fits:
            return
        actor = fits[int(rolls[0] * len(fits))]
        if seat.kind == "gone" and rolls[1] * 100 < rules["acting_percent"]:
            self._acting(seat, actor, rolls[2])
        elif seat.kind in IN_SERVICE and rolls[1] * 100 < rules["stand_in_percent"]:
            start = TODAY - timedelta(days=2 + int(rolls[2] * 6))
            self._add(actor, seat, "plh", start, start + timedelta(days=14))

    def _acting(self, seat: SeatPlan, actor: SeatPlan, draw: float) -> None:
        """A first order when the holder left, and one that runs today, as long as the law allows each."""
        left, months = self.places.life(seat).career.end or TODAY, law("career/acting_months")
        first = first_of(month_of(left) + 1)
        now = first_of(NOW - int(draw * months))
        if first <= TODAY and first_of(month_of(first) + months) <= now:
            self._add(actor, seat, "plt", first, first_of(month_of(first) + months))
        if now >= left:
            self._add(actor, seat, "plt", now, first_of(month_of(now) + months))

    def _add(self, actor: SeatPlan, seat: SeatPlan, kind: str, start: date, end: date) -> None:
        key = actor.person or 0
        if self.places.life(actor).career.start > start:
            return
        own = self.rows.setdefault(key, [])
        number = len(own) + 1
        no = order_no("800", key, 50 + number, start.year)
        own.append(Appointment(key, kind, number, seat.key, no, order_day(start), "", start, end))


def _may_lead(seat: SeatPlan) -> bool:
    return seat.kind == "PNS" and (seat.rule.managerial or seat.rule.jenjang in ("Ahli Muda", "Ahli Madya"))


def _leads(seat: SeatPlan) -> bool:
    return seat.is_head or seat.rule.managerial


def _office(seat: SeatPlan) -> str:
    """Schools stand alone; everybody else belongs to the first part of his unit's code."""
    return seat.unit.code if seat.unit.kind == "school" else "_".join(seat.unit.code.split("_")[:2])


def _close(seat: SeatPlan, other: SeatPlan) -> bool:
    """Whether somebody may act there: at most one rung below."""
    if not seat.rule.managerial:
        return other.rule.track == seat.rule.track
    if not other.rule.managerial:
        return seat.rule.kind == LADDER[0]
    return LADDER.index(seat.rule.kind) - LADDER.index(other.rule.kind) in (0, 1)


def handovers(seed: str, held: Sequence[Held]) -> Iterator[Appointment]:
    """Some who went from one leading seat to another stayed a week to hand the first one over."""
    draws = Draws(seed, "handover", held[0].person)
    number = 0
    for before, after in pairwise(held):
        draw, start, seat = draws.random(), after.start, before.seat
        leading = before.rule.managerial and after.rule.managerial and seat is not after.seat
        lasts = seat.kind != "closed" and (seat.closes is None or seat.closes > start + _HANDOVER)
        if leading and lasts and start >= _HANDOVERS_SINCE and draw * 100 < read("rules")["handover_percent"]:
            number += 1
            no = order_no("800", before.person, 80 + number, start.year)
            yield Appointment(
                before.person,
                "handover",
                number,
                seat.key,
                no,
                order_day(start),
                "",
                start,
                start + _HANDOVER,
            )


def away_since(key: int, kind: str, seat: SeatPlan) -> date | None:
    """Since when somebody studies away from his seat, which he may return to; None for nearly everybody."""
    if key < 0 or key % _AWAY_EACH != _AWAY_PLACE or kind != "PNS" or seat.is_head or seat.rule.managerial:
        return None
    return first_of(NOW - 3 - key // _AWAY_EACH % 9)


def right_to_return(held: Held, since: date) -> Appointment:
    """The right of somebody who studies, until he is due back."""
    until = first_of(month_of(since) + _AWAY_MONTHS)
    no = order_no("895", held.person, 90, since.year)
    return Appointment(
        held.person, "return_right", 1, held.seat.key, no, order_day(since), "Tugas belajar", since, until
    )
