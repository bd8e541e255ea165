"""What needs an optional package: QR codes in pictures, attachments of a PDF."""

from __future__ import annotations

import io
import logging
from importlib import import_module
from pathlib import Path
from typing import Any

from pamong_verify.faults import Fault, Refused
from pamong_verify.files import read

PROOF, CONTENT = "bukti.tlog-proof", "isi.json"
_PICTURES = "zxing-cpp pillow"


def _module(name: str, packages: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise Refused(Fault.EXTRA_MISSING, f"{packages} (perintah: pip install {packages})") from error


def qr_text(path: Path) -> str:
    """The text of the QR in a picture; the first one that carries digits behind ``#``, if there are more."""
    reader, pictures = _module("zxingcpp", _PICTURES), _module("PIL.Image", _PICTURES)
    data = read(path)
    try:
        with pictures.open(io.BytesIO(data)) as picture:
            texts = [found.text for found in reader.read_barcodes(picture.convert("L"))]
    except Exception as error:  # a broken picture raises whatever its decoder pleases
        raise Refused(Fault.UNREADABLE, f"{path} bukan gambar yang utuh") from error
    for text in sorted(texts, key=lambda each: "#" not in each):
        return str(text)
    raise Refused(Fault.UNREADABLE, f"tidak ada kode QR yang terbaca pada {path}")


def attachments(path: Path) -> tuple[bytes, bytes]:
    """The proof and the content that are attached to a PDF."""
    pypdf = _module("pypdf", "pypdf")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # the verdict is ours
    data = read(path)
    try:
        attached = {
            name: list(found) for name, found in pypdf.PdfReader(io.BytesIO(data)).attachments.items()
        }
    except Exception as error:  # a broken PDF raises whatever its reader pleases
        raise Refused(Fault.UNREADABLE, f"{path} bukan PDF yang utuh") from error
    for name in (PROOF, CONTENT):
        if len(attached.get(name, [])) != 1:
            raise Refused(Fault.NO_PROOF, f"lampiran {name} tidak ada (atau lebih dari satu) pada {path}")
    return attached[PROOF][0], attached[CONTENT][0]
