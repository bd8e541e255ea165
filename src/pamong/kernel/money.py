"""Money without floats: whole rupiah, rates in parts per million, and shares that no such rate can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn

from pamong.kernel.errors import InvalidValue

PPM = 1_000_000
_PPM_OF_PERCENT = 10_000
_MAX_DIGITS = 18  # what a bigint column holds with room to spare
_RATE_DECIMALS = 4
_THOUSANDS = 3
_RUPIAH = re.compile(
    r"(?P<sign>-?)(?:rp\.?)?(?P<sign2>-?)(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?:00|-))?",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]{1,9})(?:(?P<mark>[,.])(?P<part>[0-9]+))?%")


def _whole(value: object, what: str) -> int:
    """Let through a true integer only: bool and float are bugs here, not bad input."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{what} needs an int, got {type(value).__name__}")
    return int(value)


class Rupiah(int):
    """Whole rupiah: sums and differences are Rupiah, prints as ``Rp5.532.975``; no float, no ``/``.

    One thing Python decides: ``0.5 + Rupiah(1)`` asks the float first and gives a float, which ``Rupiah``
    then refuses to hold.
    """

    __slots__ = ()

    def __new__(cls, amount: int = 0) -> Rupiah:
        """``amount`` in rupiah; TypeError for float, bool or text (use ``parse_rupiah`` for text)."""
        return super().__new__(cls, _whole(amount, "Rupiah"))

    def __add__(self, other: int) -> Rupiah:
        return Rupiah(int(self) + _whole(other, "Rupiah +"))

    __radd__ = __add__

    def __sub__(self, other: int) -> Rupiah:
        return Rupiah(int(self) - _whole(other, "Rupiah -"))

    def __rsub__(self, other: int) -> Rupiah:
        return Rupiah(_whole(other, "- Rupiah") - int(self))

    def __neg__(self) -> Rupiah:
        return Rupiah(-int(self))

    def __abs__(self) -> Rupiah:
        return Rupiah(abs(int(self)))

    def __mul__(self, other: int) -> Rupiah:
        if isinstance(other, Rupiah):
            raise TypeError("Rupiah times Rupiah has no meaning")
        return Rupiah(int(self) * _whole(other, "Rupiah *"))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> NoReturn:
        raise TypeError("Rupiah is never divided with '/': multiply first, divide once, in a named rounding")

    __rtruediv__ = __truediv__
    __floordiv__ = __truediv__
    __rfloordiv__ = __truediv__

    def __repr__(self) -> str:
        return f"Rupiah({int(self)})"

    def __str__(self) -> str:
        sign = "-" if self < 0 else ""
        return f"{sign}Rp{grouped(abs(int(self)))}"


def grouped(number: int) -> str:
    """A whole number as Indonesians write it, with points between thousands: ``8.200``."""
    return f"{number:,}".replace(",", ".")


def parse_rupiah(text: str) -> Rupiah:
    """Read an amount as Indonesian offices write it: ``Rp1.234.567``, ``1234567``, ``Rp 1.234.567,00``.

    Points group thousands; the only decimals let through are ``,00`` (and ``,-``).
    Raises ``InvalidValue`` with one Indonesian sentence.
    """
    compact = "".join(text.split())
    match = _RUPIAH.fullmatch(compact)
    if match is None or (match["sign"] and match["sign2"]):
        raise InvalidValue(f"'{text.strip()[:40]}' bukan jumlah rupiah bulat, contoh yang benar: 1.234.567.")
    digits = match["whole"].replace(".", "")
    if len(digits.lstrip("0")) > _MAX_DIGITS:
        raise InvalidValue(f"'{text.strip()[:40]}' terlalu besar, paling banyak {_MAX_DIGITS} digit.")
    amount = int(digits)
    return Rupiah(-amount if match["sign"] or match["sign2"] else amount)


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """A percentage as whole parts per million: 2,5 % is ``Rate(25_000)``."""

    ppm: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "ppm", _whole(self.ppm, "Rate"))

    @classmethod
    def parse(cls, text: str) -> Rate:
        """Read ``2,5 %``, ``100%``, ``-3 %``; at most four decimals. Raises ``InvalidValue``.

        A point is read as a decimal mark unless three digits follow it, which could be thousands.
        """
        match = _PERCENT.fullmatch("".join(text.split()))
        part = (match["part"] or "") if match else ""
        ambiguous = match is not None and match["mark"] == "." and len(part) == _THOUSANDS
        if match is None or ambiguous or len(part.rstrip("0")) > _RATE_DECIMALS:
            raise InvalidValue(f"'{text.strip()[:40]}' bukan persentase, contoh yang benar: 2,5 %.")
        ppm = int(match["whole"]) * _PPM_OF_PERCENT + int(part[:_RATE_DECIMALS].ljust(_RATE_DECIMALS, "0"))
        return cls(-ppm if match["sign"] else ppm)

    def as_ratio(self) -> Ratio:
        """The same share as ``ppm / 1.000.000``."""
        return Ratio(self.ppm, PPM)

    def __str__(self) -> str:
        whole, part = divmod(abs(self.ppm), _PPM_OF_PERCENT)
        decimals = f"{part:04d}".rstrip("0")
        return f"{'-' if self.ppm < 0 else ''}{whole}{',' + decimals if decimals else ''} %"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share that no rate holds exactly, kept as written: ``Ratio(21, 30)`` stays 21/30."""

    num: int
    den: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "num", _whole(self.num, "Ratio"))
        object.__setattr__(self, "den", _whole(self.den, "Ratio"))
        if self.den <= 0:
            raise InvalidValue("Penyebut pecahan harus lebih besar dari nol.")

    def equals(self, other: Ratio) -> bool:
        """Same value, whatever the terms: 21/30 equals 7/10 (``==`` compares the terms as written)."""
        return self.num * other.den == other.num * self.den

    def __str__(self) -> str:
        return f"{self.num}/{self.den}"
