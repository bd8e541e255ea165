"""One route of the table: by method, who is let in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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
