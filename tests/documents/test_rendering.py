"""Documents: PDF/A with the same bytes everywhere, and one page a person."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from pamong.documents.rendering import render, render_png, texts_of

AT = datetime(2026, 11, 10, 1, 30, 5, 123456, tzinfo=UTC)
PAGE = re.compile(rb"/Type\s*/Page\b")
MAKE = """
import hashlib, sys
from tests.documents.test_rendering import AT, data
from pamong.documents.rendering import render
sys.stdout.write(hashlib.sha256(render("slip", data(3), at=AT)).hexdigest())
"""


def person(number: int) -> dict[str, Any]:
    """What the template needs of one person, with an amount."""
    row = {"title": "TPP", "amount": "1.000", "from": 0, "to": 1000, "colour": "net", "strong": True}
    return {
        "uid": f"00000000-0000-0000-0000-{number:012d}",
        "office": "Dinas A",
        "who": [["Nama", f"Orang {number} #[*_$ <>"], ["NIP", "1"]],
        "state": "Dihitung",
        "reason": "",
        "advice": "",
        "rows": [row | {"indent": False}],
        "net_title": "Diterima",
        "net": "Rp1.000",
        "words": "Seribu rupiah",
        "said": f"{number} Rp1.000 Seribu rupiah",
        "seal": None,
    }


def data(people: int) -> dict[str, Any]:
    """A document of so many people."""
    return {
        "region": "Pemerintah Kota Contoh",
        "title": "Rincian",
        "month": "Oktober 2026",
        "mark": "contoh",
        "note": "Contoh.",
        "foot": "Dihitung dengan Pamong.",
        "people": [person(number) for number in range(people)],
        "attached": [],
    }


def test_a_page_a_person_in_an_archive_format() -> None:
    pdf = render("slip", data(4), at=AT)
    assert pdf.startswith(b"%PDF-1.7")
    assert len(PAGE.findall(pdf)) == 4
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"2026-11-10T01:30:05" in pdf


def test_a_bundle_for_printing_leaves_the_tags_out() -> None:
    tagged, plain = (render("slip", data(4), at=AT, tagged=tagged) for tagged in (True, False))
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in plain
    assert len(plain) < len(tagged)


def test_the_same_data_give_the_same_bytes_in_other_processes() -> None:
    found = {hashlib.sha256(render("slip", data(3), at=AT)).hexdigest()}
    for seed, zone in (("1", "Asia/Jayapura"), ("2", "UTC")):
        environ = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C"}
        done = subprocess.run([sys.executable, "-c", MAKE], env=environ, capture_output=True, check=True)
        found.add(done.stdout.decode())
    assert len(found) == 1


def test_other_data_give_other_bytes() -> None:
    assert render("slip", data(1), at=AT) != render("slip", data(1) | {"month": "November 2026"}, at=AT)
    assert render("slip", data(1), at=AT) != render("slip", data(1), at=AT.replace(day=11))


def test_text_is_text_and_never_markup() -> None:
    assert len(render_png("slip", data(1))) == 1


def test_pages_say_what_they_are_told_to() -> None:
    assert texts_of("slip", data(2), "said") == ["0 Rp1.000 Seribu rupiah", "1 Rp1.000 Seribu rupiah"]


def test_pictures_are_png() -> None:
    pages = render_png("slip", data(2), ppi=40)
    assert [page[:8] for page in pages] == [b"\x89PNG\r\n\x1a\n"] * 2


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(ValueError, match="no template 'sk'"):
        render("sk", {}, at=AT)


def test_data_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="template slip"):
        render("slip", {"title": "Rincian"}, at=AT)


def test_no_float_comes_near_a_document() -> None:
    with pytest.raises((TypeError, ValueError)):
        render("slip", data(1) | {"note": 1.5}, at=AT)
