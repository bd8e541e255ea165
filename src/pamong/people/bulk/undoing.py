"""Taking back everything that rests on one basis, unless something was built upon it since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection

from pamong.ledger import dated
from pamong.ledger.dated import DatedRow
from pamong.people.errors import BatchBuiltUpon
from pamong.people.models import DATED

# Persons of whom everything rests on the basis: taken back, nothing of them stands any more.
_MADE = """
SELECT person_id FROM people_identity WHERE superseded_at IS NULL AND basis_id = %(basis)s
EXCEPT SELECT person_id FROM people_identity WHERE superseded_basis_id = %(basis)s AND basis_id <> %(basis)s
"""


def built_upon(models: Sequence[type[DatedRow]], *, basis: int, seats: Sequence[int] = ()) -> dict[str, int]:
    """How many rows of the basis have been replaced by acts on others, by the table's own word; and what
    else has come to persons and ``seats`` that the basis has brought."""
    found: dict[str, int] = {}
    for model in models:
        replaced = model.objects.filter(basis_id=basis, superseded_at__isnull=False)
        count = replaced.exclude(superseded_basis_id=basis).count()
        if count:
            found[str(model._meta.verbose_name)] = count
    for model in DATED:
        _add(
            found,
            str(model._meta.verbose_name),
            f"SELECT count(*) FROM {model._meta.db_table} WHERE superseded_at IS NULL "  # noqa: S608 - our names
            f"AND basis_id <> %(basis)s AND person_id IN ({_MADE})",
            basis,
        )
    held = (
        "SELECT count(*) FROM people_appointment WHERE superseded_at IS NULL AND basis_id <> %(basis)s "
        "AND seat_id = ANY(%(seats)s)"
    )
    _add(found, "jabatan", held, basis, seats)
    waiting = f"SELECT count(*) FROM people_entry WHERE state = 'waiting' AND person_id IN ({_MADE})"  # noqa: S608
    _add(found, "usulan", waiting, basis)
    linked = f"SELECT count(*) FROM people_person WHERE user_id IS NOT NULL AND id IN ({_MADE})"  # noqa: S608
    _add(found, "akun", linked, basis)
    named = f"""
        SELECT count(*) FROM people_relative WHERE superseded_at IS NULL AND basis_id <> %(basis)s
          AND relative_id IN ({_MADE})"""  # noqa: S608
    _add(found, "keluarga", named, basis)
    return found


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
    ``BatchBuiltUpon`` with all counts; nothing is taken back then.
    """
    every = (*DATED, *models)
    counts = built_upon(every, basis=basis, seats=seats)
    counts |= {word: counts.get(word, 0) + count for word, count in used.items()}
    if counts:
        raise BatchBuiltUpon(counts)
    return dated.undo(every, basis=basis, by=by)


def _add(found: dict[str, int], word: str, sql: str, basis: int, seats: Sequence[int] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"basis": basis, "seats": list(seats)})
        count = int(cursor.fetchone()[0])
    if count:
        found[word] = found.get(word, 0) + count
