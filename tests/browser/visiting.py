"""One page of the walk: who sees it, and how its path is filled from what the test site holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pamong.access.roles import HELD
from tests.browser.world import World

EVERYONE = frozenset(HELD)


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


def leave(key: str) -> Callable[[World], tuple[object, ...]]:
    """A leave that lies on an officer's desk."""
    return lambda world: ("cuti", world.city.desk[key])
