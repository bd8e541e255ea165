"""What pages of machines ask for: a file, the columns of a sheet, a machine, its place, a number's owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pamong.web.days import DayField
from pamong.web.formats import ukuran
from pamong.web.presence.clocks import ClockField
from pamong.web.presence.forms import Choices

MOST_BYTES = 4_000_000  # about 100,000 events, a full machine: what a person can wait for
PIN, NIP, DAY, TIME, MOMENT = "pin", "nip", "day", "time", "moment"
ROLES = (
    ("", _("Tidak dipakai")), (PIN, _("PIN")), (NIP, _("NIP")), (DAY, _("Tanggal")), (TIME, _("Jam")),
    (MOMENT, _("Tanggal dan jam")),
)  # fmt: skip


class MachineFileForm(forms.Form):
    """Asks for a file of a machine, and until when it tells everything. ``machines``: empty where the page is
    of one machine."""

    device = forms.ChoiceField(
        label=_("Mesin"),
        error_messages={
            "required": _("Mesin: pilih mesin asal berkas ini."),
            "invalid_choice": _("Mesin: pilih dari daftar."),
        },
    )
    file = forms.FileField(
        label=_("Berkas dari mesin"),
        help_text=_("attlog.dat, GLG, atau berkas CSV, XLSX, JSON dari programnya. Diperiksa dulu."),
        error_messages={
            "required": _("Berkas dari mesin: pilih berkasnya."),
            "empty": _("Berkas dari mesin: berkasnya kosong. Pilih berkas yang lain."),
        },
    )
    until_on = DayField(
        label=_("Data lengkap sampai tanggal"),
        required=False,
        help_text=_("Saat data ini diambil dari mesin. Bila kosong: presensi terakhir di berkas."),
    )
    until_at = ClockField(
        label=_("Pukul"), required=False, help_text=_("Menurut jam di lokasi mesin, misalnya 16.30.")
    )

    def __init__(self, *args: Any, machines: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if machines:
            self.fields["device"].choices = [("", _("Pilih mesin")), *machines]  # type: ignore[attr-defined]
        else:
            del self.fields["device"]

    def clean_file(self) -> Any:
        """A page reads files of some size; larger ones have a command."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            told = gettext(
                "Berkas dari mesin: berkas ini %(size)s, lewat halaman ini paling besar %(most)s. Minta "
                "operator sistem memasukkannya dengan perintah pamong presence punches."
            )
            raise forms.ValidationError(told % {"size": ukuran(upload.size), "most": ukuran(MOST_BYTES)})
        return upload

    def clean(self) -> None:
        """A day and an hour belong together, and neither is yet to come."""
        super().clean()
        on, hour = self.cleaned_data.get("until_on"), self.cleaned_data.get("until_at")
        if on and not hour and "until_at" not in self.errors:
            self.add_error("until_at", gettext("Pukul: isi jamnya, atau kosongkan tanggalnya."))
        if hour and not on and "until_on" not in self.errors:
            told = gettext("Data lengkap sampai tanggal: isi tanggalnya, atau kosongkan jamnya.")
            self.add_error("until_on", told)
        if on and on > self.today:
            told = gettext("Data lengkap sampai tanggal: tanggal itu belum tiba.")
            self.add_error("until_on", told)
        if self.errors and "file" not in self.errors:
            told = gettext("Berkas dari mesin: pilih lagi berkasnya. Halaman ini tidak dapat mengingatnya.")
            self.add_error("file", told)

    def through(self) -> str:
        """Until when the file tells everything, as the wall time of its place in ISO form; ''."""
        on, hour = self.cleaned_data["until_on"], self.cleaned_data["until_at"]
        return datetime.combine(on, hour).isoformat() if on else ""


class SameMachineForm(forms.Form):
    """Asks whether a file that names another serial number is of this machine for all that."""

    same = forms.BooleanField(error_messages={"required": _("Centang dulu bahwa berkas ini dari mesin ini.")})

    def __init__(self, *args: Any, file: str, machine: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = gettext("Benar, berkas bernomor seri %(file)s ini dari mesin %(machine)s.")
        self.fields["same"].label = told % {"file": file, "machine": machine}


class ColumnsForm(forms.Form):
    """Asks of each column of a sheet what it holds. ``guess``: what was recognised, by heading."""

    order = forms.ChoiceField(
        label=_("Urutan tanggal"),
        choices=[
            ("day", _("Hari-bulan-tahun, misalnya 02-11-2026 adalah 2 November")),
            ("month", _("Bulan-hari-tahun, misalnya 11-02-2026 adalah 2 November")),
        ],
    )

    def __init__(self, *args: Any, headings: Sequence[str], guess: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = headings
        for place, heading in enumerate(headings):
            self.fields[f"kolom_{place}"] = forms.ChoiceField(
                label=heading, choices=ROLES, required=False, initial=guess.get(heading, "")
            )

    def clean(self) -> None:
        """One column says who; one says when, or one the day and others the times."""
        super().clean()
        count = Counter(self._roles().values())
        if count[PIN] + count[NIP] != 1:
            self.add_error(None, gettext("Pilih satu kolom yang berisi PIN atau NIP."))
        whole, parts = count[MOMENT], count[DAY] + count[TIME]
        if not ((whole == 1 and not parts) or (not whole and count[DAY] == 1 and count[TIME])):
            told = gettext(
                "Pilih satu kolom yang berisi tanggal dan jam, atau satu kolom tanggal dengan satu kolom jam "
                "atau lebih."
            )
            self.add_error(None, told)

    def columns(self) -> dict[str, Any]:
        """The columns as a reader of sheets takes them."""
        held: dict[str, list[str]] = {}
        for heading, role in self._roles().items():
            held.setdefault(role, []).append(heading)
        return {
            "person": [*held.get(PIN, []), *held.get(NIP, [])][0], "is_nip": NIP in held,
            "day": held.get(DAY, [""])[0], "times": held.get(TIME, []), "moment": held.get(MOMENT, [""])[0],
            "order": self.cleaned_data["order"],
        }  # fmt: skip

    def _roles(self) -> dict[str, str]:
        return {
            heading: self.cleaned_data.get(f"kolom_{place}", "")
            for place, heading in enumerate(self.headings)
        }


def guessed(guess: Mapping[str, Any] | None) -> dict[str, str]:
    """What columns a reader of sheets recognised, or was told, by heading."""
    if guess is None:
        return {}
    found = {guess["person"]: NIP if guess["is_nip"] else PIN} if guess["person"] else {}
    found |= {guess["moment"]: MOMENT} if guess["moment"] else {}
    found |= {guess["day"]: DAY} if guess["day"] else {}
    return found | dict.fromkeys(guess["times"], TIME)


ZONES = (
    ("Asia/Jakarta", _("WIB (Asia/Jakarta)")), ("Asia/Makassar", _("WITA (Asia/Makassar)")),
    ("Asia/Jayapura", _("WIT (Asia/Jayapura)")),
)  # fmt: skip
_LONG = 100
_CODE = 40


class SiteForm(forms.Form):
    """Asks for a place of work."""

    name = forms.CharField(
        label=_("Nama lokasi"), max_length=_LONG, help_text=_("Misalnya: Balai Kota."),
        error_messages={"required": _("Nama lokasi: isi namanya.")},
    )  # fmt: skip
    code = forms.CharField(
        label=_("Kode"), max_length=_CODE, required=False,
        help_text=_("Bila kosong dibuat dari namanya, misalnya: balai_kota. Tidak dapat diganti."),
    )  # fmt: skip
    zone = forms.ChoiceField(
        label=_("Zona waktu"),
        choices=ZONES,
        help_text=_("Jam mesin di lokasi ini dibaca menurut zona ini."),
        error_messages={"invalid_choice": _("Zona waktu: pilih dari daftar.")},
    )
    on = DayField(
        label=_("Ada sejak"),
        help_text=_("Tidak lebih lambat daripada presensi pertama mesinnya."),
        error_messages={"required": _("Ada sejak: isi tanggalnya.")},
    )

    def clean(self) -> None:
        """A code that was not written is made of the name."""
        super().clean()
        if not self.cleaned_data.get("code") and "code" not in self.errors:
            plain = slugify(self.cleaned_data.get("name", "")).replace("-", "_")
            self.cleaned_data["code"] = plain[:_CODE].strip("_")
            if not self.cleaned_data["code"] and "name" not in self.errors:
                self.add_error("code", gettext("Kode: isi kodenya."))


class PlaceForm(forms.Form):
    """Asks where a machine stands from a day on, and what it is called there."""

    site = forms.ChoiceField(
        label=_("Lokasi"),
        error_messages={
            "required": _("Lokasi: pilih salah satu."),
            "invalid_choice": _("Lokasi: pilih dari daftar."),
        },
    )
    on = DayField(
        label=_("Sejak tanggal"),
        help_text=_("Presensi sebelum tanggal ini tetap milik lokasi sebelumnya."),
        error_messages={"required": _("Sejak tanggal: isi tanggalnya.")},
    )
    name = forms.CharField(
        label=_("Sebutan"), required=False, max_length=_LONG, help_text=_("Misalnya: pintu depan.")
    )

    def __init__(self, *args: Any, sites: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [("", _("Pilih lokasi")), *sites]  # type: ignore[attr-defined]


class DeviceForm(PlaceForm):
    """Asks for a new machine. Those of one group know people by the same numbers."""

    serial = forms.CharField(
        label=_("Nomor seri"), max_length=_LONG,
        help_text=_("Tertera di belakang mesin atau di menu infonya."),
        error_messages={"required": _("Nomor seri: isi nomornya.")},
    )  # fmt: skip
    group = forms.CharField(
        label=_("Kelompok PIN"), max_length=_LONG, widget=forms.TextInput(attrs={"list": "kelompok"}),
        help_text=_("Mesin yang PIN-nya sama satu kelompok. Pilih yang ada, atau tulis nama baru."),
        error_messages={"required": _("Kelompok PIN: pilih atau tulis namanya.")},
    )  # fmt: skip
    field_order = ("serial", "name", "group", "site", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].help_text = _("Tidak lebih lambat daripada presensi pertamanya.")


class FromForm(forms.Form):
    """Asks from when something holds no more."""

    on = DayField(label=_("Mulai tanggal"), error_messages={"required": _("Mulai tanggal: isi tanggalnya.")})


class OwnerForm(forms.Form):
    """Asks whose a number is from a day on: words are typed, one of those who fit is chosen."""

    pin = forms.CharField(
        label="PIN", max_length=30, help_text=_("Seperti di mesin; nol di depan boleh ditinggalkan."),
        error_messages={"required": _("PIN: isi nomornya.")},
    )  # fmt: skip
    on = DayField(
        label=_("Miliknya sejak"),
        help_text=_("Presensi sejak tanggal ini menjadi miliknya, juga yang sudah tersimpan."),
        error_messages={"required": _("Miliknya sejak: isi tanggalnya.")},
    )
    words = forms.CharField(
        label=_("Nama atau awal NIP pegawai"), required=False, max_length=_LONG,
        help_text=_("Paling sedikit dua huruf, lalu tekan Cari."),
    )  # fmt: skip
    person = forms.ChoiceField(
        label=_("Pegawai"), required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pegawai: pilih dari yang tampil.")},
    )  # fmt: skip

    def offer(self, people: Choices) -> None:
        """Let one of these be chosen."""
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class NumbersForm(forms.Form):
    """Asks for a list of numbers and their owners."""

    file = forms.FileField(
        label=_("Daftar PIN"),
        help_text=_("CSV atau XLSX dengan kolom PIN, NIP, dan SEJAK. Diperiksa dulu."),
        error_messages={
            "required": _("Daftar PIN: pilih berkasnya."),
            "empty": _("Daftar PIN: berkasnya kosong. Pilih berkas yang lain."),
        },
    )
    on = DayField(
        label=_("Sejak tanggal"),
        help_text=_("Untuk baris yang tidak menyebut SEJAK."),
        error_messages={"required": _("Sejak tanggal: isi tanggalnya.")},
    )
