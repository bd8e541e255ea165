"""Which two working periods of one person clash. One rule for screens, files and machines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

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
    neighbours = pairwise(sorted(instances, key=order_of_instance))
    return next((Clash(one, two) for one, two in neighbours if two.starts < one.ends), None)


def _words(instance: ShiftInstance) -> str:
    starts, ends = stamp(instance.starts, instance.zone), stamp(instance.ends, instance.zone)
    until = ends.text if ends.on == starts.on else _moment(ends)
    return f"{format_date(starts.on)} pukul {starts.local:%H.%M} sampai {until}"


def _moment(ends: Stamp) -> str:
    return f"{format_date(ends.on)} pukul {ends.text}"
