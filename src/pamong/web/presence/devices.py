"""Machines of presence: until when each has told everything, its files, what was set aside, its numbers."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.attendance import queries
from pamong.attendance.errors import DeviceNotFound
from pamong.web import render
from pamong.web.formats import saat
from pamong.web.missing import missing


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the machines with their watermarks."""
    found = queries.list_devices(actor=request.actor, on=request.actor.on)
    return render(request, "presence/devices.html", {"found": found, "saat": saat})


@require_safe
@login_required
@missing(DeviceNotFound)
def device(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one machine: its files, what was set aside, numbers that are nobody's."""
    page = queries.get_device(actor=request.actor, uid=uid)
    if page is None:
        raise DeviceNotFound
    return render(request, "presence/device.html", {"page": page, "saat": saat})
