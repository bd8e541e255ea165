"""What letters of rosters mean in a unit, and on how many days a week it works: seen, and changed by date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.policies import require
from pamong.attendance import policies, queries, services
from pamong.attendance.errors import ShiftUnknown, UnitUnknown
from pamong.attendance.queries import UnitShifts
from pamong.attendance.services import Touched
from pamong.decisions.site import site_law
from pamong.web import render
from pamong.web.formats import angka, tanggal
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.presence.hours import Hours, week_hours
from pamong.web.presence.rosters import roster_units
from pamong.web.presence.shift_forms import EndShiftForm, ShiftForm, WeekForm
from pamong.web.refusals import Refusal

SAVE = "simpan"
Foretell = Callable[[], list[str]]


@require_safe
@login_required
@missing(UnitUnknown)
def index(request: ActingRequest) -> HttpResponse:
    """Show the letters and the week of a unit."""
    require(request.actor, policies.ROSTER)
    units = roster_units(request)
    unit = request.GET.get("unit", "") or (units[0][0] if units else "")
    found = _unit(request, unit) if unit else None
    context = {"units": units, "unit": unit, "found": found, "hours": _hours(request, found)}
    return render(request, "presence/shifts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(UnitUnknown)
def new(request: ActingRequest) -> HttpResponse:
    """Let a unit use another letter."""
    found = _unit(request, request.GET.get("unit", ""))
    sent = request.method == "POST"
    form = ShiftForm(request.POST if sent else None, fresh=True, initial={"on": request.actor.on})

    def asked() -> dict[str, Any]:
        code = form.cleaned_data["code"]
        return {"unit": found.unit, "code": code, "on": form.since, "times": form.times, "fresh": True}

    def foretold() -> list[str]:
        touched = services.check_shift(actor=request.actor, **asked())
        return _told_new(touched, form.cleaned_data["code"].strip().upper(), found.name)

    def store() -> str:
        services.define_shift(actor=request.actor, at=request.at, **asked())
        return _("Kode dinas disimpan. Kode ini sudah dapat dipakai di jadwal.")

    context = {"title": _("Kode dinas baru"), "unit": found.unit, "unit_name": found.name, "shift": None}
    return _act(request, form, foretold, store, context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(ShiftUnknown, UnitUnknown)
def shift(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a letter through time; give it other times from a day on."""
    view = queries.get_shift(actor=request.actor, uid=uid, on=request.actor.on)
    stood = view.now or view.next or view.spans[-1]
    sent = request.method == "POST"
    form = ShiftForm(request.POST if sent else None, fresh=False, stood=stood)

    def asked() -> dict[str, Any]:
        return {"unit": view.unit, "code": view.code, "on": form.since, "times": form.times}

    def foretold() -> list[str]:
        return _told_times(services.check_shift(actor=request.actor, **asked()), tanggal(form.since))

    def store() -> str:
        services.define_shift(actor=request.actor, at=request.at, **asked())
        since = {"since": tanggal(form.since)}
        told = _("Jam dinas disimpan. Hari sebelum %(since)s tetap memakai jam yang lama.") % since
        if form.since < request.actor.on:
            told += " " + _("Hari jadwal yang sudah lewat sejak tanggal itu dihitung ulang.")
        return told

    title = _("Dinas %(code)s") % {"code": view.code}
    context = {"title": title, "unit": view.unit, "unit_name": view.unit_name, "shift": view}
    return _act(request, form, foretold, store, context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(ShiftUnknown, UnitUnknown)
def end(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Let a letter end."""
    view = queries.get_shift(actor=request.actor, uid=uid, on=request.actor.on)
    form = EndShiftForm(request.POST if request.method == "POST" else None)

    def asked() -> dict[str, Any]:
        return {"unit": view.unit, "code": view.code, "on": form.cleaned_data["on"]}

    def foretold() -> list[str]:
        services.check_end(actor=request.actor, **asked())
        return [
            _("Tidak ada hari jadwal yang memakai kode ini sejak tanggal itu."),
            _("Bila unit di atasnya memakai kode yang sama, kode itu berlaku lagi di sini."),
        ]

    def store() -> str:
        services.end_shift(actor=request.actor, at=request.at, **asked())
        return _("Kode dinas diakhiri. Jadwal yang lama tetap seperti adanya.")

    title = _("Akhiri dinas %(code)s") % {"code": view.code}
    context = {"title": title, "unit": view.unit, "unit_name": view.unit_name, "shift": view}
    return _act(request, form, foretold, store, context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(UnitUnknown)
def week(request: ActingRequest) -> HttpResponse:
    """Let a unit work another number of days a week."""
    policies.require_import(request.actor)
    found = _unit(request, request.GET.get("unit", ""))
    stands = found.week.week if found.week else ""
    form = WeekForm(request.POST if request.method == "POST" else None, initial={"week": stands})

    def asked() -> dict[str, Any]:
        return {"unit": found.unit, **form.cleaned_data}

    def foretold() -> list[str]:
        return _told_week(services.check_week(actor=request.actor, **asked()))

    def store() -> str:
        services.set_week(actor=request.actor, at=request.at, **asked())
        return _("Hari kerja unit disimpan.")

    context = {"title": _("Ubah hari kerja"), "unit": found.unit, "unit_name": found.name, "shift": None}
    return _act(request, form, foretold, store, context)


def _act(
    request: ActingRequest, form: forms.Form, foretold: Foretell, store: Callable[[], str], context: Any
) -> HttpResponse:
    """Tell what a form would do, and do it once that was seen."""
    told: list[str] = []
    if form.is_bound and form.is_valid():
        with Refusal(NotAllowed, ShiftUnknown, form=form):
            told = foretold()
            if request.POST.get("langkah") == SAVE:
                messages.success(request, store())
                return redirect(url("presence:shifts", unit=context["unit"]))
    context |= {"form": form, "told": told if not form.errors else []}
    return render(request, "presence/shift.html", context, status=422 if form.errors else 200)


def _unit(request: ActingRequest, unit: str) -> UnitShifts:
    return queries.get_unit_shifts(actor=request.actor, unit=unit, on=request.actor.on)


def _hours(request: ActingRequest, found: UnitShifts | None) -> tuple[Hours, ...]:
    """The hours of the unit's week; none where nobody named one, or no region is chosen."""
    if found is None or found.week is None or not settings.PAMONG_PROFILE:
        return ()
    return week_hours(site_law(), found.week.week, request.actor.on)


def _told_new(touched: Touched, code: str, unit: str) -> list[str]:
    told = [
        _("Kode %(code)s dapat dipakai di jadwal %(unit)s dan unit di bawahnya.")
        % {"code": code, "unit": unit}
    ]
    if touched.left:
        told.append(
            _("%(count)s hari jadwal memakai kode ini dari unit di atasnya dan tetap memakai jam itu sampai "
              "jadwalnya disimpan lagi.") % {"count": angka(touched.left)}
        )  # fmt: skip
    return told


def _told_times(touched: Touched, since: str) -> list[str]:
    if not touched.days:
        return [_("Sejak %(since)s belum ada hari jadwal yang memakai kode ini.") % {"since": since}]
    told = [
        _("%(days)s hari jadwal dari %(people)s pegawai sejak %(since)s mengikuti jam baru.")
        % {"days": angka(touched.days), "people": angka(touched.people), "since": since}
    ]
    if touched.begun:
        told.append(
            _("%(count)s hari di antaranya sudah lewat dan dihitung ulang. Bila bulannya sudah dibayar, "
              "selisihnya masuk bulan berikutnya.") % {"count": angka(touched.begun)}
        )  # fmt: skip
    return told


def _told_week(touched: Touched) -> list[str]:
    told = [_("%(count)s pegawai mengikuti hari kerja unit ini.") % {"count": angka(touched.people)}]
    if touched.left:
        told.append(
            _("%(count)s di antaranya punya jadwal dinas dan tetap mengikuti jadwalnya.")
            % {"count": angka(touched.left)}
        )
    told.append(_("Hari sejak tanggal itu dihitung ulang."))
    return told
