"""Whose turn lists of payment are: how many wait for somebody's own step, for his home page."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from pamong.access.policies import may
from pamong.kernel.actor import Actor
from pamong.pay import policies
from pamong.pay.choices import PathState
from pamong.pay.models import PayList
from pamong.pay.path import reach

_NEXT: Mapping[PathState, str] = {
    PathState.VERIFIED: policies.CHECK,
    PathState.CHECKED: policies.SUBMIT,
    PathState.SUBMITTED: policies.TREASURY,
}
_STEPS = (policies.PREPARE, policies.SIGN, *_NEXT.values())


def count_turns(*, actor: Actor) -> int:
    """How many lists wait for a step that the actor may take, as a person who took none of those before;
    0 for whom no list concerns."""
    if actor.user_id is None or not may(actor, policies.LISTS):
        return 0
    if not any(may(actor, step) for step in _STEPS):
        return 0
    rows = PayList.objects.exclude(Q(state=PathState.PAID.value) | Q(people=0))
    return sum(_is_turn(actor, row) for row in reach.within(actor, rows))


def _is_turn(actor: Actor, row: PayList) -> bool:
    state = PathState(row.state)
    did: set[int | None]
    if state is PathState.COMPUTED:
        wanted = policies.SIGN if row.entered_by_id else policies.PREPARE
        did = {row.entered_by_id}
    else:
        wanted = _NEXT[state]
        did = {row.entered_by_id, row.signed_by_id} if state is PathState.VERIFIED else set()
    return actor.user_id not in did and bool(policies.may_over(actor, wanted, reach.path_of(row, actor.on)))
