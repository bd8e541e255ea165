"""One's own leave, asking for it, and asking for its end."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.site import site_law
from pamong.decisions.types import Gate
from pamong.kernel.errors import DomainError
from pamong.kernel.ids import uuid7
from pamong.leave import queries, services
from pamong.leave.lots import told_days
from pamong.leave.queries import OwnEntry
from pamong.web import render
from pamong.web.leave import words
from pamong.web.leave.forms import RequestForm, ShortenForm
from pamong.web.leave.sending import KEY, blame, ended
from pamong.web.ledger.seals import seals_of_bases
from pamong.web.missing import missing
from pamong.web.papers.fields import FILE
from pamong.web.shapes import uid_of

TRY = "periksa"
_MORE = ("file_kept", "reason", "child", "abroad", FILE, "part")  # what few requests need


@require_GET
@login_required
def mine(request: ActingRequest) -> HttpResponse:
    """What is left of annual leave and why, and every leave of one's own."""
    found = queries.get_own_leave(actor=request.actor, rules=site_law())
    context = {
        "found": found,
        "words": words,
        "told_days": told_days,
        "seals": seals_of_bases(request, [entry.basis for entry in found.entries if entry.basis]),
    }
    return render(request, "leave/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: ActingRequest) -> HttpResponse:
    """The form of a request: tried first, where one likes to, and handed in."""
    rules = site_law()
    kinds = queries.get_own_kinds(actor=request.actor, rules=rules)
    if not kinds:
        raise NotAllowed(_("Status kepegawaian Anda tidak mempunyai aturan cuti yang terbaca."))
    contact = queries.get_own_contact(actor=request.actor)
    sent = request.POST if request.method == "POST" else None
    form = RequestForm(request, kinds, contact, sent, request.FILES if sent is not None else None)
    key = uid_of(request.POST.get(KEY, "")) or uuid7(request.at)
    gates: Sequence[Gate] = ()
    if sent is not None and form.is_valid():
        if TRY in sent:
            gates = _tried(request, form)
        elif (uid := _asked(request, form, key)) is not None:
            return redirect("decisions:decision", uid)
    more = any(form.errors.get(name) for name in _MORE) or any(form.data.get(name) for name in _MORE[:-1])
    context = {"form": form, "key": key, "gates": gates, "tried": TRY, "more_open": more}
    return render(request, "leave/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(ContentUnfit)
def end(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Ask that one's leave ends earlier, or holds not at all."""
    found = queries.get_own_leave(actor=request.actor, rules=site_law())
    entry = _entry(found.entries, uid)
    sent = request.POST if request.method == "POST" else None
    form = ShortenForm(sent)
    key = uid_of(request.POST.get(KEY, "")) or uuid7(request.at)
    if sent is not None and form.is_valid() and (done := ended(request, form, uid, key)) is not None:
        return redirect("decisions:decision", done)
    context = {"form": form, "key": key, "entry": entry, "words": words}
    return render(request, "leave/end.html", context, status=422 if form.errors else 200)


def _entry(entries: Sequence[OwnEntry], uid: UUID) -> OwnEntry:
    for entry in entries:
        if entry.document == uid and entry.may_end:
            return entry
    raise ContentUnfit(_("Cuti ini tidak ada atau sudah tidak dapat diubah."))


def _tried(request: ActingRequest, form: RequestForm) -> Sequence[Gate]:
    has_file = bool(request.FILES.get(FILE) or form.data.get("file_kept"))
    try:
        return services.try_leave(actor=request.actor, at=request.at, asked=form.asked(), has_file=has_file)
    except NotAllowed:
        raise
    except DomainError as error:
        blame(form, error)
        return ()


def _asked(request: ActingRequest, form: RequestForm, key: UUID) -> UUID | None:
    """The decision that was asked for; None where it is refused, with the sentence at its field."""
    try:
        done = services.request_leave(
            actor=request.actor, at=request.at, key=key, asked=form.asked(), file=form.upload()
        )
    except NotAllowed:
        raise
    except DomainError as error:
        blame(form, error)
        return None
    messages.success(request, _("Cuti diajukan. Hari-harinya sudah dipesan sampai diputuskan."))
    return done.uid
