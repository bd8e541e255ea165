"""A balance on a day, and whether a request fits: the two questions that others ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from pamong.law.career import Cited
from pamong.leave.lots import words
from pamong.leave.lots.moves import Lot, Movement, MovementKind, Shortfall
from pamong.leave.lots.policies import Policy
from pamong.leave.lots.replay import replay
from pamong.leave.lots.values import History, Use
from pamong.leave.lots.years import day_before, leave_year

_NONE = Fraction(0)
_PROBE = "~"  # a request that is only tried; plays after all others of its day


@dataclass(frozen=True, slots=True)
class Balance:
    """Somebody's leave on a day. All amounts are exact days.

    `left`: the sum of the lots, after the leave that was taken up to and with the day. `planned`: granted
    leave that is still to come; `reserved`: requests that wait. `free`: what can be asked for from that day
    on so that no later day goes below nothing. `debt`: days used without a right. `movements` lead to `left`
    less `debt`; `shortfalls` are days for which nothing was left and no rule allows it. `sources` are the
    rules, `doubts` what is not known, in sentences.
    """

    on: date
    lots: tuple[Lot, ...]
    left: Fraction
    planned: Fraction
    reserved: Fraction
    free: Fraction
    debt: Fraction
    movements: tuple[Movement, ...]
    shortfalls: tuple[Shortfall, ...]
    sources: tuple[Cited[Any], ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a request fits; if not, the first day for which days are missing, and how many in all."""

    fits: bool
    first_day: date | None
    missing: Fraction
    sentence: str


def balance(policy: Policy, history: History, on: date) -> Balance:
    """The balance on a day; the same whatever the order in which things were entered."""
    granted = [use for use in history.uses if not use.pending]
    now = replay(policy, history, on, granted)
    waits = len(granted) < len(history.uses) or _comes_later(history, on)
    later = replay(policy, history, _horizon(on, history.uses), history.uses) if waits else now
    takes = [move for move in later.movements if move.kind is MovementKind.USE]
    planned = _by_year(move for move in takes if not move.pending and move.on > on)
    reserved = _by_year(move for move in takes if move.pending)
    lots = tuple(
        replace(lot, planned=planned.get(lot.year.start, _NONE), reserved=reserved.get(lot.year.start, _NONE))
        for _, lot in sorted(now.lots.items())
    )
    return Balance(
        on, lots, sum((lot.left for lot in lots), _NONE),
        sum((use.days for use in granted if use.on > on), _NONE),
        sum((use.days for use in history.uses if use.pending), _NONE),
        _free(policy, history, on), now.debt, tuple(now.movements), tuple(now.shortfalls), policy.sources,
        (*policy.doubts, *_doubts(policy, history)),
    )  # fmt: skip


def fits(
    policy: Policy, history: History, asked: Iterable[Use], *, reserve: bool = True, instead_of: str = ""
) -> Fit:
    """Whether a request leaves every day, also every later one, at nothing or above.

    Requests that wait count too unless `reserve` is False, as when one of them is decided. `instead_of`: the
    ref of the request or leave that this one takes the place of.
    """
    uses = [use for use in history.uses if (reserve or not use.pending) and use.ref != (instead_of or None)]
    wanted = list(asked)
    days = sum((use.days for use in wanted), _NONE)
    if not wanted:
        return Fit(True, None, _NONE, words.enough(_NONE, _NONE))
    missing, first_day = _missing(policy, history, uses, wanted)
    if first_day is not None:
        return Fit(False, first_day, missing, words.not_enough(days, first_day, missing))
    last = max(use.on for use in wanted)
    after = replace(history, uses=(*uses, *wanted))
    return Fit(True, None, _NONE, words.enough(days, _free(policy, after, last)))


def _missing(
    policy: Policy, history: History, uses: list[Use], wanted: list[Use]
) -> tuple[Fraction, date | None]:
    """How many more days are missing with a request than without it, and from which day on."""
    both = [*uses, *wanted]
    until = max(use.on for use in both)
    before, after = (_short(policy, history, until, each) for each in (uses, both))
    gap = most = _NONE
    first_day = None
    for on in sorted({*before, *after}):
        gap += after.get(on, _NONE) - before.get(on, _NONE)
        most = max(most, gap)
        if gap > 0 and first_day is None:
            first_day = on
    return most, first_day


def _short(policy: Policy, history: History, until: date, uses: list[Use]) -> dict[date, Fraction]:
    found: dict[date, Fraction] = {}
    for each in replay(policy, history, until, uses).shortfalls:
        found[each.on] = found.get(each.on, _NONE) + each.days
    return found


def _free(policy: Policy, history: History, on: date) -> Fraction:
    """The most that can be taken on a day without a day, then or later, going below nothing."""
    uses = list(history.uses)
    free = sum((lot.left for lot in replay(policy, history, on, uses).lots.values()), _NONE)
    while free > 0 and _comes_later(history, on):
        missing, first_day = _missing(policy, history, uses, [Use(on, free, _PROBE, pending=True)])
        if first_day is None:
            return free
        # A day less taken is at most a day less missing, so this never steps over what fits.
        free -= missing
    return max(free, _NONE)


def _comes_later(history: History, on: date) -> bool:
    """Whether any leave lies after a day, so that days taken on it could be missing then."""
    return any(use.on > on for use in history.uses)


def _horizon(on: date, uses: Iterable[Use]) -> date:
    """The last day on which anything can go wrong."""
    return max([on, *(use.on for use in uses)])


def _by_year(moves: Iterable[Movement]) -> dict[date, Fraction]:
    found: dict[date, Fraction] = {}
    for move in moves:
        if move.year is not None:
            found[move.year.start] = found.get(move.year.start, _NONE) - move.days
    return found


def _doubts(policy: Policy, history: History) -> list[str]:
    """What the register did not know when it began."""
    since = history.known_since
    if since is None or since <= history.service.start:
        return []
    before = leave_year(day_before(since), policy.carries_on)
    known = {leave_year(opening.year, policy.carries_on).start for opening in history.openings}
    found = [] if before.start in known else [f"Sisa cuti {words.told_year(before)} belum dicatat."]
    for opening in history.openings:
        if opening.used is None:
            year = words.told_year(leave_year(opening.year, policy.carries_on))
            found.append(f"Belum diketahui apakah cuti {year} pernah dipakai.")
    return found
