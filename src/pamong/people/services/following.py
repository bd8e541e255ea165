"""What follows from an act: from when it holds, which pay it moves, which seats it fills or leaves empty.

Worked out from what would stand after it against what stood before, never from one date alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pamong.kernel.clock import format_date, format_month
from pamong.kernel.period import Period
from pamong.kernel.timeline import Added, Plan, stretches
from pamong.ledger.choices import Act
from pamong.people.choices import AppointmentKind
from pamong.people.services.leaving import Change
from pamong.people.services.planning import Prepared
from pamong.people.situation import SeatFacts

_REGULAR = AppointmentKind.REGULAR.value


def said_row(prepared: Prepared) -> Mapping[str, Any] | None:
    """The row that the act itself says, as it would stand; None where it only undoes."""
    piece = _piece(prepared)
    return piece.values if piece else None


def effective_day(prepared: Prepared) -> date | None:
    """The day from which the act holds; None where it changes nothing."""
    asked = prepared.asked
    if asked.act is Act.CHANGE:
        return asked.on or asked.until
    piece = _piece(prepared)
    if asked.act is Act.CORRECT and piece is not None:
        return piece.period.start
    return first_day(prepared.changes[0].plan) if prepared.changes else None


def first_day(plan: Plan) -> date | None:
    """The first day on which something else holds than before; None where nothing changes."""
    return next((stretch.period.start for stretch in stretches(plan)), None)


def follow_ups(prepared: Prepared, day: date | None, today: date) -> Iterator[str]:
    """Sentences on what follows from an act that changes something from a day on."""
    if day is None:
        return
    begins = effective_day(prepared)
    if begins is not None and begins > today:
        told = format_date(begins)
        yield f"Berlaku dengan sendirinya mulai {told}; tidak ada yang perlu dijalankan hari itu."
    yield from _pay(prepared, day, today)
    for change in prepared.changes:
        if change.subject == "appointment" and change.key["kind"] == _REGULAR:
            yield from _seats(prepared, change)


def _piece(prepared: Prepared) -> Added | None:
    """The piece of the plan that the act itself says."""
    asked = prepared.asked
    added = prepared.changes[0].plan.added if prepared.changes else ()
    if asked.act is Act.CORRECT:
        return next((piece for piece in added if piece.replaces == prepared.row), None)
    if asked.act is not Act.CHANGE:
        return None
    if asked.ends:
        return next((piece for piece in added if piece.period.end == asked.until), None)
    return next((piece for piece in added if piece.period.start == asked.on), None)


def _pay(prepared: Prepared, day: date, today: date) -> Iterator[str]:
    subject, month = prepared.subject, format_month(day.year, day.month)
    if not subject.affects:
        return
    if (day.year, day.month) < (today.year, today.month):
        yield (
            f"{subject.title} berubah: {subject.affects} mulai {month} dihitung ulang. "
            "Selisihnya diusulkan pada pembayaran berikutnya."
        )
    else:
        yield f"{subject.title} berubah: {subject.affects} {month} memakai data ini."


def _seats(prepared: Prepared, change: Change) -> Iterator[str]:
    """Seats that become free or filled on another day than before, and who answers for whom from then on."""
    person = change.key["person_id"]
    gone = [(row.values["seat_id"], row.period) for row in change.plan.removed]
    come = [(piece.values["seat_id"], piece.period) for piece in change.plan.added]
    fresh = {seat for seat, _ in come} - {seat for seat, _ in gone}
    for number in sorted({seat for seat, _ in (*gone, *come)}):
        seat = prepared.seats.get(number)
        if seat is not None:
            before = _own(seat, person)
            lost = [period for which, period in gone if which == number]
            after = [period for period in before if period not in lost]
            after += [period for which, period in come if which == number]
            yield from _filled(seat, _others(seat, person), before, after)
    if fresh:
        yield "Atasan langsung dan wewenang mengikuti posisi yang baru, tanpa diatur lagi."


def _filled(
    seat: SeatFacts, others: list[Period], before: list[Period], after: list[Period]
) -> Iterator[str]:
    old, new = _merged([*others, *before]), _merged([*others, *after])
    begun, ended = _edges(old, new, "start"), _edges(old, new, "end")
    for day in begun[1]:
        yield f"Posisi {seat.label} terisi mulai {format_date(day)}."
    for day in ended[1]:
        yield f"Posisi {seat.label} kosong mulai {format_date(day)}."
    for day in begun[0] if not begun[1] else ():
        if not any(period.contains(day) for period in new):
            yield f"Posisi {seat.label} tidak jadi terisi mulai {format_date(day)}."
    for day in ended[0] if not ended[1] else ():
        if any(period.contains(day) for period in new):
            yield f"Posisi {seat.label} tidak jadi kosong mulai {format_date(day)}."


def _edges(old: list[Period], new: list[Period], edge: str) -> tuple[list[date], list[date]]:
    """Days on which a stretch began (or ended) that are no more, and those that are new."""
    was = {getattr(period, edge) for period in old} - {None}
    comes = {getattr(period, edge) for period in new} - {None}
    return sorted(was - comes), sorted(comes - was)


def _own(seat: SeatFacts, person: int) -> list[Period]:
    return [each.period for each in seat.seated if each.kind == _REGULAR and each.person_id == person]


def _others(seat: SeatFacts, person: int) -> list[Period]:
    return [each.period for each in seat.seated if each.kind == _REGULAR and each.person_id != person]


def _merged(periods: Iterable[Period]) -> list[Period]:
    """Stretches without the seams between those that touch."""
    found: list[Period] = []
    for period in sorted(periods, key=lambda each: each.start):
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end < period.start):
            found.append(period)
        elif last.end is not None and (period.end is None or period.end > last.end):
            found[-1] = Period(last.start, period.end)
    return found
