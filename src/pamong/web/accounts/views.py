"""Accounts: a list, one with its roles, resets that wait for a second operator, a new password by link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pamong.access import policies, queries, resets, services
from pamong.access.choices import ResetKind
from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.roles import GRANTABLE
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.organisation import queries as organisation
from pamong.people import queries as people
from pamong.people import services as people_services
from pamong.web import render
from pamong.web.missing import missing
from pamong.web.organisation.picking import SEARCH, PickField, pickers


class AccountNotFound(DomainError):
    """There is no account of this name."""

    def __init__(self) -> None:
        super().__init__("Akun ini tidak ada. Buka daftar akun untuk memilih yang lain.")


class LinkEnded(DomainError):
    """The one-time link holds no more."""

    def __init__(self) -> None:
        super().__init__("Tautan ini sudah dipakai atau lewat waktunya. Minta atur ulang yang baru.")


class AccountForm(forms.Form):
    """Asks for a new account. Its password is made by its owner, through a reset by two people."""

    username = forms.CharField(
        label=gettext_lazy("Nama pengguna"),
        max_length=60,
        help_text=gettext_lazy("Huruf kecil, angka, titik, tanda hubung, garis bawah. Contoh: siti.aminah"),
    )
    display_name = forms.CharField(label=gettext_lazy("Nama lengkap"), max_length=200)

    def clean_username(self) -> str:
        """As it is kept, and of signs that an address can hold."""
        name = str(self.cleaned_data["username"]).strip().lower()
        if fault := policies.username_fault(name):
            raise forms.ValidationError(fault)
        return name


class GrantForm(forms.Form):
    """Asks for a role over a unit or the whole government."""

    role = forms.ChoiceField(
        label=gettext_lazy("Peran"), choices=[(role.code, role.title) for role in GRANTABLE.values()]
    )
    unit = PickField(
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy("Kosongkan bila mencakup seluruh pemerintah daerah."),
    )
    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=300)


class LinkForm(forms.Form):
    """Asks whose an account is."""

    person = forms.UUIDField(
        label=gettext_lazy("Pegawai"), error_messages={"required": gettext_lazy("Pilih pegawainya dulu.")}
    )


class ResetForm(forms.Form):
    """Asks for a reset of an account."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Yang diatur ulang"), choices=[(kind.value, kind.label) for kind in ResetKind]
    )
    why = forms.CharField(label=gettext_lazy("Alasan"), max_length=300)


class PasswordForm(forms.Form):
    """Asks twice for a new password."""

    password1 = forms.CharField(label=gettext_lazy("Kata sandi baru"), widget=forms.PasswordInput)
    password2 = forms.CharField(
        label=gettext_lazy("Kata sandi baru, sekali lagi"), widget=forms.PasswordInput
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Both are the same, and good enough."""
        found = super().clean() or {}
        if found.get("password1") and found.get("password1") != found.get("password2"):
            self.add_error("password2", _("Kata sandi yang kedua berbeda. Ketik lagi keduanya."))
        elif found.get("password1"):
            validate_password(found["password1"], self.user)
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the accounts; make one."""
    rows = queries.list_users(actor=request.actor)
    words = request.GET.get("q", "").strip().lower()
    shown = [row for row in rows if words in f"{row.username} {row.name}".lower()]
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        policies.require(request.actor, "access:grant")
        if form.is_valid() and _try(form, lambda: services.create_user(
            actor=request.actor, at=request.at, password=None, **form.cleaned_data
        )):  # fmt: skip
            messages.success(request, _("Akun dibuat. Kata sandinya dibuat pemiliknya lewat atur ulang."))
            return redirect("accounts:account", form.cleaned_data["username"])
    context = {"rows": shown, "words": words, "form": form, "may_grant": _may(request, "access:grant")}
    context |= {"waiting": _waiting(request), "units": unit_names(request), "unit_of": unit_of}
    return render(request, "accounts/index.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(AccountNotFound)
def account(request: ActingRequest, username: str) -> HttpResponse:
    """One account with its roles; give a role, ask for a reset."""
    row = _row(request, username)
    looking = SEARCH in request.POST
    step = "peran" if looking else request.POST.get("langkah", "")
    grant = GrantForm(request.POST if step == "peran" else None)
    reset = ResetForm(request.POST if step == "atur-ulang" else None)
    link = LinkForm(request.POST if step == "hubungkan" else None)
    if step == "peran" and not looking and grant.is_valid():
        if _try(grant, lambda: _give(request, username, grant.cleaned_data)):
            messages.success(request, _("Peran diberikan mulai hari ini."))
            return redirect("accounts:account", username)
    elif (
        step == "atur-ulang"
        and reset.is_valid()
        and _try(reset, lambda: _ask(request, username, reset.cleaned_data))
    ):
        messages.success(request, _("Permintaan tercatat. Operator lain memutuskannya."))
        return redirect("accounts:resets")
    elif step == "hubungkan" and link.is_valid() and _try(link, lambda: _link(request, username, link)):
        messages.success(request, _("Akun terhubung dengan data pegawainya."))
        return redirect("accounts:account", username)
    context = {"row": row, "grant": grant, "reset": reset, "may_grant": _may(request, "access:grant")}
    context |= {"may_reset": _may(request, "access:reset"), "own": row.username == _own_name(request)}
    context["grants"] = queries.list_grants(actor=request.actor, username=username)
    context |= {"today": request.actor.on, "link": link, "looking": looking, "search": SEARCH}
    context |= _owner(request, username) | _picking(request, grant)
    wrong = not looking and any(form.errors for form in (grant, reset, link))
    return render(request, "accounts/account.html", context, status=422 if wrong else 200)


@require_POST
@login_required
def end(request: ActingRequest, username: str, grant: UUID) -> HttpResponse:
    """Let a role hold no more from today on; what begins today or later is taken back altogether."""
    policies.require(request.actor, "access:grant")
    reason = request.POST.get("alasan", "").strip() or _("Diakhiri operator")
    try:
        kept = services.end_grant(
            actor=request.actor, at=request.at, grant=grant, end_on=request.actor.on, reason=reason
        )
    except (DomainError, InvalidValue) as error:
        messages.warning(request, str(error))
    else:
        ended = _("Mulai hari ini peran itu tidak berlaku lagi. Masa sebelumnya tetap tercatat.")
        taken_back = _("Pemberian peran itu dibatalkan: tidak berlaku pada hari mana pun.")
        messages.success(request, ended if kept else taken_back)
    return redirect("accounts:account", username)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reset_list(request: ActingRequest) -> HttpResponse:
    """Resets that wait; carry one out or refuse it. A password's link is shown this once."""
    link = ""
    if request.method == "POST":
        policies.require(request.actor, "access:reset")
        try:
            link = _decide(request)
        except (DomainError, ValueError) as error:
            messages.warning(request, str(error))
        if not link:
            return redirect("accounts:resets")
    rows = resets.list_resets(actor=request.actor)
    return render(request, "accounts/resets.html", {"rows": rows, "link": link})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@missing(LinkEnded)
def new_password(request: ActingRequest, uid: UUID, token: str) -> HttpResponse:
    """The owner of an account makes his new password by the one-time link."""
    user = resets.find_by_link(uid, token)
    if user is None:
        raise LinkEnded
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid() and resets.set_password_by_link(
        uid=uid, token=token, password=form.cleaned_data["password1"]
    ):
        messages.success(request, _("Kata sandi baru tersimpan. Silakan masuk."))
        return redirect("account_login")
    context = {"form": form, "rules": password_validators_help_texts(), "name": user.username}
    return render(request, "accounts/new_password.html", context, status=422 if form.errors else 200)


def _decide(request: ActingRequest) -> str:
    reset = UUID(request.POST.get("permintaan", ""))
    if request.POST.get("putusan") != "laksanakan":
        resets.refuse_reset(actor=request.actor, at=request.at, reset=reset)
        messages.success(request, _("Permintaan ditolak."))
        return ""
    secret = resets.confirm_reset(actor=request.actor, at=request.at, reset=reset)
    if not secret:
        messages.success(request, _("Faktor kedua dilepas. Pemilik akun memasang yang baru saat masuk."))
        return ""
    return request.build_absolute_uri(f"/sandi-baru/{secret}/")


def _give(request: ActingRequest, username: str, asked: dict[str, Any]) -> None:
    services.grant_role(
        actor=request.actor, at=request.at, username=username, role=asked["role"], unit_path=asked["unit"],
        start_on=request.actor.on, reason=asked["reason"],
    )  # fmt: skip


def _link(request: ActingRequest, username: str, form: LinkForm) -> None:
    people_services.link_user(
        actor=request.actor, at=request.at, person=form.cleaned_data["person"], username=username
    )


def _owner(request: ActingRequest, username: str) -> dict[str, Any]:
    """Whose the account is, or who may be its owner by what was typed."""
    actor, typed = request.actor, request.GET.get("pegawai", "").strip()[:100]
    owner = people.owner_of(actor=actor, on=actor.on, username=username)
    found: Sequence[people.Owner] = ()
    if owner is None and typed and _may(request, "access:grant"):
        found = people.find_unlinked(actor=actor, at=request.at, on=actor.on, words=typed)
    return {"owner": owner, "typed": typed, "found": found}


def _picking(request: ActingRequest, grant: GrantForm) -> dict[str, Any]:
    """The picker of the unit, and the names of units by their codes."""
    names = unit_names(request)
    return {"pickers": pickers(request.actor, grant), "draft": "", "units": names, "unit_of": unit_of}


def unit_names(request: ActingRequest) -> dict[str, str]:
    """The names of today's units by their codes."""
    places = organisation.list_places(actor=request.actor, on=request.actor.on)
    return {place.code: place.name for place in places}


def unit_of(unit_path: str, names: Mapping[str, str]) -> str:
    """``Dinas Kesehatan (dinkes)``: what a role covers; its code alone for a unit that stands no more."""
    code = unit_path.rpartition(".")[2]
    return f"{names[code]} ({code})" if code in names else code


def _ask(request: ActingRequest, username: str, asked: dict[str, Any]) -> None:
    resets.ask_reset(
        actor=request.actor,
        at=request.at,
        username=username,
        kind=ResetKind(asked["kind"]),
        reason=asked["why"],
    )


def _try(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether an act went well; its sentence stands above the form otherwise. Rights are no such sentence."""
    try:
        act()
    except NotAllowed:
        raise
    except (DomainError, InvalidValue) as error:
        form.add_error(None, str(error))
        return False
    return True


def _row(request: ActingRequest, username: str) -> queries.UserRow:
    for row in queries.list_users(actor=request.actor):
        if row.username == username:
            return row
    raise AccountNotFound


def _may(request: ActingRequest, permission: str) -> bool:
    return bool(policies.may(request.actor, permission))


def _own_name(request: ActingRequest) -> str:
    return str(getattr(request.user, "username", ""))


def _waiting(request: ActingRequest) -> int:
    if not _may(request, "access:reset"):
        return 0
    return sum(row.state == "waiting" for row in resets.list_resets(actor=request.actor))
