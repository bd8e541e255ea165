"""Who holds a seat, and whose relatives, is known further up: people says so when the application starts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.problem import Problem
from pamong.organisation import models
from pamong.organisation.errors import problem

Source = Callable[[Sequence[int], date], Mapping[int, int]]
Kin = Callable[[int, date], Collection[int]]
_SOURCES: list[Source] = []
_KIN: list[Kin] = []


def derive_holders(source: Source) -> None:
    """Let a domain above count who holds seats on or after a day; called once, when the application starts.

    The source takes database ids of seats and the day, and gives a count for each seat that is held.
    """
    _SOURCES[:] = [source]


def derive_kin(source: Kin) -> None:
    """Let a domain above say which seats, by their database ids, the declared relatives of a person have on a
    day; called once, when the application starts."""
    _KIN[:] = [source]


def kin_seats(actor: Actor) -> Collection[int]:
    """The seats of the actor's declared relatives: nobody decides on these."""
    return _KIN[0](actor.person_id, actor.on) if _KIN and actor.person_id is not None else ()


def held(seats: Sequence[int], on: date) -> Mapping[int, int]:
    """How many hold each of these seats on or after the day; seats that nobody holds are left out."""
    return _SOURCES[0](seats, on) if _SOURCES and seats else {}


def held_problems(seats: Sequence[int], on: date) -> list[Problem]:
    """One problem for each seat that somebody holds on or after the day."""
    found = held(seats, on)
    named = _named(list(found), on)
    return [_held_problem(count, on, *named.get(seat, ("", ""))) for seat, count in found.items() if count]


def _held_problem(count: int, on: date, seat: str, unit: str) -> Problem:
    sentence = (
        f"Posisi {seat} masih dipegang {count} orang pada atau sesudah {format_date(on)}. "
        "Akhiri atau pindahkan pengangkatannya dulu."
    )
    return problem("seat_held", sentence, seat, unit)


def _named(seats: Sequence[int], on: date) -> dict[int, tuple[str, str]]:
    """``Lurah di Kelurahan Melati``, and the code of the unit: seats as they are on the day."""
    rows = models.SeatRow.objects.as_of(on).filter(seat_id__in=list(seats))
    found = list(rows.values_list("seat_id", "post__name", "unit_id", "unit__code"))
    units = models.UnitRow.objects.known().filter(unit_id__in=[row[2] for row in found])
    names = dict(units.order_by("period").values_list("unit_id", "name"))
    return {seat: (f"{post} di {names.get(unit, code)}", code) for seat, post, unit, code in found}
