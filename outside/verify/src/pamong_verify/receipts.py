"""Receipts: the signed promise that a leaf will be in a log within a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pamong_verify.faults import Fault, Refused
from pamong_verify.notes import NOTE, Key, check, decode, parse

PATIENCE = 60
_TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Receipt:
    """Log, kind and hash of the leaf that was promised, and when (POSIX seconds)."""

    origin: str
    kind: str
    leaf: bytes
    time: int


def read_receipt(data: bytes, key: Key) -> Receipt:
    """Read a receipt and check its signature by the site's receipt key."""
    note = parse(data, "tanda terima")
    try:
        title, origin, kind, leaf, time, end = note.text.split("\n")
        at = datetime.strptime(time, _TIME).replace(tzinfo=UTC)
        if title != "pamong-receipt/v1" or not origin or not kind or end or at.strftime(_TIME) != time:
            raise ValueError("receipt")
        receipt = Receipt(origin, kind, decode(leaf, 32), int(at.timestamp()))
    except ValueError as error:
        raise Refused(Fault.UNREADABLE, "ini bukan tanda terima yang utuh") from error
    site, log, _ = origin.partition("/log/")
    if key.kind != NOTE or not log or key.name != f"{site}/receipt":
        raise Refused(Fault.UNKNOWN_LOG, f"tanda terima log {origin} dengan kunci {key.name}")
    if not check(note, [key], "tanda terima"):
        raise Refused(Fault.UNKNOWN_LOG, f"tanda terima log {origin}")
    return receipt


def judge_absence(receipt: Receipt, published: int) -> Refused:
    """What it means that the leaf is not in a log published at a time: evidence, or too early to say."""
    late = published - receipt.time
    if late > PATIENCE:
        return Refused(
            Fault.RECEIPT_UNFULFILLED,
            f"catatan {receipt.kind} tidak ada di log {receipt.origin}, {late} detik sesudah dijanjikan",
        )
    return Refused(Fault.TOO_EARLY, f"salinan log belum {PATIENCE} detik lebih baru dari tanda terima")
