"""One decision as a story: what is asked, what gates say, who answered, what came of it; and one's turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.decisions import events, queries, services
from pamong.decisions.choices import Answer, State
from pamong.decisions.errors import DecisionClosed, DecisionNotFound, GatesChanged, NotYours
from pamong.decisions.policies import MEMO
from pamong.decisions.queries import GateView, Story
from pamong.decisions.services.answering import Given
from pamong.decisions.types import Told
from pamong.kernel.errors import DomainError
from pamong.web import render
from pamong.web.decisions import words
from pamong.web.decisions.forms import GATE_SEEN, AnswerForm, gate_mark
from pamong.web.files import hand_out
from pamong.web.formats import saat, waktu
from pamong.web.ledger.seals import seals
from pamong.web.missing import missing
from pamong.web.shapes import Node

_ENTRIES = (events.Proposed.kind, events.Answered.kind, events.Ordered.kind, events.Closed.kind)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, or is still to come: when, what, by whom, in which words."""

    title: str
    time: str = ""
    who: str = ""
    word: str = ""
    tone: str = "neutral"
    text: str = ""
    notes: tuple[str, ...] = ()
    now: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the case; ``before`` is what was proposed, where an official changed it; ``href`` leads to
    what shows it."""

    label: str
    text: str
    before: str = ""
    href: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(DecisionNotFound)
def show(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a decision; take the answer of whose turn it is."""
    story = queries.get_story(actor=request.actor, at=request.at, decision=uid)
    form = AnswerForm(story, story.turn) if story.turn else None
    if request.method != "POST":
        return _page(request, story, form)
    if form is None or story.turn is None:
        return _not_now(request, uid)
    form = AnswerForm(story, story.turn, request.POST)
    if not form.is_valid():
        return _page(request, story, form)
    try:
        state = services.answer(actor=request.actor, at=request.at, decision=uid, given=form.given())
    except (NotAllowed, DecisionNotFound):
        raise
    except (DecisionClosed, NotYours) as error:
        messages.warning(request, str(error))
        return redirect("decisions:decision", uid)
    except DomainError as error:
        return _again(request, uid, form, error)
    messages.success(request, _done(state, form.given().answer))
    return redirect("decisions:decision", uid)


@require_safe
@login_required
@missing(DecisionNotFound)
def file(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out what was handed in with a decision, to be looked at and not to be run."""
    kind, data = queries.read_attachment(actor=request.actor, at=request.at, decision=uid)
    return hand_out(data, kind)


def _not_now(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Somebody answers who is not asked: told why, whatever he sent."""
    try:
        services.answer(actor=request.actor, at=request.at, decision=uid, given=Given(Answer.AGREE, seen=""))
    except NotYours as error:
        raise NotAllowed(str(error)) from error
    except DomainError as error:
        messages.warning(request, str(error))
    return redirect("decisions:decision", uid)


def _again(request: ActingRequest, uid: UUID, sent: AnswerForm, error: DomainError) -> HttpResponse:
    """The page once more, as things stand by now, with all that was typed and what is wrong with it."""
    story = queries.get_story(actor=request.actor, at=request.at, decision=uid)
    if story.turn is None:
        messages.warning(request, str(error))
        return redirect("decisions:decision", uid)
    form = AnswerForm(story, story.turn, sent.data)
    form.is_valid()
    form.blame(error)
    changed = _changed(story, request.POST) if isinstance(error, GatesChanged) else frozenset()
    return _page(request, story, form, changed)


def _changed(story: Story, sent: Mapping[str, str]) -> frozenset[str]:
    """The codes of the gates that say something else than the page that was sent back had shown."""
    return frozenset(
        view.gate.code
        for view in story.gates
        if sent.get(f"{GATE_SEEN}{view.gate.code}") != gate_mark(view.gate)
    )


def _done(state: State, answer: Answer) -> str:
    if state is State.SEALED:
        return _("Keputusan ditetapkan.")
    if state is State.REFUSED:
        return _("Jawaban tersimpan: keputusan ini tidak diteruskan.")
    if answer is Answer.AGREE:
        return _("Jawaban tersimpan. Keputusan ini diteruskan ke langkah berikutnya.")
    return _("Jawaban tersimpan. Pejabat berikutnya membaca alasan Anda.")


def _page(
    request: ActingRequest,
    story: Story,
    form: AnswerForm | None,
    changed: frozenset[str] = frozenset(),
) -> HttpResponse:
    failed = form is not None and form.is_bound
    refs = [story.uid, *([story.order.uid] if story.order else [])]
    found = seals(request, refs, *_ENTRIES)
    context: dict[str, Any] = {
        "story": story,
        "form": form if form is not None and form.turn.answers else None,
        "facts": list(_facts(story)),
        "moments": sorted_moments(story),
        "changed": changed,
        "trees": {view.gate.code: tree_of(view) for view in story.gates},
        "mark": gate_mark,
        "seal": found.of(story.order.uid if story.order else story.uid),
        "paper": paper_href(story),
        "person_href": _person_href(request, story),
        "memo": bool(policies.may(request.actor, MEMO)),
        "words": words,
    }
    return render(request, "decisions/decision.html", context, status=422 if failed else 200)


def _facts(story: Story) -> Iterator[Fact]:
    before = {line.label: line.text for line in story.proposed.lines}
    for line in story.told.lines:
        was = before.get(line.label, "")
        yield Fact(line.label, line.text, was if was != line.text else "", line.link)


def sorted_moments(story: Story) -> Sequence[Moment]:
    """What happened, oldest first; then what it waits for and what is still to come."""
    dated = sorted(_happened(story), key=lambda pair: pair[0])
    return [moment for _at, moment in dated] + list(_to_come(story))


def _happened(story: Story) -> Iterator[tuple[datetime, Moment]]:
    entered = _("Diajukan")
    yield (
        story.entered_at,
        Moment(entered, waktu(story.entered_at), story.entered_name, tone="info", text=story.reason),
    )
    for step in story.steps:
        if (act := step.act) is not None:
            notes = (
                words.reach(act.reach), _("sesudah batas waktu") if act.late else "",
                *_otherwise(story, act.changed),
            )  # fmt: skip
            word, tone = _(act.answer.label), words.ANSWER_TONES[act.answer]
            who = f"{act.name}, {act.office}"
            kept = tuple(note for note in notes if note)
            yield act.at, Moment(step.title, waktu(act.at), who, word, tone, act.reason, kept)
    for each in story.objections:
        who = f"{each.by} ({each.filed_name})"
        yield (
            each.filed_at,
            Moment(_("Keberatan"), waktu(each.filed_at), who, tone="attention", text=each.text),
        )
        if each.lifted_at is not None:
            lifted = _("Keberatan dicabut")
            yield (
                each.lifted_at,
                Moment(lifted, waktu(each.lifted_at), who, tone="good", text=each.answer),
            )
    if story.closed_at is not None and story.state is not State.REFUSED:
        tone = words.STATE_TONES[story.state]
        ended = Moment(_(story.state.label), waktu(story.closed_at), tone=tone, text=story.withdrawal)
        yield story.closed_at, ended


def _otherwise(story: Story, changed: Told | None) -> Iterator[str]:
    """The facts of which an official would have others than were proposed."""
    before = {line.label: line.text for line in story.proposed.lines}
    for line in changed.lines if changed else ():
        if before.get(line.label) != line.text:
            yield f"{line.label}: {line.text}"


def _to_come(story: Story) -> Iterator[Moment]:
    """The steps that nobody has answered, of what still waits."""
    for step in story.steps if story.state is State.WAITING else ():
        if step.act is None:
            due = saat(story.due_at) if step.waits and story.due_at else ""
            notes = (_("batas waktu %(time)s") % {"time": due},) if due else ()
            word = _("Menunggu") if step.waits else _("Belum sampai")
            tone = "attention" if step.waits else "neutral"
            yield Moment(step.title, "", step.office, word, tone, notes=notes, now=step.waits)


def tree_of(view: GateView) -> tuple[Node, ...]:
    """Where a gate's verdict comes from: what was found, what is asked, by which article, how well known."""
    gate = view.gate
    label = _("Yang disyaratkan") if gate.threshold else _("Menurut")
    asked = Node(label, gate.threshold, source=gate.article, href=gate.link, evidence=gate.evidence)
    return (Node(_("Yang ditemukan"), gate.value), asked) if gate.value else (asked,)


def paper_href(story: Story) -> str:
    """The order as a document; '' without an order."""
    if story.order is None:
        return ""
    return reverse("orders:print", args=[story.order.uid])


def _person_href(request: ActingRequest, story: Story) -> str:
    """The file of whom it is about, for who can open everybody's."""
    if story.person is None or not policies.may_over(request.actor, "people:read", ""):
        return ""
    return reverse("people:person", args=[story.person])
