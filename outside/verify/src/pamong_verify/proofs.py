"""Proofs that a claim stands in a log: C2SP tlog-proof files, and the compact form of the QR."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass

from pamong_verify.checkpoints import Checkpoint, body, number, read_checkpoint
from pamong_verify.entries import Claim, Content, Item, content, load_json, opening, read_claim
from pamong_verify.faults import Fault, Refused
from pamong_verify.merkle import root_from_path
from pamong_verify.notes import COSIGNATURE, NOTE, Note, Signature, decode
from pamong_verify.policy import Judged, Policy, judge

MOST_HASHES = 64
LARGEST_CONTENT = 1 << 20
DIGITS = {3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6, 17: 7}
_BLOB = {NOTE: 64, COSIGNATURE: 72}


@dataclass(frozen=True)
class Proven:
    """A claim that is in a log: what it says, its number, and the checkpoint that covers it."""

    said: Content
    index: int
    judged: Judged


def verify_proof(data: bytes, policy: Policy) -> Proven:
    """Verify a proof file."""
    claim, index, path, checkpoint = _parse_proof(data)
    root = root_from_path(claim.leaf, index, checkpoint.size, path)
    judged = judge(checkpoint, policy, "bukti")
    if root != checkpoint.root:
        raise Refused(Fault.OTHER_DOCUMENT, f"catatan ini bukan nomor {index} di log {checkpoint.origin}")
    return Proven(content(claim), index, judged)


def _parse_proof(data: bytes) -> tuple[Claim, int, list[bytes], Checkpoint]:
    head, separator, note = data.partition(b"\n\n")
    try:
        lines = head.decode().split("\n")
        if not separator or lines.pop(0) != "c2sp.org/tlog-proof@v1" or len(lines) > MOST_HASHES + 2:
            raise ValueError("header")
        extra = decode(lines.pop(0)[6:]) if lines[0].startswith("extra ") else b""
        word, index = lines.pop(0).split(" ")
        if word != "index":
            raise ValueError("index")
        place, path = number(index), [decode(line, 32) for line in lines]
    except (ValueError, IndexError) as error:
        raise Refused(Fault.UNREADABLE, "bukti bukan tlog-proof yang utuh") from error
    return read_claim(extra), place, path, read_checkpoint(note, "titik segel pada bukti")


def verify_qr(text: str, policy: Policy) -> Proven:
    """Verify the text of a QR: an address and digits, or the digits alone."""
    reader = _Reader(payload(text))
    if reader.number(1) != 1:
        raise Refused(Fault.UNREADABLE, "kode QR ini dari versi lain; perbarui pamong-verify")
    compact = _Compact(_inflated(reader.take(reader.number(2))))
    claim = compact.claim(reader)
    index, size, path = reader.number(5), reader.number(5), reader.path()
    signatures = [_signature(reader, policy, compact.origin) for _ in range(reader.number(1))]
    if reader.rest:
        raise Refused(Fault.HALF_QR, "ada sisa di belakang bukti")
    root = root_from_path(claim.leaf, index, size, path)
    if root is None:
        raise Refused(Fault.HALF_QR, "jalur buktinya tidak lengkap")
    note = Note(body(compact.origin, size, root), tuple(one for each in signatures for one in each))
    judged = judge(Checkpoint(compact.origin, size, root, note), policy, "kode QR")
    return Proven(content(claim), index, judged)


def payload(text: str) -> bytes:
    """The bytes in the digits of a QR."""
    digits = text.strip().rpartition("#")[2]
    groups = [digits[start : start + 17] for start in range(0, len(digits), 17)]
    if not re.fullmatch("[0-9]+", digits) or len(groups[-1]) not in DIGITS:
        raise Refused(Fault.HALF_QR, "jumlah angkanya tidak genap satu kode")
    try:
        return b"".join(int(group).to_bytes(DIGITS[len(group)], "big") for group in groups)
    except OverflowError as error:
        raise Refused(Fault.HALF_QR, "ada kelompok angka yang rusak") from error


class _Reader:
    """Takes bytes from the front; what is missing is half a QR."""

    def __init__(self, data: bytes) -> None:
        self.rest = data

    def take(self, count: int) -> bytes:
        if len(self.rest) < count:
            raise Refused(Fault.HALF_QR, "bagian akhirnya tidak ada")
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def path(self) -> list[bytes]:
        return [self.take(32) for _ in range(self.number(1))]


class _Compact:
    """The JSON part of the payload."""

    def __init__(self, data: bytes) -> None:
        self.said = load_json(data, "isi kode QR")
        if not isinstance(self.said, dict) or set(self.said) != {
            "entry", "item", "openings", "origin", "root"
        }:  # fmt: skip
            raise Refused(Fault.UNREADABLE, "isi kode QR berbentuk lain")
        self.origin = self.said["origin"]
        texts = [self.origin, self.said["entry"]]
        if self.said["item"] is not None:
            texts += [self.said["item"], self.said["root"]]
        if not all(isinstance(text, str) for text in texts) or not self.origin or "\n" in self.origin:
            raise Refused(Fault.UNREADABLE, "isi kode QR berbentuk lain")

    def claim(self, reader: _Reader) -> Claim:
        item = None
        if self.said["item"] is not None:
            index, size, path = reader.number(4), reader.number(4), tuple(reader.path())
            item = Item(self.said["item"], index, size, path, self.said["root"])
        try:
            openings = tuple(opening(*each) for each in self.said["openings"])
        except (ValueError, TypeError) as error:
            raise Refused(Fault.UNREADABLE, "isi kode QR berbentuk lain") from error
        return Claim(self.said["entry"], item, openings)


def _inflated(data: bytes) -> bytes:
    machine = zlib.decompressobj(wbits=-15)
    try:
        content = machine.decompress(data, LARGEST_CONTENT)
    except zlib.error as error:
        raise Refused(Fault.HALF_QR, "isinya rusak") from error
    if not machine.eof or machine.unused_data:
        raise Refused(Fault.HALF_QR, "isinya terpotong")
    return content


def _signature(reader: _Reader, policy: Policy, origin: str) -> list[Signature]:
    """The signature under the names of the keys that have its kind and id; none if nobody knows it."""
    kind = reader.number(1)
    if kind not in _BLOB:
        raise Refused(Fault.UNREADABLE, "jenis tanda tangan pada kode QR tidak dikenal")
    key_id, blob = struct.unpack(f">4s{_BLOB[kind]}s", reader.take(4 + _BLOB[kind]))
    known = [key for key in policy.logs if key.name == origin] + [*policy.witnesses.values()]
    return [Signature(key.name, key_id, blob) for key in known if (key.kind, key.id) == (kind, key_id)]
