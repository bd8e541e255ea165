"""The appointing official's choice within the story of its decision: another of the locked names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.access import clock
from pamong.decisions.choices import Verdict
from pamong.decisions.queries import Turn
from pamong.merit.queries import LockedName, list_locked
from pamong.web.decisions.forms import ChangeForm
from pamong.web.entries.inputs import messages


def _day(content: Mapping[str, Any]) -> date:
    """From when the post would be his: the day that was set, else that of the signature."""
    return date.fromisoformat(content["effective"]) if content["effective"] else clock.today()


def _gates(name: LockedName) -> str:
    """How the gates of a name stand, in a few words: what stops him first, else what asks for a reason."""
    for odd, told in (
        ([each for each in name.gates if each.verdict.stops], _("tidak dapat diangkat: %(gates)s")),
        ([each for each in name.gates if each.verdict is Verdict.WARN], _("perlu alasan: %(gates)s")),
    ):  # fmt: skip
        if odd:
            return told % {"gates": ", ".join(each.title.lower() for each in odd)}
    return _("semua syarat terpenuhi")


class NamedField(forms.ChoiceField):
    """One of the names that are offered. Another is refused by the service, which keeps that it was tried."""

    def valid_value(self, value: Any) -> bool:
        """Whatever was sent goes on to the service."""
        return True


class AppointChange(ChangeForm):
    """Whom of the locked names, in place of the one that is named. One reason serves the change and every
    gate that asks for one."""

    verb = gettext_lazy("Pilih calon lain dari daftar")
    agree = gettext_lazy("Angkat calon yang disebut")
    one_reason = True
    application = NamedField(widget=forms.RadioSelect)

    def __init__(self, turn: Turn, data: Any = None) -> None:
        super().__init__(turn, data)
        field = self.fields["application"]
        label = _("Calon yang dipilih")
        field.label, field.error_messages = label, messages(label)
        named = turn.content["application"]
        field.choices = [  # type: ignore[attr-defined]
            (str(each.application), f"{each.rank}. {each.name} · {each.total} · {_gates(each)}")
            for each in list_locked(vacancy=UUID(turn.content["vacancy"]), on=_day(turn.content))
            if str(each.application) != named
        ]
        field.initial = None

    def begins(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Nobody is chosen beforehand."""
        return {}

    def reasons(self, reason: str) -> Mapping[str, str]:
        """What he wrote stands beside each gate of the one whom he takes."""
        return dict.fromkeys(("rank", "eligibility", "tenure", "election"), reason)
