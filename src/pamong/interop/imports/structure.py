"""Units, posts and seats as a file's rows find them, by code or by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pamong.interop.imports.comparing import folded
from pamong.interop.imports.sheets import SaidRow
from pamong.interop.register.peta_cells import read_post_kind
from pamong.organisation import bulk
from pamong.organisation.bulk import PostFact, SeatFact, UnitFact
from pamong.organisation.choices import PostKind

_STRUCTURAL = "struktural"


def slug(text: str) -> str:
    """A code as units have it: ``DINKES-01`` becomes ``dinkes_01``."""
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") or "unit"


@dataclass(slots=True)
class Structure:
    """What stands on a date, and how rows name it."""

    units: Sequence[UnitFact]
    posts: Sequence[PostFact]
    seats: dict[int, SeatFact]
    _units: dict[str, int] = field(default_factory=dict)
    _named: dict[str, list[int]] = field(default_factory=dict)
    _posts: dict[str, list[PostFact]] = field(default_factory=dict)
    _groups: dict[tuple[int, int], list[SeatFact]] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    _labels: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls, on: date) -> Structure:
        """As known now, on a date."""
        found = cls(bulk.read_units(on), bulk.read_posts(), {seat.id: seat for seat in bulk.read_seats(on)})
        for unit in found.units:
            for code in (unit.external_code, unit.code):
                if code:
                    found._units.setdefault(code.casefold(), unit.id)
            found._named.setdefault(folded(unit.name), []).append(unit.id)
            found._names[unit.id] = unit.name
        for post in found.posts:
            for name in {post.name, f"{post.name} {post.jenjang}".strip()}:
                found._posts.setdefault(folded(name), []).append(post)
            if post.external_code:
                found._posts.setdefault(post.external_code.casefold(), []).append(post)
        for seat in found.seats.values():
            found._groups.setdefault((seat.unit_id, seat.post_id), []).append(seat)
        return found

    def find_unit(self, said: SaidRow) -> int | None:
        """By UNOR ID, by our code, by the exact name where only one unit has it."""
        code = (said["unit_code"] or "").casefold()
        for key in (code, slug(code) if code else ""):
            if key and key in self._units:
                return self._units[key]
        named = self._named.get(folded(said["unit_name"] or ""), [])
        return named[0] if len(named) == 1 else None

    def find_post(self, said: SaidRow, unit: int) -> int | None:
        """By name (with or without its level) and kind; first such a one as the unit has seats of."""
        kinds = kinds_of(said["post_kind"])
        keys = ((said["post_code"] or "").casefold(), folded(said["post_name"]))
        found = [post for key in keys if key for post in self._posts.get(key, ()) if post.kind in kinds]
        found.sort(key=lambda post: (unit, post.id) not in self._groups)  # else the oldest
        return found[0].id if found else None

    def seats_of(self, unit: int, post: int) -> Sequence[SeatFact]:
        """The seats of a post in a unit."""
        return self._groups.get((unit, post), ())

    def label(self, seat: int) -> str:
        """Post and unit of a seat."""
        return self.labels.get(seat, "posisi yang sudah berakhir")

    @property
    def labels(self) -> Mapping[int, str]:
        """Post and unit of every seat."""
        if not self._labels:
            posts = {post.id: post.name for post in self.posts}
            for seat in self.seats.values():
                self._labels[seat.id] = f"{posts[seat.post_id]}, {self._names.get(seat.unit_id, '')}"
        return self._labels


def is_structural(text: str | None) -> bool:
    """Whether a cell says only that the post leads, not on which level."""
    return bool(text) and _STRUCTURAL in str(text).casefold()


def kinds_of(text: str | None) -> frozenset[str]:
    """The kinds of posts that a cell of the export may mean; all of them where it tells nothing."""
    if is_structural(text):
        return frozenset(kind.value for kind in PostKind if kind.managerial)
    kind, _ = read_post_kind(text or "")
    return frozenset([kind.value]) if kind else frozenset(each.value for each in PostKind)
