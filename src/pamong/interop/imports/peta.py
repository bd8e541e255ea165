"""A peta jabatan stored: units, posts, seats, classes, frozen numbers, workload, heads and lines.

Every act goes through the services of organisation, each refusal is told by the row that it comes from, and
the others go in. A dry run does the same and is rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pamong.interop.imports.comparing import differing, folded
from pamong.interop.imports.missing import OFFICES, Codes
from pamong.interop.imports.peta_seats import SeatWork
from pamong.interop.imports.registering import Work
from pamong.interop.imports.sheets import SaidRow, Sheet
from pamong.interop.imports.structure import Structure, slug
from pamong.kernel.problem import Problem
from pamong.organisation import bulk, services
from pamong.organisation.bulk import NewPost, UnitFact
from pamong.organisation.choices import UnitKind
from pamong.organisation.errors import Refused
from pamong.organisation.services import NewUnit
from pamong.people.choices import Outcome
from pamong.people.services.batches import FoundRow

_REASON = "Peta jabatan yang diimpor"


@dataclass(slots=True)
class Notes:
    """What was done and what went wrong, by line."""

    file: str
    done: dict[int, list[tuple[str, str, str]]] = field(default_factory=dict)
    made: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    written: dict[str, int] = field(default_factory=dict)
    altered: dict[int, set[int]] = field(default_factory=dict)  # whose seats, by line that changes what stood

    def note(self, line: int, what: str, since: str, words: str, *, new: bool = False) -> None:
        """Something that a row has brought."""
        self.done.setdefault(line, []).append((what, since, words))
        if new:
            self.made.add(line)

    def alter(self, line: int, holders: Collection[int] = ()) -> None:
        """A row changes what stood; ``holders`` are the persons whose seat it is."""
        self.altered.setdefault(line, set()).update(holders)

    def count(self, what: str, count: int) -> None:
        """So many more of a kind."""
        if count:
            self.written[what] = self.written.get(what, 0) + count

    def tell(self, line: int, code: str, column: str, message: str, severity: Any = "warn") -> None:
        """A problem of a row."""
        self.problems.append(
            Problem(code, message, severity, source=self.file, row=line, column=column, rule=code)
        )

    def trying(self, line: int, column: str, act: Callable[..., Any], **asked: Any) -> bool:
        """Let one act be done; what refuses it is told by its row, and nothing of it stays."""
        try:
            act(**asked)
        except Refused as error:
            for problem in error.problems:
                self.tell(line, problem.code, column, problem.message, "block")
            return False
        return True


def store_peta(sheet: Sheet, work: Work) -> Notes:
    """Do all that the sheet says and that does not stand already, on the basis of the work."""
    notes = Notes(sheet.name)
    work.progress("Unit", 0, len(sheet.units))
    _Units(sheet.units, work, notes).store()
    work.progress("Jabatan dan posisi", 0, len(sheet.rows))
    rows = _make_posts(sheet.rows, work, notes)
    SeatWork(rows, work, notes).store()
    return notes


def rows_of(sheet: Sheet, notes: Notes) -> list[FoundRow]:
    """What became of each line."""
    told = {problem.row for problem in notes.problems if problem.severity == "block"} | set(sheet.refused)
    lines: dict[int, SaidRow] = {row["line"]: row for row in sheet.units}
    lines |= {row["line"]: row for row in sheet.rows}
    return [_row(line, lines[line], notes, told) for line in sorted(lines)]


def _row(line: int, said: SaidRow, notes: Notes, refused: set[int | None]) -> FoundRow:
    outcome = Outcome.SAME
    if line in refused:
        outcome = Outcome.REFUSED
    elif line in notes.made:
        outcome = Outcome.NEW
    elif line in notes.done:
        outcome = Outcome.CHANGED
    label = said.get("post_name") or said.get("name") or ""
    return FoundRow(
        line, outcome, label, values={"changes": notes.done.get(line, [])}, alters=line in notes.altered,
        holders=sorted(notes.altered.get(line, ())),
    )  # fmt: skip


@dataclass(slots=True)
class _Units:
    said: Sequence[SaidRow]
    work: Work
    notes: Notes
    codes: Codes = field(default_factory=Codes)

    def store(self) -> None:
        known = Structure.load(self.work.options.on)
        facts = {unit.id: unit for unit in known.units}
        ours = {row["code"]: facts[found] for row in self.said
                if (found := find_code(known, row["code"])) is not None}  # fmt: skip
        new = [row for row in self.said if row["code"] not in ours]
        code_of = {code: unit.code for code, unit in ours.items()}
        self._create(known, new, code_of)
        for row in self.said:
            if row["code"] in ours:
                self._change(row, ours[row["code"]], known, code_of)

    def _create(self, known: Structure, rows: Sequence[SaidRow], code_of: dict[str, str]) -> None:
        """All at once; where that is refused one by one, parents first, so that the others go in."""
        units: dict[int, NewUnit] = {}
        for row in rows:
            free = slug(row["code"])
            code_of[row["code"]] = self.codes.fresh(free)
            units[row["line"]] = NewUnit(code_of[row["code"]], self._values(row, known, code_of))
        common: dict[str, Any] = {
            "actor": self.work.actor, "at": self.work.at, "on": self.work.options.on,
            "basis": self.work.basis,
        }  # fmt: skip
        try:
            if units:
                services.create_units(units=list(units.values()), **common)
            stored = set(units)
        except Refused:
            stored = {
                line
                for line, unit in units.items()
                if self.notes.trying(line, "KODE UNIT", services.create_units, units=[unit], **common)
            }
        for line in stored:
            words = f"{units[line].values['name']} ({units[line].code})"
            self.notes.note(line, "Unit", self.work.options.on.isoformat(), words, new=True)
        self.notes.count("unit", len(stored))

    def _values(self, row: SaidRow, known: Structure, code_of: Mapping[str, str]) -> dict[str, Any]:
        kind = UnitKind(row["kind"])
        values = {
            "name": row["name"], "kind": kind.value, "unit_class": row["unit_class"] or "",
            "is_opd": kind in OFFICES, "external_code": row["code"],
        }  # fmt: skip
        if row["parent_code"]:
            values["parent"] = self._code(row["parent_code"], known, code_of)
        if site := self._site(row):
            values["site"] = site
        return values

    @staticmethod
    def _code(code: str, known: Structure, code_of: Mapping[str, str]) -> str:
        found = find_code(known, code)
        by_id = {unit.id: unit.code for unit in known.units}
        return code_of.get(code) or (by_id[found] if found is not None else code)

    def _site(self, row: SaidRow) -> str:
        """The place of work of this name; one that nobody knows is told, as its time zone is not known."""
        if not row["location"]:
            return ""
        sites = {folded(name): code for name, code in bulk.read_sites().items()}
        found = sites.get(folded(row["location"]), "")
        if not found:
            text = f"lokasi '{row['location']}' belum ada, jadi tidak dicatat. Buat lokasinya dulu"
            self.notes.tell(row["line"], "site_unknown", "LOKASI", text)
        return found

    def _change(self, row: SaidRow, unit: UnitFact, known: Structure, code_of: Mapping[str, str]) -> None:
        """What the file tells otherwise than what stands, from its date on."""
        told = self._values(row, known, code_of)
        told.pop("is_opd")
        stands = {"name": unit.name, "kind": unit.kind, "unit_class": unit.unit_class, "parent": unit.parent,
                  "site": unit.site, "external_code": unit.external_code}  # fmt: skip
        news = differing(stands, told)
        if unit.external_code:
            news.pop("external_code", None)
        if not news:
            return
        asked: dict[str, Any] = {
            "actor": self.work.actor, "at": self.work.at, "basis": self.work.basis, "values": news
        }  # fmt: skip
        act: Callable[..., None] = services.change_unit
        if unit.row_since == self.work.options.on:
            act, asked = services.correct_unit, asked | {"row": unit.row, "reason": _REASON}
        else:
            asked |= {"unit": unit.uid, "on": self.work.options.on}
        done = self.notes.trying(row["line"], "NAMA UNIT", act, **asked)
        if done:
            words = "; ".join(f"{stands[name] or 'kosong'} menjadi {value}" for name, value in news.items())
            self.notes.note(row["line"], "Unit", self.work.options.on.isoformat(), words)
            self.notes.count("unit", 1)
            if set(news) - {"external_code"}:  # a code that was lacking says nothing otherwise
                self.notes.alter(row["line"])


def find_code(known: Structure, code: str) -> int | None:
    """A unit by the code that a sheet gives it."""
    return known.find_unit({"unit_code": code, "unit_name": None})


def _make_posts(rows: Sequence[SaidRow], work: Work, notes: Notes) -> list[tuple[SaidRow, int, int]]:
    """Rows with the ids of their unit and post; posts that nobody knows yet are made."""
    known = Structure.load(work.options.on)
    posts = {_key(post.name, post.kind, post.jenjang, post.eselon): post.id for post in known.posts}
    new: dict[tuple[str, ...], NewPost] = {}
    for row in rows:
        key = _post_of(row)
        if key not in posts and find_code(known, row["unit_code"]) is not None:
            new[key] = NewPost(row["post_name"], row["post_kind"], row["jenjang"] or "", row["eselon"] or "")
    if new:
        bulk.create_posts(actor=work.actor, at=work.at, posts=list(new.values()), basis=work.basis)
        notes.count("post", len(new))
        posts = {_key(post.name, post.kind, post.jenjang, post.eselon): post.id for post in bulk.read_posts()}
    found = []
    for row in rows:
        unit = find_code(known, row["unit_code"])
        if unit is None:
            notes.tell(row["line"], "unit_refused", "KODE UNIT", "unit baris ini belum masuk", "block")
        else:
            found.append((row, unit, posts[_post_of(row)]))
    return found


def _post_of(row: SaidRow) -> tuple[str, ...]:
    return _key(row["post_name"], row["post_kind"], row["jenjang"] or "", row["eselon"] or "")


def _key(name: str, kind: str, jenjang: str, eselon: str) -> tuple[str, ...]:
    return str(folded(name)), kind, jenjang, eselon
