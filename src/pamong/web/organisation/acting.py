"""An act on the organisation in two steps: a form, then a page that shows what will follow, then the act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pamong.access.middleware import ActingRequest
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.problem import Problem
from pamong.ledger.dated import MovedOn
from pamong.organisation import queries as organisation
from pamong.organisation import services
from pamong.organisation.errors import Refused
from pamong.organisation.services import Preview
from pamong.people import queries as people
from pamong.people.queries import SeatRow
from pamong.web import render
from pamong.web.formats import angka
from pamong.web.organisation import picking, words
from pamong.web.organisation.picking import SEARCH
from pamong.web.shapes import Notice

SURE, AGAIN = "yakin", "ubah"  # the final button, and the way back to the form
_MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its words, its form, and what carries it out with what the form cleaned.

    ``where`` are the steps of the trail, ``back`` where one goes afterwards and by giving up. ``told`` says
    in sentences what will happen, from what was cleaned; ``verb`` is the final button.
    """

    title: str
    lead: str
    form: forms.Form
    run: Callable[[Mapping[str, Any]], object]
    told: Callable[[Mapping[str, Any]], Sequence[str]]
    verb: str
    where: Sequence[tuple[str, str]]
    back: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after of one thing, in words; '' where it is not there."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A preview in words: units, seats, lines that change, the people concerned, what stands in the way."""

    units: tuple[Change, ...]
    seats: tuple[Change, ...]
    lines: tuple[Change, ...]
    people: tuple[SeatRow, ...]
    held: int
    blocks: tuple[Notice, ...]
    warnings: tuple[str, ...]
    seat_count: int

    @property
    def notices(self) -> list[Notice]:
        """What stands in the way, as a summary shows it."""
        return list(self.blocks)

    @property
    def cautions(self) -> list[Notice]:
        """What to know, as a summary shows it."""
        return [Notice(text) for text in self.warnings]

    @property
    def nothing(self) -> bool:
        """Whether no unit, seat or line differs."""
        return not (self.units or self.seats or self.lines)


def act_page(request: ActingRequest, act: Act) -> HttpResponse:
    """Show the form, then what will follow, then act: one address for the three."""
    if request.method != "POST" or SEARCH in request.POST or AGAIN in request.POST:
        return _form(request, act, 200)
    if not act.form.is_valid():
        return _form(request, act, 422)
    asked = act.form.cleaned_data
    if SURE in request.POST:
        try:
            act.run(asked)
        except (Refused, MovedOn) as error:
            return _confirm(request, act, asked, str(error))
        messages.success(request, _("Tersimpan."))
        return redirect(act.back)
    return _confirm(request, act, asked)


def _form(request: ActingRequest, act: Act, status: int) -> HttpResponse:
    fresh = request.method == "POST" and status == 200
    context = {
        "act": act,
        "form": act.form,
        "fresh": fresh,
        "pickers": picking.pickers(request.actor, act.form),
        "search": SEARCH,
        "draft": "",
    }
    return render(request, "organisation/form.html", context, status=status)


def _confirm(request: ActingRequest, act: Act, asked: Mapping[str, Any], refused: str = "") -> HttpResponse:
    preview = services.rehearse(actor=request.actor, on=asked["on"], act=lambda: act.run(asked))
    foreseen = foresee(request.actor, preview)
    context = {
        "act": act,
        "asked": [(name, value) for name in act.form.fields for value in request.POST.getlist(name)],
        "sentences": act.told(asked),
        "foreseen": foreseen,
        "late": asked["on"] < request.actor.on,
        "refused": refused,
        "names": {"sure": SURE, "again": AGAIN},
    }
    status = 422 if foreseen.blocks or refused else 200
    return render(request, "organisation/confirm.html", context, status=status)


def nowhere(_problem: Problem) -> str:
    """No page settles it but the form."""
    return ""


def foresee(actor: Actor, preview: Preview, place: Callable[[Problem], str] = nowhere) -> Foreseen:
    """A preview in words, with the names of units and of the people whose seats move or end.

    ``place`` gives the address where a problem is settled, '' where there is none.
    """
    places = organisation.list_places(actor=actor, on=preview.on)
    known = {place.code: place.name for place in places}
    known |= {fate.code: fate.name_after or fate.name_before for fate in preview.units}
    seats = [*preview.moved_seats, *preview.ended_seats]
    named = people.list_seats(actor=actor, on=preview.on, seats=seats, limit=_MOST_NAMED) if seats else ()
    return Foreseen(
        tuple(_units(preview, known)),
        tuple(_seats(preview, known)),
        tuple(_lines(preview, known)),
        tuple(seat for seat in named if seat.holders),
        preview.held,
        tuple(Notice(each.message, place(each)) for each in preview.problems if each.severity == "block"),
        tuple(problem.message for problem in preview.problems if problem.severity != "block"),
        len(preview.seats),
    )


def _units(preview: Preview, known: Mapping[str, str]) -> Iterator[Change]:
    for fate in preview.units:
        before = _placed(fate.name_before, known.get(fate.parent_before, fate.parent_before))
        after = _placed(fate.name_after, known.get(fate.parent_after, fate.parent_after))
        yield Change(", ".join(step.label for step in fate.steps), before, after)


def _placed(name: str, parent: str) -> str:
    if not name:
        return ""
    return _("%(name)s, di bawah %(parent)s") % {"name": name, "parent": parent} if parent else name


def _seats(preview: Preview, known: Mapping[str, str]) -> Iterator[Change]:
    lead = _(" (pemimpin)")
    yield from _together(
        (
            fate.post,
            known.get(fate.unit_before, fate.unit_before) + (lead if fate.head_before else ""),
            known.get(fate.unit_after, fate.unit_after) + (lead if fate.head_after else ""),
        )
        for fate in preview.seats
    )


def _lines(preview: Preview, known: Mapping[str, str]) -> Iterator[Change]:
    """Each post with its unit: in a merge many are called the same."""

    def told(post: str | None, code: str) -> str:
        return ", ".join(filter(None, (post, known.get(code, code)))) if post else ""

    yield from _together(
        (
            told(fate.post, fate.unit),
            told(fate.superior_before, fate.unit_before),
            told(fate.superior_after, fate.unit_after),
        )
        for fate in preview.lines
    )


def _together(changes: Iterable[tuple[str, str, str]]) -> Iterator[Change]:
    """Those of one post that go the same way are told once, with their number."""
    for (post, before, after), count in Counter(changes).items():
        yield Change(f"{post} × {angka(count)}" if count > 1 else post, before, after)


def below(actor: Actor, uid: Any, on: date) -> str:
    """How many units and seats go along with a unit, in a sentence; '' where there are none below."""
    places = organisation.list_places(actor=actor, on=on, below=uid)
    if len(places) < 2:
        return ""
    counts = people.count_seats(actor=actor, on=on, below=places[0].code)
    told = ngettext(
        "%(count)s unit di bawahnya ikut, dengan %(seats)s posisi seluruhnya.",
        "%(count)s unit di bawahnya ikut, dengan %(seats)s posisi seluruhnya.",
        len(places) - 1,
    )
    seats = sum(count.seats for count in counts.values())
    return told % {"count": angka(len(places) - 1), "seats": angka(seats)}


def line_told(actor: Actor, seat: SeatRow, asked: Mapping[str, Any]) -> Sequence[str]:
    """To whom a seat will report, to whom it did, and whose requests go there."""
    told = {"post": seat.post, "since": since(asked["on"])}
    if asked["nobody"]:
        sentences = [_("%(post)s tidak melapor kepada siapa pun %(since)s.") % told]
    else:
        above = picking.picked_seat(actor, asked["superior"])
        told["above"] = f"{above.post}, {above.unit}" if above else _("posisi yang dipilih")
        sentences = [_("%(post)s melapor kepada %(above)s %(since)s.") % told]
    if seat.superior:
        sentences.append(_("Sebelumnya kepada %(post)s.") % {"post": seat.superior})
    names = words.names([holder.name for holder in seat.holders])
    if names:
        sentences.append(_("Permintaan %(names)s mengikuti garis ini sejak tanggal itu.") % {"names": names})
    return sentences


def since(on: date) -> str:
    """``mulai 1 Januari 2027``."""
    return _("mulai %(date)s") % {"date": format_date(on)}
