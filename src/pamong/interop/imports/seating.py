"""Which seat each row's person has: found by unit and post, given out so that movers make room for others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pamong.interop.imports.plans import RowPlan, Thread
from pamong.interop.imports.structure import Structure
from pamong.kernel.errors import InvalidValue
from pamong.kernel.period import Period
from pamong.organisation.bulk import SeatFact
from pamong.people import bulk
from pamong.people.bulk import Strand
from pamong.people.choices import AppointmentKind

_KEY: Mapping[str, Any] = {"kind": AppointmentKind.REGULAR.value, "stint": 0}
_FACTS: Mapping[str, Any] = {"order_no": "", "order_on": None, "note": ""}


@dataclass(slots=True)
class _Wish:
    """A row's person who comes to a unit and post, from a seat that he leaves."""

    plan: RowPlan
    unit: int
    post: int
    since: date
    strand: Strand | None
    leaves: int | None = None
    seat: SeatFact | None = None


@dataclass(slots=True)
class Seating:
    """Gives out the seats of a structure on the file's date. ``links``: rows that wait for each other."""

    structure: Structure
    on: date
    holders: Mapping[int, list[tuple[Period, int]]] = field(default_factory=bulk.read_holders)
    links: list[tuple[int, int]] = field(default_factory=list)

    def seat(self, plans: Iterable[RowPlan]) -> None:
        """Weave a seat into each row that names one; what is in the way is told, and he gets none."""
        wishes = [wish for plan in plans if (wish := self._wish(plan)) is not None]
        staying: set[int] = set()
        while True:
            failed = self._give_out([wish for wish in wishes if wish.plan.line not in staying])
            if not failed:
                break
            # Who finds no seat keeps his own, which nobody else can have then.
            staying |= {wish.plan.line for wish in failed}
        self._link([wish for wish in wishes if wish.seat is not None])
        for wish in wishes:
            if wish.seat is None:
                wish.plan.tell("no_seat", "JABATAN NAMA", self._why(wish))
            else:
                self._weave(wish, wish.seat)

    def _wish(self, plan: RowPlan) -> _Wish | None:
        said = plan.said
        if (
            plan.blocked
            or plan.waiting
            or not said["post_name"]
            or not (said["unit_code"] or said["unit_name"])
        ):
            return None
        unit, post = self.structure.find_unit(said), None
        if unit is None:
            plan.tell(
                "unit_unknown", "UNOR NAMA", "belum ada di data unit; jabatan tidak dicatat", value=plan.unit
            )
            return None
        post = self.structure.find_post(said, unit)
        if post is None:
            text = "belum ada di peta jabatan unit ini; jabatan tidak dicatat"
            plan.tell("post_unknown", "JABATAN NAMA", text, value=said["post_name"])
            return None
        strands = [each for each in plan.record.get("appointment", ()) if each.key["kind"] == _KEY["kind"]]
        strand = strands[0] if strands else None
        start = said["post_since"] or said["cpns_since"] or self.on
        wish = _Wish(plan, unit, post, start, strand)
        return wish if self._compare(wish) else None

    def _compare(self, wish: _Wish) -> bool:
        """Whether he is to move; told where he sits otherwise and the record is newer."""
        rows = wish.strand.rows if wish.strand else []
        day = max(self.on, wish.since)
        held = next((row for row in rows if row.period.contains(day)), None)
        if held is None:
            later = [row for row in rows if row.period.end is None or row.period.end > wish.since]
            if later:
                self._tell_newer(wish.plan, "jabatan di sini lebih baru")
            return not later
        seat = self.structure.seats.get(held.values["seat_id"])
        if seat is not None and (seat.unit_id, seat.post_id) == (wish.unit, wish.post):
            return False
        mark = wish.strand.marks[held.id or 0] if wish.strand else None
        if held.period.start > wish.since or (mark and mark.by_hand and mark.recorded_on >= self.on):
            self._tell_newer(wish.plan, f"di sini {self.structure.label(held.values['seat_id'])}")
            return False
        wish.leaves = held.values["seat_id"]
        return True

    @staticmethod
    def _tell_newer(plan: RowPlan, here: str) -> None:
        text = f"berkas: {plan.said['post_name']}, {plan.unit}; {here}, lebih baru, jadi tidak diubah"
        plan.tell("newer_here", "JABATAN NAMA", text)

    def _give_out(self, wishes: list[_Wish]) -> list[_Wish]:
        """A seat for each, in the order of the file; those who leave a seat and find none."""
        given: dict[int, int] = {}
        leaving = {wish.leaves: wish for wish in wishes if wish.leaves is not None}
        failed = []
        for wish in wishes:
            wish.seat = next(
                (seat for seat in self.structure.seats_of(wish.unit, wish.post)
                 if seat.id not in given and self._is_free(seat, wish, leaving)),
                None,
            )  # fmt: skip
            if wish.seat is not None:
                given[wish.seat.id] = wish.plan.line
            elif wish.leaves is not None:
                failed.append(wish)
        for wish in failed:
            wish.seat = None
        return failed

    def _is_free(self, seat: SeatFact, wish: _Wish, leaving: Mapping[int, _Wish]) -> bool:
        if seat.frozen or seat.until is not None:
            return False
        start = max(seat.since, wish.since)
        for period, person in self.holders.get(seat.id, ()):
            if person == wish.plan.person:
                continue
            other = leaving.get(seat.id)
            gone = other is not None and other.plan.person == person and other.since <= start
            if not gone and (period.end is None or period.end > start):
                return False
        return True

    def _link(self, wishes: list[_Wish]) -> None:
        """Who comes to a seat and who leaves it are stored together."""
        leaving = {wish.leaves: wish.plan.line for wish in wishes if wish.leaves is not None}
        for wish in wishes:
            if wish.seat is not None and wish.seat.id in leaving:
                self.links.append((wish.plan.line, leaving[wish.seat.id]))

    def _weave(self, wish: _Wish, seat: SeatFact) -> None:
        plan, start = wish.plan, max(seat.since, wish.since)
        note = ""
        if start != wish.since:
            note = f"TMT menurut berkas: {wish.since:%d-%m-%Y}"
            text = (
                f"{wish.since:%d-%m-%Y} sebelum posisinya ada di sini; jabatan dicatat sejak {start:%d-%m-%Y}"
            )
            plan.tell("seat_later", "TMT JABATAN", text, "info")
        thread: Thread = plan.thread("appointment", wish.strand, _KEY)
        values = {**_FACTS, "seat_id": seat.id, "note": note}
        found = thread.weave.at(start)
        try:
            if found is not None and found.period.start == start:
                # What the file does not tell (the order, a note of people) stays as it stands.
                thread.weave.correct(found, {"seat_id": seat.id} | ({"note": note} if note else {}))
            else:
                thread.weave.change(start, values)
        except InvalidValue as error:
            plan.drop(thread)
            plan.tell("appointment", "TMT JABATAN", f"jabatan tidak dicatat. {error}")

    def _why(self, wish: _Wish) -> str:
        seats = self.structure.seats_of(wish.unit, wish.post)
        frozen = sum(seat.frozen for seat in seats)
        told = f" ({frozen} dibekukan)" if frozen else ""
        return (
            f"{len(seats)} posisi jabatan ini di unit ini{told}, tidak ada yang kosong; jabatan tidak "
            "dicatat. "
            "Tambah posisinya di peta jabatan, atau periksa pemegangnya"
        )
