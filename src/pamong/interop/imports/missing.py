"""What rows name and the peta jabatan lacks, made so that people can sit there: units, posts, seats.

All of it stands since the earliest day of the file on which anybody sits somewhere: nothing else is known of
its past. Classes are not known and stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from pamong.interop.imports.comparing import folded
from pamong.interop.imports.plans import RowPlan
from pamong.interop.imports.sheets import SaidRow
from pamong.interop.imports.structure import Structure, is_structural, kinds_of, slug
from pamong.interop.register.peta_cells import JENJANGS, guess_unit_kind
from pamong.kernel.actor import Actor
from pamong.organisation import bulk, services
from pamong.organisation.bulk import NewPost
from pamong.organisation.choices import PostKind, UnitKind
from pamong.organisation.services import NewUnit, SeatSpec
from pamong.people.bulk import read_holders

OFFICES = (UnitKind.OPD, UnitKind.DISTRICT, UnitKind.HOSPITAL)
_LED_BY = {
    UnitKind.OPD: PostKind.JPT_PRATAMA,
    UnitKind.DISTRICT: PostKind.ADMINISTRATOR,
    UnitKind.BUREAU: PostKind.ADMINISTRATOR,
    UnitKind.DIVISION: PostKind.ADMINISTRATOR,
    UnitKind.HOSPITAL: PostKind.ADMINISTRATOR,
}
_LONGEST_CODE = 60
Place = tuple[int, int]


class Codes:
    """Fresh codes of units: from their names, told apart by a number where the name is taken."""

    def __init__(self) -> None:
        self._taken = bulk.read_codes()

    def fresh(self, name: str) -> str:
        """A code that no unit has had."""
        base = code = slug(name)[:_LONGEST_CODE]
        number = 1
        while code in self._taken:
            number += 1
            code = f"{base}_{number}"
        self._taken.add(code)
        return code


def make_missing(
    plans: Sequence[RowPlan], *, actor: Actor, at: datetime, on: date, basis: int
) -> dict[str, int]:
    """Make what is lacking; returns how many units, posts and seats. ``NotAllowed``, ``Refused``."""
    rows = [plan for plan in plans if not plan.blocked and not plan.waiting and plan.said["post_name"]]
    if not rows:
        return {}
    making = _Making(rows, actor, at, on, basis)
    counts = {"unit": making.units(), "post": making.posts(), "seat": making.seats()}
    return {name: count for name, count in counts.items() if count}


@dataclass
class _Making:
    rows: Sequence[RowPlan]
    actor: Actor
    at: datetime
    on: date
    basis: int

    @cached_property
    def since(self) -> date:
        """The earliest day of the file on which somebody sits somewhere."""
        days = [row.said["post_since"] or row.said["cpns_since"] or self.on for row in self.rows]
        return min(*days, self.on)

    def units(self) -> int:
        """Units below the perangkat daerah that their row names, and these below the government."""
        known = Structure.load(self.on)
        codes, new = Codes(), dict[str, NewUnit]()
        since = {unit.code: unit.since for unit in known.units}
        by_id = {unit.id: unit.code for unit in known.units}
        root = next((unit.code for unit in known.units if not unit.parent), "")
        if not root:
            root = codes.fresh("pemda")
            values = {"name": "Pemerintah daerah", "kind": UnitKind.GOVERNMENT.value}
            new["root"] = NewUnit(root, values)
        for row in self.rows:
            said = row.said
            if known.find_unit(said) is not None or not (said["unit_name"] or said["unit_code"]):
                continue
            parent = root
            if (office := said["opd_name"]) and not _is_office(said):
                found = known.find_unit({"unit_code": None, "unit_name": office})
                parent = by_id[found] if found is not None else self._office(new, codes, office, root)
            key = folded(said["opd_name"] if _is_office(said) else said["unit_code"] or said["unit_name"])
            if key not in new or not new[key].values.get("external_code"):
                old = new.get(key)
                values = _values(said["unit_name"] or said["unit_code"], UnitKind.DIVISION, parent)
                code = old.code if old else codes.fresh(values["name"])
                new[key] = NewUnit(code, values | {"external_code": said["unit_code"] or ""})
        self._create(new, since)
        return len(new)

    @staticmethod
    def _office(new: dict[str, NewUnit], codes: Codes, name: str, root: str) -> str:
        key = str(folded(name))
        if key not in new:
            new[key] = NewUnit(codes.fresh(name), _values(name, UnitKind.OPD, root))
        return new[key].code

    def _create(self, new: Mapping[str, NewUnit], since: Mapping[str, date]) -> None:
        """From the earliest day on, but not before the unit above, where that stands already."""
        days: dict[date, list[NewUnit]] = {}
        day_of: dict[str, date] = {}
        waiting = list(new.values())
        while waiting:
            for unit in list(waiting):
                parent = unit.values.get("parent", "")
                if parent in {other.code for other in waiting}:
                    continue
                above = day_of.get(parent) or since.get(parent) or self.since
                day_of[unit.code] = max(self.since, above)
                days.setdefault(day_of[unit.code], []).append(unit)
                waiting.remove(unit)
        for day in sorted(days):
            services.create_units(actor=self.actor, at=self.at, on=day, units=days[day], basis=self.basis)

    def posts(self) -> int:
        """Posts by name and kind; the level of a functional post is parted from its name."""
        known = Structure.load(self.on)
        kinds = {unit.id: UnitKind(unit.kind) for unit in known.units}
        new: dict[tuple[str, str, str], NewPost] = {}
        for row in self.rows:
            unit = known.find_unit(row.said)
            if unit is None or known.find_post(row.said, unit) is not None:
                continue
            kind = _post_kind(row.said, kinds[unit])
            name, jenjang = _parted(row.said["post_name"]) if kind is PostKind.FUNCTIONAL else (
                row.said["post_name"], "")  # fmt: skip
            post = NewPost(name, kind.value, jenjang, "", row.said["post_code"] or "")
            new.setdefault((str(folded(name)), kind.value, jenjang), post)
        if new:
            bulk.create_posts(actor=self.actor, at=self.at, posts=list(new.values()), basis=self.basis)
        return len(new)

    def seats(self) -> int:
        """As many seats of each post in each unit as people need who don't sit there yet."""
        known = Structure.load(self.on)
        holders = read_holders()
        wanted: dict[Place, int] = {}
        for place, row in self._places(known):
            if not _sits(row, known, place):
                wanted[place] = wanted.get(place, 0) + 1
        lacking = {
            place: count
            - sum(not seat.frozen and not holders.get(seat.id) for seat in known.seats_of(*place))
            for place, count in wanted.items()
        }
        specs = list(self._specs(known, {place: count for place, count in lacking.items() if count > 0}))
        days: dict[date, list[SeatSpec]] = {}
        since = {unit.uid: unit.since for unit in known.units}
        for spec in specs:
            days.setdefault(max(self.since, since[spec.unit]), []).append(spec)
        for day in sorted(days):
            services.add_seats(actor=self.actor, at=self.at, on=day, specs=days[day], basis=self.basis)
        return sum(spec.count for spec in specs)

    def _places(self, known: Structure) -> Iterator[tuple[Place, RowPlan]]:
        for row in self.rows:
            unit = known.find_unit(row.said)
            post = known.find_post(row.said, unit) if unit is not None else None
            if unit is not None and post is not None:
                yield (unit, post), row

    def _specs(self, known: Structure, lacking: Mapping[Place, int]) -> Iterator[SeatSpec]:
        """One seat of a leading post is the head of a unit that has none."""
        units = {unit.id: unit.uid for unit in known.units}
        posts = {post.id: post for post in known.posts}
        led = {seat.unit_id for seat in known.seats.values() if seat.is_head}
        for (unit, post), count in lacking.items():
            leads = PostKind(posts[post].kind).managerial and unit not in led
            if leads:
                led.add(unit)
                yield SeatSpec(units[unit], posts[post].uid, 1, is_head=True)
            if count - leads:
                yield SeatSpec(units[unit], posts[post].uid, count - leads)


def _is_office(said: SaidRow) -> bool:
    """Whether the row's unit is the perangkat daerah itself."""
    return bool(said["opd_name"]) and folded(said["unit_name"] or "") == folded(said["opd_name"])


def _values(name: str, otherwise: UnitKind, parent: str) -> dict[str, Any]:
    kind = guess_unit_kind(name) or otherwise
    return {"name": name, "kind": kind.value, "parent": parent, "is_opd": kind in OFFICES}


def _post_kind(said: SaidRow, unit: UnitKind) -> PostKind:
    kinds = kinds_of(said["post_kind"])
    if len(kinds) == 1:
        return PostKind(next(iter(kinds)))
    return _LED_BY.get(unit, PostKind.PENGAWAS) if is_structural(said["post_kind"]) else PostKind.PELAKSANA


def _parted(name: str) -> tuple[str, str]:
    """``Guru Ahli Muda`` as name and level."""
    for jenjang in JENJANGS:
        rest = name[: -len(jenjang)].rstrip()
        if rest and folded(name).endswith(f" {folded(jenjang)}"):
            return rest, jenjang
    return name, ""


def _sits(row: RowPlan, known: Structure, place: Place) -> bool:
    """Whether the row's person sits in such a seat already."""
    strands = [each for each in row.record.get("appointment", ()) if each.key["kind"] == "regular"]
    held = [known.seats.get(each.values["seat_id"]) for strand in strands for each in strand.rows]
    return any(seat is not None and (seat.unit_id, seat.post_id) == place for seat in held)
