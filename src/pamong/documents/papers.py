"""What a printed document carries of its proof: attachments of the PDF, a QR code, the words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pamong.documents.qr import qr_svg

CONTENT, PROOF = "isi.json", "bukti.tlog-proof"


@dataclass(frozen=True, slots=True)
class Paper:
    """The sealed content of a document, exactly the bytes that its proof vouches for.

    ``proof``: the proof file, '' while the log has not published it; ``code``: the text of the QR code, ''
    where it would be too large; ``address``: where it is checked, '' for a site without one of its own.
    """

    content: bytes
    proof: str = ""
    code: str = ""
    address: str = ""
    is_witnessed: bool = True


# Beside a slip that is printed together with others.
BUNDLED = {
    "title": "Bukti keaslian",
    "said": ["Ada pada rincian yang diunduh satu per satu dari Pamong, tidak pada berkas gabungan ini."],
    "qr": "",
}


def printed(paper: Paper | None) -> dict[str, Any]:
    """What the templates take of it: ``seal`` (title, words, QR as SVG) and ``attached`` files."""
    if paper is None:
        return {"seal": None, "attached": []}
    if not paper.proof:
        return {"seal": {"title": "Belum bersegel", "said": [_WAITING], "qr": ""}, "attached": []}
    code = qr_svg(paper.code) if paper.code else None
    said = [_scan(paper) if code else _CHECK, _OFFLINE, *([] if paper.is_witnessed else [_WEAK])]
    return {
        "seal": {"title": "Bukti keaslian", "said": said, "qr": code or ""},
        "attached": [
            _file(CONTENT, paper.content.decode(), "application/json", "data", "Isi dokumen yang disegel"),
            _file(PROOF, paper.proof, "text/plain", "supplement", "Bukti dari buku segel"),
        ],
    }


_WAITING = (
    "Cetak ulang sesudah titik segel berikutnya terbit, biasanya dalam satu menit: bukti keaslian ikut "
    "tercetak."
)
_CHECK = "Berkas PDF dokumen ini membawa buktinya. Periksa berkasnya di halaman Periksa keaslian dokumen."
_OFFLINE = (
    "Bukti dan isi lengkap juga terlampir pada berkas PDF-nya, dan dapat diperiksa tanpa situs itu dengan "
    "program pamong-verify."
)
_WEAK = "Saksi luar belum lengkap ketika ini dicetak; cetak ulang kemudian untuk bukti yang lebih kuat."


def _scan(paper: Paper) -> str:
    where = (
        paper.address.removeprefix("https://") or "halaman Periksa keaslian dokumen pada situs kepegawaian"
    )
    return (
        "Pindai kode ini dengan kamera ponsel. Kode memuat bukti bahwa isi pokok dokumen ini tersegel; "
        f"{where} memeriksanya di ponsel itu sendiri, tanpa mengirim isinya."
    )


def _file(name: str, text: str, media_type: str, relation: str, about: str) -> dict[str, str]:
    return {"name": name, "text": text, "type": media_type, "relation": relation, "about": about}
