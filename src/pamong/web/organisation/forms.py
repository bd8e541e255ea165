"""Forms of the organisation: a unit, seats, a reorganisation and each of its steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pamong.organisation.choices import CLASSES, UnitKind
from pamong.web.days import DayField
from pamong.web.entries.inputs import messages
from pamong.web.formats import angka
from pamong.web.organisation.picking import POST, SEAT, PickField, PickManyField

_KINDS = [(kind.value, kind.label) for kind in UnitKind if kind is not UnitKind.GOVERNMENT]
_TEXT = 200
_MOST_NEEDED = 10_000  # more is a slip of the pen
_NO_SUPERIOR = _("Pilih atasannya, atau centang bahwa posisi ini tidak melapor kepada siapa pun.")
_FROM, _NAME = _("Berlaku mulai"), _("Nama unit")


def _day(label: Any = _FROM, **more: Any) -> DayField:
    return DayField(label=label, **more)


def _name(label: Any = _NAME, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=_TEXT, **more)


def _class(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Kelas jabatan"),
        min_value=CLASSES[0],
        max_value=CLASSES[-1],
        help_text=_("Angka 1 sampai 17."),
        **more,
    )


def _need(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=_MOST_NEEDED, **more)


class NamedForm(forms.Form):
    """A form whose sentences about what is wrong name the field, unless the field has its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            self.name_errors(field)

    def name_errors(self, field: forms.Field) -> None:
        """Let what is wrong with a field be said with its name."""
        stock: dict[str, Any] = {}
        for kind in reversed(type(field).__mro__):
            stock |= getattr(kind, "default_error_messages", {})
        for code, sentence in dict(_sentences(field)).items():
            if field.error_messages.get(code) is stock.get(code):
                field.error_messages[code] = sentence


def _sentences(field: forms.Field) -> Iterator[tuple[str, str]]:
    label = str(field.label)
    yield from messages(label).items()
    if isinstance(field, PickField):
        yield "required", gettext("%(label)s belum dipilih.") % {"label": label}
    if isinstance(field, forms.IntegerField):
        least, most = (int(str(bound or 0)) for bound in (field.min_value, field.max_value))
        told = {"label": label, "least": angka(least), "most": angka(most)}
        sentence = gettext("%(label)s: angka %(least)s sampai %(most)s.") % told
        yield from ((code, sentence) for code in ("invalid", "min_value", "max_value"))


class ActForm(NamedForm):
    """From which day an act holds, then what it says, then by which order and why."""

    on = _day()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order_no"] = forms.CharField(
            label=_("Nomor SK atau surat edaran"), max_length=100, required=False,
            help_text=_("Kosongkan bila tidak ada."),
        )  # fmt: skip
        self.fields["order_on"] = _day(_("Tanggal SK atau surat edaran"), required=False)
        self.fields["reason"] = forms.CharField(
            label=_("Alasan"), max_length=500,
            help_text=_("Satu kalimat. Petugas kedua membacanya."),
        )  # fmt: skip
        for name in BESIDES - {"on"}:
            self.name_errors(self.fields[name])

    def clean(self) -> dict[str, Any]:
        """An order has both a number and a date."""
        found = super().clean() or {}
        if found.get("order_no") and not found.get("order_on") and not self.has_error("order_on"):
            self.add_error("order_on", gettext("Isi tanggalnya, atau kosongkan nomornya."))
        if found.get("order_on") and not found.get("order_no") and not self.has_error("order_no"):
            self.add_error("order_no", gettext("Isi nomornya, atau kosongkan tanggalnya."))
        return found

    @property
    def said(self) -> dict[str, Any]:
        """What it says of its own, apart from day, order and reason."""
        return {name: self.cleaned_data[name] for name in self.fields if name not in BESIDES}


BESIDES = frozenset({"on", "order_no", "order_on", "reason"})


class UnitForm(ActForm):
    """Name, kind and parent of a unit from a day on."""

    name = _name()
    short_name = forms.CharField(label=_("Nama singkat"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Jenis unit"), choices=_KINDS)
    unit_class = forms.CharField(
        label=_("Tipe"), max_length=20, required=False, help_text=_("Misalnya A, B, atau C.")
    )
    is_opd = forms.BooleanField(label=_("Perangkat daerah yang berdiri sendiri"), required=False)
    parent = PickField(label=_("Induk"))


class TopForm(UnitForm):
    """The government itself: it has nothing above it and stays what it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "parent", "is_opd"):
            del self.fields[name]


class CloseForm(ActForm):
    """From which day a unit or a seat stands no more."""

    on = _day(_("Tidak ada lagi mulai"))


class RescindForm(ActForm):
    """Why what was made was never to be: it names no day, the first one is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["on"]

    def clean(self) -> dict[str, Any]:
        """The act holds from the first day."""
        return super().clean() | {"on": self.initial["on"]}


class SeatsForm(ActForm):
    """Seats of one post to be added to a unit."""

    post = PickField(label=_("Jabatan"), picks=POST)
    count = forms.IntegerField(label=_("Jumlah posisi"), min_value=1, max_value=500, initial=1)
    job_class = _class(required=False)
    is_head = forms.BooleanField(label=_("Posisi ini memimpin unit"), required=False)
    note = forms.CharField(label=_("Catatan"), max_length=_TEXT, required=False)


class ClassForm(ActForm):
    """Another class of a seat from a day on."""

    job_class = _class()
    note = forms.CharField(label=_("Catatan"), max_length=_TEXT, required=False)


class LineForm(ActForm):
    """To which seat a seat reports from a day on."""

    superior = PickField(
        label=_("Melapor kepada"), picks=SEAT, error_messages={"required": _NO_SUPERIOR},
        help_text=_("Cari dengan nama jabatan atau unitnya, paling sedikit tiga huruf."),
    )  # fmt: skip
    nobody = forms.BooleanField(
        label=_("Tidak melapor kepada siapa pun (pimpinan tertinggi)"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Nobody goes before whoever stays picked: what was picked once can't be taken back."""
        found = super().clean()
        if found.get("nobody"):
            self.errors.pop("superior", None)
            found["superior"] = ""
        return found


class FreezeForm(ActForm):
    """Why and until when a seat is kept from being filled."""

    on = _day(_("Dibekukan mulai"))
    until = _day(_("Dicairkan lagi mulai"), required=False, help_text=_("Kosongkan bila belum diketahui."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Satu kalimat. Tampil di samping posisi ini.")

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        found = super().clean()
        if found.get("on") and found.get("until") and found["until"] <= found["on"]:
            self.add_error("until", _("Isi tanggal sesudah tanggal mulainya, atau kosongkan."))
        return found


@dataclass(frozen=True, slots=True)
class NeedField:
    """A post of a unit on the form of its needs: its id, name, what it has now, how many it needs so far."""

    post: UUID
    label: str
    help: str
    needed: int | None

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"need_{self.post.hex}"


class NeedsForm(ActForm):
    """How many of each post a unit needs from a day on; empty where it is not stated."""

    post = PickField(
        label=_("Jabatan lain"), picks=POST, required=False,
        help_text=_("Yang belum mempunyai posisi di unit ini."),
    )  # fmt: skip
    needed = _need(_("Kebutuhan jabatan lain itu"))

    def __init__(self, needs: Sequence[NeedField], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = {need.name: need for need in needs}
        for name, need in self.needs.items():
            self.fields[name] = _need(need.label, help_text=need.help, initial=need.needed)
            self.name_errors(self.fields[name])
        self.order_fields(["on", *self.needs, "post", "needed"])

    @property
    def changed_needs(self) -> dict[UUID, int | None]:
        """By the ids of posts, what is otherwise than so far."""
        found = self.cleaned_data
        return {
            need.post: found[name]
            for name, need in self.needs.items()
            if name in found and found[name] != need.needed
        }

    def clean(self) -> dict[str, Any]:
        """Something changes; another post comes with its number, and is none of those above."""
        found = super().clean()
        post, needed = found.get("post"), found.get("needed")
        if post in {str(need.post) for need in self.needs.values()}:
            self.add_error("post", _("Jabatan ini sudah ada di atas. Isi jumlahnya di sana."))
        elif post and needed is None and not self.has_error("needed"):
            self.add_error("needed", _("Isi jumlah untuk jabatan lain itu."))
        elif needed is not None and not post:
            self.add_error("post", _("Pilih jabatannya, atau kosongkan jumlahnya."))
        elif not (self.errors or post or self.changed_needs):
            self.add_error(None, _("Tidak ada yang berubah. Ubah jumlahnya dulu."))
        return found


class UnfreezeForm(ActForm):
    """From which day a seat may be filled again."""

    on = _day(_("Dicairkan mulai"))


class ReorganisationForm(NamedForm):
    """What a reorganisation is called, from when it holds, and by which order."""

    title = forms.CharField(
        label=_("Judul"), max_length=_TEXT, help_text=_("Misalnya Penyederhanaan Dinas Kesehatan 2027.")
    )
    on = _day(_("Berlaku mulai"))
    order_no = forms.CharField(label=_("Nomor peraturan atau keputusan"), max_length=100, required=False)
    order_on = _day(_("Tanggal peraturan atau keputusan"), required=False)


class CreateForm(NamedForm):
    """A unit that is made."""

    name = _name(_("Nama unit baru"))
    kind = forms.ChoiceField(label=_("Jenis unit"), choices=_KINDS)
    is_opd = forms.BooleanField(label=_("Perangkat daerah yang berdiri sendiri"), required=False)
    parent = PickField(label=_("Induk"))


class RenameForm(NamedForm):
    """A unit that is called otherwise."""

    old = PickField(label=_("Unit"))
    name = _name(_("Nama baru"))
    short_name = forms.CharField(label=_("Nama singkat baru"), max_length=60, required=False)


class MoveForm(NamedForm):
    """A unit that goes below another."""

    old = PickField(label=_("Unit yang pindah"))
    parent = PickField(label=_("Induk baru"))


class MergeForm(NamedForm):
    """Units that become one: a new one, or one that is there."""

    old = PickManyField(label=_("Unit yang digabung"), help_text=_("Pilih dua unit atau lebih."))
    name = _name(
        _("Nama unit baru"),
        required=False,
        help_text=_("Kosongkan bila salah satu unit yang sudah ada diteruskan."),
    )
    into = PickField(label=_("Diteruskan unit yang sudah ada"), required=False)
    parent = PickField(
        label=_("Induk unit baru"),
        required=False,
        help_text=_("Kosongkan bila sama dengan unit pertama yang digabung."),
    )

    def clean(self) -> dict[str, Any]:
        """Two at least, and one way to go on."""
        found = super().clean() or {}
        if "old" in found and len(found["old"]) < 2:
            self.add_error("old", _("Pilih dua unit atau lebih."))
        if bool(found.get("name")) == bool(found.get("into")):
            self.add_error("name", _("Isi nama unit baru, atau pilih unit yang diteruskan. Pilih satu saja."))
        return found


class SplitForm(NamedForm):
    """A unit that becomes several, by their names."""

    old = PickField(label=_("Unit yang dipecah"))
    names = forms.CharField(
        label=_("Nama unit hasilnya"),
        widget=forms.Textarea,
        help_text=_("Satu nama setiap baris. Tulis nama lamanya bila unit itu sendiri diteruskan."),
    )

    def clean_names(self) -> list[str]:
        """Two names at least, each once."""
        names = list(dict.fromkeys(line.strip()[:_TEXT] for line in self.cleaned_data["names"].splitlines()))
        names = [name for name in names if name]
        if len(names) < 2:
            raise forms.ValidationError(_("Tulis dua nama atau lebih, satu setiap baris."))
        return names


class EndForm(NamedForm):
    """Units that end; what they have goes to an heir."""

    old = PickManyField(label=_("Unit yang ditutup"))
    into = PickField(
        label=_("Posisinya diteruskan ke"),
        required=False,
        help_text=_("Kosongkan bila setiap posisinya ditentukan satu per satu."),
    )


class NewSeatsForm(NamedForm):
    """Seats that a reorganisation makes."""

    unit = PickField(label=_("Unit"))
    post = PickField(label=_("Jabatan"), picks=POST)
    count = forms.IntegerField(label=_("Jumlah posisi"), min_value=1, max_value=500, initial=1)
    job_class = _class(required=False)
    is_head = forms.BooleanField(label=_("Posisi ini memimpin unit"), required=False)
