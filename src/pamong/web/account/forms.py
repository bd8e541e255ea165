"""The form of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from pamong.web.entries.inputs import messages


class MailForm(forms.Form):
    """Where to reminders go, and whether they are wanted."""

    alamat = forms.CharField(
        label=gettext_lazy("Alamat surel"),
        required=False,
        max_length=254,
        widget=forms.EmailInput,
        help_text=gettext_lazy("Alamat Anda sendiri, sebaiknya surel kantor."),
    )
    pengingat = forms.BooleanField(label=gettext_lazy("Kirim surel pengingat"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= messages(field.label)
