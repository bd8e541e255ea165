"""A printed order as a reader has it: its words, the code on it, and what the program outside makes of it."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import zxingcpp

from pamong.ledger.sequencer.places import Places
from pamong_verify.policy import parse_policy
from pamong_verify.proofs import Proven, verify_qr


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def code_on(pdf: bytes) -> list[str]:
    """What a reader finds on the picture of the last page at 200 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[len(document) - 1].render(scale=200 / 72).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def proven(places: Places, text: str) -> Proven:
    """A code as the program outside verifies it, with the policy alone."""
    return verify_qr(text, parse_policy(places.policy.read_bytes()))
