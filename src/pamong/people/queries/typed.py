"""What people type or paste to find somebody: a name with titles, as pages write it; a NIP with spaces."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST = 5  # words of a kind; more say nothing new
_AROUND = " ,;'\"()\u2018\u2019"
_NUMBER = re.compile(r"[0-9][0-9.\-]*")


@dataclass(frozen=True, slots=True)
class Typed:
    """``names`` stand in the name itself; ``titled`` in the name or its titles, both without dots; ``number``
    begins a NIP, '' where none was typed."""

    names: tuple[str, ...]
    titled: tuple[str, ...]
    number: str


def read_typed(text: str) -> Typed:
    """Words in lower case. What has a dot or follows a comma may be a title: it finds nobody by itself, so
    that the index of names leads; where nothing else was typed it counts as a name."""
    names: list[str] = []
    titled: list[str] = []
    digits = ""
    after_comma = False
    for part in text.lower().split():
        word = part.strip(_AROUND)
        if word and _NUMBER.fullmatch(word):
            digits += re.sub(r"[.\-]", "", word)
        elif word.replace(".", ""):
            (titled if after_comma or "." in word else names).append(word)
        after_comma = after_comma or part.endswith(",")
    if not names and not digits:
        return Typed(tuple(word.strip(".") for word in titled[:_MOST]), (), "")
    return Typed(tuple(names[:_MOST]), tuple(word.replace(".", "") for word in titled[:_MOST]), digits)
