"""The form of a new run: a month, a region's law, what it is for, and three kinds of files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pamong.kernel.clock import format_month
from pamong.pay.choices import Mode
from pamong.pay.inputs import HEADER as INPUTS_HEADER
from pamong.pay.inputs import is_inputs
from pamong.people.columns import HEADER, is_register
from pamong.web.law.reading import choices
from pamong.web.months import months_around

MONTHS_BACK = 18
POSES_AS_INPUTS = _(
    "Isian bulanan: berkas ini berbentuk isian bulanan Pamong. Kosongkan isian ini untuk memakainya, "
    "atau pilih berkas dari kantor."
)
POSES = _(
    "Data pegawai: berkas ini berbentuk data kepegawaian Pamong. Kosongkan isian ini untuk memakainya, "
    "atau pilih ekspor dari SIASN."
)


class FilesInput(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; cleans to a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Clean each file; nothing where none is given and none is needed."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file is not None]
        if not files and not self.required:
            return []
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class StartForm(forms.Form):
    """Asks for a month's computation. ``on`` is today."""

    month = forms.ChoiceField(label=_("Bulan"))
    profile = forms.ChoiceField(
        label=_("Aturan daerah"),
        help_text=_("Cara dan nilai yang dipakai menghitung."),
        error_messages={"required": _("Aturan daerah: pilih daerah Anda.")},
    )
    mode = forms.ChoiceField(
        label=_("Guna hitungan"),
        widget=forms.RadioSelect,
        choices=[
            (Mode.DEMO.value, _("Peragaan: melihat cara kerjanya")),
            (Mode.SHADOW.value, _("Pembanding: dicocokkan dengan hitungan lain, tidak dibayar")),
            (Mode.REAL.value, _("Sungguhan: untuk dibayar; nilai hukum yang hanya contoh ditolak")),
        ],
        initial=Mode.DEMO.value,
    )
    people = forms.FileField(
        label=_("Data pegawai"),
        required=False,
        help_text=_(
            "Kosongkan untuk memakai data kepegawaian di sini. "
            "Bila perlu, pilih ekspor dari SIASN, CSV atau XLSX."
        ),
        error_messages={
            "empty": _("Data pegawai: berkasnya kosong. Pilih berkas yang lain."),
        },
    )
    punches = FilesField(
        label=_("Rekaman presensi"),
        required=False,
        help_text=_(
            "Kosongkan untuk memakai presensi yang tersimpan di sini. Bila perlu, pilih berkas dari mesin, "
            "misalnya 1_attlog.dat. Boleh beberapa sekaligus."
        ),
        error_messages={
            "empty": _("Rekaman presensi: ada berkas yang kosong. Pilih tanpa berkas itu."),
        },
    )
    monthly = forms.FileField(
        label=_("Isian bulanan"),
        required=False,
        help_text=_(
            "Kosongkan untuk memakai isian yang tercatat di sini. Bila perlu, pilih CSV atau XLSX dengan "
            "menit kerja, perilaku, dan penghasilan tetap."
        ),
        error_messages={
            "empty": _("Isian bulanan: berkasnya kosong. Pilih berkas yang lain."),
        },
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = months_around(on, MONTHS_BACK - 1)
        self.fields["month"].choices = [(m.isoformat(), format_month(m.year, m.month)) for m in months]  # type: ignore[attr-defined]
        self.fields["month"].initial = months[1].isoformat()
        regions = [(c.code, c.name) for c in choices()[1:]]
        # Nobody computes by the law of another region because it comes first in the alphabet.
        asks = [] if self.initial.get("profile") else [("", _("Pilih daerah Anda"))]
        self.fields["profile"].choices = [*asks, *regions]  # type: ignore[attr-defined]

    def clean_people(self) -> UploadedFile[bytes] | None:
        """Refuse a file that poses as the register kept here: its values would be taken without a check."""
        return self._no_register("people", is_register, HEADER, POSES)

    def clean_monthly(self) -> UploadedFile[bytes] | None:
        """Refuse a file that poses as the register of inputs kept here, for the same reason."""
        return self._no_register("monthly", is_inputs, INPUTS_HEADER, POSES_AS_INPUTS)

    def _no_register(
        self, name: str, poses: Callable[[bytes], bool], header: bytes, told: Any
    ) -> UploadedFile[bytes] | None:
        given: UploadedFile[bytes] | None = self.cleaned_data[name]
        if given:
            posing = poses(given.read(len(header)))
            given.seek(0)
            if posing:
                raise forms.ValidationError(told)
        return given

    def clean_month(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(self.cleaned_data["month"])

    def clean_mode(self) -> Mode:
        """The mode as what it is."""
        return Mode(self.cleaned_data["mode"])
