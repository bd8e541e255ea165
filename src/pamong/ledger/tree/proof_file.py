"""Proof files (C2SP tlog-proof): a leaf's index and path with a checkpoint, to be verified offline."""

from __future__ import annotations

from dataclasses import dataclass

from pamong.ledger.tree.checkpoints import Checkpoint
from pamong.ledger.tree.content import Content, Item, Opening
from pamong.ledger.tree.errors import ContentError
from pamong.ledger.tree.fields import from_base64, from_decimal, to_base64
from pamong.ledger.tree.merkle import HASH_BYTES, verify_inclusion
from pamong.ledger.tree.notes import read_note

__all__ = ["SUFFIX", "Content", "Item", "Opening", "ProofFile"]

HEAD = "c2sp.org/tlog-proof@v1"
SUFFIX = ".tlog-proof"
MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A proof. ``path``: hashes from leaf to root; ``checkpoint``: the note as it was published.

    ``extra`` carries what the application adds (with us a ``Content``) and is not covered by any signature.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def text(self) -> str:
        """The file."""
        extra = "" if self.extra is None else f"extra {to_base64(self.extra)}\n"
        path = "".join(f"{to_base64(part)}\n" for part in self.path)
        return f"{HEAD}\n{extra}index {self.index}\n{path}\n{self.checkpoint}"

    @classmethod
    def parse(cls, text: str | bytes) -> ProofFile:
        """Read a proof file without trusting it. ContentError, or NoteError for its checkpoint."""
        head, found, note = _as_text(text).partition("\n\n")
        lines = head.split("\n")
        if not found or lines[0] != HEAD:
            raise ContentError(
                "head", "Berkas ini bukan berkas bukti buku segel (tlog-proof), atau terpotong."
            )
        rest = lines[1:]
        extra = _extra(rest.pop(0)) if rest and rest[0].startswith("extra ") else None
        index = _index(rest.pop(0) if rest else "")
        path = tuple(_hash(line) for line in rest)
        read_note(note)
        return cls(index, path, note, extra)

    def head(self) -> Checkpoint:
        """The checkpoint, its signatures not yet verified. CheckpointError where it is none."""
        return Checkpoint.parse(read_note(self.checkpoint).text)

    def includes(self, leaf: bytes) -> bool:
        """Whether the leaf with this hash stands in the tree of the checkpoint, at this index."""
        head = self.head()
        return verify_inclusion(leaf, self.index, head.size, self.path, head.root)

    def content(self) -> Content:
        """What the application added. ContentError where there is none, or of another shape."""
        if self.extra is None:
            raise ContentError(
                "no_extra", "Berkas bukti ini tidak memuat isi catatan. Minta berkas yang lengkap."
            )
        return Content.parse(self.extra)


def _as_text(text: str | bytes) -> str:
    if len(text) > MOST_BYTES:
        raise ContentError("too_long", f"Berkas bukti ini lebih panjang daripada {MOST_BYTES} bita.")
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(
            "encoding", "Berkas bukti ini bukan teks UTF-8. Ambil kembali berkasnya."
        ) from error


def _extra(line: str) -> bytes:
    extra = from_base64(line.removeprefix("extra "))
    if extra is None:
        raise ContentError("extra", "Baris extra pada berkas bukti ini rusak. Minta berkas bukti yang baru.")
    return extra


def _index(line: str) -> int:
    index = from_decimal(line.removeprefix("index ")) if line.startswith("index ") else None
    if index is None:
        raise ContentError("index", "Baris index pada berkas bukti ini rusak. Minta berkas bukti yang baru.")
    return index


def _hash(line: str) -> bytes:
    part = from_base64(line, HASH_BYTES)
    if part is None:
        raise ContentError("hash", "Sebuah hash pada berkas bukti ini rusak. Minta berkas bukti yang baru.")
    return part
