"""The electronic signature of a finished PDF (PAdES), added last: what was rendered stays, byte by byte.

A remote signer that takes a document and gives it back signed (BSrE's e-sign service) would take the place
of ``sign``: it gets the same bytes, and its answer is kept in the same way. It is not built: it asks for the
official's passphrase at each signature, which is never kept (see docs/orders.md).
"""

from __future__ import annotations

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import SigSeedSubFilter

from pamong.documents.certificates import Certificate, CertificateBroken, secret

FIELD = "TandaTangan"


def sign(pdf: bytes, certificate: Certificate, *, place: str, reason: str) -> bytes:
    """The same PDF with the signature of an office behind it. ``CertificateBroken``."""
    signer = SimpleSigner.load_pkcs12(certificate.path, passphrase=secret())  # type: ignore[no-untyped-call]
    if signer is None:
        raise CertificateBroken(certificate.path)
    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=certificate.name,
        location=place or None, reason=reason,
    )  # fmt: skip
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    done = sign_pdf(writer, metadata, signer=signer)
    return bytes(done.getvalue())
