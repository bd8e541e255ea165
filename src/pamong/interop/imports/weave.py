"""A timeline while the facts of a file are woven into it: acts in a row, one plan at the end. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pamong.kernel import timeline
from pamong.kernel.period import Period
from pamong.kernel.timeline import Added, Plan, Row
from pamong.ledger.choices import Act


class Weave:
    """Rows as they will be. Each act sees what those before it have done; what nets to nothing is nothing.

    ``fresh``: fields that belong to one act alone, with what stands where it says nothing.
    """

    def __init__(self, rows: Sequence[Row] = (), fresh: Mapping[str, Any] | None = None) -> None:
        self._fresh = fresh or {}
        self._before = {row.id: row for row in rows}
        self.rows: list[Row] = list(rows)
        self._origin: dict[int | None, int | None] = {row.id: row.id for row in rows}
        self._acts: dict[int | None, Act] = {}
        self._next = 0
        self._added: tuple[tuple[Added, Act], ...] | None = None  # until the next act

    def at(self, on: date) -> Row | None:
        """What holds on a day."""
        return next((row for row in self.rows if row.period.contains(on)), None)

    def is_stored(self, row: Row) -> bool:
        """Whether a row stands in the database just so."""
        return row.id in self._before

    def change(self, on: date, values: Mapping[str, Any], until: date | None = None) -> None:
        """From a day on these values hold. ``InvalidValue`` as ``timeline.change``."""
        if not self.rows:
            self._take(Plan((), (Added(Period(on, until), values),)), Act.CHANGE)
            return
        self._take(timeline.change(self.rows, on, values, until, fresh=self._fresh), Act.CHANGE)

    def correct(self, row: Row, values: Mapping[str, Any], start: date | None = None) -> None:
        """A row was wrong all along, or its first day. ``InvalidValue`` as ``timeline.correct``."""
        plan = timeline.correct(self.rows, row.id or 0, values, start, fresh=self._fresh)
        self._take(plan, Act.CORRECT)

    def removed(self) -> tuple[Row, ...]:
        """Stored rows that stand no more."""
        if not self._before:
            return ()
        kept = {self._origin[row.id] for row in self.rows if self._kept(row)}
        return tuple(row for number, row in self._before.items() if number not in kept)

    def added(self) -> tuple[tuple[Added, Act], ...]:
        """Rows to store, each with the stored one that it replaces and the kind of its act."""
        if self._added is None:
            self._added = tuple(
                (Added(row.period, row.values, self._origin[row.id]), self._acts.get(row.id, Act.CHANGE))
                for row in self.rows
                if not self._kept(row)
            )
        return self._added

    def old_values(self, added: Added) -> Mapping[str, Any] | None:
        """What held before where a new row begins; None where nothing did."""
        on = added.period.start
        return next((row.values for row in self._before.values() if row.period.contains(on)), None)

    def _kept(self, row: Row) -> bool:
        old = self._before.get(self._origin[row.id])
        return old is not None and old.period == row.period and dict(old.values) == dict(row.values)

    def _take(self, plan: Plan, act: Act) -> None:
        self._added = None
        gone = {row.id for row in plan.removed}
        rows = [row for row in self.rows if row.id not in gone]
        for piece in plan.added:
            self._next -= 1
            self._origin[self._next] = self._origin.get(piece.replaces)
            self._acts[self._next] = act
            rows.append(Row(piece.period, piece.values, self._next))
        self.rows = sorted(rows, key=lambda row: row.period.start)
