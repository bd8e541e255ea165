"""What the other side makes: trees by the recursive words of RFC 6962, notes, log folders, proofs, QR codes.

Nothing here is taken from the programs that are tested.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SITE = "kepegawaian.contoh.go.id"
ORIGIN = f"{SITE}/log/decisions"
START = 1_794_268_812  # 2026-11-10T00:00:12Z


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf(data: bytes) -> bytes:
    return sha(b"\x00" + data)


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def split(n: int) -> int:
    """The largest power of two smaller than n."""
    return 1 << ((n - 1).bit_length() - 1)


def mth(hashes: Sequence[bytes]) -> bytes:
    """Merkle Tree Hash over leaf hashes."""
    if not hashes:
        return sha(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return sha(b"\x01" + mth(hashes[:k]) + mth(hashes[k:]))


def path(m: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if m < k:
        return [*path(m, hashes[:k]), mth(hashes[k:])]
    return [*path(m - k, hashes[k:]), mth(hashes[:k])]


def consistency(m: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PROOF(m, D[n])."""
    return subproof(m, hashes, True) if 0 < m < len(hashes) else []


def subproof(m: int, hashes: Sequence[bytes], whole: bool) -> list[bytes]:
    if m == len(hashes):
        return [] if whole else [mth(hashes)]
    k = split(len(hashes))
    if m <= k:
        return [*subproof(m, hashes[:k], whole), mth(hashes[k:])]
    return [*subproof(m - k, hashes[k:], False), mth(hashes[:k])]


@dataclass
class Pair:
    """A key pair under a name: kind 1 signs notes, kind 4 cosigns."""

    name: str
    kind: int
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @cached_property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )

    @property
    def id(self) -> bytes:
        return sha(self.name.encode() + b"\n" + bytes([self.kind]) + self.public)[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64(bytes([self.kind]) + self.public)}"

    def blob(self, text: str, time: int = START) -> bytes:
        if self.kind == 1:
            return self.id + self.private.sign(text.encode())
        signed = f"cosignature/v1\ntime {time}\n{text}".encode()
        return self.id + time.to_bytes(8, "big") + self.private.sign(signed)

    def line(self, text: str, time: int = START) -> str:
        return f"— {self.name} {b64(self.blob(text, time))}\n"


class Log:
    """A log with its key, three witnesses (two of them outside) and a policy of two of three."""

    def __init__(self, entries: Sequence[bytes], origin: str = ORIGIN) -> None:
        self.origin = origin
        self.entries = list(entries)
        self.key = Pair(origin, 1)
        self.receipts = Pair(f"{SITE}/receipt", 1)
        self.witnesses = [Pair(f"saksi{number}.contoh.go.id", 4) for number in (1, 2, 3)]

    @property
    def hashes(self) -> list[bytes]:
        return [leaf(entry) for entry in self.entries]

    def body(self, size: int | None = None) -> str:
        size = len(self.entries) if size is None else size
        return f"{self.origin}\n{size}\n{b64(mth(self.hashes[:size]))}\n"

    def checkpoint(self, size: int | None = None, witnesses: int = 3, time: int = START) -> bytes:
        text = self.body(size)
        lines = [pair.line(text, time + number) for number, pair in enumerate(self.witnesses[:witnesses])]
        return (text + "\n" + self.key.line(text) + "".join(lines)).encode()

    def policy(self, quorum: str = "dua") -> bytes:
        named = "".join(f"witness s{n} {pair.vkey}\n" for n, pair in enumerate(self.witnesses, 1))
        groups = "group luar 1 s2 s3\ngroup dua all s1 luar\n"
        return f"# kebijakan\nlog {self.key.vkey}\n{named}{groups}quorum {quorum}\n".encode()

    def write(self, folder: Path, size: int | None = None, **how: int) -> Path:
        """Write the published folder as tlog-tiles says."""
        size = len(self.entries) if size is None else size
        entries, level, hashes = self.entries[:size], 0, self.hashes[:size]
        bundles = [b"".join(len(e).to_bytes(2, "big") + e for e in part) for part in parts(entries)]
        write_tiles(folder / "tile" / "entries", bundles, size)
        while hashes:
            write_tiles(folder / "tile" / str(level), [b"".join(part) for part in parts(hashes)], len(hashes))
            hashes = [mth(part) for part in parts(hashes) if len(part) == 256]
            level += 1
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "checkpoint").write_bytes(self.checkpoint(size, **how))
        return folder

    def proof(self, index: int, extra: dict[str, Any], **how: int) -> bytes:
        lines = "".join(f"{b64(step)}\n" for step in path(index, self.hashes))
        head = f"c2sp.org/tlog-proof@v1\nextra {b64(canonical(extra).encode())}\nindex {index}\n{lines}\n"
        return head.encode() + self.checkpoint(**how)

    def qr_payload(self, index: int, extra: dict[str, Any], witnesses: int = 2) -> bytes:
        item = extra["item"]
        said = {
            "entry": extra["entry"],
            "item": item and item["body"],
            "openings": [[each["field"], each["salt"], each["value"]] for each in extra["openings"]],
            "origin": self.origin,
            "root": item and item["root"],
        }
        machine = zlib.compressobj(wbits=-15)
        packed = machine.compress(canonical(said).encode()) + machine.flush()
        out = b"\x01" + len(packed).to_bytes(2, "big") + packed
        if item:
            steps = [bytes.fromhex(each) for each in item["path"]]
            out += item["index"].to_bytes(4, "big") + item["size"].to_bytes(4, "big") + counted(steps)
        out += index.to_bytes(5, "big") + len(self.entries).to_bytes(5, "big")
        out += counted(path(index, self.hashes))
        pairs, text = [self.key, *self.witnesses[:witnesses]], self.body()
        blobs = [bytes([pair.kind]) + pair.blob(text, START + n) for n, pair in enumerate(pairs)]
        return out + counted(blobs)

    def receipt(
        self, entry: bytes, time: str = "2026-11-10T00:00:12Z", kind: str = "pay.run_published"
    ) -> bytes:
        text = f"pamong-receipt/v1\n{self.origin}\n{kind}\n{b64(leaf(entry))}\n{time}\n"
        return (text + "\n" + self.receipts.line(text)).encode()


def counted(blobs: Sequence[bytes]) -> bytes:
    return bytes([len(blobs)]) + b"".join(blobs)


def parts(items: Sequence[bytes]) -> list[Sequence[bytes]]:
    return [items[start : start + 256] for start in range(0, len(items), 256)]


def write_tiles(folder: Path, tiles: Sequence[bytes], count: int) -> None:
    for index, data in enumerate(tiles):
        name = f"{index:09d}"
        place = f"x{name[:3]}/x{name[3:6]}/{name[6:]}"
        place = place.removeprefix("x000/").removeprefix("x000/")
        width = min(256, count - index * 256)
        file = folder / place if width == 256 else folder / f"{place}.p" / str(width)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def digits(payload: bytes) -> str:
    """Groups of 7 bytes as 17 digits, the last one shorter."""
    lengths = {1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15, 7: 17}
    groups = [payload[start : start + 7] for start in range(0, len(payload), 7)]
    return "".join(f"{int.from_bytes(group, 'big'):0{lengths[len(group)]}d}" for group in groups)


def commitment(name: str, salt: bytes, value: object) -> str:
    return sha(salt + canonical({"field": name, "value": value}).encode()).hex()


def entry(kind: str, public: dict[str, Any], personal: dict[str, str] | None = None) -> str:
    return canonical(
        {"actor": "user:7", "format": 1, "kind": kind, "personal": personal or {}, "public": public}
    )


@dataclass
class Slips:
    """A published month of five slips, as one entry, and the proof's extra data for slip 2."""

    document: bytes
    entry: str
    extra: dict[str, Any]


def slips() -> Slips:
    document = canonical({"nama": "Siti Rekaan", "bulan": "2026-10", "bersih": 4250000}).encode()
    values = [{"content_sha256": sha(document).hex(), "net": 4250000 + number} for number in range(5)]
    salts = [sha(f"salt {number}".encode()) for number in range(5)]
    bodies = [
        entry("pay.slip", {"month": "2026-10-01"}, {"slip": commitment("slip", salt, value)})
        for salt, value in zip(salts, values, strict=True)
    ]
    hashes = [leaf(body.encode()) for body in bodies]
    whole = entry("pay.run_published", {"people": 5, "net": 21250010, "slips": mth(hashes).hex()})
    steps = [step.hex() for step in path(2, hashes)]
    item = {"body": bodies[2], "index": 2, "size": 5, "path": steps, "root": "slips"}
    opened = [{"field": "slip", "salt": salts[2].hex(), "value": values[2]}]
    return Slips(document, whole, {"format": 1, "entry": whole, "item": item, "openings": opened})


PLACE = 37


def example_log(size: int = 70) -> tuple[Log, Slips]:
    """A log of ``size`` entries with the month's slips at number 37."""
    month = slips()
    entries = [entry("people.stored", {"number": number}).encode() for number in range(size)]
    entries[PLACE] = month.entry.encode()
    return Log(entries), month
