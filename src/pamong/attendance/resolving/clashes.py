"""Which two working periods of one person clash. One rule for screens, files and machines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pamong.attendance.resolving.shapes import ShiftInstance, order_of_instance
from pamong.attendance.resolving.times import Stamp, stamp
from pamong.kernel.clock import format_date


@dataclass(frozen=True, slots=True)
class Clash:
    """Two working periods that share time; the one that starts first stands first."""

    first: ShiftInstance
    second: ShiftInstance

    @property
    def sentence(self) -> str:
        """For whoever entered the second one."""
        return (
            f"Jam kerja {_words(self.second)} bertabrakan dengan {_words(self.first)}. "
            "Ubah atau hapus salah satunya."
        )


def overlap_of(instances: Iterable[ShiftInstance]) -> Clash | None:
    """The first clash by real instants, or None. Touching is allowed; the same period twice is a clash."""
    longest: ShiftInstance | None = None
    for instance in sorted(instances, key=order_of_instance):
        if longest is not None and instance.starts < longest.ends:
            return Clash(longest, instance)
        if longest is None or instance.ends > longest.ends:
            longest = instance
    return None


def _words(instance: ShiftInstance) -> str:
    starts, ends = stamp(instance.starts, instance.zone), stamp(instance.ends, instance.zone)
    until = ends.text if ends.on == starts.on else _moment(ends)
    return f"{format_date(starts.on)} pukul {starts.local:%H.%M} sampai {until}"


def _moment(ends: Stamp) -> str:
    return f"{format_date(ends.on)} pukul {ends.text}"
