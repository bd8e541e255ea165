"""The forms of accounts; what is wrong with a field names it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.access import policies
from pamong.access.choices import RESETS
from pamong.access.roles import GRANTABLE
from pamong.web.entries.inputs import messages
from pamong.web.organisation.picking import PickField

REASON_MOST = 300
_REASON = gettext_lazy("Alasan")
_WHY = gettext_lazy("Tulis dengan kata-kata. Operator lain membacanya sebelum memutuskan.")


class NamingForm(forms.Form):
    """A form whose sentences name the field that they are about; ``said`` gives better ones, by field.

    ``why_field`` is that of the reason: beside it stands that a reason says nothing.
    """

    said: ClassVar[dict[str, dict[str, Any]]] = {}
    why_field: ClassVar[str | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.error_messages |= messages(field.label) | self.said.get(name, {})


class AccountForm(NamingForm):
    """Asks for a new account. Its password is made by its owner, through a reset by two people."""

    username = forms.CharField(
        label=gettext_lazy("Nama pengguna"),
        max_length=60,
        help_text=gettext_lazy("Huruf kecil, angka, titik, tanda hubung, garis bawah. Contoh: siti.aminah"),
    )
    display_name = forms.CharField(label=gettext_lazy("Nama lengkap"), max_length=200)

    def clean_username(self) -> str:
        """As it is kept, and of signs that an address can hold."""
        name = str(self.cleaned_data["username"]).strip().lower()
        if fault := policies.username_fault(name):
            raise forms.ValidationError(fault)
        return name


class GrantForm(NamingForm):
    """Asks for a role over a unit or the whole government."""

    why_field = "reason"
    role = forms.ChoiceField(
        label=gettext_lazy("Peran"), choices=[(role.code, role.title) for role in GRANTABLE.values()]
    )
    unit = PickField(
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy(
            "Kosongkan bila mencakup seluruh pemerintah daerah. "
            "Peran Operator sistem selalu mencakup seluruhnya."
        ),
    )
    reason = forms.CharField(label=_REASON, max_length=REASON_MOST, help_text=_WHY)


class LinkForm(NamingForm):
    """Asks whose an account is."""

    why_field = "link_reason"
    said: ClassVar = {
        "person": dict.fromkeys(("required", "invalid"), gettext_lazy("Pilih pegawainya dulu."))
    }
    person = forms.UUIDField(label=gettext_lazy("Pegawai"))
    link_reason = forms.CharField(label=_REASON, max_length=REASON_MOST, help_text=_WHY)


class UnlinkForm(NamingForm):
    """Asks that an account be nobody's again."""

    why_field = "unlink_reason"
    unlink_reason = forms.CharField(label=_REASON, max_length=REASON_MOST, help_text=_WHY)


class ResetForm(NamingForm):
    """Asks for a reset of an account."""

    why_field = "why"
    kind = forms.ChoiceField(
        label=gettext_lazy("Yang diatur ulang"), choices=[(kind.value, kind.label) for kind in RESETS]
    )
    why = forms.CharField(label=_REASON, max_length=REASON_MOST, help_text=_WHY)


class EndForm(NamingForm):
    """Asks why a role ends."""

    why_field = "alasan"
    alasan = forms.CharField(
        label=_REASON,
        max_length=REASON_MOST,
        help_text=gettext_lazy("Tulis dengan kata-kata. Alasan ini tercatat bersama nama Anda."),
    )


class PasswordForm(NamingForm):
    """Asks twice for a new password."""

    password1 = forms.CharField(label=gettext_lazy("Kata sandi baru"), widget=forms.PasswordInput)
    password2 = forms.CharField(
        label=gettext_lazy("Kata sandi baru, sekali lagi"), widget=forms.PasswordInput
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Both are the same, and good enough."""
        found = super().clean() or {}
        if found.get("password1") and found.get("password1") != found.get("password2"):
            self.add_error("password2", _("Kata sandi yang kedua berbeda. Ketik lagi keduanya."))
        elif found.get("password1"):
            validate_password(found["password1"], self.user)
        return found
