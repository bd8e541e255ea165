"""QR codes of proofs: the address in bytes, the digits behind it as numbers, which take less room."""

from __future__ import annotations

import io
from typing import Any

import segno
from segno.encoder import DataOverflowError

WIDTH_MM = 50  # of the code itself; at 200 dpi its smallest modules still have 2.4 pixels
QUIET_MODULES = 4  # that stay white around it
# A version from which the code is made by the lowest level of correction: else its modules get too small.
_LARGE = 27


def qr_svg(text: str) -> str | None:
    """The code as SVG without a border; None where the text is too long for one."""
    address, mark, digits = text.partition("#")
    parts = [address + mark, digits] if digits.isdecimal() else [text]
    code = _code(parts, "M")
    if code is None or int(code.version) > _LARGE:
        code = _code(parts, "L")
    if code is None:
        return None
    stream = io.BytesIO()
    code.save(stream, kind="svg", border=0, xmldecl=False, nl=False, svgclass=None, lineclass=None)
    return stream.getvalue().decode()


def _code(parts: Any, level: str) -> segno.QRCode | None:
    try:
        return segno.make_qr(parts, error=level, boost_error=False)
    except DataOverflowError:
        return None
