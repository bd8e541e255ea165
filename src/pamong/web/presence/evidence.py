"""Files that come with a form: kept at once, so that nothing is lost where something else is to be mended."""

from __future__ import annotations

from uuid import UUID

from django import forms

from pamong.access.middleware import ActingRequest
from pamong.attendance import services
from pamong.documents.media import FileUnsuitable
from pamong.web.shapes import uid_of


def kept_evidence(request: ActingRequest, form: forms.Form) -> UUID | None:
    """The evidence that came now, or with an earlier try; what can't be kept is told beside its field."""
    upload = request.FILES.get("evidence")
    if upload is not None and not form.has_error("evidence"):
        try:
            return services.attach(
                actor=request.actor, at=request.at, name=upload.name or "", data=upload.read()
            )
        except FileUnsuitable as error:
            form.add_error("evidence", str(error))
    return uid_of(request.POST.get("bukti", ""))
