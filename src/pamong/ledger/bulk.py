"""Many rows at once by COPY: ids drawn ahead, columns from the models' own metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Now
from psycopg.types.json import Jsonb

from pamong.kernel.ids import uuid7
from pamong.kernel.timeline import Added
from pamong.ledger.choices import Act
from pamong.ledger.dated import DatedRow, MovedOn


def draw_ids(model: type[models.Model], count: int) -> list[int]:
    """So many fresh ids of a table, ahead of a COPY. The application needs the right to its sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def copy_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows into a model's table. ``names`` are attributes (``person_id``), values as Python has them.

    What a constraint refuses is raised as the database says it.
    """
    fields = [_field(model, name) for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    as_json = [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
    target = f'"{model._meta.db_table}" ({columns})'
    # Without the wrapper a COPY raises the driver's own errors.
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {target} FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(_with_json(row, as_json) if as_json else row)


def copy_out(sql: str, params: Mapping[str, Any], options: str = "FORMAT csv, HEADER") -> bytes:
    """The rows of a statement as PostgreSQL writes them: CSV under the names of its columns unless told."""
    with connection.wrap_database_errors, connection.cursor() as cursor:
        text = cursor.mogrify(sql, params)
        with cursor.copy(f"COPY ({text}) TO STDOUT ({options})") as copy:
            return b"".join(bytes(block) for block in copy)


def _with_json(row: Sequence[Any], places: Sequence[int]) -> list[Any]:
    values = list(row)
    for place in places:
        values[place] = None if values[place] is None else Jsonb(values[place])
    return values


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A row with a history to store: its timeline's key, what comes, by what kind of act."""

    key: Mapping[str, Any]
    added: Added
    act: Act = Act.CHANGE


def copy_dated(
    model: type[DatedRow], gone: Sequence[int], rows: Sequence[BulkRow], *, basis: int
) -> list[bytes]:
    """Let rows stand no more and store others, all on one basis; ``MovedOn`` as ``dated.write``.

    Returns a line a row, from which a hash over all of them can be made, and made again from the table: its
    name and columns as text with tabs between (nothing is ``\\N``).
    """
    if gone:
        standing = model.objects.filter(pk__in=gone, superseded_at__isnull=True)
        if standing.update(superseded_at=Now(), superseded_basis_id=basis) != len(gone):
            raise MovedOn
    names = (*model.key, *model.facts)
    made = []
    for row in rows:
        whole = {**row.added.values, **row.key}
        made.append((uuid7(), row.added.period, [whole[name] for name in names], row))
    copy_rows(
        model,
        ("uid", "period", "act", "supersedes_id", "basis_id", *names),
        (
            [uid, DateRange(period.start, period.end), row.act.value, row.added.replaces, basis, *values]
            for uid, period, values, row in made
        ),
    )
    table = str(model._meta.model_name)
    return [_line(table, uid, period.start, period.end, *values) for uid, period, values, _ in made]


def _line(*values: Any) -> bytes:
    texts = ("\\N" if value is None else str(value) for value in values)
    return ("\t".join(texts) + "\n").encode()


def _field(model: type[models.Model], name: str) -> Any:
    return next(field for field in model._meta.concrete_fields if name in (field.attname, field.name))
