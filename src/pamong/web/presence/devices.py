"""Machines of presence: until when each has told everything, its files, where it stands."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.attendance import policies, queries, services
from pamong.attendance.choices import Fault
from pamong.attendance.errors import DeviceNotFound
from pamong.attendance.queries import DeviceView
from pamong.organisation import policies as organisation_policies
from pamong.organisation.services import create_site
from pamong.web import handing, render
from pamong.web.formats import saat, tanggal
from pamong.web.handing import CSV, Download
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.presence.machine_forms import DeviceForm, FromForm, PlaceForm, SiteForm
from pamong.web.refusals import Refusal
from pamong.web.shapes import Link, Pages, page_number

LISTS = "pamong.jobs.lists"
# What can be done about an event that was set aside.
REMEDIES: dict[Fault, Any] = {
    Fault.NO_TIME: gettext_lazy("Periksa jam mesin. Bila orangnya hadir, ia mengajukan koreksi hari itu."),
    Fault.TOO_OLD: gettext_lazy("Setel jam mesin. Bila orangnya hadir, ia mengajukan koreksi hari itu."),
    Fault.FUTURE: gettext_lazy("Setel jam mesin. Bila orangnya hadir, ia mengajukan koreksi hari itu."),
    Fault.NOBODY: gettext_lazy("Catat pegawainya atau isi nomornya di berkas, lalu masukkan lagi berkasnya."),
    Fault.UNREADABLE: gettext_lazy("Ambil lagi datanya dari mesin, lalu masukkan berkas yang baru."),
    Fault.OTHER_CONTENT: gettext_lazy("Ambil lagi datanya dari mesin, lalu masukkan berkas yang baru."),
    Fault.OWN: gettext_lazy(
        "Petugas lain memasukkan berkas yang sama. Sesudah itu baris ini tidak tampil lagi."
    ),
    Fault.CLASH: gettext_lazy(
        "Periksa pemilik PIN-nya dan NIP di berkas. Betulkan yang keliru, lalu masukkan lagi berkasnya."
    ),
}


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the machines with their watermarks."""
    found = queries.list_devices(actor=request.actor, on=request.actor.on)
    groups = queries.list_groups(actor=request.actor)
    stations = queries.list_stations(actor=request.actor, on=request.actor.on)
    sites = [(uid, name, code, [each for each in found if each.site == name]) for uid, name, code in stations]
    context = {"found": found, "groups": groups, "sites": sites, "saat": saat}
    return render(request, "presence/devices.html", context)


@require_safe
@login_required
@missing(DeviceNotFound)
def machine(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one machine: its files, how much was set aside, where it stands, numbers that are nobody's."""
    page = queries.get_device(actor=request.actor, uid=uid)
    if page is None:
        raise DeviceNotFound
    return render(request, "presence/device.html", {"page": page, "saat": saat, "days": queries.RECENT})


def device_of(request: ActingRequest, uid: UUID) -> DeviceView:
    """A machine by its id. ``DeviceNotFound``."""
    machines = queries.list_devices(actor=request.actor, on=request.actor.on)
    found = next((each for each in machines if each.uid == uid), None)
    if found is None:
        raise DeviceNotFound
    return found


@require_safe
@login_required
@missing(DeviceNotFound)
def aside(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what was set aside of a machine's files, with what can be done about each."""
    device = device_of(request, uid)
    found = queries.list_aside(actor=request.actor, device=uid, page=page_number(request.GET))
    pages = Pages(found.page, found.last, lambda number: url("presence:device_aside", uid, hal=number))
    downloads = [Link(_("Unduh CSV"), url("presence:device_aside_file", uid))]
    context = {"device": device, "found": found, "pages": pages, "downloads": downloads}
    return render(request, "presence/device_aside.html", context | {"remedies": REMEDIES})


@require_safe
@login_required
@missing(DeviceNotFound)
def aside_file(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out all of what was set aside as a file."""
    serial = device_of(request, uid).serial
    who = (str(request.actor.user_id), request.at.isoformat())
    data = handing.run(LISTS, "aside", "csv", *who, json.dumps({"device": str(uid)}))
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in serial)
    return handing.answer(Download(f"disisihkan-{safe}.csv", CSV, data), "attachment")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: ActingRequest) -> HttpResponse:
    """Enter a machine."""
    policies.require_import(request.actor)
    sites = _sites(request)
    sent = request.POST if request.method == "POST" else None
    form = DeviceForm(sent, sites=sites, initial={"site": request.GET.get("lokasi", "")})

    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        with Refusal(NotAllowed, DeviceNotFound, form=form):
            made = services.enter_device(
                actor=request.actor, at=request.at, serial=said["serial"], group=said["group"],
                site=UUID(said["site"]), on=said["on"], name=said["name"],
            )  # fmt: skip
            messages.success(
                request, _("Mesin dicatat. Berikutnya: catat pemilik PIN, atau masukkan berkas.")
            )
            return redirect("presence:device", made)
    groups = queries.list_groups(actor=request.actor)
    context = {"form": form, "sites": sites, "groups": groups}
    return render(request, "presence/device_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def site_new(request: ActingRequest) -> HttpResponse:
    """Enter a place of work."""
    policies.require_import(request.actor)
    organisation_policies.require_change(request.actor, "")
    form = SiteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with Refusal(NotAllowed, form=form):
            made = create_site(actor=request.actor, at=request.at, **form.cleaned_data)
            messages.success(request, _("Lokasi dicatat. Berikutnya: catat mesinnya."))
            return redirect(url("presence:device_new", lokasi=made))
    return render(request, "presence/site_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(DeviceNotFound)
def move(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Let a machine stand at another site from a day on."""
    device = device_of(request, uid)
    sent = request.POST if request.method == "POST" else None
    form = PlaceForm(sent, sites=_sites(request), initial={"name": device.name})

    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        with Refusal(NotAllowed, DeviceNotFound, form=form):
            services.place_device(
                actor=request.actor, at=request.at, device=uid, site=UUID(said["site"]), on=said["on"],
                name=said["name"],
            )  # fmt: skip
            told = _("Tercatat: mesin ini di lokasi yang baru mulai %(on)s.")
            messages.success(request, told % {"on": tanggal(said["on"])})
            return redirect("presence:device", uid)
    context = {"form": form, "device": device}
    return render(request, "presence/device_move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(DeviceNotFound)
def end(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Let a machine be out of use from a day on."""
    device = device_of(request, uid)
    form = FromForm(request.POST if request.method == "POST" else None)

    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        with Refusal(NotAllowed, DeviceNotFound, form=form):
            services.end_device(actor=request.actor, at=request.at, device=uid, on=on)
            told = _("Tercatat: mesin ini tidak dipakai lagi mulai %(on)s.")
            messages.success(request, told % {"on": tanggal(on)})
            return redirect("presence:device", uid)
    context = {"form": form, "device": device}
    return render(request, "presence/device_end.html", context, status=422 if form.errors else 200)


def _sites(request: ActingRequest) -> list[tuple[str, str]]:
    found = queries.list_stations(actor=request.actor, on=request.actor.on)
    return [(str(uid), name) for uid, name, _code in found]
