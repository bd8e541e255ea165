"""One person's leave from its first day to a given one, computed anew from the policy and what happened.

Within a day: what expires goes first, then days are carried, granted, credited, forfeited, and at last used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

from pamong.leave.lots.granting import grants
from pamong.leave.lots.policies import Policy
from pamong.leave.lots.state import State
from pamong.leave.lots.values import History, Use
from pamong.leave.lots.years import leave_year, years_between

_OPENING, _CARRY, _GRANT, _CREDIT, _FORFEIT, _USE = range(6)
Step = tuple[date, int, str, Callable[[], None]]


def replay(policy: Policy, history: History, until: date, uses: Iterable[Use]) -> State:
    """Play everything up to and with a day. What happened before the register began is in its openings."""
    state = State(policy)
    for deferral in history.deferrals:
        state.defer(deferral.on, deferral.days)
    since = history.known_since
    steps = [
        step
        for step in _steps(policy, history, until, uses, state)
        if step[0] <= until and (since is None or step[0] >= since)
    ]
    for on, _, _, play in sorted(steps, key=lambda step: step[:3]):
        state.expire(on)
        play()
    state.expire(until)
    return state


def _given(policy: Policy, history: History, until: date, state: State) -> Iterator[Step]:
    """Openings and grants; the opening of a running year already says what was granted up to then."""
    since = history.known_since
    opened = {leave_year(opening.year, policy.carries_on).start for opening in history.openings}
    if since is not None:
        for opening in history.openings:
            yield since, _OPENING, opening.year.isoformat(), partial(state.open, since, opening)
    for grant in grants(policy, history.service, until):
        if grant.on != since or leave_year(grant.on, policy.carries_on).start not in opened:
            yield grant.on, _GRANT, "", partial(state.grant, grant)


def _steps(
    policy: Policy, history: History, until: date, uses: Iterable[Use], state: State
) -> Iterator[Step]:
    """What happens, with its day, its place in the day, and a fixed order within that."""
    for year in years_between(history.service.start, until, policy.carries_on):
        yield year.start, _CARRY, "", partial(state.carry, year.start)
    yield from _given(policy, history, until, state)
    for credit in history.credits:
        yield credit.on, _CREDIT, f"{credit.ref} {credit.reason}", partial(state.credit, credit)
    for forfeit in history.forfeits:
        yield forfeit.on, _FORFEIT, forfeit.ref, partial(state.forfeit, forfeit)
    for use in uses:
        yield use.on, _USE, f"{use.pending:d} {use.ref}", partial(state.use, use)
