"""What an import asks for: a kind of file, the file, its date, and how it is to be read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pamong.people.choices import BatchKind
from pamong.people.queries.batches import BatchOptions

_ORDERS = {"": None, "hari": True, "bulan": False}


class ImportForm(forms.Form):
    """``on`` is today; ``options`` are for the service."""

    kind = forms.ChoiceField(
        label=_("Isi berkas"),
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in BatchKind],
        initial=BatchKind.REGISTER.value,
    )
    file = forms.FileField(
        label=_("Berkas"),
        help_text=_("CSV atau XLSX. Dicoba dulu; tidak ada yang tersimpan sebelum Anda menyetujuinya."),
        error_messages={
            "required": _("Berkas: pilih berkasnya."),
            "empty": _("Berkas: berkasnya kosong. Pilih berkas yang lain."),
        },
    )
    on = forms.DateField(
        label=_("Keadaan per tanggal"),
        widget=forms.DateInput(format="%Y-%m-%d"),
        help_text=_("Tanggal berkas. Yang tidak menyebut tanggal dianggap berlaku sejak hari ini."),
    )
    create_missing = forms.BooleanField(
        label=_("Buat unit dan posisi yang belum ada di peta jabatan"), required=False
    )
    day_first = forms.ChoiceField(
        label=_("Urutan tanggal di berkas"),
        required=False,
        choices=[
            ("", _("Kenali sendiri")),
            ("hari", _("Hari-bulan-tahun, misalnya 01-02-2020 adalah 1 Februari")),
            ("bulan", _("Bulan-hari-tahun, misalnya 01-02-2020 adalah 2 Januari")),
        ],
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = on
        self.fields["on"].widget.input_type = "date"
        self.today = on

    def clean_on(self) -> date:
        """A file tells of the past or of today."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Tanggal berkas tidak boleh sesudah hari ini."))
        return on

    def options(self) -> BatchOptions:
        """How the file is read."""
        cleaned = self.cleaned_data
        return BatchOptions(cleaned["on"], cleaned["create_missing"], _ORDERS[cleaned["day_first"]])
