"""A person's file as pages, and a number of it in full, with the reason that its owner can read."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.middleware import ActingRequest
from pamong.career.queries import find_next
from pamong.decisions.site import chosen_law
from pamong.people import queries
from pamong.people.errors import PersonNotFound, ReasonMissing
from pamong.web import render
from pamong.web.missing import missing
from pamong.web.people import reading, words
from pamong.web.people.parts import PartNotFound

REASON_MOST = 300


@require_safe
@login_required
@missing(PersonNotFound, PartNotFound)
def person(request: ActingRequest, uid: UUID, part: str = "") -> HttpResponse:
    """Show one part of somebody's file as of a date; without a part, the career as a timeline."""
    page = reading.person_page(request, uid, part)
    law = chosen_law()
    coming = None if part or law is None else find_next(
        actor=request.actor, at=request.at, person=uid, law=law
    )  # fmt: skip
    context = {"page": page, "file": page.file, "words": words, "coming": coming}
    return render(request, "people/person.html", context, block="file")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(PersonNotFound, PartNotFound)
def reveal(request: ActingRequest, uid: UUID, what: str) -> HttpResponse:
    """Ask why, unless it is one's own; then show one number in full."""
    if what not in queries.REVEALED:
        raise PartNotFound
    needs_reason = queries.reveal_needs_reason(actor=request.actor, uid=uid)
    row = queries.get_row(actor=request.actor, on=request.actor.on, uid=uid)
    context = {
        "uid": uid,
        "name": row.full_name if row else "",
        "what": what,
        "label": words.FACTS[queries.REVEALED[what][1]],
        "needs_reason": needs_reason,
        "number": "",
        "problem": "",
        "reason": request.POST.get("alasan", "").strip()[:REASON_MOST],
    }
    status = 200
    if request.method == "POST":
        try:
            number = queries.reveal(
                actor=request.actor, at=request.at, uid=uid, what=what, reason=str(context["reason"])
            )
            context["number"] = number or _("belum ada")
        except ReasonMissing as error:
            context["problem"], status = str(error), 422
    answer = render(request, "people/reveal.html", context, block="part", status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer
