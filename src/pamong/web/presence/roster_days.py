"""Somebody's month on a roster, filled in on the page: a letter for each day, by the rules of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pamong.access.middleware import ActingRequest
from pamong.attendance import queries, services
from pamong.attendance.choices import FREE
from pamong.attendance.errors import PersonUnknown, RosterUnfit, UnitUnknown
from pamong.attendance.queries import PersonDay, PersonRoster
from pamong.attendance.services import RosterFile, RosterLine
from pamong.kernel.clock import WEEKDAYS
from pamong.kernel.period import Period, month_period
from pamong.ledger.dated import MovedOn
from pamong.ledger.errors import MonthClosing
from pamong.web import render
from pamong.web.formats import bulan
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.presence.rosters import changes, roster_steps
from pamong.web.shapes import Notice

_HEADINGS = "KUNCI;{days}\n{person};{cells}\n"


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day with what can stand there, as pairs of letters and words; ``said`` is what stands in the field,
    ``was`` what stood when the page was made."""

    on: date
    weekday: str
    options: tuple[tuple[str, str], ...]
    said: str
    was: str
    late: bool


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(PersonUnknown, UnitUnknown)
def person(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show somebody's month on a roster; store the days that were changed."""
    first = roster_steps(request).month
    month = month_period(first.year, first.month)
    found = queries.get_person_roster(
        actor=request.actor, at=request.at, person=uid, month=month, unit=request.GET.get("unit", "")
    )
    back = url("presence:roster", unit=found.unit, bulan=f"{first:%Y-%m}")
    problems: list[Notice] = []
    if request.method == "POST":
        changed = _changed(request, found)
        try:
            messages.success(request, _store(request, found, month, changed))
            return redirect(back)
        except RosterUnfit as unfit:
            problems = [Notice(f"{each.column.capitalize()}: {each.message}.") for each in unfit.problems]
        except (MonthClosing, MovedOn) as error:
            problems = [Notice(str(error))]
    days = [_choice(request, day) for day in found.days]
    context = {"found": found, "days": days, "title": bulan(first), "back": back, "problems": problems}
    return render(request, "presence/roster_person.html", context, status=422 if problems else 200)


def _changed(request: ActingRequest, found: PersonRoster) -> dict[date, tuple[str, ...]]:
    """The days whose field says something else than when the page was made."""
    told: dict[date, tuple[str, ...]] = {}
    for day in found.days:
        said, was = (services.codes_of(request.POST.get(f"{name}{day.on.day}", "")) for name in ("h", "w"))
        if said and said != was:
            told[day.on] = tuple(part[:20] for part in said)
    return told


def _store(
    request: ActingRequest, found: PersonRoster, month: Period, days: dict[date, tuple[str, ...]]
) -> str:
    """Store the days as a sheet of one line; what was done, in a sentence. ``RosterUnfit``."""
    if not days:
        return _("Tidak ada hari yang diubah.")
    columns = ";".join(str(on.day) for on in days)
    cells = ";".join("+".join(codes) for codes in days.values())
    text = _HEADINGS.format(days=columns, person=found.uid, cells=cells)
    done = services.enter_roster(
        actor=request.actor, at=request.at, unit=found.unit, month=month,
        file=RosterFile("diisi-di-halaman.csv", text.encode()), rows=[RosterLine(1, found.uid, days)],
    )  # fmt: skip
    told = _("Jadwal %(name)s disimpan: %(changes)s.")
    return told % {"name": found.name, "changes": changes(done.days, done.late)}


def _choice(request: ActingRequest, day: PersonDay) -> DayChoice:
    stands = "" if day.cell is None else "+".join(day.cell.codes) or FREE
    said = request.POST.get(f"h{day.on.day}", stands)
    was = request.POST.get(f"w{day.on.day}", stands)
    options = [] if day.cell is not None else [("", _("belum ada jadwal"))]
    options += [(code, f"{code} · {words}") for code, words in day.choices]
    options.append((FREE, f"{FREE} · {_('Libur')}"))
    for other in (stands, said):
        if other not in dict(options):
            options.append((other, other))
    late = day.cell is not None and day.cell.late
    return DayChoice(day.on, WEEKDAYS[day.on.weekday()], tuple(options), said, was, late)
