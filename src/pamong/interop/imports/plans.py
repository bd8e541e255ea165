"""What becomes of one row of a file: whom it is about, what it changes, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pamong.interop.imports.sheets import SaidRow
from pamong.interop.imports.weave import Weave
from pamong.kernel.problem import Problem, Severity, has_block
from pamong.kernel.timeline import Row
from pamong.people import bulk
from pamong.people.bulk import Mark, Planned, Strand
from pamong.people.choices import Outcome
from pamong.people.services.batches import FoundRow


@dataclass(slots=True)
class Thread:
    """One timeline of a person that the row speaks of."""

    subject: str
    key: dict[str, Any]
    weave: Weave
    marks: Mapping[int, Mark] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing comes and nothing goes."""
        return not self.weave.added() and not self.weave.removed()

    @property
    def fresh(self) -> bool:
        """Whether nothing of it has stood before."""
        return not self.weave.removed() and all(not self.weave.is_stored(row) for row in self.weave.rows)


@dataclass(slots=True)
class RowPlan:
    """One row. ``person`` is None for somebody new; ``twins`` are those whom it may be, for ``why``."""

    line: int
    said: SaidRow
    file: str
    label: str = ""
    unit: str = ""
    person: int | None = None
    record: Mapping[str, list[Strand]] = field(default_factory=dict)
    threads: list[Thread] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    twins: tuple[int, ...] = ()
    why: str = ""
    decision: str = ""
    decided_by: str = ""
    asked_again: bool = False  # what was decided about the row does not hold (any more)
    of_items: bool = False  # of a thing that somebody has several of: a relative, a diploma
    nik_shared: bool = False  # by another row of the file: nobody can tell whose it is

    def tell(
        self, code: str, column: str, message: str, severity: Severity = "warn", value: str = ""
    ) -> None:
        """A problem of the row. ``block`` keeps it out."""
        self.problems.append(
            Problem(
                code, message, severity, source=self.file, row=self.line, column=column, value=value,
                rule=code, subject=self.label,
            )
        )  # fmt: skip

    @property
    def blocked(self) -> bool:
        """Whether something keeps the row out."""
        return has_block(self.problems)

    def ask_again(self) -> None:
        """Let the row wait for another decision than the one that there is."""
        self.person, self.decision, self.decided_by, self.asked_again = None, "", "", True

    @property
    def waiting(self) -> bool:
        """Whether somebody has to decide first whom it is about."""
        return bool(self.twins) and not self.decision

    @property
    def outcome(self) -> Outcome:
        """What becomes of it."""
        if self.blocked and not self.asked_again:
            return Outcome.REFUSED
        if self.waiting:
            return Outcome.TWIN
        if self.person is None:
            return Outcome.NEW
        written = [thread for thread in self.threads if not thread.empty]
        if not written:
            return Outcome.SAME
        new = self.of_items and all(thread.fresh for thread in written)
        return Outcome.NEW if new else Outcome.CHANGED

    @property
    def alters(self) -> bool:
        """Whether it changes the record of somebody known, so that a second officer stores it.

        A new relative or diploma of one of whom files alone have told so far is part of the first filling.
        """
        if self.person is None or self.outcome not in (Outcome.NEW, Outcome.CHANGED):
            return False
        return self.outcome is Outcome.CHANGED or not self._filling

    @property
    def _filling(self) -> bool:
        marks = (
            mark for strands in self.record.values() for strand in strands for mark in strand.marks.values()
        )
        return all(mark.by_file for mark in marks)

    def thread(self, subject: str, strand: Strand | None, key: Mapping[str, Any] | None = None) -> Thread:
        """The timeline of a strand that stands, or a new one with ``key``."""
        fresh = bulk.fresh_of(subject)
        if strand is not None:
            found = Thread(subject, strand.key, Weave(strand.rows, fresh), strand.marks)
        else:
            found = Thread(subject, dict(key or {}), Weave((), fresh))
        self.threads.append(found)
        return found

    def drop(self, thread: Thread) -> None:
        """Leave a timeline as it is."""
        self.threads = [each for each in self.threads if each is not thread]

    def single(self, subject: str) -> Thread:
        """The one timeline of a subject of which a person has one."""
        strands = self.record.get(subject) or ()
        return self.thread(subject, strands[0] if strands else None)

    def planned(self, person: int) -> Iterator[Planned]:
        """What to store, with the id of the person."""
        for thread in self.threads:
            if not thread.empty:
                key = {**thread.key, "person_id": person}
                yield Planned(thread.subject, key, thread.weave.removed(), thread.weave.added())

    def judge(self, today: date) -> None:
        """Look at what comes beside all that stands, as every other way into the record does."""
        threads = [thread for thread in self.threads if not thread.empty]
        before = {subject: [row for strand in strands for row in strand.whole] for subject, strands in
                  self.record.items()}  # fmt: skip
        after = {subject: list(rows) for subject, rows in before.items()}
        added: dict[str, Sequence[Row]] = {}
        for thread in threads:
            gone = {row.id for row in thread.weave.removed()}
            key = {**thread.key, "person_id": self.person or 0}
            come = [Row(piece.period, {**piece.values, **key}) for piece, _ in thread.weave.added()]
            kept = [row for row in after.get(thread.subject, ()) if row.id not in gone]
            after[thread.subject] = sorted([*kept, *come], key=lambda row: row.period.start)
            added[thread.subject] = [*added.get(thread.subject, ()), *come]
        for subject, problem in bulk.judge(self.person or 0, today, before, after, added):
            self._take(subject, problem)

    def _take(self, subject: str, problem: Problem) -> None:
        """A seat that does not fit is left out with a doubt; anything else keeps the row out."""
        severity = problem.severity
        if subject == "appointment" and severity == "block":
            severity = "warn"
            self.threads = [thread for thread in self.threads if thread.subject != "appointment"]
        self.tell(problem.code, problem.column, problem.message, severity, problem.value)

    def found(self, seats: Mapping[int, str], kept: Mapping[str, Any]) -> FoundRow:
        """The row as the batch keeps it; ``kept``: what a possible twin says."""
        values: dict[str, Any] = {"changes": [] if self.waiting or self.blocked else self._told(seats)}
        if self.twins:
            values |= {"row": dict(kept), "why": self.why}
        return FoundRow(
            self.line, self.outcome, self.label, self.unit, self.person, values, self.twins, self.decision,
            self.decided_by, self.alters,
        )  # fmt: skip

    def _told(self, seats: Mapping[int, str]) -> list[tuple[str, str, str]]:
        told = []
        for thread in self.threads:
            for piece, _ in thread.weave.added():
                old = thread.weave.old_values(piece)
                words = bulk.told_change(thread.subject, old, {**piece.values, **thread.key}, seats)
                if not words:  # it only ends earlier, where another one of these begins
                    continue
                told.append((bulk.title_of(thread.subject), piece.period.start.isoformat(), words))
        return told
