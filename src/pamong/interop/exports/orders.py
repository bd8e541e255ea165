"""An order as PDF: content, proof and code in a PDF/A-3, and over all of it the signature of the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from pamong.decisions import queries, services
from pamong.decisions.queries import OrderView
from pamong.documents import certificates, signing, store
from pamong.documents.certificates import Certificate
from pamong.documents.papers import Paper, printed
from pamong.documents.rendering import render
from pamong.documents.template_hash import template_hash
from pamong.kernel.actor import Actor
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.clock import format_date

_UNSIGNED = "Belum bertanda tangan elektronik."
_SIGNED = "Ditandatangani secara elektronik; sertifikatnya ada pada berkas PDF."
_LATE = "Dientri terlambat: keputusan ini mulai berlaku sebelum ditetapkan."
_NEWER = " Bentuk cetak ini lebih baru daripada saat ditetapkan; isinya sama."


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and the name in the certificate that signed it; '' for none."""

    data: bytes
    signed_by: str


def order_pdf(*, actor: Actor, at: datetime, uid: UUID) -> bytes:
    """The document of an order that the actor may see. Once enough witnesses stand behind its proof it is
    kept, and from then on always the same. Before there is any proof it is not signed.

    ``OrderNotFound``, ``ContentChanged``, ``KeyMissing``, ``CertificateBroken``, ``FileLost``.
    """
    view, paper = queries.prove_order(actor=actor, at=at, order=uid)
    if view.file:
        return store.read(view.file)
    proven = paper is not None and bool(paper.proof)
    made = make(view, paper, certificate_of(view, at) if proven else None)
    if paper is None or not proven or not paper.is_witnessed:
        return made.data
    kept = store.keep(made.data)
    stands = services.keep_file(
        actor=actor, order=uid, sha256=kept.sha256, size=kept.size, signed_by=made.signed_by
    )
    return store.read(stands)


def certificate_of(view: OrderView, at: datetime) -> Certificate | None:
    """The certificate of the office that signed an order; the example makes what is missing by itself."""
    found = certificates.find_certificate(view.office) if view.office else None
    if found is not None or not settings.PAMONG_DEMO or not view.office:
        return found
    government = str(view.content.get("region", ""))
    return certificates.make_certificate(
        code=view.office, name=view.office_name, government=government, at=at
    )


def make(view: OrderView, paper: Paper | None, certificate: Certificate | None) -> Made:
    """Render an order, and sign it where there is a certificate."""
    pdf = render(view.template, order_data(view, paper, certificate is not None), at=view.at)
    if certificate is None:
        return Made(pdf, "")
    place, reason = str(view.content.get("place", "")), f"Nomor {view.number}"
    return Made(signing.sign(pdf, certificate, place=place, reason=reason), certificate.name)


def order_data(view: OrderView, paper: Paper | None, signed: bool) -> Mapping[str, Any]:
    """What the template of an order prints: its content, and what is known only when it is printed."""
    newer = _NEWER if template_hash(view.template) != view.template_sha256 else ""
    sha256 = sha256_hex(canonical_json(view.content))
    return {
        **view.content,
        **printed(paper),
        "dated": format_date(view.dated_on),
        "mark": "contoh" if settings.PAMONG_DEMO else "",
        "note": _LATE if view.late else "",
        "signature": _SIGNED if signed else _UNSIGNED,
        "foot": f"Ditetapkan dengan Pamong. Sidik isi {sha256[:16]}.{newer}",
    }
