"""Which kind of file is this? Asked when a file stands in the wrong place, so that the refusal can say so."""

from __future__ import annotations

import re

from pamong.interop.headings import MONTHLY_HEADINGS, SIASN_HEADINGS, normal_heading

ATTLOG_LINE = re.compile(
    r" *[0-9A-Za-z]{1,24} *\t *(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:]+|[0-9]{9,10})(?:\s|$)"
)
GLG_HEADING = re.compile(r"No\tT?M[A-Za-z]*\tEnNo\t", re.IGNORECASE)
_ENOUGH = 3  # headings in common before a guess is made


def kind_in_words(text: str) -> str:
    """What the head of a text looks like, in Indonesian, or ''."""
    lines = text.lstrip("\ufeff").splitlines()[:20]
    if any(ATTLOG_LINE.match(line) or GLG_HEADING.match(line) for line in lines):
        return "data presensi dari mesin"
    for line in lines:
        guess = kind_of_headings([normal_heading(cell) for cell in re.split(r"[,;\t]", line)])
        if guess:
            return guess
    return "data JSON" if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else ""


def kind_of_headings(headings: list[str]) -> str:
    """What a row of headings looks like, in Indonesian, or ''."""
    found = set(headings)
    if "TANGGAL" in found and any(heading.startswith("SCAN") for heading in found):
        return "data presensi dari mesin"
    if len(found & set(MONTHLY_HEADINGS)) >= _ENOUGH:
        return "isian bulanan"
    if len(found & set(SIASN_HEADINGS)) >= _ENOUGH:
        return "daftar pegawai"
    return ""
