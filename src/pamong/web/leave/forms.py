"""The form of a request for leave, and that of its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pamong.access.middleware import ActingRequest
from pamong.attendance.choices import ExcuseKind, ExcusePart
from pamong.leave.choices import PARTS
from pamong.leave.queries import Contact
from pamong.web.decisions.forms import ChangeForm
from pamong.web.labels import label
from pamong.web.leave import words
from pamong.web.papers import fields
from pamong.web.papers.fields import KeepsFile


class RequestForm(KeepsFile):
    """What the form of the regulation asks (sections II, III, IV and VI); all else the server knows."""

    def __init__(
        self, request: ActingRequest, kinds: Sequence[ExcuseKind], contact: Contact, *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.request = request
        self.fields["leave"] = fields.choice(
            _("Jenis cuti"), [(kind.value, label(kind)) for kind in kinds],
            initial=request.GET.get("jenis") or (kinds[0].value if kinds else ""),
        )  # fmt: skip
        self.fields["first"] = fields.day(_("Hari pertama"))
        self.fields["last"] = fields.day(_("Hari terakhir"), required=False)
        self.fields["last"].help_text = _("Kosongkan bila hanya satu hari.")
        self.fields["text"] = fields.text(_("Keperluan"), 300)
        self.fields["reason"] = fields.choice(
            _("Alasan menurut peraturan"), words.reasons(kinds), required=False
        )
        self.fields["reason"].help_text = (
            _("Hanya untuk cuti besar, cuti sakit, dan cuti alasan penting.")
            if ExcuseKind.LEAVE_IMPORTANT in kinds
            else _("Hanya untuk cuti sakit, dan cuti tahunan sebelum masa kerja setahun.")
        )
        if ExcuseKind.LEAVE_MATERNITY in kinds:
            self.fields["child"] = forms.IntegerField(
                label=_("Kelahiran anak ke berapa"), required=False, min_value=1, max_value=20,
                help_text=_("Hanya untuk cuti melahirkan."),
                error_messages=fields.messages(_("Kelahiran anak ke berapa")),
            )  # fmt: skip
        self.fields["part"] = fields.choice(
            _("Bagian hari"), [(part.value, label(part)) for part in PARTS],
            initial=ExcusePart.WHOLE.value,
        )  # fmt: skip
        self.fields["address"] = fields.text(_("Alamat selama cuti"), 300, initial=contact.address)
        self.fields["phone"] = fields.text(_("Telepon"), 40, required=False, initial=contact.phone)
        self.fields["abroad"] = forms.BooleanField(label=_("Saya ke luar negeri"), required=False)
        self.add_file(
            _(
                "Surat dokter atau surat lain yang disyaratkan: PDF, JPEG, atau PNG, paling besar 10 MB. "
                "Hanya Anda dan yang memutuskan yang dapat membukanya."
            )
        )

    def asked(self) -> dict[str, Any]:
        """What a clean form says."""
        said = self.cleaned_data
        first: date = said["first"]
        last: date = said["last"] or first
        return {
            "leave": said["leave"], "part": said["part"], "first": first.isoformat(),
            "last": last.isoformat(), "text": said["text"], "reason": said["reason"],
            "address": said["address"], "phone": said["phone"], "abroad": said["abroad"],
            "child": said.get("child"),
        }  # fmt: skip


class DaysForm(ChangeForm):
    """Other days than were asked for, as the deciding official grants them."""

    first = fields.day(_("Hari pertama"))
    last = fields.day(_("Hari terakhir"))


class ShortenForm(forms.Form):
    """Until when a leave is to hold, and why it ends."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["last"] = fields.day(_("Hari terakhir yang baru"), required=False)
        self.fields["last"].help_text = _("Kosongkan untuk membatalkan seluruhnya.")
        self.fields["why"] = fields.text(_("Alasan"), 300)
