"""Rows of units, seats, lines and workload, from the plan and from who sat where when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pamong.demo.town.places import Held
from pamong.demo.town.plan import SeatPlan
from pamong.demo.town.rules import REFORM, STRUCTURE, PostRule, read
from pamong.demo.town.shapes import (
    Line,
    Post,
    Reorganisation,
    SeatRow,
    SiteRow,
    UnitRow,
    Workload,
)
from pamong.demo.town.units import UnitPlan, root, sites

_FROZEN_FROM = date(2025, 1, 2)
_FAR_FUTURE = date.max
_MORE_EACH = 3  # every third post of a unit needs one more than there are seats


class Posts:
    """Numbers the posts as they are asked for."""

    def __init__(self) -> None:
        self.rows: list[Post] = []
        self._numbers: dict[Post, int] = {}

    def number(self, rule: PostRule, unit: str) -> int:
        """The place in ``Structure.posts`` of a post at a level, in a unit of that name."""
        name = rule.name.format(unit=unit, rest=unit.partition(" ")[2])
        if rule.track and not rule.name.startswith("Kepala"):  # a head of a school is called just that
            name = f"{rule.name} {rule.jenjang}"
        post = Post(name, rule.kind, rule.jenjang, rule.eselon, rule.family)
        if post not in self._numbers:
            self._numbers[post] = len(self.rows)
            self.rows.append(post)
        return self._numbers[post]


def reorganisations() -> Iterator[Reorganisation]:
    """The dated acts."""
    for number, entry in enumerate(read("structure")["reorganisations"], start=1):
        day = entry["day"]
        yield Reorganisation(day, entry["title"], f"{number + 6}/{day.year - 1}", date(day.year - 1, 12, 15))


class Tree:
    """The units of a town and the seats in them. ``units`` must hold everyone's unit above."""

    def __init__(self, units: Sequence[UnitPlan], seats: Iterable[SeatPlan]) -> None:
        self.root = root()
        self.units = [self.root, *units]
        self.seats = list(seats)
        self._by_code = {unit.code: unit for unit in self.units}
        self._site = sites(self.units)
        self._heads: dict[str, list[SeatPlan]] = {}
        for seat in self.seats:
            if seat.is_head:
                for code in {seat.unit.code, seat.unit.came_from} - {""}:
                    self._heads.setdefault(code, []).append(seat)
        self._above: dict[tuple[str, date], SeatPlan | None] = {}

    def unit_rows(self) -> Iterator[UnitRow]:
        """All units' rows, each unit after the one above it today."""
        for unit in self.units:
            yield from unit.rows(self._site[unit.code])

    def site_rows(self) -> Iterator[SiteRow]:
        """The places of work."""
        zone = read("structure")["zone"]
        for number, unit in enumerate(self.units):
            if self._site[unit.code] == unit.code:
                address = f"{read('words')['streets'][number % 12]} No. {number % 97 + 1}, Kota Contoh"
                yield SiteRow(unit.code, unit.name, zone, address, unit.opens, unit.closes)

    def changes(self, unit: UnitPlan) -> frozenset[date]:
        """Days on which a unit came under another office."""
        found = {until for until, _ in unit.parents}
        if unit.came_from:
            found.add(REFORM)
        above = self._by_code.get(unit.parent)
        return frozenset(found) | (self.changes(above) if above and above is not self.root else frozenset())

    def span(self, seat: SeatPlan, held: Sequence[Held]) -> tuple[date, date | None]:
        """From when to when a seat is in the book: known since 2017 or its first holder, heads always."""
        first = min((entry.start for entry in held), default=_FAR_FUTURE)
        start = seat.opens if seat.is_head else max(seat.opens, min(STRUCTURE, first))
        if seat.kind != "closed":
            return start, seat.closes
        return first, max(entry.end or _FAR_FUTURE for entry in held)

    def seat_rows(self, seat: SeatPlan, held: Sequence[Held], posts: Posts) -> Iterator[SeatRow]:
        """A seat's rows: its post at the level of each holder, its unit, since when it is frozen."""
        start, end = self.span(seat, held)
        levels = [(entry.start, entry.rule) for entry in held]
        if held and held[-1].end and held[-1].end < (end or _FAR_FUTURE):
            levels.append((held[-1].end, seat.rule))
        days = {start, *(day for day, _ in levels[1:])}
        days |= {REFORM} if seat.unit.came_from else set()
        days |= {until for until, _ in seat.unit.names} if seat.is_head else set()
        days |= {_FROZEN_FROM} if seat.kind == "frozen" else set()
        kept: list[SeatRow] = []
        for day in sorted(day for day in days if start <= day < (end or _FAR_FUTURE)):
            rule = next((rule for since, rule in reversed(levels) if since <= day), None)
            rule = rule or (levels[0][1] if levels else seat.rule)
            frozen = seat.kind == "frozen" and day >= _FROZEN_FROM
            post = posts.number(rule, self._name_on(seat, day))
            row = SeatRow(seat.key, seat.unit_on(day), post, rule.job_class, seat.is_head, frozen, day, end)
            if kept and kept[-1][:6] == row[:6]:
                continue
            if kept:
                kept[-1] = kept[-1]._replace(end=day)
            kept.append(row)
        yield from kept

    def _name_on(self, seat: SeatPlan, day: date) -> str:
        unit = self._by_code[seat.unit_on(day)]
        return next((name for until, name in unit.names if day < until), unit.name)

    def lines(self, spans: dict[SeatPlan, tuple[date, date | None]]) -> Iterator[Line]:
        """To whom each seat reports: the head of its unit, or of the nearest unit above that has one."""
        days = sorted({entry["day"] for entry in read("structure")["reorganisations"]})
        for seat, (start, end) in spans.items():
            kept: list[Line] = []
            for day in [start, *(day for day in days if start < day < (end or _FAR_FUTURE))]:
                above = self.superior(seat, day)
                if kept and kept[-1].end is None:
                    if above and kept[-1].superior == above.key:
                        continue
                    kept[-1] = kept[-1]._replace(end=day)
                if above is not None:
                    kept.append(Line(seat.key, above.key, day, None))
            if kept and kept[-1].end is None:
                kept[-1] = kept[-1]._replace(end=end)
            yield from kept

    def superior(self, seat: SeatPlan, day: date) -> SeatPlan | None:
        """The seat above another on a day; None at the very top."""
        code = seat.unit_on(day)
        unit = self._by_code[code]
        found = self._head_from(unit.parent_on(day) if seat.is_head else code, day)
        return None if found is seat else found

    def _head_from(self, code: str, day: date) -> SeatPlan | None:
        """The head of a unit on a day, else of the unit above it, and so on; of all at the top."""
        key = code, day
        if key not in self._above:
            unit = self._by_code[code]
            found: SeatPlan | None
            if unit is self.root:
                found = self._heads[read("structure")["root"]["lead"]][0]
            else:
                there = (s for s in self._heads.get(code, ()) if s.unit_on(day) == code and s.opens <= day)
                found = next(there, None) or self._head_from(unit.parent_on(day), day)
            self._above[key] = found
        return self._above[key]


def workload(rows: Iterable[SeatRow], units: dict[str, UnitPlan]) -> Iterator[Workload]:
    """What units need since the reform: as many as there are seats, and one more of some posts."""
    today = [row for row in rows if row.end is None]
    counts = Counter((row.unit, row.post) for row in today)
    heads = {(row.unit, row.post) for row in today if row.is_head}
    for number, ((code, post), count) in enumerate(counts.items()):
        more = int(number % _MORE_EACH == 0 and (code, post) not in heads)
        yield Workload(code, post, count + more, max(REFORM, units[code].opens), None)
