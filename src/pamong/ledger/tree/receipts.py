"""Receipts: what a site signs at once for an entry, so that one that never comes into its log is seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pamong.ledger.tree.errors import ReceiptError
from pamong.ledger.tree.fields import from_base64, to_base64
from pamong.ledger.tree.keys import VerifierKey
from pamong.ledger.tree.merkle import HASH_BYTES
from pamong.ledger.tree.notes import open_note
from pamong.ledger.tree.signing import SigningKey

HEAD = "pamong-receipt/v1"
_TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a leaf was taken in for a log. ``at``: an aware instant; its parts of a second are cut off."""

    origin: str
    kind: str
    leaf_hash: bytes
    at: datetime

    def text(self) -> str:
        """The text that is signed."""
        time = self.at.astimezone(UTC).strftime(_TIME)
        return f"{HEAD}\n{self.origin}\n{self.kind}\n{to_base64(self.leaf_hash)}\n{time}\n"

    @classmethod
    def parse(cls, text: str) -> Receipt:
        """Read the text of a note. ReceiptError, with its reason, where it is no receipt."""
        lines = text.split("\n")
        if len(lines) != 6 or not all(lines[:5]) or lines[5] or lines[0] != HEAD:
            raise ReceiptError(
                "lines", "Ini bukan tanda terima buku segel: harus lima baris, mulai dengan jenisnya."
            )
        leaf, at = from_base64(lines[3], HASH_BYTES), _instant(lines[4])
        if leaf is None:
            raise ReceiptError(
                "hash", "Hash catatan pada tanda terima ini rusak. Ambil kembali tanda terimanya."
            )
        if at is None:
            raise ReceiptError("time", f"Waktu '{lines[4]}' pada tanda terima ini tidak berbentuk waktu UTC.")
        return cls(lines[1], lines[2], leaf, at)


def receipt_key_name(origin: str) -> str:
    """The name of the key that signs receipts for a log: ``<site>/receipt`` for ``<site>/log/<name>``."""
    site, found, name = origin.partition("/log/")
    if not (site and found and name):
        raise ReceiptError("origin", f"Nama buku segel '{origin}' tidak berbentuk <situs>/log/<nama>.")
    return f"{site}/receipt"


def sign_receipt(receipt: Receipt, key: SigningKey) -> str:
    """The note of a receipt. ReceiptError where the key is another site's, or a field holds a newline."""
    _require_name(receipt.origin, [key.name])
    Receipt.parse(receipt.text())
    return key.sign_note(receipt.text())


def open_receipt(note: str | bytes, keys: Iterable[VerifierKey]) -> Receipt:
    """Read a receipt signed by the site of its log. NoteError as from ``open_note``, else ReceiptError."""
    opened = open_note(note, keys)
    receipt = Receipt.parse(opened.text)
    _require_name(receipt.origin, [each.key.name for each in opened.verified])
    return receipt


def _require_name(origin: str, names: list[str]) -> None:
    name = receipt_key_name(origin)
    if name not in names:
        raise ReceiptError(
            "other_site", f"Tanda terima untuk '{origin}' harus ditandatangani kunci '{name}'."
        )


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return at if at.strftime(_TIME) == text else None
