"""Changes of a unit and of its seats, each from a day on, each shown before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.kernel.problem import Problem
from pamong.organisation import policies, services
from pamong.organisation import queries as organisation
from pamong.organisation.choices import UnitKind
from pamong.organisation.errors import SeatNotFound, UnitNotFound, refuse
from pamong.organisation.queries import SeatView, UnitView
from pamong.people import queries as people
from pamong.web import render
from pamong.web.formats import angka
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.organisation import words
from pamong.web.organisation.acting import Act, act_page, below, line_told, since
from pamong.web.organisation.filling import fillable
from pamong.web.organisation.forms import (
    ClassForm,
    CloseForm,
    FreezeForm,
    LineForm,
    SeatsForm,
    TopForm,
    UnfreezeForm,
    UnitForm,
)
from pamong.web.organisation.picking import as_uid
from pamong.web.organisation.plans import code_of

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@login_required
@missing(UnitNotFound)
def unit_change(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give a unit another name, kind or parent from a day on."""
    unit = unit_to_change(request, uid)
    top = unit.kind is UnitKind.GOVERNMENT
    initial = {
        "name": unit.name, "short_name": unit.short_name, "kind": unit.kind.value, "is_opd": unit.is_opd,
        "unit_class": unit.unit_class, "parent": unit.parent_code,
    }  # fmt: skip
    form = bound(request, TopForm if top else UnitForm, initial)

    def run(asked: Mapping[str, Any]) -> None:
        values = {name: asked[name] for name in form.fields if name != "on" and asked[name] != initial[name]}
        services.change_unit(actor=request.actor, at=request.at, unit=uid, on=asked["on"], values=values)

    def told(asked: Mapping[str, Any]) -> Sequence[str]:
        more = (
            below(request.actor, uid, request.actor.on) if asked.get("parent", "") != unit.parent_code else ""
        )
        first = _("%(unit)s berubah %(since)s.") % {"unit": unit.name, "since": since(asked["on"])}
        return [line for line in (first, more) if line]

    title, lead = _("Ubah unit"), _("Nama, jenis, atau induk yang baru berlaku sejak tanggal yang Anda isi.")
    return act_page(
        request, Act(title, lead, form, run, told, _("Simpan perubahan"), trail(unit), page_of(uid))
    )


@require_http_methods(_METHODS)
@login_required
@missing(UnitNotFound)
def unit_new(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Make a unit below another from a day on."""
    above = unit_to_change(request, uid)
    form = bound(request, UnitForm, {"parent": above.code})

    def run(asked: Mapping[str, Any]) -> None:
        values = {name: asked[name] for name in form.fields if name != "on"}
        code = code_of(asked["name"], _taken(request, asked["name"]))
        services.create_unit(actor=request.actor, at=request.at, code=code, on=asked["on"], values=values)

    def told(asked: Mapping[str, Any]) -> Sequence[str]:
        return [_("%(unit)s dibentuk %(since)s.") % {"unit": asked["name"], "since": since(asked["on"])}]

    lead = _("Unit baru berdiri di bawah induknya sejak tanggal yang Anda isi.")
    act = Act(_("Bentuk unit"), lead, form, run, told, _("Bentuk unit"), trail(above), page_of(uid))
    return act_page(request, act)


@require_http_methods(_METHODS)
@login_required
@missing(UnitNotFound)
def unit_close(request: ActingRequest, uid: UUID) -> HttpResponse:
    """End a unit from a day on."""
    unit = unit_to_change(request, uid)
    form = bound(request, CloseForm, {})

    def run(asked: Mapping[str, Any]) -> None:
        services.close_unit(actor=request.actor, at=request.at, unit=uid, on=asked["on"])

    def told(asked: Mapping[str, Any]) -> Sequence[str]:
        return [_("%(unit)s tidak ada lagi %(since)s.") % {"unit": unit.name, "since": since(asked["on"])}]

    lead = _(
        "Unit yang masih memiliki posisi atau unit bawahan tidak dapat ditutup di sini. Untuk menggabungkan "
        "atau memindahkan isinya, susun penataan organisasi."
    )
    act = Act(_("Tutup unit"), lead, form, run, told, _("Tutup unit"), trail(unit), page_of(uid), danger=True)
    return act_page(request, act)


@require_http_methods(_METHODS)
@login_required
@missing(UnitNotFound)
def seats_new(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Add seats of one post to a unit from a day on."""
    unit = unit_to_change(request, uid)
    form = bound(request, SeatsForm, {})

    def run(asked: Mapping[str, Any]) -> None:
        post = as_uid(asked["post"]) or UUID(int=0)  # no post has this id: refused with its sentence
        services.create_seats(
            actor=request.actor, at=request.at, on=asked["on"], unit=uid, post=post, count=asked["count"],
            job_class=asked["job_class"], is_head=asked["is_head"], note=asked["note"],
        )  # fmt: skip

    def told(asked: Mapping[str, Any]) -> Sequence[str]:
        text = ngettext("%(count)s posisi ditambahkan", "%(count)s posisi ditambahkan", asked["count"])
        count = text % {"count": angka(asked["count"])}
        return [f"{count} {_('di %(unit)s') % {'unit': unit.name}} {since(asked['on'])}."]

    lead = _("Posisi baru kosong sampai seseorang diangkat ke situ.")
    act = Act(_("Tambah posisi"), lead, form, run, told, _("Tambah posisi"), trail(unit), page_of(uid))
    return act_page(request, act)


@require_safe
@login_required
@missing(SeatNotFound)
def seat(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a seat and what can be done about it."""
    view = _seat(request, uid)
    actor = request.actor
    (row,) = people.list_seats(actor=actor, on=actor.on, seats=[view.id])
    context = {
        "seat": row,
        "words": words,
        "fillable": uid in fillable(actor, [row]),
        "earlier": people.list_earlier_holders(actor=actor, at=request.at, on=actor.on, seat_id=view.id),
    }
    return render(request, "organisation/seat.html", context)


@require_http_methods(_METHODS)
@login_required
@missing(SeatNotFound)
def seat_class(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give a seat another class from a day on."""
    view = _seat(request, uid)
    form = bound(request, ClassForm, {"job_class": view.job_class, "note": view.note})

    def run(asked: Mapping[str, Any]) -> None:
        values = {"job_class": asked["job_class"], "note": asked["note"]}
        services.change_seat(actor=request.actor, at=request.at, seat=uid, on=asked["on"], values=values)

    def told(asked: Mapping[str, Any]) -> Sequence[str]:
        before = _("belum ada") if view.job_class is None else str(view.job_class)
        change = _("Kelas jabatan %(post)s: %(before)s menjadi %(after)s %(since)s.")
        follows = _("Tambahan Penghasilan Pegawai pemangkunya dihitung dengan kelas ini sejak tanggal itu.")
        told = {"post": view.post, "before": before, "after": asked["job_class"], "since": since(asked["on"])}
        return [change % told, follows]

    lead = _("Kelas jabatan menentukan Tambahan Penghasilan Pegawai.")
    return _seat_act(request, view, Act(_("Ubah kelas jabatan"), lead, form, run, told, _("Simpan"), (), ""))


@require_http_methods(_METHODS)
@login_required
@missing(SeatNotFound)
def seat_line(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Let a seat report to another from a day on, or to nobody."""
    view = _seat(request, uid)
    (row,) = people.list_seats(actor=request.actor, on=request.actor.on, seats=[view.id])
    form = bound(request, LineForm, {"superior": _superior(request, view)})

    def run(asked: Mapping[str, Any]) -> None:
        try:
            services.set_line(
                actor=request.actor, at=request.at, seat=uid, on=asked["on"],
                superior=None if asked["nobody"] else as_uid(asked["superior"]) or UUID(int=0),
            )  # fmt: skip
        except (NotAllowed, SeatNotFound) as error:  # about the other seat: told on the form
            refuse([Problem("line", str(error), "block")])

    def told(asked: Mapping[str, Any]) -> Sequence[str]:
        return line_told(request.actor, row, asked)

    lead = _("Permintaan cuti, penilaian, dan persetujuan pemangkunya mengikuti garis ini.")
    act = Act(_("Ubah atasan"), lead, form, run, told, _("Simpan"), (), "")
    return _seat_act(request, view, act, url("organisation:seat", uid))


@require_http_methods(_METHODS)
@login_required
@missing(SeatNotFound)
def seat_freeze(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Keep a seat from being filled, with a reason."""
    view = _seat(request, uid)
    form = bound(request, FreezeForm, {})

    def run(asked: Mapping[str, Any]) -> None:
        values = {"frozen": True, "note": asked["reason"]}
        services.change_seat(
            actor=request.actor, at=request.at, seat=uid, on=asked["on"], values=values, until=asked["until"]
        )

    def told(asked: Mapping[str, Any]) -> Sequence[str]:
        text = _("%(post)s dibekukan %(since)s: %(reason)s.")
        return [
            text % {"post": view.post, "since": since(asked["on"]), "reason": asked["reason"].rstrip(".")},
            _("Selama dibekukan, tidak ada yang diangkat ke posisi ini. Yang sedang memangkunya tetap."),
        ]

    lead = _("Posisi yang dibekukan tetap ada di peta jabatan, tetapi tidak diisi.")
    return _seat_act(request, view, Act(_("Bekukan posisi"), lead, form, run, told, _("Bekukan"), (), ""))


@require_http_methods(_METHODS)
@login_required
@missing(SeatNotFound)
def seat_unfreeze(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Let a frozen seat be filled again."""
    view = _seat(request, uid)
    form = bound(request, UnfreezeForm, {})

    def run(asked: Mapping[str, Any]) -> None:
        values = {"frozen": False, "note": ""}
        services.change_seat(actor=request.actor, at=request.at, seat=uid, on=asked["on"], values=values)

    def told(asked: Mapping[str, Any]) -> Sequence[str]:
        return [_("%(post)s boleh diisi lagi %(since)s.") % {"post": view.post, "since": since(asked["on"])}]

    lead = _("Posisi ini boleh diisi lagi sejak tanggal yang Anda isi.")
    return _seat_act(request, view, Act(_("Cairkan posisi"), lead, form, run, told, _("Cairkan"), (), ""))


@require_http_methods(_METHODS)
@login_required
@missing(SeatNotFound)
def seat_close(request: ActingRequest, uid: UUID) -> HttpResponse:
    """End a seat from a day on."""
    view = _seat(request, uid)
    form = bound(request, CloseForm, {})

    def run(asked: Mapping[str, Any]) -> None:
        services.close_seat(actor=request.actor, at=request.at, seat=uid, on=asked["on"])

    def told(asked: Mapping[str, Any]) -> Sequence[str]:
        text = _("%(post)s di %(unit)s tidak ada lagi %(since)s.")
        return [text % {"post": view.post, "unit": view.unit, "since": since(asked["on"])}]

    lead = _("Posisi yang masih dipangku seseorang tidak dapat dihapus.")
    act = Act(_("Hapus posisi"), lead, form, run, told, _("Hapus posisi"), (), "", danger=True)
    return _seat_act(request, view, act)


def _superior(request: ActingRequest, view: SeatView) -> str:
    if view.superior_id is None:
        return ""
    (above,) = people.list_seats(actor=request.actor, on=request.actor.on, seats=[view.superior_id])
    return str(above.uid)


def _seat_act(request: ActingRequest, view: SeatView, act: Act, back: str = "") -> HttpResponse:
    policies.require_others(request.actor, view.id)
    unit = organisation.get_unit(actor=request.actor, unit=view.unit_code, on=request.actor.on)
    where = [*trail(unit), (view.post, url("organisation:seat", view.uid))]
    whole = replace(act, where=where, back=back or page_of(unit.uid))
    return act_page(request, whole)


def unit_to_change(request: ActingRequest, uid: UUID) -> UnitView:
    """A unit as of today, for those who may change it. ``NotAllowed``, ``UnitNotFound``."""
    policies.require_any_change(request.actor)
    unit = organisation.get_unit(actor=request.actor, unit=uid, on=request.actor.on)
    policies.require_change(request.actor, unit.path)
    return unit


def _seat(request: ActingRequest, uid: UUID) -> SeatView:
    """The seat as of today, for those who may change it. ``NotAllowed``, ``SeatNotFound``."""
    policies.require_any_change(request.actor)
    view = organisation.get_seat(actor=request.actor, seat=uid, on=request.actor.on)
    unit = organisation.get_unit(actor=request.actor, unit=view.unit_code, on=request.actor.on)
    policies.require_change(request.actor, unit.path)
    return view


def bound(request: ActingRequest, kind: type[forms.Form], initial: Mapping[str, Any]) -> forms.Form:
    """A form with what was sent, or with what it begins with."""
    data = request.POST if request.method == "POST" else None
    return kind(data, initial={"on": request.actor.on, **initial})


def _taken(request: ActingRequest, name: str) -> set[str]:
    """Codes near the one that this name would get: of today and of any other day."""
    return organisation.list_codes(actor=request.actor, begins=code_of(name, ()))


def trail(unit: UnitView) -> list[tuple[str, str]]:
    """The steps that lead to a form about a unit."""
    return [(_("Organisasi"), url("organisation:tree")), (unit.name, page_of(unit.uid))]


def page_of(uid: UUID) -> str:
    """Where the page of a unit is."""
    return url("organisation:unit", uid)
