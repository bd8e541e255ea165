"""Finds a seat for every stint, so that nobody sits where somebody else sits.

The seats of today's holders are known beforehand; people then look for their earlier seats in the town's
order, so that a larger town changes nothing for those who were there. Where no seat is free, one is added
that was closed when its holder left, as the city had far more of them.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pamong.demo.town.career import Career, make_career
from pamong.demo.town.draws import Draws
from pamong.demo.town.plan import CopyPlan, SeatPlan
from pamong.demo.town.rules import PostRule, post_rule
from pamong.demo.town.stints import Stint, make_stints, own_since, pool_of

_TRIES = 6
_NEAR = 8  # seats of the list to either side: the same office or the next one
_FAR_FUTURE = date.max


class Held(NamedTuple):
    """Somebody in a seat for a time, in a post at its level then."""

    seat: SeatPlan
    person: int
    rule: PostRule
    start: date
    end: date | None


class Life(NamedTuple):
    """A career with its stints."""

    career: Career
    stints: list[Stint]


class Places:
    """The seats of one copy of the city and who had them when. ``added`` are the seats that were closed."""

    def __init__(self, seed: str, plan: CopyPlan) -> None:
        self.seed, self.plan = seed, plan
        self.added: list[SeatPlan] = []
        self._lives: dict[int, Life] = {}
        self._pools: dict[str, list[SeatPlan]] = {}
        self._at: dict[SeatPlan, int] = {}
        self._taken: dict[SeatPlan, list[tuple[date, date]]] = {}
        self._numbers: dict[str, int] = {}
        self.by_person = {seat.person: seat for seat in plan.seats if seat.person is not None}
        order = {unit.code: number for number, unit in enumerate(plan.units)}
        # Neighbours in a pool are neighbours in the city.
        for seat in sorted(plan.seats, key=lambda seat: (order[seat.unit.code], seat.number)):
            pool = self._pools.setdefault(pool_of(seat.rule), [])
            self._at[seat] = len(pool)
            pool.append(seat)
            self._numbers[seat.unit.code] = max(seat.number, self._numbers.get(seat.unit.code, 0))

    def life(self, seat: SeatPlan) -> Life:
        """The life of the person who has a seat, or had it last."""
        person = seat.person or 0
        found = self._lives.get(person)
        if found is None:
            career = make_career(self.seed, seat)
            found = self._lives[person] = Life(career, make_stints(self.seed, seat, career))
        return found

    def settle(self, seat: SeatPlan) -> list[Held]:
        """All seats of the person whose seat this is, in order of time."""
        career, stints = self.life(seat)
        draws = Draws(self.seed, "places", seat.person or 0)
        found: list[Held] = []
        for number, stint in enumerate(stints):
            end = stints[number + 1].start if number + 1 < len(stints) else career.end
            rule = post_rule(stint.post)
            if not stint.pool:
                found.append(Held(seat, seat.person or 0, rule, stint.start, end))
                continue
            until = end or _FAR_FUTURE
            last = found[-1].seat if found and pool_of(found[-1].rule) == stint.pool else None
            stays = last is not None and number and stints[number - 1].pool == stint.pool
            if stays and last is not None and last is not seat and self._level_only(found[-1].rule, rule):
                place = last if self._free(last, stint.start, until, seat) else None
            else:
                place = None
            place = place or self._look(seat, stint, until, draws.random(), draws.random())
            self._taken.setdefault(place, []).append((stint.start, until))
            at = place.rule if place.rule.kind == rule.kind and not rule.track else rule
            found.append(Held(place, seat.person or 0, at, stint.start, end))
        return found

    @staticmethod
    def _level_only(before: PostRule, now: PostRule) -> bool:
        """A higher level of the same post in the same seat."""
        return bool(now.track) and before.key != now.key

    def _look(self, own: SeatPlan, stint: Stint, until: date, far: float, where: float) -> SeatPlan:
        """A free seat of the pool, half of the time near the own one; else a new one beside those tried."""
        pool = self._pools.get(stint.pool, [])
        if not pool:
            return self._add(own, stint, until, [own])
        start = int(where * len(pool))
        if far < 0.5 and own in self._at and pool_of(own.rule) == stint.pool:
            start = self._at[own] - _NEAR + int(where * 2 * _NEAR)
        tried = [pool[(start + 3 * number) % len(pool)] for number in range(_TRIES)]
        for seat in tried:
            if self._free(seat, stint.start, until, own):
                return seat
        return self._add(own, stint, until, tried)

    def _free(self, seat: SeatPlan, start: date, until: date, own: SeatPlan) -> bool:
        """Whether nobody has the seat in that time, and it is there."""
        if seat is own or seat.opens > start or (seat.closes or _FAR_FUTURE) < until:
            return False
        if seat.person is not None and own_since(self.life(seat).stints) < until:
            return False
        return all(end <= start or until <= begun for begun, end in self._taken.get(seat, ()))

    def _add(self, own: SeatPlan, stint: Stint, until: date, near: list[SeatPlan]) -> SeatPlan:
        """A seat that was closed later, in the first unit that was there all the time."""
        fits = (s.unit for s in near if s.opens <= stint.start and (s.closes or _FAR_FUTURE) >= until)
        unit = next(fits, self.plan.seats[0].unit if own.opens > stint.start else own.unit)
        self._numbers[unit.code] += 1
        rule = post_rule(stint.post)
        name = rule.name.format(unit=unit.name, rest=unit.name.partition(" ")[2])
        seat = SeatPlan(unit, self._numbers[unit.code], rule, name, False, "closed", unit.group)
        self.added.append(seat)
        return seat
