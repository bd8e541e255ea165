"""What can be wrong with a proof, a tile, a note: one class a format, one ``reason`` a fault.

``str()`` is one Indonesian sentence for whoever reads a report, ``reason`` a short English word for programs.
"""

from __future__ import annotations

from pathlib import PurePath

from pamong.kernel.errors import InvalidValue


class TreeError(InvalidValue):
    """The base of all: something signed or hashed is not what it claims to be."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class ProofError(TreeError):
    """A path of hashes that can't belong to the place in the tree it claims."""


class TileError(TreeError):
    """A tile or bundle that is missing or not whole: its ``path``, and what is ``expected`` there."""

    def __init__(self, reason: str, path: PurePath | str, expected: str, found: str) -> None:
        super().__init__(
            reason,
            f"Berkas buku segel '{path}' {found}, seharusnya {expected}. Ambil kembali dari salinan, atau "
            "jalankan ulang penyegel agar berkas ini dibuat lagi.",
        )
        self.path = str(path)
        self.expected = expected


class NoteError(TreeError):
    """A signed note that can't be read, or whose signatures do not hold."""


class KeyFault(TreeError):
    """A verifier key, or the file of a signing key, that can't be used."""


class CheckpointError(TreeError):
    """A text that is no checkpoint, or the checkpoint of another log."""


class PolicyError(TreeError):
    """A policy file with a fault. ``line``: where, from 1; 0 where it is about the whole file."""

    def __init__(self, reason: str, sentence: str, line: int = 0) -> None:
        super().__init__(reason, f"Berkas kebijakan saksi, baris {line}: {sentence}" if line else sentence)
        self.line = line


class ContentError(TreeError):
    """A proof file that can't be read, or contents that do not belong to what was sealed."""


class PayloadError(TreeError):
    """The digits or bytes of a QR code that are damaged, or contents too large for one."""


class ReceiptError(TreeError):
    """A receipt that can't be read, or that another site has signed."""
