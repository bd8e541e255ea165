"""How many of each post a unit needs by workload analysis: told beside what is filled, and set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from pamong.kernel.actor import Actor
from pamong.organisation import queries as organisation
from pamong.organisation.choices import SeatState
from pamong.organisation.queries import PostCount, UnitView
from pamong.organisation.services import Asked
from pamong.people import queries as people
from pamong.people.queries import SeatRow
from pamong.web.formats import angka
from pamong.web.organisation import picking, words
from pamong.web.organisation.forms import NeedField, NeedsForm
from pamong.web.shapes import uid_of

MOST_SEATS = 600


@dataclass(frozen=True, slots=True)
class Need:
    """A post of a unit: how many it needs by workload analysis (None: not stated), how many seats, how many
    of them filled; ``told`` is what is missing or too much, in words."""

    uid: UUID
    post: str
    needed: int | None
    seats: int
    filled: int
    told: str
    tone: str


def form_of(actor: Actor, unit: UnitView, on: date, data: Any) -> NeedsForm:
    """The form of a unit's needs, with what was sent (None: nothing), beginning with those of a day."""
    return NeedsForm([_field(need) for need in _here(actor, unit, on)], data, initial={"on": actor.on})


def said(form: NeedsForm) -> dict[str, int | None]:
    """By the ids of posts, what a clean form says otherwise than so far."""
    other, needed = form.cleaned_data["post"], form.cleaned_data["needed"]
    found = {str(post): count for post, count in form.changed_needs.items()}
    return found | ({other: needed} if other else {})


def told(actor: Actor, unit: UnitView, on: date, asked: Asked) -> Sequence[str]:
    """What each need was so far, what it becomes, and how that stands beside those who are there."""
    known = {str(need.uid): need for need in _here(actor, unit, on)}
    return [_told(actor, known.get(post), post, needed, asked.on) for post, needed in asked.values.items()]


def compare(posts: Sequence[PostCount], seats: Sequence[SeatRow]) -> Iterator[Need]:
    """What each post needs beside what it has."""
    filled = Counter(
        (seat.post, seat.post_kind, seat.jenjang, seat.eselon)
        for seat in seats
        if seat.state == SeatState.FILLED.value
    )
    for post in posts:
        have = filled[post.post, post.kind.value, post.jenjang, post.eselon]
        label = words.with_level(post.post, post.jenjang)
        yield Need(post.post_uid, label, post.needed, post.seats, have, *gap(post.needed, have))


def gap(needed: int | None, filled: int) -> tuple[str, str]:
    """What is missing or too much, in words, and its tone; '' where no need is stated."""
    if needed is None:
        return "", "neutral"
    if filled < needed:
        return _("kurang %(count)s") % {"count": angka(needed - filled)}, "attention"
    if filled > needed:
        return _("lebih %(count)s") % {"count": angka(filled - needed)}, "info"
    return _("sesuai"), "good"


def _here(actor: Actor, unit: UnitView, on: date) -> Sequence[Need]:
    posts = organisation.count_posts(actor=actor, on=on, unit=unit.code, below=False)
    return list(compare(posts, people.list_seats(actor=actor, on=on, unit=unit.code, limit=MOST_SEATS)))


def _field(need: Need) -> NeedField:
    told = _("%(seats)s posisi, %(filled)s terisi.")
    return NeedField(
        need.uid,
        need.post,
        told % {"seats": angka(need.seats), "filled": angka(need.filled)},
        need.needed,
    )


def _told(actor: Actor, need: Need | None, post: str, needed: int | None, on: date) -> str:
    filled, before = (need.filled, need.needed) if need else (0, None)
    name = need.post if need else picking.post_name(actor, uid_of(post))
    told = {"post": name, "since": words.from_day(on), "filled": angka(filled)}
    if needed is None:
        return _("%(post)s: kebutuhannya tidak lagi dinyatakan %(since)s.") % told
    told["before"] = _("belum ada") if before is None else angka(before)
    told |= {"after": angka(needed), "gap": gap(needed, filled)[0]}
    return _("%(post)s: %(before)s menjadi %(after)s %(since)s. Terisi %(filled)s, %(gap)s.") % told
