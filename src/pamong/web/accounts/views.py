"""Accounts: a list, one with its roles and its owner, and a role that ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pamong.access import policies, queries, requests, services
from pamong.access.choices import RequestKind
from pamong.access.errors import GrantNotFound, NotAllowed, ReasonMissing
from pamong.access.middleware import ActingRequest
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.people import queries as people
from pamong.web import render
from pamong.web.accounts import words
from pamong.web.accounts.forms import (
    AccountForm,
    EndForm,
    GrantForm,
    LinkForm,
    NamingForm,
    ResetForm,
    UnlinkForm,
)
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.organisation.picking import SEARCH, pickers
from pamong.web.shapes import Pages, page_number

# The forms of an account's page by the value of their button.
STEPS: dict[str, type[NamingForm]] = {
    "peran": GrantForm,
    "atur-ulang": ResetForm,
    "hubungkan": LinkForm,
    "lepas": UnlinkForm,
}


class AccountNotFound(DomainError):
    """There is no account of this name."""

    def __init__(self) -> None:
        super().__init__("Akun ini tidak ada. Buka daftar akun untuk memilih yang lain.")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the accounts; make one."""
    actor, typed = request.actor, request.GET.get("q", "").strip()[:100]
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        policies.require(actor, "access:grant")
        if form.is_valid() and _try(form, lambda: services.create_user(
            actor=actor, at=request.at, password=None, **form.cleaned_data
        )):  # fmt: skip
            messages.success(request, _("Akun dibuat. Kata sandinya dibuat pemiliknya lewat atur ulang."))
            return redirect("accounts:account", form.cleaned_data["username"])
    found = queries.find_users(actor=actor, words=typed, page=page_number(request.GET))
    names = words.unit_names(request, (grant.unit_path for row in found.rows for grant in row.grants))
    asked = {"q": typed} if typed else {}
    context = {
        "found": found,
        "pages": Pages(found.page, found.last, lambda number: url("accounts:index", hal=number, **asked)),
        "typed": typed,
        "form": form,
        "may_grant": _may(request, "access:grant"),
        "waiting": requests.count_waiting(actor=actor),
        "units": names,
        "unit_of": words.unit_of,
    }
    return render(request, "accounts/index.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(AccountNotFound)
def account(request: ActingRequest, username: str) -> HttpResponse:
    """One account with its roles and its owner; ask for what a second operator decides."""
    row = _account(request, username)
    looking = SEARCH in request.POST
    step = "peran" if looking else request.POST.get("langkah", "")
    again = {"role": request.GET.get("peran", ""), "unit": request.GET.get("unit", "")[:100]}
    filled = {
        name: made(request.POST if step == name else None, initial=again) for name, made in STEPS.items()
    }
    form = None if looking else filled.get(step)
    if form is not None and _sent(request, username, step, form):
        messages.success(request, _("Permintaan tercatat. Operator lain memutuskannya."))
        return redirect("accounts:requests")
    may_grant, own = _may(request, "access:grant"), username == getattr(request.user, "username", "")
    context = {"row": row, "forms": filled, "looking": looking, "search": SEARCH, "draft": ""}
    context |= {"today": request.actor.on, "may_grant": may_grant and not own, "own": own}
    context |= {"may_reset": _may(request, "access:reset") and not own, "words": words}
    context |= {"pickers": pickers(request.actor, filled["peran"])}
    if looking:
        filled["peran"].errors.clear()  # nobody has sent it yet
    context |= _owner(request, username, look=may_grant and not own) | _waiting(request, row)
    return render(request, "accounts/account.html", context, status=422 if form and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(AccountNotFound, GrantNotFound)
def end(request: ActingRequest, username: str, grant: UUID) -> HttpResponse:
    """Say what ends and from when, and let it hold no more; what has yet to begin is taken back."""
    policies.require(request.actor, "access:grant")
    row, held = _account(request, username), _held(request, username, grant)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _try(form, lambda: _end(request, grant, form.cleaned_data["alasan"])):
        messages.success(request, words.ended(held, request.actor.on))
        return redirect("accounts:account", username)
    names = words.unit_names(request, [held.unit_path])
    context = {"row": row, "grant": held, "form": form, "covered": words.covered(held.unit_path, names)}
    context |= {"today": request.actor.on, "undone": held.start_on > request.actor.on}
    return render(request, "accounts/end.html", context, status=422 if form.errors else 200)


def _sent(request: ActingRequest, username: str, step: str, form: NamingForm) -> bool:
    return form.is_valid() and _try(form, lambda: _ask(request, username, step, form.cleaned_data))


def _ask(request: ActingRequest, username: str, step: str, asked: Mapping[str, Any]) -> None:
    who: dict[str, Any] = {"actor": request.actor, "at": request.at, "username": username}
    if step == "peran":
        requests.ask_role(**who, role=asked["role"], unit_path=asked["unit"], reason=asked["reason"])
    elif step == "atur-ulang":
        requests.ask_reset(**who, kind=RequestKind(asked["kind"]), reason=asked["why"])
    elif step == "hubungkan":
        requests.ask_link(**who, person=asked["person"], reason=asked["link_reason"])
    else:
        requests.ask_unlink(**who, reason=asked["unlink_reason"])


def _end(request: ActingRequest, grant: UUID, reason: str) -> None:
    services.end_grant(
        actor=request.actor, at=request.at, grant=grant, end_on=request.actor.on, reason=reason
    )


def _owner(request: ActingRequest, username: str, *, look: bool) -> dict[str, Any]:
    """Whose the account is, or who may be its owner by what was typed."""
    actor, typed = request.actor, request.GET.get("pegawai", "").strip()[:100]
    owner = people.owner_of(actor=actor, on=actor.on, username=username)
    found = people.Candidates()
    if owner is None and typed and look:
        found = people.find_unlinked(actor=actor, at=request.at, on=actor.on, words=typed)
    return {"owner": owner, "typed": typed, "found": found}


def _waiting(request: ActingRequest, row: queries.UserRow) -> dict[str, Any]:
    """What waits about the account, and the names of the units that it and its roles name."""
    actor = request.actor
    asked = people.list_waiting_of(actor=actor, on=actor.on, username=row.username)
    paths = [grant.unit_path for grant in row.grants + row.cut] + [each.row.unit_path for each in asked]
    return {"asked": asked, "units": words.unit_names(request, paths)}


def _try(form: NamingForm, act: Callable[[], object]) -> bool:
    """Whether an act went well; its sentence stands in the form otherwise. Rights are no such sentence."""
    try:
        act()
    except NotAllowed:
        raise
    except ReasonMissing as error:
        form.add_error(form.why_field, str(error))
        return False
    except (DomainError, InvalidValue) as error:
        form.add_error(None, str(error))
        return False
    return True


def _account(request: ActingRequest, username: str) -> queries.UserRow:
    row = queries.find_account(actor=request.actor, username=username)
    if row is None:
        raise AccountNotFound
    return row


def _held(request: ActingRequest, username: str, grant: UUID) -> queries.GrantRow:
    row = queries.find_grant(actor=request.actor, username=username, grant=grant)
    if row is None or (row.end_on is not None and row.end_on <= request.actor.on):
        raise GrantNotFound
    return row


def _may(request: ActingRequest, permission: str) -> bool:
    return bool(policies.may(request.actor, permission))
