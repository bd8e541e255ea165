"""What each register asks for, and what is done with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pamong.access.middleware import ActingRequest
from pamong.attendance import queries, services
from pamong.attendance.choices import DUTIES, ExcuseKind, ExcusePart, PermitKind
from pamong.attendance.queries.papers import PaperView
from pamong.attendance.services import Letter, Told
from pamong.decisions.site import site_law
from pamong.leave import policies as leave_policies
from pamong.leave import services as leaves
from pamong.leave.choices import KINDS, PARTS
from pamong.leave.services import Leave
from pamong.performance import policies as performance_policies
from pamong.performance.choices import FIRST_YEAR, PredicateKind
from pamong.performance.services import Rated, change_predicate, enter_predicate
from pamong.web.labels import label
from pamong.web.organisation.picking import Picker
from pamong.web.papers import fields, members
from pamong.web.papers.fields import FindsPerson, KeepsFile
from pamong.web.shapes import uid_of

REASON_MOST = 500


class PaperForm(forms.Form):
    """A new document, or with ``before`` a change of one that holds. ``send`` hands it in, and gives its id;
    None where a field is not right yet."""

    def __init__(self, request: ActingRequest, before: PaperView | None, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.request, self.before = request, before
        self.build()
        if before is not None:
            self.fields["reason"] = forms.CharField(
                label=_("Alasan perubahan"), max_length=REASON_MOST, widget=forms.Textarea,
                error_messages=fields.messages(_("Alasan perubahan")),
                help_text=_("Satu kalimat. Pemeriksa dan pegawai yang bersangkutan membacanya."),
            )  # fmt: skip

    def build(self) -> None:
        """Add the fields."""
        raise AssertionError("each register has its own fields")

    def send(self) -> UUID | None:
        """Hand it in."""
        raise AssertionError("each register hands in its own")

    @property
    def who(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"actor": self.request.actor, "at": self.request.at}

    @property
    def values(self) -> dict[str, Any]:
        """What stood before; empty for a new one."""
        return dict(self.before.values) if self.before else {}


class LeaveForm(PaperForm, KeepsFile, FindsPerson):
    """Somebody's leave, by its document."""

    permission = leave_policies.ENTER

    def build(self) -> None:
        stood, days = self.values, self.before.days if self.before else None
        if self.before is None:
            self.add_person(uid_of(self.request.GET.get("pegawai", "")))
        self.fields["kind"] = fields.choice(
            _("Jenis cuti"), [(each.value, label(each)) for each in KINDS], initial=stood.get("kind")
        )
        self.fields["first"] = fields.day(_("Hari pertama"), initial=days.start if days else None)
        self.fields["last"] = fields.day(_("Hari terakhir"), initial=days.last_day if days else None)
        self.fields["part"] = fields.choice(
            _("Bagian hari"), [(each.value, label(each)) for each in PARTS], initial=stood.get("part")
        )
        self.fields["number"] = fields.text(_("Nomor surat cuti"), 100, initial=stood.get("number"))
        self.fields["dated_on"] = fields.day(_("Tanggal surat"), initial=stood.get("dated_on"))
        self.add_file(
            _(
                "Surat cuti atau surat dokter: PDF, JPEG, atau PNG, paling besar 10 MB. "
                "Hanya pegawai itu dan petugas yang memeriksa yang dapat membukanya."
            )
        )

    def send(self) -> UUID | None:
        said = self.cleaned_data
        leave = Leave(
            ExcuseKind(said["kind"]), said["first"], said["last"], said["number"], said["dated_on"],
            ExcusePart(said["part"]),
        )  # fmt: skip
        told = Told(said.get("reason", ""), self.upload())
        if self.before is not None:
            return leaves.change_leave(**self.who, paper=self.before.uid, leave=leave, told=told)
        person = self.person()
        return person and leaves.enter_leave(**self.who, person=person, leave=leave, told=told)


class PredicateForm(PaperForm, KeepsFile, FindsPerson):
    """The predicate of somebody's year, by its document."""

    permission = performance_policies.RATE

    def build(self) -> None:
        stood, today = self.values, self.request.actor.on
        if self.before is None:
            self.add_person(uid_of(self.request.GET.get("pegawai", "")))
        years = [(str(year), str(year)) for year in range(today.year - 1, FIRST_YEAR - 1, -1)]
        self.fields["year"] = fields.choice(
            _("Tahun penilaian"), years, initial=str(stood.get("year") or today.year - 1)
        )
        self.fields["predicate"] = fields.choice(
            _("Predikat"), [(each.value, label(each)) for each in PredicateKind],
            initial=stood.get("predicate"),
        )  # fmt: skip
        self.fields["number"] = fields.text(_("Nomor dokumen penilaian"), 100, initial=stood.get("number"))
        self.fields["dated_on"] = fields.day(_("Tanggal dokumen"), initial=stood.get("dated_on"))
        self.add_file(_("Dokumen evaluasi kinerja: PDF, JPEG, atau PNG, paling besar 10 MB."))

    def send(self) -> UUID | None:
        said = self.cleaned_data
        rated = Rated(int(said["year"]), PredicateKind(said["predicate"]), said["number"], said["dated_on"])
        told = Told(said.get("reason", ""), self.upload())
        if self.before is not None:
            return change_predicate(**self.who, paper=self.before.uid, rated=rated, told=told)
        person = self.person()
        return person and enter_predicate(**self.who, person=person, rated=rated, told=told)


class LetterForm(PaperForm, KeepsFile):
    """A duty letter and everybody in it."""

    def build(self) -> None:
        stood, days = self.values, self.before.days if self.before else None
        self.fields["kind"] = fields.choice(
            _("Jenis surat"), [(each.value, label(each)) for each in DUTIES], initial=stood.get("kind")
        )
        units = queries.list_units_to_enter(actor=self.request.actor)
        self.fields["unit"] = fields.choice(
            _("Unit penerbit"), [(str(uid), name) for uid, name in units], initial=self._unit(units)
        )
        self.fields["number"] = fields.text(_("Nomor surat"), 100, initial=stood.get("number"))
        self.fields["dated_on"] = fields.day(_("Tanggal surat"), initial=stood.get("dated_on"))
        self.fields["purpose"] = fields.text(_("Maksud"), initial=stood.get("purpose"))
        self.fields["place"] = fields.text(_("Tempat"), required=False, initial=stood.get("place"))
        self.fields["first"] = fields.day(_("Hari pertama"), initial=days.start if days else None)
        self.fields["last"] = fields.day(_("Hari terakhir"), initial=days.last_day if days else None)
        hint = _("Hanya untuk surat beberapa jam pada satu hari, misalnya 08.30.")
        for name, title in (("starts", _("Mulai pukul")), ("ends", _("Selesai pukul"))):
            at = stood.get(name)
            shown = f"{at.astimezone(ZoneInfo(settings.PAMONG_ZONE)):%H.%M}" if at else None
            self.fields[name] = fields.clock(title, required=False, help_text=hint, initial=shown)
        self._people()
        self.add_file(_("Surat tugas yang sudah ditandatangani: PDF, JPEG, atau PNG, paling besar 10 MB."))

    def _unit(self, units: Any) -> str:
        if self.before is None:
            return str(units[0][0]) if units else ""
        return next((str(uid) for uid, name in units if name == self.before.unit), "")

    def _people(self) -> None:
        """One's own team, or those who stand on the letter already, to tick; others by name or NIP."""
        stood = [(str(who.uid), who.name) for who in self.before.persons] if self.before else []
        named = dict(stood) or self._team()
        if named:
            self.fields["team"] = forms.MultipleChoiceField(
                label=_("Pegawai yang ditugaskan"), required=False, choices=list(named.items()),
                widget=forms.CheckboxSelectMultiple, initial=[uid for uid, _name in stood],
            )  # fmt: skip
        self.fields["persons"] = members.MembersField(
            label=_("Pegawai lain menurut nama") if named else _("Pegawai yang ditugaskan"), required=False,
            help_text=_("Cari namanya, centang, lalu cari yang berikutnya. Yang sudah dicentang tetap."),
        )  # fmt: skip
        self.fields["nips"] = forms.CharField(
            label=_("Atau menurut NIP"), required=False, widget=forms.Textarea,
            help_text=_("Satu baris satu NIP, atau dipisah koma. Boleh disalin dari surat."),
        )  # fmt: skip

    @property
    def picker(self) -> Picker:
        """Those who were chosen by name, and those who fit what was typed."""
        return members.picker(self.request, "persons", self.data)

    def _team(self) -> dict[str, str]:
        today = self.request.actor.on
        team = queries.list_team_away(**self.who, first=today, end=today + timedelta(days=1))
        return {str(each.person.uid): each.person.name for each in team}

    def send(self) -> UUID | None:
        said, zone = self.cleaned_data, settings.PAMONG_ZONE
        persons, faults = fields.read_nips(self.request, said["nips"])
        if faults:
            self.add_error("nips", [ValidationError(fault) for fault in faults])
            return None
        persons += [UUID(uid) for uid in (*said.get("team", ()), *said["persons"])]
        if not persons:
            self.add_error("persons", _("Pegawai: pilih paling sedikit satu, menurut nama atau NIP."))
            return None
        letter = Letter(
            ExcuseKind(said["kind"]), UUID(said["unit"]), said["number"], said["dated_on"], said["purpose"],
            said["first"], said["last"], said["place"], fields.instant(said["first"], said["starts"], zone),
            fields.instant(said["first"], said["ends"], zone),
        )  # fmt: skip
        given: dict[str, Any] = {"letter": letter, "persons": list(dict.fromkeys(persons))}
        told = Told(said.get("reason", ""), self.upload())
        if self.before is not None:
            return services.change_letter(**self.who, paper=self.before.uid, told=told, **given)
        return services.enter_letter(**self.who, told=told, **given)


class PermitForm(PaperForm):
    """Hours of a day for oneself."""

    def build(self) -> None:
        self.fields["kind"] = fields.choice(
            _("Untuk apa"), [(each.value, label(each)) for each in PermitKind], widget=forms.RadioSelect,
            initial=PermitKind.OUT.value,
        )  # fmt: skip
        self.fields["on"] = fields.day(_("Hari"), initial=self.request.actor.on)
        self.fields["starts"] = fields.clock(_("Dari pukul"), help_text=_("Misalnya 09.30."))
        self.fields["ends"] = fields.clock(_("Sampai pukul"))
        self.fields["why"] = forms.CharField(
            label=_("Alasan"), max_length=REASON_MOST, widget=forms.Textarea,
            error_messages=fields.messages(_("Alasan")), help_text=_("Satu kalimat. Atasan Anda membacanya."),
        )  # fmt: skip

    def send(self) -> UUID | None:
        said, zone = self.cleaned_data, settings.PAMONG_ZONE
        starts, ends = (fields.instant(said["on"], said[name], zone) for name in ("starts", "ends"))
        if starts is None or ends is None:
            return None
        return services.ask_permit(
            **self.who, kind=PermitKind(said["kind"]), starts=starts, ends=ends, zone=zone,
            reason=said["why"], law=site_law() if settings.PAMONG_PROFILE else None,
        )  # fmt: skip


class MusterForm(PaperForm):
    """A muster of a unit: first which, then who was missing."""

    def build(self) -> None:
        today, asked = self.request.actor.on, self.data if self.is_bound else self.request.GET
        if self.before is None:
            units = queries.list_units_to_enter(actor=self.request.actor)
            self.fields["unit"] = fields.choice(
                _("Unit"), [(str(uid), name) for uid, name in units],
                initial=asked.get("unit") or (str(units[0][0]) if units else ""),
            )  # fmt: skip
            self.fields["on"] = fields.day(
                _("Tanggal apel"), initial=fields.parse_day(asked.get("on", "")) or today
            )
        self.fields["name"] = fields.text(
            _("Nama apel"), 100, initial=self.values.get("name") or asked.get("name") or _("Apel pagi")
        )
        self._missing(asked)

    def _missing(self, asked: Any) -> None:
        stood, given = list[str](), dict[str, Any]()
        if self.before is not None:
            stood = [str(who.uid) for who in self.before.persons]
            given = {"unit_id": self.before.values["unit_id"], "on": self.before.values["on"]}
        elif unit := uid_of(asked.get("unit", "")):
            given = {"unit": unit, "on": fields.parse_day(asked.get("on", ""))}
        if not given.get("on"):
            return
        named = queries.list_of_unit(**self.who, **given)
        self.fields["missing"] = forms.MultipleChoiceField(
            label=_("Yang tidak hadir"), required=False, widget=forms.CheckboxSelectMultiple, initial=stood,
            choices=[(str(who.uid), who.name) for who in named],
            help_text=_("Semua dianggap hadir. Centang hanya yang tidak hadir."),
        )  # fmt: skip

    def send(self) -> UUID | None:
        said = self.cleaned_data
        missing = [UUID(uid) for uid in said.get("missing", ())]
        if self.before is not None:
            return services.change_muster(
                **self.who, paper=self.before.uid, missing=missing, name=said["name"], reason=said["reason"]
            )
        return services.enter_muster(
            **self.who, unit=UUID(said["unit"]), on=said["on"], name=said["name"], missing=missing
        )
