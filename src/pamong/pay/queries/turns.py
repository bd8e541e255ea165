"""Whose turn lists of payment are: how many wait for somebody's own step, for his home page."""

from __future__ import annotations

from django.db.models import Q

from pamong.access.policies import may
from pamong.kernel.actor import Actor
from pamong.pay import policies
from pamong.pay.choices import PathState, StepKind
from pamong.pay.models import PayList
from pamong.pay.path import reach
from pamong.pay.path.turns import RIGHTS, next_of


def count_turns(*, actor: Actor) -> int:
    """How many lists wait for a step that the actor may take, as a person who took none of those before;
    0 for whom no list concerns. Signatures are not among them: they wait as decisions, and are counted there.
    """
    if actor.user_id is None or not may(actor, policies.LISTS):
        return 0
    if not any(may(actor, right) for right in RIGHTS):
        return 0
    rows = PayList.objects.exclude(Q(state=PathState.PAID.value) | Q(people=0))
    found = (next_of(actor, row, reach.path_of(row, actor.on)) for row in reach.within(actor, rows))
    return sum(step is not None and step.step is not StepKind.SIGNED and bool(step.may) for step in found)
