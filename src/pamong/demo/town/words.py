"""Invented Javanese names by sex and birth year, and other words of a person's file, from ``words.yaml``."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from pamong.demo.town.draws import Draws
from pamong.demo.town.rules import pick, read


@cache
def _lists(part: str, sex: str, age: int) -> tuple[str, ...]:
    return tuple(read("words")[part][sex][age].split())


@cache
def _middles(sex: str) -> tuple[str, ...]:
    return tuple(read("words")["middle"][sex].split())


def make_name(draws: Draws, sex: str, birth_year: int) -> str:
    """A name of one to three words for a man (``L``) or a woman (``P``) born in a year; no titles."""
    raw = read("words")
    age = bisect_right(raw["births"], birth_year)
    kind, first, middle, second = draws.rolls(4)  # four draws, whatever the shape
    given = pick(_lists("first", sex, age), first)
    if kind * 100 < raw["alone"][age] and given not in raw["never_alone"]:
        return str(given)
    words = [given, pick(_lists("second", sex, age), second)]
    if (1 - kind) * 100 < raw["three"][age]:
        words.insert(1, pick(_middles(sex), middle))
    return " ".join(dict.fromkeys(words))


@cache
def words_of(sex: str) -> frozenset[str]:
    """Every word that a generated name of this sex can hold."""
    raw = read("words")
    lists = [*raw["first"][sex], *raw["second"][sex], raw["middle"][sex]]
    return frozenset(" ".join(lists).split())
