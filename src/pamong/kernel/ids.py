"""Identifiers for URLs, the interface and the ledger: UUID version 7 (RFC 9562), which sort by time."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import datetime, timedelta
from uuid import UUID

from pamong.kernel.errors import InvalidValue

_TAIL_BITS = 74  # 12 bits beside the version and 62 beside the variant
_HEADROOM_BITS = 73  # start low, so that counting up within one millisecond does not overflow
_STEP_BITS = 40
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class _Sequence:
    """Hands out (millisecond, tail) pairs that only grow as long as the milliseconds do not fall."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ms = -1
        self._tail = 0

    def next(self, ms: int, *, never_back: bool) -> tuple[int, int]:
        with self._lock:
            if never_back:
                ms = max(ms, self._ms)
            if ms == self._ms:
                self._tail += 1 + secrets.randbits(_STEP_BITS)
            else:
                self._ms, self._tail = ms, secrets.randbits(_HEADROOM_BITS)
            if self._tail >> _TAIL_BITS:
                self._ms, self._tail = self._ms + 1, secrets.randbits(_HEADROOM_BITS)
            return self._ms, self._tail


_now = _Sequence()
_given = _Sequence()


def uuid7(at: datetime | None = None) -> UUID:
    """Make an id. Without ``at`` ids grow strictly within a process, even when the clock is set back.

    With ``at`` (aware) the id carries that instant; ids grow strictly as long as the given instants do not
    fall. The instant inside an id is for sorting only, never evidence of when something happened.
    """
    if at is None:
        ms, tail = _now.next(time.time_ns() // 1_000_000, never_back=True)
    else:
        if at.tzinfo is None:
            raise TypeError("uuid7 needs an aware datetime")
        ms, tail = _given.next((at - _EPOCH) // timedelta(milliseconds=1), never_back=False)
    if not 0 <= ms < 1 << 48:
        raise InvalidValue("Waktu di luar jangkauan untuk sebuah pengenal.")
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    return UUID(int=ms << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
