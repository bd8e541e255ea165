"""The gallery page, and the explanation that its lazy number loads."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.web import render
from pamong.web.gallery import samples


@require_safe
@login_required
def gallery(request: ActingRequest) -> HttpResponse:
    """Show every component in its states."""
    _let_in(request)
    return render(request, "gallery/gallery.html", samples.context())


@require_safe
@login_required
def explanation(request: ActingRequest) -> HttpResponse:
    """Show the sample explanation: a page of its own, or the part that htmx asks for."""
    _let_in(request)
    return render(request, "gallery/explanation.html", {"tree": samples.TREE}, block="part")


def _let_in(request: ActingRequest) -> None:
    """For the system operator, on a demo or a developer's machine; elsewhere the page does not exist."""
    policies.require(request.actor, "system:operate")
    if not (settings.DEBUG or settings.PAMONG_DEMO):
        raise Http404
