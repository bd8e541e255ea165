"""What each punch of one working period counts as: in, out, between, or the same tap again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pamong.attendance.choices import Direction
from pamong.attendance.resolving.results import Fate, Reason, ReasonCode
from pamong.attendance.resolving.shapes import Limits, Pairing, Punch, ShiftInstance
from pamong.attendance.resolving.spans import Span

_BOTH = {Direction.IN, Direction.OUT}


@dataclass(frozen=True, slots=True)
class Reading:
    """`fates`: each punch in order. `pairs`: in with out. `gaps`: each end that is missing, by instant."""

    fates: tuple[tuple[Punch, Fate], ...]
    pairs: tuple[Span, ...] = ()
    gaps: tuple[Reason, ...] = ()

    @property
    def first_in(self) -> datetime | None:
        """The first thing that counts, if that is an in."""
        counted = self._counted()
        return counted[0][0].at if counted and counted[0][1] is Fate.IN else None

    @property
    def last_out(self) -> datetime | None:
        """The last thing that counts, if that is an out."""
        counted = self._counted()
        return counted[-1][0].at if counted and counted[-1][1] is Fate.OUT else None

    def _counted(self) -> list[tuple[Punch, Fate]]:
        return [found for found in self.fates if found[1] in (Fate.IN, Fate.OUT)]


def read(instance: ShiftInstance, punches: Sequence[Punch], limits: Limits) -> Reading:
    """Read the punches of one working period, given in order."""
    kept = _debounced(punches, limits.debounce)
    if instance.pairing is Pairing.PAIRS:
        marks = _paired(kept, instance.middle, limits.least_stay)
    else:
        marks = _first_and_last(kept, instance.middle, limits.least_stay)
    pairs, gaps = _matched([(punch, marks[punch.key]) for punch in kept if punch.key in marks])
    spare = {punch.key: Fate.BETWEEN for punch in kept} | marks
    fates = tuple((punch, spare.get(punch.key, Fate.DEBOUNCED)) for punch in punches)
    return Reading(fates, pairs, gaps)


def _debounced(punches: Sequence[Punch], debounce: timedelta) -> list[Punch]:
    """The punches without repeated taps: one key, or one that is not known, again within the time."""
    kept: list[Punch] = []
    for punch in punches:
        if not any(punch.at - own.at < debounce and _is_same_key(own, punch) for own in kept):
            kept.append(punch)
    return kept


def _is_same_key(one: Punch, two: Punch) -> bool:
    return {one.direction, two.direction} != _BOTH


def _first_and_last(kept: Sequence[Punch], middle: datetime, least_stay: timedelta) -> dict[str, Fate]:
    """The first punch of the first half is the in, the last of the second half the out.

    Where one half is empty, the right key and enough time between make an early leaving or a late arrival.
    """
    early = [punch for punch in kept if punch.at < middle]
    late = [punch for punch in kept if punch.at >= middle]
    both = bool(early and late)
    stayed = bool(kept) and kept[-1].at - kept[0].at >= least_stay
    left = both or (bool(early) and stayed and kept[-1].direction is Direction.OUT)
    came = both or (bool(late) and stayed and kept[0].direction is Direction.IN)
    marks = {}
    if early or came:
        marks[kept[0].key] = Fate.IN
    if late or left:
        marks[kept[-1].key] = Fate.OUT
    return marks


def _paired(kept: Sequence[Punch], middle: datetime, least_stay: timedelta) -> dict[str, Fate]:
    """In and out take turns. Where that can't come out, keys decide, if the device tells them apart."""
    taps = _without_wrong_keys(kept, middle, least_stay)
    if not taps:
        return {}
    odd = len(taps) % 2 == 1
    doubtful = odd or taps[0].direction is Direction.OUT or taps[-1].direction is Direction.IN
    if doubtful and {punch.direction for punch in taps} >= _BOTH:
        return _by_keys(taps)
    # An odd punch that begins only in the second half: the in was forgotten, not the out.
    turn = 1 if odd and taps[0].at >= middle else 0
    return {punch.key: (Fate.IN, Fate.OUT)[(place + turn) % 2] for place, punch in enumerate(taps)}


def _without_wrong_keys(kept: Sequence[Punch], middle: datetime, least_stay: timedelta) -> list[Punch]:
    """Leave aside a tap on "out" shortly after coming that no coming follows: it was the in, once more."""
    taps: list[Punch] = []
    for place, punch in enumerate(kept):
        following = kept[place + 1].direction if place + 1 < len(kept) else None
        wrong = (
            punch.direction is Direction.OUT
            and punch.at < middle
            and bool(taps)
            and (len(taps) == 1 or taps[-1].direction is Direction.IN)
            and punch.at - taps[-1].at < least_stay
            and following is not Direction.IN
        )
        if not wrong:
            taps.append(punch)
    return taps


def _by_keys(taps: Sequence[Punch]) -> dict[str, Fate]:
    marks: dict[str, Fate] = {}
    inside = False
    for punch in taps:
        turns = punch.direction is Direction.UNKNOWN
        inside = not inside if turns else punch.direction is Direction.IN
        marks[punch.key] = Fate.IN if inside else Fate.OUT
    return marks


def _matched(counted: Sequence[tuple[Punch, Fate]]) -> tuple[tuple[Span, ...], tuple[Reason, ...]]:
    """Each in with the out that follows it at once; what stays alone is a gap."""
    pairs: list[Span] = []
    gaps: list[Reason] = []
    came: datetime | None = None
    for punch, fate in counted:
        if fate is Fate.IN:
            gaps += _left_open(came)
            came = punch.at
        elif came is None:
            gaps.append(Reason(ReasonCode.MISSING_IN, punch.at))
        else:
            pairs.append(Span(came, punch.at))
            came = None
    return tuple(pairs), (*gaps, *_left_open(came))


def _left_open(came: datetime | None) -> list[Reason]:
    return [] if came is None else [Reason(ReasonCode.MISSING_OUT, came)]
