"""How many of each post a unit needs by workload analysis: told beside what is filled, and set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pamong.access.middleware import ActingRequest
from pamong.organisation import queries as organisation
from pamong.organisation import services
from pamong.organisation.choices import SeatState
from pamong.organisation.errors import PostNotFound, UnitNotFound, problem, refuse
from pamong.organisation.queries import PostCount, UnitView
from pamong.people import queries as people
from pamong.people.queries import SeatRow
from pamong.web.formats import angka
from pamong.web.missing import missing
from pamong.web.organisation import changes, picking, words
from pamong.web.organisation.acting import Act, act_page, since
from pamong.web.organisation.forms import NeedField, NeedsForm

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


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(UnitNotFound)
def unit_needs(request: ActingRequest, uid: UUID) -> HttpResponse:
    """State how many of each post a unit needs from a day on."""
    unit = changes.unit_to_change(request, uid)
    here = _here(request, unit)
    data = request.POST if request.method == "POST" else None
    form = NeedsForm([_field(need) for need in here], data, initial={"on": request.actor.on})

    def run(asked: Mapping[str, Any]) -> None:
        wanted = form.changed_needs | _other(asked)
        try:
            services.set_workloads(actor=request.actor, at=request.at, unit=uid, on=asked["on"], needs=wanted)
        except PostNotFound as error:
            refuse([problem("post_unknown", str(error))])

    def told(asked: Mapping[str, Any]) -> Sequence[str]:
        return list(_told(request, here, form.changed_needs | _other(asked), asked["on"]))

    lead = _(
        "Jumlah pegawai yang dibutuhkan unit ini di setiap jabatan, menurut analisis beban kerja (ABK). "
        "Kosongkan yang belum dianalisis."
    )
    act = Act(
        _("Kebutuhan pegawai"), lead, form, run, told, _("Simpan"), changes.trail(unit), changes.page_of(uid)
    )
    return act_page(request, act)


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


def _here(request: ActingRequest, unit: UnitView) -> Sequence[Need]:
    actor, on = request.actor, request.actor.on
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


def _other(asked: Mapping[str, Any]) -> dict[UUID, int | None]:
    """The post that was picked besides. No post has the id 0: refused with its sentence."""
    if not asked["post"]:
        return {}
    return {picking.as_uid(asked["post"]) or UUID(int=0): asked["needed"]}


def _told(
    request: ActingRequest, here: Sequence[Need], wanted: Mapping[UUID, int | None], on: date
) -> Iterator[str]:
    known = {need.uid: need for need in here}
    for uid, needed in wanted.items():
        need = known.get(uid) or Need(uid, picking.post_name(request.actor, uid), None, 0, 0, "", "")
        told = {"post": need.post, "since": since(on), "filled": angka(need.filled)}
        if needed is None:
            yield _("%(post)s: kebutuhannya tidak lagi dinyatakan %(since)s.") % told
            continue
        told["before"] = _("belum ada") if need.needed is None else angka(need.needed)
        told |= {"after": angka(needed), "gap": gap(needed, need.filled)[0]}
        yield (_("%(post)s: %(before)s menjadi %(after)s %(since)s. Terisi %(filled)s, %(gap)s.") % told)
