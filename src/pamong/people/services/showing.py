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
from pamong.ledger.choices import Act
from pamong.people.choices import AppointmentKind
from pamong.people.services import reading
from pamong.people.services.leaving import Change
from pamong.people.services.planning import Prepared
from pamong.people.services.sight import Sight
from pamong.people.subjects import SUBJECTS, Field, Input, masked

HIDDEN = "tersimpan, tidak ditampilkan"
UNNAMED = "pegawai yang namanya tidak ditampilkan kepada Anda"


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
        """Those coming rows that say what stood there before, from the same day, only until another one.

        Two that look alike over the same days differ in what is not shown: none of them.
        """
        old = {row.says for row in self.ceasing if row not in self.coming}
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


def shown(prepared: Prepared, problems: Sequence[Problem], today: date, sight: Sight) -> Preview:
    """The preview of a prepared act, as an actor may see it."""
    if not prepared.changes:
        return Preview((), (), tuple(problems), ())
    if sight.blind(prepared):
        outline = _outline(prepared, sight, today)
        day = prepared.asked.on or prepared.asked.until
        return Preview(*outline, tuple(problems), tuple(_follow_ups(prepared, day, today)))
    ceasing = tuple(
        ShownRow(*_head(change), row.period, _facts(change, row.values, prepared, sight))
        for change in prepared.changes
        for row in change.plan.removed
    )
    coming = tuple(
        ShownRow(*_head(change), piece.period, _facts(change, piece.values, prepared, sight, piece.period))
        for change in prepared.changes
        for piece in change.plan.added
    )
    day = first_day(prepared.changes[0].plan)
    return Preview(ceasing, coming, tuple(problems), tuple(_follow_ups(prepared, day, today)))


def _head(change: Change) -> tuple[str, str]:
    return change.subject, SUBJECTS[change.subject].title


def _outline(
    prepared: Prepared, sight: Sight, today: date
) -> tuple[tuple[ShownRow, ...], tuple[ShownRow, ...]]:
    """What the act says and what it is about, without a look at what stands: a guess is not answered."""
    subject, asked = prepared.subject, prepared.asked
    period = Period(asked.on or asked.until or today, asked.until if asked.on else None)
    fields = [field for field in subject.fields if field.name in prepared.values]
    secret = tuple((field.label, HIDDEN) for field in fields if sight.hides(subject, field))
    ceasing = ShownRow(subject.code, subject.title, period, secret or ((subject.title, HIDDEN),))
    said = [(field, prepared.values[field.name]) for field in fields]
    typed = tuple(
        (field.label, _typed(field, value, sight)) for field, value in said if value not in (None, "", False)
    )
    coming = ShownRow(subject.code, subject.title, period, typed)
    adds = subject.several and asked.target is None
    return () if adds else (ceasing,), (coming,) if typed else ()


def _typed(field: Field, value: Any, sight: Sight) -> str:
    if field.input is Input.PERSON:
        return _person(reading.person_ids([value]).get(value, 0), sight)
    return _words(field, masked(field.name, value) if sight.masks(field) and not sight.typed else value)


def _facts(
    change: Change, values: Mapping[str, Any], prepared: Prepared, sight: Sight, coming: Period | None = None
) -> tuple[tuple[str, str], ...]:
    """The filled fields of a row; ``coming`` is the period of one that the act brings."""
    subject = SUBJECTS[change.subject]
    whole = {**values, **change.key}
    facts = []
    for field in subject.fields:
        value = whole.get(field.fact)
        if value in (None, "", False):
            continue
        if sight.hides(subject, field):
            text = HIDDEN
        elif field.input is Input.SEAT:
            text = prepared.seats[value].label if value in prepared.seats else ""
        elif field.input is Input.PERSON:
            text = _person(value, sight)
        elif sight.masks(field) and not (coming and sight.typed and _says(prepared, field, value, coming)):
            text = str(masked(field.name, value))
        else:
            text = _words(field, value)
        facts.append((field.label, text))
    return tuple(facts)


def _says(prepared: Prepared, field: Field, value: Any, period: Period) -> bool:
    """Whether a number is what the act itself says, in the row that it brings."""
    begins = prepared.asked.act is not Act.CHANGE or period.start == prepared.asked.on
    return begins and prepared.values.get(field.name) == value


def _person(person_id: int, sight: Sight) -> str:
    return sight.named(person_id) or UNNAMED


def _words(field: Field, value: Any) -> str:
    return format_date(value) if isinstance(value, date) else field.text(value)


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


def _follow_ups(prepared: Prepared, day: date | None, today: date) -> Iterator[str]:
    """What follows from an act that changes something from a day on."""
    subject = prepared.subject
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
