"""The employee number: NIP of a PNS and NI of a PPPK, both 18 digits.

Layout (Perka BKN 22/2007, known from secondary sources): digits 1-8 birth date, 9-12 year of appointment,
13-14 month for a PNS (a PPPK number has another code there), 15 sex, 16-18 serial from 001.
There is no check digit, so a number that passes may still belong to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pamong.kernel.errors import InvalidValue

LENGTH = 18
LAST_YEAR = 2099  # digits 9-12 need only be a year after the birth


@dataclass(frozen=True, slots=True, order=True)
class Nip:
    """One valid 18-digit number; make it with ``Nip.parse``."""

    digits: str

    def __post_init__(self) -> None:
        reason = _reason_against(self.digits)
        if reason:
            raise InvalidValue(f"NIP {reason}.")

    @classmethod
    def parse(cls, text: str) -> Nip:
        """Read a number as people write it: spaces between the groups and a leading apostrophe are dropped.

        Raises ``InvalidValue`` with one Indonesian sentence.
        """
        return cls(clean_nip(text))

    @property
    def birth_date(self) -> date:
        """Digits 1-8."""
        return date(int(self.digits[:4]), int(self.digits[4:6]), int(self.digits[6:8]))

    @property
    def start_year(self) -> int:
        """Digits 9-12: the year of appointment as CPNS, or of the first agreement as PPPK."""
        return int(self.digits[8:12])

    @property
    def kind_hint(self) -> Literal["PNS", "PPPK"]:
        """``PNS`` if digits 13-14 are a calendar month, else ``PPPK``. A hint: the master record decides."""
        return "PNS" if "01" <= self.digits[12:14] <= "12" else "PPPK"

    @property
    def sex(self) -> Literal["L", "P"]:
        """Digit 15: 1 is L (man), 2 is P (woman)."""
        return "L" if self.digits[14] == "1" else "P"

    @property
    def masked(self) -> str:
        """For pages where the whole number is not needed: ``19850417******1999``."""
        return f"{self.digits[:8]}******{self.digits[14:]}"

    def __str__(self) -> str:
        return self.digits


def clean_nip(text: str) -> str:
    """Drop what people and spreadsheets add around the digits; judge nothing."""
    return "".join(text.split()).lstrip("'`\u2018\u2019")


def nip_fault(text: str) -> str:
    """Say in Indonesian what is wrong with a number, as a row problem does: ``17 digit, harus 18``.

    Gives '' for a number without fault.
    """
    return _reason_against(clean_nip(text))


def _reason_against(digits: str) -> str:
    if not digits:
        return "kosong, harus 18 digit"
    if not (digits.isascii() and digits.isdigit()):
        return "berisi tanda selain angka, harus 18 digit"
    if len(digits) != LENGTH:
        return f"{len(digits)} digit, harus {LENGTH}"
    return _reason_against_parts(digits)


def _reason_against_parts(digits: str) -> str:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return "digit 1-8 bukan tanggal lahir yang ada di kalender"
    if not birth.year < int(digits[8:12]) <= LAST_YEAR:
        return "digit 9-12 bukan tahun pengangkatan"
    if digits[14] not in "12":
        return "digit 15 harus 1 (laki-laki) atau 2 (perempuan)"
    if digits[15:] == "000":
        # A spreadsheet keeps 15 significant digits, so the last three of a number cell become zeros.
        return "berakhir 000, digit akhirnya hilang karena disimpan sebagai angka, simpan sebagai teks"
    return ""
