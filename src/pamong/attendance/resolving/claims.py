"""Which working period a punch belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from pamong.attendance.choices import Direction
from pamong.attendance.resolving.shapes import Punch, ShiftInstance, order_of_punch


@dataclass(slots=True)
class Claim:
    """A working period with the punches that are its own so far, in order; `free`: it is excused whole."""

    instance: ShiftInstance
    free: bool = False
    punches: list[Punch] = field(default_factory=list)


def deal(claims: Sequence[Claim], punches: Iterable[Punch], debounce: timedelta) -> list[Punch]:
    """Give each punch to the claim it belongs to; answers with those outside every window.

    `claims` in order of their starts. A period that is excused whole takes only what no other can.
    """
    outside = []
    for punch in sorted(punches, key=order_of_punch):
        able = [claim for claim in claims if claim.instance.admits(punch.at)]
        able = [claim for claim in able if not claim.free] or able
        if able:
            _owner(able, punch, debounce).punches.append(punch)
        else:
            outside.append(punch)
    return outside


def _owner(able: Sequence[Claim], punch: Punch, debounce: timedelta) -> Claim:
    owner = able[0]
    for later in able[1:]:
        if not _keeps(owner, later.instance, punch, debounce):
            owner = later
    return owner


def _keeps(earlier: Claim, later: ShiftInstance, punch: Punch, debounce: timedelta) -> bool:
    """Whether the earlier of two open windows claims the punch."""
    if earlier.punches and not _is_complete(earlier, punch, debounce):
        return True
    if not earlier.punches and punch.at < earlier.instance.middle:
        return True
    return _is_nearer(earlier.instance, later, punch)


def _is_complete(claim: Claim, punch: Punch, debounce: timedelta) -> bool:
    """Whether the person has left before: after the end, or by the right key and now comes again.

    Whoever taps out twice has not come to the next shift by the second tap.
    """
    outs = [own for own in claim.punches if own.direction is Direction.OUT]
    if punch.direction is Direction.OUT and any(punch.at - own.at < debounce for own in outs):
        return False
    ended = any(own.at >= claim.instance.ends for own in claim.punches)
    return ended or (bool(outs) and punch.direction is Direction.IN)


def _is_nearer(earlier: ShiftInstance, later: ShiftInstance, punch: Punch) -> bool:
    """Whether the end of the earlier is nearer than the start of the later; halfway the key decides."""
    to_end, to_start = abs(punch.at - earlier.ends), abs(punch.at - later.starts)
    return to_end < to_start or (to_end == to_start and punch.direction is Direction.OUT)
