"""From a proposed act to the service that carries it out: what each kind hands to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.ledger.dated import BuiltUpon
from pamong.organisation import models
from pamong.organisation.choices import ActKind, code_of
from pamong.organisation.errors import (
    AlreadyInForce,
    PostNotFound,
    SeatNotFound,
    WrongState,
    problem,
    refuse,
)
from pamong.organisation.services import lines, reorganisations, seats, units, workload

_NOBODY = UUID(int=0)  # no post or seat has this id: it is refused with its sentence
Do = Callable[..., object]  # a service, with actor, instant and basis in place


@dataclass(frozen=True, slots=True)
class Asked:
    """An act: its kind, the id of the unit or seat that it is about, from which day it holds, and what else
    it says, as JSON keeps it: units by code, posts and seats by id, days in ISO form."""

    kind: ActKind
    subject: UUID
    on: date
    values: Mapping[str, Any]


def replay(*, actor: Actor, at: datetime, asked: Asked, basis: int | None = None) -> None:
    """Carry an act out in the actor's name. What the service of its kind raises; what can't be found among
    its values is told as ``Refused``."""

    def do(service: Callable[..., object], **told: Any) -> None:
        service(actor=actor, at=at, basis=basis, **told)

    _RUNS[asked.kind](do, asked)


def _unit_change(do: Do, asked: Asked) -> None:
    do(units.change_unit, unit=asked.subject, on=asked.on, values=asked.values)


def _unit_new(do: Do, asked: Asked) -> None:
    """Its code is found when it is made: another unit of its name may have come in between."""
    stem = code_of(str(asked.values.get("name", "")), ())
    taken = models.Unit.objects.filter(code__startswith=stem).values_list("code", flat=True)
    code = code_of(str(asked.values.get("name", "")), set(taken))
    do(units.create_unit, code=code, on=asked.on, values=asked.values)


def _unit_close(do: Do, asked: Asked) -> None:
    do(units.close_unit, unit=asked.subject, on=asked.on)


def _unit_rescind(do: Do, asked: Asked) -> None:
    do(units.rescind_unit, unit=asked.subject)


def _seats_new(do: Do, asked: Asked) -> None:
    said = dict(asked.values) | {"post": _id(asked.values["post"])}
    do(seats.create_seats, unit=asked.subject, on=asked.on, **said)


def _unit_needs(do: Do, asked: Asked) -> None:
    needs = {_id(post): needed for post, needed in asked.values.items()}
    try:
        do(workload.set_workloads, unit=asked.subject, on=asked.on, needs=needs)
    except PostNotFound as error:
        refuse([problem("post_unknown", str(error))])


def _seat_values(do: Do, asked: Asked) -> None:
    do(seats.change_seat, seat=asked.subject, on=asked.on, values=asked.values)


def _seat_freeze(do: Do, asked: Asked) -> None:
    until = asked.values.get("until")
    do(
        seats.change_seat,
        seat=asked.subject,
        on=asked.on,
        values={"frozen": True, "note": asked.values["note"]},
        until=date.fromisoformat(until) if until else None,
    )


def _seat_unfreeze(do: Do, asked: Asked) -> None:
    do(seats.change_seat, seat=asked.subject, on=asked.on, values={"frozen": False, "note": ""})


def _seat_line(do: Do, asked: Asked) -> None:
    superior = asked.values.get("superior")
    try:
        do(
            lines.set_line,
            seat=asked.subject,
            on=asked.on,
            superior=_id(superior) if superior is not None else None,
        )
    except (NotAllowed, SeatNotFound) as error:  # about the other seat: told with what else is wrong
        refuse([problem("line", str(error))])


def _seat_close(do: Do, asked: Asked) -> None:
    do(seats.close_seat, seat=asked.subject, on=asked.on)


def _seat_rescind(do: Do, asked: Asked) -> None:
    do(seats.rescind_seat, seat=asked.subject)


def _reorganisation_withdraw(do: Do, asked: Asked) -> None:
    try:
        do(
            reorganisations.withdraw_reorganisation,
            reorganisation=_id(asked.values["reorganisation"]),
        )
    except (WrongState, AlreadyInForce, BuiltUpon) as error:
        refuse([problem("withdrawing", str(error))])


def _id(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        return _NOBODY


_RUNS: Mapping[ActKind, Callable[[Do, Asked], None]] = {
    ActKind.UNIT_CHANGE: _unit_change,
    ActKind.UNIT_NEW: _unit_new,
    ActKind.UNIT_CLOSE: _unit_close,
    ActKind.UNIT_RESCIND: _unit_rescind,
    ActKind.SEATS_NEW: _seats_new,
    ActKind.UNIT_NEEDS: _unit_needs,
    ActKind.SEAT_CLASS: _seat_values,
    ActKind.SEAT_LINE: _seat_line,
    ActKind.SEAT_FREEZE: _seat_freeze,
    ActKind.SEAT_UNFREEZE: _seat_unfreeze,
    ActKind.SEAT_CLOSE: _seat_close,
    ActKind.SEAT_RESCIND: _seat_rescind,
    ActKind.REORGANISATION_WITHDRAW: _reorganisation_withdraw,
}
