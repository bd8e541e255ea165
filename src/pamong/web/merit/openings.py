"""The form that opens a vacancy: which seat, by which elements and weights, until when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.decisions.errors import ContentUnfit
from pamong.kernel.errors import DomainError
from pamong.kernel.ids import uuid7
from pamong.merit import services
from pamong.merit.policies import OPEN
from pamong.web import render
from pamong.web.days import DayField
from pamong.web.entries.inputs import messages as faults
from pamong.web.organisation import picking
from pamong.web.organisation.picking import SEARCH, SEAT, PickField
from pamong.web.shapes import uid_of

KEY = "kunci"
_ELEMENTS = (
    ("paper", "Makalah", 20), ("assessment", "Uji kompetensi", 25), ("interview", "Wawancara", 35),
    ("track_record", "Rekam jejak", 20),
)  # fmt: skip
_LONG = 2000


class OpenForm(forms.Form):
    """What the announcement freezes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat = _("Jabatan yang akan diisi")
        self.fields["seat"] = PickField(label=seat, picks=SEAT, error_messages=faults(seat))
        for name, label in (
            ("closes_on", _("Pelamaran sampai")), ("needed_on", _("Diisi mulai")),
        ):  # fmt: skip
            self.fields[name] = DayField(label=label, error_messages=faults(label))
        names = _("Berapa nama yang disampaikan")
        self.fields["names"] = forms.IntegerField(
            label=names, initial=3, min_value=1, max_value=9, error_messages=faults(names)
        )
        for code, title, weight in _ELEMENTS:
            label = _("Bobot %(element)s (persen)") % {"element": title.lower()}
            self.fields[f"w_{code}"] = forms.IntegerField(
                label=label, initial=weight, required=False, min_value=0, max_value=100,
                error_messages=faults(label),
            )  # fmt: skip
        for name, label, hint in (
            ("requirements", _("Syarat khusus"), _("Dibekukan saat diumumkan.")),
            ("basis", _("Dasar masa pelamaran yang lebih pendek"), ""),
            ("consent", _("Nomor surat persetujuan Menteri"), _("Hanya pada masa pemilihan kepala daerah.")),
        ):  # fmt: skip
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=_LONG, help_text=hint, error_messages=faults(label),
                widget=forms.Textarea if name == "requirements" else forms.TextInput,
            )  # fmt: skip

    def asked(self) -> dict[str, Any] | None:
        """What a clean form asks for; None where the seat that was picked is none."""
        said = self.cleaned_data
        seat = uid_of(said["seat"])
        if seat is None:
            self.add_error("seat", _("Pilih posisinya dari daftar."))
            return None
        elements = [
            {"code": code, "title": title, "weight": said[f"w_{code}"]}
            for code, title, _weight in _ELEMENTS if said[f"w_{code}"]
        ]  # fmt: skip
        days = {name: said[name].isoformat() for name in ("closes_on", "needed_on")}
        plain = {name: said[name] for name in ("names", "requirements", "basis", "consent")}
        return {"seat": str(seat), "elements": elements, **days, **plain}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: ActingRequest) -> HttpResponse:
    """Show the form; propose the opening."""
    policies.require_whole(request.actor, OPEN)
    sent = request.POST if request.method == "POST" else None
    form = OpenForm(sent)
    searching = sent is not None and SEARCH in sent
    key = uid_of(request.POST.get(KEY, "")) or uuid7(request.at)
    if sent is not None and not searching and form.is_valid() and (asked := form.asked()):
        proposed = _proposed(request, form, asked, key)
        if proposed is not None:
            return redirect("decisions:decision", proposed)
    context = {
        "form": form, "pickers": picking.pickers(request.actor, form), "search": SEARCH,
        "searching": searching, "key": key,
    }  # fmt: skip
    failed = not searching and bool(form.errors)
    return render(request, "merit/open.html", context, status=422 if failed else 200)


def _proposed(request: ActingRequest, form: OpenForm, asked: dict[str, Any], key: UUID) -> UUID | None:
    try:
        done = services.propose_vacancy(actor=request.actor, at=request.at, key=key, asked=asked)
    except NotAllowed:
        raise
    except ContentUnfit as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
    except DomainError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Lowongan diajukan. Ia berdiri sesudah ditandatangani."))
    return done.uid
