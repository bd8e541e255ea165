"""Delegations of one's own seats: those that hold, and a form to propose another."""

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
from pamong.decisions import queries, services
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.policies import DELEGATE
from pamong.decisions.types import kinds
from pamong.kernel.errors import DomainError
from pamong.kernel.ids import uuid7
from pamong.people import queries as people
from pamong.web import render
from pamong.web.days import DayField
from pamong.web.decisions.inbox import tabs
from pamong.web.entries.inputs import messages as faults
from pamong.web.ledger.seals import seals_of_bases
from pamong.web.organisation import picking
from pamong.web.organisation.picking import SEARCH, SEAT, PickField
from pamong.web.shapes import uid_of

KEY = "kunci"


class DelegationForm(forms.Form):
    """From which seat, to which, of what, from when to when."""

    def __init__(self, own: list[tuple[str, str]], everybody: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat = _("Posisi yang keputusannya didelegasikan")
        if everybody:
            self.fields["seat"] = PickField(label=seat, picks=SEAT, error_messages=faults(seat))
        else:
            self.fields["seat"] = forms.ChoiceField(label=seat, choices=own, error_messages=faults(seat))
        to = _("Dijawab oleh pemangku posisi")
        self.fields["to_seat"] = PickField(
            label=to, picks=SEAT, error_messages=faults(to),
            help_text=_("Cari posisinya. Yang menjawab adalah pemangkunya pada hari itu."),
        )  # fmt: skip
        what = _("Jenis keputusan")
        self.fields["kinds"] = forms.MultipleChoiceField(
            label=what, choices=[(kind.code, kind.title) for kind in kinds()],
            widget=forms.CheckboxSelectMultiple, error_messages=faults(what),
        )  # fmt: skip
        for name, label in (("first", _("Hari pertama")), ("last", _("Hari terakhir"))):
            self.fields[name] = DayField(label=label, error_messages=faults(label))
        self.fields["note"] = forms.CharField(
            label=_("Catatan"), required=False, max_length=300, error_messages=faults(_("Catatan"))
        )

    def asked(self) -> dict[str, Any] | None:
        """What a clean form asks for; None where a seat that was picked is none."""
        said = self.cleaned_data
        seats = {name: uid_of(said[name]) for name in ("seat", "to_seat")}
        for name, uid in seats.items():
            if uid is None:
                self.add_error(name, _("Pilih posisinya dari daftar."))
        if None in seats.values():
            return None
        return {**seats, "what": said["kinds"]} | {name: said[name] for name in ("first", "last", "note")}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """Show the delegations from and to the reader's seats; propose one."""
    everybody = bool(policies.may_over(request.actor, DELEGATE, ""))
    if not (everybody or request.actor.seats):
        raise NotAllowed(_("Pendelegasian hanya untuk pemangku jabatan dan petugas kepegawaian."))
    sent = request.POST if request.method == "POST" else None
    form = DelegationForm(_own(request), everybody, sent)
    searching = sent is not None and SEARCH in sent
    key = uid_of(request.POST.get(KEY, "")) or uuid7(request.at)
    if sent is not None and not searching and form.is_valid() and (asked := form.asked()):
        proposed = _proposed(request, form, asked, key)
        if proposed is not None:
            return redirect("decisions:decision", proposed)
    rows = queries.list_delegations(actor=request.actor)
    context = {
        "rows": rows,
        "seals": seals_of_bases(request, [row.basis for row in rows]),
        "form": form,
        "pickers": picking.pickers(request.actor, form),
        "search": SEARCH,
        "searching": searching,
        "key": key,
        "tabs": tabs(request, "decisions:delegations"),
    }
    failed = not searching and bool(form.errors)
    return render(request, "decisions/delegations.html", context, status=422 if failed else 200)


def _own(request: ActingRequest) -> list[tuple[str, str]]:
    """The reader's own seats, to choose from."""
    seats = list(request.actor.seats)
    found = people.list_seats(actor=request.actor, on=request.actor.on, seats=seats) if seats else ()
    return [(str(row.uid), f"{row.post}, {row.unit}") for row in found]


def _proposed(request: ActingRequest, form: DelegationForm, asked: dict[str, Any], key: UUID) -> UUID | None:
    """The decision that was proposed; None where it is refused, with the sentence at its field."""
    try:
        done = services.propose_delegation(actor=request.actor, at=request.at, key=key, **asked)
    except NotAllowed:
        raise
    except ContentUnfit as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
    except DomainError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Pendelegasian diajukan. Ia berlaku sesudah ditandatangani."))
    return done.uid
