"""What the forms of leave send, and where a refusal stands."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.documents.media import FileUnsuitable
from pamong.kernel.errors import DomainError
from pamong.leave import services
from pamong.web.papers.fields import FILE

KEY = "kunci"


def ended(request: ActingRequest, form: forms.Form, uid: UUID, key: UUID) -> UUID | None:
    """The decision by which a leave is to end; None where it is refused, with the sentence at its field."""
    said = form.cleaned_data
    try:
        done = services.shorten_leave(
            actor=request.actor, at=request.at, key=key, leave=uid, last=said["last"], why=said["why"]
        )
    except NotAllowed:
        raise
    except DomainError as error:
        blame(form, error)
        return None
    messages.success(request, _("Perubahan cuti diajukan. Cuti yang lama berlaku sampai diputuskan."))
    return done.uid


def blame(form: forms.Form, error: DomainError) -> None:
    """Put a refusal at its field, else above all."""
    field = FILE if isinstance(error, FileUnsuitable) else getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, str(error))
