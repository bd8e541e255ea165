"""A derived day as it is stored, and the fingerprint of all that it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from pamong.attendance.choices import DayState, ExcuseKind
from pamong.attendance.deriving.facts import Place
from pamong.attendance.resolving import (
    DayResult,
    Excuse,
    Fate,
    Punch,
    Reason,
    ReasonCode,
    ShiftInstance,
    Span,
    instant_of,
)

FORM = "1"  # another one where the same facts make another result
COLUMNS = (
    "local_on", "person_id", "starts", "ends", "opens", "closes", "zone", "site_id", "source", "state",
    "expected", "first_in", "last_out", "in_punch", "out_punch", "worked", "over", "under", "late", "early",
    "excuse", "covered", "numbered", "reasons", "inputs_hash",
)  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Resting:
    """What one result rests on: the working periods that decide together with its own, their punches, what
    excuses them, and how far the data reach: ``none`` of its window, ``part`` or ``all`` of it."""

    place: Place
    source: str
    instances: Sequence[ShiftInstance] = ()
    punches: Sequence[Punch] = ()
    excuses: Sequence[Excuse] = ()
    reach: str = "all"
    covered: bool = True
    numbered: bool = True

    @property
    def digest(self) -> bytes:
        """Differs as soon as anything of it does; the same for the same facts, however they were read."""
        return digest_of(
            self.place,
            self.source,
            "/".join(told_instance(each) for each in self.instances),
            ";".join(f"{told(each.at)}:{each.key}:{each.direction}" for each in self.punches),
            "/".join(sorted(_told_excuse(each) for each in self.excuses)),
            self.reach,
            covered=self.covered,
            numbered=self.numbered,
        )


def digest_of(
    place: Place, source: str, instances: str, punches: str, excuses: str, reach: str, *, covered: bool,
    numbered: bool,
) -> bytes:  # fmt: skip
    """The fingerprint of parts that are told already."""
    parts = (FORM, place.zone, place.site, source, instances, punches, excuses, reach, covered, numbered)
    return hashlib.sha256("|".join(str(part) for part in parts).encode()).digest()


def told(at: datetime) -> str:
    """An instant in microseconds."""
    since = at - _EPOCH
    return str((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def told_instance(each: ShiftInstance) -> str:
    """A working period as a fingerprint holds it."""
    breaks = "+".join(_told_span(pause) for pause in each.breaks)
    times = ",".join(told(at) for at in (each.starts, each.ends, each.opens, each.closes))
    return f"{times},{each.expected_seconds},{each.pairing},{breaks}"


def _told_span(span: Span) -> str:
    return f"{told(span.starts)}-{told(span.ends)}"


def _told_excuse(each: Excuse) -> str:
    if isinstance(each.when, Span):
        return f"{each.kind},{_told_span(each.when)}"
    return f"{each.kind},{each.when.days.start},{each.when.days.end},{each.when.part}"


def row_of(person: int, result: DayResult, rests: Resting) -> tuple[Any, ...]:
    """A result as its row, in the order of ``COLUMNS``."""
    its = result.instance
    return (
        its.on, person, its.starts, its.ends, its.opens, its.closes, its.zone, rests.place.site,
        rests.source, result.state.value, its.expected_seconds, result.first_in, result.last_out,
        _punch(result, Fate.IN), _punch(result, Fate.OUT), result.worked, result.over, result.under,
        result.late, result.early, excuse_of(result), rests.covered, rests.numbered,
        [[reason.code.value, told_value(reason)] for reason in result.reasons], rests.digest,
    )  # fmt: skip


def free_row(person: int, on: date, rests: Resting) -> tuple[Any, ...]:
    """The row of a day on which nobody expects him."""
    place = rests.place
    midnight = instant_of(datetime.combine(on, time()), place.zone)
    nothing = (None,) * 10
    return (
        on, person, midnight, None, None, None, place.zone, place.site, rests.source, DayState.FREE.value,
        *nothing, "", True, True, [], rests.digest,
    )  # fmt: skip


def source_of(place: Place) -> str:
    """What expects somebody who has no roster: the week of his unit, or nothing that is known."""
    return "week" if place.week else "unplanned"


def excuse_of(result: DayResult) -> str:
    """The kind that excuses all of it, the first in their order; '' for none."""
    kinds = {reason.value for reason in result.reasons if reason.code is ReasonCode.EXCUSED}
    return next((kind.value for kind in ExcuseKind if kind.value in kinds), "")


def told_value(reason: Reason) -> int | str:
    """The value of a reason as it is stored: an instant as text."""
    return reason.value.isoformat() if isinstance(reason.value, datetime) else reason.value


def _punch(result: DayResult, fate: Fate) -> int | None:
    """The punch that is the first in, or the last out."""
    wanted = result.first_in if fate is Fate.IN else result.last_out
    keys = [each.punch.key for each in result.fates if each.fate is fate and each.punch.at == wanted]
    return int(keys[0 if fate is Fate.IN else -1]) if keys and wanted is not None else None
