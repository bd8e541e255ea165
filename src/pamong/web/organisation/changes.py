"""Acts on a unit and its seats: a form, then a page that shows what will follow, then a proposal of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.middleware import ActingRequest
from pamong.kernel.ids import uuid7
from pamong.ledger.dated import MovedOn
from pamong.organisation import policies, services
from pamong.organisation import queries as organisation
from pamong.organisation.choices import ActKind
from pamong.organisation.errors import PreviewMoved, ProposalNotFound, Refused, SeatNotFound, UnitNotFound
from pamong.organisation.services import Asked, Preview, Proposed, Told
from pamong.people import queries as people
from pamong.web import render
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.organisation import picking, turning, words
from pamong.web.organisation.deeds import DEEDS, Deed, Subject
from pamong.web.organisation.filling import fillable
from pamong.web.organisation.foreseeing import foresee
from pamong.web.organisation.forms import ActForm
from pamong.web.organisation.picking import SEARCH
from pamong.web.shapes import Notice, uid_of

SURE, AGAIN = "yakin", "ubah"  # the final button, and the way back to the form
KEY, SEEN = "kunci", "dilihat"  # the one-time key of a form, and the mark of the preview that was looked at
_YOUNG = {"unit_young": ActKind.UNIT_RESCIND, "seat_young": ActKind.SEAT_RESCIND}
_LANGUAGE = "id"  # what is kept in words is kept in the language of the office
View = Callable[..., HttpResponse]


def act(kind: ActKind) -> View:
    """The page of one kind of act: form, then what will follow, then the proposal, at one address."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @login_required
    @missing(UnitNotFound, SeatNotFound)
    def page(request: ActingRequest, uid: UUID) -> HttpResponse:
        subject = seat_to_change(request, uid) if kind.of_seat else unit_to_change(request, uid)
        return ActPage(request, kind, subject).answer()

    return page


@require_safe
@login_required
@missing(SeatNotFound)
def seat(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a seat and what can be done about it."""
    policies.require_any_change(request.actor)
    actor = request.actor
    view, on = organisation.get_seat_ahead(actor=actor, seat=uid, on=actor.on)
    unit = organisation.get_unit(actor=actor, unit=view.unit_code, on=on)
    policies.require_change(actor, unit.path)
    (row,) = people.list_seats(actor=actor, on=on, seats=[view.id])
    earlier = people.list_earlier_holders(actor=actor, at=request.at, on=actor.on, seat_id=view.id)
    context = {
        "seat": row,
        "words": words,
        "refusal": policies.may_change_seat(actor, view.id),
        "coming": turning.coming(actor, uid, on),
        "fillable": on == actor.on and uid in fillable(actor, [row]),
        "earlier": earlier,
        "unheld": not row.holders and not earlier,
        "waiting": organisation.list_waiting(actor=actor, subject=uid),
    }
    return render(request, "organisation/seat.html", context)


class ActPage:
    """One act as one officer asks for it."""

    def __init__(self, request: ActingRequest, kind: ActKind, subject: Subject) -> None:
        self.request, self.kind, self.subject = request, kind, subject
        self.deed: Deed = DEEDS[kind]
        self.form: ActForm = self.deed.form(request.actor, subject, request.POST if self._sent else None)
        self.key = uid_of(request.POST.get(KEY, "")) or uuid7(request.at)

    @property
    def _sent(self) -> bool:
        return self.request.method == "POST"

    @property
    def asked(self) -> Asked:
        """The act that a clean form asks for."""
        return Asked(self.kind, self.subject.uid, self.form.cleaned_data["on"], self.deed.said(self.form))

    def answer(self) -> HttpResponse:
        """Form, preview or proposal, by what was sent."""
        sent = self.request.POST
        if not self._sent or SEARCH in sent or AGAIN in sent:
            return self._ask(200)
        if not self.form.is_valid():
            return self._ask(422)
        if SURE not in sent:
            return self._confirm()
        try:
            return self._propose()
        except (Refused, MovedOn, PreviewMoved) as error:
            return self._confirm(str(error))

    def _propose(self) -> HttpResponse:
        given = self.form.cleaned_data
        with override(_LANGUAGE):
            summary = " ".join(self.deed.told(self.request.actor, self.subject, self.asked))
        told = Told(given["reason"], given["order_no"], given["order_on"], summary)
        try:
            kept = self._kept(told)
        except ProposalNotFound:  # the key is that of somebody else's proposal: this one gets its own
            self.key = uuid7(self.request.at)
            kept = self._kept(told)
        if kept.fresh:
            messages.success(self.request, _("Usulan terkirim. Petugas lain memeriksanya sebelum berlaku."))
        else:
            text = _("Usulan ini sudah terkirim tadi. Untuk mengubahnya, tarik dulu, lalu usulkan lagi.")
            messages.warning(self.request, text)
        return redirect("organisation:proposal", kept.uid)

    def _kept(self, told: Told) -> Proposed:
        return services.propose_act(
            actor=self.request.actor, at=self.request.at, asked=self.asked, told=told,
            seen=self.request.POST.get(SEEN, ""), key=self.key,
        )  # fmt: skip

    def _ask(self, status: int) -> HttpResponse:
        context = {
            "form": self.form,
            "fresh": self._sent and status == 200,
            "pickers": picking.pickers(self.request.actor, self.form),
            "search": SEARCH,
            "draft": "",
            "waiting": organisation.list_waiting(actor=self.request.actor, subject=self.subject.uid),
        }
        return self._render("organisation/form.html", context, status)

    def _confirm(self, refused: str = "") -> HttpResponse:
        actor, asked = self.request.actor, self.asked
        preview = services.preview_act(actor=actor, at=self.request.at, asked=asked)
        foreseen = foresee(actor, preview)
        context = {
            "sent": [(name, value) for name in self.form.fields for value in self.request.POST.getlist(name)],
            "sentences": self.deed.told(actor, self.subject, asked),
            "foreseen": foreseen,
            "notices": [*foreseen.notices, *self._ways_out(preview)],
            "late": asked.on < actor.on,
            "refused": "" if foreseen.blocks else refused,
            "reason": self.form.cleaned_data["reason"],
        }
        status = 422 if foreseen.blocks or refused else 200
        return self._render("organisation/confirm.html", context, status)

    def _ways_out(self, preview: Preview) -> list[Notice]:
        """What was made only now, by mistake, is taken back instead of ended, as long as that can be done."""
        kind = next((_YOUNG[each.code] for each in preview.problems if each.code in _YOUNG), None)
        if kind is None:
            return []
        actor, at = self.request.actor, self.request.at
        on = DEEDS[kind].form(actor, self.subject, None).initial["on"]
        trial = services.preview_act(actor=actor, at=at, asked=Asked(kind, self.subject.uid, on, {}))
        text = _("Bila dibuat karena keliru: %(act)s.") % {"act": str(DEEDS[kind].title).lower()}
        return [] if trial.blocked else [Notice(text, url(f"organisation:{kind.value}", self.subject.uid))]

    def _render(self, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        subject = self.subject
        where: Sequence[tuple[str, str]] = trail(subject)
        common = {
            "deed": self.deed,
            "where": where,
            "back": where[-1][1],
            "names": {"sure": SURE, "again": AGAIN, "key": KEY, "seen": SEEN},
            "key": self.key,
        }
        return render(self.request, template, common | context, status=status)


def unit_to_change(request: ActingRequest, uid: UUID) -> Subject:
    """A unit for those who may change it. ``NotAllowed``, ``UnitNotFound``."""
    policies.require_any_change(request.actor)
    unit, on = organisation.get_unit_ahead(actor=request.actor, unit=uid, on=request.actor.on)
    policies.require_change(request.actor, unit.path)
    return Subject(unit, None, on)


def seat_to_change(request: ActingRequest, uid: UUID) -> Subject:
    """A seat for those who may change it: never one's own. ``NotAllowed``, ``SeatNotFound``."""
    policies.require_any_change(request.actor)
    view, on = organisation.get_seat_ahead(actor=request.actor, seat=uid, on=request.actor.on)
    unit = organisation.get_unit(actor=request.actor, unit=view.unit_code, on=on)
    policies.require_change(request.actor, unit.path)
    policies.require_others(request.actor, view.id)
    return Subject(unit, view, on)


def trail(subject: Subject) -> list[tuple[str, str]]:
    """The steps that lead to a form about a unit, a seat or a reorganisation."""
    unit, plan = subject.unit, subject.reorganisation
    if plan:
        top = (_("Penataan organisasi"), url("organisation:reorganisations"))
        return [top, (plan.title, url("organisation:reorganisation", plan.uid))]
    steps = [(_("Organisasi"), url("organisation:tree")), (unit.name, url("organisation:unit", unit.uid))]
    return [*steps, (subject.post, url("organisation:seat", subject.uid))] if subject.seat else steps
