"""What an act would do, seen before it is done: it is carried out and rolled back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from pamong.kernel.actor import Actor
from pamong.kernel.problem import Problem
from pamong.organisation.acts import lock
from pamong.organisation.errors import Refused
from pamong.organisation.holders import held
from pamong.organisation.reorganising.preview import (
    Preview,
    State,
    line_fates,
    need_fates,
    seat_fates,
    unit_fates,
)


def rehearse(*, actor: Actor, on: date, act: Callable[[], object]) -> Preview:
    """Let an act on units or seats happen and take it back: its preview as of a day, with all that stands in
    its way. The act itself sees to the actor's right: ``NotAllowed``, and what it raises but ``Refused``.
    """
    problems: tuple[Problem, ...] = ()
    with transaction.atomic():
        lock()
        before = State.load(on)
        try:
            with transaction.atomic():
                act()
        except Refused as error:
            problems = error.problems
        after = State.load(on)
        transaction.set_rollback(True)
    seats = seat_fates(before, after, {})
    moved = tuple(
        fate.seat_id
        for fate in seats
        if fate.unit_before != fate.unit_after and fate.unit_before and fate.unit_after
    )
    ended = tuple(fate.seat_id for fate in seats if not fate.unit_after)
    return Preview(
        on,
        unit_fates(before, after, ()),
        seats,
        line_fates(before, after),
        moved,
        ended,
        sum(held([*moved, *ended], on).values()),
        problems,
        need_fates(before, after),
    )
