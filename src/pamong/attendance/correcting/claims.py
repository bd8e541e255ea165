"""What somebody says of a day of his: whether it can be, as a decision keeps it, and what is added by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from pamong.attendance.choices import CLAIMABLE, Direction, ExcuseKind, ExcusePart
from pamong.attendance.errors import ClaimBackwards, ClaimMissing
from pamong.attendance.resolving import instant_of
from pamong.attendance.values import Claim, ManualPunch, NewExcuse
from pamong.kernel.period import Period

_DAY = timedelta(days=1)


def require_fit(claim: Claim) -> None:
    """``ClaimMissing`` where it says neither times nor a reason for being away, or both of them;
    ``ClaimBackwards``."""
    timed = claim.came is not None or claim.left is not None
    if timed == (claim.kind is not None) or (claim.kind is not None and claim.kind not in CLAIMABLE):
        raise ClaimMissing
    if claim.came and claim.left and not claim.left_next and claim.left <= claim.came:
        raise ClaimBackwards


def told_claim(claim: Claim) -> Mapping[str, Any]:
    """A claim as a decision keeps it."""
    return {
        "came": _clock(claim.came), "left": _clock(claim.left),
        "left_next": claim.left_next and claim.left is not None,
        "kind": claim.kind.value if claim.kind else "", "part": claim.part.value if claim.kind else "",
    }  # fmt: skip


def claim_of(content: Mapping[str, Any]) -> Claim:
    """The claim that a decision keeps."""
    kind, part = content["kind"], content["part"]
    return Claim(
        _time(content["came"]), _time(content["left"]), content["left_next"],
        ExcuseKind(kind) if kind else None, ExcusePart(part) if part else ExcusePart.WHOLE,
    )  # fmt: skip


def day_of(content: Mapping[str, Any]) -> date:
    """The day that a decision is about."""
    return date.fromisoformat(content["on"])


def words_of(content: Mapping[str, Any]) -> str:
    """What was said of the day: *datang pukul 07.25, pulang pukul 16.05*."""
    claim = claim_of(content)
    if claim.kind is not None:
        part = "" if claim.part is ExcusePart.WHOLE else f", {claim.part.label.lower()}"
        return f"{claim.kind.label.lower()}{part}"
    came = f"datang pukul {claim.came:%H.%M}" if claim.came else ""
    when = "pulang hari berikutnya pukul" if claim.left_next else "pulang pukul"
    return ", ".join(filter(None, (came, f"{when} {claim.left:%H.%M}" if claim.left else "")))


def punches_of(person: int, content: Mapping[str, Any]) -> Sequence[ManualPunch]:
    """The events that a request vouches for."""
    zone = content["zone"]
    return [ManualPunch(person, at, zone, direction) for direction, at in instants_of(content)]


def excuses_of(person: int, content: Mapping[str, Any]) -> Sequence[NewExcuse]:
    """Why its owner was not expected, as a request says; nothing where it says when he came or left."""
    claim, on = claim_of(content), day_of(content)
    return [NewExcuse(person, claim.kind, Period(on, on + _DAY), claim.part)] if claim.kind else []


def instants_of(content: Mapping[str, Any]) -> Iterator[tuple[Direction, datetime]]:
    """When he came and left, as far as it is said."""
    claim, on, zone = claim_of(content), day_of(content), content["zone"]
    if claim.came is not None:
        yield Direction.IN, instant_of(datetime.combine(on, claim.came), zone)
    if claim.left is not None:
        left_on = on + _DAY if claim.left_next else on
        yield Direction.OUT, instant_of(datetime.combine(left_on, claim.left), zone)


def _clock(told: time | None) -> str:
    return "" if told is None else f"{told:%H:%M}"


def _time(told: str) -> time | None:
    return time.fromisoformat(told) if told else None
