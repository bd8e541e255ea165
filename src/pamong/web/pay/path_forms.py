"""The forms of the path: an SPM, an SP2D, a reason, a list of the treasury, a budget."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pamong.kernel.clock import format_month
from pamong.kernel.errors import InvalidValue
from pamong.kernel.money import parse_rupiah
from pamong.pay.path import Sp2d, Spm
from pamong.web.days import DayField

NUMBER_MOST = 100


class RupiahField(forms.CharField):
    """Whole rupiah as people write them: ``1.234.567`` or ``Rp1.234.567``."""

    def clean(self, value: Any) -> Any:
        """The amount as a whole number, not negative."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_rupiah(text)
        except InvalidValue as error:
            raise forms.ValidationError(str(error)) from error
        if amount < 0:
            raise forms.ValidationError(_("Jumlahnya tidak boleh kurang dari nol."))
        return int(amount)


def _text(label: Any, required: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=NUMBER_MOST, error_messages={"required": required}, **more)


def _day(label: Any, required: Any) -> DayField:
    return DayField(label=label, error_messages={"required": required})


class SpmForm(forms.Form):
    """What the payment order of a list says; ``over_budget`` is asked only where the budget is used up."""

    spp_number = _text(_("Nomor SPP"), _("Nomor SPP: isi nomornya."))
    spm_number = _text(_("Nomor SPM"), _("Nomor SPM: isi nomornya."))
    spm_on = _day(_("Tanggal SPM"), _("Tanggal SPM: isi tanggalnya."))
    amount = RupiahField(
        label=_("Nilai SPM sebelum potongan"),
        help_text=_("Tulis seperti di SPM; harus sama dengan jumlah daftar sampai rupiahnya."),
        error_messages={"required": _("Nilai SPM: isi jumlahnya.")},
    )
    over_budget = forms.CharField(
        label=_("Alasan melampaui pagu"), required=False, max_length=500,
        widget=forms.Textarea, help_text=_("Dibaca pemeriksa dan tercatat di riwayat daftar."),
    )  # fmt: skip

    def __init__(self, *args: Any, over: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not over:
            del self.fields["over_budget"]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        told = self.cleaned_data
        spm = Spm(told["spp_number"], told["spm_number"], told["spm_on"], told["amount"])
        return {"spm": spm, "over_budget": told.get("over_budget", "")}


class Sp2dForm(forms.Form):
    """What the treasury's disbursement order says."""

    number = _text(_("Nomor SP2D"), _("Nomor SP2D: isi nomornya."))
    on = _day(_("Tanggal SP2D"), _("Tanggal SP2D: isi tanggalnya."))
    amount = RupiahField(
        label=_("Nilai SP2D sebelum potongan"),
        help_text=_("Tulis seperti di SP2D; harus sama dengan jumlah daftar sampai rupiahnya."),
        error_messages={"required": _("Nilai SP2D: isi jumlahnya.")},
    )

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        told = self.cleaned_data
        return {"sp2d": Sp2d(told["number"], told["on"], told["amount"])}


class TreasuryForm(forms.Form):
    """A list of SP2D and the month that it is for."""

    month = forms.ChoiceField(label=_("Bulan TPP"))
    file = forms.FileField(
        label=_("Daftar SP2D"),
        help_text=_("CSV atau XLSX dengan kolom nomor SPM, nomor SP2D, tanggal SP2D, dan nilai SP2D."),
        error_messages={
            "required": _("Daftar SP2D: pilih berkasnya."),
            "empty": _("Daftar SP2D: berkasnya kosong. Pilih berkas yang lain."),
        },
    )

    def __init__(self, *args: Any, months: tuple[date, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(month.isoformat(), format_month(month.year, month.month)) for month in months]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]

    def clean_month(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(self.cleaned_data["month"])


class BudgetForm(forms.Form):
    """A budget that is proposed for an OPD and a year."""

    opd = forms.ChoiceField(label=_("Perangkat daerah"))
    year = forms.TypedChoiceField(label=_("Tahun"), coerce=int)
    amount = RupiahField(
        label=_("Pagu setahun"), error_messages={"required": _("Pagu setahun: isi jumlahnya.")}
    )
    document = _text(
        _("Dokumen"),
        _("Dokumen: isi nomor dan tanggalnya."),
        help_text=_("Misalnya nomor dan tanggal DPA."),
    )

    def __init__(self, data: Any = None, *, offices: list[tuple[str, str]], year: int) -> None:
        super().__init__(data, initial={"year": year})
        self.fields["opd"].choices = offices  # type: ignore[attr-defined]
        years = [(each, str(each)) for each in (year - 1, year, year + 1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


__all__ = ["BudgetForm", "Sp2dForm", "SpmForm", "TreasuryForm"]
