"""QR codes of proofs: the address in bytes, the digits behind it as numbers, which take less room."""

from __future__ import annotations

import io
from typing import Any

import segno
from segno.encoder import DataOverflowError

WIDTH_MM = 50  # of the code itself; at 200 dpi its smallest modules still have 2.4 pixels
QUIET_MODULES = 4  # that stay white around it
# The bits that version 27 holds at level M (ISO/IEC 18004, table 7). What is longer is made by the lowest
# level of correction: else its modules get too small.
_LARGE_BITS = 8 * 1_128
_MODE, _BYTES, _DIGITS = 4, 16, 14  # bits before a part: its mode, and how many bytes or digits follow
# Of the eight masks any reads as well as another, since a proof looks like noise; weighing them all takes six
# times as long as the code itself.
_MASK = 3


def qr_svg(text: str) -> str | None:
    """The code as SVG without a border; None where the text is too long for one."""
    address, mark, digits = text.partition("#")
    parts = [address + mark, digits] if digits.isdecimal() else [text]
    code = _code(parts, "M" if _bits(parts) <= _LARGE_BITS else "L")
    if code is None:
        return None
    stream = io.BytesIO()
    code.save(stream, kind="svg", border=0, xmldecl=False, nl=False, svgclass=None, lineclass=None)
    return stream.getvalue().decode()


def _bits(parts: list[str]) -> int:
    """How much the parts take: a byte of text eight bits, three digits ten."""
    sizes = [_MODE + _BYTES + 8 * len(parts[0].encode())]
    sizes += [_MODE + _DIGITS + -(-10 * len(digits) // 3) for digits in parts[1:]]
    return sum(sizes)


def _code(parts: Any, level: str) -> segno.QRCode | None:
    try:
        return segno.make_qr(parts, error=level, boost_error=False, mask=_MASK)
    except DataOverflowError:
        return None
