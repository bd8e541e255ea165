"""What I proposed, or what is about me, with how it stands."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.decisions import queries
from pamong.web import render
from pamong.web.decisions import words
from pamong.web.decisions.inbox import tabs


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the reader's own, newest first."""
    context = {"rows": queries.list_own(actor=request.actor), "tabs": tabs(request, "decisions:mine")}
    return render(request, "decisions/mine.html", context | {"words": words})
