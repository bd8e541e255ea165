"""Numbers of a group of machines: whose each is since when, those of nobody, lists of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.attendance import queries, services
from pamong.attendance.choices import bare_pin
from pamong.attendance.errors import GroupNotFound
from pamong.attendance.queries import GroupPage
from pamong.attendance.services import Assigned
from pamong.documents import store
from pamong.people.queries import PersonRow, find_people, get_row
from pamong.web import handing, render
from pamong.web.days import parse_day
from pamong.web.formats import angka, tanggal
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.people.words import masked_nip
from pamong.web.presence.machine_forms import FromForm, NumbersForm, OwnerForm
from pamong.web.refusals import Refusal
from pamong.web.shapes import FIRST_FEW, MOST, Notice, Pages, page_number, uid_of
from pamong.web.steps import hand_on, take_up

PROGRAM = "pamong.jobs.pins"
_STEPS = "presence.numbers"
_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A list that was looked at: of which group, from when on."""

    group: str
    sha256: str
    name: str
    on: str


@require_safe
@login_required
@missing(GroupNotFound)
def group(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show whose the numbers of a group are, and those of nobody in recent days."""
    typed = request.GET.get("pin", "").strip()[:30]
    found = _group(request, uid, **_sought(request, typed), page=page_number(request.GET))
    more = {"pin": typed} if typed else {}
    pages = Pages(found.page, found.last, lambda number: url("presence:group", uid, hal=number, **more))
    unknown = queries.list_recent_unknown(actor=request.actor, group=uid)
    newest = {each.pin: each for each in reversed(found.owners)}  # of each number, the latest stands first
    context = {
        "found": found, "pages": pages, "typed": typed, "unknown": unknown, "newest": newest,
        "days": queries.RECENT,
    }  # fmt: skip
    return render(request, "presence/group.html", context)


def _sought(request: ActingRequest, typed: str) -> dict[str, Any]:
    """Whose numbers are asked for: one has figures, a name has none."""
    if not typed or any(letter.isdigit() for letter in typed):
        return {"pin": bare_pin(typed) if typed else ""}
    found = find_people(actor=request.actor, at=request.at, on=request.actor.on, words=typed, most=MOST)
    return {"persons": {each.uid for each in found}}


def _group(request: ActingRequest, uid: UUID, **asked: Any) -> GroupPage:
    found = queries.get_group(actor=request.actor, at=request.at, uid=uid, **asked)
    if found is None:
        raise GroupNotFound
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(GroupNotFound)
def owner(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say whose a number is: look for a person, choose him, store."""
    pin = (request.POST if request.method == "POST" else request.GET).get("pin", "").strip()[:30]
    page = _group(request, uid, pin=bare_pin(pin) if pin else "-", size=MOST)
    form, few = _owner_form(request)
    searching = request.POST.get("langkah") == "cari"
    if request.method == "POST" and not searching and form.is_valid():
        if not form.cleaned_data["person"]:
            form.add_error("person", _("Pegawai: cari namanya, lalu pilih satu."))
        else:
            with Refusal(NotAllowed, GroupNotFound, form=form):
                _assign(request, uid, form.cleaned_data)
                messages.success(request, _("Pemilik PIN %(pin)s dicatat.") % {"pin": pin})
                return redirect("presence:group", uid)
    wrong = request.method == "POST" and not searching
    context = {"form": form, "page": page, "few": few, "searching": searching, "wrong": wrong, "pin": pin}
    return render(request, "presence/pin_owner.html", context, status=422 if wrong else 200)


def _owner_form(request: ActingRequest) -> tuple[OwnerForm, str]:
    """The form with those who fit what was typed, and what to do where these are too many, or nobody."""
    sent, asked = request.method == "POST", request.GET
    again = None if sent else _who(request)
    initial = {
        "pin": asked.get("pin", ""), "on": parse_day(asked.get("sejak", "")),
        "words": again.name if again else "", "person": str(again.uid) if again else "",
    }  # fmt: skip
    form = OwnerForm(request.POST if sent else None, initial=initial)
    words = request.POST.get("words", again.name if again else "").strip()[:100]
    found = find_people(actor=request.actor, at=request.at, on=request.actor.on, words=words, most=MOST + 1)
    form.offer([(str(each.uid), _described(each)) for each in found[:MOST]])
    if len(found) > MOST:
        return form, FIRST_FEW % {"count": MOST}
    return form, _("Tidak ada yang cocok. Periksa ejaannya.") if sent and not found else ""


def _who(request: ActingRequest) -> PersonRow | None:
    """Whose number it was, where it is to be his again."""
    uid = uid_of(request.GET.get("orang", ""))
    return get_row(actor=request.actor, on=request.actor.on, uid=uid) if uid else None


def _described(person: PersonRow) -> str:
    parts = (person.full_name, person.unit or "–", person.nip and f"NIP {masked_nip(person.nip)}")
    return ", ".join(part for part in parts if part)


def _assign(request: ActingRequest, uid: UUID, said: dict[str, Any]) -> None:
    asked = [Assigned(said["pin"], UUID(said["person"]), said["on"])]
    services.assign_pins(actor=request.actor, at=request.at, group=uid, pins=asked)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(GroupNotFound)
def end(request: ActingRequest, uid: UUID, pin: str) -> HttpResponse:
    """Let a number be nobody's from a day on."""
    page = _group(request, uid, pin=bare_pin(pin), size=MOST)
    form = FromForm(request.POST if request.method == "POST" else None)

    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        with Refusal(NotAllowed, GroupNotFound, form=form):
            services.end_pin(actor=request.actor, at=request.at, group=uid, pin=pin, on=on)
            told = _("PIN %(pin)s bebas mulai %(on)s.")
            messages.success(request, told % {"pin": pin, "on": tanggal(on)})
            return redirect("presence:group", uid)
    context = {"form": form, "page": page, "pin": pin}
    return render(request, "presence/pin_end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(GroupNotFound)
def numbers(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a list of numbers and their owners: looked at first, then stored."""
    page, sent = _group(request, uid, size=1), request.method == "POST"
    if "kunci" in request.POST:
        return _store(request, uid)
    form = NumbersForm(request.POST, request.FILES) if sent else NumbersForm(initial={"on": request.actor.on})
    context: dict[str, Any] = {"form": form, "page": page, "looked": None}
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        sha256 = store.keep(file.chunks()).sha256
        on: date = form.cleaned_data["on"]
        kept = Kept(str(uid), sha256, file.name or "pin", on.isoformat())
        try:
            looked = _run(request, "look", kept)
            key = hand_on(asdict(kept), of=_STEPS, actor=request.actor)
            problems = [Notice(each) for each in looked["problems"][:_PROBLEMS]]
            context |= {"looked": looked, "kept": kept, "key": key, "problems": problems}
        except handing.FileRefused as error:
            form.add_error("file", str(error))
    return render(request, "presence/pin_list.html", context, status=422 if form.errors else 200)


def _run(request: ActingRequest, step: str, kept: Kept) -> dict[str, Any]:
    who = (str(request.actor.user_id), request.at.isoformat())
    told = handing.run(PROGRAM, step, kept.group, kept.sha256, kept.name, *who, kept.on)
    return dict(json.loads(told))


def _store(request: ActingRequest, uid: UUID) -> HttpResponse:
    told = take_up(request.POST["kunci"], of=_STEPS, actor=request.actor)
    if told is None or told["group"] != str(uid):
        told = _(
            "Pemeriksaan daftar ini tidak berlaku lagi, atau bukan untuk akun ini. Unggah lagi berkasnya."
        )
        messages.error(request, told)
        return redirect("presence:numbers", uid)
    try:
        done = _run(request, "store", Kept(**told))
    except handing.FileRefused as error:
        messages.error(request, str(error))
        return redirect("presence:numbers", uid)
    messages.success(request, _("%(count)s PIN dicatat.") % {"count": angka(done["new"])})
    return redirect("presence:group", uid)
