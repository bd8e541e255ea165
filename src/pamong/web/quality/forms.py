"""The forms of one finding: it is really so, or it is open again."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pamong.web.days import DayField


class ReopenForm(forms.Form):
    """Why the finding is to be mended after all."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=500, help_text=_("Satu kalimat. Petugas lain membacanya di daftar.")
    )


class AcceptForm(ReopenForm):
    """Why it is really so, and until when nobody need look again."""

    until = DayField(
        label=_("Periksa lagi pada"),
        required=False,
        help_text=_("Pada tanggal itu temuan tampil lagi. Kosongkan bila tidak perlu."),
    )
