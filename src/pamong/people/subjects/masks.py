"""Numbers as pages show them to who has not asked for them in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pamong.kernel.errors import InvalidValue
from pamong.kernel.nik import Nik
from pamong.kernel.nip import Nip

HIDDEN = "••••"


def _parsed(kind: type[Nip] | type[Nik]) -> Callable[[str], str]:
    """Without its middle; what is no such number is hidden whole."""

    def mask(number: str) -> str:
        try:
            return kind.parse(number).masked
        except InvalidValue:
            return HIDDEN

    return mask


MASKS: Mapping[str, Callable[[str], str]] = {
    "nip": _parsed(Nip),
    "nik": _parsed(Nik),
    "number": lambda number: f"{HIDDEN} {number[-4:]}",
}


def masked(name: str, value: Any) -> Any:
    """A value with the middle of its number hidden, where the field of this name holds one."""
    return MASKS[name](str(value)) if name in MASKS and value else value


def hide_numbers(text: str) -> str:
    """A sentence in which whole NIP and NIK, and numbers as long as these, stand without their middle."""
    return re.sub(r"(?<!\d)(?:(\d{8})\d{6}(\d{4})|(\d{6})\d{6}(\d{4}))(?!\d)", _hidden, text)


def _hidden(found: re.Match[str]) -> str:
    start, end = [part for part in found.groups() if part]
    return f"{start}******{end}"
