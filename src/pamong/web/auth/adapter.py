"""How the second factor shows itself: the QR code by segno, messages in plain Indonesian."""

from __future__ import annotations

from typing import ClassVar

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _


class MfaAdapter(DefaultMFAAdapter):
    """allauth's second factor with our words and our QR code."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode tidak cocok. Tunggu kode berikutnya di aplikasi, lalu ketik lagi."),
        "cannot_delete_authenticator": _("Faktor kedua wajib untuk peran Anda dan tidak dapat dilepas."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as inline SVG: dark on light in both themes, since cameras want it so."""
        code = segno.make(url, error="m")
        return code.svg_inline(scale=4, border=3, dark="#000", light="#fff", omitsize=True)
