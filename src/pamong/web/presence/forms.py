"""What pages of rosters ask for: a unit's sheet of a month, and a trade of two days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Sequence[tuple[str, Any]]


class RosterForm(forms.Form):
    """Asks for a sheet: of which unit, of which month."""

    unit = forms.ChoiceField(
        label=_("Unit"),
        error_messages={
            "required": _("Unit: pilih salah satu."),
            "invalid_choice": _("Unit: pilih dari daftar."),
        },
    )
    bulan = forms.ChoiceField(
        label=_("Bulan"),
        error_messages={
            "required": _("Bulan: pilih salah satu."),
            "invalid_choice": _("Bulan: pilih dari daftar."),
        },
    )
    file = forms.FileField(
        label=_("Berkas jadwal"),
        help_text=_(
            "Lembar jadwal yang diunduh dari halaman ini, atau XLSX/CSV dengan kolom NIP dan kolom 1 "
            "sampai 31. Isi sel dengan kode dinas, L untuk libur, atau P+S untuk dua dinas."
        ),
        error_messages={
            "required": _("Berkas jadwal: pilih berkasnya."),
            "empty": _("Berkas jadwal: berkasnya kosong. Pilih berkas yang lain."),
        },
    )

    def __init__(self, *args: Any, units: Choices, months: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["bulan"].choices = months  # type: ignore[attr-defined]


class SwapForm(forms.Form):
    """Asks for one's own day and a colleague's; each choice names a person and a date."""

    mine = forms.ChoiceField(
        label=_("Dinas Anda"),
        error_messages={
            "required": _("Dinas Anda: pilih salah satu."),
            "invalid_choice": _("Dinas Anda: pilih dari daftar."),
        },
    )
    theirs = forms.ChoiceField(
        label=_("Ditukar dengan dinas rekan"),
        help_text=_("Pada kedua hari itu Anda dan rekan bertukar jadwal seluruhnya."),
        error_messages={
            "required": _("Ditukar dengan dinas rekan: pilih salah satu."),
            "invalid_choice": _("Ditukar dengan dinas rekan: pilih dari daftar."),
        },
    )
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Terbaca rekan dan atasan Anda."),
        max_length=300,
        error_messages={"required": _("Alasan: isi alasannya.")},
    )

    def __init__(self, *args: Any, mine: Choices, theirs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mine"].choices = mine  # type: ignore[attr-defined]
        self.fields["theirs"].choices = theirs  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """The two days and the colleague, as the service takes them."""
        uid, _sep, other_on = self.cleaned_data["theirs"].partition(":")
        return {
            "on": date.fromisoformat(self.cleaned_data["mine"]), "other": UUID(uid),
            "other_on": date.fromisoformat(other_on), "reason": self.cleaned_data["reason"],
        }  # fmt: skip
