"""The law as pages, open to everyone: what it says today, since when, and how well that is known."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.web import render
from pamong.web.law import comparing, reading
from pamong.web.law.reading import LawNotFound
from pamong.web.missing import missing

READ = "law:read"


@require_safe
@missing(LawNotFound)
def overview(request: ActingRequest) -> HttpResponse:
    """Show every parameter of the national law or of a region, with its value today."""
    policies.require(request.actor, READ)
    profile = request.GET.get("profil", "")
    found = reading.overview(request.actor.on, profile, settings.PAMONG_LAW_OVERLAY)
    return render(request, "law/index.html", {"found": found, "on": request.actor.on})


@require_safe
@missing(LawNotFound)
def parameter(request: ActingRequest, area: str, name: str) -> HttpResponse:
    """Show one parameter through time."""
    policies.require(request.actor, READ)
    profile = request.GET.get("profil", "")
    found = reading.parameter_view(f"{area}/{name}", request.actor.on, profile, settings.PAMONG_LAW_OVERLAY)
    return render(request, "law/parameter.html", {"found": found, "place": (area, name)})


@require_safe
def regulations(request: ActingRequest) -> HttpResponse:
    """List every regulation that a value rests on."""
    policies.require(request.actor, READ)
    return render(request, "law/regulations.html", {"rows": reading.regulations(settings.PAMONG_LAW_OVERLAY)})


@require_safe
@missing(LawNotFound)
def regulation(request: ActingRequest, code: str) -> HttpResponse:
    """Show one regulation and what is taken from it."""
    policies.require(request.actor, READ)
    found = reading.regulation_view(code, settings.PAMONG_LAW_OVERLAY)
    return render(request, "law/regulation.html", {"found": found})


@require_safe
@missing(LawNotFound)
def profile(request: ActingRequest, code: str) -> HttpResponse:
    """Show a region's choices, beside another's if one is chosen."""
    policies.require(request.actor, READ)
    other = request.GET.get("dengan", "")
    found = comparing.profile_view(code, request.actor.on, other, settings.PAMONG_LAW_OVERLAY)
    return render(request, "law/profile.html", {"found": found, "on": request.actor.on})
