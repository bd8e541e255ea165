"""What waits for me, by clock; and many signatures at once."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.decisions import queries, services
from pamong.decisions.choices import Part
from pamong.decisions.policies import EXCEPTIONS, MEMO
from pamong.decisions.services.answering import SignedMany
from pamong.web import render
from pamong.web.decisions import words
from pamong.web.formats import angka
from pamong.web.jinja import url
from pamong.web.shapes import Pages, Tab, page_href, page_number, uid_of

ALL_PLAIN = "semua"  # asks for a page with everything ticked that is not odd
CHOSEN = "pilih"


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List what waits for the reader: what is overdue first, what is odd marked."""
    kind = request.GET.get("jenis", "")[:100]
    found = queries.get_inbox(actor=request.actor, at=request.at, kind=kind, page=page_number(request.GET))
    ticked = request.GET.get(CHOSEN) == ALL_PLAIN
    context = {
        "found": found,
        "kind": kind,
        "tabs": tabs(request, "decisions:inbox"),
        "pages": Pages(found.page, found.last, lambda number: page_href(request.GET, number)),
        "batch": any(_signs(item) for item in found.items),
        "ticked": {item.uid for item in found.items if ticked and _signs(item)},
        "sentence": _sentence(found),
        "words": words,
        "signs": _signs,
        "button": _button(found),
    }
    return render(request, "decisions/inbox.html", context)


@require_POST
@login_required
def sign(request: ActingRequest) -> HttpResponse:
    """Sign what was ticked; tell what was signed, and what must be opened by itself, with why."""
    chosen = [uid for text in request.POST.getlist(CHOSEN) if (uid := uid_of(text))]
    if not chosen:
        messages.warning(request, _("Belum ada yang dipilih. Centang dulu yang akan ditandatangani."))
        return redirect("decisions:inbox")
    done = services.sign_many(actor=request.actor, at=request.at, decisions=chosen[: queries.ITEMS_A_PAGE])
    context = {"done": done, "told": _done(done), "any": bool(done.signed or done.checked)}
    return render(request, "decisions/signed.html", context)


def tabs(request: ActingRequest, current: str) -> tuple[Tab, ...]:
    """The pages of decisions, those that this reader can open."""
    inspects = bool(policies.may_over(request.actor, EXCEPTIONS, ""))
    may = (
        ("decisions:inbox", _("Menunggu saya"), True),
        ("decisions:mine", _("Usulan saya"), True),
        ("decisions:delegations", _("Pendelegasian"), bool(request.actor.seats)),
        ("decisions:memos", _("Arahan lisan"), inspects or bool(policies.may(request.actor, MEMO))),
        ("decisions:exceptions", _("Pengecualian"), inspects),
    )
    return tuple(Tab(label, url(name), name == current) for name, label, able in may if able)


def _signs(item: queries.Item) -> bool:
    """Whether a line can be ticked."""
    return item.batch and not item.odd and not item.held


def _sentence(found: queries.Inbox) -> str:
    """How much waits, and how much of it wants a closer look."""
    if not found.total:
        return _("Tidak ada keputusan yang menunggu Anda.")
    told = ngettext(
        "%(count)s keputusan menunggu Anda.", "%(count)s keputusan menunggu Anda.", found.total
    ) % {"count": angka(found.total)}
    odd = _("%(count)s di antaranya perlu dilihat lebih dulu.") % {"count": angka(found.odd)}
    return f"{told} {odd}" if found.odd else told


def _done(done: SignedMany) -> str:
    """What came of it in a sentence each: signatures, and checks."""
    signed, checked = len(done.signed), len(done.checked)
    told = []
    if signed:
        one = ngettext("%(count)s keputusan ditandatangani.", "%(count)s keputusan ditandatangani.", signed)
        told.append(one % {"count": angka(signed)})
    if checked:
        one = ngettext("%(count)s usulan diperiksa.", "%(count)s usulan diperiksa.", checked)
        told.append(one % {"count": angka(checked)})
    return " ".join(told) or _("Belum ada yang ditandatangani.")


def _button(found: queries.Inbox) -> str:
    """What the button does with those that can be ticked."""
    checks = {item.part is Part.VERIFY for item in found.items if _signs(item)}
    if checks == {True}:
        return _("Nyatakan sudah diperiksa")
    return _("Periksa atau tandatangani yang dipilih") if True in checks else _("Tandatangani yang dipilih")
