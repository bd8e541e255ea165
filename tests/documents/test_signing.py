"""Certificates of offices, and the signature over a finished PDF: it holds, and what was there stays."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import override_settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from pamong.documents import certificates, signing
from pamong.documents.certificates import Certificate, CertificateBroken
from pamong.documents.papers import CONTENT, PROOF, Paper, printed
from pamong.documents.rendering import render
from tests.documents.test_rendering import AT, data

MADE = datetime.now(UTC)  # a certificate is judged by the machine's day


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Certificate]:
    """The certificate of an office, by an authority of its own."""
    with override_settings(PAMONG_CERTIFICATES=tmp_path / "certificates"):
        yield make()


def make(code: str = "ppk", name: str = "Wali Kota Uji") -> Certificate:
    return certificates.make_certificate(
        code=code, name=name, government="Pemerintah Kota Uji", at=MADE
    )  # fmt: skip


def document() -> bytes:
    """A PDF/A-3 with two files."""
    proof = printed(Paper(b'{"a":1}', "bukti", "", "https://uji.example/cek/"))
    made = data(1) | {"attached": proof["attached"]}
    made["people"][0]["seal"] = proof["seal"]
    return render("slip", made, at=AT)


def status(pdf: bytes) -> PdfSignatureStatus:
    """What pyHanko says of the only signature, believing this installation's authority alone."""
    root = certificates.authority()
    assert root is not None
    trusted = ValidationContext(trust_roots=[x509.Certificate.load(root.public_bytes(Encoding.DER))])
    [found] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(found, trusted)


def test_the_signature_is_valid_and_covers_the_whole_file(office: Certificate) -> None:
    signed = signing.sign(document(), office, place="Uji", reason="Nomor 800/1")
    found = status(signed)
    assert found.bottom_line and found.intact and found.valid and found.trusted
    assert found.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert found.signing_cert.subject.native["common_name"] == "Wali Kota Uji"
    [embedded] = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert embedded.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"  # PAdES


def test_what_was_rendered_stays_with_its_archive_marks_and_attachments(office: Certificate) -> None:
    pdf = document()
    signed = signing.sign(pdf, office, place="Uji", reason="Nomor 800/1")
    assert signed.startswith(pdf)
    before, after = (pypdf.PdfReader(io.BytesIO(each)) for each in (pdf, signed))
    assert dict(after.attachments) == dict(before.attachments) == {CONTENT: [b'{"a":1}'], PROOF: [b"bukti"]}
    root = after.trailer["/Root"].get_object()
    metadata = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata and 'pdfaid:conformance="A"' in metadata
    assert "/OutputIntents" in root and "/AF" in root and "/StructTreeRoot" in root
    # Both places of the document's dates and title say the same, as PDF/A asks.
    modified = re.search(r'xmp:ModifyDate="(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)', metadata)
    assert modified is not None and after.metadata is not None
    assert str(after.metadata["/ModDate"])[2:16] == "".join(modified.groups())


def test_a_signed_file_that_was_changed_is_not_valid(office: Certificate) -> None:
    signed = signing.sign(document(), office, place="Uji", reason="Nomor 800/1")
    place = signed.index(b"stream", len(signed) // 3) + 40
    changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    assert not status(changed).intact


def test_an_office_of_another_authority_is_not_believed(office: Certificate, tmp_path: Path) -> None:
    with override_settings(PAMONG_CERTIFICATES=tmp_path / "others"):
        signed = signing.sign(document(), make(), place="", reason="")
    found = status(signed)
    assert found.intact and not found.trusted


def test_keys_are_private_and_an_office_keeps_its_certificate(office: Certificate) -> None:
    files = sorted(office.path.parent.iterdir())
    assert [path.name for path in files] == ["penerbit.p12", "ppk.p12"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert office.path.parent.stat().st_mode & 0o777 == 0o700
    before = office.path.read_bytes()
    assert make(name="Orang lain") == office
    assert office.path.read_bytes() == before
    make("8d5f2c1e-0000-7000-8000-000000000001", "Sekretaris Daerah")
    assert [each.name for each in certificates.list_certificates()] == ["Sekretaris Daerah", "Wali Kota Uji"]


def test_a_file_that_can_not_be_opened_is_told(office: Certificate) -> None:
    others = office.path.parent.with_name("rahasia")
    with override_settings(PAMONG_CERTIFICATES_SECRET="rahasia", PAMONG_CERTIFICATES=others):
        locked = make("setda", "Sekretaris Daerah")
        assert certificates.find_certificate("setda") == locked
        assert status(signing.sign(document(), locked, place="Uji", reason="Nomor 1")).bottom_line
    (office.path.parent / "setda.p12").write_bytes(locked.path.read_bytes())
    with pytest.raises(CertificateBroken, match=r"setda\.p12 tidak dapat dibuka"):
        certificates.find_certificate("setda")
    assert certificates.find_certificate("lain") is None
    with pytest.raises(ValueError, match="no code"):
        certificates.find_certificate("../ppk")
