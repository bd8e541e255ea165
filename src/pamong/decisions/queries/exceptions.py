"""The inspector's register: all that departs from the plain path (``decisions.departures``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pamong.access import policies as access
from pamong.access import services as access_services
from pamong.decisions import policies
from pamong.decisions.departures import Asked, departure_labels, sources_of
from pamong.decisions.types import kinds
from pamong.kernel.actor import Actor
from pamong.people.services import reading

MOST = 500


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One departure from the plain path: of what, and in which words it was answered for."""

    link: str
    kind_title: str
    title: str
    person: str
    what: str
    label: str
    text: str
    at: datetime


def list_exceptions(*, actor: Actor, at: datetime, since: date, what: str = "") -> Sequence[ExceptionRow]:
    """Departures since a day, or since an instant of the database's clock, newest first; whom they are about
    is logged. ``NotAllowed``."""
    access.require_whole(actor, policies.EXCEPTIONS)
    asked = Asked(since, what, MOST)
    found = [each for source in sources_of(what) for each in source.find(asked)]
    found.sort(key=lambda each: each.at, reverse=True)
    del found[MOST:]
    people = sorted({each.person for each in found if each.person is not None})
    names = reading.names_of(people)
    if people:
        uids = reading.uids_of(people).values()
        access_services.log_read(actor=actor, at=at, path=policies.EXCEPTIONS, subjects=uids)
    titles, labels = {kind.code: kind.title for kind in kinds()}, departure_labels()
    return tuple(
        ExceptionRow(
            each.link, titles.get(each.about, each.about), each.title, names.get(each.person or 0, ""),
            each.what, labels[each.what], each.text, each.at,
        )
        for each in found
    )  # fmt: skip
