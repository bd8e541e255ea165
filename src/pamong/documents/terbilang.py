"""Amounts in words, as receipts and slips carry them beside the figures (*terbilang*)."""

from __future__ import annotations

from collections.abc import Iterator

_ONES = (
    "",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_GROUPS = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")
_THOUSAND = 1000
_LIMIT = _THOUSAND ** len(_GROUPS)
_HUNDRED, _TWENTY = 100, 20


def terbilang(amount: int) -> str:
    """A whole number in Indonesian words: 1101 is *seribu seratus satu*; negative ones begin with *minus*.

    TypeError for anything but an int, ValueError from 10^18 on, which no name is in use for.
    """
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"terbilang needs an int, got {type(amount).__name__}")
    if abs(amount) >= _LIMIT:
        raise ValueError(f"no words for {amount}")
    if amount == 0:
        return "nol"
    words = " ".join(reversed(list(_groups(abs(amount)))))
    return f"minus {words}" if amount < 0 else words


def terbilang_rupiah(amount: int) -> str:
    """The same with the currency, as a sentence begins: *Lima juta seratus rupiah*."""
    words = f"{terbilang(amount)} rupiah"
    return words[0].upper() + words[1:]


def _groups(rest: int) -> Iterator[str]:
    """The words of each group of three digits that is not nothing, from the right."""
    for name in _GROUPS:
        rest, group = divmod(rest, _THOUSAND)
        if group == 1 and name == "ribu":
            yield "seribu"
        elif group:
            yield f"{_below_thousand(group)} {name}".rstrip()


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, _HUNDRED)
    words = [] if not hundreds else ["seratus" if hundreds == 1 else f"{_ONES[hundreds]} ratus"]
    if rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    if number < _TWENTY:
        return f"{_ONES[ones]} belas"
    return f"{_ONES[tens]} puluh {_ONES[ones]}".rstrip()
