"""A form for one act on one subject, made from the subject's fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pamong.kernel.actor import Actor
from pamong.ledger.choices import Act
from pamong.people import queries
from pamong.people.queries import Fact, PersonFile
from pamong.people.subjects import REOPEN, Field, Input, Subject
from pamong.web.days import DayField

ACTS = {"ubah": Act.CHANGE, "betulkan": Act.CORRECT, "batalkan": Act.RESCIND}
WORDS = {act: word for word, act in ACTS.items()}
# Numbers that nobody sees in full by opening a form: left empty, they stay as they are.
_NUMBERS = frozenset({"nik", "number"})
_NIP_DIGITS = 18
PICKED = (Input.SEAT, Input.PERSON)


class EvidenceInput(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Several files or none; cleans to a list."""

    widget = EvidenceInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Clean each file."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(EvidenceField, self).clean(file, initial) for file in files if file]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page asks for: an act on a subject of somebody, and the row that it is about, if any."""

    file: PersonFile
    subject: Subject
    act: Act
    row: Fact | None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields to fill in: for oneself only what one may propose; none to rescind."""
        if self.act is Act.RESCIND:
            return ()
        fields = self.subject.own_fields if self.file.own else self.subject.fields
        return tuple(field for field in fields if not self._fixed(field))

    def hides(self, field: Field) -> bool:
        """Whether what stands in a field is not shown: left blank, it stays as it is."""
        return self.file.hides(self.subject.code, field.fact)

    def _fixed(self, field: Field) -> bool:
        """Lifelong fields are never changed; what is not shown is not corrected."""
        if self.act is Act.CHANGE:
            return field.lifelong and self.row is not None
        return self.hides(field)


class EntryForm(forms.Form):
    """The act's dates, the subject's fields, the reason and the evidence. ``values`` are for the service."""

    def __init__(self, wanted: Wanted, actor: Actor, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted, self.actor, self.at = wanted, actor, at
        if wanted.act is not Act.RESCIND:
            self._dates()
        for field in wanted.fields:
            self._field(field)
        if wanted.act is Act.CORRECT:
            self.fields[REOPEN.name] = forms.BooleanField(label=REOPEN.label, required=False)
        self.fields["reason"] = forms.CharField(
            label=_("Alasan"),
            help_text=_("Satu kalimat. Pemeriksa dan pemilik data membacanya."),
            max_length=500,
        )
        self.fields["evidence"] = EvidenceField(
            label=_("Bukti"),
            required=False,
            help_text=_("%(what)s. PDF, JPEG, atau PNG, paling besar 10 MB.")
            % {"what": wanted.subject.evidence},
        )

    def _dates(self) -> None:
        change = self.wanted.act is Act.CHANGE
        row = self.wanted.row
        self.fields["on"] = DayField(
            label=_("Berlaku mulai") if change else _("Mulai yang benar"),
            required=False,
            widget=_date(),
            initial=self.actor.on if change else row.period.start if row else None,
        )
        self.fields["until"] = DayField(
            label=_("Hari terakhir berlaku"),
            required=False,
            widget=_date(),
            help_text=_("Kosongkan bila berlaku terus."),
            initial=None if change or row is None else row.period.last_day,
        )

    def _field(self, field: Field) -> None:
        if field.input in PICKED:
            self._picked(field)
            return
        common: dict[str, Any] = {"label": field.label, "required": False, "help_text": field.help}
        common["initial"] = self._initial(field)
        if self.wanted.hides(field) and not self.wanted.subject.several:
            unseen = _("Yang tersimpan tidak ditampilkan. Kosongkan bila tidak berubah.")
            common["help_text"] = f"{field.help} {unseen}".strip()
        elif field.name in _NUMBERS and not self.wanted.file.own and self.wanted.row is not None:
            common["help_text"] = f"{field.help} {_('Kosongkan bila tidak berubah.')}".strip()
        self.fields[field.name] = _made(field, common)

    def _picked(self, field: Field) -> None:
        """A seat or a person is looked for by words, then chosen among what was found."""
        words = self.data.get(f"{field.name}_words", "") if self.is_bound else ""
        self.fields[f"{field.name}_words"] = forms.CharField(
            label=_("Cari %(what)s") % {"what": field.label.lower()}, required=False, help_text=field.help
        )
        found = self._found(field, words)
        chosen = self.data.get(field.name, "") if self.is_bound else ""
        if found or chosen:
            known = dict(found)
            if chosen and chosen not in known:
                found = [(chosen, _("Pilihan tadi")), *found]
            self.fields[field.name] = forms.ChoiceField(
                label=field.label, required=False, widget=forms.RadioSelect, choices=found
            )

    def _found(self, field: Field, words: str) -> list[tuple[str, Any]]:
        if field.input is Input.SEAT:
            seats = queries.find_seats(
                actor=self.actor, on=self.actor.on, words=words, within="people:propose"
            )
            return [(str(seat.uid), _seat_label(seat)) for seat in seats]
        on, nip = self.actor.on, "".join(words.split())
        people = queries.find_people(actor=self.actor, at=self.at, on=on, words=words)
        found: list[tuple[str, Any]] = [(str(each.uid), f"{each.full_name}, {each.unit}") for each in people]
        # Beyond one's scope a person is named by his number, and nothing is told of him.
        known = queries.find_by_nip(actor=self.actor, nip=nip) if len(nip) == _NIP_DIGITS else None
        if known is not None and str(known) not in dict(found):
            found.append((str(known), _("Pegawai dengan NIP %(nip)s") % {"nip": nip}))
        return found

    def _initial(self, field: Field) -> Any:
        row = self.wanted.row
        if row is None or (field.fresh and self.wanted.act is Act.CHANGE):
            return None
        if field.name in _NUMBERS and not self.wanted.file.own:
            return None
        if field.name == "kind" and self.wanted.subject.code == "appointment":
            return row.kind
        return row.facts.get(field.fact)

    def values(self) -> dict[str, Any]:
        """What was filled in, by the fields' names; numbers that stay as they are are left out."""
        found: dict[str, Any] = {}
        for field in self.wanted.fields:
            value = self.cleaned_data.get(field.name)
            empty = value in (None, "")
            stays = field.input in PICKED or (field.name in _NUMBERS and not self.wanted.file.own)
            if not (empty and stays and (self.wanted.row is not None or field.input is Input.PERSON)):
                found[field.name] = "" if value is None else value
        if self.cleaned_data.get(REOPEN.name):
            found[REOPEN.name] = True
        return found


def _seat_label(seat: queries.SeatChoice) -> str:
    parts = [
        seat.post,
        seat.unit,
        _("kelas %(number)s") % {"number": seat.job_class} if seat.job_class else "",
    ]
    state = _("dibekukan") if seat.frozen else seat.holder or _("kosong")
    return ", ".join(str(part) for part in parts if part) + f" ({state})"


def _date() -> forms.DateInput:
    widget = forms.DateInput(format="%Y-%m-%d")
    widget.input_type = "date"
    return widget


def _made(field: Field, common: dict[str, Any]) -> forms.Field:
    if field.input is Input.DATE:
        return DayField(widget=_date(), **common)
    if field.input is Input.NUMBER:
        return forms.IntegerField(**common)
    if field.input is Input.CHOICE:
        return forms.ChoiceField(choices=[("", "–"), *field.choices], **common)
    if field.input is Input.YES_NO:
        return forms.BooleanField(**common)
    return forms.CharField(max_length=500, **common)


def uids(texts: list[str]) -> list[UUID]:
    """Ids of evidence that came before, as a form sends them back; what is none is left out."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def first_day_without(last_day: date | None) -> date | None:
    """People name the last day; rows end on the day after."""
    return None if last_day is None else last_day + timedelta(days=1)


def row_of(file: PersonFile, subject: Subject, act: Act, asked: Mapping[str, str]) -> Fact | None:
    """The row that the page is about: the one that the address names, else the one that holds today."""
    wanted = asked.get("baris", "")
    for fact in file.of(subject.code):
        if str(fact.uid) == wanted:
            return fact
    if act is Act.CHANGE and not subject.several and subject.code != "appointment":
        return file.one(subject.code)
    return None
