"""Every act that is proposed, in words: what its page is called, its form, and what will happen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.organisation import queries as organisation
from pamong.organisation.choices import ActKind, UnitKind
from pamong.organisation.queries import ReorganisationView, SeatView, UnitView
from pamong.organisation.services import Asked
from pamong.people import queries as people
from pamong.web.formats import angka
from pamong.web.organisation import needs, picking, turning, words
from pamong.web.organisation.forms import (
    ActForm,
    ClassForm,
    CloseForm,
    FreezeForm,
    LineForm,
    RescindForm,
    SeatsForm,
    TopForm,
    UnfreezeForm,
    UnitForm,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The unit, or the seat in it, that an act is about, as of ``on``: today, or its first day to come; of a
    ``reorganisation`` the topmost unit."""

    unit: UnitView
    seat: SeatView | None
    on: date
    reorganisation: ReorganisationView | None = None

    @property
    def uid(self) -> Any:
        """The id of the one that it is about."""
        return self.seat.uid if self.seat else self.unit.uid

    @property
    def post(self) -> str:
        """What the seat is called; '' for a unit."""
        return words.with_level(self.seat.post, self.seat.jenjang) if self.seat else ""


def _no_values(form: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Deed:
    """One kind of act. ``form`` gets what was sent (None: nothing) and begins with what holds; ``said`` makes
    of a clean one the values that the act keeps; ``told`` says in sentences what will happen."""

    title: Any
    lead: Any
    form: Callable[[Actor, Subject, Any], ActForm]
    told: Callable[[Actor, Subject, Asked], Sequence[str]]
    said: Callable[[Any], dict[str, Any]] = _no_values


def _plain(kind: type[ActForm]) -> Callable[[Actor, Subject, Any], ActForm]:
    return lambda actor, subject, data: kind(data, initial={"on": actor.on})


def _unit_form(actor: Actor, subject: Subject, data: Any) -> ActForm:
    unit = subject.unit
    initial = {
        "on": actor.on, "name": unit.name, "short_name": unit.short_name, "kind": unit.kind.value,
        "is_opd": unit.is_opd, "unit_class": unit.unit_class, "parent": unit.parent_code,
    }  # fmt: skip
    return (TopForm if unit.kind is UnitKind.GOVERNMENT else UnitForm)(data, initial=initial)


def _unit_said(form: ActForm) -> dict[str, Any]:
    return {name: value for name, value in form.said.items() if value != form.initial[name]}


def _unit_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    first = _("%(unit)s berubah %(since)s.") % {"unit": subject.unit.name, "since": words.from_day(asked.on)}
    moves = "parent" in asked.values
    more = _below(actor, subject) if moves else ""
    return [line for line in (first, more) if line]


def _below(actor: Actor, subject: Subject) -> str:
    """How many units and seats go along with a unit, in a sentence; '' where there are none below."""
    places = organisation.list_places(actor=actor, on=subject.on, below=subject.unit.uid)
    if len(places) < 2:
        return ""
    counts = people.count_seats(actor=actor, on=subject.on, below=places[0].code)
    told = ngettext(
        "%(count)s unit di bawahnya ikut, dengan %(seats)s posisi seluruhnya.",
        "%(count)s unit di bawahnya ikut, dengan %(seats)s posisi seluruhnya.",
        len(places) - 1,
    )
    seats = sum(count.seats for count in counts.values())
    return told % {"count": angka(len(places) - 1), "seats": angka(seats)}


def _new_form(actor: Actor, subject: Subject, data: Any) -> ActForm:
    return UnitForm(data, initial={"on": actor.on, "parent": subject.unit.code})


def _new_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    return [
        _("%(unit)s dibentuk %(since)s.") % {"unit": asked.values["name"], "since": words.from_day(asked.on)}
    ]


def _close_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    return [
        _("%(unit)s tidak ada lagi %(since)s.")
        % {"unit": subject.unit.name, "since": words.from_day(asked.on)}
    ]


def _rescind_form(actor: Actor, subject: Subject, data: Any) -> ActForm:
    if subject.seat:
        first = organisation.seat_begins(actor=actor, seat=subject.uid)
    else:
        first = organisation.list_unit_history(actor=actor, unit=subject.uid)[0].period.start
    return RescindForm(data, initial={"on": first})


def _rescind_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    told = {"unit": subject.unit.name, "post": subject.post, "date": format_date(asked.on)}
    if subject.seat:
        text = _("Posisi %(post)s di %(unit)s, yang berlaku mulai %(date)s, dianggap tidak pernah dibuat.")
    else:
        text = _("%(unit)s, yang berdiri mulai %(date)s, dianggap tidak pernah dibentuk.")
    return [text % told]


def _withdraw_form(actor: Actor, subject: Subject, data: Any) -> ActForm:
    plan = subject.reorganisation
    return RescindForm(data, initial={"on": plan.on, "reorganisation": str(plan.uid)} if plan else {})


def _withdraw_said(form: ActForm) -> dict[str, Any]:
    return {"reorganisation": form.initial["reorganisation"]}


def _withdraw_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    title = subject.reorganisation.title if subject.reorganisation else ""
    return [
        _("Penataan %(title)s, yang berlaku mulai %(date)s, dibatalkan.")
        % {"title": title, "date": format_date(asked.on)},
        _("Semua unit, posisi, dan garis atasan kembali seperti sebelum ditetapkan, pada setiap tanggal."),
        _("Penataan yang sama harus disusun dan ditetapkan lagi bila kelak diperlukan."),
    ]


def _seats_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    number = asked.values["count"]
    text = ngettext(
        "%(count)s posisi ditambahkan di %(unit)s %(since)s.",
        "%(count)s posisi ditambahkan di %(unit)s %(since)s.",
        number,
    )
    told = {"count": angka(number), "unit": subject.unit.name, "since": words.from_day(asked.on)}
    return [text % told]


def _class_form(actor: Actor, subject: Subject, data: Any) -> ActForm:
    seat = subject.seat
    initial = {"job_class": seat.job_class, "note": seat.note} if seat else {}
    return ClassForm(data, initial={"on": actor.on, **initial})


def _class_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    ahead = turning.course(actor, subject.uid, asked.on)
    seat, after = ahead.then or subject.seat, asked.values["job_class"]
    before = _("belum ada") if seat is None or seat.job_class is None else str(seat.job_class)
    since = words.from_day(asked.on) + turning.later_classes(ahead, after)
    change = _("Kelas jabatan %(post)s: %(before)s menjadi %(after)s %(since)s.")
    follows = _("Tambahan Penghasilan Pegawai pemangkunya dihitung dengan kelas ini sejak tanggal itu.")
    told = {"post": subject.post, "before": before, "after": after, "since": since}
    return [change % told, follows]


def _line_form(actor: Actor, subject: Subject, data: Any) -> ActForm:
    above = subject.seat.superior_id if subject.seat else None
    seats = people.list_seats(actor=actor, on=subject.on, seats=[above]) if above else ()
    return LineForm(data, initial={"on": actor.on, "superior": str(seats[0].uid) if seats else ""})


def _line_said(form: ActForm) -> dict[str, Any]:
    return {"superior": None if form.said["nobody"] else form.said["superior"]}


def _line_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    """To whom a seat will report, to whom it did, and whose requests go there."""
    told = {"post": subject.post, "since": words.from_day(asked.on)}
    if asked.values["superior"] is None:
        sentences = [_("%(post)s tidak melapor kepada siapa pun %(since)s.") % told]
    else:
        above = picking.picked_seat(actor, asked.values["superior"])
        told["above"] = f"{above.post}, {above.unit}" if above else _("posisi yang dipilih")
        sentences = [_("%(post)s melapor kepada %(above)s %(since)s.") % told]
    found = people.list_seats(actor=actor, on=asked.on, seats=[subject.seat.id] if subject.seat else [])
    for seat in found:
        if seat.superior:
            sentences.append(_("Sebelumnya kepada %(post)s.") % {"post": seat.superior})
        if names := words.names([holder.name for holder in seat.holders]):
            text = _("Permintaan %(names)s mengikuti garis ini sejak tanggal itu.")
            sentences.append(text % {"names": names})
    ahead = turning.course(actor, subject.uid, asked.on)
    later = turning.later_lines(actor, ahead, asked.values["superior"])
    return [*sentences, *(text for _day, text in later)]


def _freeze_said(form: ActForm) -> dict[str, Any]:
    until = form.said["until"]
    return {"note": form.cleaned_data["reason"], "until": until.isoformat() if until else None}


def _freeze_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    text = _("%(post)s dibekukan %(since)s: %(reason)s.")
    told = {
        "post": subject.post,
        "since": words.from_day(asked.on),
        "reason": asked.values["note"].rstrip("."),
    }
    sentences = [text % told]
    if until := asked.values["until"]:
        sentences.append(turning.free_from(date.fromisoformat(until)))
    else:
        sentences += turning.later_freeze(turning.course(actor, subject.uid, asked.on), frozen=True)
    more = _("Selama dibekukan, tidak ada yang diangkat ke posisi ini. Yang sedang memangkunya tetap.")
    return [*sentences, more]


def _unfreeze_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    text = _("%(post)s boleh diisi lagi %(since)s.")
    told = {"post": subject.post, "since": words.from_day(asked.on)}
    ahead = turning.course(actor, subject.uid, asked.on)
    return [text % told, *turning.later_freeze(ahead, frozen=False)]


def _seat_close_told(actor: Actor, subject: Subject, asked: Asked) -> Sequence[str]:
    text = _("%(post)s di %(unit)s tidak ada lagi %(since)s.")
    return [text % {"post": subject.post, "unit": subject.unit.name, "since": words.from_day(asked.on)}]


def _said(form: ActForm) -> dict[str, Any]:
    return form.said


# What each page is for, by its kind: the one place that knows both the form of an act and its words.
DEEDS: Mapping[ActKind, Deed] = {
    ActKind.UNIT_CHANGE: Deed(
        gettext_lazy("Ubah unit"),
        gettext_lazy("Nama, jenis, atau induk yang baru berlaku sejak tanggal yang Anda isi."),
        _unit_form, _unit_told, _unit_said,
    ),
    ActKind.UNIT_NEW: Deed(
        gettext_lazy("Bentuk unit"),
        gettext_lazy("Unit baru berdiri di bawah induknya sejak tanggal yang Anda isi."),
        _new_form, _new_told, _said,
    ),
    ActKind.UNIT_CLOSE: Deed(
        gettext_lazy("Tutup unit"),
        gettext_lazy(
            "Unit yang masih memiliki posisi atau unit bawahan tidak dapat ditutup di sini. Untuk "
            "menggabungkan atau memindahkan isinya, susun penataan organisasi."
        ),
        _plain(CloseForm), _close_told,
    ),
    ActKind.UNIT_RESCIND: Deed(
        gettext_lazy("Batalkan pembentukan"),
        gettext_lazy("Untuk unit yang dibentuk karena keliru, selama belum ada posisi atau unit bawahannya."),
        _rescind_form, _rescind_told,
    ),
    ActKind.SEATS_NEW: Deed(
        gettext_lazy("Tambah posisi"),
        gettext_lazy("Posisi baru kosong sampai seseorang diangkat ke situ."),
        _plain(SeatsForm), _seats_told, _said,
    ),
    ActKind.UNIT_NEEDS: Deed(
        gettext_lazy("Kebutuhan pegawai"),
        gettext_lazy(
            "Jumlah pegawai yang dibutuhkan unit ini di setiap jabatan, menurut analisis beban kerja (ABK). "
            "Kosongkan yang belum dianalisis."
        ),
        lambda actor, subject, data: needs.form_of(actor, subject.unit, subject.on, data),
        lambda actor, subject, asked: needs.told(actor, subject.unit, subject.on, asked),
        needs.said,
    ),
    ActKind.SEAT_CLASS: Deed(
        gettext_lazy("Ubah kelas jabatan"),
        gettext_lazy("Kelas jabatan menentukan Tambahan Penghasilan Pegawai."),
        _class_form, _class_told, _said,
    ),
    ActKind.SEAT_LINE: Deed(
        gettext_lazy("Ubah atasan"),
        gettext_lazy("Permintaan cuti, penilaian, dan persetujuan pemangkunya mengikuti garis ini."),
        _line_form, _line_told, _line_said,
    ),
    ActKind.SEAT_FREEZE: Deed(
        gettext_lazy("Bekukan posisi"),
        gettext_lazy("Posisi yang dibekukan tetap ada di peta jabatan, tetapi tidak diisi."),
        _plain(FreezeForm), _freeze_told, _freeze_said,
    ),
    ActKind.SEAT_UNFREEZE: Deed(
        gettext_lazy("Cairkan posisi"),
        gettext_lazy("Posisi ini boleh diisi lagi sejak tanggal yang Anda isi."),
        _plain(UnfreezeForm), _unfreeze_told,
    ),
    ActKind.SEAT_CLOSE: Deed(
        gettext_lazy("Hapus posisi"),
        gettext_lazy("Posisi yang masih dipangku seseorang tidak dapat dihapus."),
        _plain(CloseForm), _seat_close_told,
    ),
    ActKind.SEAT_RESCIND: Deed(
        gettext_lazy("Batalkan pembuatan posisi"),
        gettext_lazy("Untuk posisi yang dibuat karena keliru, selama belum pernah dipangku siapa pun."),
        _rescind_form, _rescind_told,
    ),
    ActKind.REORGANISATION_WITHDRAW: Deed(
        gettext_lazy("Batalkan penataan"),
        gettext_lazy("Penataan yang ditetapkan dua orang dibatalkan dua orang, sebelum hari berlakunya."),
        _withdraw_form, _withdraw_told, _withdraw_said,
    ),
}  # fmt: skip
