"""A unit's roster of a month: seen as a table, brought as a sheet that is looked at before it is stored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.policies import may_over, require
from pamong.attendance import policies, queries
from pamong.attendance.choices import FREE
from pamong.attendance.errors import UnitUnknown
from pamong.attendance.queries import RosterCell
from pamong.documents import store
from pamong.kernel.clock import FIRST_DAY, LAST_DAY, WEEKDAYS
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.kernel.period import Period, month_period
from pamong.organisation.queries import list_units
from pamong.web import render
from pamong.web.formats import angka, bulan
from pamong.web.handing import XLSX, Download, answer, run
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.months import Steps, month_of, months_around, steps_of
from pamong.web.presence.forms import RosterForm
from pamong.web.refusals import Refusal
from pamong.web.shapes import Notice
from pamong.web.steps import hand_on, take_up

BACK, AHEAD = 3, 2  # months that can be chosen, around this one
_STEPS = "presence.roster"
_PROBLEMS = 100
_SHEET = "pamong.jobs.roster_sheet"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and in words what is particular about it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: whom it names, and his cells by day of the month."""

    name: str
    sub: str
    cells: Sequence[Cell]
    href: str = ""  # where his month is filled in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(UnitUnknown)
def roster(request: ActingRequest) -> HttpResponse:
    """Show a unit's month; look at a sheet, and store it once it was seen."""
    require(request.actor, policies.ROSTER)
    if request.method == "POST" and "kunci" in request.POST:
        return _store(request)
    units, months = roster_units(request), _months(request.actor.on)
    steps = roster_steps(request)
    first = steps.month
    unit = request.GET.get("unit", "") or (units[0][0] if len(units) == 1 else "")
    sent = request.method == "POST"
    form = RosterForm(
        *((request.POST, request.FILES) if sent else ()),
        units=[("", _("Pilih unit")), *units],
        months=months,
        initial={"unit": unit, "bulan": f"{first:%Y-%m}"},
    )
    looked = _looked(request, form) if sent and form.is_valid() else None
    context = _seen(request, unit, steps) if unit and not sent else {"roster": None}
    shown = {
        "form": form,
        "looked": looked,
        "units": units,
        "unit": unit,
        "first": first,
        "weekdays": WEEKDAYS,
    }
    return render(request, "presence/roster.html", context | shown, status=422 if form.errors else 200)


def roster_units(request: ActingRequest) -> list[tuple[str, str]]:
    """The units whose roster the actor may write, each below its own."""
    return [
        (unit.code, f"{'– ' * unit.depth}{unit.name}")
        for unit in list_units(actor=request.actor, on=request.actor.on)
        if may_over(request.actor, policies.ROSTER, unit.path)
    ]


def _months(today: date) -> list[tuple[str, str]]:
    return [(f"{first:%Y-%m}", bulan(first)) for first in reversed(months_around(today, BACK, AHEAD))]


def roster_steps(request: ActingRequest) -> Steps:
    """The month that the address names, else this one, with those beside it."""
    return steps_of(request.GET.get("bulan", ""), request.actor.on.replace(day=1), FIRST_DAY, LAST_DAY)


def _seen(request: ActingRequest, unit: str, steps: Steps) -> dict[str, Any]:
    first = steps.month
    month, words = month_period(first.year, first.month), request.GET.get("cari", "").strip()[:100]
    found = queries.month_roster(actor=request.actor, at=request.at, unit=unit, month=month, words=words)
    own = {"unit": unit, "bulan": f"{first:%Y-%m}"}
    lines = [
        Line(
            person.name, "", [_cell(person.cells.get(on)) for on in month.each_day()],
            url("presence:roster_person", person.uid, **own),
        )
        for person in found.people
    ]  # fmt: skip
    return {
        "roster": found, "lines": lines, "days": list(month.each_day()), "title": steps.title,
        "words": words,
        "steps": replace(steps, title=f"{found.unit}, {steps.title}"),
        "sheet": url("presence:roster_sheet", **own), "own": own,
    }  # fmt: skip


@require_safe
@login_required
@missing(UnitUnknown)
def sheet(request: ActingRequest) -> HttpResponse:
    """Hand out the sheet of a unit's month, with names and what stands already, to be filled in."""
    unit, first = request.GET.get("unit", ""), roster_steps(request).month
    month = month_period(first.year, first.month)
    with Refusal(NotAllowed, UnitUnknown) as refused:
        found = queries.month_roster(
            actor=request.actor, at=request.at, unit=unit, month=month, everyone=True
        )
        people = [
            (str(person.uid), person.name, {on.day: _cell(cell).text for on, cell in person.cells.items()})
            for person in found.people
        ]
        letters = [
            (each.code, f"{each.name} {each.starts:%H.%M}–{each.ends:%H.%M}") for each in found.letters
        ]
        told = {"days": month.days, "people": people, "letters": [*letters, (FREE, _("Libur"))]}
        data = run(_SHEET, given=json.dumps(told).encode())
        return answer(Download(f"jadwal-{slugify(unit)}-{first:%Y-%m}.xlsx", XLSX, data), "attachment")
    messages.error(request, refused.told)
    return redirect(url("presence:roster", unit=unit, bulan=f"{first:%Y-%m}"))


def _cell(cell: RosterCell | None) -> Cell:
    if cell is None:
        return Cell("")
    notes = [_("ditukar")] if cell.swapped else []
    notes += [_("dicatat sesudah harinya")] if cell.late else []
    return Cell("+".join(cell.codes) or FREE, ", ".join(notes))


def _looked(request: ActingRequest, form: RosterForm) -> dict[str, Any] | None:
    """What a sheet would do; None, and the form says why, where it can't be read at all."""
    upload = form.cleaned_data["file"]
    unit, first = form.cleaned_data["unit"], month_of(form.cleaned_data["bulan"]) or request.actor.on
    name, month = upload.name or "jadwal", month_period(first.year, first.month)
    kept = store.keep(upload.read())
    try:
        found = _bring(request, unit, month, name, store.read(kept.sha256), check=True)
    except (DomainError, InvalidValue) as error:
        form.add_error("file", str(error))
        return None
    lines = [
        Line(
            found.seen.names.get(row.line) or row.name or row.nip,
            row.nip if row.name or row.line in found.seen.names else "",
            [Cell(row.cells.get(on.day, "")) for on in month.each_day()],
        )
        for row in found.sheet.rows
    ]
    key = hand_on([kept.sha256, name, unit, f"{first:%Y-%m}"], of=_STEPS, actor=request.actor)
    problems = [Notice(str(each)) for each in found.problems[:_PROBLEMS]]
    if more := len(found.problems) - len(problems):
        problems.append(Notice(_("dan %(count)s masalah lain") % {"count": more}))
    return {
        "problems": problems, "lines": lines, "days": list(month.each_day()), "key": key, "name": name,
        "title": bulan(first), "changes": changes(found.seen.days, found.seen.late),
    }  # fmt: skip


def _store(request: ActingRequest) -> HttpResponse:
    """Store a sheet that was looked at; what has changed meanwhile is told anew."""
    told = take_up(request.POST["kunci"], of=_STEPS, actor=request.actor)
    if told is None:
        gone = _(
            "Pemeriksaan jadwal ini tidak berlaku lagi atau bukan untuk akun ini. Unggah lagi berkasnya."
        )
        messages.error(request, gone)
        return redirect("presence:roster")
    sha256, name, unit, month = told
    first = month_of(month) or request.actor.on
    period = month_period(first.year, first.month)
    found = _bring(request, unit, period, name, store.read(sha256), check=False)
    if found.stored is None:
        messages.error(
            request, _("Jadwal belum disimpan, datanya berubah sesudah diperiksa. Unggah lagi berkasnya.")
        )
    else:
        told = _("Jadwal disimpan: %(changes)s.")
        messages.success(request, told % {"changes": changes(found.stored.days, found.stored.late)})
    return redirect(url("presence:roster", unit=unit, bulan=month))


def changes(days: int, late: int) -> str:
    """How many days change, and how many of them are over, in words."""
    if not days:
        return _("tidak ada hari yang berubah")
    told = _("%(days)s hari berubah") % {"days": angka(days)}
    over = _("%(late)s hari di antaranya sudah lewat") % {"late": angka(late)}
    return f"{told}, {over}" if late else told


def _bring(request: ActingRequest, unit: str, month: Period, name: str, data: bytes, *, check: bool) -> Any:
    # Loaded only when asked for: the web process stays light.
    from pamong.interop.rosters import bring_roster  # noqa: PLC0415

    return bring_roster(
        actor=request.actor, at=request.at, unit=unit, month=month, name=name, data=data, check=check
    )
