"""The citizen number (NIK), 16 digits: 1-6 region, 7-12 birth DDMMYY (day + 40 for women), 13-16 serial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pamong.kernel.errors import InvalidValue

LENGTH = 16
WOMEN_DAY_SHIFT = 40


@dataclass(frozen=True, slots=True, order=True)
class Nik:
    """One well-formed number; make it with ``Nik.parse``. The region is where it was first issued."""

    digits: str

    def __post_init__(self) -> None:
        reason = _reason_against(self.digits)
        if reason:
            raise InvalidValue(f"NIK {reason}.")

    @classmethod
    def parse(cls, text: str) -> Nik:
        """Read a number; spaces and a leading apostrophe are dropped. Raises ``InvalidValue``."""
        return cls("".join(text.split()).lstrip("'`\u2018\u2019"))

    @property
    def sex(self) -> Literal["L", "P"]:
        """P (woman) if 40 was added to the day."""
        return "P" if int(self.digits[6:8]) > WOMEN_DAY_SHIFT else "L"

    def matches_birth(self, born_on: date) -> bool:
        """Tell whether digits 7-12 agree with a birth date; the number itself holds no century."""
        day, month, year = _birth_parts(self.digits)
        return (day, month, year) == (born_on.day, born_on.month, born_on.year % 100)

    @property
    def masked(self) -> str:
        """Region and serial only, without the birth date: ``990117******0001``."""
        return f"{self.digits[:6]}******{self.digits[12:]}"

    def __str__(self) -> str:
        return self.digits


def _birth_parts(digits: str) -> tuple[int, int, int]:
    day = int(digits[6:8])
    return (day - WOMEN_DAY_SHIFT if day > WOMEN_DAY_SHIFT else day), int(digits[8:10]), int(digits[10:12])


def _is_birth(digits: str) -> bool:
    """A day that exists in the 1900s or the 2000s (29 February may exist in only one of them)."""
    day, month, year = _birth_parts(digits)
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def _reason_against(digits: str) -> str:
    if not digits:
        return "kosong, harus 16 digit"
    if not (digits.isascii() and digits.isdigit()):
        return "berisi tanda selain angka, harus 16 digit"
    if len(digits) != LENGTH:
        return f"{len(digits)} digit, harus {LENGTH}"
    if not _is_birth(digits):
        return "digit 7-12 bukan tanggal lahir (tanggal ditambah 40 untuk perempuan)"
    if digits[12:] == "0000":
        return "berakhir 0000, nomor urut mulai dari 0001"
    return ""
