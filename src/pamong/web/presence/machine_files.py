"""A machine's file is brought: looked at with all that it would do, its columns chosen if need be, stored."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pamong.access.middleware import ActingRequest
from pamong.attendance import policies, queries
from pamong.attendance.choices import Fault, FileForm
from pamong.attendance.errors import DeviceNotFound
from pamong.attendance.queries import DeviceView
from pamong.documents import store
from pamong.web import handing, render
from pamong.web.formats import angka, saat, tanggal
from pamong.web.missing import missing
from pamong.web.presence.devices import device_of
from pamong.web.presence.machine_forms import (
    ColumnsForm,
    MachineFileForm,
    SameMachineForm,
    guessed,
)
from pamong.web.shapes import Notice
from pamong.web.steps import hand_on, take_up

PROGRAM = "pamong.jobs.punches"
_STEPS = "presence.machine-file"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was handed in and not stored yet: for which machine, how it is read."""

    device: str
    serial: str
    sha256: str
    name: str
    through: str
    columns: Mapping[str, Any] | None = None
    headings: Sequence[str] = ()
    foreign: str = ""  # a serial number in it that is not the machine's


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(DeviceNotFound)
def upload(request: ActingRequest, uid: UUID | None = None) -> HttpResponse:
    """Take a file, look at it, choose the columns of a sheet, store it: each step sends what it was shown."""
    policies.require_import(request.actor)
    if "kunci" in request.POST:
        return _go_on(request)
    machines = queries.list_devices(actor=request.actor, on=request.actor.on)
    one = next((each for each in machines if each.uid == uid), None)
    if uid is not None and one is None:
        raise DeviceNotFound
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    choices = [] if one else [(str(each.uid), _named(each)) for each in machines]
    form = MachineFileForm(*sent, machines=choices, today=request.actor.on)
    if machines and form.is_bound and form.is_valid():
        kept = _keep(request, form, one, machines)
        try:
            return _shown(request, kept, _run(request, "look", kept))
        except handing.FileRefused as error:
            form.add_error("file", str(error))
    context = {"form": form, "device": one, "machines": machines}
    return render(request, "presence/device_file.html", context, status=422 if form.errors else 200)


def _named(device: DeviceView) -> str:
    return " · ".join(part for part in (device.serial, device.name, device.site) if part)


def _keep(request: ActingRequest, form: MachineFileForm, one: DeviceView | None, machines: Any) -> Kept:
    """Keep the file's bytes under their hash."""
    file = form.cleaned_data["file"]
    wish = form.cleaned_data.get("device", "")
    of = one or next(each for each in machines if str(each.uid) == wish)
    kept = store.keep(file.chunks())
    name = file.name or "berkas"
    return Kept(str(of.uid), of.serial, kept.sha256, name, form.through())


def _run(request: ActingRequest, step: str, kept: Kept) -> Any:
    """What the program of machines' files tells. ``FileRefused``."""
    asked = json.dumps({"through": kept.through, "columns": kept.columns})
    who = (str(request.actor.user_id), request.at.isoformat())
    told = handing.run(PROGRAM, step, kept.serial, kept.sha256, kept.name, *who, given=asked.encode())
    return json.loads(told)


def _go_on(request: ActingRequest) -> HttpResponse:
    """The step after a look: columns are chosen, or the file is stored."""
    told = take_up(request.POST["kunci"], of=_STEPS, actor=request.actor)
    if told is None:
        told = _(
            "Pemeriksaan berkas ini tidak berlaku lagi, atau bukan untuk akun ini. Unggah lagi berkasnya."
        )
        messages.error(request, told)
        return redirect("presence:device_files")
    kept = Kept(**told)
    try:
        if request.POST.get("langkah") == "simpan":
            return _stored(request, kept)
        return _chosen(request, kept)
    except handing.FileRefused as error:
        messages.error(request, str(error))
        return redirect("presence:device_file", kept.device)


def _stored(request: ActingRequest, kept: Kept) -> HttpResponse:
    same = SameMachineForm(request.POST, file=kept.foreign, machine=kept.serial) if kept.foreign else None
    if same and not same.is_valid():
        return _shown(request, kept, _run(request, "look", kept), same=same)
    done = _run(request, "store", kept)
    counts = {name: angka(done[name]) for name in ("new", "known", "asides", "again")}
    told = _("Berkas disimpan: %(new)s presensi baru, %(known)s sudah ada, %(asides)s disisihkan.") % counts
    if done["again"]:
        told += " " + _("%(again)s baris lain sudah disisihkan sebelumnya.") % counts
    messages.success(request, told)
    if why := _waits(done):
        messages.warning(request, why)
    return redirect("presence:device", kept.device)


def _waits(told: Mapping[str, Any]) -> str:
    """For whom the machine's watermark waits; '' where it waits for nobody."""
    if told["own"]:
        return _(
            "%(count)s presensi Anda sendiri atau keluarga disisihkan: minta petugas lain mengunggah berkas "
            "yang sama. Sampai saat itu data mesin ini belum dianggap lengkap, dan hari yang belum punya "
            "presensi tetap ditunggu."
        ) % {"count": angka(told["own"])}
    if told["behind"]:
        return _(
            "Presensi petugas pada %(day)s dari berkas sebelumnya masih menunggu petugas lain. Unggah dulu "
            "berkas itu, lalu berkas ini lagi. Sampai saat itu data mesin ini belum dianggap lengkap."
        ) % {"day": tanggal(date.fromisoformat(told["behind"]))}
    return ""


def _chosen(request: ActingRequest, kept: Kept) -> HttpResponse:
    """The preview of a sheet by the columns that were chosen, or its columns once more."""
    form = ColumnsForm(request.POST, headings=kept.headings, guess={})
    if not form.is_valid():
        kept = replace(kept, columns=None)
        return _shown(request, kept, _run(request, "look", kept), form)
    kept = replace(kept, columns=form.columns())
    looked = _run(request, "look", kept)
    if looked["refused"]:
        form.add_error(None, looked["refused"])
    return _shown(request, kept, looked, form)


def _shown(
    request: ActingRequest,
    kept: Kept,
    looked: dict[str, Any],
    form: ColumnsForm | None = None,
    same: SameMachineForm | None = None,
) -> HttpResponse:
    """The page of a file that was looked at: its columns to be chosen, or all that it would do."""
    context: dict[str, Any] = {"kept": kept, "columns": [], "form": form, "told": None, "same": None}
    if sheet := looked["sheet"]:
        kept = replace(kept, headings=tuple(sheet["headings"]))
        form = form or ColumnsForm(headings=kept.headings, guess=guessed(sheet["guess"]))
        samples = list(zip(*sheet["samples"], strict=True)) or [()] * len(kept.headings)
        fields = [form[f"kolom_{place}"] for place in range(len(kept.headings))]
        context |= {"form": form, "columns": list(zip(fields, samples, strict=True))}
    if looked["checked"]:
        context["told"] = _told(request, kept, looked)
    if looked["foreign"]:
        kept = replace(kept, foreign=looked["foreign"])
        context["same"] = same or SameMachineForm(file=kept.foreign, machine=kept.serial)
    context["key"] = hand_on(asdict(kept), of=_STEPS, actor=request.actor)
    status = 422 if any(each and each.errors for each in (form, same)) else 200
    return render(request, "presence/device_file_seen.html", context, status=status)


def _told(request: ActingRequest, kept: Kept, looked: dict[str, Any]) -> dict[str, Any]:
    """What a preview says, with dates and words instead of JSON."""
    checked = looked["checked"]
    device = device_of(request, UUID(kept.device))
    until = checked["until"] and datetime.fromisoformat(checked["until"])
    same = queries.list_same_files(actor=request.actor, sha256=kept.sha256)
    return looked | {
        "form": FileForm(looked["form"]),
        "span": [datetime.fromisoformat(each) for each in looked["span"] or ()],
        "events": [(line, datetime.fromisoformat(at), *whose) for line, at, *whose in looked["events"]],
        "aside": [(line, Fault(fault), raw, message) for line, fault, raw, message in looked["aside"]],
        "unknown": [
            (pin, count, date.fromisoformat(first), date.fromisoformat(last))
            for pin, count, first, last in looked["unknown"]
        ],
        "remarks": [Notice(each) for each in looked["remarks"]],
        "until": until and saat(until, device.zone),
        "waits": _waits(checked),
        "moves": bool(until and (device.watermark is None or until > device.watermark)),
        "before": [each for each in same if str(each.device) == kept.device],
        "elsewhere": [each for each in same if str(each.device) != kept.device],
    }
