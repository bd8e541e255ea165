"""Refusals of organisation; each message tells what stands in the way and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError

from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError
from pamong.kernel.problem import Problem


class UnitNotFound(DomainError):
    """There is no such unit, or none on that date."""

    def __init__(self, unit: object) -> None:
        super().__init__(f"Unit '{unit}' tidak ada pada tanggal ini. Pilih unit dari daftar.")


class SeatNotFound(DomainError):
    """There is no such seat."""

    def __init__(self) -> None:
        super().__init__("Posisi ini tidak ada. Pilih posisi dari daftar.")


class PostNotFound(DomainError):
    """There is no such post."""

    def __init__(self) -> None:
        super().__init__("Jabatan ini tidak ada. Pilih jabatan dari daftar.")


class RowNotFound(DomainError):
    """The row of history is not there, or has been replaced."""

    def __init__(self) -> None:
        super().__init__("Baris riwayat ini tidak ada atau sudah diganti. Muat ulang halamannya.")


class ProposalNotFound(DomainError):
    """There is no such proposal, or none for this actor."""

    def __init__(self) -> None:
        super().__init__("Usulan ini tidak ada atau di luar wewenang Anda. Pilih dari daftarnya.")


class ProposalClosed(DomainError):
    """The proposal has been decided or withdrawn."""

    def __init__(self, state: str) -> None:
        super().__init__(f"Usulan ini sudah berstatus {state.lower()}. Muat ulang halamannya.")


class AnswerMissing(DomainError):
    """A proposal is refused with words."""

    def __init__(self) -> None:
        super().__init__("Tulis jawaban untuk pengusul: mengapa usulan ini ditolak.")


class PreviewMoved(DomainError):
    """What would follow is no longer what the actor has seen."""

    def __init__(self) -> None:
        super().__init__("Keadaannya berubah sejak Anda melihatnya. Periksa lagi yang akan terjadi.")


class ReorganisationNotFound(DomainError):
    """There is no such reorganisation."""

    def __init__(self) -> None:
        super().__init__("Penataan organisasi ini tidak ada. Pilih dari daftarnya.")


class Refused(DomainError):
    """The act breaks rules; ``problems`` holds all of them, and nothing was stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in problems))


class WrongState(DomainError):
    """A reorganisation is not in the state that the act needs."""

    def __init__(self, state: str, act: str) -> None:
        super().__init__(f"Penataan ini berstatus {state}, jadi tidak dapat {act}.")


class SamePerson(DomainError):
    """Who drafted a reorganisation does not adopt it too."""

    def __init__(self) -> None:
        super().__init__("Penataan harus ditetapkan orang lain, bukan penyusun rancangannya.")


class NeedsPerson(DomainError):
    """The command line's operator adopts nothing."""

    def __init__(self) -> None:
        super().__init__("Penataan hanya dapat ditetapkan pejabat yang masuk dengan akunnya sendiri.")


class AlreadyInForce(DomainError):
    """The day of a reorganisation has come: it is undone by another one only."""

    def __init__(self, on: date) -> None:
        super().__init__(
            f"Penataan ini sudah berlaku sejak {format_date(on)}, jadi tidak dapat dibatalkan. "
            "Susun penataan baru untuk mengubahnya."
        )


def problem(code: str, message: str, subject: str = "", unit: str = "") -> Problem:
    """A problem that keeps an act out. Its ``value`` is the code of the unit where it is settled."""
    return Problem(code, message, "block", subject=subject, value=unit)


def refuse(problems: Sequence[Problem]) -> None:
    """Raise ``Refused`` with all problems, if there are any."""
    if problems:
        raise Refused(problems)


_SENTENCES = {
    "unit_code": "Kode unit hanya berisi huruf kecil, angka, dan garis bawah.",
    "organisation_unit_code": "Kode unit ini sudah dipakai. Pilih kode lain.",
    "organisation_site_code": "Kode lokasi ini sudah dipakai. Pilih kode lain.",
    "unit_not_own_parent": "Unit tidak dapat menjadi induknya sendiri. Pilih induk lain.",
    "unit_no_circle": "Unit tidak dapat berada di bawah unit yang dipimpinnya sendiri. Pilih induk lain.",
    "unit_no_overlap": "Riwayat unit ini baru saja diubah orang lain. Muat ulang halamannya.",
    "seat_no_overlap": "Riwayat posisi ini baru saja diubah orang lain. Muat ulang halamannya.",
    "seat_one_head": "Unit ini sudah memiliki pemimpin pada masa itu. Tetapkan satu saja.",
    "seat_class": "Kelas jabatan harus antara 1 dan 17.",
    "line_not_oneself": "Posisi tidak dapat menjadi atasannya sendiri. Pilih posisi lain.",
    "line_no_circle": "Garis atasan berputar. Pilih atasan lain.",
    "line_no_overlap": "Garis atasan ini baru saja diubah orang lain. Muat ulang halamannya.",
    "post_once": "Jabatan dengan nama, jenis, jenjang, dan eselon ini sudah ada. Pakai yang ada.",
}


def from_constraint(error: IntegrityError) -> Exception:
    """What the database refused, as a sentence; the error itself where no sentence is known."""
    diag = getattr(error.__cause__, "diag", None)
    name = getattr(diag, "constraint_name", None) or ""
    for constraint, sentence in _SENTENCES.items():
        if name == constraint or name.startswith(f"{constraint}_"):
            return Refused([problem(constraint, sentence)])
    return error
