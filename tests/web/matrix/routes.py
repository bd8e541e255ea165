"""Shapes of the table of routes, and what fills the paths of their addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.support.month import LATE
from tests.support.paid import Paid

Arguments = Callable[[Paid], tuple[object, ...]]


@dataclass(frozen=True)
class Route:
    """One route: by method, who is let in. ``args`` fills its path; ``query`` follows; ``body`` is JSON."""

    may: Mapping[str, frozenset[str]]
    args: Arguments = lambda paid: ()
    query: str = ""
    body: str = ""


def reads(roles: frozenset[str], args: Arguments = lambda paid: (), query: str = "") -> Route:
    """A route that only shows."""
    return Route({"GET": roles}, args, query)


def acts(roles: frozenset[str], args: Arguments = lambda paid: ()) -> Route:
    """A route with a form: who sees it may send it."""
    return Route({"GET": roles, "POST": roles}, args)


def anyhow(roles: frozenset[str]) -> Route:
    """A route that answers every method in the same way."""
    return Route(dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), roles))


def run(paid: Paid) -> tuple[object, ...]:
    """The run."""
    return (paid.month.run,)


def comparison(paid: Paid) -> tuple[object, ...]:
    """A comparison with a paid list."""
    return (paid.month.comparison,)


def slip(paid: Paid) -> tuple[object, ...]:
    """Somebody's slip."""
    return (paid.month.slips[LATE],)


def file(paid: Paid) -> tuple[object, ...]:
    """A file of the run."""
    return (paid.month.run, "totals")


def reason(paid: Paid) -> tuple[object, ...]:
    """A line of somebody's slip."""
    return (paid.month.slips[LATE], "tpp_net")


def person(key: str, *more: object) -> Arguments:
    """Somebody of the city, with what else the path needs."""
    return lambda paid: (paid.city.persons[key], *more)


def fault(key: str, rule: str) -> Arguments:
    """What a rule of data quality finds about somebody of the city."""
    return lambda paid: (rule, paid.city.persons[key])


def desk(key: str, *more: object) -> Arguments:
    """Something that lies on an officer's desk, with what else the path needs."""
    return lambda paid: (paid.city.desk[key], *more)


def leave(key: str) -> Arguments:
    """A leave that lies on an officer's desk."""
    return lambda paid: ("cuti", paid.city.desk[key])


def unit(key: str) -> Arguments:
    """A unit of the city."""
    return lambda paid: (paid.city.units[key],)


def seat(key: str) -> Arguments:
    """A seat of the city."""
    return lambda paid: (paid.city.seats[key],)


def tile(paid: Paid) -> tuple[object, ...]:
    """The newest tile of hashes of a log; entries are the matter of tests/web/ledger."""
    folder = paid.ledger / "decisions" / "tile"
    return "decisions", str(max(folder.glob("0/*/*"), key=lambda path: int(path.name)).relative_to(folder))


def of(*args: object) -> Arguments:
    """Arguments that are always the same."""
    return lambda paid: args
