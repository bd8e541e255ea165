"""One way to ask a route about an object, and how it is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.rights import Rights
from tests.web.matrix.laws import Law

Body = Callable[[Rights, str], Mapping[str, Any]]


@dataclass(frozen=True)
class Try:
    """One way to ask a route. ``of`` is the sort of object, ``more`` are arguments after it.

    ``body`` is what a write sends; ``changes`` tells that such a write, let in, does store something. What is
    ``costly`` is let in once for each role, and ``slow`` ones, which start a process, are let in by the first
    half of the matrix alone. ``part`` asks for a part of a page, as htmx does.
    """

    method: str
    law: Law
    of: str
    more: tuple[object, ...] = ()
    before: tuple[object, ...] = ()
    body: Body | None = None
    changes: bool = True
    costly: bool = False
    slow: bool = False
    part: bool = False
    json: bool = False


def reads(law: Law, of: str, *more: object, **said: Any) -> Try:
    """A look."""
    return Try("GET", law, of, more, **said)


def writes(law: Law, of: str, body: Body, *more: object, **said: Any) -> Try:
    """An act, with what a good form would send."""
    return Try("POST", law, of, more, body=body, **said)


def acts(law: Law, of: str, body: Body, *more: object, **said: Any) -> tuple[Try, ...]:
    """A form and the act itself, for the same people."""
    return reads(law, of, *more), writes(law, of, body, *more, **said)


def sends(**values: Any) -> Body:
    """The same body whoever is asked about."""
    return lambda rights, key: values
