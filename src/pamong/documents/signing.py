"""The electronic signature of a finished PDF (PAdES), added last: what was rendered stays, byte by byte.

A remote signer that takes a document and gives it back signed (BSrE's e-sign service) would take the place
of ``sign``: it gets the same bytes, and its answer is kept in the same way. It is not built: it asks for the
official's passphrase at each signature, which is never kept (see docs/orders.md).
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import SigSeedSubFilter

from pamong.documents.certificates import Certificate, CertificateBroken, secret

FIELD = "TandaTangan"
# Digits that the signature may take: 10 KiB with its chain of certificates. Otherwise each is made twice, the
# first time only to be measured.
_RESERVED = 2 * 10 * 1024


def sign(pdf: bytes, certificate: Certificate, *, place: str, reason: str) -> bytes:
    """The same PDF with the signature of an office behind it. ``CertificateBroken``."""
    signer = _signer(certificate.path, certificate.path.stat().st_mtime_ns, secret())
    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=certificate.name,
        location=place or None, reason=reason,
    )  # fmt: skip
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    done = sign_pdf(writer, metadata, signer=signer, bytes_reserved=_RESERVED)
    return bytes(done.getvalue())


@lru_cache(maxsize=16)
def _signer(path: Path, _changed: int, password: bytes | None) -> SimpleSigner:
    """The key of a file, opened once for many documents; anew where the file was changed."""
    found = SimpleSigner.load_pkcs12(path, passphrase=password)  # type: ignore[no-untyped-call]
    if not isinstance(found, SimpleSigner):
        raise CertificateBroken(path)
    return found
