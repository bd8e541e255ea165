"""Requests about accounts, which a second operator decides; a new password by a one-time link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pamong.access import policies, requests
from pamong.access.choices import RequestKind
from pamong.access.errors import NotAllowed, ReasonMissing, RequestNotFound
from pamong.access.middleware import ActingRequest
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.people import queries as people
from pamong.web import render
from pamong.web.accounts import words
from pamong.web.accounts.forms import REASON_MOST, PasswordForm
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.shapes import Pages, page_number, uid_of

DONE = {
    RequestKind.SECOND_FACTOR: gettext_lazy(
        "Faktor kedua dilepas. Pemilik akun memasang yang baru saat masuk."
    ),
    RequestKind.ROLE: gettext_lazy("Peran diberikan mulai hari ini."),
    RequestKind.LINK: gettext_lazy("Akun terhubung dengan data pegawainya."),
    RequestKind.UNLINK: gettext_lazy("Akun dilepas. Pegawai yang benar dapat dihubungkan sekarang."),
}


class LinkEnded(DomainError):
    """The one-time link holds no more."""

    def __init__(self) -> None:
        super().__init__("Tautan ini sudah dipakai atau lewat waktunya. Minta atur ulang yang baru.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def request_list(request: ActingRequest) -> HttpResponse:
    """Requests that wait; carry one out, refuse it, or withdraw one's own. A password's link is shown this
    once."""
    link, refusing = "", {"uid": "", "typed": "", "fault": ""}
    if request.method == "POST":
        policies.require(request.actor, "access:grant")
        try:
            link = _decide(request)
        except NotAllowed:
            raise
        except ReasonMissing as error:
            refusing = {"uid": request.POST["permintaan"], "typed": _reason(request), "fault": str(error)}
        except (DomainError, InvalidValue) as error:
            messages.warning(request, str(error))
        if not (link or refusing["fault"]):
            return redirect("accounts:requests")
    page = page_number(request.GET)
    found = people.list_account_requests(actor=request.actor, on=request.actor.on, page=page)
    names = words.unit_names(request, (each.row.unit_path for each in found.rows))
    pages = Pages(found.page, found.last, lambda number: url("accounts:requests", hal=number))
    context = {"rows": found.rows, "pages": pages, "units": names, "words": words, "link": link}
    context |= {"refusing": refusing, "most": REASON_MOST}
    return render(request, "accounts/requests.html", context, status=422 if refusing["fault"] else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@missing(LinkEnded)
def new_password(request: ActingRequest, uid: UUID, token: str) -> HttpResponse:
    """The owner of an account makes his new password by the one-time link."""
    user = requests.find_by_link(uid, token)
    if user is None:
        raise LinkEnded
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid() and requests.set_password_by_link(
        uid=uid, token=token, password=form.cleaned_data["password1"]
    ):
        messages.success(request, _("Kata sandi baru tersimpan. Silakan masuk."))
        return redirect("account_login")
    context = {"form": form, "rules": password_validators_help_texts(), "name": user.username}
    return render(request, "accounts/new_password.html", context, status=422 if form.errors else 200)


def _decide(request: ActingRequest) -> str:
    """The one-time link of a password; '' for all else, whose sentence stands on the next page."""
    asked = uid_of(request.POST.get("permintaan", ""))
    if asked is None:
        raise RequestNotFound
    choice = request.POST.get("putusan")
    which: dict[str, Any] = {"actor": request.actor, "at": request.at, "request": asked}
    if choice == "tarik":
        requests.withdraw(**which)
        messages.success(request, _("Permintaan ditarik."))
        return ""
    if choice != "laksanakan":
        requests.refuse(**which, reason=_reason(request))
        messages.success(request, _("Permintaan ditolak."))
        return ""
    done = requests.confirm(**which)
    if done.secret:
        return request.build_absolute_uri(f"/sandi-baru/{done.secret}/")
    messages.success(request, DONE[done.kind])
    return ""


def _reason(request: ActingRequest) -> str:
    """Why a request is refused, as it was typed."""
    return request.POST.get("alasan", "")[:REASON_MOST]
