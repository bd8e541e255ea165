"""Fields of the registers: a person by name or NIP, several by NIP, hours, a file that is not lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _

from pamong.access.middleware import ActingRequest
from pamong.attendance import queries
from pamong.attendance.services import Upload
from pamong.documents import store
from pamong.kernel.nip import nip_fault
from pamong.people import queries as people
from pamong.web.days import DayField, parse_day
from pamong.web.entries.inputs import messages
from pamong.web.shapes import MOST, uid_of
from pamong.web.steps import hand_on, take_up

__all__ = ["messages", "parse_day"]
FILE, FILE_KEPT = "file", "file_kept"
_STEPS = "papers.file"
_FAULTS = 50  # NIPs that are told one by one
_CLOCK = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})")


def text(label: str, most: int = 300, **more: Any) -> forms.CharField:
    """A line of text."""
    return forms.CharField(label=label, max_length=most, error_messages=messages(label), **more)


def day(label: str, **more: Any) -> DayField:
    """A date."""
    return DayField(label=label, error_messages=messages(label), **more)


def choice(label: str, choices: Sequence[tuple[str, Any]], **more: Any) -> forms.ChoiceField:
    """One of a few."""
    return forms.ChoiceField(label=label, choices=choices, error_messages=messages(label), **more)


class ClockField(forms.CharField):
    """A time of day as it is written: ``08.30`` or ``08:30``."""

    def to_python(self, value: Any) -> Any:
        """As it is written, with a point; '' for an empty field. ``ValidationError`` for what is none."""
        said = str(value or "").strip()
        if not said:
            return ""
        found = _CLOCK.fullmatch(said)
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            told = _("%(label)s: tulis jam seperti 08.30, dari 00.00 sampai 23.59.")
            raise forms.ValidationError(told % {"label": self.label})
        return f"{int(found[1]):02}.{found[2]}"


def clock(label: str, **more: Any) -> ClockField:
    """A time of day."""
    return ClockField(label=label, max_length=5, error_messages=messages(label), **more)


def instant(on: date, clock: str, zone: str) -> datetime | None:
    """A wall time of a day (``08.30``) as an instant; None for none."""
    if not clock:
        return None
    hour, minute = (int(part) for part in clock.split("."))
    return datetime.combine(on, time(hour, minute), ZoneInfo(zone))


class KeepsFile(forms.Form):
    """A form with one file, which a browser sends once only: kept, so that a failed form loses nothing."""

    request: ActingRequest

    def add_file(self, hint: str) -> None:
        """Ask for the file, last."""
        self.fields[FILE] = forms.FileField(label=_("Berkas bukti"), required=False, help_text=hint)
        self.fields[FILE_KEPT] = forms.CharField(required=False, widget=forms.HiddenInput)

    def upload(self) -> Upload | None:
        """The file that came now, or with an earlier try; None for none."""
        sent = self.request.FILES.get(FILE)
        if sent is not None:
            return Upload(str(sent.name or "bukti"), sent.read())
        kept = self._kept()
        return None if kept is None else Upload(kept[0], store.read(kept[1]))

    def keep(self) -> None:
        """Remember the file for the next try, after something else was wrong."""
        sent = self.request.FILES.get(FILE)
        if sent is None:
            return
        sent.seek(0)
        told = [str(sent.name or "bukti"), store.keep(sent.read()).sha256]
        data = self.request.POST.copy()
        data[FILE_KEPT] = hand_on(told, of=_STEPS, actor=self.request.actor)
        self.data = data

    @property
    def kept_name(self) -> str:
        """The name of the file that is remembered; '' for none."""
        kept = self._kept()
        return "" if kept is None else kept[0]

    def _kept(self) -> tuple[str, str] | None:
        """Name and hash of what came with an earlier try of this account."""
        told = take_up(self.data.get(FILE_KEPT, ""), of=_STEPS, actor=self.request.actor)
        return None if told is None else (str(told[0]), str(told[1]))


class FindsPerson(forms.Form):
    """A form about one person, found by his NIP or a part of his name; several who fit are offered."""

    request: ActingRequest
    permission: str

    def add_person(self, chosen: UUID | None) -> None:
        """Ask whom it is about, unless the address says it already."""
        self.fields["words"] = forms.CharField(
            label=_("Pegawai"), max_length=150, required=chosen is None,
            error_messages=messages(_("Pegawai")),
            help_text=_("NIP, atau sebagian namanya. Bila beberapa orang cocok, Anda memilih."),
        )  # fmt: skip
        sent = str(self.data.get("person", "")) if self.is_bound else ""
        offered = self._offered() if self.is_bound else []
        known = chosen or uid_of(sent)
        if known is not None and str(known) not in dict(offered):
            row = people.get_row(actor=self.request.actor, on=self.request.actor.on, uid=known)
            if row is not None and people.within(self.request.actor, self.permission, row.id):
                offered = [(str(known), f"{row.full_name}, {row.unit}"), *offered]
        if offered:
            self.fields["person"] = forms.ChoiceField(
                label=_("Pegawai yang dimaksud"), required=False, widget=forms.RadioSelect, choices=offered,
                initial=str(known or ""),
            )  # fmt: skip

    def person(self) -> UUID | None:
        """Who was chosen, or the only one who fits; None with a sentence beside the field."""
        if chosen := uid_of(self.cleaned_data.get("person", "")):
            return chosen
        offered = self._offered()
        if len(offered) == 1:
            return UUID(offered[0][0])
        told = _("Beberapa pegawai cocok. Pilih yang dimaksud.") if offered else _(
            "Tidak ada pegawai yang cocok di unit yang Anda kelola. Periksa NIP atau ejaan namanya."
        )  # fmt: skip
        self.add_error("words", told)
        return None

    def _offered(self) -> list[tuple[str, str]]:
        words = str(self.data.get("words", ""))
        if not hasattr(self, "_found"):
            self._found = people.find_people(
                actor=self.request.actor, at=self.request.at, on=self.request.actor.on, words=words,
                most=MOST, permission=self.permission,
            )  # fmt: skip
        return [(str(each.uid), f"{each.full_name}, {each.unit}") for each in self._found]


def read_nips(request: ActingRequest, said: str) -> tuple[list[UUID], list[str]]:
    """The people of a list of NIPs, one a line or with commas between, and all that is wrong with it, each
    with its line."""
    told = [
        (number, "".join(part.split()))
        for number, line in enumerate(said.splitlines(), 1)
        for part in re.split(r"[,;]", line)
        if part.strip()
    ]
    faults = {place: fault for place, (_, nip) in enumerate(told) if (fault := nip_fault(nip))}
    nips = [nip for place, (_, nip) in enumerate(told) if place not in faults]
    found = queries.list_by_nip(actor=request.actor, nips=nips) if nips else {}
    lost = _("tidak ditemukan di unit yang Anda kelola")
    faults |= {place: lost for place, (_, nip) in enumerate(told) if place not in faults and nip not in found}
    sentences = [
        _("Baris %(line)s: NIP %(nip)s: %(fault)s.")
        % {"line": told[place][0], "nip": told[place][1][:30], "fault": faults[place]}
        for place in sorted(faults)
    ]
    more = len(sentences) - _FAULTS
    if more > 0:
        sentences[_FAULTS:] = [_("Dan %(count)s NIP lain.") % {"count": more}]
    return list(dict.fromkeys(found[nip] for nip in nips if nip in found)), sentences
