"""What a clock can get wrong, in sentences: instants out of reason, drift, days to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pamong.attendance.resolving.spans import seconds_between, utc
from pamong.kernel.clock import format_date, local_date

_DAY = timedelta(days=1)
_OLDEST = timedelta(days=400)
_DRIFT = timedelta(minutes=2)
_MINUTE, _HOUR = 60, 3600


def is_sane(at: datetime, received_at: datetime, *, oldest: timedelta = _OLDEST) -> bool:
    """Whether a punch can be believed enough to count: not older than `oldest`, at most a day to come.

    A clock that lost its power starts again years ago. `oldest` leaves room for what a device kept for a
    year; a first upload of older history gives more.
    """
    return -oldest <= utc(at) - utc(received_at) <= _DAY


def punch_fault(at: datetime, received_at: datetime, zone: str, *, oldest: timedelta = _OLDEST) -> str:
    """Why a punch goes to quarantine, in a sentence; '' for one that is sane."""
    if is_sane(at, received_at, oldest=oldest):
        return ""
    shown = f"Jam perangkat menunjukkan {format_date(local_date(at, zone))}"
    if at > received_at:
        return f"{shown}, lebih dari sehari di depan. Betulkan jam perangkatnya."
    return f"{shown}, terlalu lama berlalu. Periksa jam perangkatnya."


def drift(device_at: datetime, server_at: datetime) -> int:
    """Seconds that a device or a phone is ahead of the server; negative where it is behind."""
    return seconds_between(server_at, device_at)


def drift_fault(device_at: datetime, server_at: datetime, *, limit: timedelta = _DRIFT) -> str:
    """The flag of a clock that differs by more than the limit: `Jam berbeda 32 menit.`; '' for nothing."""
    seconds = abs(drift(device_at, server_at))
    return f"Jam berbeda {_length(seconds)}." if timedelta(seconds=seconds) > limit else ""


def day_fault(on: date, at: datetime, zone: str) -> str:
    """Why presence can't be recorded for a day that has not come yet, in a sentence; '' for nothing."""
    if on <= local_date(at, zone):
        return ""
    return f"Presensi {format_date(on)} belum dapat dicatat, karena hari itu belum tiba."


def _length(seconds: int) -> str:
    """`7 jam`, `32 menit`, `1 jam 5 menit`, `45 detik`: no more than two parts, the rest cut off."""
    hours, rest = divmod(seconds, _HOUR)
    parts = [(hours, "jam"), (rest // _MINUTE, "menit")]
    return " ".join(f"{number} {word}" for number, word in parts if number) or f"{seconds} detik"
