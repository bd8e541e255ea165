"""A form for one act on one subject, made from the subject's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from pamong.kernel.actor import Actor
from pamong.kernel.problem import Problem
from pamong.ledger.choices import Act
from pamong.organisation import queries as organisation
from pamong.people import queries
from pamong.people.queries import Fact, PersonFile
from pamong.people.subjects import REOPEN, Field, Input, Subject
from pamong.web.days import DayField
from pamong.web.entries import inputs
from pamong.web.shapes import FIRST_FEW, MOST, Notice, uid_of

ENDING = "akhiri"  # a change that only says until when
_ENDED = frozenset({"end_reason", "order_no", "order_on"})  # what an end of service says of its order
ACTS = {"ubah": Act.CHANGE, "betulkan": Act.CORRECT, "batalkan": Act.RESCIND}
WORDS = {act: word for word, act in ACTS.items()}
# Numbers that nobody sees in full by opening a form: left empty, they stay as they are.
_NUMBERS = frozenset({"nik", "number"})
_NIP_DIGITS, _LEAST_WORDS = 18, 3
_OF_A_FIELD = frozenset({"missing", "value", "unlisted", "not_found", "not_own", "on_missing"})
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
    ends: bool = False
    seat: str = ""  # chosen before, by its id

    @property
    def query(self) -> str:
        """What the address of the page asks for."""
        asked = {"laku": ENDING if self.ends else WORDS[self.act]}
        more = {"baris": str(self.row.uid) if self.row else "", "posisi": self.seat}
        return urlencode(asked | {name: value for name, value in more.items() if value})

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields to fill in: for oneself only what one may propose; none to rescind. An appointment that
        ends keeps the order by which it began."""
        if self.act is Act.RESCIND or (self.ends and self.subject.code == "appointment"):
            return ()
        fields = self.subject.own_fields if self.file.own else self.subject.fields
        if self.ends:
            fields = tuple(field for field in fields if field.name in _ENDED)
        return tuple(field for field in fields if not self._fixed(field))

    def hides(self, field: Field) -> bool:
        """Whether what stands in a field is not shown: left blank, it stays as it is."""
        return self.file.hides(self.subject.code, field.fact)

    def stays(self, field: Field) -> bool:
        """Whether a field that is left blank says that nothing changes: what the form does not show."""
        if self.hides(field):
            return not self.subject.several
        unseen = field.input in PICKED or (field.name in _NUMBERS and not self.file.own)
        return unseen and self.row is not None

    def _fixed(self, field: Field) -> bool:
        """Lifelong fields are never changed; what is not shown is not corrected."""
        if self.act is Act.CHANGE:
            return field.lifelong and self.row is not None
        return self.hides(field)


class EntryForm(forms.Form):
    """The act's dates, the subject's fields, the reason and the evidence. ``values`` are for the service.

    ``searching``: what was sent looks for a seat or a person, so nothing is judged yet.
    """

    def __init__(self, wanted: Wanted, actor: Actor, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted, self.actor, self.at = wanted, actor, at
        self.searching, self.lists = self._searching(), dict[str, list[str]]()
        self.cut: set[str] = set()  # fields of which more was found than is shown
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
            error_messages=inputs.messages(_("Alasan")),
        )
        self.fields["evidence"] = EvidenceField(
            label=_("Bukti"),
            required=False,
            help_text=_("%(what)s. PDF, JPEG, atau PNG, paling besar 10 MB.")
            % {"what": _capital(wanted.subject.evidence)},
        )

    def full_clean(self) -> None:
        """Judge what was sent, unless it only looks for something."""
        if self.searching:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    @property
    def needed(self) -> set[str]:
        """Fields that are not to be called optional: those that the service asks for besides."""
        found = {
            field.name for field in self.wanted.fields if field.required and not self.wanted.stays(field)
        }
        return found | ({"on"} if self.wanted.act is Act.CHANGE else set())

    def place(self, column: str) -> str:
        """The field of this form that a problem is about, '' for none."""
        names = {"Alasan": "reason", "Bukti": "evidence", "TMT": "on", "Tanggal akhir": "until"}
        names |= {"Berlaku mulai": "on"}
        names |= {field.label: field.name for field in self.wanted.fields}
        name = names.get(column, "")
        return name if name in self.fields else f"{name}_words" if f"{name}_words" in self.fields else ""

    def _searching(self) -> bool:
        """Whether the button to search was pressed, or Enter after other words than were looked for."""
        if not self.is_bound:
            return False
        picked = [field.name for field in self.wanted.fields if field.input in PICKED]
        asked = [name for name in picked if f"{name}_sought" in self.data]
        changed = any(_words(self.data, name) != _words(self.data, name, "sought") for name in asked)
        return self.data.get("langkah") == "cari" or (self.data.get("langkah") != "kirim" and changed)

    def _dates(self) -> None:
        if self.wanted.ends:
            self.fields["until"] = DayField(
                label=_("Hari terakhir memangku") if self._of_seat() else _("Hari terakhir bertugas"),
                error_messages=inputs.messages(_("Hari terakhir")),
            )
            return
        change = self.wanted.act is Act.CHANGE
        row = self.wanted.row
        self.fields["on"] = DayField(
            label=_("Berlaku mulai") if change else _("Mulai yang benar"),
            required=False,
            error_messages=inputs.messages(_("Berlaku mulai") if change else _("Mulai yang benar")),
            help_text=_("Untuk mengakhiri saja: kosongkan, lalu isi hari terakhirnya.") if change else "",
            initial=self.actor.on if change else row.period.start if row else None,
        )
        self.fields["until"] = DayField(
            label=_("Hari terakhir berlaku"),
            required=False,
            error_messages=inputs.messages(_("Hari terakhir berlaku")),
            help_text=_("Kosongkan bila berlaku terus."),
            initial=None if change or row is None else row.period.last_day,
        )

    def _of_seat(self) -> bool:
        return self.wanted.subject.code == "appointment"

    def _field(self, field: Field) -> None:
        if field.input in PICKED:
            self._picked(field)
            return
        common: dict[str, Any] = {"label": field.label, "help_text": self._hint(field)}
        # A change that only ends something says nothing else.
        ends = bool(self.is_bound and self.data.get("until") and not self.data.get("on"))
        common["required"] = field.name in self.needed and not ends
        common["initial"] = self._initial(field)
        stands = str(common["initial"] or "")
        offered = inputs.offered(self.actor, self.wanted.subject, field, stands)
        if field.input is Input.TEXT and offered:
            self.lists[inputs.list_id(field)] = offered
        self.fields[field.name] = inputs.made(field, common, offered)

    def _hint(self, field: Field) -> str:
        if not self.wanted.stays(field):
            return field.help
        stored = _("Yang tersimpan tidak ditampilkan.") if self.wanted.hides(field) else ""
        return " ".join(part for part in (field.help, stored, _("Kosongkan bila tidak berubah.")) if part)

    def _picked(self, field: Field) -> None:
        """A seat or a person is looked for by words, then chosen among what was found."""
        words = _words(self.data, field.name) if self.is_bound else ""
        self.fields[f"{field.name}_words"] = forms.CharField(
            label=_("Cari %(what)s") % {"what": field.label.lower()},
            required=False,
            help_text=field.help or _("Sebagian nama jabatan dan unitnya, misalnya: lurah gunungasri."),
            max_length=150,
        )
        found = self._found(field, words)
        if len(found) > MOST:
            self.cut.add(field.name)
            found = found[:MOST]
        chosen = self.data.get(field.name, "") if self.is_bound else self._chosen(field)
        if chosen and chosen == self.wanted.seat:
            found = [*([] if chosen in dict(found) else [(chosen, self._seat_named(chosen))]), *found]
        if chosen and chosen not in dict(found):
            found = [(chosen, _("Pilihan tadi")), *found]
        if found:
            self.fields[field.name] = forms.ChoiceField(
                label=field.label, required=False, widget=forms.RadioSelect, choices=found,
                initial=self._chosen(field) or None,
            )  # fmt: skip

    def _chosen(self, field: Field) -> str:
        return self.wanted.seat if field.input is Input.SEAT else ""

    def _seat_named(self, uid: str) -> str:
        """A seat that was chosen on another page, by its post and unit."""
        seat = organisation.get_seat(actor=self.actor, seat=UUID(uid), on=self.actor.on)
        return f"{seat.post}, {seat.unit}"

    def judge(self, problems: Sequence[Problem]) -> tuple[Notice, ...]:
        """Put what keeps the act out beside its field; what is only a doubt comes back, with its place.

        Where the form itself could not be read, only what is wrong with single fields is sure.
        """
        whole, doubts = self.is_valid() or self.has_error("evidence"), []
        for problem in problems:
            name = self.place(problem.column)
            if problem.severity != "block":
                doubts.append(Notice(sentence(problem), self.anchor(name)))
            elif name in self.errors or not (whole or (name and problem.code in _OF_A_FIELD)):
                continue
            else:
                self.add_error(name or None, sentence(problem))
        return tuple(doubts)

    @property
    def faults(self) -> tuple[Notice, ...]:
        """Everything that is to be put right, in the order of the fields."""
        names = [NON_FIELD_ERRORS, *self.fields]
        return tuple(
            Notice(str(error), self.anchor(name)) for name in names for error in self.errors.get(name, ())
        )

    def anchor(self, name: str) -> str:
        """The address of a field on its page."""
        if name not in self.fields:
            return ""
        radios = isinstance(self.fields[name].widget, forms.RadioSelect)
        return f"#{name}-1" if radios else f"#{self[name].id_for_label}"

    def sought(self, bound: forms.BoundField) -> str:
        """The words that were looked for last; '' for none."""
        return _words(self.data, bound.name.removesuffix("_words")) if self.is_bound else ""

    def missed(self, bound: forms.BoundField) -> str:
        """Why a search found nothing, or not all, and what to do; '' where nobody searched."""
        words, name = self.sought(bound), bound.name.removesuffix("_words")
        if name in self.cut:
            return FIRST_FEW % {"count": MOST}
        if not words or name in self.fields:
            return ""
        if len(words) < _LEAST_WORDS:
            return _("Tulis paling sedikit %(count)s huruf.") % {"count": _LEAST_WORDS}
        told = _(
            "Tidak ada yang cocok dengan \u201c%(words)s\u201d. Periksa ejaannya, atau tulis sebagian saja."
        )
        return told % {"words": words}

    def _found(self, field: Field, words: str) -> list[tuple[str, Any]]:
        if field.input is Input.SEAT:
            seats = queries.find_seats(
                actor=self.actor, on=self.actor.on, words=words, most=MOST + 1, within="people:propose"
            )
            return [(str(seat.uid), _seat_label(seat)) for seat in seats]
        on, nip = self.actor.on, "".join(words.split())
        people = queries.find_people(actor=self.actor, at=self.at, on=on, words=words, most=MOST + 1)
        found: list[tuple[str, Any]] = [(str(each.uid), f"{each.full_name}, {each.unit}") for each in people]
        # Beyond one's scope a person is named by his number, and nothing is told of him.
        known = queries.find_by_nip(actor=self.actor, nip=nip) if len(nip) == _NIP_DIGITS else None
        if known is not None and str(known) not in dict(found):
            found.append((str(known), _("Pegawai dengan NIP %(nip)s") % {"nip": nip}))
        return found

    def _initial(self, field: Field) -> Any:
        row, change = self.wanted.row, self.wanted.act is Act.CHANGE
        if row is None or ((field.fresh or field.anew) and change):
            return None
        if field.name in _NUMBERS and not self.wanted.file.own:
            return None
        if field.name == "kind" and self.wanted.subject.code == "appointment":
            return row.kind
        return row.facts.get(field.fact)

    def _ends(self) -> bool:
        """Whether a change only ends something, and so says nothing else of what is left blank."""
        day, until = self.cleaned_data.get("on"), self.cleaned_data.get("until")
        return self.wanted.act is Act.CHANGE and day is None and until is not None

    def values(self) -> dict[str, Any]:
        """What was filled in, by the fields' names; what stays as it is is left out."""
        found: dict[str, Any] = {}
        for field in self.wanted.fields:
            value = self.cleaned_data.get(field.name)
            empty = value in (None, "")
            if not (empty and (self.wanted.stays(field) or field.input is Input.PERSON)):
                found[field.name] = "" if value is None else value
        if self._ends():
            found = {name: value for name, value in found.items() if value not in ("", False)}
        if self.cleaned_data.get(REOPEN.name):
            found[REOPEN.name] = True
        return found


def _words(data: Mapping[str, Any], name: str, part: str = "words") -> str:
    return " ".join(str(data.get(f"{name}_{part}", "")).split())


def sentence(problem: Problem) -> str:
    """A problem as a whole sentence that names its field."""
    text, column = problem.message.strip(), problem.column
    if column and text[:1].islower():
        text = f"{column} {text}"
    elif column and not text[:1].isupper():
        text = f"{column}: {text}"
    return _capital(text) if text.endswith((".", "?")) else f"{_capital(text)}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _seat_label(seat: queries.SeatChoice) -> str:
    parts = [
        seat.post,
        seat.unit,
        _("kelas %(number)s") % {"number": seat.job_class} if seat.job_class else "",
    ]
    state = _("dibekukan") if seat.frozen else seat.holder or _("kosong")
    return ", ".join(str(part) for part in parts if part) + f" ({state})"


def uids(texts: list[str]) -> list[UUID]:
    """Ids of evidence that came before, as a form sends them back; what is none is left out."""
    return [uid for uid in map(uid_of, texts) if uid is not None]


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
