"""Everything that rests on one basis taken back, unless somebody has built upon it since.

A row of a basis may have been replaced and stand again, row for row the same: by the undoing of what replaced
it, or by hand. Such a row counts as the basis's own. Where a timeline is by now as it was before the basis,
nothing of it is left to be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from pamong.ledger.choices import Act
from pamong.ledger.dated import BuiltUpon, DatedRow, supersede


@dataclass(slots=True)
class Left:
    """What is left of a basis in one table.

    ``ours``: its rows that stand, by their ids; ``again`` those of them that stand on another basis.
    ``before``: rows that it has replaced, and that stand again without it. ``built``: what keeps it, rows of
    its own that others have changed and rows of others that stand where something would stand again.
    """

    model: type[DatedRow]
    ours: list[int]
    again: list[int]
    before: list[DatedRow]
    built: list[int] = field(default_factory=list)

    @property
    def word(self) -> str:
        """What the table holds, as a clerk calls it."""
        return str(self.model._meta.verbose_name)


def left_by(models: Sequence[type[DatedRow]], *, basis: int) -> list[Left]:
    """What is left of a basis in each of these tables."""
    return [_left_in(model, basis) for model in models]


def stands_again(model: type[DatedRow], *, basis: int) -> list[int]:
    """The ids of rows that stand on another basis and say again what one of this basis said."""
    return [row.pk for rows in _disturbed(model, basis) for row in _own(rows, basis) if row.basis_id != basis]


def take_back(left: Sequence[Left], *, by: int) -> int:
    """Let what a basis has left stand no more, and what it replaced stand again on the basis ``by``; returns
    how many rows were taken back. ``BuiltUpon``, ``MovedOn``."""
    for each in left:
        if each.built:
            raise BuiltUpon(len(each.built), each.word)
    for each in left:
        supersede(each.model, each.ours, by)
        each.model.objects.bulk_create(_copy(each.model, row, by) for row in each.before)
    return sum(len(each.ours) for each in left)


def undo(models: Sequence[type[DatedRow]], *, basis: int, by: int) -> int:
    """Take back every row that rests on ``basis``; what it replaced stands again, on the basis ``by``.

    Returns how many rows were taken back. ``BuiltUpon`` where others have changed what it left, or where
    something stands by now where rows would stand again.
    """
    return take_back(left_by(models, basis=basis), by=by)


def _left_in(model: type[DatedRow], basis: int) -> Left:
    ours = {row.pk: row for row in model.objects.known().filter(basis_id=basis)}
    gone = model.objects.filter(superseded_basis_id=basis).exclude(basis_id=basis)
    before = {row.pk: row for row in gone}
    left = Left(model, [], [], [])
    for rows in _disturbed(model, basis):
        for row in rows:
            ours.pop(row.pk, None)
            before.pop(row.pk, None)
        _look(left, rows, basis)
    left.ours += ours
    left.before += before.values()
    left.built += _in_the_way(model, basis, left)
    return left


def _disturbed(model: type[DatedRow], basis: int) -> list[list[Any]]:
    """All rows of each timeline in which another basis has replaced rows of this one, in their order."""
    replaced = model.objects.filter(basis_id=basis, superseded_at__isnull=False)
    keys = list(replaced.exclude(superseded_basis_id=basis).values_list(*model.key).distinct())
    if not keys:
        return []
    found: dict[tuple[Any, ...], list[Any]] = {key: [] for key in keys}
    first = {key[0] for key in keys}  # narrows it down; what else comes along is left out
    for row in model.objects.filter(**{f"{model.key[0]}__in": first}).order_by("id"):
        key = tuple(getattr(row, name) for name in model.key)
        if key in found:
            found[key].append(row)
    return list(found.values())


def _look(left: Left, rows: Sequence[Any], basis: int) -> None:
    """One timeline in which others have replaced rows of the basis."""
    own = _own(rows, basis)
    before = _before(rows, basis)
    replaced = [row for row in rows if _replaced_by_others(row, basis)]
    built = [row.pk for row in replaced if not _lives_on(row, rows, basis)]
    if built and _as_before(rows, before, basis):
        return
    left.built += built
    left.ours += [row.pk for row in own]
    left.again += [row.pk for row in own if row.basis_id != basis]
    left.before += [] if built else before  # nothing is restored beside what keeps it


def _own(rows: Sequence[Any], basis: int) -> list[Any]:
    """Rows of the basis that stand, on it or again."""
    standing = [row for row in rows if row.superseded_at is None]
    return [row for row in standing if row.basis_id == basis or _says_again(row, rows, basis)]


def _before(rows: Sequence[Any], basis: int) -> list[Any]:
    """What the basis has replaced, but for what was its own."""
    return [
        row
        for row in rows
        if row.superseded_basis_id == basis and row.basis_id != basis and not _says_again(row, rows, basis)
    ]


def _says_again(row: Any, rows: Sequence[Any], basis: int) -> bool:
    """Whether a row on another basis says what a row of the basis said before others replaced that."""
    return row.basis_id != basis and any(
        _replaced_by_others(other, basis) and other.pk < row.pk and _same(other, row) for other in rows
    )


def _lives_on(row: Any, rows: Sequence[Any], basis: int) -> bool:
    """Whether a row of the basis stands again, or did until the basis itself replaced it."""
    return any(
        other.pk > row.pk
        and _same(other, row)
        and (other.superseded_at is None or other.superseded_basis_id == basis)
        for other in rows
    )


def _replaced_by_others(row: Any, basis: int) -> bool:
    return row.basis_id == basis and row.superseded_at is not None and row.superseded_basis_id != basis


def _as_before(rows: Sequence[Any], before: Sequence[Any], basis: int) -> bool:
    """Whether there stands, where the basis has changed anything, just what stood before it."""
    own = [row for row in rows if row.basis_id == basis]
    touched = [row.span for row in (*own, *before)]
    here = [
        row for row in rows
        if row.superseded_at is None and any(row.span.overlaps(span) for span in touched)
    ]  # fmt: skip
    return len(here) == len(before) and all(any(_same(row, old) for old in before) for row in here)


def _same(one: DatedRow, other: DatedRow) -> bool:
    """Whether two rows of a timeline say the same of the same days."""
    return one.period == other.period and one.values == other.values


def _in_the_way(model: type[DatedRow], basis: int, left: Left) -> list[int]:
    """Rows of others that stand where something would stand again."""
    if not left.before:
        return []
    table = model._meta.db_table
    same = " AND ".join(f's."{name}" = p."{name}"' for name in model.key)
    sql = (
        f"SELECT DISTINCT s.id FROM {table} s JOIN {table} p ON {same} AND s.period && p.period "  # noqa: S608 - our names
        "WHERE s.superseded_at IS NULL AND p.id = ANY(%s) AND s.id <> ALL(%s) AND s.basis_id <> %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [[row.pk for row in left.before], left.again, basis])
        return [int(row[0]) for row in cursor.fetchall()]


def _copy(model: type[DatedRow], row: DatedRow, basis: int) -> DatedRow:
    return model(
        period=row.period,
        act=Act.RESCIND.value,
        basis_id=basis,
        **{name: getattr(row, name) for name in (*model.key, *model.facts)},
        **{"supersedes_id": row.pk},
    )
