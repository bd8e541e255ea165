"""The people that a list pays, a page at a time; the totals of the list stay those of everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pamong.pay.path import ItemRow, ListView
from pamong.web.jinja import url
from pamong.web.shapes import Pages, page_number

PAGE = 100


@dataclass(frozen=True, slots=True)
class People:
    """A page of people; ``found`` of ``total`` have the name that is ``search``ed for."""

    rows: Sequence[ItemRow]
    found: int
    total: int
    search: str
    pages: Pages

    @property
    def long(self) -> bool:
        """Whether there are so many that a name is to be searched for."""
        return self.total > PAGE


def people_of(view: ListView, query: Mapping[str, str]) -> People:
    """The page of people that the address asks for; a page beyond the last is the last."""
    search = query.get("q", "").strip()[:100]
    found = [item for item in view.included if search.lower() in item.name.lower()]
    last = max(1, -(-len(found) // PAGE))
    number = min(page_number(query), last)
    rows = found[(number - 1) * PAGE : number * PAGE]
    pages = Pages(number, last, lambda wish: url("pay:list", view.row.uid, hal=wish, q=search) + "#people")
    return People(rows, len(found), len(view.included), search, pages)
