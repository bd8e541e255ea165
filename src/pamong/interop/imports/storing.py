"""Planned rows stored in chunks: what the database refuses is narrowed down to its row, the others go in."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from pamong.interop.imports.plans import RowPlan
from pamong.kernel.problem import Problem
from pamong.ledger.dated import MovedOn
from pamong.people import bulk
from pamong.people.choices import Outcome
from pamong.people.errors import EntryRefused

CHUNK = 500  # rows; some 100 ms of work
Progress = Callable[[str, int, int], None]
Group = list[RowPlan]  # rows that are stored together or not at all
_MOVED_ON = Problem(
    "moved_on",
    "data orang ini baru saja diubah, oleh orang lain atau oleh baris lain. Impor berkas ini lagi",
    "block",
)


def quiet(what: str, done: int, total: int) -> None:
    """Tell nobody."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Plans hold no circles: looking for some over and over in a million values takes half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(slots=True)
class Storing:
    """Stores rows on a basis and keeps count of what it did."""

    basis: int
    at: datetime
    progress: Progress = quiet
    rows: dict[int, tuple[Outcome, int | None]] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    _digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    @property
    def rows_sha256(self) -> str:
        """Over all rows stored so far, in their order."""
        return self._digest.hexdigest()

    def store(self, plans: Sequence[RowPlan], links: Iterable[tuple[int, int]] = ()) -> None:
        """Store what is to be stored; note every row's outcome."""
        active = [plan for plan in plans if plan.outcome in (Outcome.NEW, Outcome.CHANGED)]
        for plan in plans:
            self.rows[plan.line] = (plan.outcome, plan.person)
        done = 0
        for chunk in _chunks(_grouped(active, links)):
            self.progress("Menyimpan", done, len(active))
            self._try(chunk)
            done += sum(len(group) for group in chunk)

    def _try(self, groups: Sequence[Group]) -> None:
        """All of them at once; where that fails in two halves, down to the one that can't be stored."""
        try:
            self._write([plan for group in groups for plan in group])
        except (EntryRefused, MovedOn) as error:
            if len(groups) > 1:
                middle = len(groups) // 2
                self._try(groups[:middle])
                self._try(groups[middle:])
            elif len(groups[0]) > 1:
                self._part(groups[0])
            else:
                self._refuse(groups[0][0], error)

    def _part(self, group: Group) -> None:
        """People who trade seats can't be stored together: each without his seat then."""
        for plan in group:
            plan.threads = [thread for thread in plan.threads if thread.subject != "appointment"]
            text = "jabatan tidak dicatat, karena pertukaran posisi ini ditolak basis data"
            plan.tell("seat_chain", "JABATAN NAMA", text)
        self._try([[plan] for plan in group])

    def _write(self, plans: Sequence[RowPlan]) -> None:
        new = [plan for plan in plans if plan.person is None]
        with bulk.in_words():
            persons = dict(
                zip((plan.line for plan in new), bulk.create_persons(len(new), self.at), strict=True)
            )
            ids = {plan.line: persons.get(plan.line) or plan.person or 0 for plan in plans}
            counts, told = bulk.write(
                [each for plan in plans for each in plan.planned(ids[plan.line])], basis=self.basis
            )
        for name, count in counts.items():
            self.written[name] = self.written.get(name, 0) + count
        for line in told:
            self._digest.update(line)
        for plan in plans:
            self.rows[plan.line] = (plan.outcome, ids[plan.line])

    def _refuse(self, plan: RowPlan, error: EntryRefused | MovedOn) -> None:
        for problem in error.problems if isinstance(error, EntryRefused) else (_MOVED_ON,):
            plan.tell(problem.code, problem.column, problem.message, "block")
        self.rows[plan.line] = (Outcome.REFUSED, plan.person)


def _chunks(groups: Sequence[Group]) -> Iterable[list[Group]]:
    chunk: list[Group] = []
    size = 0
    for group in groups:
        chunk.append(group)
        size += len(group)
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _grouped(plans: Sequence[RowPlan], links: Iterable[tuple[int, int]]) -> list[Group]:
    """Rows that wait for each other (by their lines) in one group; all others alone."""
    parent = {plan.line: plan.line for plan in plans}

    def top(line: int) -> int:
        while parent[line] != line:
            parent[line] = parent[parent[line]]
            line = parent[line]
        return line

    for one, other in links:
        if one in parent and other in parent:
            parent[top(one)] = top(other)
    groups: dict[int, Group] = {}
    for plan in plans:
        groups.setdefault(top(plan.line), []).append(plan)
    return list(groups.values())
