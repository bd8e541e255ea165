"""What a file that shows something may be: a scan or a photo, told by its first bytes, not by its name."""

from __future__ import annotations

from pamong.kernel.errors import DomainError

MOST_BYTES = 10 * 1024 * 1024
_KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


class FileUnsuitable(DomainError):
    """A file can't be kept as evidence."""


def media_type(data: bytes) -> str:
    """The type of a PDF, JPEG or PNG. ``FileUnsuitable`` for anything else, and for what is too big."""
    if not data:
        raise FileUnsuitable("Berkas ini kosong. Pilih berkas lain.")
    if len(data) > MOST_BYTES:
        raise FileUnsuitable("Berkas ini lebih dari 10 MB. Perkecil, lalu unggah lagi.")
    for beginning, found in _KINDS.items():
        if data.startswith(beginning):
            return found
    raise FileUnsuitable("Bukti harus berupa PDF, JPEG, atau PNG. Ubah dulu, lalu unggah lagi.")
