"""Acts on a timeline: change from a date, correct what was wrong, rescind, end. Pure: nothing is written.

A timeline is what is known of one thing (a person's rank, a unit's name): rows with half-open periods that
do not overlap. An act answers with a ``Plan``: which rows it replaces, and by which. The plan is the preview
that people see before they act, and what is written when they do. Gaps are allowed and are kept.

A correction flows into later rows as long as these only carried the wrong value on; it stops at the first row
that set the field on purpose. Fields that belong to one act alone (the number of its order) never flow: two
rows without an order do not stand on the same one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from pamong.kernel.clock import format_date
from pamong.kernel.errors import InvalidValue
from pamong.kernel.period import Period

Values = Mapping[str, Any]
_NOTHING: Values = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """What holds over a period. ``id`` is None for a row that is not stored yet."""

    period: Period
    values: Values
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A row to store, and the stored row that it replaces, if it replaces one."""

    period: Period
    values: Values
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """``removed`` rows hold no more once the ``added`` ones are stored."""

    removed: tuple[Row, ...] = ()
    added: tuple[Added, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the act changes nothing."""
        return not self.removed and not self.added


@dataclass
class _Draft:
    """The timeline as it will be: each piece with the stored row it comes from."""

    before: tuple[Row, ...]
    pieces: list[Added] = field(default_factory=list)

    def plan(self) -> Plan:
        same = {row.id: row for row in self.before}
        kept = {
            piece.replaces
            for piece in self.pieces
            if piece.replaces in same
            and same[piece.replaces].period == piece.period
            and dict(same[piece.replaces].values) == dict(piece.values)
        }
        pieces = sorted(self.pieces, key=lambda piece: piece.period.start)
        return Plan(
            tuple(row for row in self.before if row.id not in kept),
            tuple(piece for piece in pieces if piece.replaces not in kept),
        )


def change(
    rows: Sequence[Row],
    on: date,
    values: Values,
    until: date | None = None,
    *,
    resume: bool = False,
    fresh: Values = _NOTHING,
) -> Plan:
    """From ``on`` these values hold, until the next row that says otherwise, or until ``until``.

    Where a row holds on that day, fields not named go on as they were, but for those of its act alone
    (``fresh``, each with what stands where it says nothing); where none does, ``values`` must be whole. With
    ``resume`` what held before comes back at ``until``; without it nothing holds from then on.
    ``InvalidValue`` where ``until`` does not lie after ``on`` or reaches into a later row.
    """
    ordered = _ordered(rows)
    base = _at(ordered, on)
    later = [row for row in ordered if row.period.start > on]
    end = _end(base, later, on, until)
    before = {} if base is None else dict(base.values)
    after = dict(values) if base is None else before | dict(fresh) | dict(values)
    draft = _Draft(tuple(ordered), [_kept(row) for row in ordered if row is not base and row not in later])
    if base is not None and base.period.start < on:
        draft.pieces.append(Added(Period(base.period.start, on), base.values, base.id))
    whole = base is not None and base.period.start == on
    draft.pieces.append(Added(Period(on, end), after, base.id if base is not None and whole else None))
    if until is not None and resume and base is not None and until != base.period.end:
        draft.pieces.append(Added(Period(until, base.period.end), base.values, None))
    # A stretch with its own end says nothing of what comes after it; where nothing held, nothing was carried.
    flows = base is not None and until is None
    carry = {key: (before.get(key), after[key]) for key in values if key not in fresh} if flows else {}
    draft.pieces += _carried(later, end, carry)
    return draft.plan()


def correct(
    rows: Sequence[Row],
    target: int,
    values: Values,
    start: date | None = None,
    end: date | None = None,
    *,
    reopen: bool = False,
    fresh: Collection[str] = (),
) -> Plan:
    """The row was wrong all along: its values, or the day on which it began or ended (``reopen``: it didn't).

    A neighbour that touched it moves its own edge along. ``InvalidValue`` where a moved edge would swallow a
    neighbour whole. Values flow into later rows that only carried them on, but for those of an act alone
    (``fresh``).
    """
    ordered = _ordered(rows)
    place = _place(ordered, target)
    old = ordered[place]
    period = Period(start or old.period.start, None if reopen else end or old.period.end)
    draft = _Draft(tuple(ordered))
    for row in ordered[:place]:
        draft.pieces.append(_kept(row, _edge_before(row, old, period)))
    draft.pieces.append(Added(period, dict(old.values) | dict(values), old.id))
    carry = {key: (old.values.get(key), value) for key, value in values.items() if key not in fresh}
    later = ordered[place + 1 :]
    moved = [Row(_edge_after(row, old, period), row.values, row.id) for row in later]
    touched = bool(later) and later[0].period.start == old.period.end
    draft.pieces += _carried(moved, moved[0].period.start if touched else old.period.end, carry)
    return draft.plan()


def rescind(rows: Sequence[Row], target: int, *, fresh: Collection[str] = ()) -> Plan:
    """The order behind the row is undone: what held before goes on in its place, as if it had never been.

    Later rows lose what they only carried on from it; fields of an act alone (``fresh``) they never did.
    """
    ordered = _ordered(rows)
    place = _place(ordered, target)
    old = ordered[place]
    draft = _Draft(tuple(ordered), [_kept(row) for row in ordered[:place]])
    previous = ordered[place - 1] if place and ordered[place - 1].period.end == old.period.start else None
    carry: dict[str, tuple[Any, Any]] = {}
    if previous is not None:
        draft.pieces[-1] = Added(Period(previous.period.start, old.period.end), previous.values, previous.id)
        flowing = {key: value for key, value in previous.values.items() if key not in fresh}
        carry = {key: (old.values.get(key), value) for key, value in flowing.items()}
    draft.pieces += _carried(ordered[place + 1 :], old.period.end, carry)
    return draft.plan()


def end(rows: Sequence[Row], on: date, values: Values | None = None) -> Plan:
    """What holds on the day before ``on`` holds no more from ``on``; ``values`` are added to that last row.

    ``InvalidValue`` where nothing holds then, or where something begins later.
    """
    ordered = _ordered(rows)
    base = next((row for row in ordered if row.period.start < on and on <= (row.period.end or on)), None)
    if base is None:
        raise InvalidValue(f"Tidak ada yang berlaku sebelum {format_date(on)} untuk diakhiri.")
    later = [row for row in ordered if row.period.start > base.period.start]
    if later:
        begins = format_date(later[0].period.start)
        raise InvalidValue(f"Sudah ada perubahan mulai {begins}. Batalkan dulu, lalu akhiri.")
    draft = _Draft(tuple(ordered), [_kept(row) for row in ordered if row is not base])
    draft.pieces.append(Added(Period(base.period.start, on), dict(base.values) | dict(values or {}), base.id))
    return draft.plan()


def outcome(rows: Sequence[Row], plan: Plan) -> list[Row]:
    """The timeline after the plan, oldest first: what a preview shows."""
    gone = {row.id for row in plan.removed}
    kept = [row for row in rows if row.id not in gone]
    return _ordered([*kept, *(Row(piece.period, piece.values, None) for piece in plan.added)])


def _ordered(rows: Sequence[Row]) -> list[Row]:
    ordered = sorted(rows, key=lambda row: row.period.start)
    for first, second in pairwise(ordered):
        if first.period.overlaps(second.period):
            raise ValueError(f"rows overlap: {first.period!r}, {second.period!r}")
    return ordered


def _at(rows: Sequence[Row], on: date) -> Row | None:
    return next((row for row in rows if row.period.contains(on)), None)


def _place(rows: Sequence[Row], target: int) -> int:
    for place, row in enumerate(rows):
        if row.id == target:
            return place
    raise InvalidValue("Baris ini sudah diganti. Muat ulang halamannya.")


def _kept(row: Row, period: Period | None = None) -> Added:
    return Added(period or row.period, row.values, row.id)


def _end(base: Row | None, later: Sequence[Row], on: date, until: date | None) -> date | None:
    """Where a change stops: at its own end, or where the row that it continues stops, or at the next row."""
    bound = base.period.end if base is not None else (later[0].period.start if later else None)
    if until is None:
        return bound
    if until <= on:
        raise InvalidValue(f"Tanggal akhir harus sesudah {format_date(on)}.")
    if later and until > later[0].period.start:
        begins = format_date(later[0].period.start)
        raise InvalidValue(f"Sudah ada perubahan mulai {begins}. Akhiri paling lambat pada hari itu.")
    return until


def _carried(later: Sequence[Row], reached: date | None, carry: Mapping[str, tuple[Any, Any]]) -> list[Added]:
    """Later rows, with each field renewed as long as every row so far held the old value, without a gap."""
    open_fields = {key: pair for key, pair in carry.items() if pair[0] != pair[1]}
    pieces = []
    for row in later:
        if row.period.start != reached:
            open_fields = {}
        open_fields = {key: pair for key, pair in open_fields.items() if row.values.get(key) == pair[0]}
        renewed = dict(row.values) | {key: new for key, (_, new) in open_fields.items()}
        pieces.append(Added(row.period, renewed, row.id))
        reached = row.period.end
    return pieces


def _edge_before(row: Row, old: Row, period: Period) -> Period:
    """An earlier row as the corrected one begins elsewhere: neighbours that touched keep touching."""
    touched = row.period.end == old.period.start
    if not touched and (row.period.end is None or row.period.end <= period.start):
        return row.period
    if period.start <= row.period.start:
        raise InvalidValue(
            f"Tanggal mulai {format_date(period.start)} menelan baris sebelumnya ({row.period}). "
            "Batalkan atau betulkan baris itu dulu."
        )
    return Period(row.period.start, period.start)


def _edge_after(row: Row, old: Row, period: Period) -> Period:
    touched = row.period.start == old.period.end
    if not touched and period.end is not None and period.end <= row.period.start:
        return row.period
    if period.end is None or (row.period.end is not None and period.end >= row.period.end):
        raise InvalidValue(
            f"Tanggal akhir menelan baris sesudahnya ({row.period}). Batalkan atau betulkan baris itu dulu."
        )
    return Period(period.end, row.period.end)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days over which a plan says something else than what stood; None: nothing stands."""

    period: Period
    before: Values | None
    after: Values | None


def stretches(plan: Plan) -> Iterator[Stretch]:
    """The days on which a plan changes something, cut where what stood or what will stand changes."""
    before = [(row.period, row.values) for row in plan.removed]
    after = [(row.period, row.values) for row in plan.added]
    periods = [period for period, _ in (*before, *after)]
    ends = [period.end for period in periods if period.end is not None]
    days = sorted({*(period.start for period in periods), *ends})
    edges: list[date | None] = [*days, *([None] if len(ends) < len(periods) else [])]
    for start, end in pairwise(edges):
        if start is not None:
            was, will = _held(before, start), _held(after, start)
            if was != will:
                yield Stretch(Period(start, end), was, will)


def idle(plan: Plan) -> bool:
    """Whether a plan leaves every day as it was: also where it would only cut a row in two."""
    return next(stretches(plan), None) is None


def _held(rows: Sequence[tuple[Period, Values]], on: date) -> dict[str, Any] | None:
    return next((dict(values) for period, values in rows if period.contains(on)), None)
