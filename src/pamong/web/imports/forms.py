"""What an import asks for: a kind of file, the file, its date, and how it is to be read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pamong.people.choices import BatchKind
from pamong.people.queries.batches import BatchOptions
from pamong.web.days import DayField

_ORDERS = {"": None, "hari": True, "bulan": False}
_ANSWERS = {order: answer for answer, order in _ORDERS.items()}
# In the order in which a new government brings them: people need the seats that a chart makes.
KINDS = (BatchKind.PETA, BatchKind.REGISTER, BatchKind.FAMILY, BatchKind.EDUCATION)


class OptionsForm(forms.Form):
    """Asks how a file is read. ``today`` is the last date that a file may have."""

    on = DayField(
        label=_("Tanggal berkas"),
        help_text=_(
            "Peta jabatan: sejak kapan peta itu berlaku. Berkas lain: tanggal ekspornya. "
            "Isi berkas yang tidak bertanggal dianggap berlaku sejak hari itu."
        ),
        error_messages={"required": _("Tanggal berkas: isi tanggalnya.")},
    )
    create_missing = forms.BooleanField(
        label=_("Buat unit dan posisi yang belum ada di peta jabatan"),
        required=False,
        help_text=_("Untuk data ASN. Tanpa ini, pegawai di unit yang belum ada disimpan tanpa jabatan."),
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

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        """A file tells of the past or of today."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Tanggal berkas: tidak boleh sesudah hari ini."))
        return on

    def options(self) -> BatchOptions:
        """How the file is read; what is not asked of its kind is as if nobody had said it."""
        cleaned = self.cleaned_data
        answer = cleaned.get("day_first", "")
        return BatchOptions(cleaned["on"], cleaned.get("create_missing", False), _ORDERS[answer])


class ImportForm(OptionsForm):
    """Asks for a file. ``kind`` is what it may hold as long as nobody has chosen."""

    kind = forms.ChoiceField(
        label=_("Isi berkas"),
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in KINDS],
        error_messages={"required": _("Isi berkas: pilih salah satu.")},
    )
    file = forms.FileField(
        label=_("Berkas"),
        help_text=_("CSV atau XLSX. Dicoba dulu; tidak ada yang tersimpan sebelum Anda menyetujuinya."),
        error_messages={
            "required": _("Berkas: pilih berkasnya."),
            "empty": _("Berkas: berkasnya kosong. Pilih berkas yang lain."),
        },
    )
    field_order = ("kind", "file", "on", "create_missing", "day_first")

    def __init__(self, *args: Any, today: date, kind: BatchKind, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"on": today, "kind": kind.value}, **kwargs)

    def clean(self) -> None:
        """A browser sends a file once only: who has to mend something else is told to choose it again."""
        super().clean()
        if self.errors and "file" not in self.errors:
            self.add_error("file", _("Berkas: pilih lagi berkasnya. Halaman ini tidak dapat mengingatnya."))


class AgainForm(OptionsForm):
    """Asks how a file that was tried is to be read instead; only what matters for its kind."""

    def __init__(
        self, *args: Any, today: date, kind: BatchKind, options: BatchOptions, **kwargs: Any
    ) -> None:
        initial = {
            "on": options.on,
            "create_missing": options.create_missing,
            "day_first": _ANSWERS[options.day_first],
        }
        # Its own ids: the page has other forms.
        super().__init__(*args, today=today, initial=initial, auto_id="again_%s", **kwargs)
        if kind is not BatchKind.REGISTER:
            del self.fields["create_missing"]
        if kind is BatchKind.PETA:  # has no dates
            del self.fields["day_first"]
