"""Applying on a phone: what the law says of oneself, and one button; afterwards one's own scores and rank,
and the proof of them to keep."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.kernel.errors import DomainError
from pamong.ledger.errors import KeyMissing, NotSealedYet, OpeningsErased, PlacedNotFound
from pamong.ledger.tree.errors import TreeError
from pamong.ledger.tree.proof_file import SUFFIX
from pamong.merit import events, queries, services
from pamong.merit.errors import NotNow, VacancyNotFound
from pamong.web import render
from pamong.web.ledger.seals import seals
from pamong.web.merit import words
from pamong.web.missing import missing


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(VacancyNotFound)
def apply(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one's own conditions; take the application."""
    if request.method == "POST":
        return _apply(request, uid)
    own = queries.find_own(actor=request.actor, vacancy=uid)
    refs = [own.uid, *([own.result] if own.result else [])] if own else []
    found = seals(request, refs, events.Applied.kind, events.Ranked.kind)
    context = {
        "vacancy": queries.get_vacancy(actor=request.actor, at=request.at, vacancy=uid),
        "own": own,
        "conditions": own.conditions if own else queries.try_own(actor=request.actor, vacancy=uid),
        "seal": found.of(own.result or own.uid) if own else None,
        "words": words,
    }
    return render(request, "merit/apply.html", context)


@require_safe
@login_required
@missing(VacancyNotFound, NotNow, NotSealedYet, PlacedNotFound, OpeningsErased, KeyMissing, TreeError)
def receipt(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out the proof of one's own rank and scores, opened, to be kept."""
    number, proof = queries.get_receipt(actor=request.actor, vacancy=uid)
    answer = HttpResponse(proof, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="bukti-peringkat-{number}{SUFFIX}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _apply(request: ActingRequest, uid: UUID) -> HttpResponse:
    try:
        done = services.apply(actor=request.actor, at=request.at, vacancy=uid)
    except (NotAllowed, VacancyNotFound):
        raise
    except DomainError as error:
        messages.warning(request, str(error))
        return redirect("merit:vacancy", uid)
    if done.bars:
        messages.warning(
            request, _("Lamaran tersimpan, tetapi ada syarat yang tidak terpenuhi. Baca sebabnya.")
        )
    else:
        messages.success(request, _("Lamaran Anda tersimpan."))
    return redirect("merit:apply", uid)
