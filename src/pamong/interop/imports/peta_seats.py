"""The seats of a peta jabatan: each row's number of them, beside those that the unit has of the post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pamong.interop.imports.registering import Work
from pamong.interop.imports.sheets import SaidRow
from pamong.interop.imports.structure import Structure
from pamong.organisation import bulk, services
from pamong.organisation.bulk import SeatFact
from pamong.organisation.errors import Refused
from pamong.organisation.services import SeatSpec
from pamong.people.bulk import read_holders

if TYPE_CHECKING:
    from pamong.interop.imports.peta import Notes

Place = tuple[int, int]


@dataclass(slots=True)
class _Row:
    """A row with the seats that are its own, and how many are lacking."""

    said: SaidRow
    place: Place
    seats: list[SeatFact] = field(default_factory=list)

    @property
    def line(self) -> int:
        return int(self.said["line"])

    @property
    def lacking(self) -> int:
        return int(self.said["seats"]) - len(self.seats)


class SeatWork:
    """Brings the seats of a file about: new ones, other classes, frozen ones, those that close."""

    def __init__(self, rows: Sequence[tuple[SaidRow, int, int]], work: Work, notes: Notes) -> None:
        self.rows = [_Row(said, (unit, post)) for said, unit, post in rows]
        self.work, self.notes = work, notes
        self.known = Structure.load(work.options.on)
        self.units = {unit.id: unit for unit in self.known.units}
        self.posts = {post.id: post for post in self.known.posts}
        self.held = {seat for seat, people in self._holders().items() if people}
        self.whose = self._holders(acting=True)
        self.common: dict[str, Any] = {"actor": work.actor, "at": work.at, "basis": work.basis}

    def _holders(self, *, acting: bool = False) -> dict[int, list[int]]:
        """Who has each seat on the file's date or later."""
        on = self.work.options.on
        return {
            seat: [person for period, person in stretches if period.end is None or period.end > on]
            for seat, stretches in read_holders(acting=acting).items()
        }

    def store(self) -> None:
        """Everything, in the order in which one thing needs the other: heads before who reports to them."""
        self._allot()
        for row in self.rows:
            for seat in row.seats:
                self._change(row, seat)
            if row.lacking < 0:
                self._close(row)
            self._freeze(row)
        self._add([row for row in self.rows if row.lacking > 0 and row.said["is_head"]])
        self._add([row for row in self.rows if row.lacking > 0 and not row.said["is_head"]])
        self._needs()
        self._lines()

    def _allot(self) -> None:
        """The seats of a post in a unit to its rows: those of the same class and head first."""
        left = {row.place: list(self.known.seats_of(*row.place)) for row in self.rows}
        for exact in (True, False):
            for row in self.rows:
                fitting = [seat for seat in left[row.place] if not exact or _fits(row, seat)]
                # Who closes seats closes vacant ones: held ones are allotted first.
                fitting.sort(key=lambda seat: (seat.id not in self.held, seat.id))
                taken = fitting[: max(0, row.lacking)]
                row.seats += taken
                left[row.place] = [seat for seat in left[row.place] if seat not in taken]
        last = {row.place: row for row in self.rows}
        for place, seats in left.items():
            last[place].seats += seats  # too many by now

    def _change(self, row: _Row, seat: SeatFact) -> None:
        news: dict[str, Any] = {}
        if row.said["job_class"] and row.said["job_class"] != seat.job_class:
            news["job_class"] = row.said["job_class"]
        if row.said["is_head"] not in (None, seat.is_head):
            news["is_head"] = bool(row.said["is_head"])
        if news and self._do(row, "KELAS JABATAN", seat, news):
            was = "kosong" if seat.job_class is None else seat.job_class
            words = f"Kelas {was} menjadi {news['job_class']}" if "job_class" in news else "Pimpinan"
            self._note(row, words)

    def _do(self, row: _Row, column: str, seat: SeatFact, values: Mapping[str, Any]) -> bool:
        on = self.work.options.on
        done = self.notes.trying(
            row.line, column, services.change_seat, seat=seat.uid, on=on, values=values, **self.common
        )
        self.notes.count("seat", int(done))
        if done:
            self._alter(row, seat)
        return done

    def _alter(self, row: _Row, seat: SeatFact) -> None:
        """A seat that stood is otherwise now: a second officer stores it, who has not that seat."""
        self.notes.alter(row.line, self.whose.get(seat.id, ()))

    def _close(self, row: _Row) -> None:
        """Only vacant seats close; where they are too few, the rest is told and stays."""
        surplus = -row.lacking
        vacant = [seat for seat in row.seats if seat.id not in self.held]
        closing = sorted(vacant, key=lambda seat: (not seat.frozen, -seat.id))[:surplus]
        for seat in closing:
            asked = {"seat": seat.uid, "on": self.work.options.on, **self.common}
            if self.notes.trying(row.line, "JUMLAH", services.close_seat, **asked):
                row.seats.remove(seat)
                self._alter(row, seat)
                self._note(row, "1 posisi kosong ditutup")
                self.notes.count("seat", 1)
        if len(closing) < surplus:
            text = (
                f"{row.said['seats']} posisi, padahal {len(row.seats)} masih dipegang; "
                f"{surplus - len(closing)} posisi belum dapat ditutup. Pindahkan pemegangnya dulu"
            )
            self.notes.tell(row.line, "seats_held", "JUMLAH", text)

    def _freeze(self, row: _Row) -> None:
        """As many frozen seats as the row says; an empty cell changes nothing."""
        wanted = int(row.said["frozen"])
        frozen = [seat for seat in row.seats if seat.frozen]
        if not wanted or wanted == len(frozen):
            return
        more = sorted((seat for seat in row.seats if not seat.frozen), key=lambda seat: seat.id in self.held)
        turning = more[: wanted - len(frozen)] if wanted > len(frozen) else frozen[wanted:]
        for seat in turning:
            if self._do(row, "DIBEKUKAN", seat, {"frozen": not seat.frozen}):
                self._note(row, "1 posisi dicairkan" if seat.frozen else "1 posisi dibekukan")

    def _add(self, rows: Sequence[_Row]) -> None:
        """All new seats in one act; where that is refused row by row."""
        specs = [(row, spec) for row in rows for spec in self._specs(row)]
        on = self.work.options.on
        try:
            if specs:
                services.add_seats(on=on, specs=[spec for _, spec in specs], **self.common)
            stored = specs
        except Refused:
            stored = [
                (row, spec)
                for row, spec in specs
                if self.notes.trying(
                    row.line, "JUMLAH", services.add_seats, on=on, specs=[spec], **self.common
                )
            ]
        for row, spec in stored:
            words = f"{spec.count} posisi {row.said['post_name']}"
            self.notes.note(row.line, "Posisi", on.isoformat(), words, new=not row.seats)
            self.notes.count("seat", spec.count)

    def _specs(self, row: _Row) -> list[SeatSpec]:
        unit, post = self.units[row.place[0]].uid, self.posts[row.place[1]].uid
        common: dict[str, Any] = {
            "job_class": row.said["job_class"],
            "is_head": bool(row.said["is_head"]),
            "superior": self._superior(row),
        }
        lacking = row.lacking
        frozen = min(lacking, max(0, int(row.said["frozen"]) - sum(seat.frozen for seat in row.seats)))
        found = [SeatSpec(unit, post, lacking - frozen, **common)] if lacking > frozen else []
        return found + ([SeatSpec(unit, post, frozen, frozen=True, **common)] if frozen else [])

    def _superior(self, row: _Row) -> UUID | None:
        """The head of the unit that the row names as superior, where it stands already."""
        code = row.said["superior_code"]
        if not code:
            return None
        unit = self.known.find_unit({"unit_code": code, "unit_name": None})
        heads = {seat.unit_id: seat.uid for seat in bulk.read_seats(self.work.options.on) if seat.is_head}
        return heads.get(unit) if unit is not None else None

    def _needs(self) -> None:
        """Needs by workload, summed over the rows of a post in a unit."""
        needs: dict[tuple[UUID, UUID], int] = {}
        for row in self.rows:
            if row.said["need"] is not None:
                place = (self.units[row.place[0]].uid, self.posts[row.place[1]].uid)
                needs[place] = needs.get(place, 0) + int(row.said["need"])
        if needs:
            changed = bulk.set_needs(on=self.work.options.on, needs=needs, **self.common)
            self.notes.count("workload", changed)

    def _lines(self) -> None:
        """Superiors that rows name for seats that stood before, and of heads; all others by default."""
        on = self.work.options.on
        services.set_default_lines(on=on, **self.common)
        seats = bulk.read_seats(on)
        heads = {seat.unit_id: seat for seat in seats if seat.is_head}
        for row in self.rows:
            code = row.said["superior_code"]
            unit = self.known.find_unit({"unit_code": code, "unit_name": None}) if code else None
            above = heads.get(unit) if unit is not None else None
            if above is not None:
                self._report(row, [seat for seat in seats if _is_of(row, seat)], above)
            elif code:
                text = f"unit {code} belum punya pimpinan; garis atasannya dibiarkan"
                self.notes.tell(row.line, "superior_vacant", "ATASAN", text)

    def _report(self, row: _Row, seats: Sequence[SeatFact], above: SeatFact) -> None:
        for seat in seats:
            asked = {"seat": seat.uid, "superior": above.uid, "on": self.work.options.on, **self.common}
            if seat.superior_id != above.id and self.notes.trying(
                row.line, "ATASAN", services.set_line, **asked
            ):
                self._note(row, "Atasan langsung")
                if seat.id in self.known.seats and seat.superior_id is not None:
                    self._alter(row, seat)

    def _note(self, row: _Row, words: str) -> None:
        self.notes.note(row.line, "Posisi", self.work.options.on.isoformat(), words)


def _fits(row: _Row, seat: SeatFact) -> bool:
    same_class = not row.said["job_class"] or row.said["job_class"] == seat.job_class
    return same_class and row.said["is_head"] in (None, seat.is_head)


def _is_of(row: _Row, seat: SeatFact) -> bool:
    return (seat.unit_id, seat.post_id) == row.place and _fits(row, seat)
