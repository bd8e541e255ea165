"""Amounts in words: known ones, and every other by reading the words back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.documents.terbilang import terbilang, terbilang_rupiah

ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def read(words: str) -> int:
    """The number that words stand for, by a grammar of its own."""
    total = group = 0
    last = 0
    for word in words.removeprefix("minus ").split():
        if word in ONES:
            last = ONES.index(word)
            group += last
        elif word in SCALES:
            total, group = total + group * SCALES[word], 0
        elif word == "belas":
            group += 10
        elif word in ("puluh", "ratus"):
            group += last * ((10 if word == "puluh" else 100) - 1)
        else:
            whole = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}[word]
            total, group = (total + 1000, group) if whole == 1000 else (total, group + whole)
    return -(total + group) if words.startswith("minus ") else total + group


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (5_532_975, "lima juta lima ratus tiga puluh dua ribu sembilan ratus tujuh puluh lima"),
        (10**9, "satu miliar"),
        (10**15, "satu kuadriliun"),
        (-500, "minus lima ratus"),
    ],
)
def test_known_amounts(amount: int, words: str) -> None:
    assert terbilang(amount) == words


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_words_read_back_give_the_amount(amount: int) -> None:
    assert read(terbilang(amount)) == amount


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**18 - 1))
def test_two_amounts_never_share_words(one: int, other: int) -> None:
    assert (terbilang(one) == terbilang(other)) is (one == other)


@given(st.integers(0, 10**12))
def test_words_are_clean(amount: int) -> None:
    words = terbilang(amount)
    assert words == " ".join(words.split())
    assert not {"satu ratus", "satu puluh", "satu belas"} & {
        " ".join(pair) for pair in zip(words.split(), words.split()[1:], strict=False)
    }


def test_a_slip_says_it_as_a_sentence() -> None:
    assert terbilang_rupiah(1_100) == "Seribu seratus rupiah"


@pytest.mark.parametrize("amount", [10**18, -(10**18)])
def test_what_has_no_name_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        terbilang(amount)


@pytest.mark.parametrize("amount", [True, 1.0, "1"])
def test_only_whole_numbers(amount: object) -> None:
    with pytest.raises(TypeError):
        terbilang(amount)  # type: ignore[arg-type]
