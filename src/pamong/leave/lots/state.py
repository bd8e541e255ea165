"""The mutable state behind a balance: lots, debt and history of one person, a step at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from pamong.kernel.period import Period
from pamong.leave.lots import words
from pamong.leave.lots.carrying import Share, carrying
from pamong.leave.lots.granting import Grant
from pamong.leave.lots.moves import Lot, Movement, MovementKind, Shortfall
from pamong.leave.lots.policies import Policy
from pamong.leave.lots.values import Credit, Forfeit, Opening, Use
from pamong.leave.lots.years import day_before, end_of, leave_year

_NONE = Fraction(0)


class State:
    """The state after the last day that was played; `lots` oldest first."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.lots: dict[date, Lot] = {}
        self.movements: list[Movement] = []
        self.shortfalls: list[Shortfall] = []
        self.debt = _NONE
        self._advanced = _NONE  # of the debt: what the law allowed beforehand
        self._advances = _NONE  # all that was ever taken so
        self._total: Fraction | None = None
        self._carried = False
        self._granted = False
        self._rights: dict[date, Fraction] = {}
        self._used: dict[date, bool | None] = {}
        self._forfeited: set[date] = set()
        self._deferred: dict[date, Fraction] = {}

    def defer(self, on: date, days: Fraction) -> None:
        """Days of a leave year that the office did not let somebody use."""
        start = self._year(on).start
        self._deferred[start] = self._deferred.get(start, _NONE) + days

    def open(self, since: date, opening: Opening) -> None:
        """What was left of a leave year when the register began."""
        year = self._year(opening.year)
        end = end_of(year)
        self._rights[year.start], self._used[year.start] = Fraction(1), opening.used
        self._granted = True
        expires_on = self.policy.validity.expires_on(end) if end < since else None
        if expires_on is not None and expires_on <= since:
            return
        self.lots[year.start] = Lot(
            year, opening.left, opening.left, end if end < since else None, expires_on
        )
        self._tell(since, MovementKind.OPENING, year, opening.left, words.opened(opening.left, year))

    def expire(self, on: date) -> None:
        """Take away what is no longer valid on a day."""
        for lot in list(self.lots.values()):
            if lot.expires_on is not None and lot.expires_on <= on:
                self._take(lot, lot.left, on, MovementKind.EXPIRY, words.expired(lot.left, lot.year))
                del self.lots[lot.year.start]

    def carry(self, on: date) -> None:
        """Close the leave year that ended the day before."""
        closing = self._year(day_before(on))
        terms = self.policy.closing(on)
        if terms is None:
            return
        own = self.lots.get(closing.start)
        decided = carrying(
            terms, own.left if own else _NONE, self._deferred.get(closing.start, _NONE),
            unused=self._unused_years(closing),
        )  # fmt: skip
        self._total, self._carried = decided.total, True
        if own is not None:
            self._carry_lot(own, decided, on)
        if decided.carried is not None:
            self._trim(decided.carried, on)

    def grant(self, grant: Grant) -> None:
        """Give the days of a year or a month, less what was used before; then nobody holds too much."""
        year = self._year(grant.on)
        if year.start in self._forfeited:
            return
        self._granted = True
        self._rights[year.start] = self._rights.get(year.start, _NONE) + grant.days
        self._used.setdefault(year.start, False)
        self._add(year, grant.on, MovementKind.GRANT, grant.days, words.granted(grant.days, grant.period))
        self._settle(year, grant.on)
        terms = self.policy.on(grant.on)
        total = self._total if self._carried else (terms.total_cap if terms else None)
        if total is not None:
            self._trim(total, grant.on)

    def credit(self, credit: Credit) -> None:
        """Give days besides the grant; they belong to the leave year in which they are given."""
        year = self._year(credit.on)
        reason = words.credited(credit.days, credit.reason)
        self._add(year, credit.on, MovementKind.CREDIT, credit.days, reason, credit.ref)

    def forfeit(self, forfeit: Forfeit) -> None:
        """Take away what is left of the leave year's own days; what was carried into it stays."""
        year = self._year(forfeit.on)
        self._forfeited.add(year.start)
        self._rights[year.start] = _NONE
        lot = self.lots.get(year.start)
        if lot is not None and lot.left:
            reason = words.forfeited(lot.left, year, forfeit.reason)
            self._take(lot, lot.left, forfeit.on, MovementKind.FORFEIT, reason, forfeit.ref)

    def use(self, use: Use) -> None:
        """Take a day of leave from the oldest lot that is valid then; what no lot covers becomes debt."""
        self._used[self._year(use.on).start] = True
        wanted = use.days
        for lot in sorted(self.lots.values(), key=lambda each: each.year.start):
            part = min(wanted, lot.left)
            if part > 0:
                reason = words.used(part, use.on, lot.year, use.pending)
                self._take(lot, part, use.on, MovementKind.USE, reason, use.ref, use.pending)
                wanted -= part
        if wanted > 0:
            self._owe(use, wanted)

    def _owe(self, use: Use, days: Fraction) -> None:
        allowed = _NONE
        if use.advance and not self._granted:
            allowed = min(days, self.policy.advance - self._advances)
            self._advances += allowed
            self._advanced += allowed
        self.debt += days
        reason = words.owed(days, use.on, use.pending)
        self.movements.append(
            Movement(use.on, MovementKind.DEBT, None, -days, reason, use.ref, use.pending)
        )  # fmt: skip
        if days > allowed:
            self.shortfalls.append(Shortfall(use.on, days - allowed, use.ref))

    def _settle(self, year: Period, on: date) -> None:
        """Lower a grant by days used before: an advance always, other debt where the policy says so."""
        due = self.debt if self.policy.debt_lowers_grant else self._advanced
        days = min(due, self.lots[year.start].left)
        if days <= 0:
            return
        self.debt -= days
        self._advanced = max(_NONE, self._advanced - days)
        reason = words.settled(days, year)
        self._take(self.lots[year.start], days, on, MovementKind.SETTLEMENT, reason)
        self._tell(on, MovementKind.SETTLEMENT, None, days, reason)

    def _carry_lot(self, lot: Lot, share: Share, on: date) -> None:
        if share.lost:
            reason = words.lost(share.lost, lot.year)
            lot = self._take(lot, share.lost, on, MovementKind.LOST, reason)
        if not lot.left:
            del self.lots[lot.year.start]
            return
        expires_on = self.policy.validity.expires_on(on)
        self.lots[lot.year.start] = replace(lot, carried_on=on, expires_on=expires_on)
        reason = words.carried(lot.left, lot.year, expires_on)
        self._tell(on, MovementKind.CARRY, lot.year, _NONE, reason)

    def _trim(self, most: Fraction, on: date) -> None:
        """Hold at most so many days: the oldest are lost first."""
        excess = sum((lot.left for lot in self.lots.values()), _NONE) - most
        for lot in sorted(self.lots.values(), key=lambda each: each.year.start):
            part = min(excess, lot.left)
            if part > 0:
                self._take(lot, part, on, MovementKind.LOST, words.lost(part, lot.year))
                excess -= part

    def _unused_years(self, last: Period) -> int:
        """How many leave years in a row up to one had a right and no use; what is not known ends the row."""
        count, year = 0, last
        while self._rights.get(year.start) and self._used.get(year.start) is False:
            count += 1
            year = self._year(day_before(year.start))
        return count

    def _add(
        self, year: Period, on: date, kind: MovementKind, days: Fraction, reason: str, ref: str = ""
    ) -> None:
        lot = self.lots.get(year.start, Lot(year, _NONE, _NONE))
        self.lots[year.start] = replace(lot, granted=lot.granted + days, left=lot.left + days)
        self._tell(on, kind, year, days, reason, ref)

    def _take(
        self, lot: Lot, days: Fraction, on: date, kind: MovementKind, reason: str, ref: str = "",
        pending: bool = False,
    ) -> Lot:  # fmt: skip
        lot = self.lots[lot.year.start] = replace(lot, left=lot.left - days)
        if days:
            self.movements.append(Movement(on, kind, lot.year, -days, reason, ref, pending))
        return lot

    def _tell(
        self, on: date, kind: MovementKind, year: Period | None, days: Fraction, reason: str, ref: str = ""
    ) -> None:
        self.movements.append(Movement(on, kind, year, days, reason, ref))

    def _year(self, on: date) -> Period:
        return leave_year(on, self.policy.carries_on)
