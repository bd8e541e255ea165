"""The units of one copy of the city through time, read from ``structure.yaml``.

A larger government is the city again, each copy with a number behind its codes and names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pamong.demo.town.rules import BEGIN, REFORM, STRUCTURE, read
from pamong.demo.town.shapes import Lineage, UnitRow

_SITED = frozenset({"government", "opd", "district", "ward", "clinic", "hospital", "school"})
_OLD = "old_"  # templates of offices that the reform closed


@dataclass(frozen=True, slots=True, eq=False)
class UnitPlan:
    """A unit as planned: where it stands today, and (until, parent) and (until, name) of before.

    ``came_from`` is the office whose head and direct staff became this one's on the day of the reform.
    """

    code: str
    name: str
    kind: str
    template: str
    parent: str
    head: str = ""
    short: str = ""
    unit_class: str = ""
    jf: str = ""
    group: str = "TPP"
    machine: str = "attlog"
    women: int | None = None
    shifts: bool = False
    is_opd: bool = False
    opens: date = BEGIN
    closes: date | None = None
    parents: tuple[tuple[date, str], ...] = ()
    names: tuple[tuple[date, str], ...] = ()
    came_from: str = ""
    seats: tuple[str, ...] = ()

    def parent_on(self, day: date) -> str:
        """The code of the unit above on a day."""
        return next((parent for until, parent in self.parents if day < until), self.parent)

    def rows(self, site: str) -> Iterator[UnitRow]:
        """The unit's dated rows."""
        changes = {until for until, _ in (*self.parents, *self.names)} - {self.opens}
        starts = [self.opens, *sorted(changes)]
        for start, end in zip(starts, [*starts[1:], self.closes], strict=True):
            name = next((name for until, name in self.names if start < until), self.name)
            yield UnitRow(
                self.code,
                name,
                self.short if name == self.name else "",
                self.kind,
                self.unit_class,
                self.is_opd,
                self.parent_on(start) or None,
                site,
                start,
                end,
            )


class _Builder:
    """Collects the units of one copy; ``again`` is '' for the first, ' 2' for the second city."""

    def __init__(self, again: str) -> None:
        self.again, self.mark = again, _mark(again)
        self.raw, self.templates = read("structure"), read("templates")
        self.found: list[UnitPlan] = []

    def add(self, code: str, name: str, template: str, parent: UnitPlan | None, **more: Any) -> UnitPlan:
        """Add a unit; what is not given comes from its template, then from the unit above."""
        shape = self.templates[template]
        inherited = {key: getattr(parent, key) for key in ("jf", "group", "women")} if parent else {}
        own = {key: shape[key] for key in ("group", "women", "machine", "shifts", "is_opd") if key in shape}
        above = parent.code if parent else self.raw["root"]["code"]
        unit = UnitPlan(
            code=code + self.mark,
            name=name + self.again,
            kind=shape["kind"],
            template=template,
            parent=above,
            **(inherited | own | more),
        )
        self.found.append(unit)
        return unit

    def offices(self) -> None:
        for entry in self.raw["offices"]:
            self._office(entry)
        for entry in self.raw["old_offices"]:
            self._old_office(entry)

    def _office(self, entry: dict[str, Any]) -> None:
        code, came = entry["code"], [old + self.mark for old in entry.get("from", ())]
        names = [(STRUCTURE, entry["was"] + self.again)] if "was" in entry else []
        if code in self.raw["renamed_in_reform"]:
            names.append((REFORM, self.raw["renamed_in_reform"][code] + self.again))
        fresh = entry.get("fresh", False)
        office = self.add(
            code,
            entry["name"],
            "opd",
            None,
            head=entry.get("head", "kepala"),
            short=entry["short"],
            unit_class=entry.get("class", "B" if code[:1] == "b" else "A"),
            is_opd=True,
            names=tuple(names),
            opens=REFORM if came else BEGIN,
            came_from=came[0] if came and not fresh else "",
            seats=tuple(entry.get("seats", ())),
            **{key: entry[key] for key in ("jf", "group", "women") if key in entry},
        )
        before = ((REFORM, came[0]),) if came else ()
        if not entry.get("plain"):
            self._secretariat(office, code, fresh=fresh, before=before)
        self._parts(entry, office, before)

    def _secretariat(
        self, office: UnitPlan, code: str, *, fresh: bool, before: tuple[tuple[date, str], ...]
    ) -> None:
        opens = {"opens": REFORM} if fresh else {"parents": before}
        part = self.add(f"{code}_sekretariat", _secretariat_of(office), "sekretariat", office, **opens)
        own = {"opens": REFORM} if fresh else {}
        for number, name in enumerate(self.raw["subs"], start=1):
            self.add(f"{code}_sub_{number}", f"Subbagian {name}", "subbag", part, **own)

    def _parts(self, entry: dict[str, Any], office: UnitPlan, before: tuple[tuple[date, str], ...]) -> None:
        code, staff = entry["code"], entry.get("staff", "bidang")
        for number, text in enumerate(entry.get("divisions", ()), start=1):
            name, _, old = text.partition("@")
            parents = ((REFORM, old + self.mark),) if old else before
            self.add(f"{code}_{number}", f"Bidang {name}", staff, office, parents=parents)
        for number, name in enumerate(entry.get("uptds", ()), start=1):
            self.add(f"{code}_uptd_{number}", f"UPTD {name}", "uptd", office, parents=before)
        for part in entry.get("units", ()):
            self._part(part, office)

    def _part(self, entry: dict[str, Any], above: UnitPlan) -> None:
        more = {"jf": entry["jf"]} if "jf" in entry else {}
        unit = self.add(entry["code"], entry["name"], entry["as"], above, **more)
        for part in entry.get("units", ()):
            self._part(part, unit)

    def _old_office(self, entry: dict[str, Any]) -> None:
        """An office that the reform closed; where it goes on in another, its people are there."""
        ends: dict[str, Any] = {"closes": REFORM}
        code = entry["code"]
        office = self.add(
            code,
            entry["name"],
            "old_opd",
            None,
            head="" if "goes_on" in entry else "kepala",
            short=entry["short"],
            unit_class="A",
            is_opd=True,
            **ends,
        )
        if "goes_on" in entry:
            return
        part = self.add(f"{code}_sekretariat", _secretariat_of(office), "old_sekretariat", office, **ends)
        for number, name in enumerate(self.raw["subs"], start=1):
            self.add(f"{code}_sub_{number}", f"Subbagian {name}", "old_subbag", part, **ends)

    def research(self) -> None:
        """The body that one division went through."""
        entry = self.raw["research"]
        code, division = entry["code"] + self.mark, entry["division"] + self.mark
        self.add(
            entry["code"], entry["name"], "old_opd", None, head="kepala", short=entry["short"],
            unit_class="B", is_opd=True, opens=REFORM, closes=entry["until"],
        )  # fmt: skip
        at = next(place for place, unit in enumerate(self.found) if unit.code == division)
        parents = (*self.found[at].parents, (entry["until"], code))
        self.found[at] = replace(self.found[at], parents=parents)

    def districts(self) -> None:
        splits = {new: entry["day"] for entry in self.raw["ward_splits"] for new in entry["new"]}
        for entry in self.raw["districts"]:
            code = f"kec_{entry['code']}"
            district = self.add(code, f"Kecamatan {entry['name']}", "kecamatan", None, unit_class="A")
            for number, name in enumerate(("Pemerintahan", "Kesejahteraan Sosial", "Ketertiban"), start=1):
                self.add(f"{code}_{number}", f"Seksi {name}", "seksi", district)
            for name in entry["wards"]:
                opens = {"opens": splits[_label(name)]} if _label(name) in splits else {}
                self.add(f"kel_{_label(name)}", f"Kelurahan {name}", "kelurahan", district, **opens)

    def health(self) -> None:
        above = self._of("dinkes")
        for name in self.raw["clinics"]:
            self.add(f"pkm_{_label(name)}", f"UPT Puskesmas {name}", "puskesmas", above)
        entry = self.raw["hospital"]
        code = entry["code"]
        hospital = self.add(
            code, entry["name"], "rsud", above, short=entry["short"],
            unit_class=entry["class"], group=entry["group"], jf="adminkes",
        )  # fmt: skip
        parts = [
            self.add(f"{code}_{number}", f"Bidang {name}", "bidang_rsud", hospital)
            for number, name in enumerate(entry["divisions"], start=1)
        ]
        for number, name in enumerate(entry["rooms"], start=1):
            self.add(f"{code}_ruang_{number}", name, "ruang", parts[1])
        for number, name in enumerate(entry["services"], start=1):
            self.add(f"{code}_layanan_{number}", name, "instalasi", parts[0])

    def schools(self) -> None:
        above = self._of("disdik")
        for number in range(1, self.raw["junior_schools"] + 1):
            self.add(f"smp_{number}", f"SMP Negeri {number} Kota Contoh", "smp", above)
        wards = [name for entry in self.raw["districts"] for name in entry["wards"]]
        for name in wards:
            for number in range(1, self.raw["primary_schools_each"] + 1):
                self.add(f"sd_{_label(name)}_{number}", f"SD Negeri {name} {number}", "sd", above)

    def _of(self, code: str) -> UnitPlan:
        return next(unit for unit in self.found if unit.code == code + self.mark)


def units(again: str) -> list[UnitPlan]:
    """The units of one copy of the city, each after the one above it; without the root."""
    builder = _Builder(again)
    builder.offices()
    builder.research()
    builder.districts()
    builder.health()
    builder.schools()
    return builder.found


def root() -> UnitPlan:
    """The government itself."""
    entry = read("structure")["root"]
    return UnitPlan(entry["code"], entry["name"], entry["kind"], "", "")


def sites(plans: Sequence[UnitPlan]) -> dict[str, str]:
    """The site of each unit: its own where it is a place, else that of the unit above."""
    found: dict[str, str] = {}
    waiting = list(plans)
    for unit in waiting:
        own = unit.kind in _SITED or unit.parent not in found
        found[unit.code] = unit.code if own else found[unit.parent]
    return found


def lineage(again: str) -> list[Lineage]:
    """What became of which unit in this copy of the city."""
    raw, mark = read("structure"), _mark(again)
    found: list[tuple[date, str, str | None, str | None]] = []
    for entry in raw["ward_splits"]:
        news = [entry["old"], *entry["new"]]
        found += [(entry["day"], "split", f"kel_{entry['old']}", f"kel_{new}") for new in news]
    found += [
        (STRUCTURE, "rename", entry["code"], entry["code"]) for entry in raw["offices"] if "was" in entry
    ]
    found += [(REFORM, "rename", code, code) for code in raw["renamed_in_reform"]]
    found += _reform_lines(raw["offices"])
    body = raw["research"]
    found += [
        (REFORM, "split", "bapppeda", body["code"]),
        (body["until"], "merge", body["code"], body["into"]),
    ]
    return [
        Lineage(on, step, old and old + mark, new and new + mark)
        for on, step, old, new in sorted(found, key=str)
    ]


def _reform_lines(offices: Sequence[dict[str, Any]]) -> Iterator[tuple[date, str, str, str]]:
    """Which office of before became which: one to one is a new name, several to one a merger."""
    heirs: dict[str, int] = {}
    for entry in offices:
        for old in entry.get("from", ()):
            heirs[old] = heirs.get(old, 0) + 1
    heirs["bapppeda"] = heirs.get("bapppeda", 0) + 1  # the research body is its other heir
    for entry in offices:
        came = entry.get("from", ())
        for old in came:
            step = "merge" if len(came) > 1 else "split" if heirs[old] > 1 else "rename"
            yield REFORM, step, old, entry["code"]
        for number, text in enumerate(entry.get("divisions", ()), start=1):
            if came or "@" in text:
                code = f"{entry['code']}_{number}"
                yield REFORM, "move", code, code


def _mark(again: str) -> str:
    """What is put behind the codes of a further copy: no division of the first is called so."""
    return again.replace(" ", "_kota")


def _secretariat_of(office: UnitPlan) -> str:
    return f"Sekretariat {office.name.split()[0]}"


def _label(name: str) -> str:
    return name.lower().replace(" ", "_")
