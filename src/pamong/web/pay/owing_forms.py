"""The forms of an overpayment: a plan of instalments, a deposit, a reason."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.kernel.errors import InvalidValue
from pamong.kernel.money import parse_rupiah
from pamong.pay.differences import Due
from pamong.web.days import DayField, parse_day
from pamong.web.pay.path_forms import RupiahField

_LINE = re.compile(r"\s*(?P<day>.+?)\s*[:=]\s*(?P<amount>.+?)\s*")


class PlanForm(forms.Form):
    """When how much comes back: one instalment a line."""

    document = forms.CharField(
        label=gettext_lazy("Nomor surat pernyataan atau keputusan"),
        max_length=200,
        error_messages={"required": gettext_lazy("Nomor surat: isi nomor yang menjadi dasar angsuran.")},
    )
    instalments = forms.CharField(
        label=gettext_lazy("Angsuran"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Satu baris satu angsuran: tanggal, titik dua, jumlah. Misalnya 1-12-2026: 500.000. "
            "Boleh melewati tahun anggaran."
        ),
        error_messages={"required": gettext_lazy("Angsuran: isi paling sedikit satu baris.")},
    )

    def clean_instalments(self) -> list[Due]:
        """The instalments; the first line that can't be read is told."""
        lines = [line for line in self.cleaned_data["instalments"].splitlines() if line.strip()]
        return [self._due(number, line) for number, line in enumerate(lines, start=1)]

    def _due(self, number: int, line: str) -> Due:
        found = _LINE.fullmatch(line)
        day = parse_day(found["day"]) if found else None
        if found is None or day is None:
            told = _("Angsuran baris %(number)s tidak terbaca. Tulis seperti 1-12-2026: 500.000.")
            raise ValidationError(told % {"number": number})
        try:
            return Due(day, int(parse_rupiah(found["amount"])))
        except InvalidValue as error:
            raise ValidationError(str(error)) from error


class DepositForm(forms.Form):
    """What the treasury received, by its STS."""

    sts_number = forms.CharField(label=gettext_lazy("Nomor STS"), max_length=100)
    paid_on = DayField(label=gettext_lazy("Tanggal STS"))
    amount = RupiahField(label=gettext_lazy("Jumlah"), max_length=40)


class ReasonForm(forms.Form):
    """Why: needed to refuse a plan, or to take back a deposit."""

    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=500, required=False)
