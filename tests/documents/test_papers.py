"""What a document carries of its proof: files in the PDF as given, a code that is read from a picture."""

from __future__ import annotations

import io
import random
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp

from pamong.documents.papers import BUNDLED, CONTENT, PROOF, Paper, printed
from pamong.documents.qr import qr_svg
from pamong.documents.rendering import render, texts_of
from tests.documents.test_rendering import AT, data

ADDRESS = "https://kepegawaian.contoh.go.id/cek/"
MOST_DIGITS = 17 * 340  # a slip of 50,000 in a log of millions, with three signatures


def code(digits: int) -> str:
    """The text of a code with so many digits, the same in every run."""
    return f"{ADDRESS}#{''.join(random.Random(digits).choices('0123456789', k=digits))}"  # noqa: S311


def slip(paper: Paper | None, rows: int = 9) -> dict[str, Any]:
    """A slip with so many rows."""
    made = data(1)
    proof = printed(paper)
    person = made["people"][0]
    person |= {"rows": person["rows"] * rows, "seal": proof["seal"]}
    return made | {"attached": proof["attached"]}


def read_code(pdf: bytes, dpi: int) -> list[str]:
    """What a reader of codes finds on the first page."""
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=dpi / 72).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("digits", range(17 * 60, MOST_DIGITS + 1, (MOST_DIGITS - 17 * 60) // 19))
def test_a_code_is_read_from_the_page_at_200_dpi(digits: int) -> None:
    text = code(digits)
    pdf = render("slip", slip(Paper(b"{}", "bukti", text, ADDRESS)), at=AT)
    assert read_code(pdf, 200) == [text]


def test_files_are_attached_byte_by_byte_and_the_page_is_one() -> None:
    content = '{"name":"Wayan Sudiarsa, S.Kep. \\"Ns.\\" é 𝄞","net":1}'.encode()
    proof = "c2sp.org/tlog-proof@v1\nindex 0\n\n— kota 4pqS\n"
    pdf = render("slip", slip(Paper(content, proof, code(2_400), ADDRESS), rows=17), at=AT)
    read = pypdf.PdfReader(io.BytesIO(pdf))
    assert dict(read.attachments) == {CONTENT: [content], PROOF: [proof.encode()]}
    assert len(read.pages) == 1
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert pdf == render("slip", slip(Paper(content, proof, code(2_400), ADDRESS), rows=17), at=AT)


@pytest.mark.parametrize(
    ("paper", "title", "sentence"),
    [
        (Paper(b"{}"), "Belum bersegel", "Cetak ulang sesudah titik segel"),
        (Paper(b"{}", "bukti", code(2_000), ADDRESS), "Bukti keaslian", "kepegawaian.contoh.go.id/cek/"),
        (Paper(b"{}", "bukti", code(2_000)), "Bukti keaslian", "halaman Periksa keaslian dokumen pada situs"),
        (Paper(b"{}", "bukti", "", ADDRESS), "Bukti keaslian", "Periksa berkasnya di halaman"),
        (
            Paper(b"{}", "bukti", code(2_000), ADDRESS, is_witnessed=False),
            "Bukti keaslian",
            "Saksi luar belum",
        ),
    ],
)
def test_the_words_say_what_it_is_and_where_it_is_checked(paper: Paper, title: str, sentence: str) -> None:
    seal = printed(paper)["seal"]
    assert seal["title"] == title
    assert sentence in " ".join(seal["said"])
    assert bool(seal["qr"]) == bool(paper.proof and paper.code)
    assert texts_of("slip", slip(paper), "said") == ["0 Rp1.000 Seribu rupiah"]


def test_a_bundle_says_where_the_proof_is() -> None:
    made = data(2)
    for person in made["people"]:
        person["seal"] = BUNDLED
    pdf = pypdf.PdfReader(io.BytesIO(render("slip", made, at=AT)))
    assert all("diunduh satu per satu" in page.extract_text() for page in pdf.pages)
    assert dict(pdf.attachments) == {}


def test_what_is_too_long_has_no_code() -> None:
    assert qr_svg(code(8_000)) is None
    assert qr_svg("teks biasa") is not None
