"""What somebody fills in to correct a day of his."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pamong.attendance.choices import CLAIMABLE, ExcuseKind, ExcusePart
from pamong.attendance.services import Claim
from pamong.web.presence.clocks import ClockField

PARTS = (ExcusePart.WHOLE, ExcusePart.FIRST_HALF, ExcusePart.SECOND_HALF)


class CorrectionForm(forms.Form):
    """What happened, why the record is wrong, and what shows it. Any of both parts may stay empty."""

    kind = forms.ChoiceField(
        label=_("Yang terjadi hari itu"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", _("Saya hadir, tetapi jam datang atau pulang tidak tercatat benar")),
            (ExcuseKind.DUTY.value, _("Saya dinas luar")),
            (ExcuseKind.PERMIT.value, _("Saya mendapat izin")),
            (ExcuseKind.OUTAGE.value, _("Presensi tidak dapat dicatat karena gangguan")),
        ],
    )
    came = ClockField(
        label=_("Datang pukul"), required=False, help_text=_("Misalnya 07.25. Isi yang tidak tercatat benar.")
    )
    left = ClockField(label=_("Pulang pukul"), required=False, help_text=_("Misalnya 16.05."))
    left_next = forms.BooleanField(label=_("Pulang pada hari berikutnya"), required=False)
    part = forms.ChoiceField(
        label=_("Bagian hari yang dikecualikan"),
        required=False,
        choices=[(part.value, _(part.label)) for part in PARTS],
        help_text=_("Hanya untuk dinas luar, izin, dan gangguan."),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        widget=forms.Textarea,
        max_length=500,
        help_text=_("Satu atau dua kalimat. Atasan Anda membacanya."),
        error_messages={"required": _("Alasan belum diisi.")},
    )
    evidence = forms.FileField(
        label=_("Bukti"),
        required=False,
        help_text=_("Foto, tangkapan layar, atau surat. PDF, JPEG, atau PNG, paling besar 10 MB."),
        error_messages={"empty": _("Bukti: berkas ini kosong. Pilih berkas lain.")},
    )

    def clean_kind(self) -> ExcuseKind | None:
        """The kind of reason for being away; None for who was there."""
        value = self.cleaned_data["kind"]
        return ExcuseKind(value) if value in [each.value for each in CLAIMABLE] else None

    def claim(self) -> Claim:
        """What was said; what belongs to the other answer is left out."""
        said: dict[str, Any] = self.cleaned_data
        if said["kind"] is not None:
            return Claim(kind=said["kind"], part=ExcusePart(said["part"] or ExcusePart.WHOLE.value))
        return Claim(said["came"], said["left"], said["left_next"])
