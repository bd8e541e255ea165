"""A prepared act in words: what ceases, what comes, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.kernel.clock import format_date
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem, has_block
from pamong.ledger.choices import Act
from pamong.people.services import reading
from pamong.people.services.following import first_day, follow_ups
from pamong.people.services.leaving import Change
from pamong.people.services.planning import Prepared
from pamong.people.services.sight import Sight
from pamong.people.subjects import SUBJECTS, Field, Input, masked

HIDDEN = "tersimpan, tidak ditampilkan"
UNNAMED = "pegawai yang namanya tidak ditampilkan kepada Anda"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row in words: of which subject, over which period, and its filled fields as (label, text).

    ``stored`` is the row that stands, or that this one takes the place of; ``strand`` tells timelines apart.
    """

    subject: str
    title: str
    period: Period
    facts: tuple[tuple[str, str], ...]
    strand: int = 0
    stored: int | None = None

    @property
    def says(self) -> tuple[str, date, tuple[tuple[str, str], ...]]:
        """What it says, from when."""
        return self.subject, self.period.start, self.facts


@dataclass(frozen=True, slots=True)
class Shift:
    """A row that comes, beside what stood in its place (None where nothing did): fields that change as
    (label, old, new), labels of those that stay, and of those that are not shown. ``ends`` is the last day
    of what stood, where it goes on until then."""

    row: ShownRow
    was: ShownRow | None
    changed: tuple[tuple[str, str, str], ...]
    same: tuple[str, ...]
    hidden: tuple[str, ...]
    ends: date | None = None


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
    def shifts(self) -> tuple[Shift, ...]:
        """Each new row with what changes by it."""
        found = []
        for row in self.new:
            was = self._stood(row)
            ends = next((new.period.last_day for old, new in self._moves() if old is was), None)
            found.append(_shift(row, was, ends))
        return tuple(found)

    @property
    def dropped(self) -> tuple[ShownRow, ...]:
        """Ceasing rows that nothing else takes the place of."""
        replaced = [shift.was for shift in self.shifts]
        return tuple(row for row in self.gone if row not in replaced)

    @property
    def respanned(self) -> tuple[tuple[ShownRow, ShownRow], ...]:
        """Rows that say the same until another day, before and after, but for those that a new one tells."""
        told = [id(shift.was) for shift in self.shifts]
        return tuple(pair for pair in self._moves() if id(pair[0]) not in told)

    def _moves(self) -> list[tuple[ShownRow, ShownRow]]:
        pairs = []
        for row in self.moved:
            old = [each for each in self.ceasing if each.says == row.says and each.strand == row.strand]
            pairs += [(each, row) for each in old[:1]]
        return pairs

    def _stood(self, row: ShownRow) -> ShownRow | None:
        """What a coming row takes the place of, else what stood on its first day."""
        here = [each for each in self.ceasing if each.strand == row.strand]
        same = [each for each in here if row.stored is not None and each.stored == row.stored]
        return next(iter(same or (each for each in here if each.period.contains(row.period.start))), None)

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
        return Preview(*outline, tuple(problems), tuple(follow_ups(prepared, day, today)))
    ceasing = tuple(
        ShownRow(*_head(change), row.period, _facts(change, row.values, prepared, sight), strand, row.id)
        for strand, change in enumerate(prepared.changes)
        for row in change.plan.removed
    )
    coming = tuple(
        ShownRow(
            *_head(change), piece.period, _facts(change, piece.values, prepared, sight, piece.period),
            strand, piece.replaces,
        )
        for strand, change in enumerate(prepared.changes)
        for piece in change.plan.added
    )  # fmt: skip
    day = first_day(prepared.changes[0].plan)
    return Preview(ceasing, coming, tuple(problems), tuple(follow_ups(prepared, day, today)))


def _shift(row: ShownRow, was: ShownRow | None, ends: date | None) -> Shift:
    old, new = dict(was.facts) if was else {}, dict(row.facts)
    hidden = tuple(label for label in new if new[label] == HIDDEN == old.get(label))
    same = tuple(label for label in new if new[label] == old.get(label) and label not in hidden)
    fields = SUBJECTS[row.subject].fields
    nothing = {field.label: "tidak" if field.input is Input.YES_NO else "tidak diisi" for field in fields}
    changed = tuple(
        (label, old.get(label, nothing.get(label, "")), new.get(label, nothing.get(label, "")))
        for label in dict.fromkeys([*nothing, *new])
        if old.get(label) != new.get(label)
    )
    return Shift(row, was, changed, same, hidden, ends)


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
