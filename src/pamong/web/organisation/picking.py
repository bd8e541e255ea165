"""Pickers of units, posts and seats: words are typed, the few that fit are offered; without scripts too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.kernel.actor import Actor
from pamong.organisation import policies
from pamong.organisation import queries as organisation
from pamong.organisation.errors import ReorganisationNotFound, SeatNotFound, UnitNotFound
from pamong.people import queries as people
from pamong.people.choices import AppointmentKind
from pamong.people.queries import SeatRow
from pamong.web import render
from pamong.web.handing import UnknownFile
from pamong.web.missing import missing
from pamong.web.organisation import words
from pamong.web.organisation.plans import new_units
from pamong.web.shapes import uid_of

UNIT, POST, SEAT = "unit", "jabatan", "posisi"
FEW = 12
SEARCH = "cari"  # the button that looks something up in a form, without scripts


class PickField(forms.Field):
    """One unit by its code, or one post or seat by its id; '' for none."""

    widget: Any = forms.TextInput
    many = False

    def __init__(self, *args: Any, picks: str = UNIT, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picks = picks

    def to_python(self, value: Any) -> str:
        """The code or id as text."""
        return str(value or "").strip()[:100]


class PickManyField(PickField):
    """Several units by their codes."""

    widget = forms.SelectMultiple
    many = True

    def to_python(self, value: Any) -> Any:
        """A list of codes, each once."""
        return list(dict.fromkeys(str(item)[:100] for item in value or ()))


@dataclass(frozen=True, slots=True)
class Option:
    """What can be picked; ``sub`` tells apart what has the same name."""

    value: str
    label: str
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Picker:
    """A field with what it offers: ``chosen`` are values that stay ticked; ``typed`` are the words."""

    name: str
    picks: str
    many: bool
    typed: str
    chosen: tuple[str, ...]
    options: tuple[Option, ...]


@require_safe
@login_required
@missing(UnknownFile)
def pick(request: ActingRequest, kind: str) -> HttpResponse:
    """What fits the typed words, for the picker of one field."""
    policies.require_read(request.actor)
    if kind not in (UNIT, POST, SEAT):
        raise UnknownFile
    query = request.GET
    name = query.get("isian", "")[:40]
    extra = _extra(request, query.get("penataan", ""))
    found = picker(request.actor, name, kind, query, many=query.get("banyak") == "1", extra=extra)
    return render(request, "organisation/options.html", {"picker": found})


def _extra(request: ActingRequest, draft: str) -> dict[str, str]:
    """Units that a draft makes, for its own pickers."""
    uid = uid_of(draft)
    if uid is None or not policies.may_change(request.actor):
        return {}
    try:
        return new_units(organisation.get_reorganisation(actor=request.actor, uid=uid).plan)
    except ReorganisationNotFound:
        return {}


def pickers(actor: Actor, form: forms.Form, extra: Mapping[str, str] | None = None) -> dict[str, Picker]:
    """The pickers of a form by the names of their fields. ``extra`` are units that are not there yet, by
    their codes."""
    data: Any = form.data if form.is_bound else QueryDict()
    found = {}
    for name, field in form.fields.items():
        if isinstance(field, PickField):
            initial = form.get_initial_for_field(field, name)
            found[name] = picker(
                actor, name, field.picks, data, many=field.many, initial=initial, extra=extra
            )
    return found


def picker(
    actor: Actor,
    name: str,
    kind: str,
    data: QueryDict,
    *,
    many: bool,
    initial: Any = None,
    extra: Mapping[str, str] | None = None,
) -> Picker:
    """One picker: what is chosen already, what fits the typed words, and what is not there yet."""
    chosen = (
        tuple(dict.fromkeys(value for value in data.getlist(name) if value))
        if name in data
        else _set(initial)
    )
    typed = data.get(f"{SEARCH}_{name}", "").strip()[:100]
    options: dict[str, Option] = {}
    more = (extra or {}) if kind == UNIT else {}
    for value in chosen:
        option = Option(value, more[value], _("unit baru dalam rancangan ini")) if value in more else None
        option = option or _one(actor, kind, value)
        if option:
            options[value] = option
    for option in _fitting(actor, kind, typed) if typed else ():
        options.setdefault(option.value, option)
    for code, label in more.items():
        options.setdefault(code, Option(code, label, _("unit baru dalam rancangan ini")))
    return Picker(name, kind, many, typed, chosen, tuple(options.values()))


def _set(initial: Any) -> tuple[str, ...]:
    if not initial:
        return ()
    return tuple(initial) if isinstance(initial, list | tuple) else (str(initial),)


def _one(actor: Actor, kind: str, value: str) -> Option | None:
    if kind == SEAT:
        return _one_seat(actor, value)
    if kind == POST:
        return _one_post(actor, value)
    try:
        unit = organisation.get_unit(actor=actor, unit=value, on=actor.on)
    except UnitNotFound:
        return None
    return Option(unit.code, unit.name, unit.opd if unit.opd != unit.name else unit.kind.label)


def _one_post(actor: Actor, value: str) -> Option | None:
    posts = organisation.list_posts(actor=actor, on=actor.on)
    return next((option for option in _posts(posts) if option.value == value), None)


def post_name(actor: Actor, uid: UUID | None) -> str:
    """What a picked post is called; '' for none."""
    option = _one_post(actor, str(uid)) if uid else None
    return option.label if option else ""


def _one_seat(actor: Actor, value: str) -> Option | None:
    row = picked_seat(actor, value)
    if row is None:
        return None
    holders = [holder.name for holder in row.holders if holder.kind == AppointmentKind.REGULAR.value]
    return Option(value, row.post, _placed(row.unit, holders[0] if holders else ""))


def picked_seat(actor: Actor, value: str) -> SeatRow | None:
    """The seat of today that was picked by its id; None where there is none."""
    uid = uid_of(value)
    try:
        seat = organisation.get_seat(actor=actor, seat=uid, on=actor.on) if uid else None
    except SeatNotFound:
        return None
    found = people.list_seats(actor=actor, on=actor.on, seats=[seat.id]) if seat else ()
    return found[0] if found else None


def _placed(unit: str, holder: str) -> str:
    """Where a seat is and who sits there, so that seats of one post are told apart."""
    return f"{unit} · {holder or _('kosong')}"


def _fitting(actor: Actor, kind: str, typed: str) -> Iterator[Option]:
    if kind == SEAT:
        for seat in people.find_seats(actor=actor, on=actor.on, words=typed, most=FEW, heads=True):
            yield Option(str(seat.uid), seat.post, _placed(seat.unit, seat.holder))
        return
    if kind == POST:
        yield from list(_posts(organisation.list_posts(actor=actor, on=actor.on, words=typed)))[:FEW]
        return
    for unit in organisation.find_units(actor=actor, words=typed, on=actor.on, limit=FEW):
        yield Option(unit.code, unit.name, unit.opd if unit.opd != unit.name else unit.kind.label)


def _posts(posts: Sequence[organisation.PostView]) -> Iterator[Option]:
    for post in posts:
        yield Option(str(post.uid), words.with_level(post.name, post.jenjang), post.kind.label)
