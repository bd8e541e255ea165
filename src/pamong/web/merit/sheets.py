"""A member's scoring sheet: a grid that the keyboard walks through row by row; a correction by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.kernel.errors import DomainError
from pamong.merit import queries, services
from pamong.merit.errors import NotNow, NotOnPanel, ScoreUnfit, VacancyNotFound
from pamong.merit.queries import Sheet
from pamong.merit.services import Given
from pamong.web import render
from pamong.web.merit import words
from pamong.web.missing import missing
from pamong.web.shapes import Notice, uid_of

_CELL = "nilai-"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(VacancyNotFound)
def sheet(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one's own sheet; keep what was filled in."""
    found = _sheet(request, uid)
    if found is None:
        return redirect("merit:vacancy", uid)
    if request.method != "POST":
        return _page(request, found, {}, ())
    given, faults = _read(found, request.POST)
    if faults:
        return _page(request, found, request.POST, faults)
    try:
        count = services.give_scores(actor=request.actor, at=request.at, vacancy=uid, scores=given)
    except ScoreUnfit as error:
        return _page(request, found, request.POST, (Notice(str(error), f"#{_CELL}{error.field}"),))
    except (NotNow, NotOnPanel) as error:
        messages.warning(request, str(error))
        return redirect("merit:vacancy", uid)
    told = ngettext("%(count)s nilai disegel.", "%(count)s nilai disegel.", count) % {"count": count}
    messages.success(request, told)
    return redirect("merit:sheet", uid)


def _sheet(request: ActingRequest, uid: UUID) -> Sheet | None:
    """One's own sheet; None, with a sentence, before it is time."""
    try:
        return queries.get_sheet(actor=request.actor, at=request.at, vacancy=uid)
    except NotOnPanel as error:
        raise NotAllowed(str(error)) from error
    except NotNow as error:
        messages.warning(request, str(error))
        return None


def _read(found: Sheet, sent: Mapping[str, str]) -> tuple[list[Given], list[Notice]]:
    """The cells that were filled in; those that are no score, each with its place."""
    given, faults = [], []
    for row in found.rows:
        for cell in row.cells:
            name = f"{_CELL}{row.application.hex}-{cell.element}"
            text = sent.get(name, "").strip()
            if cell.value is not None or not text:
                continue
            value = words.hundredths(text)
            if value is None:
                told = _("%(name)s: '%(text)s' bukan nilai 0 sampai 100 dengan paling banyak dua desimal.")
                faults.append(Notice(told % {"name": row.name, "text": text[:20]}, f"#{name}"))
            else:
                given.append(Given(row.application, cell.element, value))
    return given, faults


def _page(request: ActingRequest, found: Sheet, sent: Mapping[str, str], faults: Any) -> HttpResponse:
    missing_cells = sum(cell.value is None for row in found.rows for cell in row.cells)
    context = {
        "sheet": found, "sent": sent, "faults": faults, "words": words, "missing": missing_cells,
        "prefix": _CELL,
    }  # fmt: skip
    return render(request, "merit/sheet.html", context, status=422 if faults else 200)


@require_POST
@login_required
@missing(VacancyNotFound)
def correct(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Put another score in the place of one's own, with a reason."""
    if _sheet(request, uid) is None:
        return redirect("merit:vacancy", uid)
    application, _dot, element = request.POST.get("sel", "").partition(".")
    value, whose = words.hundredths(request.POST.get("nilai", "")), uid_of(application)
    if value is None or whose is None:
        messages.warning(request, _("Pilih nilai yang dibetulkan, lalu isi nilai 0 sampai 100."))
        return redirect("merit:sheet", uid)
    try:
        services.correct_score(
            actor=request.actor, at=request.at, vacancy=uid, score=Given(whose, element, value),
            reason=request.POST.get("alasan", ""),
        )  # fmt: skip
    except DomainError as error:
        messages.warning(request, str(error))
        return redirect("merit:sheet", uid)
    messages.success(request, _("Nilai dibetulkan. Nilai yang pertama tetap tercatat."))
    return redirect("merit:sheet", uid)
