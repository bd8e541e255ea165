"""Taking a proposal back; objecting from outside, and being content again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
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
from pamong.decisions.errors import (
    DecisionClosed,
    DecisionNotFound,
    ObjectionNotFound,
    ReasonsMissing,
)
from pamong.decisions.policies import OBJECT
from pamong.decisions.queries import Story
from pamong.web import render
from pamong.web.entries.inputs import messages as faults
from pamong.web.missing import missing

TEXT_MOST = 1000


class ReasonForm(forms.Form):
    """Why; not ``needed`` from who takes back what is about himself."""

    def __init__(self, needed: bool, label: str, hint: str, data: Any = None) -> None:
        super().__init__(data)
        self.fields["reason"] = forms.CharField(
            label=label, help_text=hint, widget=forms.Textarea, required=needed, max_length=TEXT_MOST,
            error_messages=faults(label),
        )  # fmt: skip


class ObjectionForm(forms.Form):
    """Which body objects, and why."""

    by = forms.CharField(
        label=gettext_lazy("Yang keberatan"),
        help_text=gettext_lazy("Nama lembaganya, misalnya: Inspektorat Kota."),
        max_length=150,
        error_messages={"required": gettext_lazy("Yang keberatan belum diisi.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Alasan keberatan"),
        help_text=gettext_lazy("Aturan atau fakta yang menjadi alasannya. Semua pihak membacanya."),
        widget=forms.Textarea,
        max_length=TEXT_MOST,
        error_messages={"required": gettext_lazy("Alasan keberatan belum diisi.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(DecisionNotFound)
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Ask once more, then take back one's own proposal."""
    story = queries.get_proposed_story(actor=request.actor, at=request.at, decision=uid)
    if not story.may_withdraw:
        messages.warning(request, str(DecisionClosed(story.state.label)))
        return redirect("decisions:decision", uid)
    hint = _("Satu kalimat. Yang bersangkutan dan Inspektorat membacanya.")
    form = ReasonForm(not story.about_actor, _("Alasan penarikan"), hint, _sent(request))
    if request.method == "POST" and (story.about_actor or form.is_valid()):
        try:
            reason = request.POST.get("reason", "")[:TEXT_MOST]
            services.withdraw(actor=request.actor, at=request.at, decision=uid, reason=reason)
        except ReasonsMissing as error:
            form.add_error("reason", str(error))
        except DecisionClosed as error:
            messages.warning(request, str(error))
            return redirect("decisions:decision", uid)
        else:
            messages.success(request, _("Usulan ditarik. Usulan itu tetap tercatat."))
            return redirect("decisions:mine")
    return _ask(request, story, form, _withdrawing(story))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(DecisionNotFound)
def object_to(request: ActingRequest, uid: UUID) -> HttpResponse:
    """File an objection: nothing is signed until it is lifted."""
    policies.require(request.actor, OBJECT)
    story = queries.get_story(actor=request.actor, at=request.at, decision=uid)
    if not story.may_object:
        messages.warning(request, str(DecisionClosed(story.state.label)))
        return redirect("decisions:decision", uid)
    form = ObjectionForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.object_to(actor=request.actor, at=request.at, decision=uid, **form.cleaned_data)
        except ReasonsMissing as error:
            form.add_error("text", str(error))
        except DecisionClosed as error:
            messages.warning(request, str(error))
            return redirect("decisions:decision", uid)
        else:
            messages.success(
                request, _("Keberatan tersimpan. Keputusan ini ditahan sampai Anda mencabutnya.")
            )
            return redirect("decisions:decision", uid)
    return _ask(request, story, form, _OBJECTING)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(DecisionNotFound, ObjectionNotFound)
def lift(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say what satisfied an objection of one's own, so that the decision goes on."""
    story = queries.get_story_of_objection(actor=request.actor, at=request.at, objection=uid)
    hint = _("Apa yang sudah dijawab atau dibetulkan. Semua pihak membacanya.")
    form = ReasonForm(True, _("Yang menjawab keberatan Anda"), hint, _sent(request))
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["reason"]
        try:
            services.lift_objection(actor=request.actor, at=request.at, objection=uid, answer=answer)
        except ReasonsMissing as error:
            form.add_error("reason", str(error))
        except DecisionClosed as error:
            messages.warning(request, str(error))
            return redirect("decisions:decision", story.uid)
        else:
            messages.success(request, _("Keberatan dicabut. Keputusan ini dapat diteruskan."))
            return redirect("decisions:decision", story.uid)
    return _ask(request, story, form, _LIFTING)


_OBJECTING = {
    "title": gettext_lazy("Ajukan keberatan"),
    "lead": gettext_lazy("Selama keberatan ini terbuka, keputusan itu tidak dapat ditandatangani."),
    "verb": gettext_lazy("Ajukan keberatan"),
}
_LIFTING = {
    "title": gettext_lazy("Cabut keberatan"),
    "lead": gettext_lazy("Sesudah dicabut, keputusan ini dapat ditandatangani lagi."),
    "verb": gettext_lazy("Cabut keberatan"),
}


def _sent(request: ActingRequest) -> Any:
    """What a form sent, also where that is nothing; None where none was sent."""
    return request.POST if request.method == "POST" else None


def _withdrawing(story: Story) -> dict[str, Any]:
    return {
        "title": _("Tarik usulan"),
        "lead": _("Usulan ini tidak diteruskan lagi, tetapi tetap tercatat sebagai ditarik."),
        "verb": _("Tarik usulan"),
        "kind": "danger",
        "plain": story.about_actor,
    }


def _ask(request: ActingRequest, story: Story, form: forms.Form, asked: dict[str, Any]) -> HttpResponse:
    context = {"kind": "primary", "plain": False, **asked, "story": story, "form": form}
    return render(request, "decisions/ask.html", context, status=422 if form.errors else 200)
