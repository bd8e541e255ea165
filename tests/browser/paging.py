"""A page of the walk: who sees it, and how its arguments are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pamong.access.roles import HELD
from tests.browser.world import World

EVERYONE = frozenset(HELD)
STRANGER = ""  # not signed in
OPERATOR = frozenset({"system_operator"})
READERS = frozenset({"personnel_officer", "appointing_official", "inspector", "pay_auditor"})
TREASURY = frozenset({"treasury"})
LISTERS = READERS | TREASURY | {"superior", "unit_clerk"}
LATE_READERS = READERS | {"employee"}  # who comes late is the employee of these tests
OFFICER = frozenset({"personnel_officer"})
KNOW_OWN = EVERYONE - OPERATOR - TREASURY
UNMASKERS = frozenset({"personnel_officer", "inspector"})
LIST_FAULTS = frozenset({"unit_clerk", "personnel_officer", "inspector"})
COUNT_FAULTS = LIST_FAULTS | {"appointing_official"}
ASKERS = frozenset({"employee", "superior", "unit_clerk"})  # who has days of his own here
REPORTERS = OFFICER | {"superior", "unit_clerk"}
ANSWERERS = OFFICER | {"superior"}
LOOKERS = ANSWERERS | {"unit_clerk"}
ALL = frozenset({STRANGER, *HELD})
READ_PAPERS = frozenset({"employee", "superior", "unit_clerk", "personnel_officer", "inspector"})
PREPARERS = frozenset({"unit_clerk", "personnel_officer"})
RAISES = READ_PAPERS | {"appointing_official"}
CHANGES = frozenset({"treasury", "personnel_officer", "inspector", "pay_auditor"})
DECIDE_DUTY = frozenset({"superior", "personnel_officer"})
LEDGER = frozenset({"inspector", "pay_auditor", "system_operator"})
KNOW_PRIVATE = READ_PAPERS


@dataclass(frozen=True)
class Page:
    """A page of one URL name. ``roles`` see it, all others are refused; ``visit_as`` are those of them whose
    view is photographed, '' for all. ``args`` fills the path from what the test site holds."""

    name: str
    roles: frozenset[str] = EVERYONE
    visit_as: tuple[str, ...] = ()
    args: Callable[[World], tuple[object, ...]] = lambda world: ()
    query: str = ""
    shot: str = ""  # what its pictures are called, where one name has several pages

    @property
    def label(self) -> str:
        """The name of its pictures."""
        return self.shot or self.name.replace(":", "-")

    def visitors(self) -> frozenset[str]:
        """The roles whose view is photographed."""
        return frozenset(self.visit_as) if self.visit_as else self.roles


def run(world: World) -> tuple[object, ...]:
    """The computed run."""
    return (world.month.run,)


def desk(key: str, *more: object) -> Callable[[World], tuple[object, ...]]:
    """Something that lies on an officer's desk, with what else the path needs."""
    return lambda world: (world.city.desk[key], *more)


def unit(key: str) -> Callable[[World], tuple[object, ...]]:
    """A unit of the city."""
    return lambda world: (world.city.units[key],)


def seat(key: str) -> Callable[[World], tuple[object, ...]]:
    """A seat of the city."""
    return lambda world: (world.city.seats[key],)


def proposal(world: World) -> tuple[object, ...]:
    """A change of the employee's contact."""
    return (world.city.persons["own"], "contact")


def comparison(world: World) -> tuple[object, ...]:
    """The run beside a list that was paid."""
    return (world.month.comparison,)


def slip(name: str) -> Callable[[World], tuple[object, ...]]:
    """The slip of a named person."""
    return lambda world: (world.month.slips[name],)


def person(key: str, *more: object) -> Callable[[World], tuple[object, ...]]:
    """Somebody of the city, with what else the path needs."""
    return lambda world: (world.city.persons[key], *more)


def of(*args: object) -> Callable[[World], tuple[object, ...]]:
    """Arguments that are always the same."""
    return lambda world: args


UNIT_FORMS = ("unit_change", "unit_new", "unit_close", "unit_rescind", "seats_new", "unit_needs")
SEAT_FORMS = ("seat", "seat_line", "seat_class", "seat_freeze", "seat_unfreeze", "seat_close", "seat_rescind")


def leave(key: str) -> Callable[[World], tuple[object, ...]]:
    """A leave that lies on an officer's desk."""
    return lambda world: ("cuti", world.city.desk[key])
