"""The form of a turn: an answer, its reasons, and what a change of each kind fills in.

A kind whose content an official may change brings a form of its own (``register_change``), when the
application starts; of the others the answer "with a change" is not offered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from pamong.decisions.choices import Answer, Part, Verdict
from pamong.decisions.errors import ContentUnfit, ReasonsMissing
from pamong.decisions.queries import GateView, Story, Turn
from pamong.decisions.services.answering import Given
from pamong.decisions.types import Gate
from pamong.kernel.errors import DomainError
from pamong.web.decisions import words
from pamong.web.entries.inputs import messages
from pamong.web.shapes import Notice

ANSWER, REASON, SEEN = "jawaban", "alasan", "dilihat"
GATE, GATE_SEEN, CHANGE = "syarat_", "dilihat_", "ubah"
REASON_MOST = 500


class ChangeForm(forms.Form):
    """What an official fills in who agrees to something else than was proposed. The fields are named as in
    the content; ``said`` may make other values of them. ``verb`` and ``agree`` name both answers where the
    plain words do not fit. ``one_reason``: that of the answer serves every gate of the change."""

    verb: Any = ""
    agree: Any = ""
    one_reason = False

    def __init__(self, turn: Turn, data: Any = None) -> None:
        super().__init__(data, prefix=CHANGE, initial=self.begins(turn.content))
        self.turn = turn

    def begins(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields hold at first: what was proposed."""
        return {name: content.get(name) for name in self.base_fields}

    def said(self) -> dict[str, Any]:
        """What a clean form says, in JSON values without floats."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.cleaned_data.items()
        }

    def change(self) -> Mapping[str, Any]:
        """The content as the official would have it."""
        return {**self.turn.content, **self.said()}

    def reasons(self, reason: str) -> Mapping[str, str]:
        """Reasons for gates that only the change brings, from that of the answer."""
        return {}


_CHANGES: dict[str, type[ChangeForm]] = {}


def register_change(kind: str, form: type[ChangeForm]) -> None:
    """Let a change of a kind be filled in by this form; once, when the application starts."""
    _CHANGES[kind] = form


class AnswerForm(forms.Form):
    """One answer, why, and a reason for each gate that needs one. ``change`` is the kind's own part."""

    def __init__(self, story: Story, turn: Turn, data: Any = None) -> None:
        super().__init__(data)
        self.story, self.turn = story, turn
        kind = _CHANGES.get(story.kind) if Answer.CHANGE in turn.answers else None
        changes = data if data is not None and data.get(ANSWER) == Answer.CHANGE.value else None
        self.change = kind(turn, changes) if kind else None
        self.fields[ANSWER] = forms.ChoiceField(
            label=_("Jawaban Anda"), widget=forms.RadioSelect, choices=self._choices(),
            error_messages=messages(_("Jawaban Anda")),
        )  # fmt: skip
        for view in self.warned:
            self.fields[f"{GATE}{view.gate.code}"] = _reason(
                _("Alasan untuk syarat %(gate)s") % {"gate": view.gate.title}, view.gate.sentence
            )
        told = _("Wajib kecuali Anda menyetujuinya begitu saja. Pengusul dan yang bersangkutan membacanya.")
        self.fields[REASON] = _reason(_("Alasan"), told)

    @property
    def warned(self) -> Sequence[GateView]:
        """The gates that need a reason from who signs."""
        signs = self.turn.part is Part.SIGN
        return [view for view in self.story.gates if signs and view.gate.verdict is Verdict.WARN]

    def is_valid(self) -> bool:
        """Whether it can be handed on, the kind's own part with it."""
        plain = super().is_valid()
        return (self.change is None or not self.change.is_bound or self.change.is_valid()) and plain

    def given(self) -> Given:
        """What a clean form says. A page that shows no mark of its gates shows none that could be right."""
        said, answer = self.cleaned_data, Answer(self.cleaned_data[ANSWER])
        change = self.change if answer is Answer.CHANGE else None
        written = {v.gate.code: why for v in self.warned if (why := said[f"{GATE}{v.gate.code}"])}
        reasons = {**(change.reasons(said[REASON]) if change else {}), **written}
        return Given(
            answer, said[REASON], reasons, seen=self.data.get(SEEN, ""),
            change=change.change() if change else None,
        )  # fmt: skip

    def blame(self, error: DomainError) -> None:
        """Put a refusal where it belongs: beside its fields, else above all."""
        if isinstance(error, ReasonsMissing):
            for code in error.fields:
                self._want(REASON if code == REASON_FIELD else f"{GATE}{code}")
        elif isinstance(error, ContentUnfit) and self.change and error.field in self.change.fields:
            self.change.add_error(error.field, str(error))
        else:
            self.add_error(None, str(error))

    @property
    def faults(self) -> tuple[Notice, ...]:
        """Everything that is to be put right, each with the place of its field."""
        own = [
            Notice(str(error), self._anchor(name))
            for name in (NON_FIELD_ERRORS, *self.fields)
            for error in self.errors.get(name, ())
        ]
        change = self.change.errors.items() if self.change else ()
        return (*own, *(Notice(str(e), _id(self.change, name)) for name, found in change for e in found))

    def _choices(self) -> list[tuple[str, str]]:
        answers = [each for each in self.turn.answers if each is not Answer.CHANGE or self.change]
        own = {Answer.CHANGE: self.change.verb, Answer.AGREE: self.change.agree} if self.change else {}
        return [(answer.value, own.get(answer) or words.verb(answer)) for answer in answers]

    def _want(self, name: str) -> None:
        if name not in self.fields:
            self.add_error(None, _("Syaratnya berubah. Baca lagi syaratnya, lalu isi alasannya."))
            return
        told = _("%(label)s belum cukup. Tulis paling sedikit satu kata dan sepuluh huruf.")
        self.add_error(name, told % {"label": self.fields[name].label})

    def _anchor(self, name: str) -> str:
        return f"#{ANSWER}-1" if name == ANSWER else _id(self, name)


REASON_FIELD = "reason"  # what the domain calls the reason of the answer itself


def gate_mark(gate: Gate) -> str:
    """A short mark of what one gate says, so that a page can tell which of them changed."""
    return hashlib.sha256("\0".join(gate.same).encode()).hexdigest()[:12]


def _reason(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=REASON_MOST, widget=forms.Textarea,
        error_messages=messages(label),
    )  # fmt: skip


def _id(form: forms.Form | None, name: str) -> str:
    return f"#{form[name].id_for_label}" if form is not None and name in form.fields else ""
