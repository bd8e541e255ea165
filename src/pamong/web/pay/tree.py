"""*Dari mana angka ini?*: the law's reasons as the tree of a page, folded below its first steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.law.engine.explain import Reason
from pamong.pay import queries
from pamong.pay.errors import LawMoved
from pamong.web.days import parse_day
from pamong.web.jinja import url
from pamong.web.law.reading import regulation_of, shipped
from pamong.web.shapes import Node

OPEN_DEPTH = 1  # how many steps below the figure stand open


@dataclass(frozen=True, slots=True)
class ReasonPage:
    """One figure with its tree; without one, ``refusal`` says why."""

    title: str
    value: str
    nodes: tuple[Node, ...]
    refusal: str = ""


def reason_page(*, actor: Actor, at: datetime, uid: UUID, code: str) -> ReasonPage:
    """The reason of a line of a slip. SlipNotFound; a law that has moved is told, not hidden."""
    try:
        found = queries.explain_slip(actor=actor, at=at, uid=uid, code=code)
    except LawMoved as error:
        return ReasonPage("", "", (), str(error))
    profile = shipped(queries.get_run_of_slip(actor=actor, uid=uid).profile)
    own = queries.is_own_slip(actor=actor, uid=uid)
    return ReasonPage(found.title, found.value, (node_of(found, profile, own=own),))


def node_of(reason: Reason, profile: str, depth: int = 0, *, own: bool = False) -> Node:
    """A reason and all below it; parameters lead to their pages in a region's law, and days of one's ``own``
    to where their correction is asked for."""
    return Node(
        text=reason.title,
        value=reason.value,
        source=reason.law,
        href=_link(reason),
        evidence=reason.evidence.value if reason.evidence else "",
        children=tuple(node_of(child, profile, depth + 1, own=own) for child in reason.children),
        # A bare number, or the value once more, explains nothing.
        note="" if reason.sentence.isdigit() or reason.sentence == reason.value else reason.sentence,
        about=_about(reason, profile),
        folded=depth >= OPEN_DEPTH,
        asks=_asks(reason) if own else "",
    )


def _asks(reason: Reason) -> str:
    """Where a day's correction is asked for; '' for what is no day."""
    on = parse_day(reason.title.partition(" (")[0]) if reason.kind == "row" else None
    return "" if on is None else url("presence:correct", on.isoformat())


def _link(reason: Reason) -> str:
    """Where the article can be read: at its source, else on our page of the regulation."""
    if reason.link:
        return reason.link
    regulation = regulation_of(reason.law) if reason.law else None
    return url("law:regulation", regulation.id) if regulation else ""


def _about(reason: Reason, profile: str) -> str:
    area, _, name = reason.name.partition("/")
    return url("law:parameter", area, name, profil=profile) if reason.kind == "parameter" and name else ""
