"""What somebody fills in about letters of rosters and about the week of a unit."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pamong.attendance.choices import WEEKS, WIDEST
from pamong.attendance.queries import ShiftSpan
from pamong.attendance.services import ShiftTimes
from pamong.web.days import DayField
from pamong.web.presence.clocks import ClockField

_MINUTES = {
    "required": _("Isi menitnya, 0 bila tidak ada."),
    "invalid": _("Tulis menitnya dengan angka, misalnya 60."),
    "min_value": _("Menit: paling sedikit 0."),
    "max_value": _("Menit: paling banyak 240."),
}


class ShiftForm(forms.Form):
    """The times of a letter from a day on; ``code`` is asked for a new one alone."""

    code = forms.CharField(
        label=_("Kode"), max_length=3,
        help_text=_("1 sampai 3 huruf atau angka, misalnya P. L berarti libur."),
        error_messages={"required": _("Kode: isi hurufnya, misalnya P."),
                        "max_length": _("Kode: paling panjang 3 huruf.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Nama dinas"), max_length=60, help_text=_("Misalnya: Pagi."),
        error_messages={"required": _("Nama dinas: isi sebutannya.")},
    )  # fmt: skip
    starts = ClockField(label=_("Jam masuk"), error_messages={"required": _("Jam masuk: isi jamnya.")})
    ends = ClockField(
        label=_("Jam pulang"), error_messages={"required": _("Jam pulang: isi jamnya.")},
        help_text=_("Lebih awal dari jam masuk berarti keesokan harinya."),
    )  # fmt: skip
    pause_starts = ClockField(
        label=_("Istirahat mulai"), required=False, help_text=_("Yang tidak dihitung sebagai jam kerja.")
    )
    pause_ends = ClockField(label=_("Istirahat selesai"), required=False)
    before = forms.IntegerField(
        label=_("Menit sebelum masuk"), min_value=0, max_value=WIDEST, initial=60, error_messages=_MINUTES,
        help_text=_("Presensi dihitung sejak sekian menit sebelum jam masuk."),
    )  # fmt: skip
    after = forms.IntegerField(
        label=_("Menit sesudah pulang"), min_value=0, max_value=WIDEST, initial=120, error_messages=_MINUTES,
        help_text=_("Presensi dihitung sampai sekian menit sesudah jam pulang."),
    )  # fmt: skip
    on = DayField(
        label=_("Berlaku mulai"), error_messages={"required": _("Berlaku mulai: isi tanggalnya.")},
        help_text=_("Hari sebelum tanggal ini tetap memakai jam yang lama."),
    )  # fmt: skip

    def __init__(self, *args: Any, stood: ShiftSpan | None = None, fresh: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not fresh:
            del self.fields["code"]
        if stood is not None:
            times = {"starts": stood.starts, "ends": stood.ends}
            if stood.pause is not None:
                times |= {"pause_starts": stood.pause[0], "pause_ends": stood.pause[1]}
            self.initial.update({name: f"{each:%H.%M}" for name, each in times.items()})
            self.initial.update(
                {"name": stood.name, "before": stood.opens_before, "after": stood.closes_after}
            )

    def clean(self) -> None:
        """A break has a beginning and an end."""
        super().clean()
        said = self.cleaned_data
        given = [name for name in ("pause_starts", "pause_ends") if said.get(name) is not None]
        if len(given) == 1 and not self.errors:
            lacking = "pause_ends" if given == ["pause_starts"] else "pause_starts"
            self.add_error(lacking, gettext("Istirahat: isi jam mulai dan jam selesainya."))

    @property
    def since(self) -> date:
        """From when on."""
        day: date = self.cleaned_data["on"]
        return day

    @property
    def times(self) -> ShiftTimes:
        """The times, as the service takes them."""
        said = self.cleaned_data
        pause: tuple[time, time] | None = None
        if said["pause_starts"] is not None:
            pause = (said["pause_starts"], said["pause_ends"])
        return ShiftTimes(said["name"], said["starts"], said["ends"], said["before"], said["after"], pause)


class EndShiftForm(forms.Form):
    """From when on a letter means nothing any more."""

    on = DayField(
        label=_("Tidak berlaku lagi mulai"),
        error_messages={"required": _("Tidak berlaku lagi mulai: isi tanggalnya.")},
        help_text=_("Sampai sehari sebelumnya kode ini masih dapat dipakai."),
    )


class WeekForm(forms.Form):
    """On how many days a week a unit works, from when on."""

    week = forms.ChoiceField(
        label=_("Hari kerja seminggu"), widget=forms.RadioSelect,
        error_messages={"required": _("Hari kerja seminggu: pilih 5 atau 6 hari."),
                        "invalid_choice": _("Hari kerja seminggu: pilih 5 atau 6 hari.")},
    )  # fmt: skip
    on = DayField(label=_("Berlaku mulai"), error_messages={"required": _("Berlaku mulai: isi tanggalnya.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(each, gettext("%(count)s hari") % {"count": each}) for each in WEEKS]
        self.fields["week"].choices = shown  # type: ignore[attr-defined]
