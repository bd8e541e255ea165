"""A prepared act in words: what ceases, what comes, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.kernel.clock import format_date, format_month
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem, has_block
from pamong.kernel.timeline import Plan
from pamong.people.checks import SeatFacts
from pamong.people.choices import AppointmentKind
from pamong.people.services import reading
from pamong.people.services.leaving import Change
from pamong.people.services.planning import Prepared
from pamong.people.subjects import SUBJECTS, Input


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row in words: of which subject, over which period, and its filled fields as (label, text)."""

    subject: str
    title: str
    period: Period
    facts: tuple[tuple[str, str], ...]

    @property
    def says(self) -> tuple[str, date, tuple[tuple[str, str], ...]]:
        """What it says, from when."""
        return self.subject, self.period.start, self.facts


@dataclass(frozen=True, slots=True)
class Preview:
    """``ceasing`` rows stand no more, ``coming`` ones do; ``follow_ups`` are sentences."""

    ceasing: tuple[ShownRow, ...]
    coming: tuple[ShownRow, ...]
    problems: tuple[Problem, ...]
    follow_ups: tuple[str, ...]

    @property
    def moved(self) -> tuple[ShownRow, ...]:
        """Those coming rows that say what stood there before, from the same day, only until another one."""
        old = {row.says for row in self.ceasing}
        return tuple(row for row in self.coming if row.says in old)

    @property
    def gone(self) -> tuple[ShownRow, ...]:
        """Ceasing rows of which nothing stays."""
        kept = {row.says for row in self.moved}
        return tuple(row for row in self.ceasing if row.says not in kept)

    @property
    def new(self) -> tuple[ShownRow, ...]:
        """Coming rows that say something else than before."""
        return tuple(row for row in self.coming if row not in self.moved)

    @property
    def possible(self) -> bool:
        """Whether nothing keeps it out."""
        return not has_block(self.problems)


def shown(prepared: Prepared, problems: Sequence[Problem], today: date) -> Preview:
    """The preview of a prepared act."""
    names = reading.names_of(_relatives(prepared.changes))
    ceasing = [
        _row(change, row.period, row.values, prepared.seats, names)
        for change in prepared.changes
        for row in change.plan.removed
    ]
    coming = [
        _row(change, piece.period, piece.values, prepared.seats, names)
        for change in prepared.changes
        for piece in change.plan.added
    ]
    follow_ups = tuple(_follow_ups(prepared, today)) if prepared.changes else ()
    return Preview(tuple(ceasing), tuple(coming), tuple(problems), follow_ups)


def _relatives(changes: Sequence[Change]) -> set[int]:
    pieces = [piece.values for change in changes for piece in change.plan.added]
    pieces += [row.values for change in changes for row in change.plan.removed]
    return {values["relative_id"] for values in pieces if values.get("relative_id")}


def _row(
    change: Change,
    period: Period,
    values: Mapping[str, Any],
    seats: Mapping[int, SeatFacts],
    names: Mapping[int, str],
) -> ShownRow:
    subject = SUBJECTS[change.subject]
    whole = {**values, **change.key}
    facts = []
    for field in subject.fields:
        value = whole.get(field.fact)
        if value in (None, "", False):
            continue
        if field.input is Input.SEAT:
            text = seats[value].label if value in seats else ""
        elif field.input is Input.PERSON:
            text = names.get(value, "")
        else:
            text = format_date(value) if isinstance(value, date) else field.text(value)
        facts.append((field.label, text))
    return ShownRow(subject.code, subject.title, period, tuple(facts))


def first_day(plan: Plan) -> date | None:
    """The first day on which something else holds than before; None where nothing changes."""
    days = sorted({row.period.start for row in plan.removed} | {piece.period.start for piece in plan.added})
    ends = {row.period.end for row in plan.removed} | {piece.period.end for piece in plan.added}
    for day in sorted({*days, *(end for end in ends if end)}):
        old = next((row.values for row in plan.removed if row.period.contains(day)), None)
        new = next((piece.values for piece in plan.added if piece.period.contains(day)), None)
        if old != new:
            return day
    return None


def _follow_ups(prepared: Prepared, today: date) -> Iterator[str]:
    subject = prepared.subject
    day = first_day(prepared.changes[0].plan)
    if day is None:
        return
    if day > today:
        yield f"Berlaku dengan sendirinya mulai {format_date(day)}; tidak ada yang perlu dijalankan hari itu."
    if subject.affects:
        month = format_month(day.year, day.month)
        if (day.year, day.month) < (today.year, today.month):
            yield (
                f"{subject.title} berubah: {subject.affects} mulai {month} dihitung ulang. "
                "Selisihnya diusulkan pada pembayaran berikutnya."
            )
        else:
            yield f"{subject.title} berubah: {subject.affects} {month} memakai data ini."
    yield from _seats_follow(prepared, day)


def _seats_follow(prepared: Prepared, day: date) -> Iterator[str]:
    """Seats that become free, and who answers for whom from then on."""
    for change in prepared.changes:
        if change.subject != "appointment" or change.key["kind"] != AppointmentKind.REGULAR.value:
            continue
        day = first_day(change.plan) or day  # a seat that follows has a day of its own
        before = {row.values["seat_id"] for row in change.plan.removed if row.period.contains(day)}
        after = {piece.values["seat_id"] for piece in change.plan.added if piece.period.contains(day)}
        for seat in sorted(before - after):
            if seat in prepared.seats:
                yield f"Posisi {prepared.seats[seat].label} kosong mulai {format_date(day)}."
        if after - before:
            yield "Atasan langsung dan wewenang mengikuti posisi yang baru, tanpa diatur lagi."
