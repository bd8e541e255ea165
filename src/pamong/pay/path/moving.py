"""What takes a list on or back: its step and new values; whom it pays; that a change ends its closing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from pamong.decisions import services as decisions
from pamong.kernel.actor import Actor
from pamong.pay.choices import ItemState, PathState, StepKind
from pamong.pay.errors import AloneOnList, ListIsEmpty, NumberTaken
from pamong.pay.models import PayItem, PayList
from pamong.pay.path import binding, reach


def go(
    actor: Actor,
    row: PayList,
    kind: StepKind,
    *,
    state: PathState | None = None,
    note: str = "",
    bound: binding.Bound | None = None,
    basis: int | None = None,
    **values: Any,
) -> None:
    """Write the step and the list's new values. NumberTaken where another list has the number."""
    step = reach.note(actor, row, kind, note=note, basis=basis)
    if state is not None:
        values["state"] = state.value
    try:
        with transaction.atomic():
            PayList.objects.filter(pk=row.pk).update(**values)
    except IntegrityError as error:
        raise _taken(error, values) from error
    numbers = ("spp_number", "spm_number", "sp2d_number")
    told = {name: values[name] for name in numbers if values.get(name)}
    entry = reach.tell(actor, row, step, signed=bound.personal() if bound else None, **told)
    if bound is not None:
        binding.keep(step, entry, bound.items)


def _taken(error: IntegrityError, values: dict[str, Any]) -> Exception:
    if "pay_list_spm_once" in str(error):
        return NumberTaken("SPM", values["spm_number"])
    if "pay_list_sp2d_once" in str(error):
        return NumberTaken("SP2D", values["sp2d_number"])
    return error


def let_go(*, actor: Actor, at: datetime, lists: Collection[int], why: str) -> None:
    """Lists that nobody has signed change, so that they have to be said complete again: what was proposed of
    them ends. The caller holds them. DecisionBusy where the head answers at this moment."""
    unsigned = PayList.objects.filter(pk__in=lists, state=PathState.COMPUTED.value)
    said = unsigned.filter(closing__isnull=False).order_by("id").values_list("closing", flat=True)
    ended = [each for each in said if each is not None]
    unsigned.update(entered_by=None, closing=None)
    for closing in ended:
        decisions.lapse(actor=actor, at=at, decision=closing, reason=why)


def require_payees(actor: Actor, row: PayList) -> None:
    """ListIsEmpty without anybody who is paid; AloneOnList where that is only the actor himself."""
    if row.people == 0:
        raise ListIsEmpty
    if actor.person_id is not None and not paid(row).exclude(person_id=actor.person_id).exists():
        raise AloneOnList


def paid(row: PayList) -> Any:
    """The items that a list pays."""
    return PayItem.objects.filter(list=row, released_at__isnull=True, state=ItemState.INCLUDED.value)
