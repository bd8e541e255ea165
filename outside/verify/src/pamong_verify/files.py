"""Reading files with a limit, so that nothing given can exhaust the machine."""

from __future__ import annotations

from pathlib import Path

from pamong_verify.faults import Fault, Refused

LARGEST = 32 << 20


def read(path: Path, limit: int = LARGEST) -> bytes:
    """The bytes of a file of at most ``limit`` bytes (one more is read, so that a longer one shows)."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise Refused(Fault.UNREADABLE, f"{path} tidak dapat dibuka") from error
    if len(data) > limit:
        raise Refused(Fault.UNREADABLE, f"{path} terlalu besar")
    return data
