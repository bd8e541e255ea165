"""The units of a peta jabatan, put together from all rows that name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pamong.interop.fields import Fields
from pamong.interop.register import peta_cells as cells
from pamong.interop.register.circles import find_circles, spell_circle
from pamong.interop.values import clean
from pamong.kernel.problem import Problem, Severity

# What a unit is told by, in which column, and what happens where rows say different things of it.
_FACTS: tuple[tuple[str, str, str, Severity], ...] = (
    ("unit_name", cells.UNIT_NAME, "nama", "block"),
    ("parent_code", cells.PARENT, "induk", "block"),
    ("unit_kind", cells.UNIT_KIND, "jenis", "block"),
    ("unit_class", cells.UNIT_CLASS, "kelas", "warn"),
    ("location", cells.SITE, "lokasi", "warn"),
)


@dataclass(slots=True)
class Units:
    """``rows``: the good units in the order of the unit frame's columns, parents before children.

    ``parents``: of each good unit its parent's code. ``named``: all codes that the file has.
    """

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    parents: dict[str, str | None] = field(default_factory=dict)
    named: frozenset[str] = frozenset()

    @property
    def codes(self) -> Mapping[str, str | None]:
        """The codes of the good units."""
        return self.parents


def gather_units(fields: Fields, columns: Mapping[str, list[Any]], known: frozenset[str]) -> Units:
    """Put each unit together and tell, by unit, which can't go in; ``known`` units exist already."""
    return _Gathering(fields, columns, known).result()


class _Gathering:
    """Units on their way: what the rows say of each, and which are refused."""

    def __init__(self, fields: Fields, columns: Mapping[str, list[Any]], known: frozenset[str]) -> None:
        self.fields, self.columns, self.known = fields, columns, known
        self.places: dict[str, list[int]] = {}
        for place, code in enumerate(columns["unit_code"]):
            if code is not None:
                self.places.setdefault(code, []).append(place)
        self.refused: set[str] = set()
        self.facts = {code: self._facts_of(code) for code in self.places}

    def result(self) -> Units:
        for code in self.places:
            self._require_name_and_kind(code)
        parents = {code: facts["parent_code"] for code, facts in self.facts.items()}
        self._refuse_circles(parents)
        self._refuse_unknown_parents(parents)
        ordered = list(self._parents_first(parents))
        return Units(
            rows=[self._row(code) for code in ordered],
            parents={code: parents[code] for code in ordered},
            named=frozenset(self.places),
        )

    def _row(self, code: str) -> tuple[Any, ...]:
        facts = self.facts[code]
        line = self.fields.table.lines[self.places[code][0]]
        told = (facts[name] for name in ("unit_name", "parent_code", "unit_kind", "unit_class", "location"))
        return (line, self.fields.table.name, code, *told)

    def _facts_of(self, code: str) -> dict[str, Any]:
        """What the rows agree on; where they don't, the first is taken or the unit refused."""
        facts: dict[str, Any] = {}
        for name, heading, word, severity in _FACTS:
            values: dict[Any, int] = {}
            for place in self.places[code]:
                if (value := self.columns[name][place]) is not None:
                    values.setdefault(value, place)
            facts[name] = next(iter(values), None)
            if len(values) > 1:
                lines = self.fields.table.lines
                told = ", ".join(
                    f"'{_label(value)}' (baris {lines[place]})" for value, place in values.items()
                )
                text = f"unit {code} punya {len(values)} {word}: {told}; samakan"
                self._tell(code, f"two_{name}", heading, text, severity, list(values.values())[1])
        return facts

    def _tell(
        self, code: str, rule: str, heading: str, text: str, severity: Severity = "block", place: int = -1
    ) -> None:
        """A problem by unit. ``block`` keeps it out with its posts, and says how many rows wait."""
        place = self.places[code][0] if place < 0 else place
        if severity == "block":
            if code not in self.refused:
                text += f". {len(self.places[code])} baris unit ini belum masuk"
            self.refused.add(code)
        table = self.fields.table
        value = table.column(heading)[place][:200]
        self.fields.problems.append(
            Problem(
                rule,
                text,
                severity,
                source=table.name,
                row=table.lines[place],
                column=heading,
                value=value,
                rule=rule,
                subject=code,
            )
        )

    def _require_name_and_kind(self, code: str) -> None:
        facts = self.facts[code]
        if facts["unit_name"] is None:
            self._tell(code, "unit_name", cells.UNIT_NAME, f"nama unit {code} kosong, harus diisi")
        if facts["parent_code"] is None and self._written(code, cells.PARENT):
            # Its cell is told already; without a parent the unit would pass for the topmost.
            self._tell(code, "parent_code", cells.PARENT, f"induk unit {code} belum jelas")
        if facts["unit_kind"] is not None:
            return
        guess = cells.guess_unit_kind(facts["unit_name"] or "")
        if self._written(code, cells.UNIT_KIND):
            self._tell(code, "unit_kind", cells.UNIT_KIND, f"jenis unit {code} belum jelas")
        elif guess is None:
            self._tell(code, "unit_kind", cells.UNIT_KIND, f"jenis unit {code} kosong, harus diisi")
        else:
            text = f"jenis unit {code} kosong, dianggap {guess.label.lower()} menurut namanya"
            self._tell(code, "unit_kind_guessed", cells.UNIT_KIND, text, "warn")
            facts["unit_kind"] = guess

    def _written(self, code: str, heading: str) -> bool:
        """Whether any row of the unit has something in a column."""
        texts = self.fields.table.column(heading)
        return any(clean(texts[place]) for place in self.places[code])

    def _refuse_circles(self, parents: Mapping[str, str | None]) -> None:
        for circle in find_circles(parents):
            for code in circle:
                text = f"unit {code} menjadi induknya sendiri, isi kode unit di atasnya"
                if len(circle) > 1:
                    text = f"induk unit {code} melingkar: {spell_circle(circle)}"
                self._tell(code, "parent_circle", cells.PARENT, text, place=self._place_of_parent(code))

    def _refuse_unknown_parents(self, parents: Mapping[str, str | None]) -> None:
        """Who names a parent that nobody knows; then who hangs from a refused unit."""
        children: dict[str, list[str]] = {}
        for code, parent in parents.items():
            if parent is None:
                continue
            children.setdefault(parent, []).append(code)
            if parent not in self.places and parent not in self.known:
                text = f"unit induk {parent} tidak ada, tambahkan barisnya atau perbaiki kodenya"
                self._tell(code, "parent_unknown", cells.PARENT, text, place=self._place_of_parent(code))
        waiting = [code for code in self.places if code in self.refused and code not in self.known]
        while waiting:
            parent = waiting.pop()
            for code in children.get(parent, ()):
                if code not in self.refused:
                    text = f"unit induk {parent} belum masuk, perbaiki dulu unit itu"
                    self._tell(code, "parent_refused", cells.PARENT, text, place=self._place_of_parent(code))
                    waiting.append(code)

    def _place_of_parent(self, code: str) -> int:
        """The row where the parent is written."""
        return next(place for place in self.places[code] if self.columns["parent_code"][place] is not None)

    def _parents_first(self, parents: Mapping[str, str | None]) -> Iterator[str]:
        """The good units, each after its parent, else in the order of the file."""
        done: set[str] = set(self.refused)
        for start in parents:
            branch: list[str] = []
            code: str | None = start
            while code is not None and code in parents and code not in done:
                branch.append(code)
                done.add(code)
                code = parents[code]
            yield from reversed(branch)


def _label(value: Any) -> str:
    return str(getattr(value, "label", value))
