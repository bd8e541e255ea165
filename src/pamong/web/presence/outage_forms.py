"""What somebody fills in to report that nothing could be recorded."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pamong.attendance.queries import SiteChoice
from pamong.attendance.resolving import instant_of
from pamong.web.days import DayField
from pamong.web.presence.clocks import ClockField


class OutageForm(forms.Form):
    """Where, from when until when, what happened, and what shows it. Times are those of the site."""

    site = forms.ChoiceField(label=_("Lokasi"), error_messages={"required": _("Lokasi: pilih salah satu.")})
    device = forms.ChoiceField(
        label=_("Mesin"), required=False, help_text=_("Kosongkan bila seluruh lokasi terganggu.")
    )
    on = DayField(label=_("Hari mulai"), error_messages={"required": _("Hari mulai: isi tanggalnya.")})
    starts = ClockField(label=_("Mulai pukul"), error_messages={"required": _("Mulai pukul: isi jamnya.")})
    until = DayField(
        label=_("Hari selesai"), required=False, help_text=_("Kosongkan bila pada hari yang sama.")
    )
    ends = ClockField(
        label=_("Selesai pukul"), required=False, help_text=_("Kosongkan bila masih berlangsung.")
    )
    reason = forms.CharField(
        label=_("Yang terjadi"), widget=forms.Textarea, max_length=500,
        help_text=_("Misalnya: listrik padam satu kelurahan."),
        error_messages={"required": _("Yang terjadi: tulis satu kalimat.")},
    )  # fmt: skip
    evidence = forms.FileField(
        label=_("Bukti"),
        required=False,
        help_text=_("Foto atau surat. PDF, JPEG, atau PNG, paling besar 10 MB."),
        error_messages={"empty": _("Bukti: berkas ini kosong. Pilih berkas lain.")},
    )

    def __init__(
        self,
        *args: Any,
        sites: list[SiteChoice],
        machines: list[tuple[str, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.zones = {str(site.uid): site.zone for site in sites}
        site, device = self.fields["site"], self.fields["device"]
        site.choices = [(str(each.uid), each.name) for each in sites]  # type: ignore[attr-defined]
        whole = ("", gettext("Seluruh lokasi"))
        device.choices = [whole, *machines]  # type: ignore[attr-defined]

    def span(self) -> tuple[datetime, datetime | None]:
        """From when until when, as instants; an end on no day is on the first one."""
        said, zone = self.cleaned_data, self.zones[self.cleaned_data["site"]]
        starts = instant_of(datetime.combine(said["on"], said["starts"]), zone)
        if said["ends"] is None:
            return starts, None
        return starts, instant_of(datetime.combine(said["until"] or said["on"], said["ends"]), zone)

    def clean(self) -> None:
        """A last day asks for its hour."""
        super().clean()
        if self.cleaned_data.get("until") and not self.cleaned_data.get("ends"):
            self.add_error("ends", gettext("Selesai pukul: isi jamnya, atau kosongkan hari selesai."))


class EndForm(forms.Form):
    """When an outage was over, by the clock of its site."""

    on = DayField(label=_("Hari selesai"), error_messages={"required": _("Hari selesai: isi tanggalnya.")})
    ends = ClockField(label=_("Selesai pukul"), error_messages={"required": _("Selesai pukul: isi jamnya.")})

    def instant(self, zone: str) -> datetime:
        """The end as an instant."""
        said: dict[str, Any] = self.cleaned_data
        ends: time = said["ends"]
        return instant_of(datetime.combine(said["on"], ends), zone)
