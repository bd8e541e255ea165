"""Entries as pages: a list to look through, one with its fields and its proof, and those about oneself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pamong.access import clock, policies
from pamong.access import queries as accounts_named
from pamong.access import services as access
from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.kernel.errors import InvalidValue
from pamong.ledger import proofs, queries
from pamong.ledger.errors import KeyMissing, NotSealedYet, OpeningsErased, PlacedNotFound
from pamong.ledger.openings import value_of
from pamong.ledger.queries import Placed, PlacedPage, Wanted
from pamong.ledger.tree.errors import TreeError
from pamong.ledger.tree.proof_file import SUFFIX
from pamong.people import queries as people
from pamong.web import render
from pamong.web.days import DayField
from pamong.web.ledger import kinds, status, words
from pamong.web.ledger.words import FieldLine
from pamong.web.missing import missing

READ = "ledger:read"
OPEN = "ledger:open"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class EntriesForm(forms.Form):
    """What to look for among the entries."""

    buku = forms.ChoiceField(label=gettext_lazy("Buku"), required=False, choices=list(status.LOGS.items()))
    jenis = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False)
    dari = DayField(label=gettext_lazy("Dari tanggal"), required=False)
    sampai = DayField(label=gettext_lazy("Sampai tanggal"), required=False)
    nomor = forms.IntegerField(label=gettext_lazy("Nomor"), required=False, min_value=0, max_value=2**62)
    dokumen = forms.CharField(label=gettext_lazy("Dokumen"), required=False, max_length=500)
    sebelum = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jenis"].choices = [("", _("semua")), *kinds.groups()]  # type: ignore[attr-defined]

    def clean_dokumen(self) -> str:
        """An id or a file's hash, out of whatever was pasted: an address of a page too."""
        text = str(self.cleaned_data["dokumen"]).strip().lower()
        found = _UUID.search(text) or _SHA256.search(text)
        if text and found is None:
            raise forms.ValidationError(
                _("Tempelkan alamat halaman dokumennya, atau sidik (SHA-256) berkasnya (64 huruf dan angka).")
            )
        return found[0] if found else ""

    def wanted(self) -> Wanted:
        """The same for the log's own question."""
        asked = self.cleaned_data
        return Wanted(
            log=asked["buku"] or "decisions",
            kind=asked["jenis"],
            since=_midnight(asked["dari"]),
            before=_midnight(asked["sampai"] and asked["sampai"] + timedelta(days=1)),
            ref=asked["dokumen"],
            below=asked["sebelum"],
        )


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry for its page. ``opened``: names and personal fields stand in the clear; ``gone``: why fields
    can't, in a sentence, where what opens them was erased."""

    placed: Placed
    title: str
    href: str
    actor: str
    public: tuple[FieldLine, ...]
    personal: tuple[FieldLine, ...]
    tables: tuple[tuple[str, str, int], ...]
    opened: bool
    gone: str = ""


def _actor_of(placed: Placed) -> str:
    return words.actor_words(str(placed.told.get("actor", "")))


_ROWS = {"title_of": kinds.title_of, "is_trail": kinds.is_trail, "actor_of": _actor_of}


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the entries of a log, newest first; look for some; go to one by its number."""
    policies.require(request.actor, READ)
    form = EntriesForm(request.GET)
    page: PlacedPage | None = None
    if form.is_valid():
        if (number := form.cleaned_data["nomor"]) is not None:
            return redirect("ledger:entry", form.cleaned_data["buku"] or "decisions", number)
        page = queries.list_placed(actor=request.actor, wanted=form.wanted())
    context = {
        "form": form, "page": page, "older": _older(request, page), **_ROWS,
        "audits": bool(policies.may_over(request.actor, OPEN, "")),
    }  # fmt: skip
    return render(request, "ledger/entries.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def mine(request: ActingRequest) -> HttpResponse:
    """List the entries that name whoever asks."""
    policies.require(request.actor, "people:read_private")
    person = people.own_uid(actor=request.actor)
    page = None
    if person is not None:
        below = request.GET.get("sebelum", "")
        wanted = Wanted(
            "decisions", ref=str(person), below=int(below) if below.isdecimal() and len(below) < 19 else None
        )
        page = queries.list_placed(actor=request.actor, wanted=wanted)
    context = {"page": page, "older": _older(request, page), **_ROWS}
    return render(request, "ledger/mine.html", context)


@require_safe
@login_required
@missing(PlacedNotFound)
def entry(request: ActingRequest, name: str, number: int) -> HttpResponse:
    """Show one entry; open what is sealed of it for who may, on demand, and note that he looked."""
    placed = _placed(request, name, number)
    may_open = bool(policies.may_over(request.actor, OPEN, ""))
    closed = bool(placed.part("personal") or _accounts(placed))
    mark = queries.mark_of(actor=request.actor, placed=placed)
    context = {
        "view": entry_view(request, placed, opened=may_open and closed and "buka" in request.GET),
        "may_open": may_open and closed,
        "mark": mark,
        "log_name": status.log_name(name),
        "lists": bool(policies.may(request.actor, READ)),
    }
    return render(request, "ledger/entry.html", context)


@require_safe
@login_required
@missing(PlacedNotFound, NotSealedYet, TreeError)
def proof(request: ActingRequest, name: str, number: int) -> HttpResponse:
    """Hand out the proof of an entry."""
    placed = _placed(request, name, number)
    text = proofs.proof_of(actor=request.actor, entry=placed.entry_id)
    if text is None:
        raise NotSealedYet(number)
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="bukti-{name}-{number}{SUFFIX}"'
    return answer


def entry_view(request: ActingRequest, placed: Placed, *, opened: bool) -> EntryView:
    """An entry for its page; opening it is noted as a look at those whom it names."""
    public = placed.part("public")
    clear, gone = _clear(request, placed) if opened else ({}, "")
    names = _named(request, placed, clear) if opened else {}
    tables = public.get("tables") if placed.kind == "ledger.rows" else None
    return EntryView(
        placed,
        kinds.title_of(placed.kind),
        kinds.href_of(placed.kind, public),
        words.actor_words(str(placed.told.get("actor", "")), names),
        tuple(
            words.line_of(name, value, names)
            for name, value in public.items()
            if name != "tables" or not tables
        ),
        tuple(_sealed(name, clear) for name in placed.part("personal")),
        tuple(words.tables_of(tables)) if isinstance(tables, dict) else (),
        opened,
        gone,
    )


def _clear(request: ActingRequest, placed: Placed) -> tuple[dict[str, Any], str]:
    """The personal fields by name, or none and why nothing opens them any more."""
    try:
        found = queries.get_openings(actor=request.actor, entry_id=placed.entry_id)
    except (OpeningsErased, KeyMissing, InvalidValue) as error:
        return {}, str(error)
    return {one.field: value_of(one) for one in found}, ""


def _named(request: ActingRequest, placed: Placed, clear: dict[str, Any]) -> Mapping[int, str]:
    """The names behind the accounts that it tells of; the look is noted, also at whom it names otherwise."""
    accounts = _accounts(placed)
    behind = people.uids_behind(actor=request.actor, user_ids=accounts)
    subjects = dict.fromkeys([*_subjects(placed.part("public"), clear), *behind])
    access.log_read(actor=request.actor, at=request.at, path="ledger.entry", subjects=list(subjects))
    return accounts_named.names_of(actor=request.actor, user_ids=accounts)


def _accounts(placed: Placed) -> list[int]:
    """The numbers of the accounts of who acted, or stood by."""
    told = [placed.told.get("actor", ""), *placed.part("public").values()]
    found = (words.USER.fullmatch(each) for each in told if isinstance(each, str))
    return sorted({int(each[1]) for each in found if each})


def _sealed(name: str, clear: Any) -> FieldLine:
    if name in clear:
        return words.line_of(name, clear[name])
    return FieldLine(name, words.label_of(name), "", sealed=True)


def _subjects(public: Any, clear: Any) -> list[UUID]:
    """The persons whom an entry names by their ids."""
    named = [public.get("person"), clear.get("person"), *_listed(clear.get("people"))]
    return [UUID(each) for each in named if isinstance(each, str) and _UUID.fullmatch(each)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _placed(request: ActingRequest, name: str, number: int) -> Placed:
    """The entry for who may read the log, or whom it names. ``PlacedNotFound``, ``NotAllowed``."""
    reads = policies.may(request.actor, READ)
    placed = queries.find_placed(actor=request.actor, log=name, number=number) if number < 2**63 else None
    if reads:
        if placed is None:
            raise PlacedNotFound
        return placed
    own = people.own_uid(actor=request.actor)
    if placed is None or own is None or str(own) not in _UUID.findall(placed.body.decode()):
        raise NotAllowed(reads.reason, reads.titles)
    return placed


def _midnight(day: date | None) -> datetime | None:
    """When a day began in the government's zone, by the database's clock."""
    if day is None:
        return None
    return clock.stamped(datetime.combine(day, time(), ZoneInfo(settings.PAMONG_ZONE)))


def _older(request: ActingRequest, page: PlacedPage | None) -> str:
    """The address of the next page of the same list; '' where there is none."""
    if page is None or page.older is None:
        return ""
    asked = request.GET.copy()
    asked["sebelum"] = str(page.older)
    return f"?{asked.urlencode()}"
