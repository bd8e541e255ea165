"""The form that names a panel, or who comes in the place of members that stand aside."""

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
from pamong.kernel.errors import DomainError
from pamong.kernel.ids import uuid7
from pamong.merit import queries, services
from pamong.merit.choices import Source
from pamong.merit.errors import VacancyNotFound
from pamong.merit.policies import PANEL
from pamong.merit.services import Member
from pamong.web import render
from pamong.web.entries.inputs import messages as faults
from pamong.web.missing import missing
from pamong.web.shapes import uid_of

KEY = "kunci"
_LONG = 1000


class PanelForm(forms.Form):
    """Names to sign in, by where members come from; who chairs; what they declared."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chair = _("Ketua")
        self.fields["chair"] = forms.CharField(
            label=chair, required=False, max_length=80, error_messages=faults(chair),
            help_text=_("Nama pengguna. Kosongkan bila ketuanya sudah ada dan Anda hanya menambah anggota."),
        )  # fmt: skip
        for source in Source:
            label = _(source.label)
            self.fields[source.value] = forms.CharField(
                label=label, required=False, max_length=_LONG, widget=forms.Textarea,
                error_messages=faults(label), help_text=_("Nama pengguna, satu setiap baris."),
            )  # fmt: skip
        self.fields["no_party"] = forms.BooleanField(
            label=_("Setiap anggota menyatakan tertulis bukan anggota atau pengurus partai politik"),
            required=False,
        )

    def names(self) -> list[tuple[str, Source]]:
        """Who is named, each with where he comes from; the chair is of the own government."""
        said = self.cleaned_data
        found = [(said["chair"].strip().lower(), Source.OWN)] if said["chair"].strip() else []
        found += [
            (line.strip().lower(), source)
            for source in Source for line in said[source.value].splitlines() if line.strip()
        ]  # fmt: skip
        return list(dict(found).items())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(VacancyNotFound)
def new(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the form; propose the members."""
    policies.require_whole(request.actor, PANEL)
    vacancy = queries.get_vacancy(actor=request.actor, at=request.at, vacancy=uid)
    form = PanelForm(request.POST if request.method == "POST" else None)
    key = uid_of(request.POST.get(KEY, "")) or uuid7(request.at)
    if request.method == "POST" and form.is_valid():
        proposed = _proposed(request, form, uid, key)
        if proposed is not None:
            return redirect("decisions:decision", proposed)
    context = {"form": form, "vacancy": vacancy, "key": key}
    return render(request, "merit/panel.html", context, status=422 if form.errors else 200)


def _proposed(request: ActingRequest, form: PanelForm, uid: UUID, key: UUID) -> UUID | None:
    names = form.names()
    known = queries.find_accounts(actor=request.actor, usernames=[name for name, _source in names])
    for name, source in names:
        if name not in known:
            told = _("Akun '%(name)s' tidak ada atau tidak aktif. Periksa ejaannya.") % {"name": name}
            form.add_error(source.value, told)
    if form.errors:
        return None
    chair = form.cleaned_data["chair"].strip().lower()
    members = [
        Member(known[name], source, name == chair, form.cleaned_data["no_party"]) for name, source in names
    ]
    try:
        done = services.propose_panel(
            actor=request.actor, at=request.at, key=key, vacancy=uid, members=members
        )
    except NotAllowed:
        raise
    except DomainError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Panitia diajukan. Ia berdiri sesudah ditandatangani."))
    return done.uid
