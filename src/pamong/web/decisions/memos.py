"""Instructions by word of mouth: written down by who received them, so that it can be proven later."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.decisions import queries, services
from pamong.decisions.errors import ContentUnfit, DecisionNotFound, ReasonsMissing
from pamong.decisions.policies import MEMO
from pamong.web import render
from pamong.web.days import DayField
from pamong.web.decisions.inbox import tabs
from pamong.web.entries.inputs import messages as faults
from pamong.web.missing import missing
from pamong.web.presence.clocks import ClockField
from pamong.web.shapes import uid_of

ABOUT = "keputusan"
TEXT_MOST = 2000
_FIELDS = {"said_at": "clock"}


class MemoForm(forms.Form):
    """Who said it, when, what, and about which decision."""

    source = forms.CharField(
        label=gettext_lazy("Siapa yang memberi arahan"),
        help_text=gettext_lazy("Nama dan jabatannya, sejauh Anda tahu."),
        max_length=200,
        error_messages=faults(gettext_lazy("Siapa yang memberi arahan")),
    )
    day = DayField(label=gettext_lazy("Tanggal"), error_messages=faults(gettext_lazy("Tanggal")))
    clock = ClockField(
        label=gettext_lazy("Pukul"),
        help_text=gettext_lazy("Misalnya 22.10. Perkiraan boleh."),
        error_messages={"required": gettext_lazy("Pukul belum diisi.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Isi arahan"),
        help_text=gettext_lazy("Kata-katanya sedapat mungkin seperti yang Anda dengar."),
        widget=forms.Textarea,
        max_length=TEXT_MOST,
        error_messages=faults(gettext_lazy("Isi arahan")),
    )

    def __init__(self, about: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if about:
            label = _("Tentang keputusan")
            self.fields[ABOUT] = forms.ChoiceField(
                label=label, required=False, choices=[("", _("tidak tentang satu keputusan")), *about],
                error_messages=faults(label),
            )  # fmt: skip

    def said_at(self) -> datetime:
        """When it was said, in the government's zone."""
        zone = ZoneInfo(settings.PAMONG_ZONE)
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], zone)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(DecisionNotFound)
def index(request: ActingRequest) -> HttpResponse:
    """Show the reader's memos, to the inspector all of them; file one."""
    rows = queries.list_memos(actor=request.actor)
    form = _form(request) if policies.may(request.actor, MEMO) else None
    if request.method == "POST":
        policies.require(request.actor, MEMO)
        if form is not None and form.is_valid() and _filed(request, form):
            return redirect("decisions:memos")
    context = {"rows": rows, "form": form, "tabs": tabs(request, "decisions:memos")}
    failed = form is not None and bool(form.errors)
    return render(request, "decisions/memos.html", context, status=422 if failed else 200)


def _form(request: ActingRequest) -> MemoForm:
    about = uid_of(request.GET.get(ABOUT, ""))
    sent = request.POST if request.method == "POST" else None
    first = {"day": request.actor.on, ABOUT: str(about) if about else ""}
    return MemoForm(_choices(request, about), sent, initial=first)


def _choices(request: ActingRequest, about: UUID | None) -> list[tuple[str, str]]:
    """The reader's own decisions, and the one from whose page he came."""
    found = {str(row.uid): f"{row.kind_title}: {row.title}" for row in queries.list_own(actor=request.actor)}
    if about is not None and str(about) not in found:
        story = queries.get_story(actor=request.actor, at=request.at, decision=about)
        found = {str(about): f"{story.kind_title}: {story.told.title}", **found}
    return list(found.items())


def _filed(request: ActingRequest, form: MemoForm) -> bool:
    """File it; False where it is refused, with the sentence at its field."""
    said = form.cleaned_data
    try:
        services.file_memo(
            actor=request.actor, at=request.at, source=said["source"], text=said["text"],
            said_at=form.said_at(), decision=uid_of(said.get(ABOUT, "")),
        )  # fmt: skip
    except ReasonsMissing as error:
        form.add_error("text", str(error))
        return False
    except ContentUnfit as error:
        form.add_error(_FIELDS.get(error.field, error.field), str(error))
        return False
    messages.success(request, _("Arahan tersimpan. Hanya Anda dan Inspektorat yang membacanya."))
    return True
