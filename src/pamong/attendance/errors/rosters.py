"""Refusals of shifts, weeks, rosters and trades."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError
from pamong.kernel.money import grouped
from pamong.kernel.problem import Problem


class WeekUnknown(DomainError):
    """There is no such weekly pattern."""

    def __init__(self, week: str) -> None:
        super().__init__(f"Pola hari kerja '{week[:20]}' tidak dikenal; pakai 5 atau 6.")


class UnitNotThere(DomainError):
    """A unit that is there today was not there on that date, or will not be."""

    def __init__(self, on: date) -> None:
        super().__init__(f"Unit ini tidak ada pada {format_date(on)}. Pilih tanggal lain.")


class ShiftCodeUnfit(DomainError):
    """What was given names no shift."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"'{code[:20]}' tidak dapat menjadi kode dinas. Pakai 1 sampai 3 huruf atau angka yang diawali "
            "huruf, selain L (libur)."
        )


class ShiftTimesUnfit(DomainError):
    """The times of a shift can't be worked."""


class ShiftTaken(DomainError):
    """A new letter that the unit uses already."""

    def __init__(self, code: str, name: str, since: date) -> None:
        super().__init__(
            f"Kode {code} sudah dipakai unit ini untuk dinas {name} sejak {format_date(since)}. "
            "Pilih kode lain, atau ubah jam dinas itu."
        )


class ShiftUnknown(DomainError):
    """There is no such shift, or none that the actor looks after."""

    def __init__(self) -> None:
        super().__init__("Kode dinas ini tidak ada. Buka dari daftar jam dinas unitnya.")


class ShiftInUse(DomainError):
    """A letter can't end while rosters name it."""

    def __init__(self, code: str, days: int, first: date) -> None:
        super().__init__(
            f"Dinas {code} masih ada pada {days} hari jadwal mulai {format_date(first)}. "
            "Ubah dulu jadwal itu, atau akhiri pada tanggal lain."
        )


class ShiftNotHeld(DomainError):
    """A letter can't end on a day on which it does not hold, nor before times that it gets later."""

    def __init__(self, code: str, on: date, later: date | None) -> None:
        if later is None:
            told = f"Dinas {code} sudah tidak berlaku pada {format_date(on)}. Pilih tanggal sebelumnya."
        else:
            told = f"Dinas {code} punya jam mulai {format_date(later)}. Akhiri pada tanggal sesudahnya."
        super().__init__(told)


class ShiftClash(DomainError):
    """With other times, shifts that rosters hold already would share time."""

    def __init__(self, code: str, people: int, sentence: str, on: date) -> None:
        super().__init__(
            f"Dengan jam ini dinas {code} bertabrakan dengan dinas lain di jadwal {people} pegawai, mulai "
            f"{format_date(on)}. {sentence.partition('. ')[0]}. Ubah dulu jadwal itu, atau pilih jam lain."
        )


class OwnPast(DomainError):
    """Nobody changes what days of his own, or of a declared relative, count as once they are over."""

    def __init__(self, today: date) -> None:
        super().__init__(
            "Perubahan ini mengenai hari yang sudah lewat milik Anda sendiri atau keluarga Anda. Minta "
            f"petugas lain yang mencatatnya, atau pilih tanggal mulai {format_date(today)}."
        )


class NothingChanges(DomainError):
    """What was asked for holds already."""

    def __init__(self, on: date) -> None:
        super().__init__(f"Tidak ada yang berubah: pada {format_date(on)} sudah seperti ini.")


class RosterTooWide(DomainError):
    """A unit with more people than one sheet should hold."""

    def __init__(self, people: int, most: int) -> None:
        super().__init__(
            f"Unit ini berisi {grouped(people)} pegawai; satu lembar paling banyak {grouped(most)}. "
            "Pilih unit di bawahnya."
        )


class RosterUnfit(DomainError):
    """A roster can't be stored as it stands; ``problems`` tells each reason, and nothing of it is stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = str(self.problems[0])
        rest = len(self.problems) - 1
        more = f" Ada {rest} masalah lain." if rest else ""
        super().__init__(f"Jadwal belum disimpan: {first}.{more}")


class SwapNotFound(DomainError):
    """There is no such swap, or it is not the actor's matter."""

    def __init__(self) -> None:
        super().__init__("Tukar dinas ini tidak ada, atau bukan urusan Anda.")


class SwapUnfit(DomainError):
    """Two days that can't be traded."""


class SwapOver(DomainError):
    """A swap that has ended, or that waits for somebody else first."""

    def __init__(self, state: str) -> None:
        super().__init__(f"Tukar dinas ini {state.lower()}, jadi langkah itu tidak dapat dilakukan lagi.")
