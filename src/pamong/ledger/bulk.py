"""Many rows at once by COPY: ids drawn ahead, columns from the models' own metadata.

Rows with a history are written by ``dated.write_many``; this is for what stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb


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
    as_json = [isinstance(field, models.JSONField) for field in fields]
    target = f'"{model._meta.db_table}" ({columns})'
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            pairs = zip(as_json, row, strict=True)
            copy.write_row([Jsonb(value) if json and value is not None else value for json, value in pairs])


def _field(model: type[models.Model], name: str) -> Any:
    return next(field for field in model._meta.concrete_fields if name in (field.attname, field.name))
