"""Taking back everything that rests on one basis, unless something was built upon it since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pamong.kernel.clock import format_date
from pamong.ledger import undoing
from pamong.ledger.dated import DatedRow
from pamong.ledger.undoing import Left
from pamong.people.bulk.writing import in_words
from pamong.people.choices import AppointmentKind
from pamong.people.errors import BatchBuiltUpon
from pamong.people.models import DATED, Appointment, Employment, Identity, Relative
from pamong.people.queries.rows import fetch, full_name

_SHOWN = 5
# Persons whom the basis has brought: their first identity ever rests on it, whatever has come since.
_MADE = """
SELECT n.person_id FROM people_identity n WHERE n.basis_id = %(basis)s AND NOT EXISTS (
  SELECT 1 FROM people_identity e
  WHERE e.person_id = n.person_id AND e.basis_id <> n.basis_id AND e.id < n.id)
"""
_OTHERS = "superseded_at IS NULL AND basis_id <> %(basis)s AND id <> ALL(%(again)s)"
_REGULAR, *_ACTING = (AppointmentKind.REGULAR.value, *(kind.value for kind in AppointmentKind if kind.acting))
# Somebody else sits where somebody would sit again.
_SEATED = """
SELECT DISTINCT s.id, s.person_id FROM people_appointment p
JOIN people_appointment s ON s.seat_id = p.seat_id AND s.period && p.period AND s.superseded_at IS NULL
  AND (s.person_id, s.kind, s.stint) <> (p.person_id, p.kind, p.stint)
  AND (s.kind = %(regular)s AND p.kind = %(regular)s OR s.kind = ANY(%(acting)s) AND p.kind = ANY(%(acting)s))
WHERE p.id = ANY(%(before)s) AND s.basis_id <> %(basis)s AND s.id <> ALL(%(again)s)
"""
# Somebody else has a number that somebody would have again.
_NUMBERED = """
SELECT DISTINCT s.id, s.person_id FROM {0} p
JOIN {0} s ON s.{1} = p.{1} AND s.person_id <> p.person_id AND s.superseded_at IS NULL
WHERE p.id = ANY(%(before)s) AND s.basis_id <> %(basis)s AND s.id <> ALL(%(again)s)
"""
_NUMBERS: Mapping[type[DatedRow], str] = {Identity: "nik", Employment: "nip"}
# As the database's own guard looks, but with names: what of the seats lies outside of service by now.
_OUTSIDE = """
SELECT a.id, a.person_id, lower(a.period) FROM people_appointment a
WHERE a.superseded_at IS NULL AND (a.basis_id = %(by)s OR a.person_id IN (
    SELECT person_id FROM people_employment WHERE %(by)s IN (basis_id, superseded_basis_id)))
  AND NOT COALESCE(a.period <@ (SELECT range_agg(e.period) FROM people_employment e
                                WHERE e.person_id = a.person_id AND e.superseded_at IS NULL), FALSE)
ORDER BY a.person_id, a.period
"""


@dataclass(slots=True)
class Upon:
    """What stands upon the rows of a basis: how many rows by kind of data, and the persons concerned."""

    counts: dict[str, int] = field(default_factory=dict)
    people: dict[int, None] = field(default_factory=dict)

    def add(self, word: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Rows (id, person) of one kind."""
        if rows:
            self.counts[word] = self.counts.get(word, 0) + len(rows)
            self.people |= dict.fromkeys(row[1] for row in rows if row[1] is not None)


def undo(
    models: Sequence[type[DatedRow]],
    *,
    basis: int,
    by: int,
    used: Mapping[str, int],
    seats: Sequence[int] = (),
) -> int:
    """Take back all rows of a basis in these tables and those of people; returns how many.

    ``used`` counts what stands upon its rows elsewhere, ``seats`` are those that it has brought.
    ``BatchBuiltUpon`` with all counts and whom they are about; ``EntryRefused`` with a sentence where the
    database does not take what would stand again. Nothing is taken back then.
    """
    left = undoing.left_by((*DATED, *models), basis=basis)
    upon = _upon(left, basis, seats)
    for word, count in used.items():
        upon.counts[word] = upon.counts.get(word, 0) + count
    if upon.counts:
        raise BatchBuiltUpon(upon.counts, _whom(upon.people))
    with in_words():
        count = undoing.take_back(left, by=by)
        outside = fetch(_OUTSIDE, {"by": by})
        if outside:
            raise BatchBuiltUpon({"jabatan": len(outside)}, _outside(outside))
    return count


def _upon(left: Sequence[Left], basis: int, seats: Sequence[int]) -> Upon:
    """Rows of the basis that were replaced by others, by the table's own word; what else has come to persons
    and ``seats`` that the basis has brought; and what stands where something would stand again."""
    upon = Upon()
    for each in left:
        ours = "person_id" if each.model in DATED else "NULL"
        built = f"SELECT id, {ours} FROM {each.model._meta.db_table} WHERE id = ANY(%(ids)s)"  # noqa: S608
        upon.add(each.word, fetch(built, {"ids": each.built}) if each.built else [])
        if each.model in DATED:
            _add_others(upon, each, basis, seats)
    made = {"basis": basis}
    waiting = f"SELECT id, person_id FROM people_entry WHERE state = 'waiting' AND person_id IN ({_MADE})"  # noqa: S608
    upon.add("usulan", fetch(waiting, made))
    linked = f"SELECT id, id FROM people_person WHERE user_id IS NOT NULL AND id IN ({_MADE})"  # noqa: S608
    upon.add("akun", fetch(linked, made))
    return upon


def _add_others(upon: Upon, left: Left, basis: int, seats: Sequence[int]) -> None:
    """What has come to one table of people on other bases."""
    table = left.model._meta.db_table
    params = {
        "basis": basis, "again": left.again, "seats": list(seats), "regular": _REGULAR, "acting": _ACTING,
        "before": [row.pk for row in left.before],
    }  # fmt: skip
    come = f"SELECT id, person_id FROM {table} WHERE {_OTHERS} AND "  # noqa: S608 - our names
    upon.add(left.word, fetch(come + f"person_id IN ({_MADE})", params))
    if left.model is Appointment:
        upon.add(left.word, fetch(come + "seat_id = ANY(%(seats)s)", params))
        upon.add(left.word, fetch(_SEATED, params))
    if left.model is Relative:
        upon.add(left.word, fetch(come + f"relative_id IN ({_MADE})", params))
    number = _NUMBERS.get(left.model)
    if number and left.before:
        upon.add(left.word, fetch(_NUMBERED.format(table, number), params))


def _whom(people: Mapping[int, None]) -> list[str]:
    """The persons concerned, as a sentence."""
    if not people:
        return []
    names = _names(list(people)[:_SHOWN])
    more = len(people) - len(names)
    return [f"Pegawai: {'; '.join(names.values())}{f'; dan {more} orang lain' if more else ''}."]


def _outside(rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """Seats that would begin before service or outlast it: whose, and what to do."""
    shown = rows[:_SHOWN]
    names = _names([person for _, person, _ in shown])
    told = "; ".join(f"{names[person]} (jabatan sejak {format_date(since)})" for _, person, since in shown)
    more = len(rows) - len(shown)
    return [
        f"Tanpa impor ini, yang berikut berada di luar masa kerja: {told}"
        f"{f'; dan {more} jabatan lain' if more else ''}. Batalkan atau betulkan tanggal jabatannya, "
        "lalu batalkan impor ini lagi."
    ]


def _names(ids: Sequence[int]) -> dict[int, str]:
    """The names of persons, as known last."""
    rows = fetch(
        "SELECT DISTINCT ON (person_id) person_id, name, front_title, back_title FROM people_identity "
        "WHERE person_id = ANY(%(ids)s) ORDER BY person_id, superseded_at IS NOT NULL, period DESC, id DESC",
        {"ids": list(ids)},
    )
    return {person: full_name(name, front, back) for person, name, front, back in rows}
