"""Forms of performance: a number and a sentence; a month and a file; what a superior makes of his team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pamong.kernel.clock import format_month
from pamong.kernel.money import grouped
from pamong.performance.choices import HIGHEST, MONTHS_BACK, MOST_MINUTES, State
from pamong.performance.queries import TeamRow
from pamong.performance.services import Judged
from pamong.web.formats import angka
from pamong.web.months import months_around

FIELDS = {"minutes": "menit", "behaviour": "perilaku", "productivity_score": "nilai"}
# No number that could be meant: the service refuses it with its sentence.
_NO_NUMBER = -1


def read_number(text: str) -> int | None:
    """``6.600`` and ``6600`` as people type them; None for an empty field, -1 for what is no number."""
    bare = text.replace(".", "").replace(" ", "")
    if not bare:
        return None
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else _NO_NUMBER


class MinutesField(forms.CharField):
    """Minutes of a month, as people type them."""

    def clean(self, value: Any) -> Any:
        """The number; one sentence for anything else."""
        number = read_number(super().clean(value))
        if number is None or number < 0:
            raise forms.ValidationError(_("Menit kerja: isi dengan angka, misalnya 6.600."))
        if number > MOST_MINUTES:
            told = _("Menit kerja: paling banyak %(most)s menit sebulan.")
            raise forms.ValidationError(told % {"most": angka(MOST_MINUTES)})
        return number


class EntryForm(forms.Form):
    """One's own month."""

    minutes = MinutesField(
        label=_("Menit kerja bulan ini"),
        max_length=9,
        error_messages={"required": _("Menit kerja: isi dengan angka, misalnya 6.600.")},
    )
    note = forms.CharField(
        label=_("Catatan untuk atasan"),
        required=False,
        max_length=200,
        help_text=_("Satu kalimat bila ada yang perlu diketahui."),
    )


class SheetForm(forms.Form):
    """A month's sheet and the month that it is about."""

    month = forms.ChoiceField(label=_("Bulan"))
    file = forms.FileField(
        label=_("Isian bulanan"),
        help_text=_("CSV atau XLSX dengan kolom NIP, dan kolom lain yang akan diisi."),
        error_messages={
            "required": _("Isian bulanan: pilih berkasnya."),
            "empty": _("Isian bulanan: berkasnya kosong. Pilih berkas yang lain."),
        },
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = months_around(on, MONTHS_BACK)
        self.fields["month"].choices = [(m.isoformat(), format_month(m.year, m.month)) for m in months]  # type: ignore[attr-defined]
        self.fields["month"].initial = months[1].isoformat()

    def clean_month(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(self.cleaned_data["month"])


@dataclass(frozen=True, slots=True)
class Cell:
    """What a superior finds in a row, or has typed there: texts of the inputs by field, whether the row is
    ticked, why, and what is wrong with it."""

    texts: Mapping[str, str]
    ticked: bool
    reason: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class TeamForm:
    """The rows of a team with what stands in their inputs; ``sent`` is what came back, None at first."""

    rows: Sequence[TeamRow]
    fields: Sequence[str]
    odd: Mapping[Any, Sequence[Any]]
    sent: QueryDict | None = None
    errors: Mapping[Any, str] = field(default_factory=dict)

    def cell(self, row: TeamRow) -> Cell:
        """What stands in the inputs of a row: what was typed, else what would be verified as it is."""
        known = self._known(row)
        if self.sent is None:
            return Cell(known, row.state is State.ENTERED and not self.odd.get(row.uid))
        texts = {name: self.sent.get(f"{FIELDS[name]}-{row.uid}", known[name]) for name in self.fields}
        return Cell(
            texts,
            str(row.uid) in self.sent.getlist("ikut"),
            self.sent.get(f"alasan-{row.uid}", ""),
            self.errors.get(row.uid, ""),
        )

    def judged(self) -> list[Judged]:
        """The rows that were ticked or in which something was typed, as the superior saw them."""
        found = []
        for row in self.rows:
            cell = self.cell(row)
            if row.refused or not (cell.ticked or cell.reason or dict(cell.texts) != self._known(row)):
                continue
            version = read_number(self.sent.get(f"versi-{row.uid}", "")) if self.sent is not None else None
            values = {name: read_number(text) for name, text in cell.texts.items()}
            found.append(Judged(row.uid, _NO_NUMBER if version is None else version, values, cell.reason))
        return found

    def _known(self, row: TeamRow) -> dict[str, str]:
        return {name: _shown(name, row.values[name]) for name in self.fields}


def _shown(name: str, value: int | None) -> str:
    """Conduct is full unless somebody says otherwise."""
    if value is None:
        return str(HIGHEST) if name == "behaviour" else ""
    return grouped(value)
