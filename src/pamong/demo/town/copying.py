"""COPY by the models, for rows by the million: columns and how their values are written come from metadata.

``ledger.bulk`` does the same row by row, for files of some thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice, repeat
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import connection, models
from django.db.models import NOT_PROVIDED

BATCH = 5_000  # rows; some megabytes of text
_NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})

Span = tuple[date, date | None]
Values = Sequence[Any]


def copy_rows(model: type[models.Model], columns: Sequence[str], batches: Iterable[Sequence[Values]]) -> int:
    """Add rows by COPY and return how many. A batch gives one sequence of values for each of ``columns``
    (attribute names of the model; a period as (start, end)).

    Columns that are not given get the model's default; those with one of the database are left to it.
    ``KeyError`` for a column that has neither, or that the model lacks.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    constants = _constants(fields, columns)
    names = ", ".join(f'"{fields[name].column}"' for name in (*columns, *constants))
    writers = [_writer(fields[name]) for name in columns]
    tail = [repeat(text) for text in constants.values()]
    count = 0
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as to,
    ):
        for batch in batches:
            texts = [list(map(write, values)) for write, values in zip(writers, batch, strict=True)]
            lines = list(map("\t".join, zip(*texts, *tail, strict=False)))
            count += len(lines)
            to.write("\n".join(lines) + "\n")
    return count


def in_batches(rows: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """The rows in lists of at most so many."""
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch


def _constants(fields: dict[str, models.Field[Any, Any]], given: Sequence[str]) -> dict[str, str]:
    """What every row has in the columns that are not given."""
    found = {}
    for name, field in fields.items():
        if name in given or field.primary_key or field.db_default is not NOT_PROVIDED:
            continue
        if field.has_default():
            found[name] = _writer(field)(field.get_default())
        elif not field.null:
            raise KeyError(name)
    return found


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], str]:
    """How values of a field are written in the text form of COPY."""
    if isinstance(field, DateRangeField):
        return _period
    if isinstance(field, models.TextField):
        return _text
    if isinstance(field, models.BooleanField):
        return _yes_no
    if isinstance(field, models.DateField):
        return _date
    return _plain


def _text(value: str | None) -> str:
    if value is None:
        return _NULL
    return value.translate(_ESCAPES) if not value.isprintable() or "\\" in value else value


def _plain(value: Any) -> str:
    return _NULL if value is None else str(value)


def _yes_no(value: bool | None) -> str:
    return _NULL if value is None else "t" if value else "f"


@cache
def _date(value: date | None) -> str:
    return _NULL if value is None else value.isoformat()


@cache
def _period(value: Span) -> str:
    return f"[{value[0]},{value[1] or ''})"
