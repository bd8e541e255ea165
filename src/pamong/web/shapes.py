"""What the macros of ``jinja2/ui`` take: small frozen shapes, so that no key can be mistyped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy

MOST = 12  # people or seats to choose from, of all that fit what was typed
FIRST_FEW = gettext_lazy("Yang tampil %(count)s yang pertama. Tulis lebih lengkap untuk mempersempit.")


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. ``num`` aligns right; ``sorted`` is '', 'asc' or 'desc'; the link sorts by it."""

    label: str
    num: bool = False
    sort_href: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A word and where it leads: a download, a way out."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Node:
    """One line of an explanation: words, value, source with its evidence grade, and what it rests on.

    ``note`` says how the value was made; ``about`` leads to a page of ours about it; what lies below a
    ``folded`` line is opened by hand. ``asks``: where the reader asks to correct it.
    """

    text: str
    value: str = ""
    source: str = ""
    href: str = ""
    evidence: str = ""
    children: tuple[Node, ...] = ()
    note: str = ""
    about: str = ""
    folded: bool = False
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """How far a thing is sealed: ``word`` is short, ``sentence`` says the rest ('' while it waits), ``href``
    leads to its entry for who may read the log."""

    word: str
    sentence: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One problem of a summary: a sentence that says what to do, and the place it is about."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a path; ``state`` is 'done', 'now', 'some' (a part is further) or 'next'."""

    name: str
    state: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of a subject."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of a long list: ``current`` of ``last``, and the address of each."""

    current: int
    last: int
    href: Callable[[int], str]

    @property
    def items(self) -> list[int | None]:
        """Page numbers to show; None for a gap. First, last, and one beside the current."""
        near = {1, self.last, self.current - 1, self.current, self.current + 1}
        numbers = sorted(number for number in near if 1 <= number <= self.last)
        shown: list[int | None] = []
        for number in numbers:
            if shown and number - (shown[-1] or 0) > 1:
                shown.append(None)
            shown.append(number)
        return shown

    @property
    def previous(self) -> int | None:
        """The page before, if there is one."""
        return self.current - 1 if self.current > 1 else None

    @property
    def next(self) -> int | None:
        """The page after, if there is one."""
        return self.current + 1 if self.current < self.last else None


def page_number(query: Mapping[str, str]) -> int:
    """The page of a list that an address asks for."""
    number = query.get("hal", "")
    return max(1, int(number)) if number.isdecimal() and len(number) < 7 else 1


def page_href(query: QueryDict, number: int) -> str:
    """The address of a page of the same list, as the query asks for it."""
    asked = query.copy()
    asked["hal"] = str(number)
    return f"?{asked.urlencode()}"


def uid_of(text: str) -> UUID | None:
    """The id of an address, a form or a picker; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
