"""Numbers as pages show them to who has not asked for them in full."""

from __future__ import annotations

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
